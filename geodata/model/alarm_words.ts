// What was judged against what, in one Chinese phrase with the decimals of its measure: for documents, notes and an incident's first
// words. Records are written in Chinese; a page says the same in its own language. Pure.
import type { Alarm } from "./alarm.ts";
import type { Limit } from "./limit.ts";
import type { Measure } from "./measure.ts";

/** Raised because nothing came: of a channel, a device, a door. */
export function isSilence(alarm: Pick<Alarm, "rule" | "subject">): boolean {
	return alarm.rule.includes("silent") || alarm.rule.includes("silence") || /^(door|device):/.test(alarm.subject);
}

type Judged = Pick<Alarm, "rule" | "subject" | "value" | "limit" | "why">;

/**
 * 供水压力 0.62 MPa，限值 0.80 MPa; of a rate 供水压力 5 分钟变化 -0.368 MPa，限值 -0.100 MPa.
 * What only the rule itself can say is said by it.
 */
export function judgedText(alarm: Judged, measure: Measure | null, limit: Limit | null): string {
	if (measure === null || alarm.value === null || alarm.limit === null) return alarm.why;
	if (isSilence(alarm)) return `${measure.name.zh} ${Math.round(alarm.value / 60)} 分钟无数据`;
	const state = measure.states?.find(({ value }) => value === alarm.value);
	if (state !== undefined) return `${measure.name.zh}：${state.text.zh}`;
	const isRate = limit?.type === "rate";
	// A change is smaller than what changes.
	const decimals = isRate ? Math.min(measure.decimals + 1, 3) : measure.decimals;
	const figure = (value: number): string =>
		`${value.toFixed(decimals)}${measure.unit === "" ? "" : ` ${measure.unit}`}`;
	const span = isRate ? spanText(limit.rateMs ?? 0) : "";
	// 供水压力 5 分钟均值 is a change over those five minutes: the span is not said twice.
	const name = isRate ? `${measure.name.zh} ${measure.name.zh.includes(span) ? "" : span}变化` : measure.name.zh;
	return `${name} ${figure(alarm.value)}，限值 ${figure(alarm.limit)}`;
}

function spanText(ms: number): string {
	const spans = [
		[86_400_000, "天"],
		[3_600_000, "小时"],
		[60_000, "分钟"],
	] as const;
	const [unit, word] = spans.find(([span]) => ms >= span && ms % span === 0) ?? [1000, "秒"];
	return ms === 0 ? "" : `${ms / unit} ${word}`;
}
