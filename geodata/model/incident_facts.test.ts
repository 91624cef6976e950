import { expect, test } from "vitest";
import type { CauseAsset } from "./causes_ties.ts";
import type { IncidentTypeId } from "./incident.ts";
import { incidentTypeIds } from "./incident.ts";
import { camerasAt, factsOf, nearestTo, stationsBelow } from "./incident_facts.ts";
import { incidentType } from "./incident_type.ts";

const DEGREE_M = 111_320;
const place = { district: "210102", lon: 123.4, lat: 41.8 };

function asset(
	id: string,
	kind: string,
	metresNorth: number,
	fields: CauseAsset["fields"] = {},
	more: Partial<CauseAsset> = {},
): CauseAsset {
	return { id, kind, system: "x", district: "210102", lon: 123.4, lat: 41.8 + metresNorth / DEGREE_M, fields, ...more };
}

function ask(
	type: IncidentTypeId,
	assets: readonly CauseAsset[],
	all: readonly CauseAsset[],
	values: Record<string, number> = {},
) {
	const everything = [...new Set([...assets, ...all])];
	return factsOf(
		{ type, place, assets, alarmsOpen: assets.length },
		{
			all: (kind) => everything.filter((one) => one.kind === kind),
			value: (id, measure) => values[`${id}/${measure}`] ?? null,
		},
	);
}

test("heat: households, stations and area below the root, by the net; a ring of mains is walked once", () => {
	const mains = [
		asset("m1", "heatMain", 0, { upstream: "m3" }),
		asset("m2", "heatMain", 0, { upstream: "m1" }),
		asset("m3", "heatMain", 0, { upstream: "m2" }),
		asset("n1", "heatMain", 0, { upstream: "other" }),
	];
	const stations = [
		asset("a", "heatStation", 0, { main: "m2", households: 300, area: 20_000 }),
		asset("b", "heatStation", 0, { main: "m3", households: 200, area: 10_000 }),
		asset("c", "heatStation", 0, { main: "n1", households: 9_000, area: 900_000 }),
	];
	const [m1] = mains;
	if (m1 === undefined) throw new Error("no main");
	const all = [...mains, ...stations];
	expect(ask("heat", [m1], all)).toMatchObject({ households: 500, stations: 2, area: 30_000, hoursToCold: null });
	expect(ask("heat", stations.slice(0, 1), all)).toMatchObject({ households: 300, stations: 1 });
	expect(stationsBelow(asset("room", "heatRoom", 0), { all: () => stations })).toEqual([]);
	// Rooms below it are measured: 18 °C, and the frost comes in two hours.
	const rooms = [asset("r", "heatRoom", 0, { station: "a" }), asset("far", "heatRoom", 0, { station: "c" })];
	const sky = [asset("w", "weatherStation", 3_000), asset("f", "cityForecast", 9_000)];
	const values = { "r/roomTemp": 18, "far/roomTemp": 25, "w/temperature": 4, "f/temperature3h": -15 };
	const facts = ask("heat", [m1], [...all, ...rooms, ...sky], values);
	// 1.5 h at 4 °C, then -15 °C: 35 h.
	const after = 4 + 14 * Math.exp(-1.5 / 35);
	expect(facts.hoursToCold).toBeCloseTo(1.5 + 35 * Math.log((after + 15) / 31), 1);
	expect(facts.outdoor).toBe(4);
});

test("gas: the cordon grows with the worst methane, and counts the covered spaces inside it", () => {
	const leak = asset("g", "gasSpace", 0);
	const others = [asset("g1", "gasSpace", 40), asset("g2", "gasSpace", 90), asset("g3", "gasSpace", 300)];
	const cordon = (methane: number) => ask("gas", [leak], others, { "g/methane": methane });
	expect([12, 20, 50].map((methane) => cordon(methane).cordonM)).toEqual([30, 50, 100]);
	expect([12, 20, 50].map((methane) => cordon(methane).spaces)).toEqual([1, 2, 3]);
	// Nothing measured is nothing known.
	expect(ask("gas", [leak], others)).toMatchObject({ methane: null, cordonM: null, spaces: null, households: null });
	const regulator = asset("p", "regulator", 0, { users: 1_200 });
	expect(ask("gas", [regulator], [])).toMatchObject({ households: 1_200 });
});

