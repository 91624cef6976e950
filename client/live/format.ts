// Numbers and times as people read them, one rule for list, panel and map: decimals of the measure, units apart by a thin
// space, civil time of Asia/Shanghai whatever the machine's zone.
import type { Measure } from "#model/measure.ts";
import { SCALE_FACTOR } from "#model/measure.ts";

/** Does not break; the narrow one is missing in the figures' typeface. */
const THIN = "\u00a0";

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
	timeZone: "Asia/Shanghai",
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
	hourCycle: "h23",
});
const MINUTE = new Intl.DateTimeFormat("zh-CN", {
	timeZone: "Asia/Shanghai",
	hour: "2-digit",
	minute: "2-digit",
	hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("zh-CN", {
	timeZone: "Asia/Shanghai",
	month: "2-digit",
	day: "2-digit",
	hour: "2-digit",
	minute: "2-digit",
	hourCycle: "h23",
});

/** 20:14:07 */
export function clockText(at: number): string {
	return CLOCK.format(at);
}

/** 20:14 */
export function minuteText(at: number): string {
	return MINUTE.format(at);
}

/** 11-22 20:14 */
export function dayText(at: number): string {
	return DAY.format(at).replace("/", "-");
}

/** "8 s", "12 min", "3 h 05", "4 d". Negative ages (a device ahead of the server) count as none. */
export function ageText(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) return `${seconds}${THIN}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}${THIN}min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return `${hours}${THIN}h${THIN}${String(minutes % 60).padStart(2, "0")}`;
	return `${Math.floor(hours / 24)}${THIN}d`;
}

/** A number with the measure's decimals, a true minus and grouped thousands; null becomes a dash. */
export function numberText(value: number | null, decimals: number): string {
	if (value === null || Number.isNaN(value)) return "–";
	const fixed = Math.abs(value).toFixed(decimals);
	const [whole = "0", fraction] = fixed.split(".");
	const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
	const isZero = Number(fixed) === 0;
	return `${value < 0 && !isZero ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A value of a measure: a state by its word, else the number without its unit. */
export function valueText(measure: Measure, value: number | null, language: "zh" | "en"): string {
	const state = measure.states?.find((known) => known.value === value);
	return state === undefined ? numberText(value, measure.decimals) : state.text[language];
}

/** The same from a count of the table. */
export function countText(measure: Measure, count: number, language: "zh" | "en"): string {
	return valueText(measure, Number.isNaN(count) ? null : count / (SCALE_FACTOR[measure.scale] ?? 1), language);
}

/** "312 µg/m³"; a state has no unit. */
export function withUnit(text: string, unit: string): string {
	return unit === "" || text === "–" ? text : `${text}${THIN}${unit}`;
}
