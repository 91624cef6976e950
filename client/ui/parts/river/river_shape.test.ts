import { expect, test } from "vitest";
import type { RiverData, RiverPin } from "../../../live/river.ts";
import { RIVER_PAST_MS } from "../../../live/river.ts";
import { pinAt, placePins, riverRows, stepAt, streamBands, timeX } from "./river_shape.ts";

const NOW = 1_800_000_000_000;
const STEP = 600_000;
const size = { width: 1500, height: 200, type: 24 };

function river(count: (index: number) => number | null): RiverData {
	const from = NOW - RIVER_PAST_MS;
	return {
		from,
		to: NOW,
		step: STEP,
		steps: Array.from({ length: 144 }, (_, index) => {
			const open = count(index);
			return {
				at: from + index * STEP,
				open: open === null ? null : new Map([["water", [open, 0, 0, 0] as const]]),
				unacknowledgedMs: 0,
			};
		}),
		pins: [],
		shifts: [],
		demoHistoryUntil: null,
	};
}

function pin(at: number, severity: 3 | 4 = 3): RiverPin {
	return {
		at,
		alarm: `a${at}`,
		severity,
		system: "water",
		district: "210102",
		asset: null,
		name: "x",
		acknowledgedAt: null,
	};
}

test("four fifths of the width are the past, one fifth the next six hours", () => {
	expect(timeX(NOW - RIVER_PAST_MS, NOW, 1500)).toBe(0);
	expect(timeX(NOW, NOW, 1500)).toBe(1200);
	expect(timeX(NOW + 6 * 3_600_000, NOW, 1500)).toBe(1500);
});

test("the stream stays between its rows whatever the counts, and its height is the count", () => {
	const rows = riverRows(size);
	const [bands] = streamBands(
		river((index) => index),
		NOW,
		size,
	);
	const water = bands?.[2];
	if (water === undefined) throw new Error("a band");
	const high = (index: number): number => (water[index * 3 + 2] ?? 0) - (water[index * 3 + 1] ?? 0);
	expect(high(100) / high(50)).toBeCloseTo(2);
	for (let index = 0; index < 144; index++) {
		expect(water[index * 3 + 1]).toBeGreaterThanOrEqual(rows.streamTop - 1e-9);
		expect(water[index * 3 + 2]).toBeLessThanOrEqual(rows.streamBottom + 1e-9);
	}
	const [few] = streamBands(
		river(() => 3),
		NOW,
		size,
	);
	const brook = few?.[2];
	expect((brook?.[2] ?? 0) - (brook?.[1] ?? 0)).toBeLessThan((rows.streamBottom - rows.streamTop) / 4);
});

test("what nobody recorded is a gap, not a dry river", () => {
	const runs = streamBands(
		river((index) => (index >= 50 && index < 60 ? null : 5)),
		NOW,
		size,
	);
	expect(runs.map(([band]) => (band?.length ?? 0) / 3)).toEqual([50, 84]);
});

test("labels lie neither on each other nor on a pin; what has no room keeps its shape", () => {
	const words = { place: () => "沈阳 于洪", width: () => 110 };
	const close = Array.from({ length: 30 }, (_, index) => pin(NOW - index * 20 * 60_000, index === 7 ? 4 : 3));
	const placed = placePins(close, NOW, size, words);
	expect(placed).toHaveLength(30);
	const labels = placed.flatMap(({ label }) => (label === null ? [] : [label.x]));
	labels.sort((a, b) => a - b);
	for (const [index, x] of labels.entries()) {
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x + 110).toBeLessThanOrEqual(size.width);
		if (index > 0) expect(x - (labels[index - 1] ?? 0)).toBeGreaterThan(110);
	}
	expect(placed.at(-1)?.pin.severity).toBe(4);
	expect(placePins([pin(NOW - RIVER_PAST_MS - 1), pin(NOW + 1)], NOW, size, words)).toHaveLength(0);
});

test("a place whose pins stand together is named once", () => {
	const words = { place: () => "沈阳 浑南", width: () => 110 };
	const labelsOf = (minutes: number): number =>
		placePins([pin(NOW - 6 * 3_600_000), pin(NOW - 6 * 3_600_000 - minutes * 60_000)], NOW, size, words).filter(
			({ label }) => label !== null,
		).length;
	expect(labelsOf(4)).toBe(1);
	expect(labelsOf(6 * 60)).toBe(2);
});

test("a pin is found under the pointer, a step under its x, nothing in the future", () => {
	const placed = placePins([pin(NOW - 12 * 3_600_000)], NOW, size, { place: () => "沈阳", width: () => 48 });
	expect(pinAt(placed, 600, riverRows(size).pins, size)?.x).toBe(600);
	expect(pinAt(placed, 600, 150, size)).toBeNull();
	expect(pinAt(placed, 200, riverRows(size).pins, size)).toBeNull();
	const flow = river(() => 1);
	expect(stepAt(flow, 0, NOW, 1500)).toBe(0);
	expect(stepAt(flow, 1199, NOW, 1500)).toBe(143);
	expect(stepAt(flow, 1300, NOW, 1500)).toBeNull();
});

test("T-35 of ten thousand pins in a minute one of each level stands, the newest", () => {
	const storm = Array.from({ length: 10_000 }, (_, index) => pin(NOW - index, index % 2 === 0 ? 3 : 4));
	let asked = 0;
	const width = (): number => {
		asked += 1;
		return 110;
	};
	const placed = placePins(storm, NOW, size, { place: () => "沈阳 于洪", width });
	expect(placed.map(({ pin: { severity, at } }) => [severity, at])).toEqual([
		[3, NOW],
		[4, NOW - 1],
	]);
	expect(asked).toBe(2);
});
