import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type Call,
	DEFAULT_PLAN,
	type Desk,
	type DeskReceipt,
	type Done,
	isCalling,
	nextStep,
	type Roster,
	type Step,
} from "./reach.ts";

const T0 = 1_700_000_000_000;
const ROSTER: Roster = { people: ["李", "王", "赵"], lead: "周" };

function deskOf(user: string, more: Partial<Desk> = {}): Desk {
	const scope = { districts: ["210000"], systems: null };
	const now = T0 + 10_000_000;
	return {
		screen: `s-${user}`,
		user,
		roles: ["duty"],
		scope,
		armed: true,
		talkingUntil: null,
		visible: true,
		paintedAt: now,
		seenAt: now,
		...more,
	};
}

function callOf(more: Partial<Call> = {}, severity: 1 | 2 | 3 | 4 = 4): Call {
	const quiet = { acknowledged: false, shelvedUntil: null, suppressedBy: null, outOfService: false };
	const alarm = { severity, district: "210102", system: "gas", ...quiet };
	return { alarm, since: T0, receipts: [], done: [], ...more };
}

function receiptOf(user: string, stage: DeskReceipt["stage"], absent = false): DeskReceipt {
	return { screen: `s-${user}`, user, stage, at: T0 + 1_000, absent };
}

/** Every step from the raise to `untilMs`, looked at each second, as the runner does. */
function walk(call: Call, desks: readonly Desk[], untilMs: number, roster = ROSTER): (Step & { afterMs: number })[] {
	const done: Done[] = [];
	const steps: (Step & { afterMs: number })[] = [];
	for (let after = 0; after <= untilMs; after += 1_000) {
		const now = T0 + after;
		const fresh = desks.map((desk) => ({ ...desk, seenAt: now }));
		for (;;) {
			const step = nextStep({ ...call, done }, fresh, roster, DEFAULT_PLAN, now);
			if (step === null) break;
			done.push({ kind: step.kind, turn: step.turn, at: now });
			steps.push({ ...step, afterMs: after });
		}
	}
	return steps;
}

test("T-44 nobody reacts to a red: the next officer after 30 s, the lead and outside after 120 s, then every 120 s", () => {
	const call = callOf({ receipts: [receiptOf("李", "received")] });
	expect(
		walk(call, [deskOf("李"), deskOf("王")], 400_000).map(({ kind, turn, afterMs, to, outside }) => ({
			kind,
			turn,
			afterMs,
			to,
			outside,
		})),
	).toEqual([
		{ kind: "officer", turn: 0, afterMs: 30_000, to: ["王"], outside: false },
		{ kind: "lead", turn: 0, afterMs: 120_000, to: ["周"], outside: true },
		{ kind: "repeat", turn: 1, afterMs: 240_000, to: ["周"], outside: true },
		{ kind: "repeat", turn: 2, afterMs: 360_000, to: ["周"], outside: true },
	]);
});

test("T-44 shown on an attended desk: nobody else is called before the lead", () => {
	const call = callOf({ receipts: [receiptOf("李", "received"), receiptOf("李", "rendered")] });
	expect(walk(call, [deskOf("李")], 120_000).map(({ kind }) => kind)).toEqual(["lead"]);
});

test("T-44 shown to a desk on the phone or behind another window is not seen", () => {
	const call = callOf({ receipts: [receiptOf("李", "received"), receiptOf("李", "rendered", true)] });
	const [first] = walk(call, [deskOf("李", { talkingUntil: T0 + 600_000 })], 30_000);
	expect(first).toMatchObject({ kind: "officer", to: ["王"] });
});

test("T-42 no desk can sound it: outside at once, and the ordinary steps go on", () => {
	const steps = walk(callOf(), [deskOf("李", { armed: false })], 120_000);
	expect(steps.map(({ kind, reason, afterMs }) => [kind, reason, afterMs])).toEqual([
		["deaf", "unarmed", 4_000],
		["officer", "not-rendered", 30_000],
		["lead", "not-acknowledged", 120_000],
	]);
	expect(walk(callOf(), [], 10_000)[0]).toMatchObject({ kind: "deaf", reason: "no-desk", outside: true });
});

test("T-42 a desk of another city hears nothing for this one", () => {
	const other = deskOf("孙", { scope: { districts: ["210200"], systems: null } });
	expect(walk(callOf(), [other], 5_000)[0]).toMatchObject({ kind: "deaf", reason: "no-desk" });
});

