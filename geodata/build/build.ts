// npm run geodata:build - makes geodata/liaoning/ from named packages: basemap.pmtiles, districts.json, district_table.json and
// SHA256SUMS. Needs npm, tar, and Debian's gmt with gmt-gshhg-full; keeps downloads in LIAOWANG_GEODATA_CACHE or the temp folder.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { backbones } from "./backbones.ts";
import type { Detail, Divisions } from "./counties.ts";
import { allDivisions } from "./counties.ts";
import type { Workshop } from "./fetch.ts";
import { mapshaper, openWorkshop, stepFile } from "./fetch.ts";
import type { Collection } from "./geometry.ts";
import { collection, LineIndex, linesOf } from "./geometry.ts";
import { graticule } from "./grid.ts";
import { metroLines, metroStations } from "./metro_layer.ts";
import { districtTable, labelPoints, shapesByCode } from "./places.ts";
import { relief } from "./relief.ts";
import { borderLines, closeGap, surroundings } from "./surroundings.ts";
import type { LayerPart } from "./tiles.ts";
import { cutTiles, FINE_ZOOM, MAX_ZOOM, MIN_ZOOM } from "./tiles.ts";
import { lakes, reservoirNames, rivers } from "./water.ts";

const OUT = join(import.meta.dirname, "..", "liaoning");
const FILES = ["basemap.pmtiles", "district_table.json", "districts.json", "relief.png"];
/** The coast's water lines reach 24 px offshore; a tile must know the coast beyond its edge by more than that. */
const COAST_BUFFER = 256;
/** A name along a line needs some of the line beyond the tile's edge. */
const NAME_BUFFER = 128;

/** The layers that exist twice, in their two zoom ranges. */
function dividedLayers(divisions: Record<Detail, Divisions>, borders: Record<Detail, Collection>): LayerPart[] {
	const ranges: [Detail, number, number, number][] = [
		["coarse", MIN_ZOOM, FINE_ZOOM - 1, 3],
		["fine", FINE_ZOOM, MAX_ZOOM, 2],
	];
	return ranges.flatMap(([detail, minZoom, maxZoom, tolerance]) => {
		const { counties, cities, province } = divisions[detail];
		const range = { minZoom, maxZoom, tolerance };
		const is = (coast: boolean) =>
			collection(borders[detail].features.filter(({ properties }) => (properties.kind === "coast") === coast));
		return [
			{ name: "liaoning", features: province, ...range },
			{ name: "city", features: cities, ...range },
			{ name: "county", features: counties, ...range, minZoom: Math.max(minZoom, 5) },
			{ name: "border", features: is(false), ...range },
			{ name: "coast", features: is(true), ...range, buffer: COAST_BUFFER },
		];
	});
}

async function layers(
	workshop: Workshop,
	divisions: Record<Detail, Divisions>,
	labels: Collection,
): Promise<LayerPart[]> {
	console.log("surroundings");
	const around = await surroundings(workshop);
	const borders = {
		coarse: borderLines(divisions.coarse, around.neighbours),
		fine: borderLines(divisions.fine, around.neighbours),
	};
	const land = await closeGap(workshop, around.land, [...borders.coarse.features, ...borders.fine.features]);
	console.log("water");
	const ground = collection([...land.features, ...divisions.fine.province.features]);
	const water = await lakes(workshop);
	const flowing = await rivers(workshop, ground);
	const names = collection([...labels.features, ...reservoirNames(water).features]);
	console.log("relief");
	await writeFile(join(OUT, "relief.png"), await relief(workshop, divisions.fine.province, land));
	const deep = { minZoom: MAX_ZOOM, maxZoom: MAX_ZOOM, tolerance: 0 };
	return [
		{ name: "around", features: land, minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, tolerance: 4 },
		{ name: "around_border", features: around.lines, minZoom: 4, maxZoom: MAX_ZOOM, tolerance: 4 },
		...dividedLayers(divisions, borders),
		{ name: "lake", features: water, minZoom: 5, maxZoom: MAX_ZOOM, tolerance: 2 },
		{ name: "river", features: flowing.lines, minZoom: 5, maxZoom: MAX_ZOOM, tolerance: 3, buffer: NAME_BUFFER },
		{ name: "river_area", features: flowing.areas, minZoom: FINE_ZOOM, maxZoom: MAX_ZOOM, tolerance: 1 },
		{ name: "backbone", features: backbones(), minZoom: 6, maxZoom: MAX_ZOOM, tolerance: 3, buffer: NAME_BUFFER },
		{ name: "metro", features: metroLines(), minZoom: 9, maxZoom: MAX_ZOOM, tolerance: 0, buffer: NAME_BUFFER },
		{ name: "station", features: metroStations(), ...deep, buffer: COAST_BUFFER },
		{ name: "grid", features: graticule(divisions.coarse.province), ...deep },
		{ name: "place", features: names, minZoom: 4, maxZoom: MAX_ZOOM, tolerance: 0, buffer: COAST_BUFFER },
	];
}

