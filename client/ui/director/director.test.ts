import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { pathOf } from "./curve_path.ts";
import { CURVE_POINTS, type Running, stopwatch } from "./demo_state.ts";
import { raisedBy } from "./raised.ts";

test("a curve is as long as the scenario has come, breaks where nothing was said, and higher is higher", () => {
	const path = pathOf([0, 10, null, 5]);
	const points = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
	expect(path.match(/M/g)).toHaveLength(2);
	expect(points.map(([x]) => x)).toEqual([3, 5.1, 9.4]);
	const [low, high, middle] = points.map(([, y]) => y);
	expect(high).toBeLessThan(middle ?? 0);
	expect(middle).toBeLessThan(low ?? 0);
	const whole = pathOf(Array.from({ length: CURVE_POINTS }, (_, n) => n));
	expect(whole.split("L").at(-1)).toMatch(/^157 /);
});

test("a figure that hardly moves is drawn as one that hardly moves", () => {
	const heights = [...pathOf([100, 100.1, 100]).matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
	expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(3);
	expect(pathOf([])).toBe("");
	expect(pathOf([null, null])).toBe("");
});

test("its alarms are those of its actors since its begin, first out first", () => {
	const running = { assets: ["a", "b"], startedAt: 1_000_000 } as unknown as Running;
	const alarm = (id: string, asset: string | null, raisedAt: number) => ({ id, asset, raisedAt }) as unknown as Alarm;
	const open = [
		alarm("late", "b", 1_060_000),
		alarm("first", "a", 1_002_000),
		alarm("old", "a", 900_000),
		alarm("other", "c", 1_010_000),
		alarm("none", null, 1_010_000),
	];
	expect(raisedBy(running, open).map(({ id }) => id)).toEqual(["first", "late"]);
});

test("a stopwatch counts minutes and never runs backwards", () => {
	expect([stopwatch(0), stopwatch(65_900), stopwatch(720_000), stopwatch(-5)]).toEqual([
		"0:00",
		"1:05",
		"12:00",
		"0:00",
	]);
});
