import { expect, test } from "vitest";
import { civilDay, civilStamp, fieldText, fieldTime } from "./civil.ts";

test("a field's time is civil time of Shanghai whatever the machine's zone, and no time is null", () => {
	expect(fieldTime("2026-11-22T20:14")).toBe(Date.parse("2026-11-22T12:14:00Z"));
	expect(fieldText(Date.parse("2026-11-22T00:30:00Z"))).toBe("2026-11-22T08:30");
	expect(["", "08:30", "2026-13-40T08:30"].map(fieldTime)).toEqual([null, null, null]);
});

test("the day ends at midnight there, and so does the year", () => {
	expect(civilDay(Date.parse("2026-12-31T15:59:59Z"))).toBe("2026-12-31");
	expect(civilStamp(Date.parse("2026-12-31T16:00:01Z"))).toBe("2027-01-01 00:00:01");
});
