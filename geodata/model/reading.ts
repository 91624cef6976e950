// One measured value of one channel, as a door hands it to the pipeline, and the schema of the public HTTP form.
import { z } from "zod";
import { assetId, wordId } from "./ids.ts";
import type { Problem } from "./problem.ts";
import { isProblem, problem } from "./problem.ts";

/** What a device may say of its own value. */
export type SentQuality = "good" | "suspect" | "bad";

export interface Reading {
	readonly asset: string;
	readonly measure: string;
	/** When it was true, epoch ms; never rewritten. */
	readonly at: number;
	/** In the measure's unit; null: the device says that it has no value (fault, stopped), never zero. */
	readonly value: number | null;
	readonly quality: SentQuality;
}

/** Within these a time is milliseconds of the calendar: below stand seconds, above what no copy of the table could carry. */
const EARLIEST_AT = 10_000_000_000;
const LATEST_AT = 253_402_300_799_999;

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds or ISO 8601 with offset, 1970-04-26 to 9999-12-31. Seconds instead of milliseconds are refused, not guessed. */
export function parseAt(input: unknown): number | Problem {
	if (typeof input === "number") {
		if (!Number.isInteger(input)) return problem("bad-time", "at must be integer epoch milliseconds", "at");
		if (input > 0 && input < EARLIEST_AT)
			return problem("bad-time", "at looks like seconds; send epoch milliseconds", "at");
		return inCalendar(input);
	}
	if (typeof input === "string") {
		if (!isoTime.test(input)) return problem("bad-time", "at must be epoch milliseconds or ISO 8601 with offset", "at");
		const at = Date.parse(input);
		if (Number.isNaN(at) || !isDay(input)) return problem("bad-time", "at is not a date of the calendar", "at");
		return inCalendar(at);
	}
	return problem("bad-time", "at is missing: integer epoch milliseconds or ISO 8601 with offset", "at");
}

function inCalendar(at: number): number | Problem {
	return at < EARLIEST_AT || at > LATEST_AT ? problem("bad-time", "at is outside the calendar", "at") : at;
}

/** Date.parse takes 30 February for 2 March. */
function isDay(iso: string): boolean {
	const day = Number(iso.slice(8, 10));
	if (day <= 28) return true;
	return day <= new Date(Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 0)).getUTCDate();
}

/** A reading further ahead of its receipt than this is dated wrongly: stored as suspect. */
export const AHEAD_MS = 120_000;
/** Older than this when it is received: history only, whatever stands in the table. */
export const HISTORY_ONLY_MS = 24 * 3_600_000;

/**
 * Does a reading become its channel's newest? One rule for the live table and for what a start reads back, so that a restart
 * changes nothing. A wrongly dated newest would turn away every reading until its date: any sanely dated one supersedes it.
 * @param newest `at` of the channel's newest so far; 0 or less: none. @param now when the reading was received, epoch ms.
 */
export function becomesNewest(at: number, newest: number, now: number): boolean {
	if (at < now - HISTORY_ONLY_MS) return false;
	return at >= newest || (newest > now + AHEAD_MS && at <= now + AHEAD_MS);
}

const assetPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
const measurePattern = /^[a-zA-Z][a-zA-Z0-9-]{0,47}$/;

/** Hand-written for the hot path; equals `readingSchema` (a test compares the two). Never throws. */
export function parseReading(input: unknown): Reading | Problem {
	if (typeof input !== "object" || input === null || Array.isArray(input))
		return problem("bad-reading", "a reading is an object");
	const { asset, measure, at: sentAt, value, quality } = input as Record<string, unknown>;
	if (typeof asset !== "string" || !assetPattern.test(asset))
		return problem("bad-asset", "asset must be an asset id", "asset");
	if (typeof measure !== "string" || !measurePattern.test(measure))
		return problem("bad-measure", "measure must be a measure id", "measure");
	const at = parseAt(sentAt);
	if (isProblem(at)) return at;
	if (value !== null && (typeof value !== "number" || !Number.isFinite(value))) {
		return problem("not-a-number", "value must be a finite number, or null for no value", "value");
	}
	if (quality !== undefined && quality !== "good" && quality !== "suspect" && quality !== "bad") {
		return problem("bad-quality", "quality is good, suspect or bad", "quality");
	}
	return { asset, measure, at, value, quality: value === null ? "bad" : (quality ?? "good") };
}

/** The public form of one reading (OpenAPI is generated from it). */
export const readingSchema = z.object({
	asset: assetId,
	measure: wordId,
	at: z.union([
		z.int().min(EARLIEST_AT).max(LATEST_AT),
		z
			.string()
			.regex(isoTime)
			.refine((text) => !isProblem(parseAt(text)), "a date of the calendar"),
	]),
	value: z.number().nullable(),
	quality: z.enum(["good", "suspect", "bad"]).optional(),
});
