// A month of civil days in Asia/Shanghai (UTC+8 without summer time since 1991), and which maintenance windows touch each day. Pure.
import { type MaintenanceWindow, spansBetween } from "#model/window.ts";
import { civilDate, ZONE_MS } from "../../live/civil.ts";

const DAY_MS = 86_400_000;

export interface CalendarDay {
	/** Its first moment, epoch ms. */
	readonly from: number;
	readonly day: number;
	readonly isOfMonth: boolean;
	readonly isToday: boolean;
	/** Indexes of the windows that touch it. */
	readonly windows: readonly number[];
}

export interface Month {
	readonly year: number;
	/** 1..12 */
	readonly month: number;
}

export function monthAt(at: number): Month {
	const civil = civilDate(at);
	return { year: civil.getUTCFullYear(), month: civil.getUTCMonth() + 1 };
}

export function monthFrom({ year, month }: Month, step: number): Month {
	const civil = new Date(Date.UTC(year, month - 1 + step, 1));
	return { year: civil.getUTCFullYear(), month: civil.getUTCMonth() + 1 };
}

/** Whole weeks from Monday that hold the month. */
export function calendarOf(month: Month, windows: readonly MaintenanceWindow[], now: number): readonly CalendarDay[][] {
	const first = Date.UTC(month.year, month.month - 1, 1) - ZONE_MS;
	const end = Date.UTC(month.year, month.month, 1) - ZONE_MS;
	const weekday = (civilDate(first).getUTCDay() + 6) % 7;
	const weeks: CalendarDay[][] = [];
	for (let from = first - weekday * DAY_MS; from < end; from += 7 * DAY_MS) {
		weeks.push(Array.from({ length: 7 }, (_, i) => dayOf(from + i * DAY_MS, first, end, windows, now)));
	}
	return weeks;
}

function dayOf(
	from: number,
	first: number,
	end: number,
	windows: readonly MaintenanceWindow[],
	now: number,
): CalendarDay {
	const to = from + DAY_MS;
	return {
		from,
		day: civilDate(from).getUTCDate(),
		isOfMonth: from >= first && from < end,
		isToday: now >= from && now < to,
		windows: windows.flatMap((window, i) => (spansBetween(window, from, to, 1).length > 0 ? [i] : [])),
	};
}
