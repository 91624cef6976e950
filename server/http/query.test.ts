// Query parameters that several routes share.
import { expect, test } from "vitest";
import { bboxParam, placeFilter, prefixesOf, prefixOf, timeParam } from "./query.ts";

test("a district is a code or the first digits of one", () => {
	expect(["210000", "210100", "210102", "21", "2101"].map(prefixOf)).toEqual(["21", "2101", "210102", "21", "2101"]);
	expect(prefixOf(undefined)).toBe("");
});

test("a district narrows the caller's scope and never widens it", () => {
	const scope = { districts: ["210100"], systems: ["gas"] };
	expect(prefixesOf(scope, undefined)).toEqual(["2101"]);
	expect(prefixesOf(scope, "210102")).toEqual(["210102"]);
	expect(prefixesOf(scope, "21")).toEqual(["2101"]);
	expect(prefixesOf(scope, "2102")).toEqual([]);
	const isHere = placeFilter(scope, "210102");
	expect(isHere({ district: "210102", system: "gas" })).toBe(true);
	expect(isHere({ district: "210102", system: "rain" })).toBe(false);
	expect(isHere({ district: "210103", system: "gas" })).toBe(false);
});

test("a time is epoch milliseconds or ISO 8601 with offset; seconds are refused, not guessed", () => {
	expect(timeParam.parse("1790000000000")).toBe(1_790_000_000_000);
	expect(timeParam.parse("2026-11-22T08:00:00+08:00")).toBe(Date.UTC(2026, 10, 22));
	for (const wrong of ["1790000000", "2026-11-22", "now", ""]) expect(timeParam.safeParse(wrong).success).toBe(false);
});

test("a box is four numbers, the smaller first", () => {
	expect(bboxParam.parse("120,-1.5,121,40")).toEqual([120, -1.5, 121, 40]);
	for (const wrong of ["1,2,3", "1,2,3,4,5", "2,0,1,1", "0,2,1,1", "a,b,c,d", "1e9,0,1,1"]) {
		expect(bboxParam.safeParse(wrong).success).toBe(false);
	}
});
