// Land that is not Liaoning, wide enough that no wall sees a cut edge, and which part of the province's outline is coast.
// Inside China it is the authority's provinces; outside, OpenStreetMap's land without any border line. Called by build.ts.
import { authorityLevel, PROVINCE } from "./counties.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Bounds, Collection, Feature, Position } from "./geometry.ts";
import { areaKm2, collection, feature, LineIndex, linesOf, polygonsOf } from "./geometry.ts";
import { SOURCES } from "./sources.ts";

/** West, south, east, north of everything drawn: a 32:9 wall at zoom 6.5 sees 30 degrees of longitude. */
export const WORLD: Bounds = [100, 29, 145, 53];
/** Foreign pieces below this are reclaimed land on China's own coast, which the authority draws its own way. */
const PIECE_KM2 = 1000;
/** An outline point farther than this from any neighbour's land is coast. */
const COAST_M = 3000;
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
function isForeign(one: Feature): boolean {
	return polygonsOf(one.geometry).some(([outer]) => {
		if (!outer) return false;
		const offKorea = outer.every(([lon, lat]) => lon > 124.6 && lat < 39.9);
		return offKorea || areaKm2(outer) > PIECE_KM2;
	});
}

async function foreign(workshop: Workshop): Promise<string> {
	const lands = fileOf(workshop, SOURCES.lands, "map.geo.json");
	await mapshaper(workshop, lands, "-clip", bbox(WORLD), "-o", "lands.geojson");
	const outside = ["-erase", "china.geojson", "-explode", "-filter", "this.area > 2e6"];
	await mapshaper(workshop, "lands.geojson", ...outside, "-o", "outside.geojson");
	const pieces = (await readFeatures(stepFile(workshop, "outside.geojson"))).features.filter(isForeign);
	await writeFeatures(workshop, "foreign.geojson", collection(pieces.map(({ geometry }) => feature(geometry))));
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

/** Cuts an outline into runs of coast and of land border. A run shorter than three points joins the one before it. */
export function splitOutline(
	line: Position[],
	isCoast: (point: Position) => boolean,
): { coast: boolean; line: Position[] }[] {
	const runs: { coast: boolean; line: Position[] }[] = [];
	for (const point of line) {
		const coast = isCoast(point);
		const last = runs.at(-1);
		if (last && (last.coast === coast || last.line.length < 3)) last.line.push(point);
		else runs.push({ coast, line: last ? [last.line.at(-1) ?? point, point] : [point] });
	}
	return runs.filter((run) => run.line.length > 1);
}

/** Border lines with `kind` coast, province, city or county. */
export function borderLines(lines: Collection, neighbours: LineIndex): Collection {
	const isCoast = (point: Position) => neighbours.distance(point, COAST_M) > COAST_M;
	const out: Feature[] = [];
	for (const { geometry, properties } of lines.features)
		for (const line of linesOf(geometry)) {
			if (properties.TYPE !== "outer") {
				const kind = properties.TYPE === "city" ? "city" : "county";
				out.push(feature({ type: "LineString", coordinates: line }, { kind }));
				continue;
			}
			for (const run of splitOutline(line, isCoast))
				out.push(feature({ type: "LineString", coordinates: run.line }, { kind: run.coast ? "coast" : "province" }));
		}
	return collection(out);
}

/** Neighbouring land with a strip along the land border, so that no sea shows between it and the finer province. */
export async function closeGap(workshop: Workshop, land: Collection, borders: Collection): Promise<Collection> {
	const border = borders.features.filter(({ properties }) => properties.kind === "province");
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
	return readFeatures(stepFile(workshop, "closed.geojson"));
}