test("T-44 a lesser level waits its own time and does not call for every repeat", () => {
	const call = callOf({ receipts: [receiptOf("李", "rendered")] }, 2);
	expect(walk(call, [deskOf("李")], 3_600_000).map(({ kind, afterMs }) => [kind, afterMs])).toEqual([
		["lead", 900_000],
	]);
	expect(walk(callOf({}, 1), [], 3_600_000).map(({ kind }) => kind)).toEqual(["lead"]);
});

test("T-44 after a standstill of an hour one call goes out, not all those missed", () => {
	const done: Done[] = [{ kind: "lead", turn: 0, at: T0 + 120_000 }];
	const step = nextStep(callOf({ done }), [], ROSTER, DEFAULT_PLAN, T0 + 3_720_000);
	expect(step).toMatchObject({ kind: "repeat", turn: 30 });
	const then = [...done, { kind: "repeat" as const, turn: 30, at: T0 + 3_720_000 }];
	expect(nextStep(callOf({ done: then }), [], ROSTER, DEFAULT_PLAN, T0 + 3_720_000)).toBeNull();
});

test("T-44 the next officer: in the roster's order after the one called, those on the phone last; alone, it goes outside", () => {
	const busy = deskOf("王", { talkingUntil: T0 + 600_000, seenAt: T0 + 30_000 });
	const call = callOf({ receipts: [receiptOf("李", "received")] });
	const at = (desks: Desk[], roster: Roster): Step | null =>
		nextStep(call, [deskOf("李", { seenAt: T0 + 30_000 }), ...desks], roster, DEFAULT_PLAN, T0 + 30_000);
	expect(at([busy], ROSTER)?.to).toEqual(["赵"]);
	expect(at([], { people: ["李"], lead: null })).toMatchObject({ to: [], outside: true });
	expect(at([deskOf("钱", { seenAt: T0 + 30_000 })], { people: [], lead: null })?.to).toEqual(["钱"]);
});

test("T-44 a user who took the shift under a name of the roster is that person", () => {
	const roster: Roster = { ...ROSTER, users: [{ user: "duty-7", name: "李" }] };
	const call = callOf({ receipts: [receiptOf("duty-7", "received")] });
	const seenAt = T0 + 30_000;
	expect(nextStep(call, [deskOf("duty-7", { seenAt })], roster, DEFAULT_PLAN, seenAt)?.to).toEqual(["王"]);
});

const flags = fc.record({
	severity: fc.integer({ min: 1, max: 4 }),
	acknowledged: fc.boolean(),
	shelved: fc.boolean(),
	suppressed: fc.boolean(),
	out: fc.boolean(),
});

test("T-44 whatever happens: no step for an alarm that somebody saw or hid, none twice, the lead never later than promised", () => {
	const happening = fc.record({
		flags,
		armed: fc.array(fc.boolean(), { maxLength: 4 }),
		seenBy: fc.option(fc.boolean()),
		stepMs: fc.constantFrom(1_000, 7_000, 61_000),
	});
	fc.assert(
		fc.property(happening, ({ flags: on, armed, seenBy, stepMs }) => {
			const alarm = {
				severity: on.severity as 1 | 2 | 3 | 4,
				district: "210102",
				system: "gas",
				acknowledged: on.acknowledged,
				shelvedUntil: on.shelved ? T0 + 1 : null,
				suppressedBy: on.suppressed ? "维护" : null,
				outOfService: on.out,
			};
			const desks = armed.map((isArmed, i) => deskOf(`u${i}`, { armed: isArmed }));
			const receipts = seenBy === null ? [] : [receiptOf("u0", "rendered", seenBy)];
			const done: Done[] = [];
			let leadAt: number | null = null;
			for (let now = T0; now <= T0 + 600_000; now += stepMs) {
				const fresh = desks.map((desk) => ({ ...desk, seenAt: now }));
				for (let rounds = 0; ; rounds++) {
					const step = nextStep({ alarm, since: T0, receipts, done }, fresh, ROSTER, DEFAULT_PLAN, now);
					if (step === null) break;
					expect(rounds).toBeLessThan(4);
					expect(isCalling(alarm)).toBe(true);
					expect(done.some((one) => one.kind === step.kind && one.turn === step.turn)).toBe(false);
					if (step.kind === "lead") leadAt = now;
					done.push({ kind: step.kind, turn: step.turn, at: now });
				}
			}
			const ackMs = DEFAULT_PLAN[alarm.severity].ackMs ?? Number.POSITIVE_INFINITY;
			if (isCalling(alarm) && ackMs <= 600_000 - stepMs) {
				expect(leadAt).not.toBeNull();
				expect((leadAt ?? 0) - T0 - ackMs).toBeLessThan(stepMs);
			}
		}),
		{ numRuns: 300 },
	);
});
