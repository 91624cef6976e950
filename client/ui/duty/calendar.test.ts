import { expect, test } from "vitest";
import type { MaintenanceWindow } from "#model/window.ts";
import { calendarOf, monthAt, monthFrom } from "./calendar.ts";

const window = (more: Partial<MaintenanceWindow>): MaintenanceWindow => ({
	name: "检修",
	reason: "年检",
	from: Date.parse("2026-11-22T23:30:00+08:00"),
	to: Date.parse("2026-11-23T00:30:00+08:00"),
	weekly: null,
	districts: ["210102"],
	systems: [],
	assets: [],
	...more,
});

test("a month stands in whole weeks from Monday, by the civil days of Shenyang", () => {
	// 1 November 2026 is a Sunday.
	const weeks = calendarOf({ year: 2026, month: 11 }, [], Date.parse("2026-11-21T16:30:00Z"));
	expect(weeks).toHaveLength(6);
	expect(weeks[0]?.map(({ day }) => day)).toEqual([26, 27, 28, 29, 30, 31, 1]);
	const today = weeks.flat().filter(({ isToday }) => isToday);
	// Half past midnight there, still the day before in Greenwich.
	expect(today.map(({ day, isOfMonth }) => [day, isOfMonth])).toEqual([[22, true]]);
	expect(weeks.flat().filter(({ isOfMonth }) => isOfMonth)).toHaveLength(30);
});

test("a window marks each day it touches, beyond midnight and every week", () => {
	const weekly = window({
		from: Date.parse("2026-11-09T00:00:00+08:00"),
		to: Date.parse("2026-11-25T00:00:00+08:00"),
		weekly: { days: [2], from: "22:00", minutes: 240 },
	});
	const days = calendarOf({ year: 2026, month: 11 }, [window({}), weekly], 0).flat();
	const marked = (which: number) => days.filter(({ windows }) => windows.includes(which)).map(({ day }) => day);
	expect(marked(0)).toEqual([22, 23]);
	expect(marked(1)).toEqual([10, 11, 17, 18, 24]);
});

test("months go on over the year's end", () => {
	expect(monthFrom({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
	expect(monthFrom({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
	expect(monthAt(Date.parse("2026-10-31T17:00:00Z"))).toEqual({ year: 2026, month: 11 });
});
