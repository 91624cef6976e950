// Plans of the acts on incidents: finds the record, lets model/incident_life.ts say what becomes of it, and puts record, task and log
// lines together. Who may is decided by the engine, for the place of everything touched; whom a hand-over binds, by the life itself.
import { maskPhone } from "#model/contact.ts";
import type { Incident, IncidentTask } from "#model/incident.ts";
import type { IncidentAct, incidentActs } from "#model/incident_acts.ts";
import { CLOCK_RULES, CLOCKS_ID, type ClockRules } from "#model/incident_clock.ts";
import { type Ground, type LifeAct, type Line, lived, nextNumber, opened, type Step } from "#model/incident_life.ts";
import { instructed, taskDone, taskPut } from "#model/incident_task.ts";
import { systemOf } from "#model/incident_type.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry, entrySubject, holds, type NewLine, type Put } from "#model/register.ts";
import type { ActContext, Plan, Plans } from "../act.ts";

const lives =
	<N extends LifeAct>(name: N) =>
	(body: IncidentAct<N>, context: ActContext): Promise<Plan | Problem> =>
		about(body.id, context, (entry) => lived(name, entry.body, body, groundOf(context, entry.system)));

export const incidentPlans: Plans<typeof incidentActs> = {
	"incident.open": (body, context) => {
		const { register, alarms, now, who } = context;
		const all = register.all<Incident>("incident");
		const same = all.find(({ body: own }) => body.cause !== null && own.state === "open" && own.cause === body.cause);
		if (same !== undefined)
			return holds(who.scope, same)
				? problem("already", `incident ${same.body.no} is open for this cause`, same.id)
				: problem("already", "an incident is open for this cause");
		const named = [...body.alarms, ...(body.rootAlarm === null ? [] : [body.rootAlarm])];
		const lost = named.find((id) => {
			const alarm = alarms.get(id);
			return alarm === null || !holds(who.scope, alarm);
		});
		if (lost !== undefined) return problem("unknown-alarm", `no alarm ${lost} in your scope`, "alarms");
		const no = nextNumber(
			body.place.district,
			now,
			all.map(({ body: own }) => own.no),
		);
		const id = context.newId("i");
		const system = systemOf(body.type);
		const step = opened(body, no, groundOf(context, system), context.source === "system" ? null : who.user);
		const plan = planOf(id, step, null, null, { id, no });
		if (body.reporter === null) return plan;
		// Whoever may read the audit log may not for that know the caller's number.
		const reporter = { ...body.reporter, phone: maskPhone(body.reporter.phone) };
		return { ...plan, audit: { subject: entrySubject("incident", id), detail: { body: { ...body, reporter } } } };
	},
	"incident.edit": lives("incident.edit"),
	"incident.draw": lives("incident.draw"),
	"incident.note": lives("incident.note"),
	"incident.decide": lives("incident.decide"),
	"incident.instruct": (body, context) => {
		const task = context.newId("t");
		return about(body.id, context, (entry) => instructed(entry.body, body, task, entry.id), task);
	},
	"incident.offer": lives("incident.offer"),
	"incident.accept": (body, context) =>
		body.unit !== null && context.register.find("unit", body.unit) === null
			? problem("unknown-unit", `no unit ${body.unit}`, "unit")
			: lives("incident.accept")(body, context),
	"incident.decline": lives("incident.decline"),
	"incident.link": (body, context) => {
		const lost = body.add.find((id) => {
			const alarm = context.alarms.get(id);
			return alarm === null || !holds(context.who.scope, alarm);
		});
		return lost === undefined
			? lives("incident.link")(body, context)
			: problem("unknown-alarm", `no alarm ${lost} in your scope`, "add");
	},
	"incident.task": (body, context) => {
		const known = body.task === null ? null : taskOf(body.task, body.id, context);
		if (isProblem(known)) return known;
		const task = body.task ?? context.newId("t");
		return about(body.id, context, (entry) => taskPut(entry.body, known?.body ?? null, body, task, entry.id), task);
	},
	"incident.task-done": (body, context) => {
		const known = taskOf(body.task, body.id, context);
		if (isProblem(known)) return known;
		return about(body.id, context, (entry) => taskDone(entry.body, known.body, body), body.task);
	},
	"incident.report": lives("incident.report"),
	"incident.push": lives("incident.push"),
	"incident.unpush": lives("incident.unpush"),
	"incident.close": lives("incident.close"),
	"incident.reopen": async (body, context) => {
		const { register, who } = context;
		if (register.find("incident", body.id) !== null) return lives("incident.reopen")(body, context);
		const kept = await context.archived("incident", body.id);
		if (kept === null || !holds(who.scope, kept.entry)) return notFound();
		const entry = kept.entry as Entry<Incident>;
		const step = lived("incident.reopen", entry.body, body, groundOf(context, entry.system));
		if (isProblem(step)) return step;
		// Its tasks come with it, as they were.
		const plan = planOf(body.id, step, entry, null, { id: body.id, no: entry.body.no });
		return { ...plan, returns: [entry, ...kept.parts] };
	},
	"incident.join": lives("incident.join"),
	"incident.clocks": ({ rules }) => ({
		entries: [{ kind: "plan", id: CLOCKS_ID, district: "210000", system: ANY_SYSTEM, body: rules }],
		answer: { id: CLOCKS_ID },
	}),
};

function groundOf({ now, who, register }: ActContext, system: string): Ground {
	const rules = register.find<ClockRules>("plan", CLOCKS_ID)?.body ?? CLOCK_RULES;
	return { at: now, by: who.user, rules, speaksFor: (district) => holds(who.scope, { district, system }) };
}

async function about(
	id: string,
	{ register, archived, who }: ActContext,
	act: (entry: Entry<Incident>) => Step | Problem,
	task: string | null = null,
): Promise<Plan | Problem> {
	const entry = register.find<Incident>("incident", id);
	// Before anything is said about it: what another district has is not told of by its refusals either.
	if (entry !== null && !holds(who.scope, entry)) return notFound();
	if (entry === null) {
		const kept = await archived("incident", id);
		if (kept === null || !holds(who.scope, kept.entry)) return notFound();
		return problem("archived", "the incident is in the archive; it is opened again before anything changes");
	}
	const step = act(entry);
	return isProblem(step) ? step : planOf(id, step, entry, task, { id, no: entry.body.no });
}

function notFound(): Problem {
	return problem("not-found", "no such incident in your scope");
}

function taskOf(task: string, incident: string, { register }: ActContext): Entry<IncidentTask> | Problem {
	const entry = register.find<IncidentTask>("task", task);
	return entry === null || entry.body.incident !== incident
		? problem("not-found", "no such task of this incident", "task")
		: entry;
}

/** The record stands where the incident is and belongs to the system of its type: whose scope holds that sees it at all three levels. */
function planOf(
	id: string,
	{ incident, lines, task }: Step,
	before: Entry<Incident> | null,
	taskId: string | null,
	answer: Plan["answer"],
): Plan {
	const place = { district: incident.place.district, system: systemOf(incident.type) };
	const entries: Put[] = [];
	if (incident !== before?.body) entries.push({ kind: "incident", id, ...place, body: incident });
	if (task !== undefined && taskId !== null) entries.push({ kind: "task", id: taskId, ...place, body: task });
	const line = ({ kind, detail }: Line): NewLine => ({ subject: entrySubject("incident", id), kind, ...place, detail });
	return { entries, lines: lines.map(line), answer: taskId === null ? answer : { ...answer, task: taskId } };
}
