// Values are kept as counts of the finest unit: every decimal that a door can send comes back as the same double.
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_COUNT, QUALITY_NAMES, Quality, qualityName, SCALE_FACTOR, toCount, toValue } from "./measure.ts";

const scales = fc.integer({ min: 0, max: 6 });

test("a decimal with no more digits than the scale is kept exactly", () => {
	fc.assert(
		fc.property(scales, fc.bigInt({ min: -(2n ** 50n), max: 2n ** 50n }), (scale, digits) => {
			// The decimal as a device writes it, e.g. -0.042 or 102.315, read as JSON or text does.
			const sign = digits < 0n ? "-" : "";
			const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
			const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
			const sent = Number(sign + whole);
			expect(toCount(sent, scale)).toBe(Number(digits));
			expect(toValue(toCount(sent, scale), scale)).toBe(sent);
		}),
		{ numRuns: 2_000 },
	);
});

test("every thousandth from -100 to 100 is kept exactly", () => {
	for (let count = -100_000; count <= 100_000; count++) {
		const sent = Number((count / 1000).toFixed(3));
		if (toCount(sent, 3) !== count || toValue(count, 3) !== sent + 0) expect.fail(`${sent} became ${toCount(sent, 3)}`);
	}
});

test("a count is an integer within bounds whatever number comes, and never -0", () => {
	fc.assert(
		fc.property(scales, fc.double({ noNaN: true }), (scale, value) => {
			const count = toCount(value, scale);
			expect(Number.isInteger(count)).toBe(true);
			expect(Math.abs(count)).toBeLessThanOrEqual(MAX_COUNT);
			expect(Object.is(count, -0)).toBe(false);
		}),
	);
	expect(toCount(1e300, 3)).toBe(MAX_COUNT);
	expect(toCount(-1e300, 3)).toBe(-MAX_COUNT);
	expect(Object.is(toCount(-0.0001, 3), 0)).toBe(true);
	expect(toCount(Number.NaN, 3)).toBeNaN();
});

test("the scale factors are the powers of ten", () => {
	expect(SCALE_FACTOR).toEqual(Array.from({ length: 7 }, (_, scale) => 10 ** scale));
});

test("quality codes and names agree; an unknown code reads as none", () => {
	for (const name of QUALITY_NAMES) expect(qualityName(Quality[name])).toBe(name);
	expect(Object.keys(Quality)).toEqual([...QUALITY_NAMES]);
	expect(qualityName(7)).toBe("none");
});
