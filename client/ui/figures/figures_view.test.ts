import { expect, test } from "vitest";
import {
	axisTimes,
	barsPath,
	countTicks,
	findTarget,
	heightOf,
	isGood,
	isMidnight,
	paretoOf,
	timePlace,
} from "./figures_view.ts";

test("one alarm is seen beside ten thousand, and nothing draws nothing", () => {
	expect(heightOf(1, 10_000, 100)).toBe(1);
	expect(heightOf(0, 10_000, 100)).toBe(0);
	expect(heightOf(3, 0, 100)).toBe(0);
	expect(barsPath([0, 4, 1], 30, 100, 4)).toBe("M15.00 100V0.00M25.00 100V50.00");
	expect(countTicks(250)).toEqual([1, 10, 100]);
});

test("a verdict goes by the target's sense; without a figure there is none", () => {
	const mean = findTarget("load-mean");
	expect([isGood(1, mean), isGood(1.01, mean), isGood(null, mean)]).toEqual([true, false, null]);
	const high = findTarget("mix-high");
	expect([isGood(0.07, high), isGood(0.12, high), isGood(0, high)]).toEqual([true, false, false]);
	expect(isGood(3, null)).toBeNull();
});

test("times stand on a logarithm from a second to a day; a Pareto adds up", () => {
	expect([timePlace(0), timePlace(1_000), timePlace(86_400_000), timePlace(9e9)]).toEqual([0, 0, 1, 1]);
	expect(timePlace(60_000)).toBeCloseTo(0.36, 2);
	const top = [
		{ alarm: "a", count: 6 },
		{ alarm: "b", count: 2 },
	];
	expect(paretoOf(top, 10).map(({ together }) => together)).toEqual([0.6, 0.8]);
	expect(paretoOf(top, 0)[1]?.together).toBe(0);
});

test("days begin at midnight there, hours stand on a short axis, a long one is thinned", () => {
	const from = Date.parse("2026-11-20T10:00:00+08:00");
	expect(axisTimes(from, from + 3 * 86_400_000)).toEqual([
		Date.parse("2026-11-21T00:00:00+08:00"),
		Date.parse("2026-11-22T00:00:00+08:00"),
		Date.parse("2026-11-23T00:00:00+08:00"),
	]);
	const day = axisTimes(from, from + 86_400_000);
	expect(day[0]).toBe(Date.parse("2026-11-20T12:00:00+08:00"));
	expect(day.map(isMidnight).filter(Boolean)).toHaveLength(1);
	expect(axisTimes(from, from + 92 * 86_400_000).length).toBeLessThanOrEqual(17);
});