test("gas: a cordon is not made smaller by a reading that fell, only by a person", () => {
	const leak = asset("g", "gasSpace", 0);
	const world = { all: () => [leak], value: () => 0.6 };
	const facts = (worst: number | null, said: number | null) =>
		factsOf({ type: "gas", place, assets: [leak], alarmsOpen: 1, methane: { worst, said } }, world);
	expect(facts(70, null)).toMatchObject({ methane: 70, cordonM: 100 });
	expect(facts(null, null)).toMatchObject({ methane: 0.6, cordonM: 30 });
	expect(facts(70, 25)).toMatchObject({ methane: 25, cordonM: 50 });
});

test("water, flood, site, metro: what is near counts, what is far does not", () => {
	const mains = [asset("w1", "waterMain", 100), asset("w2", "waterMain", 4_000), asset("w3", "waterMain", 9_000)];
	const pressures = { "w1/pressure": 0.08, "w2/pressure": 0.3, "w3/pressure": 0.01 };
	expect(ask("water", mains.slice(0, 1), mains, pressures)).toMatchObject({ pressureLow: 0.08, lowPoints: 1 });
	const low = [
		asset("u1", "underpass", 100),
		asset("u2", "underpass", 900),
		asset("p", "floodPoint", 50),
		asset("q", "drainPump", 2_000),
	];
	const depths = { "u1/depth": 0.31, "u2/depth": 0.24, "p/depth": 0.6, "q/running": 2 };
	expect(ask("flood", low.slice(0, 1), low, depths)).toMatchObject({
		depth: 0.6,
		closed: 1,
		pumpsDown: 1,
		rainHour: null,
	});
	const on = { site: "工地" };
	const cranes = [
		asset("k1", "crane", 0, {}, on),
		asset("k2", "crane", 0, {}, on),
		asset("k3", "crane", 0, {}, { site: "别处" }),
	];
	const gusts = { "k1/windSpeed": 12, "k2/windSpeed": 19.4, "k3/windSpeed": 30 };
	expect(ask("site", cranes.slice(0, 1), cranes, gusts)).toMatchObject({ site: "工地", gust: 19.4 });
	const works = asset("t", "metro", 0, { line: "4 号线", section: "A—B", ring: 318 });
	expect(ask("metro", [works], [], { "t/settlement": -21.55, "t/settlementRate": -2.4 })).toMatchObject({
		ring: 318,
		section: "A—B",
		settlement: 21.6,
		settlementRate: 2.4,
	});
});

test("wind is that of the nearest station that speaks; a fact that cannot be known is null", () => {
	const sky = [asset("w1", "weatherStation", 500), asset("w2", "weatherStation", 4_000)];
	expect(ask("gas", [], sky, { "w2/windSpeed": 6.2, "w1/windDirection": 45 })).toMatchObject({
		windSpeed: 6.2,
		windDirection: 45,
	});
	for (const type of incidentTypeIds) {
		const asked = incidentType(type).facts.filter(({ from }) => from === "computed");
		const facts = ask(type, [], []);
		expect(Object.keys(facts).sort()).toEqual(asked.map(({ id }) => id).sort());
		expect(Object.values(facts).every((value) => value === null || value === 0)).toBe(true);
	}
});

test("cameras that look there come first, then those nobody knows of, then those turned away; nothing beyond the distance", () => {
	const cameras = [
		// South of the place, turned north: looks at it.
		asset("looks", "camera", -300, { bearing: 10, view: 60 }),
		asset("away", "camera", -100, { bearing: 180, view: 60 }),
		asset("unknown", "camera", 200),
		asset("far", "camera", 5_000, { bearing: 180 }),
	];
	expect(camerasAt(cameras, place, 500).map(({ camera, looks }) => [camera.id, looks])).toEqual([
		["looks", true],
		["unknown", null],
		["away", false],
	]);
	expect(nearestTo(cameras, place, 250).map(({ thing, metres }) => [thing.id, Math.round(metres)])).toEqual([
		["away", 100],
		["unknown", 200],
	]);
});
