// The door between coordinate systems for everything the build reads. Most Chinese boundary sets are GCJ-02: in Liaoning
// 450-500 m east and 220-270 m north of the truth. Everything leaves here as WGS-84 (CGCS2000 differs by less than 1 m).
import gcoord from "gcoord";
import type { Position } from "./geometry.ts";

export type Crs = "WGS84" | "GCJ02" | "BD09";

/** Decimals kept: 1e-5 degree is about a metre, finer than any of the sources. */
const DECIMALS = 5;

export function round(degrees: number, decimals: number = DECIMALS): number {
	const scale = 10 ** decimals;
	return Math.round(degrees * scale) / scale;
}

/** One position to WGS-84, not rounded. */
export function toWgs84(position: Position, from: Crs): Position {
	const [lon = Number.NaN, lat = Number.NaN] = position;
	if (from === "WGS84") return [lon, lat];
	const [x = Number.NaN, y = Number.NaN] = gcoord.transform([lon, lat], gcoord[from], gcoord.WGS84);
	return [x, y];
}

/** Nested coordinates of any geometry to WGS-84, rounded to about a metre. */
export function coordinatesToWgs84<T>(coordinates: T, from: Crs): T {
	const walk = (part: unknown): unknown => {
		if (!Array.isArray(part)) throw new Error("coordinates are not an array");
		if (typeof part[0] !== "number") return part.map(walk);
		const [lon, lat] = toWgs84([part[0], part[1]], from);
		return [round(lon), round(lat)];
	};
	return walk(coordinates) as T;
}
