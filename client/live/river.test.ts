import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { isProblem } from "#model/problem.ts";
import { filledShare, followRiver, openTotal, type RiverData, readRiver } from "./river.ts";
import { groupCounts, groupOf, levelCounts } from "./river_groups.ts";

const STEP = 600_000;

function alarm(change: Partial<Alarm>): Alarm {
	return {
		id: "a",
		system: "heating",
		severity: 3,
		raisedAt: 5 * STEP,
		acknowledged: false,
		acknowledgedAt: null,
		district: "210102",
		asset: "x",
		name: "X",
		active: true,
		...change,
	} as Alarm;
}

function data(steps: number): RiverData {
	const body = {
		from: 0,
		to: steps * STEP,
		step: STEP,
		steps: Array.from({ length: steps }, (_, index) => ({
			at: index * STEP,
			open: { heating: [1, 2, 0, 0], water: [0, 0, 1, 0] },
			unacknowledgedMs: 0,
		})),
		pins: [],
		shifts: [{ at: STEP, name: "早班", people: ["王"] }],
		demoHistoryUntil: 3 * STEP,
	};
	const river = readRiver(body);
	if (isProblem(river)) throw new Error("a river");
	return river;
}

test("an answer without steps is a problem; fields that an older server lacks are unknown, not zero", () => {
	expect(isProblem(readRiver({}))).toBe(true);
	const old = readRiver({ from: 0, to: STEP, step: STEP, steps: [{ at: 0, raised: [0, 0, 0, 0] }] });
	if (isProblem(old)) throw new Error("a river");
	expect(old.steps[0]?.open).toBeNull();
	expect(filledShare(old)).toBe(0);
	expect(old.demoHistoryUntil).toBeNull();
});

test("open alarms are added by group and by level", () => {
	const step = data(1).steps[0];
	if (step === undefined) throw new Error("a step");
	expect(openTotal(step)).toBe(4);
	expect(groupCounts(step)).toEqual([0, 3, 1, 0, 0, 0]);
	expect(levelCounts(step)).toEqual([1, 2, 1, 0]);
	expect(groupOf("something-new")).toBe("other");
});

test("the last bucket follows the list, steps that ended since are added, none lies in the future", () => {
	const now = 7 * STEP + 1_000;
	const river = followRiver(data(5), [alarm({ severity: 2 }), alarm({ id: "b", system: "gas", severity: 1 })], now);
	expect(river.steps.map(({ at }) => at / STEP)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	expect(levelCounts(river.steps[7] as never)).toEqual([1, 1, 0, 0]);
	expect(levelCounts(river.steps[6] as never)).toEqual([1, 2, 1, 0]);
	const early = followRiver(data(5), [], 2 * STEP + 1);
	expect(early.steps.at(-1)?.at).toBe(2 * STEP);
});

test("an orange that came since is a pin at once, and counts as waiting until somebody has seen it", () => {
	const now = 4 * STEP + 300_000;
	const raised = alarm({ raisedAt: 4 * STEP + 100_000 });
	const river = followRiver(data(5), [raised], now);
	expect(river.pins).toHaveLength(1);
	expect(river.steps.at(-1)?.unacknowledgedMs).toBe(200_000);
	const seen = followRiver(data(5), [{ ...raised, acknowledged: true }], now);
	expect(seen.steps.at(-1)?.unacknowledgedMs).toBe(0);
	expect(followRiver(river, [raised], now).pins).toHaveLength(1);
});
