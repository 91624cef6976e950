import { expect, test } from "vitest";
import type { HistoryPoint } from "../../live/history.ts";
import { extent, hourTicks, nearest, runsOf, ticks } from "./curve.ts";

const MINUTE = 60_000;

function points(...values: (number | null)[]): HistoryPoint[] {
	return values.map((value, i) => [i * MINUTE, value, "good"] as const);
}

test("a gap is a gap: a null, a stale point and a silence each end a run", () => {
	const withNull = points(1, 2, null, 3);
	expect(runsOf(withNull, 5 * MINUTE).map((run) => run.length)).toEqual([2, 1]);
	const stale: HistoryPoint[] = [...points(1, 2), [2 * MINUTE, 2, "stale"], [3 * MINUTE, 3, "good"]];
	expect(runsOf(stale, 5 * MINUTE).map((run) => run.length)).toEqual([2, 1]);
	const silent: HistoryPoint[] = [...points(1, 2), [30 * MINUTE, 3, "good"]];
	expect(runsOf(silent, 5 * MINUTE).map((run) => run.length)).toEqual([2, 1]);
	expect(runsOf(silent, null).map((run) => run.length)).toEqual([2, 1]);
});

test("an event channel has no gaps by silence", () => {
	const rare: HistoryPoint[] = [
		[0, 1, "good"],
		[600 * MINUTE, 2, "good"],
	];
	expect(runsOf(rare, Number.POSITIVE_INFINITY)).toHaveLength(1);
});

test("the range holds smallest, largest and the limits that are near; a far limit does not press the curve flat", () => {
	const [low, high] = extent(points(10, 20), [25, 5_000]) ?? [0, 0];
	expect(low).toBeLessThan(10);
	expect(high).toBeGreaterThan(25);
	expect(high).toBeLessThan(40);
	expect(extent(points(null, null), [1])).toBeNull();
	const [flatLow, flatHigh] = extent(points(7, 7), []) ?? [0, 0];
	expect(flatHigh).toBeGreaterThan(flatLow);
});

test("ticks are round numbers, hours those of Shanghai", () => {
	expect(ticks(0.3, 10.2, 4)).toEqual([5, 10]);
	expect(ticks(2.461, 2.48, 4)).toEqual([2.465, 2.47, 2.475, 2.48]);
	const from = Date.UTC(2026, 0, 1, 0, 30);
	expect(hourTicks(from, from + 13 * 3_600_000, 6).map((at) => new Date(at).getUTCHours())).toEqual([4, 10]);
});

test("the nearest point skips what has no value", () => {
	expect(nearest(points(1, null, 3), MINUTE * 1.2)?.[1]).toBe(3);
	expect(nearest([], 0)).toBeNull();
});
