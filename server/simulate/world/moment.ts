// Civil time of Liaoning (Asia/Shanghai, UTC+8 without summer time) and the season the world plays. Pure: time is an argument.

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const ZONE_MS = 8 * HOUR_MS;

export const SEASONS = ["winter", "spring", "summer", "autumn"] as const;
export type Season = (typeof SEASONS)[number];

/** A moment of the world: hour and weekday of the clock, day of the year of the season that is played. */
export interface Moment {
	readonly at: number;
	/** 0 <= hour < 24, with its fraction. */
	readonly hour: number;
	/** 0 Sunday .. 6 Saturday. */
	readonly weekday: number;
	/** 1..366. */
	readonly dayOfYear: number;
	/** Month * 100 + day, of the same season. */
	readonly monthDay: number;
}

/** Day in the middle of each season, month - 1 and day. */
const HEART: Readonly<Record<Season, readonly [number, number]>> = {
	winter: [0, 15],
	spring: [3, 20],
	summer: [7, 1],
	autumn: [9, 10],
};

export function seasonOf(monthDay: number): Season {
	if (monthDay >= 1101 || monthDay < 401) return "winter";
	if (monthDay < 601) return "spring";
	return monthDay < 1001 ? "summer" : "autumn";
}

function monthDayOf(civilMs: number): number {
	const date = new Date(civilMs);
	return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/**
 * Whole days to add to the calendar so that `season` is played at `at`: none when it is that season anyway. Constant for a run:
 * computed once from its start.
 */
export function seasonShiftMs(at: number, season: Season | "auto"): number {
	if (season === "auto") return 0;
	const civil = at + ZONE_MS;
	if (seasonOf(monthDayOf(civil)) === season) return 0;
	const [month, day] = HEART[season];
	const heart = Date.UTC(new Date(civil).getUTCFullYear(), month, day);
	return heart - Math.floor(civil / DAY_MS) * DAY_MS;
}

interface CalendarDay {
	readonly dayOfYear: number;
	readonly monthDay: number;
}

/** Days that were asked for lately; what a day is called never changes. */
const DAYS = new Map<number, CalendarDay>();
const KEPT_DAYS = 512;

function calendarDay(day: number): CalendarDay {
	const known = DAYS.get(day);
	if (known !== undefined) return known;
	if (DAYS.size >= KEPT_DAYS) DAYS.clear();
	const civil = day * DAY_MS;
	const yearStart = Date.UTC(new Date(civil).getUTCFullYear(), 0, 1);
	const made = { dayOfYear: Math.floor((civil - yearStart) / DAY_MS) + 1, monthDay: monthDayOf(civil) };
	DAYS.set(day, made);
	return made;
}

export function momentOf(at: number, shiftMs: number): Moment {
	const civil = at + ZONE_MS;
	const day = Math.floor(civil / DAY_MS);
	const { dayOfYear, monthDay } = calendarDay(Math.floor((civil + shiftMs) / DAY_MS));
	return {
		at,
		hour: (civil - day * DAY_MS) / HOUR_MS,
		// 1970-01-01 was a Thursday.
		weekday: (((day + 4) % 7) + 7) % 7,
		dayOfYear,
		monthDay,
	};
}
