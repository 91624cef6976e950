// The hand-over note of a shift (交接班记录), made from what is open and what changed since it began. Facts in, blocks of a document
// out; counted from the store by server/http/shift_facts.ts, signed as it stands. Pure; it adds no word of its own to a fact.

import {
	type Block,
	dateText,
	momentText,
	type OfficialDocument,
	sections,
	spanText,
	stampText,
	text,
} from "./document.ts";
import type { Severity } from "./measure.ts";
import { type Handover, type Side, type Signature, signedFor, signerName } from "./shift.ts";

/** An alarm as a line of the note. */
export interface NoteAlarm {
	readonly severity: Severity;
	readonly raisedAt: number;
	/** 沈阳市和平区 南湖换热首站. */
	readonly where: string;
	readonly why: string;
	readonly acknowledgedBy: string | null;
	readonly assignedTo: string | null;
	/** Why it is out of the list: 搁置至…, 屏蔽, 停用; null: it stands in it. */
	readonly hidden: string | null;
}

export interface NoteFacts {
	/** When it was counted. */
	readonly now: number;
	/** Open ones, worst and oldest first. */
	readonly alarms: readonly NoteAlarm[];
	/** Since the shift began. */
	readonly changed: {
		readonly raised: Readonly<Record<1 | 2 | 3 | 4, number>>;
		readonly cleared: number;
		readonly acknowledged: number;
		/** The log of the span is longer than what was read. */
		readonly cut: boolean;
	};
	readonly incidents: readonly {
		readonly no: string;
		readonly title: string;
		readonly level: number;
		readonly owner: string;
		readonly state: "open" | "closed";
		/** The clock that is due next, in words, and when. */
		readonly due: { readonly what: string; readonly at: number } | null;
	}[];
	readonly tasks: readonly {
		readonly title: string;
		readonly incident: string;
		readonly who: string;
		readonly dueAt: number;
	}[];
	readonly calls: readonly {
		readonly at: number;
		readonly by: string;
		readonly to: string;
		readonly result: string;
		readonly note: string;
	}[];
	/** Devices and doors without data: place and number of alarms of silence. */
	readonly outages: readonly { readonly where: string; readonly count: number; readonly since: number }[];
	/** Lines of the shift's own log. */
	readonly log: readonly { readonly at: number; readonly by: string; readonly text: string }[];
}

export const LEVEL_WORDS = { 4: "红色", 3: "橙色", 2: "黄色", 1: "蓝色" } as const;
const LEVELS = [4, 3, 2, 1] as const;
const ROWS_MAX = 40;

export function shiftNote(handover: Pick<Handover, "shift" | "next" | "text" | "taken">, facts: NoteFacts): Block[] {
	const { shift, next } = handover;
	const shown = facts.alarms.filter(({ hidden }) => hidden === null);
	const hidden = facts.alarms.filter((alarm) => alarm.hidden !== null);
	const here = handover.taken.map(({ name }) => name);
	return [
		{
			type: "facts",
			rows: [
				["交班", `${shift.name}　${shift.people.join("、")}　${momentText(shift.at)}起`],
				["实到", here.length === 0 ? "无到班记录" : here.join("、")],
				["接班", `${next.name}　${next.people.join("、")}　${momentText(next.at)}起`],
				["统计截至", `${dateText(facts.now)}${momentText(facts.now).replace(/^.*日/, "")}`],
			],
		},
		...sections([
			{ name: "未结报警", blocks: open(shown, facts.now) },
			{ name: "搁置、屏蔽与停用", blocks: table(hidden, hiddenRow, HIDDEN) },
			{ name: "本班变化", blocks: [text(changes(facts.changed))] },
			{ name: "事件", blocks: table(facts.incidents, incidentRow, INCIDENTS) },
			{ name: "未完成任务", blocks: table(facts.tasks, taskRow, TASKS) },
			{ name: "电话", blocks: table(facts.calls, callRow, CALLS) },
			{ name: "设备与通信中断", blocks: table(facts.outages, outageRow, OUTAGES) },
			{ name: "值班记事", blocks: table(facts.log, logRow, LOG) },
			{ name: "交班说明", blocks: [text(handover.text === "" ? "无。" : handover.text)] },
		]),
	];
}

function open(alarms: readonly NoteAlarm[], now: number): Block[] {
	const counts = LEVELS.map((level) => {
		const own = alarms.filter(({ severity }) => severity === level);
		const unseen = own.filter(({ acknowledgedBy }) => acknowledgedBy === null).length;
		return `${LEVEL_WORDS[level]} ${own.length} 条${unseen > 0 ? `（未确认 ${unseen} 条）` : ""}`;
	});
	return [text(`${counts.join("，")}。`), ...table(alarms, (alarm) => alarmRow(alarm, now), ALARMS)];
}

