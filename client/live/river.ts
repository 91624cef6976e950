// The river of alarms as data: GET /api/alarms/river, and how its last bucket follows the page's own alarm list. Read by
// ui/parts/river and by the wall. Pure but for `askRiver`; it never draws.
import type { Alarm } from "#model/alarm.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "./ask.ts";

export const RIVER_STEP_MS = 600_000;
export const RIVER_PAST_MS = 24 * 3_600_000;
/** The same scale of time before and after the now line: 80 % and 20 % of the width. */
export const RIVER_NEXT_MS = 6 * 3_600_000;

/** Open alarms of one system: blue, yellow, orange, red. */
export type LevelRow = readonly [number, number, number, number];

export interface RiverStep {
	/** Begin of the step, epoch ms. */
	readonly at: number;
	/** At the end of the step; null: the server did not know. */
	readonly open: ReadonlyMap<string, LevelRow> | null;
	/** How long within the step at least one orange or red had not been acknowledged. */
	readonly unacknowledgedMs: number;
}

export interface RiverPin {
	readonly at: number;
	readonly alarm: string;
	readonly severity: 3 | 4;
	readonly system: string;
	readonly district: string;
	readonly asset: string | null;
	readonly name: string;
	readonly acknowledgedAt: number | null;
}

export interface RiverShift {
	readonly at: number;
	readonly name: string;
	readonly people: readonly string[];
}

export interface RiverData {
	readonly from: number;
	readonly to: number;
	readonly step: number;
	readonly steps: readonly RiverStep[];
	readonly pins: readonly RiverPin[];
	readonly shifts: readonly RiverShift[];
	/** What lies before was made by the demo's generator; null: nothing was. */
	readonly demoHistoryUntil: number | null;
}

export async function askRiver(now: number, signal: AbortSignal): Promise<RiverData | Problem> {
	const to = Math.ceil(now / RIVER_STEP_MS) * RIVER_STEP_MS;
	const query = new URLSearchParams({
		from: String(to - RIVER_PAST_MS),
		to: String(to),
		step: String(RIVER_STEP_MS),
	});
	const body = await ask(`/api/alarms/river?${query}`, { signal });
	return isProblem(body) ? body : readRiver(body);
}

/** The envelope is checked; a field that an older server does not send is unknown, not zero. */
export function readRiver(body: unknown): RiverData | Problem {
	const sent = (body ?? {}) as Record<string, unknown>;
	if (!Array.isArray(sent.steps) || typeof sent.from !== "number" || typeof sent.step !== "number") {
		return problem("bad-answer", "river without steps");
	}
	const steps = (sent.steps as Record<string, unknown>[]).map((step) => ({
		at: Number(step.at),
		open:
			typeof step.open === "object" && step.open !== null
				? new Map(Object.entries(step.open as Record<string, LevelRow>))
				: null,
		unacknowledgedMs: typeof step.unacknowledgedMs === "number" ? step.unacknowledgedMs : 0,
	}));
	return {
		from: sent.from,
		to: Number(sent.to),
		step: sent.step,
		steps,
		pins: Array.isArray(sent.pins) ? (sent.pins as RiverPin[]) : [],
		shifts: (Array.isArray(sent.shifts) ? sent.shifts : []).map(readShift),
		demoHistoryUntil: typeof sent.demoHistoryUntil === "number" ? sent.demoHistoryUntil : null,
	};
}

function readShift(sent: Record<string, unknown>): RiverShift {
	const people = Array.isArray(sent.people) ? sent.people.map(String) : [];
	return {
		at: Number(sent.at),
		name: String(sent.name ?? ""),
		people: typeof sent.people === "string" ? [sent.people] : people,
	};
}

/** Open alarms by system and level, as the page's own list has them now. */
export function openNow(alarms: readonly Alarm[]): ReadonlyMap<string, LevelRow> {
	const open = new Map<string, [number, number, number, number]>();
	for (const { system, severity } of alarms) {
		if (severity === 0) continue;
		const row = open.get(system) ?? [0, 0, 0, 0];
		row[severity - 1] = (row[severity - 1] ?? 0) + 1;
		open.set(system, row);
	}
	return open;
}

/**
 * The answer brought up to now: steps that have ended since it was asked are added, the last one follows the list, and an
 * orange or red that came since is a pin already.
 */
export function followRiver(river: RiverData, alarms: readonly Alarm[], now: number): RiverData {
	const open = openNow(alarms);
	const waiting = alarms.filter((alarm) => alarm.severity >= 3 && !alarm.acknowledged);
	const steps = river.steps.filter(({ at }) => at <= now).slice();
	const last = steps.at(-1);
	let at = last === undefined ? Math.floor(now / river.step) * river.step : last.at + river.step;
	for (; at <= now; at += river.step) steps.push({ at, open: last?.open ?? open, unacknowledgedMs: 0 });
	const end = steps.pop();
	if (end !== undefined) {
		const since = Math.min(...waiting.map(({ raisedAt }) => raisedAt), now);
		const unacknowledgedMs = Math.max(end.unacknowledgedMs, now - Math.max(since, end.at));
		steps.push({ ...end, open, unacknowledgedMs });
	}
	return { ...river, to: now, steps, pins: followPins(river.pins, alarms) };
}

function followPins(pins: readonly RiverPin[], alarms: readonly Alarm[]): readonly RiverPin[] {
	const known = new Set(pins.map(({ alarm, at }) => `${alarm}@${at}`));
	const news = alarms.flatMap((alarm): RiverPin[] => {
		if (alarm.severity < 3 || known.has(`${alarm.id}@${alarm.raisedAt}`)) return [];
		const { id, raisedAt, severity, system, district, asset, name, acknowledgedAt } = alarm;
		return [{ at: raisedAt, alarm: id, severity: severity as 3 | 4, system, district, asset, name, acknowledgedAt }];
	});
	return news.length === 0 ? pins : [...pins, ...news];
}

/** All open alarms of a step; 0 when unknown. */
export function openTotal(step: RiverStep): number {
	let total = 0;
	for (const row of step.open?.values() ?? []) for (const count of row) total += count;
	return total;
}

/** Share of the buckets that hold something to see, 0..1. */
export function filledShare(river: RiverData): number {
	return river.steps.length === 0 ? 0 : river.steps.filter((step) => openTotal(step) > 0).length / river.steps.length;
}
