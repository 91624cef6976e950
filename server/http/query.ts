// The query parameters that several routes share.
import { z } from "zod";
import { districtPrefix } from "#model/ids.ts";
import { isProblem } from "#model/problem.ts";
import { parseAt } from "#model/reading.ts";
import type { Place, Scope } from "#model/rights.ts";
import { inScope, narrow } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";

/** A GB/T 2260 code, or the first digits of one: 21, 2101, 210102. */
export const districtParam = z.string().regex(/^\d{2,6}$/, "two to six digits of GB/T 2260");

export const severityParam = z.coerce.number().int().min(0).max(4);

/** Epoch ms or ISO 8601 with offset. */
export const timeParam = z.string().transform((text, context) => {
	const at = parseAt(/^\d+$/.test(text) ? Number(text) : text);
	if (!isProblem(at)) return at;
	context.addIssue({ code: "custom", message: at.detail ?? "not a time" });
	return z.NEVER;
});

/** West, south, east, north in WGS-84 degrees. */
export const bboxParam = z
	.string()
	.regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/, "west,south,east,north")
	.transform((text) => text.split(",").map(Number) as [number, number, number, number])
	.refine(([west, south, east, north]) => west <= east && south <= north, "west,south,east,north, the smaller first");

export function prefixOf(district: string | undefined): string {
	if (district === undefined) return "";
	return district.length === 6 ? districtPrefix(district) : district;
}

/** The caller's scope and the asked district as one question about a place. */
export function placeFilter(scope: Scope, district: string | undefined): (place: Place) => boolean {
	const prefix = prefixOf(district);
	return (place) => place.district.startsWith(prefix) && inScope(scope, place);
}

/** Where an asset stands, for every question about scope. */
export function placeOf({ record, system }: AssetView): Place {
	return { district: record.district, system, asset: record.id };
}

/** The scope narrowed to a district, as prefixes for the store. */
export function prefixesOf(scope: Scope, district: string | undefined): string[] {
	if (district === undefined) return scope.districts.map(districtPrefix);
	const wish = { districts: [district.padEnd(6, "0")], systems: null };
	return narrow(scope, wish).districts.map(districtPrefix);
}
