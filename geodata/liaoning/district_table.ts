// The plain table of the province, its 14 cities and 100 counties: codes, names, seats, boxes, populations. Server and page; small
// enough for the page's first load. The polygons are in districts.ts, which a page should not import.
import rows from "./district_table.json" with { type: "json" };

/** One administrative unit in force since 2016, by its GB/T 2260 code. */
export type District = {
	readonly code: string;
	readonly level: "province" | "city" | "county";
	/** Code of the unit above; null for the province. */
	readonly parent: string | null;
	readonly name: { readonly zh: string; readonly en: string };
	/** As on a map label: 沈阳, 喀左县, Heping. */
	readonly short: { readonly zh: string; readonly en: string };
	/** lon, lat (WGS-84) of the seat of government, good to about 2 km. A county's seat may lie in the next district. */
	readonly centre: readonly [number, number];
	/** west, south, east, north (WGS-84) of the ground. */
	readonly bbox: readonly [number, number, number, number];
	/** Persons; cities only. Census of 2020, and the published figure for the end of 2021. */
	readonly population?: { readonly census2020: number; readonly end2021: number };
};

/** All 115 units in code order, the province first. */
export const DISTRICTS: readonly District[] = rows as unknown as readonly District[];
export const CITIES: readonly District[] = DISTRICTS.filter(({ level }) => level === "city");
export const COUNTIES: readonly District[] = DISTRICTS.filter(({ level }) => level === "county");

const byCode = new Map(DISTRICTS.map((row) => [row.code, row]));

/**
 * Codes that were withdrawn and the ones that took their place: 辽中县 and 普兰店市 became districts in 2016, 大洼县 in 2016.
 * Old device numbers (MN) and 部件 codes still carry the old digits.
 */
export const CODE_ALIASES: ReadonlyMap<string, string> = new Map([
	["210122", "210115"],
	["210282", "210214"],
	["211121", "211104"],
]);

/** The code in force for a code that may be withdrawn; unknown codes come back unchanged. */
export function currentCode(code: string): string {
	return CODE_ALIASES.get(code) ?? code;
}

/** The unit with this code, or one that took its place; undefined for a code outside Liaoning. */
export function districtOf(code: string): District | undefined {
	return byCode.get(currentCode(code));
}
