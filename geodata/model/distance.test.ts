import { expect, test } from "vitest";
import { alongPath, metresBetween } from "./distance.ts";

test("a degree north and a degree east are as long as on the globe, to half a percent", () => {
	expect(metresBetween([123, 41], [123, 42]) / 111_060).toBeCloseTo(1, 2);
	expect(metresBetween([123, 41], [124, 41]) / 84_100).toBeCloseTo(1, 2);
	expect(metresBetween([121.6, 38.9], [121.6, 38.9])).toBe(0);
	expect(metresBetween([121, 39], [123, 42])).toBeCloseTo(metresBetween([123, 42], [121, 39]), 6);
});

test("along a path the metres add up; a path of one point has no length", () => {
	const path = [
		[123, 41],
		[123.01, 41],
		[123.01, 41.02],
	] as const;
	const along = alongPath(path);
	expect(along[0]).toBe(0);
	expect(along[2]).toBeCloseTo(metresBetween(path[0], path[1]) + metresBetween(path[1], path[2]), 6);
	expect(alongPath([[123, 41]])).toEqual([0]);
	expect(alongPath([])).toEqual([]);
});
