// The field and its lines against fields whose answer is known: a plane and a hill.
import { expect, test } from "vitest";
import { clip, contoursOf } from "./contours.ts";
import type { Frame, Grid, Sample } from "./grid.ts";
import { at, barnes, levelsOf } from "./grid.ts";

const FRAME: Frame = { west: 120, south: 40, columns: 61, rows: 41, step: 0.05 };
const everywhere = (): boolean => true;

function gridOf(value: (lon: number, lat: number) => number): Grid {
	const values = new Float64Array(FRAME.columns * FRAME.rows);
	for (let row = 0; row < FRAME.rows; row++) {
		for (let column = 0; column < FRAME.columns; column++) {
			values[row * FRAME.columns + column] = value(FRAME.west + column * FRAME.step, FRAME.south + row * FRAME.step);
		}
	}
	return { ...FRAME, values };
}

/** One station in each quarter of a degree, as counties lie. */
function stations(value: (lon: number, lat: number) => number): Sample[] {
	const samples: Sample[] = [];
	for (let lon = 119.6; lon < 123.5; lon += 0.35) {
		for (let lat = 39.6; lat < 42.5; lat += 0.3) samples.push({ lon, lat, value: value(lon, lat) });
	}
	return samples;
}

test("a plane of temperature comes back as a plane, within a third of a degree", () => {
	const plane = (lon: number, lat: number): number => 20 - 3 * (lat - 40) + 1.2 * (lon - 120);
	const grid = barnes(stations(plane), FRAME, 35);
	for (const [lon, lat] of [
		[120.5, 40.3],
		[121.37, 41.02],
		[122.6, 41.7],
	] as const) {
		expect(at(grid, lon, lat)).toBeCloseTo(plane(lon, lat), 0);
		expect(Math.abs(at(grid, lon, lat) - plane(lon, lat))).toBeLessThan(0.34);
	}
});

test("the field stays within what was measured, and a place without stations is not known", () => {
	const grid = barnes([{ lon: 120.2, lat: 40.2, value: -7 }], FRAME, 15);
	expect(at(grid, 120.22, 40.22)).toBeCloseTo(-7, 6);
	expect(at(grid, 122.9, 41.9)).toBeNaN();
});

test("a line of equal temperature of a plane is straight and lies where the plane has that value", () => {
	const plane = (_: number, lat: number): number => -10 + 4 * (lat - 40);
	const contours = contoursOf(gridOf(plane), [-8, -6], everywhere);
	expect(contours.map(({ level }) => level).sort()).toEqual([-6, -8]);
	for (const { level, path } of contours) {
		for (const [lon, lat] of path) expect(plane(lon, lat)).toBeCloseTo(level, 6);
		expect(Math.abs((path.at(-1)?.[0] ?? 0) - (path[0]?.[0] ?? 0))).toBeCloseTo(3, 1);
	}
});

test("a line around a hill keeps its distance from the top, within a tenth of the grid", () => {
	const [lon0, lat0] = [121.5, 41];
	const cone = (lon: number, lat: number): number => 10 - 10 * Math.hypot(lon - lon0, lat - lat0);
	const contours = contoursOf(gridOf(cone), [4], everywhere);
	expect(contours).toHaveLength(1);
	for (const [lon, lat] of contours[0]?.path ?? []) {
		expect(Math.abs(Math.hypot(lon - lon0, lat - lat0) - 0.6)).toBeLessThan(0.006);
	}
});

test("a line ends at the border of the land and goes on behind a bay", () => {
	const isLand = (lon: number): boolean => lon < 121 || lon > 121.4;
	const path = Array.from({ length: 61 }, (_, i) => [120 + i * 0.05, 41] as const);
	const pieces = clip(path, isLand);
	expect(pieces).toHaveLength(2);
	expect(pieces[0]?.at(-1)?.[0]).toBeCloseTo(121, 3);
	expect(pieces[0]?.at(-1)?.[0]).toBeLessThan(121);
	expect(pieces[1]?.[0]?.[0]).toBeCloseTo(121.4, 3);
});

test("levels are round, about five, and never of a field that is flat", () => {
	expect(levelsOf(gridOf((_, lat) => -14 + 4 * (lat - 40)))).toEqual([-14, -12, -10, -8]);
	expect(levelsOf(gridOf(() => 3))).toEqual([]);
	expect(levelsOf(gridOf((lon) => lon - 120)).length).toBeLessThanOrEqual(7);
});
