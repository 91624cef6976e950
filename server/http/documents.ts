// GET /api/incidents/{id}/reports/{first|follow|final}.{docx|pdf}: the written reports of an incident, filled from its record as it
// stands when they are asked for. The words are model/incident_report.ts, the pages server/documents.
import type { Alarm } from "#model/alarm.ts";
import type { OfficialDocument } from "#model/document.ts";
import type { Incident, IncidentTask, ReportKind } from "#model/incident.ts";
import { reportKinds } from "#model/incident.ts";
import { incidentReport, REPORT_NAMES } from "#model/incident_report.ts";
import type { ReportAlarm, ReportTask } from "#model/incident_report_parts.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type Entry, entrySubject, holds } from "#model/register.ts";
import type { Who } from "#model/rights.ts";
import { type DocumentMaker, type Form, forms, MEDIA_TYPES } from "../documents/maker.ts";
import { districtOfTier, dutyRoom, placeName, reportsTo } from "../documents/names.ts";
import { judgedOf, whereOf } from "./alarm_words.ts";
import { archivedRecord } from "./archive.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const LINES_MAX = 5_000;

/** One maker for all routes that hand out documents: its bound is the machine's. */
export function documentRoutes(parts: HttpParts, maker: DocumentMaker): Route[] {
	return [
		route({
			method: "get",
			path: "/api/incidents/:id/reports/:file",
			fresh: true,
			policy: { action: "incident.read" },
			summary: "First, follow or final report of an incident: first.docx, follow.pdf, ...; 待核 where nothing is known",
			handle: async ({ who, params }): Promise<Answer | Problem> => {
				const asked = fileOf(params.file ?? "", reportKinds);
				if (isProblem(asked)) return asked;
				const document = await reportOf(parts, who, params.id ?? "", asked.name);
				if (isProblem(document)) return document;
				return handOut(maker, document, asked.form, `${document.number ?? ""} ${REPORT_NAMES[asked.name]}`);
			},
		}),
	];
}

/** "first.docx" taken apart. */
export function fileOf<N extends string>(file: string, names: readonly N[]): { name: N; form: Form } | Problem {
	const dot = file.lastIndexOf(".");
	const name = names.find((known) => known === file.slice(0, dot));
	const form = forms.find((known) => known === file.slice(dot + 1));
	if (name !== undefined && form !== undefined) return { name, form };
	return problem("not-found", `there is ${names.map((known) => `${known}.docx, ${known}.pdf`).join(", ")}`);
}

/** As a download with a Chinese name (RFC 6266, RFC 8187). */
export async function handOut(
	maker: DocumentMaker,
	document: OfficialDocument,
	form: Form,
	title: string,
): Promise<Answer | Problem> {
	const made = await maker.make(document, form);
	if (isProblem(made)) return made;
	const name = encodeURIComponent(`${title.replaceAll(/[\s\\/:*?"<>|]+/g, " ").trim()}.${form}`);
	const disposition = `${form === "pdf" ? "inline" : "attachment"}; filename="document.${form}"; filename*=UTF-8''${name}`;
	return { body: made, type: MEDIA_TYPES[form], headers: { "Content-Disposition": disposition } };
}

async function reportOf(parts: HttpParts, who: Who, id: string, kind: ReportKind): Promise<OfficialDocument | Problem> {
	const { mirror, store, clock } = parts;
	const live = mirror.register.find<Incident>("incident", id);
	const kept = live === null ? await archivedRecord<Incident>(store, "incident", id, who) : null;
	const entry = live ?? kept?.entry;
	if (entry === undefined || !holds(who.scope, entry)) return problem("not-found", "no such incident in your scope");
	const { body: incident } = entry;
	const lines = await fromStore(store.lines(entrySubject("incident", id), 0, LINES_MAX));
	const { district } = incident.place;
	const issuer = dutyRoom(districtOfTier(district, incident.tier));
	return incidentReport(kind, {
		incident,
		lines,
		tasks: tasksOf(parts, id, kept?.parts ?? mirror.register.all("task")),
		rootAlarm: await rootOf(parts, who, incident.rootAlarm),
		districtName: placeName(district),
		issuer,
		to: reportsTo(district, incident.tier),
		now: clock.now(),
		demo: mirror.demo,
	});
}

function tasksOf({ mirror }: HttpParts, incident: string, tasks: readonly Entry[]): ReportTask[] {
	const { register } = mirror;
	const nameOf = (kind: "unit" | "person", id: string | null): string | null =>
		id === null ? null : (register.find<{ readonly name: string }>(kind, id)?.body.name ?? null);
	return (tasks as readonly Entry<IncidentTask>[])
		.filter(({ body }) => body.incident === incident)
		.map(({ body: task }) => {
			const { unit, person, user } = task.assignee;
			const names = [nameOf("unit", unit), nameOf("person", person), user].filter((name) => name !== null);
			return { task, assignee: names.length === 0 ? null : names.join(" ") };
		})
		.sort((a, b) => a.task.dueAt - b.task.dueAt);
}

/** The alarm that stood first, as it was raised: open or long ended. Null outside the caller's scope. */
async function rootOf({ mirror, store }: HttpParts, who: Who, id: string | null): Promise<ReportAlarm | null> {
	if (id === null) return null;
	const alarm = mirror.alarms.get(id) ?? (await lastOf(store.story(id, 1)));
	if (alarm === null || !holds(who.scope, alarm)) return null;
	const { raisedAt, clause } = alarm;
	return { name: whereOf(alarm), raisedAt, judged: judgedOf(alarm, mirror.catalogue), clause };
}

async function lastOf(story: ReturnType<HttpParts["store"]["story"]>): Promise<Alarm | null> {
	const { transitions } = await fromStore(story);
	return transitions.at(-1)?.alarm ?? null;
}
