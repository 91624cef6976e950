// What a burst of a primary heat main does, by where one stands: the fall of pressure with wave and way, make-up water, flow that stops,
// stations that cool with the water in them. Closed forms in seconds since the burst; heat_burst.ts casts them on the province.
import { trait, type WorldAsset } from "../world/asset.ts";
import type { Values } from "../world/scene.ts";
import { follow, type Leg, orifice } from "./curves.ts";

/** Seconds of the steps. */
export const AT = { burst: 0, feed: 25, cut: 60, isolate: 200, link: 420, repair: 600, calm: 720 } as const;
/** A motor valve on a main of this size closes in about a minute. */
const SHUT_AT = AT.isolate + 60;

/** Sound in a water-filled steel main, m/s: the first fall travels at it. */
const WAVE_M_S = 1_000;
/** The fall that is left after this way along the pipes is 1/e of that at the hole. */
export const REACH_M = 1_200;
/** What stands against the hole, MPa; what a cut-off net keeps by its height. */
const HOLE_MPA = 0.16;
const STATIC_MPA = 0.55;
/** An open seam of this area. */
const HOLE_M2 = 0.012;

/** Water in the pipes and radiators of a building, kg per m² of heated area, and the heat it gives at design (45 W/m² at 50 °C
 * against 18 °C): the secondary net cools with c m / UA, about 50 minutes. */
const WATER_KG_M2 = 1;
const UA_W_M2K = 45 / (50 - 18);
export const STATION_TAU_S = (4_187 * WATER_KG_M2) / UA_W_M2K;
/** Rooms, towards which the water cools, °C: their own walls hold them for days. */
export const ROOM_C = 20;
/** Supply and return draw level as the loop goes round without heat. */
export const LOOP_TAU_S = 360;
/** The little water in an exchanger and its branch follows the secondary side. */
const EXCHANGER_TAU_S = 720;
/** Return water is drawn back into a main that has lost its pressure. */
const DRAWBACK_TAU_S = 2_400;
/** A building of brick in frost: about 1 K an hour at -15 °C. */
const BUILDING_TAU_H = 35;
export type Part = "burst" | "above" | "beside" | "below" | "station" | "source";
export interface Role {
	readonly part: Part;
	/** Way to the hole, m. */
	readonly wayM: number;
}

type Bend = (asset: WorldAsset, s: number, values: Values, wayM: number) => void;

export const BEND: Readonly<Record<Part, Bend>> = {
	burst: (_, s, values) => {
		const { pressure: p = 0, flow = 0 } = values;
		values.pressure = follow(
			p,
			[
				{ at: 0, to: HOLE_MPA, tau: 8 },
				{ at: SHUT_AT, to: 0.02, tau: 30 },
				{ at: AT.repair, to: p, tau: 25 },
			],
			s,
		);
		values.flow = follow(
			flow,
			[
				{ at: 0, to: flow + leakTh(p), tau: 8 },
				{ at: AT.isolate, to: 0, tau: 20 },
				{ at: AT.repair, to: flow, tau: 30 },
			],
			s,
		);
		still(s, values, AT.repair);
	},
	above: (_, s, values, wayM) => {
		pressureWith(s, values, "pressure", wayM);
	},
	beside: (_, s, values, wayM) => {
		pressureWith(s, values, "pressure", wayM);
	},
	source: (_, s, values, wayM) => {
		const { flow = 0, makeUpWater: usual = 0, supplyPressure = 1 } = values;
		pressureWith(s, values, "supplyPressure", wayM);
		// Make-up pumps are built for 4 % of what circulates; they give what leaves, up to that.
		const most = Math.max(3.5 * usual, Math.min(0.04 * flow, leakTh(supplyPressure)));
		values.makeUpWater = follow(
			usual,
			[
				{ at: wayM / WAVE_M_S, to: most, tau: 25 },
				{ at: SHUT_AT, to: usual, tau: 60 },
			],
			s,
		);
	},
	below: (_, s, values, wayM) => {
		cutOff(s, values, "pressure", wayM);
		const { flow = 0 } = values;
		values.flow = follow(
			flow,
			[
				{ at: wayM / WAVE_M_S, to: 0, tau: 8 },
				{ at: AT.link, to: 0.7 * flow, tau: 40 },
				{ at: AT.repair, to: flow, tau: 30 },
			],
			s,
		);
		still(s, values, AT.link);
	},
	station: stationCools,
};

