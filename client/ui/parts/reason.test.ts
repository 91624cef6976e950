import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { reasonOf, roundedText } from "./reason.ts";

const t = ((key: string, more: Record<string, unknown> = {}): string =>
	`${key} ${Object.values(more).join(" | ")}`.replaceAll("\u00a0", " ")) as unknown as Parameters<typeof reasonOf>[0];
const pressure = {
	name: { zh: "出口压力", en: "Outlet pressure" },
	unit: "kPa",
	decimals: 2,
} as Measure;

function reason(alarm: Partial<Alarm>, limit: Partial<Limit> | null, language: "zh" | "en" = "zh", measure = pressure) {
	return reasonOf(
		t,
		{ active: true, why: "原文 3.2612345 ≥ 3.125 kPa", value: 3.2612345, limit: 3.125, ...alarm } as Alarm,
		measure,
		limit as Limit | null,
		language,
	);
}

test("the reason has the measure's decimals and the whole limit", () => {
	expect(reason({}, { type: "level", direction: "above" })).toEqual({
		text: "reason.above 出口压力 | 3.26 kPa | 3.125 kPa | ≥",
		isForeign: false,
	});
	expect(reason({ value: -0.301, limit: -0.25 }, { type: "rate", direction: "below", rateMs: 60_000 }).text).toBe(
		"reason.rate 出口压力 | −0.301 kPa/min | −0.250 kPa/min | ≤",
	);
	expect(reason({ value: 180, limit: 180 }, { type: "silence", direction: "above" }).text).toBe(
		"reason.silence 出口压力 | 3 min",
	);
});

test("a condition that has gone says what stands now, not what stood then", () => {
	expect(reason({ active: false, value: 2.5 }, { type: "level", direction: "above" }).text).toBe(
		"reason.back 出口压力 | 2.50 kPa",
	);
});

test("what a change came back to is told as a change", () => {
	const fall = { type: "rate", direction: "below", rateMs: 300_000 } as const;
	expect(reason({ active: false, value: 0.446 }, fall).text).toBe("reason.calm 出口压力 | 0.446 kPa/5 min");
});

test("a value that is back and has not cleared is not said to exceed its limit", () => {
	expect(reason({ value: 3.1 }, { type: "level", direction: "above" }).text).toBe(
		"reason.returning 出口压力 | 3.10 kPa | 3.125 kPa | ≥",
	);
	expect(reason({ value: 3.3 }, { type: "level", direction: "below" }).text).toContain("reason.returning");
	expect(reason({ value: 3.125 }, { type: "level", direction: "above" }).text).toContain("reason.above");
});

test("what only the server can say is rounded, and owned to be Chinese on an English page", () => {
	expect(reason({}, null, "en")).toEqual({ text: "原文 3.26 ≥ 3.13 kPa", isForeign: true });
	expect(reason({ why: "12.5 kPa" }, null, "en").isForeign).toBe(false);
	expect(reason({}, null, "zh").isForeign).toBe(false);
});

test("numbers of a person: two decimals, three below one; times and ids stay", () => {
	expect(roundedText("0.123456 与 41.666667，20:14，GB 50497-2019，7.25")).toBe(
		"0.123 与 41.67，20:14，GB 50497-2019，7.25",
	);
});