interface Columns {
	readonly head: readonly string[];
	readonly widths: readonly number[];
}
const ALARMS: Columns = { head: ["级别", "时间", "位置与内容", "状态"], widths: [2, 3, 9, 4] };
const HIDDEN: Columns = { head: ["级别", "时间", "位置与内容", "原因"], widths: [2, 3, 8, 5] };
const INCIDENTS: Columns = { head: ["编号", "事件", "负责", "下一时限"], widths: [5, 7, 4, 4] };
const TASKS: Columns = { head: ["任务", "所属事件", "责任人", "期限"], widths: [7, 5, 4, 3] };
const CALLS: Columns = { head: ["时间", "拨打人", "对方", "结果"], widths: [3, 3, 6, 5] };
const OUTAGES: Columns = { head: ["位置", "中断路数", "最早"], widths: [9, 3, 3] };
const LOG: Columns = { head: ["时间", "记录人", "内容"], widths: [3, 3, 11] };

/** At most ROWS_MAX rows; how many more there are is said under them. */
function table<T>(rows: readonly T[], rowOf: (row: T) => string[], { head, widths }: Columns): Block[] {
	if (rows.length === 0) return [text("无。")];
	const left = rows.length - ROWS_MAX;
	const made: Block = { type: "table", caption: null, head, widths, rows: rows.slice(0, ROWS_MAX).map(rowOf) };
	return left > 0 ? [made, text(`另有 ${left} 条未列出。`)] : [made];
}

function levelOf(severity: Severity): string {
	return severity === 0 ? "" : LEVEL_WORDS[severity];
}

function alarmRow(alarm: NoteAlarm, now: number): string[] {
	const seen =
		alarm.acknowledgedBy === null ? `未确认 ${spanText(now - alarm.raisedAt)}` : `${alarm.acknowledgedBy}已确认`;
	const assigned = alarm.assignedTo === null ? "" : `，转${alarm.assignedTo}`;
	return [levelOf(alarm.severity), stampText(alarm.raisedAt), `${alarm.where} ${alarm.why}`, `${seen}${assigned}`];
}

function hiddenRow(alarm: NoteAlarm): string[] {
	return [levelOf(alarm.severity), stampText(alarm.raisedAt), `${alarm.where} ${alarm.why}`, alarm.hidden ?? ""];
}

function changes({ raised, cleared, acknowledged, cut }: NoteFacts["changed"]): string {
	const up = LEVELS.map((level) => `${LEVEL_WORDS[level]} ${raised[level]} 条`).join("、");
	return `本班新发或升级报警：${up}；恢复 ${cleared} 条；确认 ${acknowledged} 条。${cut ? "记录过多，仅为部分统计。" : ""}`;
}

function incidentRow(one: NoteFacts["incidents"][number]): string[] {
	const due =
		one.state === "closed" && one.due === null
			? "本班结案"
			: one.due === null
				? "无"
				: `${one.due.what} ${stampText(one.due.at)}`;
	return [one.no, `${["", "IV", "III", "II", "I"][one.level] ?? ""} 级　${one.title}`, one.owner, due];
}

function taskRow(task: NoteFacts["tasks"][number]): string[] {
	return [task.title, task.incident, task.who, stampText(task.dueAt)];
}

function callRow(call: NoteFacts["calls"][number]): string[] {
	return [stampText(call.at), call.by, call.to, `${call.result}${call.note === "" ? "" : `；${call.note}`}`];
}

function outageRow(outage: NoteFacts["outages"][number]): string[] {
	return [outage.where, String(outage.count), stampText(outage.since)];
}

function logRow(line: NoteFacts["log"][number]): string[] {
	return [stampText(line.at), line.by, line.text];
}

const SIDE_WORDS: Readonly<Record<Side, string>> = { outgoing: "交班人", incoming: "接班人" };

/** Who, by which account, for whom when it is another than the roster's, when. */
function signatureText(signature: Signature): string {
	const instead = signedFor(signature);
	const account = `账号 ${signature.user}${instead === null ? "" : `，班表姓名 ${instead}`}`;
	return `${signerName(signature)}（${account}）　${momentText(signature.at)}`;
}

/** The paper of a note with its signatures. `issuer`: whose duty room. */
export function handoverDocument(handover: Handover, issuer: string, demo: boolean): OfficialDocument | null {
	const { note, shift, signatures } = handover;
	if (note === null) return null;
	const signed = (["outgoing", "incoming"] as const).map((side): readonly [string, string] => {
		const signature = signatures.find((one) => one.side === side);
		return [SIDE_WORDS[side], signature === undefined ? "未签名" : signatureText(signature)];
	});
	return {
		kind: "handover",
		mark: issuer,
		number: `${dateText(shift.at)}　${shift.name}`,
		urgency: null,
		title: "交接班记录",
		to: null,
		blocks: [
			...note.blocks,
			{ type: "facts", rows: [...signed, ["SHA-256", note.sha256.replaceAll(/(.{16})/g, "$1 ").trim()]] },
			{ type: "note", text: "注：双方签名前由交班人员继续值班；签名后正文以上列 SHA-256 封存，不得改动。" },
		],
		// Two people have signed in the body; the room itself does not sign.
		signatures: [],
		date: note.madeAt,
		printed: null,
		warning: demo ? "演示数据" : null,
	};
}
