// What a hand-over note tells, counted at one moment from the open alarms, the register and the store: nothing comes from a page.
// Called by shifts.ts; the words around the figures are model/shift_note.ts.
import type { Alarm, TransitionKind } from "#model/alarm.ts";
import { isSilence } from "#model/alarm_words.ts";
import { CALL_LINE, type CallResult, callDetailSchema } from "#model/contact.ts";
import { stampText } from "#model/document.ts";
import type { ClockId, Incident, IncidentTask } from "#model/incident.ts";
import { holds, type LogLine } from "#model/register.ts";
import type { Place, Scope } from "#model/rights.ts";
import type { NoteAlarm, NoteFacts } from "#model/shift_note.ts";
import { placeName } from "../documents/names.ts";
import { judgedOf, whereOf } from "./alarm_words.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";

const STEPS_MAX = 100_000;
const LINES_MAX = 5_000;
const RAISES: readonly TransitionKind[] = ["raised", "rose"];

const CLOCK_WORDS: Readonly<Record<ClockId, string>> = {
	"first-report": "初报",
	"city-report": "报市",
	"province-report": "报省",
	"state-report": "报国家",
	"follow-report": "续报",
	"final-report": "终报",
	handle: "办结",
};
const CALL_WORDS: Readonly<Record<CallResult, string>> = {
	connected: "接通",
	"no-answer": "无人接听",
	busy: "占线",
	sent: "已派人",
	arrived: "已到场",
	refused: "拒绝",
	"wrong-number": "号码有误",
};

export interface Asked {
	/** Of the shift. */
	readonly shift: string;
	readonly since: number;
	readonly now: number;
	/** The district's and the caller's own. */
	readonly scopes: readonly Scope[];
}

export async function noteFacts(parts: HttpParts, asked: Asked): Promise<NoteFacts> {
	const { mirror, store } = parts;
	const { since, now, scopes } = asked;
	const isHere = (place: Place): boolean => scopes.every((scope) => holds(scope, place));
	const open = [...mirror.alarms.values()].filter(isHere).sort(worstAndOldest);
	const [span, lines] = await Promise.all([
		fromStore(store.alarmSpan(since, now, STEPS_MAX)),
		fromStore(store.linesBetween(since, now + 1, 0, LINES_MAX)),
	]);
	const steps = span.steps.filter((step) => step.at >= since && isHere(step));
	const count = (kinds: readonly TransitionKind[], level?: number): number =>
		steps.filter(({ kind, severity }) => kinds.includes(kind) && (level === undefined || severity === level)).length;
	const here = lines.filter(isHere);
	return {
		now,
		alarms: open.filter((alarm) => !isSilence(alarm)).map((alarm) => noteAlarm(alarm, parts)),
		changed: {
			raised: { 1: count(RAISES, 1), 2: count(RAISES, 2), 3: count(RAISES, 3), 4: count(RAISES, 4) },
			cleared: count(["cleared"]),
			acknowledged: count(["acknowledged"]),
			cut: span.cut || lines.length === LINES_MAX,
		},
		...people(parts, asked, isHere),
		calls: here.filter(({ kind }) => kind === CALL_LINE).flatMap(callOf),
		outages: outagesOf(open.filter(isSilence)),
		log: here
			.filter(({ subject, kind }) => subject === `shift:${asked.shift}` && kind === "note")
			.map(({ at, by, detail }) => ({ at, by, text: String(detail.text ?? "") })),
	};
}

function worstAndOldest(a: Alarm, b: Alarm): number {
	return b.severity - a.severity || a.raisedAt - b.raisedAt;
}

function noteAlarm(alarm: Alarm, { mirror }: HttpParts): NoteAlarm {
	const { severity, raisedAt, assignedTo } = alarm;
	return {
		severity,
		raisedAt,
		where: whereOf(alarm),
		why: judgedOf(alarm, mirror.catalogue),
		acknowledgedBy: alarm.acknowledged ? (alarm.acknowledgedBy ?? "系统") : null,
		assignedTo,
		hidden: hiddenBy(alarm),
	};
}

function hiddenBy(alarm: Alarm): string | null {
	if (alarm.outOfService) return "停用";
	if (alarm.suppressedBy !== null) return `屏蔽：${alarm.suppressedBy}`;
	if (alarm.shelvedUntil !== null) return `${alarm.shelvedBy ?? ""}搁置至 ${stampText(alarm.shelvedUntil)}`;
	return null;
}

/** Incidents that are open or were closed since, and their open tasks. */
function people(
	{ mirror }: HttpParts,
	{ since }: Asked,
	isHere: (place: Place) => boolean,
): Pick<NoteFacts, "incidents" | "tasks"> {
	const { register } = mirror;
	const entries = register.all<Incident>("incident").filter(isHere);
	const told = entries.filter(({ body }) => body.state === "open" || (body.closedAt ?? 0) >= since);
	const titles = new Map(entries.map(({ id, body }) => [id, body.title]));
	return {
		incidents: told
			.sort((a, b) => b.body.level - a.body.level || a.body.openedAt - b.body.openedAt)
			.map(({ body }) => {
				const [due] = body.clocks.filter(({ doneAt }) => doneAt === null).sort((a, b) => a.dueAt - b.dueAt);
				return {
					no: body.no,
					title: body.title,
					level: body.level,
					owner: `${placeName(body.owner.district)}${body.owner.user === null ? "" : ` ${body.owner.user}`}`,
					state: body.state,
					due: due === undefined ? null : { what: CLOCK_WORDS[due.id], at: due.dueAt },
				};
			}),
		tasks: register
			.all<IncidentTask>("task")
			.filter((task) => isHere(task) && task.body.state === "open" && titles.has(task.body.incident))
			.sort((a, b) => a.body.dueAt - b.body.dueAt)
			.map(({ body }) => {
				const { unit, person, user } = body.assignee;
				const found =
					person === null
						? unit === null
							? null
							: register.find<{ readonly name: string }>("unit", unit)
						: register.find<{ readonly name: string }>("person", person);
				const who = found?.body.name ?? user ?? "未指定";
				return { title: body.title, incident: titles.get(body.incident) ?? "", who, dueAt: body.dueAt };
			}),
	};
}

function callOf({ at, by, detail }: LogLine): NoteFacts["calls"] {
	const call = callDetailSchema.safeParse(detail);
	if (!call.success) return [];
	const { unitName, duty, name, result, note } = call.data;
	const to = [unitName, duty, name].filter((word) => word !== "").join(" ");
	return [{ at, by, to, result: CALL_WORDS[result], note }];
}

/** By district, most first. */
function outagesOf(silent: readonly Alarm[]): NoteFacts["outages"] {
	return [...Map.groupBy(silent, ({ district }) => district)]
		.map(([district, alarms]) => ({
			where: placeName(district),
			count: alarms.length,
			since: Math.min(...alarms.map(({ raisedAt }) => raisedAt)),
		}))
		.sort((a, b) => b.count - a.count);
}
