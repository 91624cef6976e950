import { expect, test } from "vitest";
import { briefSpan, changeOf, DAY_MS, type Step, trendOf, waits } from "./brief.ts";

const HOUR = 3_600_000;
/** Midnight of 2026-11-22 in Shenyang. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 16);

test("BR1 a brief is of 08:00 to 08:00 in civil time; before 08:00 the newest whole one is yesterday's", () => {
	const eight = MIDNIGHT + 8 * HOUR;
	expect(briefSpan("2026-11-22", 0)).toEqual({ date: "2026-11-22", from: eight - DAY_MS, to: eight });
	expect(briefSpan(null, eight)).toEqual({ date: "2026-11-22", from: eight - DAY_MS, to: eight });
	expect(briefSpan(null, eight - 1).date).toBe("2026-11-21");
	expect(briefSpan(null, eight + 15 * HOUR).date).toBe("2026-11-22");
});

test("BR2 a day is compared with the days that the log knows, and with nothing when it knows none", () => {
	const days = [4, 8, 6, 6, 6, 6, 6, 12];
	expect(trendOf(days, 7)).toEqual({ count: 12, days, mean: 6 });
	expect(trendOf(days, 2)).toEqual({ count: 12, days: [null, null, null, null, null, 6, 6, 12], mean: 6 });
	expect(trendOf(days, 0).mean).toBeNull();
	expect(changeOf(trendOf(days, 7))).toBe(100);
	expect(changeOf(trendOf(days, 0))).toBeNull();
	expect(changeOf(trendOf([0, 5], 1))).toBeNull();
});

test("BR3 an orange or red waits from its raise to its acknowledgement; clearing is not seeing, a rise asks anew", () => {
	const step = (alarm: string, kind: string, hours: number, severity: number): Step => ({
		alarm,
		kind,
		at: MIDNIGHT + hours * HOUR,
		severity,
	});
	const found = waits(
		[
			step("a1", "raised", 1, 3),
			step("a2", "raised", 1.5, 2),
			step("a1", "cleared", 2, 3),
			step("a3", "raised", 3, 3),
			step("a1", "acknowledged", 4, 3),
			step("a3", "rose", 5, 4),
			step("a4", "raised", 30, 4),
		],
		MIDNIGHT,
		MIDNIGHT + 24 * HOUR,
		MIDNIGHT + 25 * HOUR,
	);
	expect(found.map(({ alarm, waitedMs, acknowledged }) => [alarm, waitedMs / HOUR, acknowledged])).toEqual([
		["a3", 20, false],
		["a1", 3, true],
		["a3", 2, false],
	]);
});
