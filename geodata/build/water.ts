// Lakes and rivers in and around Liaoning. Called by build.ts.

import { round } from "./crs.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, gmtRivers, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Bounds, Collection, Feature, Position } from "./geometry.ts";
import { collection, feature, polygonsOf } from "./geometry.ts";
import { SOURCES } from "./sources.ts";

/** Where water is worth its bytes: Liaoning and what a province view shows beside it. */
const NEAR: Bounds = [116, 36.5, 129, 45.5];
const LAKE_M2 = 3e6;

/** Lakes and reservoirs above 3 km2, outer shores, smoothed: the source is a raster's outline. */
export async function lakes(workshop: Workshop): Promise<Collection> {
	const source = fileOf(workshop, SOURCES.lakes, "map.geo.json");
	// The source cuts a lake into pieces: join them before the small ones are left out.
	const join = ["-clip", `bbox=${NEAR.join(",")}`, "-dissolve", "-explode", "-filter", `this.area > ${LAKE_M2}`];
	await mapshaper(
		workshop,
		source,
		...join,
		"-smooth",
		"600m",
		"no-corners",
		"-o",
		"lake.geojson",
		"precision=0.00001",
	);
	const { features } = await readFeatures(stepFile(workshop, "lake.geojson"));
	const shores = features.flatMap(({ geometry }) => polygonsOf(geometry).map(([outer]) => outer ?? []));
	return collection(shores.map((shore) => feature({ type: "Polygon", coordinates: [shore] })));
}

/** GMT multi-segment text: "> River Bin # 1, Level 2" before each line, then "lon lat" rows. */
export function parseGmt(text: string): Feature[] {
	const rivers: Feature[] = [];
	let line: Position[] = [];
	for (const row of text.split("\n")) {
		if (row.startsWith(">")) {
			line = [];
			const level = Number(/Level (\d+)/.exec(row)?.[1] ?? 0);
			rivers.push(feature({ type: "LineString", coordinates: line }, { level }));
		} else if (row !== "" && !row.startsWith("#")) {
			const [lon = Number.NaN, lat = Number.NaN] = row.trim().split(/\s+/).map(Number);
			line.push([round(lon), round(lat)]);
		}
	}
	return rivers.filter(({ geometry }) => geometry.coordinates.length > 1);
}

/** Permanent rivers with `level` 2 major, 3 other (WDBII classes), joined across the source's bins and smoothed. */
export async function rivers(workshop: Workshop): Promise<Collection> {
	await writeFeatures(workshop, "river_raw.geojson", collection(parseGmt(await gmtRivers(workshop, NEAR))));
	const join = ["-dissolve", "level", "-explode", "-smooth", "500m"];
	await mapshaper(workshop, "river_raw.geojson", ...join, "-o", "river.geojson", "precision=0.00001");
	return readFeatures(stepFile(workshop, "river.geojson"));
}
