// The shapes of the names that cross the wire. One pattern each; parsed at the doors, trusted inside.
import { z } from "zod";

/** GB/T 2260 code: province 210000, city 2101 + 00, county 6 digits. */
export const districtCode = z.string().regex(/^\d{6}$/, "six digits of GB/T 2260, e.g. 210102");

/** An asset's id: lower-case letters, digits and hyphens, at most 64. */
export const assetId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits, hyphens; at most 64");

/** System, kind, measure and rule ids: camelCase or kebab-case words. */
export const wordId = z
	.string()
	.regex(/^[a-zA-Z][a-zA-Z0-9-]{0,47}$/, "a word of letters, digits, hyphens; at most 48");

/** The prefix that matches a district and everything below it: 210000 -> "21", 210100 -> "2101", 210102 -> "210102". */
export function districtPrefix(code: string): string {
	if (code.endsWith("0000")) return code.slice(0, 2);
	if (code.endsWith("00")) return code.slice(0, 4);
	return code;
}

/** The city (prefecture) code a district belongs to: 210102 -> 210100. */
export function cityOf(code: string): string {
	return `${code.slice(0, 4)}00`;
}
