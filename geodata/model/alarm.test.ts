// The life of an alarm: single steps first, then every rule held against random lives, then 100,000 of them.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Alarm, AlarmCommand, AlarmEvent, AlarmPlace, Change, Condition } from "./alarm.ts";
import { isOpen, next, SHELVE_MAX_MS, transitionKinds } from "./alarm.ts";
import type { Severity } from "./measure.ts";
import type { Problem } from "./problem.ts";
import { isProblem } from "./problem.ts";

const START = Date.parse("2026-11-22T08:00:00+08:00");
const HOUR = 3_600_000;

const place: AlarmPlace = {
	id: "a1",
	subject: "channel:spare-http/pressure",
	rule: "pressure-low",
	system: "water",
	district: "210102",
	asset: "spare-http",
	name: "备用测点",
	measure: "pressure",
	unit: "MPa",
};

function condition(severity: Severity, at = START, change: Partial<Condition> = {}): Condition {
	return {
		type: "condition",
		severity,
		at,
		value: 0.1 * severity,
		limit: 0.14,
		clause: "GB 1",
		why: `level ${severity}`,
		unverified: false,
		...change,
	};
}

function must(answer: Change | Problem | null): Change {
	if (answer === null || isProblem(answer)) throw new Error(`no change: ${JSON.stringify(answer)}`);
	return answer;
}

/** The alarm after these events, each of which must change something. */
function after(...events: AlarmEvent[]): Alarm {
	let alarm: Alarm | null = null;
	for (const event of events) alarm = must(next(alarm, place, event)).alarm;
	if (alarm === null) throw new Error("no event");
	return alarm;
}

function acknowledge(occurrence: number, at = START): AlarmCommand {
	return { type: "acknowledge", occurrence, by: "li", at };
}

function shelve(occurrence: number, at: number, until: number): AlarmCommand {
	return { type: "shelve", occurrence, by: "li", at, until, note: "repair" };
}

test("the first raise takes place and facts, is unacknowledged and the first occurrence", () => {
	const change = must(next(null, place, condition(2)));
	expect(change).toMatchObject({ kind: "raised", at: START, by: null, note: null });
	expect(change.alarm).toMatchObject({
		...place,
		severity: 2,
		active: true,
		acknowledged: false,
		occurrence: 1,
		raisedAt: START,
		clearedAt: null,
		value: 0.2,
		limit: 0.14,
		clause: "GB 1",
		why: "level 2",
		seq: null,
	});
	expect(isOpen(change.alarm)).toBe(true);
});

test("nothing comes of nothing: no condition before the first, no command on what never was, no repeat", () => {
	expect(next(null, place, condition(0))).toBeNull();
	expect(next(null, place, acknowledge(1))).toMatchObject({ problem: "not-found" });
	expect(next(after(condition(2)), place, condition(2, START + 1))).toBeNull();
	expect(next(after(condition(2), condition(0)), place, condition(0))).toBeNull();
});

test("A5 acknowledging does not clear", () => {
	const alarm = after(condition(3), acknowledge(1));
	expect(alarm).toMatchObject({ active: true, acknowledged: true, acknowledgedBy: "li", severity: 3, clearedAt: null });
	expect(isOpen(alarm)).toBe(true);
});

test("A5 return to normal does not acknowledge", () => {
	const alarm = after(condition(3), condition(0, START + 5));
	expect(alarm).toMatchObject({ active: false, acknowledged: false, clearedAt: START + 5, severity: 3 });
	expect(isOpen(alarm)).toBe(true);
});

test("cleared and acknowledged, in either order, is closed", () => {
	expect(isOpen(after(condition(3), condition(0), acknowledge(1)))).toBe(false);
	expect(isOpen(after(condition(3), acknowledge(1), condition(0)))).toBe(false);
});

test("A4 an acknowledgement of an earlier occurrence is refused as changed", () => {
	const rose = after(condition(2), condition(3));
	expect(next(rose, place, acknowledge(1))).toMatchObject({ problem: "changed" });
	expect(must(next(rose, place, acknowledge(2))).alarm.acknowledged).toBe(true);
	const again = after(condition(2), condition(0), condition(2));
	expect(next(again, place, acknowledge(1))).toMatchObject({ problem: "changed" });
});

test("A4 a second acknowledgement is refused as already", () => {
	expect(next(after(condition(2), acknowledge(1)), place, acknowledge(1))).toMatchObject({ problem: "already" });
});

