import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { CHAIN, casesInHand, chainOf, grouped } from "./case_pick.ts";

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
