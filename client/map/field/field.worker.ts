// The field worker: weather stations in, lines of equal temperature or the dots of rain out, about once a minute. Its own chunk: it
// brings the borders of the counties, which nothing else on the page needs.
import { polygonsOfDistrict } from "#geodata/liaoning/districts.ts";
import type { Polygon } from "#geodata/liaoning/polygon.ts";
import { contains } from "#geodata/liaoning/polygon.ts";
import { contoursOf } from "./contours.ts";
import type { FromField, ToField } from "./field_protocol.ts";
import { barnes, levelsOf, PROVINCE_FRAME } from "./grid.ts";
import { Rain } from "./rain.ts";

/** About the distance of two county stations. */
const TEMPERATURE_KM = 42;

interface Part {
	readonly polygon: Polygon;
	readonly box: readonly [number, number, number, number];
}

const parts: readonly Part[] = (polygonsOfDistrict("210000") ?? []).map((polygon) => {
	const ring = polygon[0] ?? [];
	const lons = ring.map(([lon]) => lon);
	const lats = ring.map(([, lat]) => lat);
	return { polygon, box: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] };
});

function isLand(lon: number, lat: number): boolean {
	return parts.some(
		({ polygon, box: [west, south, east, north] }) =>
			lon >= west && lon <= east && lat >= south && lat <= north && contains(polygon, lon, lat),
	);
}

const rain = new Rain(isLand);

function answer(message: FromField): void {
	postMessage(message);
}

self.addEventListener("message", ({ data }: MessageEvent<ToField>) => {
	if (data.type === "rain") {
		answer({ type: "rain", ...rain.take(data.samples, data.at) });
		return;
	}
	const grid = barnes(data.samples, PROVINCE_FRAME, TEMPERATURE_KM);
	answer({ type: "isotherms", contours: contoursOf(grid, levelsOf(grid), isLand) });
});
