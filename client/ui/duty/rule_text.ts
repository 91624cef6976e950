// A limit in words: levels with values and units, averaging, delays, clause and how sure we are of it.
import type { TFunction } from "i18next";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { ageText, withUnit } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { limitText, perText } from "../parts/limit_text.ts";

export interface RuleLevel {
	readonly severity: number;
	readonly text: string;
}

/** Mildest first, as they are reached. */
export function ruleLevels(t: TFunction, limit: Limit, measure: Measure | null): RuleLevel[] {
	return [...limit.levels]
		.sort((a, b) => a.severity - b.severity)
		.map(({ severity, value }) => ({ severity, text: levelText(t, limit, measure, value) }));
}

function levelText(t: TFunction, limit: Limit, measure: Measure | null, value: number): string {
	if (limit.type === "silence") return t("asset.silence", { value: ageText(value * 1000) });
	const state = limit.type === "level" ? measure?.states?.find((known) => known.value === value) : undefined;
	if (state !== undefined) return state.text[languageNow()];
	const unit = limit.type === "rate" ? `${measure?.unit ?? ""}/${perText(limit.rateMs ?? 0)}` : (measure?.unit ?? "");
	const shown = withUnit(limitText(value, measure?.decimals ?? 0), unit);
	return t(limit.direction === "above" ? "asset.above" : "asset.below", { value: shown });
}

/** Averaging, delays, deadband: what keeps it from crying wolf. */
export function ruleManner(t: TFunction, limit: Limit, measure: Measure | null): string {
	const parts: string[] = [];
	if (limit.averaging !== undefined) parts.push(limit.averaging);
	if (limit.type === "rate") parts.push(t("asset.rate"));
	if (limit.onDelayMs > 0) parts.push(t("asset.delay", { age: ageText(limit.onDelayMs) }));
	if (limit.deadband > 0) {
		parts.push(
			t("asset.deadband", {
				value: withUnit(String(limit.deadband), limit.type === "level" ? (measure?.unit ?? "") : ""),
			}),
		);
	}
	if (limit.clearReadings > 1) parts.push(t("asset.clear", { count: limit.clearReadings }));
	return parts.join(" · ");
}