/** What runs out of the seam, t/h. */
function leakTh(pressure: number): number {
	return orifice(HOLE_M2, pressure - HOLE_MPA) * 3_600;
}

/** Share of the fall at the hole that is felt `wayM` away. */
function pressureWith(s: number, values: Values, measure: string, wayM: number): void {
	const p = values[measure] ?? 0;
	const low = p - (p - HOLE_MPA) * Math.exp(-wayM / REACH_M);
	values[measure] = follow(
		p,
		[
			{ at: wayM / WAVE_M_S, to: low, tau: 8 + wayM / 200 },
			{ at: SHUT_AT, to: p, tau: 40 },
		],
		s,
	);
}

/** Beyond the hole nothing pushes: the net falls to what its height gives until the link opens. */
function cutOff(s: number, values: Values, measure: string, wayM: number): void {
	const p = values[measure] ?? 0;
	values[measure] = follow(
		p,
		[
			{ at: wayM / WAVE_M_S, to: STATIC_MPA, tau: 20 },
			{ at: AT.link, to: 0.85 * p, tau: 45 },
			{ at: AT.repair, to: p, tau: 60 },
		],
		s,
	);
}

function still(s: number, values: Values, until: number): void {
	const { supplyTemp = 0, returnTemp = 0 } = values;
	values.supplyTemp = follow(
		supplyTemp,
		[
			{ at: AT.burst, to: returnTemp, tau: DRAWBACK_TAU_S },
			{ at: until, to: supplyTemp, tau: 60 },
		],
		s,
	);
}

/** A station's own time constant: leaky blocks cool sooner. */
export function stationTau(station: WorldAsset): number {
	return STATION_TAU_S * trait(station, 31, 0.85, 1.2);
}

/** Long loops draw level later. */
export function loopTau(station: WorldAsset): number {
	return LOOP_TAU_S * trait(station, 32, 0.6, 1.7);
}

export function stationCools(station: WorldAsset, s: number, values: Values, wayM: number): void {
	cutOff(s, values, "primarySupplyPressure", wayM);
	const { supplyTemp = 0, returnTemp = 0, primarySupplyTemp = 0, primaryReturnTemp = 0 } = values;
	const cutAt = wayM / WAVE_M_S;
	const mean = (supplyTemp + returnTemp) / 2;
	const cooling = (to: number, tau: number, back: number, tauBack: number): Leg[] => [
		{ at: cutAt, to, tau },
		{ at: AT.link, to: back, tau: tauBack },
	];
	const now = follow(
		mean,
		[...cooling(ROOM_C, stationTau(station), mean - 2, 240), { at: AT.repair, to: mean, tau: 150 }],
		s,
	);
	const apart = supplyTemp - returnTemp;
	const left = follow(apart, cooling(0, loopTau(station), apart, 120), s);
	values.supplyTemp = now + left / 2;
	values.returnTemp = now - left / 2;
	values.primarySupplyTemp = follow(primarySupplyTemp, cooling(mean, EXCHANGER_TAU_S, primarySupplyTemp, 180), s);
	values.primaryReturnTemp = follow(primaryReturnTemp, cooling(mean, EXCHANGER_TAU_S, primaryReturnTemp, 180), s);
}

/** Hours until rooms are at 16 °C without any heat. */
export function hoursToCold(outdoor: number): number | null {
	return outdoor >= 16 ? null : BUILDING_TAU_H * Math.log((ROOM_C - outdoor) / (16 - outdoor));
}
