// The closed forms that the scenarios are made of: first-order answers to a step, chained. Seconds throughout. Pure.

/** From `from` towards `to`, after `s` seconds with the time constant `tau`. */
export function relax(from: number, to: number, s: number, tau: number): number {
	return s <= 0 ? from : to + (from - to) * Math.exp(-s / tau);
}

/** From second `at` on, towards `to` with the time constant `tau`. */
export interface Leg {
	readonly at: number;
	readonly to: number;
	readonly tau: number;
}

/** A value that stands at `start` and follows one leg after the other. Legs in order of time. */
export function follow(start: number, legs: readonly Leg[], s: number): number {
	let value = start;
	for (const [index, { at, to, tau }] of legs.entries()) {
		if (s <= at) return value;
		value = relax(value, to, Math.min(s, legs[index + 1]?.at ?? s) - at, tau);
	}
	return value;
}

/** 0..1: rises after `on` and falls after `off`, each with its own time constant. */
export function swell(on: number, tauOn: number, off: number, tauOff: number, s: number): number {
	return follow(
		0,
		[
			{ at: on, to: 1, tau: tauOn },
			{ at: off, to: 0, tau: tauOff },
		],
		s,
	);
}

const WATER_KG_M3 = 1_000;

/** Water that leaves through a hole of `areaM2` under `pressureMpa`, m³/s (orifice with a sharp edge). */
export function orifice(areaM2: number, pressureMpa: number): number {
	return 0.6 * areaM2 * Math.sqrt((2 * Math.max(0, pressureMpa) * 1e6) / WATER_KG_M3);
}
