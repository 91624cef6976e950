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

export const limitSchema = z.object({
	/** Rule id, unique within the kind: "tsp-level". */
	id: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,47}$/),
	measure: z.string(),
	/** `level`: the value itself; `rate`: change per `rateMs` between readings; `silence`: no reading for `levels[].value` seconds. */
	type: z.enum(["level", "rate", "silence"]),
	direction: z.enum(["above", "below"]),
	/** One to four, each severity at most once. At the value itself the limit counts as reached. */
	levels: z.array(levelSchema).min(1).max(4),
	/** In units of the value; a level is left only beyond value -/+ deadband. */
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
		const slack = level.severity <= held ? limit.deadband : 0;
		// A held level is left only strictly beyond its deadband; a new one is reached at its value.
		const inside =
			limit.direction === "above"
				? slack === 0
					? value >= level.value
					: value > level.value - slack
				: slack === 0
					? value <= level.value
					: value < level.value + slack;
		if (inside && level.severity > reached) reached = level.severity;
	}
	return reached;
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
		state.rising = target;
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

export function isValidAt(limit: Limit, at: number): boolean {
	return (limit.validFrom === null || at >= limit.validFrom) && (limit.validTo === null || at < limit.validTo);
}
