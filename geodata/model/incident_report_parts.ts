// The sections of an incident's report: facts, what the system saw, whom it touches, what was done, what comes next, the course of
// events from the log. Called by incident_report.ts. Nothing here adds a fact that the record does not hold.
import { accidentGrade } from "./accident_grade.ts";
import { type Block, momentText, spanText, stampText, text, UNKNOWN } from "./document.ts";
import type { Incident, IncidentTask, Tier } from "./incident.ts";
import { type FactField, incidentType } from "./incident_type.ts";
import type { IncidentLineKind } from "./line_kind.ts";
import type { LogLine } from "./register.ts";

/** A task as it stands, with the name of who has it in words. */
export interface ReportTask {
	readonly task: IncidentTask;
	readonly assignee: string | null;
}

/** The alarm that stood first, as far as a report tells of it. */
export interface ReportAlarm {
	readonly name: string;
	readonly raisedAt: number;
	/** "供水压力 0.62 MPa，限值 0.80 MPa". */
	readonly judged: string;
	readonly clause: string | null;
}

export interface ReportInput {
	readonly incident: Incident;
	readonly tasks: readonly ReportTask[];
	/** Of the incident's log, rising. */
	readonly lines: readonly LogLine[];
	readonly rootAlarm: ReportAlarm | null;
	/** 沈阳市和平区. */
	readonly districtName: string;
	/** Whose report it is, and to whom it goes. */
	readonly issuer: string;
	readonly to: string;
	/** Epoch ms. */
	readonly now: number;
	readonly demo: boolean;
}

const LEVELS = { 4: "I 级（特别重大）", 3: "II 级（重大）", 2: "III 级（较大）", 1: "IV 级（一般）" } as const;
const TIERS: Readonly<Record<Tier, string>> = { county: "区县级", city: "市级", province: "省级" };
const SOURCES = { alarm: "监测报警", hand: "值班登记", call: "电话接报" } as const;
const PERSONS = ["dead", "injured", "missing"] as const;
const PERSON_WORDS = { dead: "死亡", injured: "受伤", missing: "失联" } as const;
/** Told by their own rows, or by the section of whom it touches. */
const ELSEWHERE: ReadonlySet<string> = new Set([...PERSONS, "alarmsOpen"]);

export function factRows(input: ReportInput): (readonly [string, string])[] {
	const { incident, districtName, rootAlarm } = input;
	const { place } = incident;
	const reporter = incident.reporter === null ? "" : `（${incident.reporter.name}）`;
	const fields = incidentType(incident.type).facts.filter(({ id }) => !ELSEWHERE.has(id));
	return [
		["事件编号", incident.no],
		["事件类别", incidentType(incident.type).name.zh],
		["事件等级", `${LEVELS[incident.level]}（初判）`],
		["发生时间", momentText(rootAlarm?.raisedAt ?? incident.openedAt)],
		["接报时间", `${momentText(incident.openedAt)}，${SOURCES[incident.source]}${reporter}`],
		[
			"地点",
			`${districtName}${place.address.replace(districtName, "")}（东经 ${place.lon.toFixed(4)}°，北纬 ${place.lat.toFixed(4)}°）`,
		],
		["人员伤亡", casualties(incident)],
		...fields.map((field): readonly [string, string] => [field.name.zh, factText(incident, field)]),
		["负责层级", TIERS[incident.tier]],
		["现场指挥", incident.commander ?? UNKNOWN],
	];
}

/** 待核 when nobody has entered it; a zero that was entered is a zero. */
function factText({ facts }: Incident, { id, unit, decimals }: FactField): string {
	const value = facts[id];
	if (value === undefined || value === null || value === "") return UNKNOWN;
	if (typeof value === "string") return value;
	return `${value.toFixed(decimals)}${unit === "" ? "" : ` ${unit}`}`;
}

function casualties({ facts }: Incident): string {
	return PERSONS.map((id) => {
		const count = facts[id];
		return `${PERSON_WORDS[id]} ${typeof count === "number" ? `${count} 人` : UNKNOWN}`;
	}).join("，");
}

/** What the system saw first. */
export function observed({ rootAlarm, incident }: ReportInput): Block[] {
	if (rootAlarm === null) return [];
	const clause = rootAlarm.clause === null ? "" : `，依据${rootAlarm.clause}`;
	const joined = Math.max(incident.joined, incident.alarms.length);
	const others = joined > 1 ? `关联报警 ${joined} 条。` : "";
	return [
		text(`${momentText(rootAlarm.raisedAt)}，监测系统报警：${rootAlarm.name}，${rootAlarm.judged}${clause}。${others}`),
	];
}

