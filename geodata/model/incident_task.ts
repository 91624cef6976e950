// Tasks of an incident: given, changed, done or cancelled, and the instruction of a leader (批示) that becomes one. Pure, like
// incident_life.ts, whose steps these are too.
import type { Incident, IncidentTask } from "./incident.ts";
import type { IncidentAct } from "./incident_acts.ts";
import type { Step } from "./incident_life.ts";
import { type Problem, problem } from "./problem.ts";

/** @returns Problem closed, or already: the task is finished. `before` null: a new task. */
export function taskPut(
	incident: Incident,
	before: IncidentTask | null,
	body: IncidentAct<"incident.task">,
	task: string,
	id: string,
): Step | Problem {
	if (incident.state === "closed") return problem("closed", "the incident is closed; open it again to give tasks");
	if (before !== null && before.state !== "open") return problem("already", `the task is ${before.state}`);
	const { title, assignee, dueAt } = body;
	const from = before?.from ?? body.from;
	const after: IncidentTask = { incident: id, title, assignee, dueAt, state: "open", from, result: null };
	const changed =
		before === null ? {} : { before: { title: before.title, assignee: before.assignee, dueAt: before.dueAt } };
	const kind = before === null ? "task.given" : "task.changed";
	return { incident, task: after, lines: [{ kind, detail: { task, title, assignee, dueAt, from, ...changed } }] };
}

/** Also after the closing: what was asked for then still comes in. */
export function taskDone(
	incident: Incident,
	before: IncidentTask,
	{ task, result, cancelled }: IncidentAct<"incident.task-done">,
): Step | Problem {
	if (before.state !== "open") return problem("already", `the task is ${before.state}`);
	const after: IncidentTask = { ...before, state: cancelled ? "cancelled" : "done", result };
	const detail = { task, title: before.title, result };
	return { incident, task: after, lines: [{ kind: cancelled ? "task.cancelled" : "task.done", detail }] };
}

/** The record of the instruction, and the task that it is from now on. */
export function instructed(
	incident: Incident,
	{ leader, text, assignee, dueAt }: IncidentAct<"incident.instruct">,
	task: string,
	id: string,
): Step | Problem {
	if (incident.state === "closed") return problem("closed", "the incident is closed; open it again to carry out more");
	const title = text.length > 200 ? `${text.slice(0, 199)}…` : text;
	const body: IncidentTask = { incident: id, title, assignee, dueAt, state: "open", from: "instruction", result: null };
	return {
		incident,
		task: body,
		lines: [
			{ kind: "instruction", detail: { leader, text, task } },
			{ kind: "task.given", detail: { task, title, assignee, dueAt, from: "instruction" } },
		],
	};
}
