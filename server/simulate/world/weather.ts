// The sky over a place of the demo: temperature, wind, humidity, pressure, haze, visibility and what falls from fronts. Fronts come
// from the west and north-west (fronts.ts), storm cells are in rain.ts. Pure functions of (seed, place, time); calibrated to Liaoning
// by eye, not a forecast.
import type { Place } from "./climate.ts";
import type { Fronts } from "./fronts.ts";
import { HOUR_MS, type Moment, seasonOf } from "./moment.ts";
import { bell, clamp, wander } from "./noise.ts";

export interface Sky {
	/** °C. */
	readonly temperature: number;
	/** °C, without the swing of day and night. */
	readonly dayMean: number;
	/** °C that buildings answer to: the day's mean and a late, weak echo of day and night. */
	readonly felt: number;
	/** m/s, 10 min mean, and the gust of 3 s. */
	readonly wind: number;
	readonly gust: number;
	/** ° it comes from. */
	readonly direction: number;
	/** %. */
	readonly humidity: number;
	/** kPa. */
	readonly pressure: number;
	/** -1 clean .. 1 hazy: how badly the air moves. */
	readonly haze: number;
	/** µg/m³ of PM10 that the wind brings from far away. */
	readonly dust: number;
	/** mm/h of a front's band, as water. */
	readonly band: number;
	/** Precipitation falls as snow and gauges stay dry. */
	readonly isFrost: boolean;
	/** cm. */
	readonly snowDepth: number;
	/** km, without what storm cells take of it. */
	readonly visibility: number;
}

/** Mean wind by season, m/s. */
const WIND = { winter: 2.3, spring: 3, summer: 2, autumn: 2.4 } as const;

export function skyOver(place: Place, fronts: Fronts, moment: Moment): Sky {
	const { at, hour } = moment;
	const { coast, seed } = place;
	// The sea is late by two weeks.
	const angle = (2 * Math.PI * (moment.dayOfYear - 202 - 12 * coast)) / 365.25;
	const year = Math.cos(angle);
	// Spring and autumn are 3 °C warmer than the mean of winter and summer.
	const yearMean =
		(place.january + place.july) / 2 + ((place.july - place.january) / 2) * year + 1.5 * (1 - Math.cos(2 * angle));
	const front = fronts.at(place, at, yearMean);
	const dayMean = yearMean + front.warmth + 0.9 * wander(seed + 12, at, 30 * HOUR_MS);
	// Clouds of a band flatten the day.
	const swing = (5.2 - 2.4 * coast) / (1 + front.precipitation);
	const temperature = dayMean + swing * Math.cos((Math.PI / 12) * (hour - 14.2));
	const felt = dayMean + 0.35 * swing * Math.cos((Math.PI / 12) * (hour - 17));
	const wind =
		WIND[seasonOf(moment.monthDay)] *
			(1 + 0.3 * coast) *
			(1 + 0.3 * wander(seed + 14, at, 7 * HOUR_MS)) *
			(0.82 + 0.4 * bell(hour, 14, 5)) +
		front.wind * (1 + 0.15 * coast);
	const nights = bell(hour, 6, 4) * (1 - 0.6 * coast);
	const haze = clamp(
		0.25 + 0.5 * wander(seed + 15, at, 50 * HOUR_MS) + 0.3 * nights - 1.4 * front.clean - 0.05 * (wind - 2.5),
		-1,
		1,
	);
	const humidity = clamp(
		57 +
			13 * year +
			8 * coast +
			9 * haze -
			16 * front.clean +
			9 * nights -
			8 * bell(hour, 14, 5) +
			12 * front.precipitation,
		14,
		97,
	);
	return {
		temperature,
		dayMean,
		felt,
		wind,
		gust: wind * (1.3 + 0.08 * wander(seed + 16, at, HOUR_MS)),
		direction: (215 + 105 * front.veer + 22 * wander(seed + 17, at, 9 * HOUR_MS) + 360) % 360,
		humidity,
		pressure: 101.4 - 1.1 * year - 0.11 * front.warmth,
		haze,
		dust: front.dust,
		band: front.precipitation < 0.03 ? 0 : front.precipitation,
		isFrost: temperature <= 0.5,
		snowDepth: front.snowDepth,
		visibility: visibilityOf(haze, humidity, front.precipitation, temperature, front.dust),
	};
}

/** Snow hides more than rain of the same water; fog is left to the worst mornings. */
function visibilityOf(haze: number, humidity: number, band: number, temperature: number, dust: number): number {
	const dry = 20 - 11 * haze - 0.12 * Math.max(0, humidity - 60);
	const falling = band * (temperature <= 0.5 ? 2.6 : 0.5);
	return clamp(dry / (1 + falling + dust / 35), 0.7, 30);
}
