// What was asked of whom until when: open tasks by deadline, done ones below. A task is given in the note field (NoteField.tsx); here
// it is finished or taken back.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Unit } from "#model/contact.ts";
import type { Assignee } from "#model/incident.ts";
import { ageText, dayText } from "../../live/format.ts";
import { useEntries, useMay, useNow } from "../live_context.ts";
import { useAct, useTasks } from "./incident_state.ts";
import { type IncidentEntry, type TaskEntry, tasksOf } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";
import { WordsDialog } from "./WordsDialog.tsx";

export function Tasks({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const tasks = tasksOf(useTasks(), entry.id);
	const open = tasks.filter(({ body }) => body.state === "open").length;
	return (
		<section className="block tasks" aria-labelledby="tasks-title">
			<h3 id="tasks-title">
				{t("incident.task.title")} <span className="quiet figures">{open}</span>
			</h3>
			{tasks.length === 0 ? <p className="quiet">{t("incident.task.none")}</p> : null}
			<ul>
				{tasks.map((task) => (
					<Task key={task.id} task={task} incident={entry.id} isOff={entry.body.state === "closed"} />
				))}
			</ul>
		</section>
	);
}

interface TaskProps {
	readonly task: TaskEntry;
	readonly incident: string;
	readonly isOff: boolean;
}

function Task({ task, incident, isOff }: TaskProps): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const act = useAct();
	const may = useMay("incident.edit");
	const who = useAssigneeName(task.body.assignee);
	const [asked, setAsked] = useState<"done" | "cancel" | null>(null);
	const { state, dueAt, title, from, result } = task.body;
	const isOpen = state === "open";
	const left = dueAt - now;
	const send = (words: string): void => {
		act
			.run("incident.task-done", { id: incident, task: task.id, result: words, cancelled: asked === "cancel" })
			.then((answer) => answer === null || setAsked(null))
			.catch(reportError);
	};
	return (
		<li className={`${state}${isOpen && left < 0 ? " overdue" : ""}`} data-task={task.id} data-state={state}>
			<span className="task-title">
				{from === "person" ? null : <span className="tag">{t(`incident.task.from.${from}`)}</span>} {title}
			</span>
			<span className="task-who">{who === "" ? t("incident.task.nobody") : who}</span>
			<span className="figures task-due">
				{isOpen ? (
					<>
						<span aria-hidden="true">{left < 0 ? "● " : ""}</span>
						{left < 0
							? t("incident.task.overdue", { age: ageText(-left) })
							: t("incident.task.due", { at: dayText(dueAt) })}
					</>
				) : (
					t(state === "done" ? "incident.task.isDone" : "incident.task.isCancelled")
				)}
			</span>
			{isOpen && may && !isOff ? (
				<span className="acts">
					<button type="button" className="button small-button" data-task-done onClick={() => setAsked("done")}>
						{t("incident.task.done")}
					</button>
					<button type="button" className="button small-button" onClick={() => setAsked("cancel")}>
						{t("incident.task.cancel")}
					</button>
				</span>
			) : (
				<span className="quiet">{result}</span>
			)}
			{asked === null ? null : (
				<WordsDialog
					title={title}
					label={t("incident.task.result")}
					word={t(asked === "done" ? "incident.task.done" : "incident.task.cancel")}
					mayBeEmpty={true}
					most={1_000}
					isBusy={act.isBusy}
					onClose={() => setAsked(null)}
					onSend={send}
				>
					<Refusal told={act.refusal} />
				</WordsDialog>
			)}
		</li>
	);
}

function useAssigneeName({ unit, person, user }: Assignee): string {
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	const names = [
		unit === null ? null : (units.find(({ id }) => id === unit)?.body.name ?? unit),
		person === null ? null : (people.find(({ id }) => id === person)?.body.name ?? person),
		user,
	];
	return names.filter((name) => name !== null).join(" ");
}
