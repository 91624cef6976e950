// gcoord's published and re-computed vectors for Liaoning, and that no coordinate leaves unconverted.
import gcoord from "gcoord";
import { expect, test } from "vitest";
import { coordinatesToWgs84, round, toWgs84 } from "./crs.ts";

function near(actual: readonly number[], expected: readonly number[], degrees: number): void {
	for (const [i, value] of expected.entries())
		expect(Math.abs((actual[i] ?? Number.NaN) - value)).toBeLessThan(degrees);
}

test("gcoord 1.0.7 gives its published vectors", () => {
	const { WGS84, GCJ02, BD09 } = gcoord;
	near(gcoord.transform([116.403988, 39.914266], WGS84, BD09), [116.41661560068297, 39.92196580126834], 1e-6);
	near(gcoord.transform([123, 45], GCJ02, WGS84), [122.99395597229677, 44.99804071696977], 1e-6);
	near(gcoord.transform([123.43, 41.8], WGS84, GCJ02), [123.43613681741684, 41.8024297629551], 1e-6);
	near(gcoord.transform([121.61, 38.91], WGS84, GCJ02), [121.61494026234507, 38.91077197454949], 1e-6);
});

test("positions of each system come back to WGS-84", () => {
	near(toWgs84([123, 45], "GCJ02"), [122.99395597229677, 44.99804071696977], 1e-6);
	near(toWgs84([123.43613681741684, 41.8024297629551], "GCJ02"), [123.43, 41.8], 1e-6);
	near(toWgs84([116.41661560068297, 39.92196580126834], "BD09"), [116.403988, 39.914266], 1e-5);
	expect(toWgs84([123.43, 41.8], "WGS84")).toEqual([123.43, 41.8]);
});

test("nested coordinates keep their shape and move by half a kilometre, not more", () => {
	const rings = [[[[123.43614, 41.80243]]], [[[121.61494, 38.91077]]]];
	expect(coordinatesToWgs84(rings, "GCJ02")).toEqual([[[[123.43, 41.8]]], [[[121.61, 38.91]]]]);
	expect(() => coordinatesToWgs84("123,45", "GCJ02")).toThrow("not an array");
	expect(round(123.4567891)).toBe(123.45679);
});
