// The point that is being painted and what comes out of it: one object each, used again for every pixel. Written by the light pass and
// by the painters. Hot.
import type { Light, Weather } from "./light.ts";
import { cloudy, ramp } from "./noise.ts";

/** Result of paint(): colour of the surface, light of its own, 0..1 mirror. */
export const skin = { r: 0, g: 0, b: 0, er: 0, eg: 0, eb: 0, mirror: 0 };

/** What is the same for a whole picture. */
export interface Mood {
	readonly light: Light;
	readonly weather: Weather;
	/** Share of windows that are lit, 0..1. */
	readonly windows: number;
	/** Wetness of what lies open, 0..1. */
	readonly wet: number;
	/** Snow on the ground as a share, 0..1. */
	readonly snow: number;
	/** Of ripples, seconds. */
	readonly seconds: number;
}

/** The point that is painted. */
export const spot = { x: 0, y: 0, z: 0, nx: 0, ny: 0, nz: 0, r: 0, g: 0, b: 0, seed: 0, distance: 0, pixel: 0 };

export function shade(k: number): void {
	skin.r *= k;
	skin.g *= k;
	skin.b *= k;
}

export function tone(r: number, g: number, b: number, t: number): void {
	skin.r += (r - skin.r) * t;
	skin.g += (g - skin.g) * t;
	skin.b += (b - skin.b) * t;
}

/** Metres along a wall, from its own direction. */
export function along(): number {
	return spot.x * spot.nz - spot.z * spot.nx;
}

/** 1 where details of this many metres can be seen, 0 where they are smaller than a pixel. */
export function detail(metres: number): number {
	return 1 - ramp(0.3, 0.85, spot.pixel / metres);
}

export function stains(): number {
	const u = along();
	return 0.86 + 0.28 * cloudy(u * 2.3, spot.y * 0.35) * (0.7 + 0.3 * cloudy(u * 0.6, spot.y * 2));
}
