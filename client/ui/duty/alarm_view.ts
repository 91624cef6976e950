// An alarm's value against its limit, as a line of the list shows them. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { ageText, numberText, valueText } from "../../live/format.ts";
import { limitText, perText, rateDecimals } from "../parts/limit_text.ts";

export interface AlarmFigures {
	readonly value: string;
	/** The threshold, or "". */
	readonly against: string;
	readonly unit: string;
}

/** Value against limit as the rule means them: a silence is a time, a rate is per its unit of time, a state is a word. */
export function alarmFigures(
	alarm: Alarm,
	measure: Measure | null,
	limit: Limit | null,
	language: "zh" | "en",
): AlarmFigures {
	const text = (value: number | null): string => {
		if (value === null) return "";
		if (limit?.type === "silence") return ageText(value * 1000);
		if (limit?.type === "rate") return numberText(value, rateDecimals(measure));
		return measure === null ? numberText(value, 1) : valueText(measure, value, language);
	};
	const value = text(alarm.value);
	// A state is its own limit: 离线 against 离线 says nothing.
	const isState = limit?.type === "level" && isWord(measure, alarm.value);
	const decimals = limit?.type === "rate" ? rateDecimals(measure) : (measure?.decimals ?? 1);
	// A limit keeps all its decimals: the value that passed 0.05 was not measured against 0.1.
	const isNumber = alarm.limit !== null && limit?.type !== "silence" && !isWord(measure, alarm.limit);
	const against = isState ? "" : isNumber ? limitText(alarm.limit ?? 0, decimals) : text(alarm.limit);
	if (limit?.type === "silence") return { value, against, unit: "" };
	const per = limit?.type === "rate" ? `/${perText(limit.rateMs ?? 0)}` : "";
	if (isState) return { value, against, unit: "" };
	return { value, against, unit: alarm.unit === "" ? "" : `${alarm.unit}${per}` };
}

function isWord(measure: Measure | null, value: number | null): boolean {
	return measure?.states?.some((known) => known.value === value) === true;
}
