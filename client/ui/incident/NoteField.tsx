// The field that is always open at the foot of the log: a note, a decision, an instruction of a leader, a task. What is typed is kept on
// this machine until the server has it (note_box.ts); what waits and what was refused stands above the field.
import { type FormEvent, type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Unit } from "#model/contact.ts";
import { fieldText, fieldTime } from "../../live/civil.ts";
import { useChange, useEntries, useLive, useMay } from "../live_context.ts";
import type { IncidentEntry } from "./incident_view.ts";
import type { NoteBox, Waiting } from "./note_box.ts";
import "../../style/incident_form.css";
import { refusalText } from "./Refusal.tsx";

const KINDS = ["note", "decide", "instruct", "task"] as const;
type Kind = (typeof KINDS)[number];
const HOUR_MS = 3_600_000;

interface NoteFieldProps {
	readonly entry: IncidentEntry;
	readonly box: NoteBox;
}

export function NoteField({ entry, box }: NoteFieldProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(box.change);
	const may = useMay("incident.edit");
	const mayInstruct = useMay("instruction.add");
	const form = useRef<HTMLFormElement>(null);
	const field = useRef<HTMLTextAreaElement>(null);
	const [kind, setKind] = useState<Kind>("note");
	const assigneeOf = useAssignee();
	// After the end words can be added, nothing else.
	const isOver = entry.body.state === "closed";
	const kinds = KINDS.filter((one) => one === "note" || (!isOver && (one !== "instruct" || mayInstruct)));
	const send = (event?: FormEvent): void => {
		event?.preventDefault();
		const text = box.draft.trim();
		if (text === "" || form.current === null || !form.current.reportValidity()) return;
		const given = new FormData(form.current);
		const dueAt = fieldTime(String(given.get("due") ?? "")) ?? live.now() + HOUR_MS;
		const assignee = assigneeOf(String(given.get("assignee") ?? ""));
		const leader = String(given.get("leader") ?? "").trim();
		const { id } = entry;
		if (kind === "note") box.send("incident.note", { id, text }, live.now());
		if (kind === "decide") box.send("incident.decide", { id, text }, live.now());
		if (kind === "instruct") box.send("incident.instruct", { id, text, leader, dueAt, assignee }, live.now());
		if (kind === "task") box.send("incident.task", { id, title: text.slice(0, 200), dueAt, assignee }, live.now());
		setKind("note");
		field.current?.focus();
	};
	if (!may) return <p className="quiet note-off">{t("incident.note.signIn")}</p>;
	return (
		<form ref={form} className="note-field" onSubmit={send}>
			<WaitingNotes box={box} />
			<div className="note-kinds" role="radiogroup" aria-label={t("incident.note.kind")}>
				{kinds.map((one) => (
					<label key={one}>
						<input
							type="radio"
							name="kind"
							value={one}
							checked={kind === one}
							data-kind={one}
							onChange={() => setKind(one)}
						/>
						{t(`incident.note.${one}`)}
					</label>
				))}
				<span className={box.isKept ? "quiet" : "form-problem"} role="status">
					{box.draft === "" ? "" : t(box.isKept ? "incident.note.kept" : "incident.note.notKept")}
				</span>
			</div>
			{kind === "instruct" || kind === "task" ? <Terms key={kind} kind={kind} now={live.now()} /> : null}
			<div className="note-write">
				<textarea
					ref={field}
					value={box.draft}
					rows={3}
					maxLength={kind === "note" ? 4_000 : kind === "task" ? 200 : 2_000}
					aria-label={t(`incident.note.${kind}`)}
					placeholder={t("incident.note.hint")}
					onChange={(event) => box.write(event.target.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
					}}
					data-note
				/>
				<button type="submit" className="button primary" disabled={box.draft.trim() === ""} data-send>
					{t("incident.note.send")}
				</button>
			</div>
		</form>
	);
}

/** Whose it is, who does it, until when: an hour from now unless another time is written. */
function Terms({ kind, now }: { readonly kind: "instruct" | "task"; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	const names = [...new Set([...units, ...people].map(({ body }) => body.name))].slice(0, 400);
	return (
		<div className="note-terms">
			{kind === "instruct" ? (
				<label>
					<span>{t("incident.note.leader")}</span>
					<input name="leader" required maxLength={40} />
				</label>
			) : null}
			<label>
				<span>{t("incident.note.assignee")}</span>
				<input name="assignee" maxLength={80} list="assignees" autoComplete="off" />
			</label>
			<label>
				<span>{t("incident.note.due")}</span>
				<input name="due" type="datetime-local" required defaultValue={fieldText(now + HOUR_MS)} />
			</label>
			<datalist id="assignees">
				{names.map((name) => (
					<option key={name} value={name} />
				))}
			</datalist>
		</div>
	);
}

/** A name of the contact book becomes that unit or person; any other name stands as it is. */
function useAssignee(): (name: string) => { unit: string | null; person: string | null; user: string | null } {
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	return (text) => {
		const name = text.trim();
		const unit = units.find(({ body }) => body.name === name)?.id ?? null;
		const person = unit === null ? (people.find(({ body }) => body.name === name)?.id ?? null) : null;
		const isFree = name !== "" && unit === null && person === null;
		return { unit, person, user: isFree ? name : null };
	};
}

function WaitingNotes({ box }: { readonly box: NoteBox }): ReactElement | null {
	const { t } = useTranslation();
	if (box.waiting.length === 0) return null;
	return (
		<ul className="waiting" aria-live="polite">
			{box.waiting.map((note: Waiting) => (
				<li key={note.commandId} data-waiting={note.refusal === null ? "waiting" : "refused"}>
					<span className="tag">{t("incident.note.waiting")}</span> {note.text}
					{note.refusal === null ? null : (
						<>
							<span className="form-problem">{t("incident.note.refused", { why: refusalText(t, note.refusal) })}</span>
							<button type="button" className="button small-button" onClick={() => box.takeBack(note.commandId)}>
								{t("incident.note.takeBack")}
							</button>
						</>
					)}
				</li>
			))}
		</ul>
	);
}
