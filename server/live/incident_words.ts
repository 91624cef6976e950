// The first words of an incident that opens by itself: its title and its situation, from what was measured and worked out. They are a
// record like any other, in Chinese as it is reported, and people go on writing them. Pure.
import type { Alarm } from "#model/alarm.ts";
import { judgedText } from "#model/alarm_words.ts";
import type { Kind } from "#model/catalogue.ts";
import type { CauseGroup } from "#model/causes_group.ts";
import type { IncidentFacts, IncidentTypeId } from "#model/incident.ts";
import { incidentType } from "#model/incident_type.ts";

const ZONE_MS = 8 * 3_600_000;
const MOST_TITLE = 80;
const LEVELS = ["", "蓝", "黄", "橙", "红"] as const;

/** What a rule means in a title; any other is named by its measure. */
const RULE_WORDS: readonly (readonly [rule: RegExp, words: string])[] = [
	[/^(pressure|outlet)-fall$/, "压力骤降"],
	[/^(pressure|outlet)-low$/, "压力过低"],
	[/^supply-low$/, "供温过低"],
	[/^room-/, "室温过低"],
	[/^methane-/, "可燃气体超限"],
	[/^depth-/, "积水"],
	[/^wind-level$/, "大风"],
	[/^rain-/, "强降雨"],
	[/^pump-fault$/, "泵站故障"],
	[/^cover-/, "井盖异动"],
	[/^(silent|offline|frozen|gateway-silent|door-silent|city-silent)$/, "通信中断"],
];

/** `place` stands before what concerns more than one thing. */
export function titleOf(
	root: Pick<Alarm, "name" | "measure" | "rule">,
	kind: Kind | undefined,
	type: IncidentTypeId,
	place: string,
): string {
	const measure = kind?.measures.find(({ id }) => id === root.measure)?.name.zh ?? incidentType(type).name.zh;
	const words = RULE_WORDS.find(([rule]) => rule.test(root.rule))?.[1] ?? `${measure}异常`;
	return (type === "weather" ? `${place}${words}` : `${root.name} ${words}`).slice(0, MOST_TITLE);
}

export interface Told {
	readonly group: CauseGroup;
	readonly root: Pick<Alarm, "name" | "why" | "raisedAt" | "rule" | "subject" | "measure" | "value" | "limit">;
	readonly kind: Kind | undefined;
	readonly type: IncidentTypeId;
	readonly facts: IncidentFacts;
	readonly place: string;
}

/** When, where, what was measured, how much is touched. */
export function situationOf({ group, root, kind, type, facts, place }: Told): string {
	const at = new Date(root.raisedAt + ZONE_MS);
	const when = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日${two(at.getUTCHours())}时${two(at.getUTCMinutes())}分`;
	const counts = [4, 3, 2, 1]
		.map((level) => ({ level, n: group.members.filter(({ alarm }) => alarm.severity === level).length }))
		.filter(({ n }) => n > 0)
		.map(({ level, n }) => `${LEVELS[level]} ${n}`);
	const known = incidentType(type).facts.flatMap(({ id, name, unit }) => {
		const value = facts[id] ?? null;
		return value === null || id === "alarmsOpen" ? [] : [`${name.zh} ${value}${unit === "" ? "" : ` ${unit}`}`];
	});
	const measure = kind?.measures.find(({ id }) => id === root.measure) ?? null;
	const judged = judgedText(root, measure, kind?.limits.find(({ id }) => id === root.rule) ?? null);
	const why = judged === "" ? "" : `，${judged}`;
	const rest = known.length === 0 ? "" : `${known.join("，")}。`;
	return `${when}，${place}${root.name}报警${why}。同一原因报警 ${group.members.length} 条（${counts.join("，")}）。${rest}`;
}

function two(n: number): string {
	return String(n).padStart(2, "0");
}
