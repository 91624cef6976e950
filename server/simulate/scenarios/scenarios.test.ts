import { beforeAll, expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { openStage } from "../../../test/support/rehearsal.ts";
import type { WorldAsset } from "../world/asset.ts";
import { SEASONS, type Season } from "../world/moment.ts";
import type { Values } from "../world/scene.ts";
import { frontAt, BEARING as GALE_BEARING, galeAt, LINE_M_S, lifted } from "./gale.ts";
import { END_LEL, FAN_TAU_S, AT as GAS, methane, TAU_S } from "./gas_leak.ts";
import { AT as HEAT, hoursToCold, loopTau, REACH_M, ROOM_C, STATION_TAU_S, stationTau } from "./heat_physics.ts";
import type { Play } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { CELL_M_S, fallen, PEAK_MM_H, rainAt, AT as STORM, BEARING as STORM_BEARING } from "./storm.ts";
import { leak, lostM3, AT as WATER, REACH_M as WATER_REACH_M } from "./water_burst.ts";

interface Cast {
	readonly stage: Stage;
	readonly play: Play;
	readonly startAt: number;
	readonly all: readonly WorldAsset[];
}

function cast(season: Season, id: string): Cast {
	const { stage, startAt, world } = openStage(season);
	expect(stage.start(id, startAt)).toBeNull();
	return { stage, play: stage.running?.play as Play, startAt, all: world.assets };
}

function bent({ play }: Cast, asset: WorldAsset, s: number, values: Values): Values {
	const copy = { ...values };
	play.bend(asset, s * 1_000, copy);
	return copy;
}

const metres = (a: WorldAsset, b: WorldAsset): number => {
	// Haversine: another way than the scenarios' own.
	const radians = (degrees: number): number => (degrees * Math.PI) / 180;
	const [dLat, dLon] = [radians(b.record.lat - a.record.lat), radians(b.record.lon - a.record.lon)];
	const h =
		Math.sin(dLat / 2) ** 2 +
		Math.cos(radians(a.record.lat)) * Math.cos(radians(b.record.lat)) * Math.sin(dLon / 2) ** 2;
	return 2 * 6_371_000 * Math.asin(Math.sqrt(h));
};
const by = (play: Play, kind: string): WorldAsset[] => play.actors.filter((actor) => actor.kind === kind);

let heat: Cast;
let storm: Cast;
let gale: Cast;
let water: Cast;
let gas: Cast;
beforeAll(() => {
	heat = cast("winter", "heat-burst");
	gale = cast("spring", "gale");
	storm = cast("summer", "storm");
	water = cast("autumn", "water-burst");
	gas = cast("autumn", "gas-leak");
});

test("every season plays its own and those of any season; what is out of season is refused", () => {
	for (const season of SEASONS) {
		const { stage, startAt } = openStage(season);
		const ids = stage.scenarios(startAt).map(({ id }) => id);
		expect(ids.slice(-2)).toEqual(["water-burst", "gas-leak"]);
		expect(ids.length).toBe(season === "autumn" ? 2 : 3);
	}
	const { stage, startAt } = openStage("summer");
	expect(stage.start("heat-burst", startAt)).toMatchObject({ problem: "out-of-season" });
	expect(stage.start("tsunami", startAt)).toMatchObject({ problem: "unknown-scenario" });
	expect(isProblem(stage.start("storm", startAt))).toBe(false);
});

test("a scenario is the same for the same province, and its steps come in order", () => {
	expect(cast("winter", "heat-burst").play.lead.record.id).toBe(heat.play.lead.record.id);
	for (const { play } of [heat, gale, storm, water, gas]) {
		const times = play.steps.map(({ atMs }) => atMs);
		expect(times).toEqual([...times].sort((a, b) => a - b));
		expect(play.lengthMs).toBe(times.at(-1));
		expect(play.actors[0]).toBe(play.lead);
		expect(new Set(play.actors).size).toBe(play.actors.length);
	}
});

test("before its begin and after its end nothing is bent; at its end nothing leaps", () => {
	for (const [id, season] of [
		["heat-burst", "winter"],
		["gale", "spring"],
		["storm", "summer"],
		["water-burst", "autumn"],
		["gas-leak", "autumn"],
	] as const) {
		const { stage, startAt } = openStage(season);
		const calm = openStage(season).world;
		stage.start(id, startAt);
		const play = stage.running?.play as Play;
		const end = startAt + play.lengthMs;
		for (const actor of play.actors) {
			for (const at of [startAt, end, end + 1]) {
				const [played, usual] = [stage.sample(actor, at)?.values ?? {}, calm.sample(actor, at)?.values ?? {}];
				for (const [measure, value] of Object.entries(usual)) {
					if (id === "storm" && at === startAt && measure === "flow") continue;
					if (measure === "windDirection" || (measure === "running" && at === startAt)) continue;
					expect(Math.abs((played[measure] ?? 0) - value), `${id} ${actor.record.id} ${measure}`).toBeLessThanOrEqual(
						0.02 * Math.abs(value) + 0.02,
					);
				}
			}
		}
	}
});

test("households are the sum over everything below the burst, walked from the stations upwards", () => {
	const { play, all, stage, startAt } = heat;
	const main = new Map(all.filter(({ kind }) => kind === "heatMain").map((one) => [one.record.id, one]));
	let households = 0;
	let stations = 0;
	for (const { kind, record } of all) {
		if (kind !== "heatStation") continue;
		// Up the chain until the source, or the burst.
		let at = String(record.fields?.main);
		while (at !== play.lead.record.id && main.has(at)) at = String(main.get(at)?.record.fields?.upstream);
		if (at !== play.lead.record.id) continue;
		households += Number(record.fields?.households);
		stations += 1;
	}
	const figure = play.figures.find(({ id }) => id === "households");
	const look = { value: () => null, sky: () => ({}) as never };
	expect(stations).toBeGreaterThan(0);
	expect(stations).toBe(by(play, "heatStation").length);
	expect(figure?.of(look, HEAT.link * 1_000)).toBe(households);
	expect(households).toBe(play.lead.record.fields?.households);
	expect(figure?.of(look, 0)).toBe(0);
	expect(figure?.of(look, 60_000)).toBe(0);
	const counted = [90, 120, 150, 180, 240, 300].map((s) => figure?.of(look, s * 1_000) ?? 0);
	expect(counted).toEqual([...counted].sort((a, b) => a - b));
	expect(stage.figures(startAt)).toHaveLength(play.figures.length);
});

test("pressure falls most at the hole and less with the way; the first fall comes with the speed of sound", () => {
	const { play } = heat;
	const p = { pressure: 1, flow: 500, supplyTemp: 100, returnTemp: 50 };
	const at = (asset: WorldAsset, s: number): number => bent(heat, asset, s, p).pressure ?? 1;
	expect(at(play.lead, 60)).toBeCloseTo(0.16 + 0.84 * Math.exp(-60 / 8), 6);
	const above = by(play, "heatMain").filter((main) => {
		const low = at(main, 190);
		return main !== play.lead && low > 0.6;
	});
	expect(above.length).toBeGreaterThanOrEqual(1);
	for (const main of above) {
		const way = metres(main, play.lead);
		// Pipes are never shorter than the straight way, so the fall is at most that of the straight way.
		expect(1 - at(main, 190)).toBeLessThanOrEqual(0.84 * Math.exp(-way / REACH_M) + 0.002);
		expect(at(main, way / 1_000 - 0.01)).toBe(1);
	}
	const nearest = above.toSorted((a, b) => metres(a, play.lead) - metres(b, play.lead));
	const falls = nearest.map((main) => 1 - at(main, 190));
	expect(falls[0]).toBeGreaterThan(0.1);
	expect(at(play.lead, HEAT.isolate + 200)).toBeLessThan(0.05);
	expect(at(nearest[0] as WorldAsset, HEAT.repair)).toBeGreaterThan(0.97);
});

test("below the burst the flow stops; the source's make-up water is several times the usual", () => {
	const { play } = heat;
	const child = play.actors.find(({ record }) => record.fields?.upstream === play.lead.record.id) as WorldAsset;
	const p = { pressure: 1, flow: 500, supplyTemp: 100, returnTemp: 50 };
	expect(bent(heat, child, 60, p).flow).toBeLessThan(1);
	expect(bent(heat, play.lead, 60, p).flow).toBeGreaterThan(900);
	expect(bent(heat, play.lead, HEAT.link, p).flow).toBeLessThan(1);
	const source = by(play, "heatSource")[0] as WorldAsset;
	const usual = { supplyPressure: 1.1, flow: 6_000, makeUpWater: 9, supplyTemp: 100, returnTemp: 50 };
	expect(bent(heat, source, 150, usual).makeUpWater).toBeGreaterThan(3 * 9);
	expect(bent(heat, source, 150, usual).makeUpWater).toBeLessThanOrEqual(0.04 * 6_000);
	expect(bent(heat, source, HEAT.repair, usual).makeUpWater).toBeLessThan(1.1 * 9);
});

test("stations cool with their own water: the mean of supply and return halves its way to the rooms in tau ln 2", () => {
	// 1 kg of water per m² gives 45 W/m² at 32 K: 4,187 J/K over 1.41 W/K.
	expect(STATION_TAU_S).toBeCloseTo(2_977.4, 0);
	for (const station of by(heat.play, "heatStation")) {
		const values = { supplyTemp: 52, returnTemp: 42, primarySupplyPressure: 0.9, primarySupplyTemp: 95 };
		const cutAt = metres(station, heat.play.lead) / 1_000;
		for (const s of [60, 180, 300, 419]) {
			const { supplyTemp = 0, returnTemp = 0 } = bent(heat, station, s, values);
			const k = Math.exp(-(s - cutAt) / stationTau(station));
			expect((supplyTemp + returnTemp) / 2).toBeCloseTo(ROOM_C + (47 - ROOM_C) * k, 2);
			expect(supplyTemp - returnTemp).toBeCloseTo(10 * Math.exp(-(s - cutAt) / loopTau(station)), 2);
		}
		expect(bent(heat, station, HEAT.calm, values).supplyTemp).toBeGreaterThan(49);
	}
	// RC: (20 - (-15)) falls to (16 - (-15)) in 35 h * ln(35/31).
	expect(hoursToCold(-15)).toBeCloseTo(35 * Math.log(35 / 31), 9);
	expect(hoursToCold(-20) as number).toBeLessThan(hoursToCold(-5) as number);
	expect(hoursToCold(18)).toBeNull();
});

test("a squall line reaches cranes in the order of its way and every gust leaps within a minute", () => {
	const cranes = by(gale.play, "crane");
	expect(cranes.length).toBeGreaterThanOrEqual(3);
	const angle = (GALE_BEARING * Math.PI) / 180;
	const along = ({ record }: WorldAsset): number =>
		record.lon * Math.cos((gale.play.lead.record.lat * Math.PI) / 180) * Math.sin(angle) + record.lat * Math.cos(angle);
	const order = cranes.toSorted((a, b) => along(a) - along(b)).map(({ record }) => record.id);
	const byFront = cranes.toSorted((a, b) => frontAt(gale.play.lead, a) - frontAt(gale.play.lead, b));
	expect(byFront.map(({ record }) => record.id)).toEqual(order);
	for (const crane of cranes) {
		const front = frontAt(gale.play.lead, crane);
		const gust = (s: number): number => bent(gale, crane, s, { windSpeed: 6, tilt: 0.08 }).windSpeed ?? 0;
		expect(gust(front - 1)).toBe(6);
		expect(gust(front + 60)).toBeGreaterThan(13.8);
		expect(gust(front + 200)).toBeGreaterThan(gust(front + 500));
		const lifting = bent(gale, crane, front + 60, { windSpeed: 6, tilt: 0.08, moment: 60, load: 3 });
		expect(lifting).not.toHaveProperty("moment");
	}
	const far = Math.max(...cranes.map((crane) => metres(gale.play.lead, crane)));
	const last = Math.max(...cranes.map((crane) => frontAt(gale.play.lead, crane)));
	expect(last).toBeLessThanOrEqual(15 + far / LINE_M_S + 1);
	expect(galeAt(25)).toBeCloseTo(1 - 1 / Math.E, 9);
});

test("dust goes with the third power of the wind beyond its threshold, and sprays bind two thirds of it", () => {
	expect(lifted(5.5 + 2) / lifted(5.5 + 1)).toBeCloseTo(8, 9);
	expect(lifted(5)).toBe(0);
	for (const station of by(gale.play, "dust")) {
		const calm = { tsp: 120, pm10: 70, pm25: 30, windSpeed: 3, windDirection: 200 };
		const front = frontAt(gale.play.lead, station);
		const before = bent(gale, station, Math.min(front + 150, 265), calm);
		if (front < 150) expect(before.tsp).toBeGreaterThan(640);
		expect(before.pm10 ?? 0).toBeLessThan(before.tsp ?? 0);
		const strength = galeAt(500 - front);
		const wet = bent(gale, station, 500, calm).tsp ?? 0;
		if (strength > 0.3) expect(wet).toBeLessThan(120 + 0.5 * lifted(13));
	}
});

test("gauges feel the cell in the order of its path, and what they tell is the integral of its rain", () => {
	const low = storm.play.lead;
	const gauges = by(storm.play, "rainGauge");
	expect(gauges.length).toBeGreaterThanOrEqual(2);
	const angle = (STORM_BEARING * Math.PI) / 180;
	for (const gauge of gauges) {
		const north = (gauge.record.lat - low.record.lat) * 111_320;
		const east = (gauge.record.lon - low.record.lon) * 111_320 * Math.cos((low.record.lat * Math.PI) / 180);
		const along = east * Math.sin(angle) + north * Math.cos(angle);
		const overhead = 240 + along / CELL_M_S;
		if (overhead < 120 || overhead > 1_300) continue;
		// The most of it comes when its middle is nearest.
		const seconds = Array.from({ length: 1_400 }, (_, s) => rainAt(low, gauge, s));
		const peakAt = seconds.indexOf(Math.max(...seconds));
		expect(Math.abs(peakAt - overhead)).toBeLessThan(40);
		const sum = seconds.slice(300, 600).reduce((total, mm) => total + mm / 3_600, 0);
		expect(fallen(low, gauge, 600, 300_000)).toBeCloseTo(sum, 1);
	}
	expect(rainAt(low, low, 240)).toBeCloseTo(PEAK_MM_H * (1 - Math.exp(-240 / 45)), 6);
});

test("the underpass stays open while its pumps run, closes after the trip, and is emptied by the truck", () => {
	const low = storm.play.lead;
	const depth = (s: number): number => bent(storm, low, s, { depth: 0 }).depth ?? 0;
	// By hand: what came in until the trip less 0.3 m³/s, over the sag of 14 m and 12 m with 4 % ramps.
	let volume = 0;
	for (let s = 0; s < 200; s++) {
		volume += (0.9 * 21_000 * rainAt(low, low, s + 0.5)) / 3_600_000 - (s < STORM.trip ? 0.3 : 0);
		volume = Math.max(0, volume);
	}
	const h = depth(200);
	expect(14 * (12 * h + (h * h) / 0.04)).toBeCloseTo(volume, 3);
	expect(depth(STORM.trip)).toBeLessThan(0.1);
	expect(depth(STORM.truck)).toBeGreaterThan(0.27);
	expect(depth(STORM.truck)).toBeLessThan(0.8);
	expect(depth(STORM.ebb + 120)).toBeLessThan(0.05);
	const pump = by(storm.play, "drainPump")[0] as WorldAsset;
	const state = (s: number): number | undefined => bent(storm, pump, s, { level: -1, running: 0, flow: 0 }).running;
	expect([state(5), state(STORM.trip), state(STORM.ebb), state(STORM.calm)]).toEqual([1, 2, 1, 0]);
	const cover = by(storm.play, "manhole")[0] as WorldAsset;
	const open = (s: number): number | undefined => bent(storm, cover, s, { level: -2, open: 0, tilt: 1 }).open;
	expect([open(STORM.lift - 1), open(STORM.lift), open(STORM.ebb)]).toEqual([0, 1, 0]);
});

test("a water main loses its pressure, its neighbours by their distance, and the works give what runs out", () => {
	const { play } = water;
	const p = { pressure: 0.3, flow: 900 };
	const low = bent(water, play.lead, 100, p);
	expect(low.pressure).toBeCloseTo(0.09, 3);
	expect(low.flow).toBeGreaterThan(1_000);
	const neighbours = by(play, "waterMain").slice(1);
	for (const one of neighbours) {
		const fall = 0.3 - (bent(water, one, WATER.isolate, p).pressure ?? 0.3);
		expect(fall / (0.7 * 0.3 * Math.exp(-metres(one, play.lead) / WATER_REACH_M))).toBeCloseTo(1, 1);
	}
	const falls = neighbours.map((one) => 0.3 - (bent(water, one, 200, p).pressure ?? 0.3));
	expect(falls.slice(0, 2).every((fall) => fall >= 0.05)).toBe(true);
	const plant = by(play, "waterPlant")[0] as WorldAsset;
	const more = (bent(water, plant, 120, { flow: 5_000 }).flow ?? 0) - 5_000;
	expect(more).toBeCloseTo((low.flow ?? 0) - 900, 0);
	expect(more).toBeCloseTo((bent(water, play.lead, 120, p).flow ?? 0) - 900, 6);
	// The water lost is what ran out, second by second.
	const hole = 0.03;
	let sum = 0;
	for (let s = 0; s < 300; s += 0.1) sum += leak(hole, s + 0.05) * 0.1;
	expect(lostM3(hole, 300)).toBeCloseTo(sum, 2);
	expect(bent(water, play.lead, WATER.repair, p).pressure).toBeLessThan(0.02);
	expect(bent(water, play.lead, WATER.calm, p).pressure).toBeGreaterThan(0.29);
});

test("methane fills the space to the ratio of leak to draught, passes 20 % LEL in time, and the fan takes it out", () => {
	// 5.4 m³/h into 12 m³ changed 12 times an hour: 3.75 % by volume, three quarters of the lower explosive limit.
	expect(END_LEL).toBeCloseTo(75, 9);
	const at20 = -TAU_S * Math.log(1 - 20 / 75);
	expect(at20).toBeGreaterThan(60);
	expect(methane(at20)).toBeCloseTo(20, 9);
	expect(methane(GAS.danger)).toBeGreaterThan(49);
	const shut = methane(GAS.air);
	expect(methane(GAS.air + FAN_TAU_S)).toBeCloseTo(shut / Math.E, 6);
	const cover = by(gas.play, "manhole")[0] as WorldAsset;
	const next = (s: number): number => bent(gas, cover, s, { methane: 0 }).methane ?? 0;
	expect(next(80)).toBe(0);
	expect(next(300)).toBeGreaterThan(8);
	expect(next(300)).toBeLessThan(methane(300));
});
