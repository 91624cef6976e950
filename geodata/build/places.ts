// The table of districts (codes, names, seats, boxes) and the points that carry labels. Called by build.ts.
import type { District } from "../liaoning/district_table.ts";
import type { Polygon } from "../liaoning/polygon.ts";
import { contains } from "../liaoning/polygon.ts";
import { authorityNames, PROVINCE } from "./counties.ts";
import { coordinatesToWgs84, round } from "./crs.ts";
import type { Workshop } from "./fetch.ts";
import { fileOf, mapshaper, readFeatures, stepFile, writeFeatures } from "./fetch.ts";
import type { Collection, Feature, Position } from "./geometry.ts";
import { collection, feature, linesOf, polygonsOf } from "./geometry.ts";
import { ENGLISH, POPULATION, shortName } from "./names.ts";
import { SOURCES } from "./sources.ts";

/** Endings that a short English name drops; 市 counties keep "City" in their full name only. */
const ENGLISH_ENDING = / (New District|District|(Left Wing )?(Manchu |Mongol )?(Autonomous )?County|City)$/;

function levelOf(code: number): District["level"] {
	if (code === PROVINCE) return "province";
	return code % 100 === 0 ? "city" : "county";
}

function parentOf(code: number): number | null {
	if (code === PROVINCE) return null;
	return code % 100 === 0 ? PROVINCE : Math.floor(code / 100) * 100;
}

/** Seats of government in WGS-84, by code; the province's seat is Shenyang's. */
async function seats(workshop: Workshop): Promise<Map<number, Position>> {
	const found = new Map<number, Position>();
	const read = async (file: number) => {
		for (const { properties } of (await readFeatures(fileOf(workshop, SOURCES.seats, "map", `${file}.json`)))
			.features) {
			const seat: unknown = properties.center;
			if (!Array.isArray(seat)) throw new Error(`no seat for ${properties.adcode}`);
			found.set(Number(properties.adcode), coordinatesToWgs84(seat as Position, SOURCES.seats.crs));
		}
	};
	await read(PROVINCE);
	for (const city of [...found.keys()]) await read(city);
	const capital = found.get(210100);
	if (capital) found.set(PROVINCE, capital);
	return found;
}

function boxOf(one: Feature): District["bbox"] {
	const box: [number, number, number, number] = [180, 90, -180, -90];
	for (const line of linesOf(one.geometry))
		for (const [lon, lat] of line) {
			box[0] = Math.min(box[0], lon);
			box[1] = Math.min(box[1], lat);
			box[2] = Math.max(box[2], lon);
			box[3] = Math.max(box[3], lat);
		}
	return box;
}

/** Shapes by code: the province, its cities, its counties. */
export function shapesByCode(counties: Collection, cities: Collection, province: Collection): Map<number, Feature> {
	const shapes = new Map<number, Feature>();
	for (const one of [...counties.features, ...cities.features]) shapes.set(Number(one.properties.code), one);
	const [whole] = province.features;
	if (whole) shapes.set(PROVINCE, whole);
	return shapes;
}

/** The 115 rows in code order. Throws when a name, seat, shape or population is missing. */
export async function districtTable(workshop: Workshop, shapes: Map<number, Feature>): Promise<District[]> {
	const seatOf = await seats(workshop);
	return (await authorityNames(workshop)).map(({ code, name }) => {
		const centre = seatOf.get(code);
		const shape = shapes.get(code);
		const english = ENGLISH[code];
		if (!centre || !shape || !english) throw new Error(`${code} ${name}: no seat, shape or English name`);
		const parent = parentOf(code);
		const population = POPULATION[code];
		if (levelOf(code) === "city" && !population) throw new Error(`${code} ${name}: no population`);
		return {
			code: String(code),
			level: levelOf(code),
			parent: parent === null ? null : String(parent),
			name: { zh: name, en: english },
			short: { zh: shortName(code, name), en: english.replace(ENGLISH_ENDING, "") },
			centre,
			bbox: boxOf(shape),
			...(population ? { population } : {}),
		};
	});
}

/** Names of what lies around, and of the seas: written by hand, at the middle of what a province view shows of each. */
const AROUND: readonly { zh: string; en: string; at: Position; kind: "sea" | "neighbour" }[] = [
	{ zh: "渤海", en: "Bohai Sea", at: [119.85, 38.95], kind: "sea" },
	{ zh: "辽东湾", en: "Liaodong Bay", at: [121.15, 40.35], kind: "sea" },
	{ zh: "黄海", en: "Yellow Sea", at: [123.35, 38.55], kind: "sea" },
	{ zh: "河北", en: "Hebei", at: [117.9, 40.95], kind: "neighbour" },
	{ zh: "内蒙古", en: "Inner Mongolia", at: [120.2, 43.35], kind: "neighbour" },
	{ zh: "吉林", en: "Jilin", at: [126.1, 43.05], kind: "neighbour" },
	{ zh: "山东", en: "Shandong", at: [119.6, 36.9], kind: "neighbour" },
];

/** 0 and 1 the two big cities, 2 cities, 3 counties and county-level cities, 4 districts, 5 surroundings. */
function rankOf(row: District): number {
	if (row.code === "210100") return 0;
	if (row.code === "210200") return 1;
	if (row.level === "city") return 2;
	return row.name.zh.endsWith("区") ? 4 : 3;
}

/**
 * Label points with `code`, `zh`, `en`, `rank` and `kind` city, county, district, sea or neighbour. A city and a county stand at
 * their seat; a district, and a county whose seat lies in a neighbour, in the middle of its own ground.
 */
export async function labelPoints(
	workshop: Workshop,
	table: District[],
	shapes: Map<number, Feature>,
): Promise<Collection> {
	const counties = table
		.filter(({ level }) => level === "county")
		.flatMap(({ code }) => shapes.get(Number(code)) ?? []);
	await writeFeatures(workshop, "label_shape.geojson", collection(counties));
	await mapshaper(workshop, "label_shape.geojson", "-points", "inner", "-o", "label.geojson", "precision=0.0001");
	const inner = new Map<string, Position>();
	for (const { properties, geometry } of (await readFeatures(stepFile(workshop, "label.geojson"))).features)
		if (geometry.type === "Point") inner.set(String(properties.code), geometry.coordinates);
	const points: Feature[] = [];
	for (const row of table) {
		if (row.level === "province") continue;
		const shape = shapes.get(Number(row.code));
		const rank = rankOf(row);
		const polygons: Polygon[] = shape ? polygonsOf(shape.geometry) : [];
		const atSeat = rank < 3 || (rank === 3 && polygons.some((polygon) => contains(polygon, ...row.centre)));
		const [lon, lat] = (atSeat ? undefined : inner.get(row.code)) ?? row.centre;
		const kind = rank < 3 ? "city" : rank === 3 ? "county" : "district";
		const properties = { code: Number(row.code), zh: row.short.zh, en: row.short.en, rank, kind };
		points.push(feature({ type: "Point", coordinates: [round(lon), round(lat)] }, properties));
	}
	for (const { zh, en, at, kind } of AROUND)
		points.push(feature({ type: "Point", coordinates: at }, { zh, en, rank: 5, kind }));
	return collection(points);
}
