// What an outside message says: level, place, what is measured, since when, and why it comes. Several alarms of one moment are
// one message: the worst is named first, the others listed and counted. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Words } from "#model/outlet.ts";
import type { Step } from "#model/reach.ts";

export interface Carried {
	readonly alarm: Alarm;
	readonly step: Step;
	readonly since: number;
}

const LEVELS = ["", "蓝色", "黄色", "橙色", "红色"] as const;
const REASONS: Readonly<Record<Step["reason"], string>> = {
	"no-desk": "无人在席",
	unarmed: "在席未开启报警声",
	"not-rendered": "席位未显示",
	"not-acknowledged": "无人确认",
};
/** Alarms named in one message; a text message is short. */
const NAMED = 5;

/** @param carried not empty. @param placeOf the name of a district. */
export function wordsOf(carried: readonly Carried[], placeOf: (district: string) => string, now: number): Words {
	const worst = carried.toSorted((a, b) => b.alarm.severity - a.alarm.severity || a.since - b.since);
	const first = worst[0];
	if (first === undefined) throw new Error("a message about no alarm");
	const { alarm, step } = first;
	const level = LEVELS[alarm.severity] ?? "";
	const place = placeOf(alarm.district);
	const others = carried.length > 1 ? `等 ${carried.length} 条` : "";
	const waited = Math.round((now - first.since) / 1_000);
	const lines = worst
		.slice(0, NAMED)
		.map(
			({ alarm: { severity, district, name, why, raisedAt } }) =>
				`${LEVELS[severity] ?? ""} ${placeOf(district)} ${name}：${why}（${civilTime(raisedAt)}）`,
		);
	if (carried.length > NAMED) lines.push(`另有 ${carried.length - NAMED} 条未列出`);
	lines.push(`${REASONS[step.reason]} ${waited} 秒${step.to.length === 0 ? "" : `，请 ${step.to.join("、")} 处置`}`);
	return {
		title: `【${level}报警】${place} ${alarm.name}${others}`,
		text: lines.join("\n"),
		level,
		place,
		time: civilTime(alarm.raisedAt),
		count: carried.length,
		alarms: worst.slice(0, 200).map((one) => one.alarm.id),
		to: [],
	};
}

/** Civil time of China (UTC+8). */
export function civilTime(at: number): string {
	return new Date(at + 8 * 3_600_000).toISOString().slice(5, 19).replace("T", " ");
}
