// Thinning: few points that lie on the curve, with every extreme, and holes that stay holes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BlockBuilder } from "./block.ts";
import { thin } from "./history.ts";

const series = fc
	.array(
		fc.tuple(
			fc.integer({ min: 1, max: 5_000 }),
			fc.oneof({ weight: 9, arbitrary: fc.nat(100) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
		),
		{
			minLength: 1,
			maxLength: 300,
		},
	)
	.map((steps) => {
		const builder = new BlockBuilder(1);
		let at = 0;
		for (const [step, count] of steps) {
			at += step;
			builder.push(1, at, count, 1, at);
		}
		return { block: builder.take(), end: at };
	});

test("points are readings in order, at most so many, with the extremes of the whole", () => {
	fc.assert(
		fc.property(series, fc.integer({ min: 3, max: 120 }), ({ block, end }, wanted) => {
			const { points, thinned } = thin(block, 0, end, wanted, false);
			expect(points.length).toBeLessThanOrEqual(wanted);
			expect(thinned).toBe(block.at.length > wanted);
			const known = new Map(Array.from(block.at, (at, i) => [at, block.count[i]!]));
			for (const [i, { at, count }] of points.entries()) {
				expect(Object.is(known.get(at), count ?? Number.NaN)).toBe(true);
				if (i > 0) expect(at).toBeGreaterThan(points[i - 1]!.at);
			}
			const values = [...block.count].filter((count) => !Number.isNaN(count));
			const kept = points.flatMap(({ count }) => (count === null ? [] : [count]));
			if (values.length > 0) {
				expect(Math.min(...kept)).toBe(Math.min(...values));
				expect(Math.max(...kept)).toBe(Math.max(...values));
			}
			if (values.length < block.count.length) expect(points.some(({ count }) => count === null)).toBe(true);
		}),
		{ numRuns: 300 },
	);
});

test("a rolled series says that it stands for more, however few its points", () => {
	const builder = new BlockBuilder(1);
	builder.push(1, 5, 1, 1, 5);
	expect(thin(builder.take(), 0, 10, 500, true)).toEqual({ points: [{ at: 5, count: 1, quality: 1 }], thinned: true });
});
