// What the list is narrowed to, as it stands in the URL, and whether an alarm passes. Pure. What a filter hides is counted by
// list_lines.ts: no filter may hide an unacknowledged red.
import type { Alarm } from "#model/alarm.ts";
import { cityOf } from "#model/ids.ts";
import type { Severity } from "#model/measure.ts";
import { type AlarmOrder, alarmOrders } from "../../live/alarm_order.ts";
import { levelOf, type Scene } from "../../scene/scene.ts";

export interface ListFilter {
	readonly level: Severity | null;
	readonly system: string | null;
	readonly city: string | null;
	/** Lower case words; all must be found. */
	readonly words: readonly string[];
	readonly unseen: boolean;
	/** The person whose own are wanted. */
	readonly mine: string | null;
	/** Shelved, suppressed and out of service ones too. */
	readonly withQuiet: boolean;
}

/** Filters that a person sets, by their key in the scene; each can be taken away alone. */
export const filterKeys = ["level", "system", "city", "text", "unseen", "mine"] as const;
export type FilterKey = (typeof filterKeys)[number];

/** What is no place of a city: the province, the system itself. */
export const OTHER_CITY = "other";

export function filterOf(scene: Scene, user: string | null): ListFilter {
	return {
		level: levelOf(scene),
		system: scene.system ?? null,
		city: scene.city ?? null,
		words: (scene.text ?? "").toLowerCase().split(/\s+/).filter(Boolean),
		unseen: scene.unseen === "1",
		mine: scene.mine === "1" ? (user ?? "") : null,
		withQuiet: scene.quiet === "1",
	};
}

export function orderOf(scene: Scene): AlarmOrder {
	return alarmOrders.find((order) => order === scene.sort) ?? "level";
}

export function isQuiet(alarm: Alarm): boolean {
	return alarm.shelvedUntil !== null || alarm.suppressedBy !== null || alarm.outOfService;
}

/** `wordsOf`: everything a person may have typed a part of, lower case; asked only when there are words. */
export function passes(alarm: Alarm, filter: ListFilter, wordsOf: (alarm: Alarm) => string): boolean {
	if (filter.level !== null && alarm.severity !== filter.level) return false;
	if (!filter.withQuiet && isQuiet(alarm)) return false;
	if (filter.unseen && alarm.acknowledged) return false;
	if (filter.system !== null && alarm.system !== filter.system) return false;
	if (filter.city !== null && cityKey(alarm) !== filter.city) return false;
	if (filter.mine !== null && alarm.assignedTo !== filter.mine && alarm.acknowledgedBy !== filter.mine) return false;
	if (filter.words.length === 0) return true;
	const text = wordsOf(alarm);
	return filter.words.every((word) => text.includes(word));
}

export function cityKey(alarm: Pick<Alarm, "district">): string {
	return alarm.district.endsWith("0000") ? OTHER_CITY : cityOf(alarm.district);
}
