// What construction sites measure: dust and noise, air for comparison, pits, cranes, cameras. One pure function a kind; a measure
// that is not there is not sent (a crane that lifts nothing says nothing about its load).
import { trait, type WorldAsset } from "./asset.ts";
import { HOUR_MS, MINUTE_MS, seasonOf } from "./moment.ts";
import { bell, clamp, jitter, wander } from "./noise.ts";
import { siteWork } from "./rhythm.ts";
import type { Scene, Values } from "./scene.ts";

const PM25 = { winter: 38, spring: 28, summer: 18, autumn: 27 } as const;

/** Background PM2.5 of a place, µg/m³: more in winter, under an inversion and in still air, less behind a front and in rain. */
function background({ moment, sky, rain }: Scene): number {
	const still = clamp(1.3 - sky.wind * 0.09, 0.55, 1.25);
	const washed = rain > 0 ? 0.6 : sky.band > 0.2 ? 0.75 : 1;
	return PM25[seasonOf(moment.monthDay)] * (1 + 0.6 * sky.haze) * still * washed + 0.25 * sky.dust;
}

export function dust(asset: WorldAsset, scene: Scene): Values {
	const { moment, sky } = scene;
	const { at } = moment;
	const work = siteWork(moment) * trait(asset, 1, 0.5, 1);
	const pm25 = background(scene) * (1 + 0.06 * jitter(asset.seed, at));
	// Wind beyond 5 m/s lifts what lies about; rain, spray and snow bind it.
	const bound = scene.rain > 0 || sky.snowDepth > 1 ? 0.3 : 1;
	const lifted = (1 + Math.max(0, sky.wind - 5) * 0.18) * bound;
	const own =
		(4 + 34 * work) * trait(asset, 2, 0.5, 1.1) * lifted * (1 + 0.2 * wander(asset.seed + 3, at, 8 * MINUTE_MS));
	const pm10 = pm25 * 1.45 + own + 0.6 * sky.dust;
	const steps = clamp(work * 1.4, 0, 1);
	const evening = bell(moment.hour, 20, 2.5) + bell(moment.hour, 12, 6);
	const level = 43 + trait(asset, 4, 0, 3) + 5 * clamp(evening, 0, 1) + 12 * steps;
	return {
		tsp: pm10 * 1.5 + own * 1.6 + 6,
		pm10,
		pm25,
		noise: level + 2.5 * jitter(asset.seed + 5, at),
		leq: level + 0.6 * wander(asset.seed + 6, at, 10 * MINUTE_MS),
		temperature: sky.temperature + trait(asset, 7, -0.5, 0.5) + 0.1 * jitter(asset.seed + 7, at),
		humidity: clamp(sky.humidity + (scene.rain > 0 ? 18 : 0) + trait(asset, 8, -3, 3), 8, 99),
		airPressure: sky.pressure + trait(asset, 9, -0.4, 0.4),
		windSpeed: Math.max(0, sky.wind * trait(asset, 10, 0.7, 1.05) * (1 + 0.2 * jitter(asset.seed + 10, at))),
		windDirection: (sky.direction + trait(asset, 11, -15, 15) + 12 * jitter(asset.seed + 11, at) + 360) % 360,
	};
}

export function airStation(asset: WorldAsset, scene: Scene): Values {
	const pm25 = background(scene) * trait(asset, 1, 0.85, 1.1);
	const { sky } = scene;
	return {
		pm25,
		pm10: pm25 * 1.5 + 8 + 0.6 * sky.dust,
		temperature: sky.temperature + trait(asset, 2, -0.4, 0.4),
		humidity: clamp(sky.humidity + trait(asset, 3, -2, 2), 8, 99),
		airPressure: sky.pressure + trait(asset, 4, -0.3, 0.3),
	};
}

/** A pit or tunnel that has moved `most` mm in the end creeps there; sensors breathe with the day. */
function crept(asset: WorldAsset, n: number, least: number, most: number, at: number): number {
	return (
		trait(asset, n, least, most) * (1 + 0.03 * wander(asset.seed + n, at, 36 * HOUR_MS)) +
		0.08 * jitter(asset.seed + n, at)
	);
}

export function pit(asset: WorldAsset, { moment, sky }: Scene): Values {
	const { at } = moment;
	return {
		topHorizontal: crept(asset, 1, 4, 17, at),
		topHorizontalRate: trait(asset, 2, 0.1, 1.1) + 0.3 * wander(asset.seed + 2, at, 9 * HOUR_MS),
		topVertical: crept(asset, 3, 2, 10.5, at),
		deepHorizontal: crept(asset, 4, 7, 28, at),
		// Steel struts are loaded by warmth.
		supportForce: trait(asset, 5, 32, 54) + 0.2 * sky.temperature + 0.3 * jitter(asset.seed + 5, at),
		waterChange: trait(asset, 6, 80, 540) + 25 * wander(asset.seed + 6, at, 20 * HOUR_MS),
	};
}

const CYCLE_MS = 7 * MINUTE_MS;

export function crane(asset: WorldAsset, scene: Scene): Values {
	const { moment, sky } = scene;
	const { at } = moment;
	const values: Values = {
		// High up it blows harder.
		windSpeed: Math.max(0, sky.gust * trait(asset, 1, 0.8, 1.12) * (1 + 0.05 * jitter(asset.seed + 1, at))),
		tilt: trait(asset, 2, 0.03, 0.11) + 0.006 * sky.gust * trait(asset, 3) + 0.004 * jitter(asset.seed + 2, at),
	};
	const cycle = Math.floor(at / CYCLE_MS + trait(asset, 4));
	const share = at / CYCLE_MS + trait(asset, 4) - cycle;
	const throwOf = (n: number): number => (wander(asset.seed + n, cycle * 1000, 1) + 1) / 2;
	// Five of ten cycles of a working hour lift something; the load hangs for the first half of a cycle. From 13.8 m/s the crane rests.
	const calm = clamp((13.8 - sky.gust) / 3, 0, 1);
	if (siteWork(moment) * 0.6 * calm <= throwOf(11) || share > 0.5) return values;
	const moment100 = 22 + 60 * throwOf(12);
	values.moment = moment100;
	values.loadShare = moment100 * (0.7 + 0.35 * throwOf(13));
	values.load = 0.6 + 5.2 * throwOf(14);
	values.height = 4 + 60 * throwOf(15) * Math.sin(Math.PI * clamp(share * 2, 0, 1));
	values.radius = 8 + 44 * throwOf(16);
	values.slew = (360 * throwOf(17) + 200 * share) % 360;
	return values;
}

export function camera(asset: WorldAsset, { moment }: Scene): Values {
	return { online: 1, frameAge: Math.round(2.5 + 2.5 * jitter(asset.seed, moment.at)) };
}
