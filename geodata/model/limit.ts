// When a reading is abnormal: level, rate and silence limits as data, and the pure step that turns a stream of values
// into a judged condition (0..4) with deadband, on and off delay. No clock: every time is an argument.
// Called by live/judge for each reading and each due timer; a rule back-test runs the same code.
import { z } from "zod";
import type { Severity } from "./measure.ts";

/** Where a number comes from. Confidence: V verified text, V2 second hand, B background knowledge, E engineering default, D design value of the project. */
export const clauseSchema = z.object({
	standard: z.string().max(200),
	clause: z.string().max(200),
	confidence: z.enum(["V", "V2", "C", "B", "E", "D"]),
});
export type Clause = z.infer<typeof clauseSchema>;

const levelSchema = z.object({
	severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
	value: z.number(),
});
export type Level = z.infer<typeof levelSchema>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "MM-DD");

export const limitSchema = z.object({
	/** Rule id, unique within the kind: "tsp-level". */
	id: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,47}$/),
	measure: z.string(),
	/** `level`: the value itself; `rate`: change per `rateMs` between readings; `silence`: no reading for `levels[].value` seconds. */
	type: z.enum(["level", "rate", "silence"]),
	direction: z.enum(["above", "below"]),
	/** One to four, each severity at most once. At the value itself the limit counts as reached. */
	levels: z.array(levelSchema).min(1).max(4),
	/** In units of the value; a level is left at value -/+ deadband and beyond, held before it (A3). */
	deadband: z.number().nonnegative(),
	onDelayMs: z.number().int().nonnegative(),
	offDelayMs: z.number().int().nonnegative(),
	/** Good readings inside the limit that a clear needs; 2 or more where one corrupt frame must not clear. */
	clearReadings: z.number().int().min(1).max(10),
	/** For `rate`: the unit of time of `value`, ms; e.g. 86,400,000 for mm/d. */
	rateMs: z.number().int().positive().optional(),
	/** Words for the list, e.g. "5 分钟均值". */
	averaging: z.string().max(60).optional(),
	source: clauseSchema,
	validFrom: z.number().nullable(),
	validTo: z.number().nullable(),
	/** Time of day in which the limit applies, civil time of Asia/Shanghai; `to` is excluded; from > to runs over midnight. */
	hours: z.object({ from: timeOfDay, to: timeOfDay }).strict().optional(),
	/** Days of the year in which the limit applies, MM-DD, both included; from > to runs over the new year. */
	season: z.object({ from: dayOfYear, to: dayOfYear }).strict().optional(),
	setBy: z.string().max(80),
});
export type Limit = z.infer<typeof limitSchema>;

/** The judged state of one (channel, limit). All times epoch ms of the data or of the timer that moved it. */
export interface Judged {
	/** Condition that holds now. */
	severity: Severity;
	/** A higher condition that waits for its on-delay; 0 none. */
	rising: Severity;
	risingSince: number;
	/** Good readings inside the limit since `fallingSince`; a clear or a fall waits for `clearReadings` and the off-delay. */
	calm: number;
	fallingTo: Severity;
	fallingSince: number;
}

export function newJudged(): Judged {
	return { severity: 0, rising: 0, risingSince: 0, calm: 0, fallingTo: 0, fallingSince: 0 };
}

/** The level that `value` reaches, keeping levels up to `held` while inside their deadband. */
export function levelOf(limit: Limit, value: number, held: Severity): Severity {
	let reached: Severity = 0;
	for (const level of limit.levels) {
		// A held level is left only beyond its deadband; a new one is reached at its value.
		const slack = level.severity <= held ? limit.deadband : 0;
		const edge = slack === 0 ? level.value : leavingEdge(level.value, limit.direction === "above" ? -slack : slack);
		const inside =
			limit.direction === "above"
				? value > edge || (slack === 0 && value === edge)
				: value < edge || (slack === 0 && value === edge);
		if (inside && level.severity > reached) reached = level.severity;
	}
	return reached;
}

/** 0.14 + 0.01 is 0.15 here, as people mean it: without rounding a reading of 0.15 would still lie below the sum. */
function leavingEdge(value: number, by: number): number {
	return Math.round((value + by) * 1e9) / 1e9;
}

