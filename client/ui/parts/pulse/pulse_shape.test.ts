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

test("one scale for all: the same fall is as deep in every city, wherever its level lies", () => {
	const [a, b] = ridges(data([50, 44, 50], [30, 24, 30]), ["0", "1"], heat, box);
	const depth = (points: Float64Array | undefined): number => (points?.[5] ?? 0) - (points?.[1] ?? 0);
	expect(depth(a?.runs[0]?.points)).toBeGreaterThan(20);
	expect(depth(a?.runs[0]?.points)).toBeCloseTo(depth(b?.runs[0]?.points));
});

test("a silent stretch is a gap, a city without an answer an empty row", () => {
	const shown = ridges(data([50, 50, null, 50, 50]), ["0", "9"], heat, box);
	expect(shown[0]?.runs.map(({ points }) => points.length / 4)).toEqual([2, 2]);
	expect(shown[1]?.runs).toEqual([]);
});

test("noise does not look like weather: little spread stays a flat ridge", () => {
	const [flat] = ridges(data([50, 50.2, 50]), ["0"], heat, box);
	const points = flat?.runs[0]?.points ?? new Float64Array();
	expect(Math.abs((points[5] ?? 0) - (points[1] ?? 0))).toBeLessThan(4);
});

test("rain stands on zero and never leaves its row's reach", () => {
	const rain: PulseQuantity = { ...heat, id: "rain", fromZero: true, least: 10 };
	const [dry, wet] = ridges(data([0, 0, 0], [0, 80, 5]), ["0", "1"], rain, box);
	expect(dry?.runs[0]?.points[1]).toBe(dry?.foot);
	expect(wet?.runs[0]?.points[5]).toBeCloseTo(wet?.top ?? 0);
});
