import { expect, test } from "vitest";
import type { Catalogue } from "./catalogue.ts";
import { ReachIndex } from "./sentence_reach.ts";
import { silenceOf } from "./sentence_silence.ts";

interface Given {
	readonly id: string;
	readonly kind: string;
	readonly fields?: Record<string, string | number>;
	readonly district?: string;
	readonly quiet?: boolean;
	readonly firstRow?: number;
}

function catalogue(given: readonly Given[]): Catalogue {
	const assets = given.map(({ id, kind, fields, quiet, firstRow = 0, district = "210102" }, index) => ({
		record: { id, fields, quiet, district, lon: 123, lat: 41 },
		kind: { id: kind },
		city: `${district.slice(0, 4)}00`,
		measures: ["a", "b", "state"],
		firstRow,
		index,
	}));
	const rowPeriodic = new Uint8Array(30);
	for (const { firstRow } of assets) rowPeriodic.set([1, 1, 0], firstRow);
	return {
		assets,
		find: (id: string) => assets.find(({ record }) => record.id === id),
		change: { version: 1 },
		columns: { rowPeriodic },
	} as unknown as Catalogue;
}

const network = catalogue([
	{ id: "source", kind: "heatSource" },
	{ id: "m1", kind: "heatMain", fields: { upstream: "source" } },
	{ id: "m2", kind: "heatMain", fields: { upstream: "m1" } },
	{ id: "m3", kind: "heatMain", fields: { upstream: "m1" } },
	{ id: "s1", kind: "heatStation", fields: { main: "m1", households: 100 } },
	{ id: "s2", kind: "heatStation", fields: { main: "m2", households: 200 } },
	{ id: "s3", kind: "heatStation", fields: { main: "m3", households: 400 } },
]);

test("what hangs on a main is everything below it, and nothing beside it", () => {
	const reach = new ReachIndex();
	expect(reach.of(network, "source")).toEqual({ stations: 3, households: 700 });
	expect(reach.of(network, "m1")).toEqual({ stations: 3, households: 700 });
	expect(reach.of(network, "m2")).toEqual({ stations: 1, households: 200 });
	expect(reach.of(network, "s3")).toEqual({ stations: 0, households: 400 });
	expect(reach.of(network, "unknown")).toEqual({ stations: 0, households: 0 });
	expect(reach.of(network, null)).toEqual({ stations: 0, households: 0 });
});

test("a loop in the records ends", () => {
	const loop = catalogue([
		{ id: "a", kind: "heatMain", fields: { upstream: "b" } },
		{ id: "b", kind: "heatMain", fields: { upstream: "a" } },
		{ id: "s", kind: "heatStation", fields: { main: "b", households: 5 } },
	]);
	expect(new ReachIndex().of(loop, "a")).toEqual({ stations: 1, households: 5 });
});

test("silence is counted by channel and city; spares that nobody waits for do not count", () => {
	const given = catalogue([
		{ id: "a", kind: "heatStation", firstRow: 0 },
		{ id: "b", kind: "heatStation", firstRow: 3 },
		{ id: "c", kind: "waterMain", firstRow: 6, district: "210202" },
		{ id: "spare", kind: "waterMain", firstRow: 9, quiet: true },
	]);
	const quality = new Uint8Array(30);
	quality.set([1, 1, 0, 4, 1, 0, 4, 4, 0, 0, 0, 0]);
	const silence = silenceOf(given, { quality } as never, "heatStation");
	expect(silence).toEqual({
		assets: 3,
		channels: 6,
		spoken: 6,
		silent: 3,
		worst: { city: "210200", silent: 2, channels: 2 },
		stations: 2,
		percent: 50,
	});
});
