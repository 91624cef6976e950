// The glyphs of the real cities on the real projection, at the two sizes of the issue: nothing overlaps, whatever the counts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import { TILE_PX, worldX, worldY } from "../mercator.ts";
import { placeOf, wallScale } from "./flight.ts";
import type { Body, Spot } from "./glyph_layout.ts";
import { layoutGlyphs, overlap, runsThrough, turnOf } from "./glyph_layout.ts";
import { footSize, ringRadius } from "./wall_glyphs.ts";

const SIZES = [
	[1920, 1080],
	[3840, 2160],
] as const;

function bodies(width: number, height: number, levels: readonly number[]): Body[] {
	const scale = wallScale(width, height);
	const insets = { top: 90 * scale, right: 430 * scale, bottom: 230 * scale, left: 480 * scale };
	const { center, zoom, padding } = placeOf({ kind: "province" }, insets, scale, { width, height });
	const px = TILE_PX * 2 ** zoom;
	const midX = (padding.left + width - padding.right) / 2;
	const midY = (padding.top + height - padding.bottom) / 2;
	return CITIES.map((city, i) => ({
		code: city.code,
		x: midX + (worldX(city.centre[0]) - worldX(center[0])) * px,
		y: midY + (worldY(city.centre[1]) - worldY(center[1])) * px,
		radius: ringRadius((city.population?.census2020 ?? 0) / 15_000, city.short.zh, scale),
		...footSize(levels[i % levels.length] ?? 0, scale),
	}));
}

function faults(spots: readonly Spot[]): string[] {
	const found: string[] = [];
	for (const a of spots) {
		for (const b of spots) {
			if (a === b) continue;
			if (overlap(a, a.atX, a.atY, b, b.atX, b.atY, 0) > 0) found.push(`${a.code} on ${b.code}`);
			// Geography is kept: west stays west of its neighbours.
			if (turnOf({ body: a, x: a.atX, y: a.atY }, { body: b, x: b.atX, y: b.atY }) > 0)
				found.push(`${a.code} turned about ${b.code}`);
			if (a.leader !== null && runsThrough(a.leader, b, b.atX, b.atY, 0))
				found.push(`line of ${a.code} through ${b.code}`);
		}
	}
	return found;
}

test.each(SIZES)(
	"no glyph, count or leader line overlaps another at %i x %i, calm or with any counts",
	(width, height) => {
		const scale = wallScale(width, height);
		for (const levels of [[0], [1], [4]])
			expect(faults(layoutGlyphs(bodies(width, height, levels), 8 * scale))).toEqual([]);
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 14, maxLength: 14 }), (levels) => {
				expect(faults(layoutGlyphs(bodies(width, height, levels), 8 * scale))).toEqual([]);
			}),
			{ numRuns: 16, seed: 7 },
		);
	},
);

test("a glyph that has room stays at its city, and none strays far", () => {
	const spots = layoutGlyphs(bodies(1920, 1080, [0]), 8);
	const dalian = spots.find(({ code }) => code === "210200");
	expect([dalian?.atX, dalian?.atY]).toEqual([dalian?.x, dalian?.y]);
	expect(dalian?.leader).toBeNull();
	for (const { atX, atY, x, y } of spots) expect(Math.hypot(atX - x, atY - y)).toBeLessThan(110);
});

test("a city that lies outside of its ring is led to by a line that ends at it", () => {
	const spots = layoutGlyphs(bodies(1920, 1080, [4]), 8);
	const led = spots.filter(({ leader }) => leader !== null);
	for (const { leader, x, y, atX, atY, radius } of led) {
		expect([leader?.toX, leader?.toY]).toEqual([x, y]);
		expect(Math.hypot((leader?.fromX ?? 0) - atX, (leader?.fromY ?? 0) - atY)).toBeCloseTo(radius, 6);
	}
	// The two pairs of the brief stand apart now, so that at least one of each is led back, or both cities are under their rings.
	const distance = (a: string, b: string): number => {
		const [p, q] = [spots.find(({ code }) => code === a), spots.find(({ code }) => code === b)];
		return Math.hypot((p?.atX ?? 0) - (q?.atX ?? 0), (p?.atY ?? 0) - (q?.atY ?? 0));
	};
	expect(distance("210100", "210400")).toBeGreaterThan(2 * 40);
	expect(distance("210300", "211000")).toBeGreaterThan(2 * 40);
});
