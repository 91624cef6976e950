// The notes field, open at the foot of every case: what is typed there goes to the log of the alarm in hand as a comment and is
// told to everybody. A sentence half written stays until it is sent or the case is closed.
import { type FormEvent, type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { useChange, useLive, useMay } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";

interface NotesProps {
	/** Open alarms of the case; the note is about the first. */
	readonly alarms: readonly Alarm[];
}

export function Notes({ alarms }: NotesProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("alarm.comment");
	const field = useRef<HTMLTextAreaElement>(null);
	const [text, setText] = useState("");
	useChange(live.commands.change);
	const alarm = alarms[0];
	const pending = alarm === undefined ? undefined : live.commands.of(alarm.id, "comment");
	const isWaiting = pending !== undefined && pending.state !== "failed";
	const isOff = alarm === undefined || alarm.seq === null || !may;
	const send = (event?: FormEvent): void => {
		event?.preventDefault();
		const note = text.trim();
		if (isOff || isWaiting || note === "") return;
		live.commands.send(alarm, "comment", { note }).catch(reportError);
		setText("");
		field.current?.focus();
	};
	return (
		<form className="notes" onSubmit={send}>
			<label className="notes-label">
				{alarm === undefined ? null : <LevelMark state={alarm.severity} size={0.9} bare hollow={!alarm.active} />}
				{t("act.comment")}
				<textarea
					ref={field}
					value={text}
					rows={2}
					maxLength={2000}
					disabled={isOff}
					placeholder={t(alarm === undefined ? "case.noteNoAlarm" : may ? "case.noteHint" : "case.noteSignIn")}
					onChange={(event) => setText(event.target.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
						// Escape closes the case; not while a sentence stands here.
						if (event.key === "Escape" && text !== "") event.stopPropagation();
					}}
					data-notes
				/>
			</label>
			<button type="submit" className="button" disabled={isOff || isWaiting || text.trim() === ""}>
				{t(isWaiting ? "alarms.waiting" : "act.send")}
			</button>
			{pending?.problem === null || pending === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, pending.problem)}
				</p>
			)}
		</form>
	);
}
