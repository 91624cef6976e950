import { expect, test } from "vitest";
import { pinsOf, type Urgent } from "./pins.ts";
import { spread } from "./spread.ts";

function urgent(index: number, x: number, y: number, level = 4, ring = 0): Urgent {
	return { index, x, y, level, ring };
}

const disc = { x: 100, y: 100, radius: 25 };

test("what lies outside every disc stays where it is", () => {
	expect(pinsOf([urgent(1, 300, 40)], [disc], 1)).toEqual([{ ...urgent(1, 300, 40), count: 1 }]);
});

test("what lies under a disc stands on its rim, in its own direction", () => {
	const [pin] = pinsOf([urgent(1, 110, 100)], [disc], 1);
	expect(Math.hypot(pin!.x - 100, pin!.y - 100)).toBeCloseTo(32, 6);
	expect(pin!.x).toBeGreaterThan(130);
	expect(Math.abs(pin!.y - 100)).toBeLessThan(10);
});

test("one direction shares a pin of the worst level and keeps the number; another direction has its own", () => {
	const pins = pinsOf([urgent(1, 110, 100, 3), urgent(2, 112, 100, 4), urgent(3, 90, 100, 3)], [disc], 1);
	expect(pins.map(({ level, count }) => [level, count])).toEqual([
		[3, 1],
		[4, 2],
	]);
	expect(pins.at(-1)?.index).toBe(2);
});

test("no pin stands at the foot, where the counts are", () => {
	for (let x = 90; x <= 110; x += 2) {
		const [pin] = pinsOf([urgent(1, x, 118)], [disc], 1);
		const angle = Math.atan2(pin!.y - 100, pin!.x - 100);
		expect(Math.abs(angle - Math.PI / 2)).toBeGreaterThan(0.7);
	}
});

test("none is lost: counts of all pins are the assets given", () => {
	const many = Array.from({ length: 200 }, (_, i) =>
		urgent(i, 60 + ((i * 37) % 90), 60 + ((i * 53) % 90), 3 + (i % 2)),
	);
	const pins = pinsOf(many, [disc, { x: 140, y: 120, radius: 20 }], 1);
	expect(pins.reduce((sum, { count }) => sum + count, 0)).toBe(200);
});

test("glyphs that would overlap part; those that do not stay", () => {
	const anchors = [
		{ x: 100, y: 100, radius: 20 },
		{ x: 110, y: 100, radius: 20 },
		{ x: 400, y: 400, radius: 20 },
	];
	const [a, b, c] = spread(anchors, 4);
	expect(Math.hypot(a!.x - b!.x, a!.y - b!.y)).toBeGreaterThanOrEqual(43);
	expect(c).toEqual({ x: 400, y: 400 });
	expect(spread(anchors, 4)).toEqual(spread(anchors, 4));
});