test("a rise is a new occurrence that asks for acknowledgement again, a fall is not", () => {
	const rose = after(condition(2), acknowledge(1), condition(4, START + 9));
	expect(rose).toMatchObject({
		severity: 4,
		occurrence: 2,
		acknowledged: false,
		acknowledgedBy: null,
		raisedAt: START + 9,
	});
	const fell = after(condition(4), acknowledge(1), condition(2, START + 9));
	expect(fell).toMatchObject({ severity: 2, occurrence: 1, acknowledged: true, raisedAt: START, active: true });
});

test("a raise after the end belongs to nobody; while it is open it keeps its assignee", () => {
	const assign: AlarmCommand = { type: "assign", occurrence: 1, by: "li", at: START, to: "wang" };
	expect(after(condition(2), assign, acknowledge(1), condition(0), condition(2)).assignedTo).toBeNull();
	expect(after(condition(2), assign, condition(0), condition(2)).assignedTo).toBe("wang");
	expect(after(condition(2), assign, condition(3)).assignedTo).toBe("wang");
});

test("a shelf needs an end within 8 hours and is not for red", () => {
	const alarm = after(condition(3));
	expect(next(alarm, place, shelve(1, START, START))).toMatchObject({ problem: "bad-until" });
	expect(next(alarm, place, shelve(1, START, START + SHELVE_MAX_MS + 1))).toMatchObject({ problem: "bad-until" });
	expect(must(next(alarm, place, shelve(1, START, START + SHELVE_MAX_MS))).alarm).toMatchObject({
		shelvedUntil: START + SHELVE_MAX_MS,
		shelvedBy: "li",
		active: true,
		acknowledged: false,
	});
	expect(next(after(condition(4)), place, shelve(1, START, START + HOUR))).toMatchObject({ problem: "not-shelvable" });
});

test("a shelf ends at its time and not before, by hand, or by something worse; the same again stays under it", () => {
	const shelved = after(condition(2), shelve(1, START, START + HOUR));
	expect(next(shelved, place, { type: "shelf-ended", at: START + HOUR - 1 })).toBeNull();
	expect(must(next(shelved, place, { type: "shelf-ended", at: START + HOUR })).alarm.shelvedUntil).toBeNull();
	const unshelve: AlarmCommand = { type: "unshelve", occurrence: 1, by: "li", at: START };
	const back = must(next(shelved, place, unshelve)).alarm;
	expect([back.shelvedUntil, back.shelvedBy]).toEqual([null, null]);
	expect(next(back, place, unshelve)).toMatchObject({ problem: "already" });
	expect(must(next(shelved, place, condition(4))).alarm).toMatchObject({ shelvedUntil: null, shelvedBy: null });
	const cleared = must(next(shelved, place, condition(0))).alarm;
	expect(must(next(cleared, place, condition(2))).alarm.shelvedUntil).toBe(START + HOUR);
});

test("suppression is a flag with a reason beside the state", () => {
	const alarm = after(condition(2), { type: "suppress", at: START, reason: "gateway silent" });
	expect(alarm).toMatchObject({ suppressedBy: "gateway silent", active: true, acknowledged: false });
	expect(next(alarm, place, { type: "suppress", at: START, reason: "gateway silent" })).toBeNull();
	const free = must(next(alarm, place, { type: "unsuppress", at: START })).alarm;
	expect(free.suppressedBy).toBeNull();
	expect(next(free, place, { type: "unsuppress", at: START })).toBeNull();
	const red = after(condition(4));
	expect(next(red, place, { type: "suppress", at: START, reason: "检修" })).toMatchObject({
		problem: "not-suppressible",
	});
	expect(must(next(alarm, place, condition(4))).alarm.suppressedBy).toBeNull();
});

test("out of service keeps an alarm on the list until it is taken back", () => {
	const event = (on: boolean): AlarmCommand => ({
		type: "out-of-service",
		occurrence: 1,
		by: "li",
		at: START,
		on,
		note: "x",
	});
	const out = after(condition(2), condition(0), acknowledge(1), event(true));
	expect(isOpen(out)).toBe(true);
	expect(next(out, place, event(true))).toMatchObject({ problem: "already" });
	expect(isOpen(must(next(out, place, event(false))).alarm)).toBe(false);
});

test("a comment is never lost, whatever occurrence it names, and changes nothing else", () => {
	const alarm = after(condition(2), condition(3));
	const change = must(next(alarm, place, { type: "comment", occurrence: 1, by: "li", at: START + 3, note: "seen it" }));
	expect(change).toEqual({ kind: "commented", alarm, at: START + 3, by: "li", note: "seen it" });
});