/** Median distance above which the fine borders cannot be where the authority has them: a wrong CRS is off by 500 m. */
const MEDIAN_MAX_M = 100;

/** Throws when the converted fine borders do not lie on the authority's. The coast is left out: the two draw it differently. */
function checkShift({ coarse, fine }: Record<Detail, Divisions>): void {
	const inner = ({ lines }: Divisions) =>
		lines.features.filter(({ properties }) => properties.TYPE !== "outer").flatMap(({ geometry }) => linesOf(geometry));
	const index = new LineIndex(inner(fine));
	const distances = inner(coarse)
		.flat()
		.map((point) => index.distance(point, 2000))
		.sort((a, b) => a - b);
	const median = distances[distances.length >> 1] ?? Number.POSITIVE_INFINITY;
	console.log(`fine borders: median ${Math.round(median)} m from the authority's`);
	if (median > MEDIAN_MAX_M) throw new Error(`fine borders are ${Math.round(median)} m off: is their CRS right?`);
}

/** Counties and cities of the fine detail with shared arcs; 1e5 steps over 7 degrees are about 6 m. */
async function writeTopology(workshop: Workshop): Promise<void> {
	const inputs = ["-i", "county_fine.geojson", "city_fine.geojson", "combine-files"];
	const names = [
		"-rename-layers",
		"county,city",
		"-filter-fields",
		"code",
		"target=*",
		"-simplify",
		"dp",
		"interval=40",
		"keep-shapes",
	];
	const output = ["-o", "districts.json", "format=topojson", "quantization=1e5", "id-field=code"];
	await mapshaper(workshop, ...inputs, ...names, ...output, "target=*");
	await writeFile(join(OUT, "districts.json"), await readFile(stepFile(workshop, "districts.json")));
}

async function writeSums(): Promise<void> {
	const lines = [];
	for (const file of FILES) {
		const bytes = await readFile(join(OUT, file));
		lines.push(`${createHash("sha256").update(bytes).digest("hex")}  ${file}\n`);
		console.log(`${file}: ${Math.round(bytes.length / 1024)} KiB`);
	}
	await writeFile(join(OUT, "SHA256SUMS"), lines.join(""));
}

const workshop = await openWorkshop();
console.log("counties");
const divisions = await allDivisions(workshop);
checkShift(divisions);
const shapes = shapesByCode(divisions.fine.counties, divisions.fine.cities, divisions.fine.province);
const table = await districtTable(workshop, shapes);
const rows = table.map((row) => JSON.stringify(row)).join(",\n");
await writeFile(join(OUT, "district_table.json"), `[\n${rows}\n]\n`);
await writeTopology(workshop);
const labels = await labelPoints(workshop, table, shapes);
await writeFile(join(OUT, "basemap.pmtiles"), await cutTiles(workshop, await layers(workshop, divisions, labels)));
await writeSums();
