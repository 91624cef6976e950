// The written reports of an incident (初报, 续报, 终报) filled from its record: every figure is the record's own, and what nobody has
// entered is written 待核, never guessed. What a report must hold: State Council order 493, art. 12. Pure; called by
// server/http/documents.ts. The wording is that of a duty room; what is told in its sections is incident_report_parts.ts.
import { type Block, dateText, momentText, type OfficialDocument, sections, text, UNKNOWN } from "./document.ts";
import type { Incident, ReportKind } from "./incident.ts";
import {
	course,
	factRows,
	impact,
	measuresTaken,
	next,
	observed,
	type ReportInput,
	taskTable,
} from "./incident_report_parts.ts";
import { incidentType } from "./incident_type.ts";
import type { LogLine } from "./register.ts";

export const REPORT_NAMES: Readonly<Record<ReportKind, string>> = { first: "初报", follow: "续报", final: "终报" };

export function incidentReport(kind: ReportKind, input: ReportInput): OfficialDocument {
	const { incident, issuer, to, now, demo } = input;
	const nth = kind === "follow" ? reportsSent(input.lines, "follow").length + 1 : 1;
	const name = kind === "follow" && nth > 1 ? `${REPORT_NAMES[kind]}（第 ${nth} 次）` : REPORT_NAMES[kind];
	return {
		kind: "report",
		mark: issuer,
		number: `${incident.no}　${name}`,
		urgency: incident.level >= 3 ? "特急" : incident.level === 2 ? "加急" : null,
		title: `${incident.drill ? "【演练】" : ""}关于${whatAndWhere(input)}的${name}`,
		to,
		blocks: [text(opening(kind, input)), { type: "facts", rows: factRows(input) }, ...bodyOf(kind, input), SMALL_PRINT],
		signatures: [issuer],
		date: now,
		printed: { by: issuer, at: now },
		warning: incident.drill ? "演练　不作上报依据" : demo ? "演示数据　不作上报依据" : null,
	};
}

const SMALL_PRINT: Block = {
	type: "note",
	text: `注：本报告按事件记录填写，时刻为北京时间；“${UNKNOWN}”为尚未核实的事项，核实后续报。报告内容依据国务院令第 493 号第十二条。`,
};

/** "沈阳市和平区一次管网爆管事件"; a title that names its place already is not given it twice. */
function whatAndWhere({ incident, districtName }: ReportInput): string {
	const place = incident.title.includes(districtName) ? "" : districtName;
	return `${place}${incident.title}${/(事件|事故|险情|灾害)$/.test(incident.title) ? "" : "事件"}`;
}

function opening(kind: ReportKind, input: ReportInput): string {
	const { incident, districtName, rootAlarm } = input;
	const began = rootAlarm?.raisedAt ?? incident.openedAt;
	const when = `${dateText(began).slice(0, 5)}${momentText(began)}`;
	const place = `${districtName}${incident.place.address.replace(districtName, "")}`;
	const what = `${when}，${place}发生${incidentType(incident.type).name.zh}类事件：${incident.title}。`;
	const people = households(incident);
	if (kind === "final") {
		const closed = incident.closedAt === null ? UNKNOWN : momentText(incident.closedAt);
		return `${what}${people}处置结束时间：${closed}。现将处置情况报告如下。`;
	}
	const since = reportsSent(input.lines, null).at(-1);
	if (kind === "follow")
		return `${what}${since === undefined ? "" : `${momentText(since.at)}已报告。`}${people}现将最新情况续报如下。`;
	return `${what}${people}现将初步情况报告如下。`;
}

function households({ facts }: Incident): string {
	const count = facts.households;
	return typeof count === "number" ? `受影响居民${count}户。` : `受影响户数${UNKNOWN}。`;
}

/** Reports already sent, by the log; `kind` null: any. */
export function reportsSent(lines: readonly LogLine[], kind: ReportKind | null): readonly LogLine[] {
	return lines.filter((line) => line.kind === "report" && (kind === null || line.detail.kind === kind));
}

function bodyOf(kind: ReportKind, input: ReportInput): Block[] {
	const { incident, lines } = input;
	const since = reportsSent(lines, null).at(-1)?.at ?? incident.openedAt;
	const said = (words: string): Block[] => [text(words === "" ? `${UNKNOWN}。` : words)];
	if (kind === "first")
		return sections([
			{ name: "基本情况", blocks: [...observed(input), ...said(incident.situation)] },
			{ name: "影响范围和人员伤亡", blocks: impact(input) },
			{ name: "已采取的措施", blocks: measuresTaken(input) },
			{ name: "下一步工作", blocks: next(input) },
		]);
	if (kind === "follow")
		return sections([
			{ name: "上次报告以来的进展", blocks: course(lines, since, "自上次报告以来没有新的记录。") },
			{ name: "当前情况", blocks: said(incident.situation) },
			{ name: "影响范围和人员伤亡", blocks: impact(input) },
			{ name: "已采取的措施", blocks: measuresTaken(input) },
			{ name: "任务进展", blocks: taskTable(input.tasks, "任务进展", () => true) },
			{ name: "下一步工作", blocks: next(input) },
		]);
	return sections([
		{ name: "事件概况", blocks: [...observed(input), ...said(incident.situation)] },
		{ name: "处置经过", blocks: course(lines, 0, "没有记录。") },
		{ name: "影响范围和人员伤亡", blocks: impact(input) },
		{ name: "已采取的措施", blocks: measuresTaken(input) },
		{ name: "处置结果", blocks: said(incident.result ?? "") },
		{ name: "任务完成情况", blocks: taskTable(input.tasks, "任务完成情况", () => true) },
	]);
}
