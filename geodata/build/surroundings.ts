// Land that is not Liaoning, wide enough that no wall sees a cut edge, and which part of the province's outline is coast.
// Inside China it is the authority's provinces; outside, OpenStreetMap's land without any border line. Called by build.ts.
import type { Divisions } from "./counties.ts";
import { authorityLevel, PROVINCE } from "./counties.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Bounds, Collection, Feature, Position, Ring } from "./geometry.ts";
import { areaKm2, collection, feature, LineIndex, linesOf, polygonsOf } from "./geometry.ts";
import { outlineRuns, withoutEnds } from "./outline.ts";
import { SOURCES } from "./sources.ts";

/** West, south, east, north of everything drawn: a 32:9 wall at zoom 6.5 sees 30 degrees of longitude. */
export const WORLD: Bounds = [100, 29, 145, 53];
/** Foreign pieces below this are reclaimed land on China's own coast, which the authority draws its own way. */
const PIECE_KM2 = 1000;
/** An outline point farther than this from any neighbour's land is coast. */
const COAST_M = 1500;
/** Half width of the strip that closes the gap between the fine province and its coarser neighbours. */
const STRIP_M = 1500;

export type Around = { land: Collection; lines: Collection; neighbours: LineIndex };

function bbox(bounds: Bounds): string {
	return `bbox=${bounds.join(",")}`;
}

/** Provinces of China within the picture, dissolved from counties, for which the authority has the finest coast. */
async function provinces(workshop: Workshop): Promise<string> {
	const counties = (await authorityLevel(workshop, 3)).map((one) =>
		feature(one.geometry, { province: Number(`${String(one.properties.gb).slice(3, 5)}0000`) }),
	);
	await writeFeatures(workshop, "china_county.geojson", collection(counties));
	const cut = ["-clip", bbox(WORLD), "-clean", "snap-interval=0.0005", "-dissolve", "province"];
	await mapshaper(workshop, "china_county.geojson", ...cut, "-o", "china.geojson");
	const others = ["-filter", `province !== ${PROVINCE}`];
	await mapshaper(workshop, "china.geojson", ...others, "-o", "neighbour.geojson");
	await mapshaper(workshop, "neighbour.geojson", "-innerlines", "-o", "neighbour_line.geojson");
	return "neighbour.geojson";
}

/** A foreign mainland, or an island off Korea, Japan or Russia; not a reclaimed harbour in China. */
function isForeign(outer: Ring): boolean {
	const offKorea = outer.every(([lon, lat]) => lon > 124.6 && lat < 39.9);
	return offKorea || areaKm2(outer) > PIECE_KM2;
}

async function foreign(workshop: Workshop): Promise<string> {
	const lands = fileOf(workshop, SOURCES.lands, "map.geo.json");
	await mapshaper(workshop, lands, "-clip", bbox(WORLD), "-o", "lands.geojson");
	const outside = ["-erase", "china.geojson", "-explode", "-filter", "this.area > 2e6"];
	await mapshaper(workshop, "lands.geojson", ...outside, "-o", "outside.geojson");
	const { features } = await readFeatures(stepFile(workshop, "outside.geojson"));
	// Outer rings only: half a border lake would show as a piece of sea.
	const shores = features.flatMap(({ geometry }) => polygonsOf(geometry).map(([outer]) => outer ?? []));
	const pieces = shores.filter(isForeign).map((shore) => feature({ type: "Polygon", coordinates: [shore] }));
	await writeFeatures(workshop, "foreign.geojson", collection(pieces));
	return "foreign.geojson";
}

/** Neighbouring land without Liaoning, and the borders between neighbouring provinces. */
export async function surroundings(workshop: Workshop): Promise<Around> {
	const parts = [await provinces(workshop), await foreign(workshop)];
	const merge = ["combine-files", "-merge-layers", "force", "-dissolve", "-clean"];
	await mapshaper(workshop, "-i", ...parts, ...merge, "-o", "around.geojson");
	const land = await readFeatures(stepFile(workshop, "around.geojson"));
	const lines = await readFeatures(stepFile(workshop, "neighbour_line.geojson"));
	return { land, lines, neighbours: new LineIndex(land.features.flatMap(({ geometry }) => linesOf(geometry))) };
}

/** Border lines with `kind` coast, province, city or county: the province's outline by its neighbours, the rest as they are. */
export function borderLines({ lines, province }: Divisions, neighbours: LineIndex): Collection {
	const isCoast = (point: Position) => neighbours.distance(point, COAST_M) > COAST_M;
	const out: Feature[] = [];
	for (const { geometry } of province.features)
		for (const { coast, line } of linesOf(geometry).flatMap((ring) => outlineRuns(ring, isCoast)))
			out.push(feature({ type: "LineString", coordinates: line }, { kind: coast ? "coast" : "province" }));
	for (const { geometry, properties } of lines.features)
		if (properties.TYPE !== "outer")
			out.push(feature(geometry, { kind: properties.TYPE === "city" ? "city" : "county" }));
	return collection(out);
}

/** Neighbouring land with a strip along the land border, so that no sea shows between it and the finer province. */
export async function closeGap(workshop: Workshop, land: Collection, borders: Feature[]): Promise<Collection> {
	// The last metres of a border run already lie on the coast, where the strip would be land in the sea.
	const border = borders
		.filter(({ properties }) => properties.kind === "province")
		.flatMap(({ geometry }) => linesOf(geometry).map((line) => withoutEnds(line, COAST_M)))
		.filter((line) => line.length > 1)
		.map((line) => feature({ type: "LineString", coordinates: line }));
	await writeFeatures(workshop, "border.geojson", collection(border));
	await writeFeatures(workshop, "land.geojson", land);
	const strip = ["-dissolve", "-buffer", `${STRIP_M}m`, "cap-style=flat"];
	await mapshaper(workshop, "border.geojson", ...strip, "-o", "strip.geojson");
	const merge = ["combine-files", "-merge-layers", "force", "-dissolve", "-clean", "-simplify", "dp", "interval=120"];
	await mapshaper(
		workshop,
		"-i",
		"land.geojson",
		"strip.geojson",
		...merge,
		"-o",
		"closed.geojson",
		"precision=0.00001",
	);
	const { features } = await readFeatures(stepFile(workshop, "closed.geojson"));
	const polygons = features.flatMap(({ geometry }) => polygonsOf(geometry));
	// Without holes: they are border lakes cut in half, and what the strip did not reach, such as 黄金坪, an island of the other
	// bank on this side of the Yalu. Liaoning is none, it lies open to the sea.
	const filled = polygons.map((rings) => rings.slice(0, 1));
	return collection([feature({ type: "MultiPolygon", coordinates: filled })]);
}