/** The threshold of a severity, for texts; null when the limit has no such level. */
export function thresholdOf(limit: Limit, severity: Severity): number | null {
	for (const level of limit.levels) if (level.severity === severity) return level.value;
	return null;
}

/**
 * One value. `mayClear` is false for a suspect or late value: it can raise, never lower.
 * @returns true when `state.severity` changed. Mutates `state`. Hot.
 */
export function step(limit: Limit, state: Judged, value: number, at: number, mayClear: boolean): boolean {
	const before = state.severity;
	const target = levelOf(limit, value, before);
	if (target > before) {
		state.calm = 0;
		if (state.rising === 0) state.risingSince = at;
		// The delay runs from the first value beyond the present level; the level reached at its end is what is raised.
		// A value that may not lower anything does not lower what waits either.
		if (mayClear || target > state.rising) state.rising = target;
		if (at - state.risingSince >= limit.onDelayMs) raise(state);
		return state.severity !== before;
	}
	if (!mayClear) return false;
	state.rising = 0;
	if (target === before) {
		state.calm = 0;
		return false;
	}
	if (state.calm === 0) {
		state.fallingSince = at;
		state.fallingTo = target;
	}
	// Falls only as far as every value of the delay allowed.
	if (target > state.fallingTo) state.fallingTo = target;
	state.calm += 1;
	if (state.calm >= limit.clearReadings && at - state.fallingSince >= limit.offDelayMs) {
		state.severity = state.fallingTo;
		state.calm = 0;
	}
	return state.severity !== before;
}

/** When the on-delay of a waiting rise ends, epoch ms; Infinity when nothing waits. Falls never end by a timer: only data clears. */
export function dueAt(limit: Limit, state: Judged): number {
	return state.rising > state.severity ? state.risingSince + limit.onDelayMs : Number.POSITIVE_INFINITY;
}

/** The on-delay's timer. @returns true when `state.severity` changed. */
export function elapse(limit: Limit, state: Judged, now: number): boolean {
	if (state.rising <= state.severity || now - state.risingSince < limit.onDelayMs) return false;
	raise(state);
	return true;
}

function raise(state: Judged): void {
	state.severity = state.rising;
	state.rising = 0;
	state.calm = 0;
}

/** Change per `rateMs` between two readings, in units; null when time did not advance. */
export function rateOf(limit: Limit, value: number, at: number, previous: number, previousAt: number): number | null {
	if (at <= previousAt || limit.rateMs === undefined) return null;
	return ((value - previous) / (at - previousAt)) * limit.rateMs;
}

/** Whether the limit is in force at `at`: its validity, its season and its time of day. Outside it nothing is judged by it. */
export function isValidAt(limit: Limit, at: number): boolean {
	if (limit.validFrom !== null && at < limit.validFrom) return false;
	if (limit.validTo !== null && at >= limit.validTo) return false;
	if (limit.hours !== undefined) {
		const minute = Math.floor(modulo(at + SHANGHAI_OFFSET_MS, DAY_MS) / 60_000);
		const from = twoNumbers(limit.hours.from, 60);
		const to = twoNumbers(limit.hours.to, 60);
		if (from <= to ? minute < from || minute >= to : minute < from && minute >= to) return false;
	}
	if (limit.season !== undefined) {
		const day = monthAndDay(Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS));
		const from = twoNumbers(limit.season.from, 100);
		const to = twoNumbers(limit.season.to, 100);
		if (from <= to ? day < from || day > to : day < from && day > to) return false;
	}
	return true;
}

/** Asia/Shanghai has been UTC+8 without daylight saving since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

function modulo(value: number, by: number): number {
	return ((value % by) + by) % by;
}

/** "06:30" with 60 -> 390; "11-05" with 100 -> 1105. */
function twoNumbers(words: string, weight: number): number {
	const digit = (index: number): number => words.charCodeAt(index) - 48;
	return (digit(0) * 10 + digit(1)) * weight + digit(3) * 10 + digit(4);
}

/** Month * 100 + day of the Gregorian calendar for days since 1970-01-01 (years that start in March make leap days last). */
function monthAndDay(days: number): number {
	const dayOfEra = modulo(days + 719_468, 146_097);
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	);
	const dayFromMarch = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * dayFromMarch + 2) / 153);
	const day = dayFromMarch - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
	return (monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9) * 100 + day;
}
