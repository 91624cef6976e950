import { expect, test } from "vitest";
import { coordinateText, distanceText, geoLink, roundMetres, wayBetween } from "./way.ts";

test("the way north, east and back is as long as it is and points where it leads", () => {
	const here = [123.4, 41.8] as const;
	expect(wayBetween(here, [123.4, 41.81])).toMatchObject({ bearing: "n" });
	expect(wayBetween(here, [123.4, 41.81]).metres).toBeCloseTo(1_113, 0);
	expect(wayBetween(here, [123.41, 41.8])).toMatchObject({ bearing: "e" });
	expect(wayBetween(here, [123.39, 41.793])).toMatchObject({ bearing: "sw" });
	expect(wayBetween(here, [123.3999, 41.81]).bearing).toBe("n");
	expect(wayBetween(here, here).metres).toBe(0);
});

test("distances are said as people say them", () => {
	expect([84.6, 644, 1_234, 18_400].map(distanceText)).toEqual([
		"85\u00a0m",
		"640\u00a0m",
		"1.2\u00a0km",
		"18\u00a0km",
	]);
	expect([999, 500, 230, 1_400].map(roundMetres)).toEqual([500, 500, 200, 1_000]);
});

test("RFC 5870: latitude first", () => {
	expect(geoLink([123.4, 41.8], "井 1")).toBe("geo:41.800000,123.400000?q=41.800000,123.400000(%E4%BA%95%201)");
	expect(coordinateText([123.4, 41.8])).toBe("41.800000, 123.400000");
});
