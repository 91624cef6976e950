import fc from "fast-check";
import { expect, test } from "vitest";
import { limitOf } from "../../test/support/systems.ts";
import { Slope } from "./slope.ts";

const rule = limitOf("fall", "level", { type: "rate", direction: "below", rateMs: 300_000 });
const SPAN = 60_000;

test("A3 nothing is told before a fifth of the unit of time has been seen", () => {
	const slope = new Slope();
	slope.keep(rule, 1, 0);
	expect(slope.rate(rule, 0, SPAN - 1)).toBeNull();
	expect(slope.rate(rule, 0.9, SPAN)).toBeCloseTo(-0.5, 12);
});

test("A3 readings far apart are compared one with the next, as they come", () => {
	const slope = new Slope();
	slope.keep(rule, 1, 0);
	slope.keep(rule, 2, 300_000);
	expect(slope.rate(rule, 5, 600_000)).toBeCloseTo(3, 12);
});

test("a clock that was put right begins anew", () => {
	const slope = new Slope();
	slope.keep(rule, 1, 10 * SPAN);
	slope.keep(rule, 3, 0);
	expect(slope.rate(rule, 4, SPAN)).toBeCloseTo(5, 12);
});

test("A3 whatever the rhythm, a straight line has its own slope over a span that is long enough, and a bounded past", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 3, maxLength: 120 }), (steps) => {
			const slope = new Slope();
			let at = 0;
			slope.keep(rule, 0, 0);
			for (const step of steps) {
				at += step;
				const rate = slope.rate(rule, at / 1_000, at);
				if (at >= SPAN) expect(rate).toBeCloseTo(300, 6);
				else expect(rate).toBeNull();
				slope.keep(rule, at / 1_000, at);
				expect(slope.kept).toBeLessThanOrEqual(6);
			}
		}),
	);
});
