// The morning brief (早报): yesterday 08:00 to today 08:00, civil time, in figures that anybody can count again. Arithmetic over what
// the store holds; called by server/http/brief_facts.ts. Its words as a document are brief_document.ts. Pure.
import { dayStart } from "./document.ts";

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BEGINS_AT_HOUR = 8;
/** Days before it that the day is compared with. */
export const COMPARED_DAYS = 7;

export type Levels = readonly [blue: number, yellow: number, orange: number, red: number];

/** A count of the day beside the days before it. */
export interface Trend {
	readonly count: number;
	/** Oldest first, the day itself last; null before the log begins. */
	readonly days: readonly (number | null)[];
	/** Mean of the days before; null when none is known. */
	readonly mean: number | null;
}

export interface Brief {
	/** 2026-11-22: the morning it is for. */
	readonly date: string;
	/** Epoch ms: [from, to). */
	readonly from: number;
	readonly to: number;
	readonly madeAt: number;
	/** Whose scope it was counted in, in words. */
	readonly area: string;
	readonly demo: boolean;
	readonly alarms: {
		readonly total: Trend;
		/** Red first. */
		readonly levels: readonly { readonly level: 1 | 2 | 3 | 4; readonly trend: Trend }[];
		readonly cities: readonly {
			readonly district: string;
			readonly name: string;
			readonly levels: Levels;
			readonly trend: Trend;
		}[];
		readonly systems: readonly { readonly system: string; readonly name: string; readonly trend: Trend }[];
		readonly cleared: number;
		/** How long at least one orange or red stood unacknowledged. */
		readonly unacknowledgedMs: number;
		/** The log was longer than what was read: counts are too low. */
		readonly cut: boolean;
	};
	/** Orange and red raises that waited longest for somebody, longest first. */
	readonly longest: readonly Waited[];
	readonly incidents: {
		readonly opened: readonly BriefIncident[];
		readonly closed: readonly BriefIncident[];
		readonly open: readonly BriefIncident[];
	};
	readonly supply: readonly Supply[];
	readonly weather: readonly {
		readonly district: string;
		readonly name: string;
		/** °C, forecast for the night after `to`; mm expected within six hours of the last issue. */
		readonly low: number | null;
		readonly rain: number | null;
	}[];
	readonly open: {
		/** When it was counted. */
		readonly at: number;
		readonly levels: readonly {
			readonly level: 1 | 2 | 3 | 4;
			readonly count: number;
			readonly unseen: number | null;
		}[];
	};
	readonly sources: readonly Source[];
}

export interface Waited {
	readonly alarm: string;
	readonly where: string;
	readonly severity: number;
	readonly raisedAt: number;
	readonly waitedMs: number;
	/** False: it ended, or stands, without anybody. */
	readonly acknowledged: boolean;
}

export interface BriefIncident {
	readonly id: string;
	readonly no: string;
	readonly title: string;
	readonly level: number;
	readonly where: string;
	readonly openedAt: number;
	readonly closedAt: number | null;
}

/** A quantity of heat, water or gas over the day, hour by hour. */
export interface Supply {
	readonly kind: string;
	readonly measure: string;
	readonly name: string;
	readonly system: string;
	readonly unit: string;
	readonly decimals: number;
	readonly low: Extreme | null;
	readonly high: Extreme | null;
	/** Of the day before. */
	readonly lowBefore: number | null;
	readonly highBefore: number | null;
	/** 24 hours of lowest and highest; null: nothing came in. */
	readonly hours: readonly ({ readonly min: number; readonly max: number } | null)[];
	/** Channels that sent something in the day, of all. */
	readonly reporting: number;
	readonly channels: number;
}

export interface Extreme {
	readonly value: number;
	readonly district: string;
	readonly name: string;
	readonly at: number;
}

/** Where a figure comes from: a question that anybody with the right may ask again. */
export interface Source {
	readonly id: keyof typeof SOURCE_WORDS;
	readonly route: string;
}

export const SOURCE_WORDS = {
	alarms: "报警统计",
	longest: "最长未确认",
	incidents: "事件",
	supply: "供热供水供气",
	weather: "天气",
	open: "当前未结",
} as const;

/** The span of the brief of a civil day. @param date 2026-11-22; null: the newest whole one at `now`. */
export function briefSpan(
	date: string | null,
	now: number,
): { readonly date: string; readonly from: number; readonly to: number } {
	const begin = dayStart(date === null ? now - BEGINS_AT_HOUR * HOUR_MS : Date.parse(`${date}T12:00:00+08:00`));
	const to = begin + BEGINS_AT_HOUR * HOUR_MS;
	// Noon of that day lies in it in UTC too.
	return { date: new Date(begin + 20 * HOUR_MS).toISOString().slice(0, 10), from: to - DAY_MS, to };
}

/** @param days oldest first, the day itself last; @param known how many of the days before it the log covers. */
export function trendOf(days: readonly number[], known: number): Trend {
	const before = days.slice(0, -1);
	const unknown = before.length - Math.min(before.length, known);
	const counted = before.slice(unknown);
	const mean = counted.length === 0 ? null : counted.reduce((sum, day) => sum + day, 0) / counted.length;
	return { count: days.at(-1) ?? 0, days: days.map((day, n) => (n < unknown ? null : day)), mean };
}

/** Share above (+) or below (-) the mean, in percent; null when there is nothing to compare with. */
export function changeOf({ count, mean }: Trend): number | null {
	return mean === null || mean === 0 ? null : Math.round((count / mean - 1) * 100);
}

/** One change of an alarm, as the store tells it. */
export interface Step {
	readonly alarm: string;
	readonly kind: string;
	readonly at: number;
	readonly severity: number;
}

/** How long each orange or red raise of [from, to) waited for an acknowledgement, until `end` at the latest; longest first. */
export function waits(steps: readonly Step[], from: number, to: number, end: number): Omit<Waited, "where">[] {
	const found: Omit<Waited, "where">[] = [];
	const waiting = new Map<string, Step>();
	const finish = (raise: Step, at: number, acknowledged: boolean): void => {
		waiting.delete(raise.alarm);
		const waitedMs = Math.max(0, at - raise.at);
		found.push({ alarm: raise.alarm, severity: raise.severity, raisedAt: raise.at, waitedMs, acknowledged });
	};
	for (const step of steps) {
		const raise = waiting.get(step.alarm);
		if (step.kind === "acknowledged" && raise !== undefined) finish(raise, step.at, true);
		if (step.kind !== "raised" && step.kind !== "rose") continue;
		// A rise asks anew; the first level that was serious has waited until now.
		if (raise !== undefined) finish(raise, step.at, false);
		if (step.severity >= 3 && step.at >= from && step.at < to) waiting.set(step.alarm, step);
	}
	for (const raise of [...waiting.values()]) finish(raise, end, false);
	return found.sort((a, b) => b.waitedMs - a.waitedMs || a.raisedAt - b.raisedAt);
}
