// Five-minute values: a suspect reading does not touch what good ones say, and a day comes back as it was.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BlockBuilder, DamagedError } from "./block.ts";
import { settle } from "./order.ts";
import { decodeDay, encodeDay, ROLL_MS, roll } from "./rollup.ts";

/** A day of Shenyang begins at 16:00 UTC. */
const DAY = Date.UTC(2026, 9, 1, 16);

function rolled(rows: readonly (readonly [at: number, count: number, quality: number])[]) {
	const builder = new BlockBuilder(1);
	for (const [at, count, quality] of rows) builder.push(1, at, count, quality, at);
	const order = Uint32Array.from(rows, (_, i) => i);
	return roll(builder.block, order, 0, settle(builder.block, order, 0, order.length));
}

test("the best quality carries the figures", () => {
	expect(
		rolled([
			[DAY, 5, 1],
			[DAY + 1, 900, 2],
			[DAY + 2, 8, 1],
			[DAY + 3, Number.NaN, 3],
		]),
	).toEqual([{ at: DAY, n: 4, min: 5, mean: 6.5, max: 8, quality: 1 }]);
	expect(
		rolled([
			[DAY, 900, 2],
			[DAY + 1, 7, 3],
		]),
	).toEqual([{ at: DAY, n: 2, min: 900, mean: 900, max: 900, quality: 2 }]);
	expect(rolled([[DAY, Number.NaN, 3]])).toEqual([
		{ at: DAY, n: 1, min: Number.NaN, mean: Number.NaN, max: Number.NaN, quality: 3 },
	]);
});

test("a day comes back as it was, across midnight of UTC; means of counts are rounded", () => {
	const reading = fc.tuple(
		fc.nat(86_400_000 - 1).map((offset) => DAY + offset),
		fc.oneof(fc.integer(), fc.constant(Number.NaN), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
		fc.integer({ min: 1, max: 4 }),
	);
	fc.assert(
		fc.property(fc.array(reading, { minLength: 1, maxLength: 80 }), (rows) => {
			const values = rolled(rows);
			const back = decodeDay(encodeDay(values, 77), 77, DAY);
			// Zero has one sign here.
			expect(back.map(({ at, n, min, max, quality }) => [at, n, min + 0, max + 0, quality])).toEqual(
				values.map(({ at, n, min, max, quality }) => [at, n, min + 0, max + 0, quality]),
			);
			for (const [i, { mean }] of values.entries())
				if (!Number.isNaN(mean)) expect(Math.abs(back[i]!.mean - mean)).toBeLessThanOrEqual(0.5);
		}),
		{ numRuns: 300 },
	);
});

test("values begin at full five minutes, and a changed bit is damage", () => {
	const body = encodeDay(rolled([[DAY + 7 * ROLL_MS + 5, 1, 1]]), 3);
	expect(decodeDay(body, 3, DAY)[0]?.at).toBe(DAY + 7 * ROLL_MS);
	expect(() => decodeDay(body.with(6, body[6]! ^ 1), 3, DAY)).toThrow(DamagedError);
	expect(() => decodeDay(body, 4, DAY)).toThrow(DamagedError);
});
