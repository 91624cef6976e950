// The way to a place from where the telephone is: how far, in which of eight directions, and a geo: link for a map app (RFC 5870:
// latitude first, WGS-84). Pure.
import { bearingBetween, metresBetween } from "#model/distance.ts";

type LonLat = readonly [lon: number, lat: number];

export const BEARINGS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Bearing = (typeof BEARINGS)[number];

export interface Way {
	readonly metres: number;
	/** Clockwise from north, 0 up to 360. */
	readonly degrees: number;
	readonly bearing: Bearing;
}

export function wayBetween(from: LonLat, to: LonLat): Way {
	const degrees = bearingBetween(from, to);
	return { metres: metresBetween(from, to), degrees, bearing: BEARINGS[Math.round(degrees / 45) % 8] ?? "n" };
}

/** 85 m, 640 m, 1.2 km, 18 km */
export function distanceText(metres: number): string {
	if (metres < 100) return `${Math.round(metres)}\u00a0m`;
	if (metres < 1_000) return `${Math.round(metres / 10) * 10}\u00a0m`;
	return `${metres < 10_000 ? (metres / 1_000).toFixed(1) : Math.round(metres / 1_000)}\u00a0km`;
}

export function geoLink([lon, lat]: LonLat, name: string): string {
	const place = `${lat.toFixed(6)},${lon.toFixed(6)}`;
	return `geo:${place}?q=${place}(${encodeURIComponent(name)})`;
}

/** 41.783000, 123.400000: as map apps take it. */
export function coordinateText([lon, lat]: LonLat): string {
	return `${lat.toFixed(6)}, ${lon.toFixed(6)}`;
}

/** A round number of metres that is at most `most`: 1, 2 or 5 with noughts. */
export function roundMetres(most: number): number {
	const step = 10 ** Math.floor(Math.log10(most));
	return step * ([5, 2, 1].find((factor) => factor * step <= most) ?? 1);
}
