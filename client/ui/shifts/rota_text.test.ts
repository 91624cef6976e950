import { expect, test } from "vitest";
import { changesText, readRota, teamsText } from "./rota_text.ts";
import { weekStart } from "./shift_state.ts";

const rota = {
	changes: ["08:00", "20:00"],
	teams: [
		{ name: "甲班", people: ["王志强", "李敏"] },
		{ name: "乙班", people: ["张伟"] },
	],
};

test("SH7 a roster that was typed is the roster that was meant, with the marks of either language", () => {
	expect(readRota(changesText(rota), teamsText(rota))).toEqual(rota);
	expect(readRota("08:00, 20:00", "甲班: 王志强, 李敏\n\n乙班：张伟\n")).toEqual(rota);
});

test("SH7 what is no roster is told by its line or by its times", () => {
	expect(readRota("8:00", "甲班：王志强")).toEqual({ fault: "time" });
	expect(readRota("20:00 08:00", "甲班：王志强")).toEqual({ fault: "time" });
	expect(readRota("08:00", "甲班：王志强\n乙班")).toEqual({ fault: "line", line: 2 });
	expect(readRota("08:00", "")).toEqual({ fault: "line", line: 1 });
});

test("SH8 a week begins on Monday at 00:00 in Liaoning", () => {
	// 2026-11-22 is a Sunday.
	const monday = Date.UTC(2026, 10, 15, 16);
	expect(weekStart(Date.UTC(2026, 10, 22, 15, 59))).toBe(monday);
	expect(weekStart(Date.UTC(2026, 10, 22, 16))).toBe(monday + 7 * 86_400_000);
	expect(weekStart(monday)).toBe(monday);
});
