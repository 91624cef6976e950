// The demo's forecast: the world's own future, with an error that grows with the hours ahead and shrinks as the time comes nearer.
// Pure functions of (seed, place, time of issue). Called by the world for the kind cityForecast.
import { hashPair } from "#geodata/liaoning/demo/chance.ts";
import type { Place } from "./climate.ts";
import { HOUR_MS, MINUTE_MS } from "./moment.ts";
import { clamp, wander } from "./noise.ts";
import type { Values } from "./scene.ts";

/** What a forecast looks into: the world at other times. */
export interface Future {
	temperature(place: Place, at: number): number;
	/** mm in the `ms` before `at`, rain and snow, about the place. */
	precipitation(place: Place, at: number, ms: number): number;
}

/** A forecast is renewed this often. */
export const ISSUE_MS = 10 * MINUTE_MS;
const ZONE_MS = 8 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;
const NIGHT = { from: 18, to: 32 } as const;

/** °C that a forecast of so many hours is wrong by, at most. */
export function errorOf(hours: number): number {
	return 0.35 * Math.sqrt(hours) + 0.1 * hours;
}

export function foresee(place: Place, at: number, future: Future): Values {
	const issuedAt = Math.floor(at / ISSUE_MS) * ISSUE_MS;
	const values: Values = {};
	for (const hours of [1, 3, 6]) {
		const then = issuedAt + hours * HOUR_MS;
		values[`temperature${hours}h`] = expected(place, then, hours, future);
		// A storm is expected a little early or late, a little weaker or stronger.
		const slip = 0.12 * hours * HOUR_MS * wander(hashPair(place.seed, 91), then, 5 * HOUR_MS);
		const share = 1 + 0.1 * Math.sqrt(hours) * wander(hashPair(place.seed, 92), then, 4 * HOUR_MS);
		const amount = future.precipitation(place, then + slip, hours * HOUR_MS) * share;
		values[`rain${hours}h`] = Math.round(Math.max(0, amount) * 10) / 10;
	}
	values.lowTonight = lowOf(place, issuedAt, future);
	return values;
}

/** The error belongs to the hour that is foreseen: forecasts of one hour agree better and better. */
function expected(place: Place, then: number, hours: number, future: Future): number {
	return future.temperature(place, then) + errorOf(hours) * wander(hashPair(place.seed, 90), then, 9 * HOUR_MS);
}

/** From 18:00 to 08:00, or what is left of it. */
function lowOf(place: Place, issuedAt: number, future: Future): number {
	const midnight = Math.floor((issuedAt + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
	const isNight = issuedAt < midnight + (NIGHT.to - 24) * HOUR_MS;
	const end = midnight + (isNight ? NIGHT.to - 24 : NIGHT.to) * HOUR_MS;
	const from = Math.max(issuedAt, end - (NIGHT.to - NIGHT.from) * HOUR_MS);
	let low = Number.POSITIVE_INFINITY;
	for (let then = end; then >= from; then -= 2 * HOUR_MS)
		low = Math.min(low, expected(place, then, clamp((then - issuedAt) / HOUR_MS, 0, 12), future));
	return low === Number.POSITIVE_INFINITY ? future.temperature(place, issuedAt) : low;
}