/** What every step must keep. Throws on the first rule broken. */
function checkStep(before: Alarm | null, event: AlarmEvent, answer: Change | Problem | null): void {
	const fail = (what: string): never => {
		throw new Error(
			`${what}\nbefore ${JSON.stringify(before)}\nevent ${JSON.stringify(event)}\nanswer ${JSON.stringify(answer)}`,
		);
	};
	const rule = (holds: boolean, what: string): void => {
		if (!holds) fail(what);
	};
	const isCommand = "by" in event;
	if (answer === null) {
		rule(!isCommand, "a command is always answered");
		return;
	}
	if (isProblem(answer)) {
		rule(event.type !== "condition", "a condition is never refused");
		if (before === null) rule(answer.problem === "not-found", "an unknown alarm is not found");
		return;
	}
	const { kind, alarm } = answer;
	const old = before ?? { ...alarm, active: false, acknowledged: true, occurrence: 0, severity: 0 as Severity };
	const news = kind === "raised" || kind === "rose";
	rule(transitionKinds.includes(kind), "the kind is known");
	rule(answer.at === event.at, "the change carries the event's time");
	rule(answer.by === (isCommand ? event.by : null), "the change carries who did it");
	rule(alarm.id === place.id && alarm.subject === place.subject && alarm.rule === place.rule, "place stays");
	rule(alarm.seq === old.seq, "the number is given by the store alone");
	rule(alarm.occurrence === old.occurrence + (news ? 1 : 0), "occurrence grows by one with a raise or rise only");
	// A4: whoever acts has seen what stands.
	if (isCommand && event.type !== "comment") rule(event.occurrence === old.occurrence, "A4 stale commands are refused");
	// A5: the two facts move by their own events only.
	if (alarm.acknowledged && !old.acknowledged) rule(event.type === "acknowledge", "A5 acknowledged only by command");
	if (!alarm.acknowledged && old.acknowledged) rule(news, "A5 unacknowledged only by news");
	if (alarm.active !== old.active) rule(event.type === "condition", "A5 active moves with the condition only");
	if (event.type === "condition") {
		rule(alarm.active === event.severity > 0, "active tells the condition");
		const expected =
			event.severity === 0 ? "cleared" : !old.active ? "raised" : event.severity > old.severity ? "rose" : "fell";
		rule(kind === expected, `the kind is ${expected}`);
		rule(
			alarm.severity === (event.severity === 0 ? old.severity : event.severity),
			"severity: what holds or held last",
		);
		if (news) rule(!alarm.acknowledged && alarm.acknowledgedBy === null, "news asks for acknowledgement");
	} else {
		rule(alarm.severity === old.severity && alarm.raisedAt === old.raisedAt, "only the condition moves the level");
	}
	rule((alarm.clearedAt === null) === alarm.active, "a clear has a time");
	rule(alarm.acknowledgedBy === null || alarm.acknowledged, "who acknowledged goes with the acknowledgement");
	// Shelf.
	rule(!(alarm.severity === 4 && alarm.active && alarm.shelvedUntil !== null), "an active red alarm is never shelved");
	if (alarm.shelvedUntil !== old.shelvedUntil) {
		const worse = event.type === "condition" && event.severity > old.severity;
		const due = event.type === "shelf-ended" && old.shelvedUntil !== null && event.at >= old.shelvedUntil;
		if (alarm.shelvedUntil === null) rule(worse || due || event.type === "unshelve", "a shelf ends for a reason");
		else rule(event.type === "shelve" && alarm.shelvedUntil <= event.at + SHELVE_MAX_MS, "a shelf has an end");
	}
	if (alarm.suppressedBy !== old.suppressedBy) {
		const freed = alarm.suppressedBy === null && (kind === "raised" || (news && alarm.severity === 4));
		rule(
			freed || event.type.endsWith("suppress"),
			"suppression moves by itself, but what begins anew or is red stands",
		);
	}
	rule(!(alarm.severity === 4 && alarm.active && alarm.suppressedBy !== null), "A7 an active red is never suppressed");
	if (alarm.outOfService !== old.outOfService) rule(event.type === "out-of-service", "service moves by command");
	if (alarm.assignedTo !== old.assignedTo) rule(event.type === "assign" || news, "assignment moves by command or news");
	rule(
		isOpen(alarm) === (alarm.active || !alarm.acknowledged || alarm.outOfService),
		"open tells what is not finished",
	);
}

/** A second machine of the four states alone, from the table of ISA-18.2, told by conditions and acknowledgements. */
const STATES = {
	normal: { raise: "unacknowledged", clear: "normal", acknowledge: "normal" },
	unacknowledged: { raise: "unacknowledged", clear: "returned", acknowledge: "acknowledged" },
	acknowledged: { raise: "unacknowledged", clear: "normal", acknowledge: "acknowledged" },
	returned: { raise: "unacknowledged", clear: "returned", acknowledge: "normal" },
} as const;
type StateName = keyof typeof STATES;

