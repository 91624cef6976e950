// Lakes and rivers in and around Liaoning. Called by build.ts.

import { round } from "./crs.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, gmtCoast, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Bounds, Collection, Feature, Geometry, Position } from "./geometry.ts";
import { collection, feature, polygonsOf } from "./geometry.ts";
import { SOURCES } from "./sources.ts";

type LineGeometry = Extract<Geometry, { type: "LineString" }>;
type PolygonGeometry = Extract<Geometry, { type: "Polygon" }>;

/** Where water is worth its bytes: Liaoning and what a province view shows beside it. */
const NEAR: Bounds = [116, 36.5, 129, 45.5];
const LAKE_M2 = 3e6;

/** Reservoirs of the rough source nearer to an accurate shore than this are the same water. */
const SAME_DEGREES = 0.06;

function polygons(features: Feature[], detail: "accurate" | "rough"): Feature<PolygonGeometry>[] {
	const shores = features.flatMap(({ geometry }) => polygonsOf(geometry).map(([outer]) => outer ?? []));
	return shores.map((shore) => feature({ type: "Polygon", coordinates: [shore] }, { detail }));
}

/** GSHHG's lakes: few, with true shores. GMT gives them as pieces of shoreline, level 2 being the shore of a lake. */
async function accurateLakes(workshop: Workshop): Promise<Feature<PolygonGeometry>[]> {
	const shores = parseGmt(await gmtCoast(workshop, NEAR, ["-W2"])).filter(({ properties }) => properties.level === 2);
	await writeFeatures(workshop, "shore.geojson", collection(shores));
	const close = ["-snap", "interval=0.0005", "-polygons", "-filter", `this.area > ${LAKE_M2}`];
	await mapshaper(workshop, "shore.geojson", ...close, "-o", "shore_lake.geojson", "precision=0.00001");
	return polygons((await readFeatures(stepFile(workshop, "shore_lake.geojson"))).features, "accurate");
}

/** The other lakes and reservoirs, drawn on a grid of some 2 km in the source: joined, then rounded. */
async function roughLakes(workshop: Workshop): Promise<Feature<PolygonGeometry>[]> {
	const source = fileOf(workshop, SOURCES.lakes, "map.geo.json");
	// The source cuts a lake into pieces: join them before the small ones are left out.
	const join = ["-clip", `bbox=${NEAR.join(",")}`, "-dissolve", "-explode", "-filter", `this.area > ${LAKE_M2}`];
	const round = ["-smooth", "600m", "no-corners"];
	await mapshaper(workshop, source, ...join, ...round, "-o", "lake.geojson", "precision=0.00001");
	return polygons((await readFeatures(stepFile(workshop, "lake.geojson"))).features, "rough");
}

/** Lakes and reservoirs above 3 km2 with `detail` accurate, or rough: good for a province view, wrong in a city view. */
export async function lakes(workshop: Workshop): Promise<Collection> {
	const accurate = await accurateLakes(workshop);
	const known = accurate.flatMap(({ geometry }) => geometry.coordinates.flat());
	const isKnown = ([lon, lat]: Position) =>
		known.some(([x, y]) => Math.abs(x - lon) < SAME_DEGREES && Math.abs(y - lat) < SAME_DEGREES);
	const rough = (await roughLakes(workshop)).filter(({ geometry }) => !geometry.coordinates.flat().some(isKnown));
	return collection<Geometry>([...accurate, ...rough]);
}

/** GMT multi-segment text: "> River Bin # 1, Level 2" or "> Shore Bin ..." before each line, then "lon lat" rows. */
export function parseGmt(text: string): Feature<LineGeometry>[] {
	const lines: Feature<LineGeometry>[] = [];
	let line: Position[] = [];
	for (const row of text.split("\n")) {
		if (row.startsWith(">")) {
			line = [];
			const level = Number(/Level (\d+)/.exec(row)?.[1] ?? 0);
			lines.push(feature({ type: "LineString", coordinates: line }, { level }));
		} else if (row !== "" && !row.startsWith("#")) {
			const [lon = Number.NaN, lat = Number.NaN] = row.trim().split(/\s+/).map(Number);
			line.push([round(lon), round(lat)]);
		}
	}
	return lines.filter(({ geometry }) => geometry.coordinates.length > 1);
}

/** Permanent rivers with `level` 2 major, 3 other (WDBII classes), joined across the source's bins and smoothed. */
export async function rivers(workshop: Workshop): Promise<Collection> {
	await writeFeatures(
		workshop,
		"river_raw.geojson",
		collection(parseGmt(await gmtCoast(workshop, NEAR, ["-I2", "-I3"]))),
	);
	const join = ["-dissolve", "level", "-explode", "-smooth", "500m"];
	await mapshaper(workshop, "river_raw.geojson", ...join, "-o", "river.geojson", "precision=0.00001");
	return readFeatures(stepFile(workshop, "river.geojson"));
}
