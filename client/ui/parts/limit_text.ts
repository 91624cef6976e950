// A limit's number and its unit of time in words, for the rules, the list and the reason of an alarm.
import type { Measure } from "#model/measure.ts";
import { ageText, numberText } from "../../live/format.ts";

/** "min", "h", "d"; other spans with their number. */
export function perText(rateMs: number): string {
	const known: Readonly<Record<number, string>> = { 1000: "s", 60000: "min", 3600000: "h", 86400000: "d" };
	return known[rateMs] ?? ageText(rateMs);
}

/** One more than the value itself has, for a change is smaller; three at most. */
export function rateDecimals(measure: Measure | null): number {
	return Math.min((measure?.decimals ?? 0) + 1, 3);
}

/** At least `decimals`, and all that the limit itself has: 0.05 is not "0.1" because the list shows one decimal. */
export function limitText(value: number, decimals: number): string {
	// A share of another limit is 2.0999999999999996 to a machine.
	const [, part] = String(Number(value.toFixed(6))).split(".");
	return numberText(value, Math.max(decimals, part?.length ?? 0));
}