function stateOf(alarm: Alarm): StateName {
	if (alarm.active) return alarm.acknowledged ? "acknowledged" : "unacknowledged";
	return alarm.acknowledged ? "normal" : "returned";
}

function live(events: readonly ((alarm: Alarm | null) => AlarmEvent)[]): Alarm | null {
	let alarm: Alarm | null = null;
	let state: StateName = "normal";
	for (const make of events) {
		const event = make(alarm);
		const answer = next(alarm, place, event);
		checkStep(alarm, event, answer);
		if (answer === null || isProblem(answer)) continue;
		if (answer.kind === "raised" || answer.kind === "rose") state = STATES[state].raise;
		if (answer.kind === "cleared") state = STATES[state].clear;
		if (answer.kind === "acknowledged") state = STATES[state].acknowledge;
		alarm = Object.freeze(answer.alarm);
		if (stateOf(alarm) !== state) throw new Error(`${stateOf(alarm)}, by the table ${state}`);
		if (state === "normal" && !alarm.outOfService && isOpen(alarm)) throw new Error("a finished alarm is open");
	}
	return alarm;
}

const lag = fc.integer({ min: -2, max: 2 });
const at = fc.integer({ min: 0, max: 20 * HOUR }).map((ms) => START + ms);
const severities = fc.constantFrom<Severity>(0, 0, 1, 2, 3, 4);
const commands = fc.constantFrom(
	"acknowledge",
	"acknowledge",
	"shelve",
	"unshelve",
	"assign",
	"comment",
	"out-of-service",
);
type Maker = (alarm: Alarm | null) => AlarmEvent;

function commandOf(type: string, occurrence: number, time: number, choice: number): AlarmCommand {
	const base = { occurrence, by: "li", at: time, note: "n" };
	switch (type) {
		case "shelve":
			return { ...base, type, until: time + (choice - 1) * 2 * HOUR };
		case "assign":
			return { ...base, type, to: choice > 3 ? null : `user${choice}` };
		case "out-of-service":
			return { ...base, type, on: choice % 2 === 0 };
		case "unshelve":
		case "comment":
			return { ...base, type };
		default:
			return { ...base, type: "acknowledge" };
	}
}

function otherOf(choice: number, time: number): AlarmEvent {
	if (choice < 2) return { type: "shelf-ended", at: time };
	return choice < 4 ? { type: "suppress", at: time, reason: `r${choice}` } : { type: "unsuppress", at: time };
}

const makers: fc.Arbitrary<Maker> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.tuple(severities, at).map(
			([severity, time]) =>
				() =>
					condition(severity, time),
		),
	},
	{
		weight: 4,
		arbitrary: fc.tuple(commands, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, lag), at, fc.nat({ max: 6 })).map(
			([type, by, time, choice]) =>
				(alarm: Alarm | null) =>
					commandOf(type, (alarm?.occurrence ?? 1) + by, time, choice),
		),
	},
	{
		weight: 1,
		arbitrary: fc.tuple(fc.nat({ max: 5 }), at).map(
			([choice, time]) =>
				() =>
					otherOf(choice, time),
		),
	},
);

test("A4 A5 no sequence of conditions, commands and timers breaks a rule or leaves the four states of ISA-18.2", () => {
	fc.assert(
		fc.property(fc.array(makers, { maxLength: 40 }), (events) => {
			live(events);
		}),
		{ numRuns: 3_000 },
	);
});

test("A4 A5 100,000 random lives", () => {
	let seed = 7;
	const random = (below: number): number => {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((seed / 2 ** 32) * below);
	};
	const types = ["acknowledge", "acknowledge", "shelve", "unshelve", "assign", "comment", "out-of-service"];
	const kinds = new Map<string, number>();
	for (let life = 0; life < 100_000; life++) {
		let alarm: Alarm | null = null;
		let time = START;
		for (let count = 2 + random(12); count > 0; count--) {
			time += random(2 * HOUR);
			const pick = random(10);
			const occurrence: number = (alarm?.occurrence ?? 1) - (random(5) === 0 ? 1 : 0);
			const event: AlarmEvent =
				pick < 5
					? condition(random(5) as Severity, time)
					: pick < 9
						? commandOf(types[random(7)]!, occurrence, time, random(7))
						: otherOf(random(6), time);
			const answer: Change | Problem | null = next(alarm, place, event);
			checkStep(alarm, event, answer);
			if (answer === null || isProblem(answer)) continue;
			kinds.set(answer.kind, (kinds.get(answer.kind) ?? 0) + 1);
			alarm = answer.alarm;
		}
	}
	// Each kind of change occurred, so that each rule above was asked.
	expect([...kinds.keys()].toSorted()).toEqual([...transitionKinds].toSorted());
});
