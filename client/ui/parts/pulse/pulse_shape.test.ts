import { expect, test } from "vitest";
import type { PulseData, PulseQuantity } from "../../../live/pulse.ts";
import { ridges } from "./pulse_shape.ts";

const heat: PulseQuantity = { id: "heat", kind: "k", measure: "m", op: "mean", fromZero: false, least: 6 };
const box = { width: 300, height: 700, rows: 14 };

function data(...cities: (readonly (number | null)[])[]): PulseData {
	return {
		unit: "°C",
		from: 0,
		step: 900_000,
		cities: cities.map((values, index) => ({ district: String(index), min: values, max: values })),
	};
}

const day = (level: number, swing: number): number[] =>
	Array.from({ length: 96 }, (_, step) => level + swing * Math.sin((step / 96) * 2 * Math.PI));

function depth(points: Float64Array | undefined): number {
	let [high, low] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (let i = 2; i < (points?.length ?? 0); i += 4) {
		high = Math.min(high, points?.[i] ?? 0);
		low = Math.max(low, points?.[i] ?? 0);
	}
	return low - high;
}

test("one scale for all: the same swing is as deep in every city, wherever its level lies", () => {
	const [a, b, c] = ridges(data(day(50, 3), day(30, 3), day(40, 1.5)), ["0", "1", "2"], heat, box);
	expect(depth(a?.runs[0]?.points)).toBeGreaterThan(20);
	expect(depth(a?.runs[0]?.points)).toBeCloseTo(depth(b?.runs[0]?.points));
	expect(depth(c?.runs[0]?.points)).toBeCloseTo(depth(a?.runs[0]?.points) / 2);
});

test("one county that falls for an hour neither flattens the others nor leaves its row", () => {
	const usual = ridges(data(day(50, 3), day(48, 3), day(46, 3)), ["0", "1", "2"], heat, box);
	const fallen = day(50, 3).map((value, step) => (step > 60 && step < 64 ? value - 40 : value));
	const shown = ridges(data(fallen, day(48, 3), day(46, 3)), ["0", "1", "2"], heat, box);
	expect(depth(shown[1]?.runs[0]?.points)).toBeCloseTo(depth(usual[1]?.runs[0]?.points));
	const first = shown[0];
	expect(depth(first?.runs[0]?.points)).toBeLessThanOrEqual((first?.foot ?? 0) - (first?.top ?? 0) + 1e-9);
	expect(first?.top).toBeGreaterThanOrEqual(0);
	// The rest of its day stands about where it stood.
	const [before, after] = [usual[0], first].map((ridge) => ridge?.runs[0]?.points[10 * 4 + 2] ?? 0);
	expect(Math.abs((before ?? 0) - (after ?? 0))).toBeLessThan(3);
});

test("a silent stretch is a gap, a city without an answer an empty row", () => {
	const shown = ridges(data([50, 50, null, 50, 50]), ["0", "9"], heat, box);
	expect(shown[0]?.runs.map(({ points }) => points.length / 4)).toEqual([2, 2]);
	expect(shown[1]?.runs).toEqual([]);
});

test("noise does not look like weather: little spread stays a flat ridge", () => {
	const [flat] = ridges(data([50, 50.1, 50]), ["0"], heat, box);
	const points = flat?.runs[0]?.points ?? new Float64Array();
	expect(Math.abs((points[5] ?? 0) - (points[1] ?? 0))).toBeLessThan(4);
});

test("rain stands on zero and never leaves its row's reach", () => {
	const rain: PulseQuantity = { ...heat, id: "rain", fromZero: true, least: 10 };
	const [dry, wet] = ridges(data([0, 0, 0], [0, 80, 5]), ["0", "1"], rain, box);
	expect(dry?.runs[0]?.points[1]).toBe(dry?.foot);
	expect(wet?.runs[0]?.points[5]).toBeCloseTo(wet?.top ?? 0);
});
