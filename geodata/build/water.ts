// Lakes and rivers in and around Liaoning. Called by build.ts.

import { COURSES, NAMED, RESERVOIRS } from "../liaoning/river_courses.ts";
import { round } from "./crs.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, gmtCoast, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Bounds, Collection, Feature, Geometry, Position, Properties } from "./geometry.ts";
import { collection, feature, metresBetween, polygonsOf } from "./geometry.ts";
import { smoothLine } from "./smooth.ts";
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

/** Rivers as lines for every zoom, and as areas for a city view. */
export type Rivers = { lines: Collection; areas: Collection };

/** A tributary's last anchor and the river that it joins are brought together within this. */
const MOUTH_M = 9000;
/** A piece is a named river's when one of its known points lies this near. */
const NAMED_M = 4000;
/** The written course of the Hun replaces the source's between these meridians, from below Shenyang to the Dahuofang dam. */
const HUN: Bounds = [123.17, 41.6, 124.085, 41.95];

function nearest(lines: Feature<LineGeometry>[], at: Position): { metres: number; point: Position } {
	let best = { metres: Number.POSITIVE_INFINITY, point: at };
	for (const { geometry } of lines)
		for (const point of geometry.coordinates) {
			const metres = metresBetween(point, at);
			if (metres < best.metres) best = { metres, point };
		}
	return best;
}

function nameOf(line: Feature<LineGeometry>): Properties {
	const river = NAMED.find(({ near }) => near.some((point) => nearest([line], point).metres < NAMED_M));
	return river ? { zh: river.zh, en: river.en, width: river.widthM, level: river.level } : line.properties;
}

/** The line without what lies in the box, in pieces. */
function without(line: Feature<LineGeometry>, [west, south, east, north]: Bounds): Feature<LineGeometry>[] {
	const pieces: Position[][] = [[]];
	for (const point of line.geometry.coordinates) {
		const [lon, lat] = point;
		if (lon > west && lon < east && lat > south && lat < north) pieces.push([]);
		else pieces.at(-1)?.push(point);
	}
	const long = pieces.filter((piece) => piece.length > 1);
	return long.map((coordinates) => feature({ type: "LineString", coordinates }, line.properties));
}

/** GSHHG's rivers, joined across the source's bins, smoothed and named. */
async function sourceRivers(workshop: Workshop): Promise<Feature<LineGeometry>[]> {
	const raw = collection(parseGmt(await gmtCoast(workshop, NEAR, ["-I2", "-I3"])));
	await writeFeatures(workshop, "river_raw.geojson", raw);
	const join = ["-dissolve", "level", "-explode", "-smooth", "500m"];
	await mapshaper(workshop, "river_raw.geojson", ...join, "-o", "river.geojson", "precision=0.00001");
	const { features } = await readFeatures<LineGeometry>(stepFile(workshop, "river.geojson"));
	return features.flatMap((line) => without(feature(line.geometry, nameOf(line)), HUN));
}

/** Written rivers, each brought to the river that it joins. */
function writtenRivers(source: Feature<LineGeometry>[]): Feature<LineGeometry>[] {
	const known = [...source];
	for (const { zh, en, widthM, level, line } of COURSES) {
		const coordinates = smoothLine(line);
		const end = coordinates.at(-1);
		const mouth = end ? nearest(known, end) : undefined;
		if (mouth && mouth.metres > 1 && mouth.metres < MOUTH_M) coordinates.push(mouth.point);
		known.push(feature({ type: "LineString", coordinates }, { zh, en, width: widthM, level, schematic: true }));
	}
	return known.slice(source.length);
}

/** Lines become areas by their width; the sea keeps its own. `land` is Liaoning with what lies around. */
async function riverAreas(workshop: Workshop, lines: Feature<LineGeometry>[], land: string): Promise<Collection> {
	const widths = new Set(lines.flatMap(({ properties: { width } }) => (typeof width === "number" ? [width] : [])));
	const files: string[] = [];
	for (const width of widths) {
		const file = `river_${width}.geojson`;
		await writeFeatures(workshop, file, collection(lines.filter(({ properties }) => properties.width === width)));
		await mapshaper(workshop, file, "-buffer", `${width / 2}m`, "-o", `area_${file}`, "precision=0.00001");
		files.push(`area_${file}`);
	}
	const merge = ["combine-files", "-merge-layers", "force", "-dissolve", "-clean", "-clip", land];
	const tidy = ["-simplify", "dp", "interval=3", "-explode", "-o", "river_area.geojson", "precision=0.00001"];
	await mapshaper(workshop, "-i", ...files, ...merge, ...tidy);
	return readFeatures(stepFile(workshop, "river_area.geojson"));
}

/** Permanent rivers: `zh`, `en` where named, `level` 2 major, 3 other (WDBII classes), `schematic` when written by hand. */
export async function rivers(workshop: Workshop, land: Collection): Promise<Rivers> {
	await writeFeatures(workshop, "all_land.geojson", land);
	const source = await sourceRivers(workshop);
	const all = [...source, ...writtenRivers(source)];
	await writeFeatures(workshop, "river_all.geojson", collection(all));
	const clip = ["-clip", "all_land.geojson", "-o", "river_line.geojson", "precision=0.00001"];
	await mapshaper(workshop, "river_all.geojson", ...clip);
	const lines = await readFeatures(stepFile(workshop, "river_line.geojson"));
	return { lines, areas: await riverAreas(workshop, all, "all_land.geojson") };
}

/** A reservoir's name stands on its water when that is in the lakes; its place is good to 5 km otherwise. */
const RESERVOIR_M = 12_000;

/** Points with `zh`, `en`, `rank` 6 and `kind` reservoir. */
export function reservoirNames(lakes: Collection): Collection {
	return collection(
		RESERVOIRS.map(({ zh, en, at }): Feature => {
			const shores = lakes.features.flatMap(({ geometry }) => polygonsOf(geometry).map(([outer]) => outer ?? []));
			const middles = shores.map((shore): Position => {
				const sum = shore.reduce(([x, y], [lon, lat]): Position => [x + lon, y + lat], [0, 0]);
				return [round(sum[0] / shore.length), round(sum[1] / shore.length)];
			});
			const [best] = middles
				.filter((middle) => metresBetween(middle, at) < RESERVOIR_M)
				.sort((a, b) => metresBetween(a, at) - metresBetween(b, at));
			return feature({ type: "Point", coordinates: best ?? at }, { zh, en, rank: 6, kind: "reservoir" });
		}),
	);
}
