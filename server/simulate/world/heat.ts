// What heating measures: sources, mains, stations and rooms. In the season everything warm follows the outdoor temperature by the
// weather curve, and a main follows its source by the time the water needs and the pressure it loses; outside it the water stands.
import { fieldNumber, trait, type WorldAsset } from "./asset.ts";
import { HOUR_MS, MINUTE_MS } from "./moment.ts";
import { clamp, wander } from "./noise.ts";
import { isHeating, primarySupply, secondarySupply } from "./rhythm.ts";
import type { Scene, Values } from "./scene.ts";

/** MPa lost in a km of the supply line, °C lost on it, and how long water needs for it (about 1.3 m/s). */
const FALL_PER_KM = 0.013;
const COOLS_PER_KM = 0.25;
const MS_PER_KM = 770_000;
/** kW that a household takes in the hardest frost: 90 m² at 50 W. */
const DESIGN_KW = 4.5;
/** t/h that carry a kW over a kelvin. */
const T_PER_KW_K = 0.86;
const DESIGN_FROST = -19;
const ROOM = 18;

/** 0..1.1: how much of the design load buildings take. */
function load(felt: number): number {
	return clamp((ROOM - felt) / (ROOM - DESIGN_FROST), 0.12, 1.1);
}

/** °C; stations hand back what their radiators leave. */
function primaryReturn(felt: number): number {
	return secondarySupply(felt) * 0.8 + 5.5;
}

/** t/h that so many households of a network need: what leaves the plant is what the mains carry, to the last tonne. */
function flowFor(households: number, asset: WorldAsset, at: number, felt: number): number {
	const fall = Math.max(15, primarySupply(felt) - primaryReturn(felt));
	const needed = (households * DESIGN_KW * load(felt) * T_PER_KW_K) / fall;
	return needed * (1 + 0.012 * wander(asset.feed.seed + 3, at, HOUR_MS));
}

/** The supply line at a distance from its source: the same water, later, cooler and with less pressure. */
function line(asset: WorldAsset, at: number, felt: number) {
	const { seed, km, pressure } = asset.feed;
	const then = at - km * MS_PER_KM;
	return {
		supply: primarySupply(felt) + 0.8 * wander(seed + 1, then, 90 * MINUTE_MS) - COOLS_PER_KM * km,
		pressure: pressure - FALL_PER_KM * km * (0.7 + 0.3 * load(felt)) + 0.012 * wander(seed + 2, at, 2 * HOUR_MS),
	};
}

/** Still water of the summer: about as warm as the ground. */
function standing(asset: WorldAsset, dayMean: number): number {
	return clamp(0.6 * dayMean + 9, 8, 28) + trait(asset, 2, -1, 1);
}

export function heatSource(asset: WorldAsset, { moment, sky, plant }: Scene): Values {
	const { at } = moment;
	if (!isHeating(asset.city, moment)) {
		const still = standing(asset, sky.dayMean);
		return { supplyTemp: still, returnTemp: still - 0.2, supplyPressure: 0.35, flow: 0, makeUpWater: 0 };
	}
	const { supply, pressure } = line(asset, at, plant.felt);
	return {
		supplyTemp: supply,
		returnTemp: primaryReturn(plant.felt) - 0.8,
		supplyPressure: pressure,
		flow: flowFor(asset.feed.households, asset, at, plant.felt),
		// A few per mille of what goes round.
		makeUpWater: Math.max(0, 0.2 + asset.feed.households * 0.0004 + 0.3 * wander(asset.seed + 5, at, 50 * MINUTE_MS)),
	};
}

export function heatMain(asset: WorldAsset, { moment, sky, plant }: Scene): Values {
	const { at } = moment;
	if (!isHeating(asset.city, moment)) {
		const still = standing(asset, sky.dayMean);
		return { supplyTemp: still, returnTemp: still - 0.2, flow: 0, pressure: 0.345 - 0.001 * asset.feed.km };
	}
	const { supply, pressure } = line(asset, at, plant.felt);
	const households = fieldNumber(asset, "households", 1_000);
	return {
		supplyTemp: supply,
		returnTemp: primaryReturn(plant.felt) + trait(asset, 3, -0.6, 0.6),
		flow: flowFor(households, asset, at, plant.felt),
		pressure,
	};
}

export function heatStation(asset: WorldAsset, { moment, sky, plant }: Scene): Values {
	const { at } = moment;
	const small = wander(asset.seed + 1, at, 50 * MINUTE_MS);
	if (!isHeating(asset.city, moment)) {
		const still = standing(asset, sky.dayMean);
		return {
			supplyTemp: still,
			returnTemp: still - 0.3,
			supplyPressure: trait(asset, 3, 0.2, 0.28),
			returnPressure: trait(asset, 3, 0.2, 0.28) - 0.005,
			primarySupplyTemp: still + 0.6,
			primaryReturnTemp: still + 0.3,
			primarySupplyPressure: 0.34 - 0.001 * asset.feed.km,
			primaryReturnPressure: 0.33 - 0.001 * asset.feed.km,
			makeUpWater: 0,
		};
	}
	const { supply, pressure } = line(asset, at, plant.felt);
	const secondary = secondarySupply(sky.felt) + trait(asset, 2, -1, 1.4) + 0.4 * small;
	return {
		supplyTemp: secondary,
		returnTemp: secondary * 0.8 + trait(asset, 6, -0.8, 0.8),
		supplyPressure: trait(asset, 3, 0.4, 0.48) + 0.005 * small,
		returnPressure: trait(asset, 3, 0.4, 0.48) - trait(asset, 7, 0.11, 0.15) + 0.002 * small,
		primarySupplyTemp: supply - trait(asset, 5, 0.2, 0.9),
		primaryReturnTemp: primaryReturn(plant.felt) + trait(asset, 9, -0.8, 0.8),
		primarySupplyPressure: pressure - trait(asset, 4, 0.008, 0.02),
		// The return line loses as much again on the way home.
		primaryReturnPressure: 0.3 + FALL_PER_KM * asset.feed.km * 0.8 + trait(asset, 4, 0.008, 0.02),
		makeUpWater: Math.max(0, trait(asset, 8, 0.2, 1) + 0.2 * small),
	};
}

export function heatRoom(asset: WorldAsset, { moment, sky }: Scene): Values {
	const wobble = 0.4 * wander(asset.seed + 1, moment.at, 4 * HOUR_MS);
	if (!isHeating(asset.city, moment)) return { roomTemp: clamp(0.55 * sky.dayMean + 13, 12, 28) + wobble };
	// Radiators follow the weather curve; the hardest frost still takes a little.
	return { roomTemp: trait(asset, 2, 19.8, 23.4) + 0.02 * clamp(sky.felt + 5, -20, 5) + wobble };
}
