// Why an alarm was raised, as one sentence in the page's language: from its value, limit and rule where these are known, so that
// figures are rounded as everywhere else. What only the server's own line can say is shown as it stands, and marked when it
// is in another language than the page.
import type { TFunction } from "i18next";
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { ageText, numberText, valueText, withUnit } from "../../live/format.ts";
import { limitText, perText, rateDecimals } from "./limit_text.ts";

export interface Reason {
	readonly text: string;
	/** True: the text is Chinese on an English page. */
	readonly isForeign: boolean;
}

export function reasonOf(
	t: TFunction,
	alarm: Alarm,
	measure: Measure | null,
	limit: Limit | null,
	language: "zh" | "en",
): Reason {
	const own = ownReason(t, alarm, measure, limit, language);
	if (own !== null) return { text: own, isForeign: false };
	return { text: roundedText(alarm.why), isForeign: language === "en" && /\p{Script=Han}/u.test(alarm.why) };
}

function ownReason(
	t: TFunction,
	alarm: Alarm,
	measure: Measure | null,
	limit: Limit | null,
	language: "zh" | "en",
): string | null {
	if (measure === null || limit === null || alarm.value === null) return null;
	const name = measure.name[language];
	const shown = valueText(measure, alarm.value, language);
	const isRate = limit.type === "rate";
	const unit = isRate ? `${measure.unit}/${perText(limit.rateMs ?? 0)}` : measure.unit;
	const decimals = isRate ? rateDecimals(measure) : measure.decimals;
	if (!alarm.active) {
		if (limit.type === "silence") return t("reason.heard", { name });
		// What a change came back to is a change, not a value.
		if (isRate) return t("reason.calm", { name, value: withUnit(numberText(alarm.value, decimals), unit) });
		return t("reason.back", { name, value: withUnit(shown, stateOf(measure, alarm.value) ? "" : unit) });
	}
	if (limit.type === "silence") return t("reason.silence", { name, value: ageText(alarm.value * 1000) });
	if (alarm.limit === null) return null;
	if (limit.type === "level" && stateOf(measure, alarm.value)) return t("reason.state", { name, value: shown });
	const against = limitText(alarm.limit, decimals);
	// A value that fell a level or is back, and has not stood long enough to be over: it must not be said to exceed.
	const exceeds = limit.direction === "above" ? alarm.value >= alarm.limit : alarm.value <= alarm.limit;
	const key = !exceeds ? "reason.returning" : isRate ? "reason.rate" : `reason.${limit.direction}`;
	return t(key, {
		name,
		value: withUnit(numberText(alarm.value, decimals), unit),
		limit: withUnit(against, unit),
		sign: limit.direction === "above" ? "≥" : "≤",
	});
}

function stateOf(measure: Measure, value: number): boolean {
	return measure.states?.some((known) => known.value === value) === true;
}

/** "41.666667 ≥ 40 °C" -> "41.67 ≥ 40 °C": six figures are a computer's, not a person's. */
export function roundedText(text: string): string {
	return text.replace(/(\d+)\.(\d{3,})(?!\d)/g, (_, whole: string, part: string) => {
		const places = whole === "0" ? 3 : 2;
		return part.length <= places ? `${whole}.${part}` : String(Number(`${whole}.${part}`).toFixed(places));
	});
}
