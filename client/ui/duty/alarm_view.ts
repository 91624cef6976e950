// Which alarms the list shows and in which order: filters, and the order held while the hand is on the buttons. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure, Severity } from "#model/measure.ts";
import { ageText, numberText, valueText } from "../../live/format.ts";
import { perText, rateDecimals } from "../parts/limit_text.ts";

export interface AlarmFilter {
	readonly level: Severity | null;
	/** Shelved, suppressed and out of service ones too. */
	readonly withQuiet: boolean;
}

export function isQuiet(alarm: Alarm): boolean {
	return alarm.shelvedUntil !== null || alarm.suppressedBy !== null || alarm.outOfService;
}

/** In the order given. */
export function shownAlarms(open: readonly Alarm[], filter: AlarmFilter): readonly Alarm[] {
	return open.filter((alarm) => {
		if (filter.level !== null && alarm.severity !== filter.level) return false;
		return filter.withQuiet || !isQuiet(alarm);
	});
}

/**
 * While the pointer rests on a button the rows keep their places: nobody acknowledges what slid under the hand. Rows that
 * are gone leave, new ones go to the end until the hand is lifted.
 */
export function heldOrder(alarms: readonly Alarm[], order: readonly string[]): readonly Alarm[] {
	const byId = new Map(alarms.map((alarm) => [alarm.id, alarm]));
	const held = order.flatMap((id) => {
		const alarm = byId.get(id);
		byId.delete(id);
		return alarm === undefined ? [] : [alarm];
	});
	return [...held, ...byId.values()];
}

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
	const isState = limit?.type === "level" && measure?.states?.some((known) => known.value === alarm.value) === true;
	const against = isState ? "" : text(alarm.limit);
	if (limit?.type === "silence") return { value, against, unit: "" };
	const per = limit?.type === "rate" ? `/${perText(limit.rateMs ?? 0)}` : "";
	if (isState) return { value, against, unit: "" };
	return { value, against, unit: alarm.unit === "" ? "" : `${alarm.unit}${per}` };
}
