import { expect, test } from "vitest";
import { concerns, type MaintenanceWindow, spanAt, spansBetween, windowSchema } from "./window.ts";

/** Monday 2026-11-23 00:00 in Shenyang. */
const MONDAY = Date.UTC(2026, 10, 22, 16);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function aWindow(change: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
	return {
		name: "检修",
		reason: "年检",
		from: MONDAY,
		to: MONDAY + 30 * DAY,
		weekly: null,
		districts: ["210102"],
		systems: [],
		assets: [],
		...change,
	};
}

test("a single window holds from its begin, not at its end", () => {
	const window = aWindow({ to: MONDAY + HOUR });
	expect(spanAt(window, MONDAY - 1)).toBeNull();
	expect(spanAt(window, MONDAY)).toEqual({ from: MONDAY, to: MONDAY + HOUR });
	expect(spanAt(window, MONDAY + HOUR - 1)).not.toBeNull();
	expect(spanAt(window, MONDAY + HOUR)).toBeNull();
});

test("a weekly window repeats on its days in Shanghai time and reaches over midnight", () => {
	// Tuesday and Sunday from 22:00 for four hours.
	const window = aWindow({ weekly: { days: [2, 7], from: "22:00", minutes: 240 } });
	const tuesday = MONDAY + DAY + 22 * HOUR;
	expect(spanAt(window, tuesday - 1)).toBeNull();
	expect(spanAt(window, tuesday)).toEqual({ from: tuesday, to: tuesday + 4 * HOUR });
	// Wednesday 01:59.
	expect(spanAt(window, tuesday + 4 * HOUR - 60_000)).not.toBeNull();
	expect(spanAt(window, tuesday + 4 * HOUR)).toBeNull();
	expect(spanAt(window, tuesday + DAY)).toBeNull();
	expect(spansBetween(window, MONDAY, MONDAY + 14 * DAY).map(({ from }) => (from - MONDAY) / HOUR)).toEqual([
		0,
		24 + 22,
		6 * 24 + 22,
		8 * 24 + 22,
		13 * 24 + 22,
	]);
	// The Sunday before began outside the window's own span: what of it reaches into Monday counts.
	expect(spanAt(window, MONDAY + HOUR)).toEqual({ from: MONDAY, to: MONDAY + 2 * HOUR });
});

test("it concerns what every list that is not empty names", () => {
	const alarm = { id: "a1", district: "210102", system: "gas", asset: "regulator-1" };
	expect(concerns(aWindow(), alarm)).toBe(true);
	expect(concerns(aWindow({ districts: ["210100"] }), alarm)).toBe(true);
	expect(concerns(aWindow({ districts: ["210103"] }), alarm)).toBe(false);
	expect(concerns(aWindow({ systems: ["heating"] }), alarm)).toBe(false);
	expect(concerns(aWindow({ systems: ["gas"], assets: ["regulator-2"] }), alarm)).toBe(false);
	expect(concerns(aWindow({ districts: [], assets: ["regulator-1"] }), alarm)).toBe(true);
	expect(
		concerns(aWindow({ districts: ["210000"] }), { id: "a2", district: "210000", system: "system", asset: null }),
	).toBe(false);
});

test("a window that concerns nothing, ends before it begins, lasts for months or has no reason is none", () => {
	expect(windowSchema.safeParse(aWindow()).success).toBe(true);
	const wrong: Partial<MaintenanceWindow>[] = [
		{ districts: [] },
		{ to: MONDAY },
		{ to: MONDAY + 32 * DAY },
		{ reason: " " },
		{ weekly: { days: [8], from: "22:00", minutes: 60 } },
		{ weekly: { days: [1], from: "24:00", minutes: 60 } },
	];
	for (const change of wrong) expect(windowSchema.safeParse(aWindow(change)).success).toBe(false);
	// A weekly one may repeat over a year.
	const yearly = aWindow({ to: MONDAY + 365 * DAY, weekly: { days: [1], from: "02:00", minutes: 60 } });
	expect(windowSchema.safeParse(yearly).success).toBe(true);
});