export function impact({ incident }: ReportInput): Block[] {
	const { facts } = incident;
	const own = incidentType(incident.type).facts.filter(({ id }) => !ELSEWHERE.has(id));
	// What is unknown stands as such in the facts; of the sentence only the households, which everybody asks for first.
	const known = own.filter((field) => field.id === "households" || factText(incident, field) !== UNKNOWN);
	const told = known.map((field) => `${field.name.zh}：${factText(incident, field)}`).join("；");
	const number = (id: string): number | null => {
		const value = facts[id];
		return typeof value === "number" ? value : null;
	};
	const grade = accidentGrade(number("dead"), number("loss"));
	const judged =
		grade === null ? "" : `按已核实的死亡人数和直接经济损失，初判为${grade}事故（国务院令第 493 号第三条）。`;
	return [text(`${casualties(incident)}。${told === "" ? "" : `${told}。`}${judged}`)];
}

export function measuresTaken({ incident, tasks, lines }: ReportInput): Block[] {
	const blocks: Block[] = [text(incident.measures === "" ? `${UNKNOWN}。` : incident.measures)];
	const done = tasks.filter(({ task }) => task.state === "done");
	if (done.length > 0)
		blocks.push(
			text(`已完成任务 ${done.length} 项：${done.map(({ task }) => `${task.title}${resultOf(task)}`).join("；")}。`),
		);
	const decisions = lines.filter(({ kind }) => kind === "decision");
	for (const line of decisions) blocks.push(text(`${momentText(line.at)}，${line.by}决定：${wordsOf(line)}。`));
	if (incident.resources.length > 0)
		blocks.push(
			text(
				`投入和可用力量：${incident.resources.map(({ name, count }) => `${name}${count > 0 ? ` ${count}` : ""}`).join("、")}。`,
			),
		);
	return blocks;
}

function resultOf({ result }: IncidentTask): string {
	return result === null || result === "" ? "" : `（${result}）`;
}

/** Open tasks with who has them and by when, and which report is due next. */
export function next({ incident, tasks, now }: ReportInput): Block[] {
	const open = tasks.filter(({ task }) => task.state === "open");
	const waits = incident.clocks.filter(({ doneAt }) => doneAt === null).sort((a, b) => a.dueAt - b.dueAt);
	const blocks: Block[] = open.length === 0 ? [text(`${UNKNOWN}。`)] : taskTable(open, "待办任务", () => true);
	const follow = waits.find(({ id }) => id === "follow-report");
	if (follow !== undefined)
		blocks.push(
			text(
				`续报时限：${momentText(follow.dueAt)}前（${follow.dueAt >= now ? `距现在 ${spanText(follow.dueAt - now)}` : `已超 ${spanText(now - follow.dueAt)}`}）。有重要变化随时续报。`,
			),
		);
	return blocks;
}

const TASK_STATES = { open: "进行中", done: "已完成", cancelled: "已取消" } as const;

export function taskTable(
	tasks: readonly ReportTask[],
	caption: string,
	isWanted: (task: IncidentTask) => boolean,
): Block[] {
	const wanted = tasks.filter(({ task }) => isWanted(task));
	if (wanted.length === 0) return [];
	return [
		{
			type: "table",
			caption,
			head: ["任务", "责任人", "期限", "状态"],
			widths: [9, 4, 3, 3],
			rows: wanted.map(({ task, assignee }) => [
				`${task.title}${resultOf(task)}`,
				assignee ?? UNKNOWN,
				stampText(task.dueAt),
				TASK_STATES[task.state],
			]),
		},
	];
}

const LINE_WORDS: Readonly<Partial<Record<IncidentLineKind, string>>> = {
	opened: "立案",
	note: "记录",
	decision: "决定",
	instruction: "批示",
	"task.given": "派出任务",
	"task.done": "完成任务",
	"task.cancelled": "取消任务",
	offered: "提请移交",
	accepted: "接收移交",
	declined: "退回移交",
	report: "报告",
	call: "电话",
	closed: "结案",
	reopened: "重新立案",
};
/** A course longer than this is told by its newest. */
const COURSE_MAX = 60;

/** Log lines after `since` as a table; `empty` says that there are none. */
export function course(lines: readonly LogLine[], since: number, empty: string): Block[] {
	const told = lines.filter((line) => line.at > since && LINE_WORDS[line.kind as IncidentLineKind] !== undefined);
	if (told.length === 0) return [text(empty)];
	const shown = told.slice(-COURSE_MAX);
	const left = told.length - shown.length;
	return [
		...(left > 0 ? [text(`此前另有 ${left} 条记录，见事件日志。`)] : []),
		{
			type: "table",
			caption: null,
			head: ["时间", "事项", "内容", "记录人"],
			widths: [3, 3, 9, 3],
			rows: shown.map((line) => [
				stampText(line.at),
				LINE_WORDS[line.kind as IncidentLineKind] ?? line.kind,
				wordsOf(line),
				line.by,
			]),
		},
	];
}

/** What a line says, without its machinery. */
export function wordsOf({ detail }: LogLine): string {
	const words = ["leader", "title", "text", "result", "note", "reason"].map((key) => detail[key]);
	return words.filter((part) => typeof part === "string" && part !== "").join("；");
}
