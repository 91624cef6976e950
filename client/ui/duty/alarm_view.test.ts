import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { alarmFigures } from "./alarm_view.ts";

function alarm(id: string, more: Partial<Alarm> = {}): Alarm {
	return { id, severity: 3, shelvedUntil: null, suppressedBy: null, outOfService: false, ...more } as Alarm;
}

test("value against limit as the rule means them: silence is a time, a rate is per its time, a state is a word and has no limit beside it", () => {
	const pressure = { unit: "MPa", decimals: 3, scale: 3 } as Measure;
	const shown = (limit: Partial<Limit> | null, measure = pressure, value = 180, against = 180): string => {
		const figures = alarmFigures(
			alarm("a", { value, limit: against, unit: measure.unit }),
			measure,
			limit as Limit | null,
			"zh",
		);
		return `${figures.value} | ${figures.against} | ${figures.unit}`.replaceAll("\u00a0", " ");
	};
	expect(shown({ type: "silence" })).toBe("3 min | 3 min | ");
	expect(shown({ type: "rate", rateMs: 60_000 }, { ...pressure, decimals: 1 }, -0.3, -0.25)).toBe(
		"−0.30 | −0.25 | MPa/min",
	);
	expect(shown({ type: "level" }, pressure, 0.12, 0.14)).toBe("0.120 | 0.140 | MPa");
	// A limit keeps its own decimals, and no more than a person gave it.
	expect(shown({ type: "level" }, { ...pressure, decimals: 1 }, 0.1, 0.05)).toBe("0.1 | 0.05 | MPa");
	expect(shown({ type: "level" }, { ...pressure, decimals: 1 }, 2.3, 0.7 * 3)).toBe("2.3 | 2.1 | MPa");
	const door = {
		unit: "",
		decimals: 0,
		states: [{ value: 1, text: { zh: "开启", en: "open" } }],
	} as unknown as Measure;
	expect(shown({ type: "level" }, door, 1, 1)).toBe("开启 |  | ");
});
