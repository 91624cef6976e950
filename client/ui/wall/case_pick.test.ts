import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { Incident } from "#model/incident.ts";
import type { LogLine } from "#model/register.ts";
import { CHAIN, casesInHand, chainOf, chainOfIncident, grouped, recordedOf, spokenOf } from "./case_pick.ts";

const MINUTE = 60_000;

function alarm(id: string, change: Partial<Alarm>): Alarm {
	return {
		id,
		severity: 3,
		active: true,
		acknowledged: false,
		acknowledgedAt: null,
		acknowledgedBy: null,
		raisedAt: 1_000,
		shelvedUntil: null,
		suppressedBy: null,
		outOfService: false,
		system: "heating",
		...change,
	} as Alarm;
}

test("worst first, then what still holds, then the world before its cameras, then the unseen, then the newest", () => {
	const order = casesInHand([
		alarm("old", { raisedAt: 1 }),
		alarm("seen", { acknowledged: true, raisedAt: 9 }),
		alarm("camera", { system: "camera", raisedAt: 10 }),
		alarm("over", { active: false, raisedAt: 11 }),
		alarm("new", { raisedAt: 5 }),
		alarm("red", { severity: 4, raisedAt: 0 }),
		alarm("blue", { severity: 1 }),
	]);
	expect(order.map(({ id }) => id)).toEqual(["red", "new", "old", "seen", "camera", "over", "blue"]);
});

test("what reads the same is one line with its number; another level, place, word or state is another line", () => {
	const base = { district: "210113", rule: "pressure-fall" } as Partial<Alarm>;
	const lines = grouped(
		[
			alarm("a", base),
			alarm("b", { ...base, raisedAt: 9 }),
			alarm("c", { ...base, severity: 4 }),
			alarm("d", { ...base, district: "210102" }),
			alarm("e", { ...base, acknowledged: true }),
			alarm("f", { ...base, rule: "pressure-low" }),
			alarm("g", base),
		],
		({ rule }) => rule,
	);
	expect(lines.map(({ first, count }) => [first.id, count])).toEqual([
		["a", 3],
		["c", 1],
		["d", 1],
		["e", 1],
		["f", 1],
	]);
});

test("what is shelved, suppressed, out of service, or over and seen is nobody's case", () => {
	const gone = [
		alarm("a", { shelvedUntil: 5 }),
		alarm("b", { suppressedBy: "works" }),
		alarm("c", { outOfService: true }),
		alarm("d", { active: false, acknowledged: true }),
	];
	expect(casesInHand(gone)).toEqual([]);
});

test("only what is recorded is done; the rest stands open with the time of its level", () => {
	const fresh = chainOf(alarm("a", { raisedAt: 0 }), MINUTE);
	expect(fresh.map(({ step }) => step)).toEqual([...CHAIN]);
	expect(fresh.filter(({ at }) => at !== null).map(({ step }) => step)).toEqual(["received"]);
	expect(fresh.slice(1).map(({ left }) => (left ?? 0) / MINUTE)).toEqual([4, 19, 59, 239]);
	const seen = chainOf(
		alarm("a", { raisedAt: 0, acknowledged: true, acknowledgedAt: 2 * MINUTE, acknowledgedBy: "王" }),
		30 * MINUTE,
	);
	expect(seen[1]).toEqual({ step: "acknowledged", at: 2 * MINUTE, by: "王", left: null });
	expect(seen[2]?.left).toBe(-10 * MINUTE);
	const red = chainOf(alarm("a", { severity: 4, raisedAt: 0 }), 0);
	expect(red.slice(1).map(({ left }) => (left ?? 0) / MINUTE)).toEqual([2, 10, 30, 120]);
	expect(chainOf(alarm("a", { severity: 1, raisedAt: 0 }), 0).map(({ step }) => step)).not.toContain("called");
});

function line(kind: string, at: number, detail: Record<string, unknown> = {}): LogLine {
	return { n: at, subject: "incident:i1", kind, at, by: "王敏", district: "210105", system: "heating", detail };
}

function call(at: number, result: string): LogLine {
	const who = { person: null, unit: "u1", name: "值班室", duty: "", unitName: "惠天热电", number: "024-****" };
	return line("call", at, { ...who, startedAt: at - 5, seconds: 5, result, note: "" });
}

const HOUR = 60 * MINUTE;

function incident(change: Partial<Incident> = {}): Incident {
	return { level: 3, openedAt: HOUR, clocks: [], source: "call", ...change } as unknown as Incident;
}

test("calls and arrivals are done when a log line says so, the report when its clock says so", () => {
	const clocks = [{ id: "province-report", startAt: 0, dueAt: 9, doneAt: 3 * HOUR }] as Incident["clocks"];
	const lines = [
		call(HOUR + 1, "no-answer"),
		call(HOUR + 2, "connected"),
		call(2 * HOUR, "arrived"),
		line("report", 3 * HOUR),
	];
	const recorded = recordedOf(lines, 0, incident({ clocks }));
	expect(recorded).toEqual({
		called: { at: HOUR + 2, by: "王敏" },
		arrived: { at: 2 * HOUR, by: "王敏" },
		reported: { at: 3 * HOUR, by: "王敏" },
	});
	const chain = chainOf(alarm("a", { severity: 3, raisedAt: HOUR }), 4 * HOUR, recorded);
	expect(chain.filter(({ at }) => at === null).map(({ step }) => step)).toEqual(["acknowledged"]);
});

test("the sentence is about the worst; about the case that has the wall while nothing is worse", () => {
	const first = alarm("a1", { raisedAt: 2 * HOUR });
	const taken = alarm("a2", { raisedAt: HOUR });
	const blue = alarm("a3", { severity: 1 });
	expect(spokenOf([first, taken, blue], null)?.id).toBe("a1");
	expect(spokenOf([first, taken, blue], "a2")?.id).toBe("a2");
	expect(spokenOf([first, taken, alarm("a4", { severity: 4 })], "a2")?.id).toBe("a4");
	// What has gone, or was never there, is not spoken of.
	expect(spokenOf([first, { ...taken, active: false }], "a2")?.id).toBe("a1");
	expect(spokenOf([blue], "a3")).toBeNull();
});

test("an incident's chain: opened by a person is seen by that person; its own clock goes before the general deadline", () => {
	const clocks = [{ id: "province-report", startAt: HOUR, dueAt: 3 * HOUR, doneAt: null }] as Incident["clocks"];
	const chain = chainOfIncident(incident({ clocks }), null, [line("opened", HOUR)], 2 * HOUR);
	expect(chain.map(({ step, at, left }) => [step, at, left])).toEqual([
		["received", HOUR, null],
		["acknowledged", HOUR, null],
		["called", null, -40 * MINUTE],
		["arrived", null, 0],
		["reported", null, HOUR],
	]);
	const root = alarm("a7", { raisedAt: 50 * MINUTE, acknowledged: false });
	const bySystem = { ...line("opened", HOUR), by: "system" };
	expect(chainOfIncident(incident(), root, [bySystem], 2 * HOUR)[1]).toMatchObject({ step: "acknowledged", at: null });
	const seen = alarm("a7", { acknowledged: true, acknowledgedAt: 55 * MINUTE, acknowledgedBy: "李强" });
	expect(chainOfIncident(incident(), seen, [bySystem], 2 * HOUR)[1]).toMatchObject({ at: 55 * MINUTE, by: "李强" });
});
