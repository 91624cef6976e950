// Noise with a memory: smooth wandering values and single throws, each a pure function of (seed, time). Hot.
import { unit } from "#geodata/liaoning/demo/chance.ts";

/** -1..1, wandering smoothly; independent about every `periodMs`. */
export function wander(seed: number, at: number, periodMs: number): number {
	const place = at / periodMs;
	const node = Math.floor(place);
	const share = place - node;
	const smooth = share * share * (3 - 2 * share);
	const from = unit(seed, node);
	return (from + (unit(seed, node + 1) - from) * smooth) * 2 - 1;
}

/** -1..1, another one each second: the noise of an instrument. */
export function jitter(seed: number, at: number): number {
	return unit(seed, Math.floor(at / 1000)) * 2 - 1;
}

export function clamp(value: number, least: number, most: number): number {
	return value < least ? least : Math.min(value, most);
}

/** A bell of height 1 and half-width `width` around `centre` on the 24 h clock. */
export function bell(hour: number, centre: number, width: number): number {
	let distance = Math.abs(hour - centre);
	if (distance > 12) distance = 24 - distance;
	return Math.exp(-((distance / width) ** 2));
}
