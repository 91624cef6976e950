import fc from "fast-check";
import { expect, test } from "vitest";
import { beijingText, parseBeijing, parseNumber, qnText } from "./values.ts";

test("F4 plain decimals are read exactly", () => {
	const known = {
		"36": 36,
		"-4.6": -4.6,
		"52.0": 52,
		"102.315": 102.315,
		"0": 0,
		"0.0": 0,
		"003.0943": 3.0943,
		"75600.000": 75600,
	};
	for (const [text, value] of Object.entries(known)) expect(parseNumber(text), text).toBe(value);
	expect(Object.is(parseNumber("-0"), 0)).toBe(true);
	expect(Object.is(parseNumber("-0.00"), 0)).toBe(true);
	expect(Object.is(parseNumber(`-0.${"0".repeat(20)}`), 0)).toBe(true);
});

test("F4 the short way agrees with Number() to the last bit", () => {
	const decimal = fc.tuple(fc.boolean(), fc.stringMatching(/^[0-9]{1,18}$/), fc.stringMatching(/^[0-9]{0,18}$/));
	fc.assert(
		fc.property(decimal, ([negative, whole, fraction]) => {
			const text = `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
			expect(parseNumber(text)).toBe(Number(text) + 0);
		}),
		{ numRuns: 5000 },
	);
});

test.each([
	"",
	"-",
	".",
	".5",
	"5.",
	"+5",
	"1e3",
	"1e999",
	"0x1F",
	"NaN",
	"Infinity",
	"-Infinity",
	"１２",
	"1,5",
	"1 ",
	" 1",
	"1.2.3",
	"--1",
	"1-",
	"9".repeat(400),
	"null",
	"3.0.",
])("F4 %j is no number", (text) => {
	expect(parseNumber(text)).toBeNull();
});

test("F4 times are Beijing time on any machine", () => {
	expect(parseBeijing("20261122080000")).toBe(Date.UTC(2026, 10, 22, 0, 0, 0));
	expect(parseBeijing("20261122000000")).toBe(Date.UTC(2026, 10, 21, 16, 0, 0));
	expect(parseBeijing("202611220815")).toBe(Date.UTC(2026, 10, 22, 0, 15, 0));
	expect(parseBeijing("19700101000000")).toBe(-8 * 3_600_000);
	expect(parseBeijing("99991231235959")).toBe(Date.UTC(9999, 11, 31, 15, 59, 59));
});

test.each([
	"20260231080000",
	"20260229000000",
	"19000229000000",
	"20261322080000",
	"20260022080000",
	"20261100080000",
	"20261131080000",
	"20261122240000",
	"20261122086000",
	"20261122080060",
	"00991122080000",
	"2026112208",
	"20261122080000123",
	"2026112208000x",
	"",
])("F4 %j is on no calendar", (text) => {
	expect(parseBeijing(text)).toBeNull();
});

test("F4 the 29th of February exists when it does", () => {
	expect(parseBeijing("20240229000000")).toBe(Date.UTC(2024, 1, 28, 16));
	expect(parseBeijing("20000229000000")).not.toBeNull();
	expect(parseBeijing("21000229000000")).toBeNull();
});

test("every second goes out and comes back", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (second) => {
			expect(parseBeijing(beijingText(second * 1000))).toBe(second * 1000);
		}),
	);
	expect(qnText(Date.UTC(2026, 10, 22, 0, 0, 0, 123))).toBe("20261122080000123");
});
