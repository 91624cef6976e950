import { expect, test } from "vitest";
import type { Measure } from "#model/measure.ts";
import { ageText, clockText, countText, dayText, numberText, withUnit } from "./format.ts";

test("civil time is that of Shanghai whatever the machine's zone", () => {
	expect(clockText(Date.UTC(2026, 10, 22, 16, 5, 9))).toBe("00:05:09");
	expect(dayText(Date.UTC(2026, 10, 22, 16, 5, 9))).toBe("11-23 00:05");
});

test("an age has one unit, hours have their minutes, and a device ahead of the server is not negative", () => {
	const texts = [999, 61_000, 3_900_000, 200_000_000, -5_000].map((ms) => ageText(ms).replaceAll("\u00a0", " "));
	expect(texts).toEqual(["0 s", "1 min", "1 h 05", "2 d", "0 s"]);
});

test("numbers: the measure's decimals, a true minus, groups from five digits on, no minus zero", () => {
	expect(numberText(-0.44, 2)).toBe("−0.44");
	expect(numberText(-0.001, 2)).toBe("0.00");
	expect(numberText(1234, 0)).toBe("1234");
	expect(numberText(12345.6, 1)).toBe("12,345.6");
	expect(numberText(null, 1)).toBe("–");
});

test("a state shows its word, a count its value, and nothing has no unit", () => {
	const measure = {
		scale: 2,
		decimals: 1,
		unit: "m",
		states: [{ value: 1, text: { zh: "开启", en: "open" } }],
	} as unknown as Measure;
	expect(countText(measure, 100, "zh")).toBe("开启");
	expect(countText(measure, 250, "zh")).toBe("2.5");
	expect(withUnit(countText(measure, Number.NaN, "zh"), "m")).toBe("–");
});
