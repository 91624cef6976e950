import { expect, test } from "vitest";
import type { Catalogue } from "./catalogue.ts";
import { forecastOf, forecastRows, goodValue } from "./river_forecast.ts";

const CITY = ["temperature1h", "temperature3h", "temperature6h", "lowTonight", "state"];

function catalogue(): Catalogue {
	const assets = [0, 1].flatMap((city) => [
		{
			record: { id: `forecast-${city}` },
			kind: { id: "cityForecast" },
			city: `210${city + 1}00`,
			measures: CITY,
			firstRow: city * 10,
		},
		{
			record: { id: `station-${city}` },
			kind: { id: "weatherStation" },
			city: `210${city + 1}00`,
			measures: ["temperature", "state"],
			firstRow: city * 10 + 5,
		},
		{
			record: { id: `second-${city}` },
			kind: { id: "weatherStation" },
			city: `210${city + 1}00`,
			measures: ["temperature", "state"],
			firstRow: city * 10 + 7,
		},
	]);
	return { assets, measure: () => ({ scale: 1 }) } as unknown as Catalogue;
}

function table(): { value: Float64Array; quality: Uint8Array; at: Float64Array } {
	const at = new Float64Array(20).fill(1_000);
	const value = new Float64Array(20).fill(Number.NaN);
	const quality = new Uint8Array(20);
	for (const [row, one] of [
		[0, -40],
		[1, -60],
		[2, -90],
		[3, -140],
		[5, -30],
		[10, -20],
		[11, -40],
		[12, -50],
		[13, -70],
		[15, -10],
	] as const) {
		value[row] = one;
		quality[row] = 1;
	}
	return { value, quality, at };
}

test("the forecast is the mean of the cities, from the stations' now to six hours, with tonight's range", () => {
	expect(forecastOf(catalogue(), table() as never, "temperature")).toEqual({
		quantity: "temperature",
		points: [
			{ hours: 0, value: -2 },
			{ hours: 1, value: -3 },
			{ hours: 3, value: -5 },
			{ hours: 6, value: -7 },
		],
		low: -14,
		high: -7,
	});
});

test("one station a city is named, and no forecast stands while more than half of the cities are silent", () => {
	expect(forecastRows(catalogue(), "temperature").map(({ asset }) => asset)).toEqual([
		"forecast-0",
		"forecast-1",
		"station-0",
		"station-1",
	]);
	const silent = table();
	silent.quality.fill(4);
	expect(forecastOf(catalogue(), silent as never, "temperature")).toBeNull();
	expect(forecastOf({ assets: [] } as unknown as Catalogue, silent as never, "temperature")).toBeNull();
});

test("only a good value counts: stale, suspect and unknown ones are no figure", () => {
	const made = catalogue();
	const asset = made.assets[0];
	if (asset === undefined) throw new Error("an asset");
	for (const quality of [0, 2, 3, 4]) {
		const known = table();
		known.quality[0] = quality;
		expect(goodValue(made, known as never, asset, "temperature1h")).toBeNull();
	}
	expect(goodValue(made, table() as never, asset, "temperature1h")).toBe(-4);
	// Status alone came: the value of the row means nothing yet.
	const unseen = table();
	unseen.at[0] = 0;
	expect(goodValue(made, unseen as never, asset, "temperature1h")).toBeNull();
	expect(goodValue(made, table() as never, asset, "none")).toBeNull();
});
