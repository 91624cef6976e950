// Counties of Liaoning twice, as one topology each: coarse from the authority, fine from the per-city files; cities, province and
// the border lines are made from the counties, so that no fill and no line of one zoom can disagree. Called by build.ts.
import { readdir } from "node:fs/promises";
import { coordinatesToWgs84 } from "./crs.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Collection, Feature, Geometry } from "./geometry.ts";
import { collection } from "./geometry.ts";
import { SOURCES } from "./sources.ts";

/** 156 is China in GB/T 2659, 21 Liaoning in GB/T 2260. */
const LIAONING_GB = "15621";
export const PROVINCE = 210000;

export type Detail = "coarse" | "fine";
/** Everything drawn of one detail. Counties, cities and province carry `code` as property and feature id; lines carry `TYPE`. */
export type Divisions = { counties: Collection; cities: Collection; province: Collection; lines: Collection };

type Named = { code: number; name: string };

/** Level 1 province, 2 city, 3 county of the authority, all of China. */
export async function authorityLevel(workshop: Workshop, level: 1 | 2 | 3): Promise<Feature[]> {
	const file = fileOf(
		workshop,
		SOURCES.authority,
		...["dist", "src", "geojson", "countries", "as", "chn", "global", `chn-level-${level}.json`],
	);
	// Level files also hold lines of the national border without a code; they are not drawn.
	return (await readFeatures(file)).features.filter(({ properties }) => String(properties.gb ?? "").length === 9);
}

function namedOf(one: Feature): Named {
	return { code: Number(String(one.properties.gb).slice(3)), name: String(one.properties.full_name).trim() };
}

function isLiaoning(one: Feature): boolean {
	return String(one.properties.gb).startsWith(LIAONING_GB);
}

/** Codes and full Chinese names of province, cities and counties, in code order. */
export async function authorityNames(workshop: Workshop): Promise<Named[]> {
	const levels = await Promise.all(([1, 2, 3] as const).map((level) => authorityLevel(workshop, level)));
	return levels
		.flat()
		.filter(isLiaoning)
		.map(namedOf)
		.sort((a, b) => a.code - b.code);
}

function county(code: number, geometry: Geometry): Feature {
	const city = Math.floor(code / 100) * 100;
	return { type: "Feature", id: code, properties: { code, city, province: PROVINCE }, geometry };
}

async function coarseCounties(workshop: Workshop): Promise<Collection> {
	const all = (await authorityLevel(workshop, 3)).filter(isLiaoning);
	return collection(all.map((one) => county(namedOf(one).code, one.geometry)));
}

async function fineCounties(workshop: Workshop, known: Set<number>): Promise<Collection> {
	const folder = fileOf(workshop, SOURCES.fine, "geojson", "shape-with-internal-borders");
	const files = (await readdir(folder)).filter((name) => name.startsWith("liao2_ning2_")).sort();
	const features: Feature[] = [];
	for (const file of files)
		for (const one of (await readFeatures(`${folder}/${file}`)).features) {
			const code = Number(one.id);
			if (!known.has(code)) throw new Error(`${file}: ${one.id} is not a county of the authority`);
			const coordinates = coordinatesToWgs84(one.geometry.coordinates, SOURCES.fine.crs);
			features.push(county(code, { type: one.geometry.type, coordinates } as Geometry));
		}
	return collection(features);
}

/** The fine source lies on a grid of 1/1024 degree: thinned, then smoothed, or every border is a staircase from zoom 11. */
const REPAIR: Record<Detail, string[]> = {
	coarse: ["-clean", "snap-interval=0.0005"],
	fine: [
		...["-clean", "snap-interval=0.0007", "-simplify", "dp", "interval=60", "keep-shapes"],
		...["-clean", "-smooth", "130m", "-clean"],
	],
};

async function divisions(workshop: Workshop, detail: Detail, raw: Collection): Promise<Divisions> {
	if (raw.features.length !== 100) throw new Error(`${detail}: ${raw.features.length} counties, expected 100`);
	const name = (what: string) => `${what}_${detail}.geojson`;
	await writeFeatures(workshop, name("raw"), raw);
	const precision = "precision=0.00001";
	await mapshaper(workshop, name("raw"), ...REPAIR[detail], "-o", name("county"), precision, "id-field=code");
	const fields = ["copy-fields=province", "-each", "code=city"];
	await mapshaper(workshop, name("county"), "-dissolve", "city", ...fields, "-o", name("city"), "id-field=code");
	await mapshaper(workshop, name("county"), "-dissolve", "province", "-o", name("province"));
	await mapshaper(workshop, name("county"), "-lines", "city", "-o", name("line"));
	const read = (what: string) => readFeatures(stepFile(workshop, name(what)));
	const [counties, cities, province, lines] = await Promise.all(["county", "city", "province", "line"].map(read));
	if (!counties || !cities || !province || !lines) throw new Error("a step file is missing");
	if (cities.features.length !== 14) throw new Error(`${detail}: ${cities.features.length} cities, expected 14`);
	return { counties, cities, province, lines };
}

/** The same hundred counties from both sources. Throws when one of them has another hundred. */
export async function allDivisions(workshop: Workshop): Promise<Record<Detail, Divisions>> {
	const coarse = await coarseCounties(workshop);
	const known = new Set(coarse.features.map((one) => Number(one.id)));
	const fine = await fineCounties(workshop, known);
	return {
		coarse: await divisions(workshop, "coarse", coarse),
		fine: await divisions(workshop, "fine", fine),
	};
}
