// The log of an incident, newest at the foot where it is written on: time, who, what. It only grows. Calls, reports and photos stand
// among the notes; a photo is seen in the line.
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { incidentTypes } from "#model/incident_type.ts";
import { PHOTO_MAX, photoTypes } from "#model/photo.ts";
import { isProblem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import { dayText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { CallDialog } from "../contacts/CallDialog.tsx";
import { useLive, useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { problemText } from "../parts/problem_text.ts";
import type { Log } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";
import { type LogWords, logText } from "./log_words.ts";
import { usePhoto } from "./use_photo.ts";

interface LogLinesProps {
	readonly log: Log;
	readonly entry: IncidentEntry;
}

export function LogLines({ log, entry }: LogLinesProps): ReactElement {
	const subject = `incident:${entry.id}`;
	const { t } = useTranslation();
	const list = useRef<HTMLOListElement>(null);
	const newest = log.lines.at(-1)?.n ?? 0;
	useEffect(() => {
		const box = list.current;
		// Who scrolled up to read is left in peace.
		if (box === null || newest < 0) return;
		if (box.scrollHeight - box.scrollTop - box.clientHeight < 160 || box.scrollTop === 0)
			box.scrollTop = box.scrollHeight;
	}, [newest]);
	return (
		<section className="block log" aria-labelledby="log-title">
			<div className="log-head">
				<h3 id="log-title">
					{t("incident.log.title")} <span className="quiet figures">{log.lines.length}</span>
				</h3>
				<span className="acts">
					<Call entry={entry} />
					<AddPhoto subject={subject} />
				</span>
			</div>
			{log.trouble === null ? null : (
				<p className="quiet" role="status">
					{t("incident.log.failed", { why: problemText(t, log.trouble) })}
				</p>
			)}
			{log.isLoaded && log.lines.length === 0 ? <p className="quiet">{t("incident.log.none")}</p> : null}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard */}
			<ol ref={list} className="log-lines" tabIndex={0} aria-labelledby="log-title">
				{log.lines.map((line) => (
					<Line key={line.n} line={line} />
				))}
			</ol>
		</section>
	);
}

function Line({ line }: { readonly line: LogLine }): ReactElement {
	const { t } = useTranslation();
	const words: LogWords = {
		t: (key, fill) => t(key, { defaultValue: "", ...fill }),
		place: placeName,
		field: (id) => t(`incident.log.fields.${id}`, { defaultValue: factName(id) }),
	};
	const photo = line.kind === "photo" ? (line.detail.photo ?? line.detail.id) : null;
	return (
		<li className={`log-line ${line.kind.replace(".", "-")}`} data-line={line.kind}>
			<span className="figures log-at">{dayText(line.at)}</span>
			<span className="log-kind">{t(`incident.log.${line.kind}`, { defaultValue: line.kind })}</span>
			<span className="log-by">{line.by === "system" ? t("incident.log.system") : line.by}</span>
			<span className="log-text">{logText(line, words)}</span>
			{typeof photo === "string" ? (
				<a href={`/api/photos/${photo}`} target="_blank" rel="noreferrer" className="log-photo">
					<img src={`/api/photos/${photo}`} alt={t("incident.log.photo")} loading="lazy" />
				</a>
			) : null}
		</li>
	);
}

/** The telephone: whom to call, numbers large, each call a line of this log. */
function Call({ entry }: { readonly entry: IncidentEntry }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("call.log");
	const [isOpen, setOpen] = useState(false);
	if (!may) return null;
	const root = entry.body.rootAlarm === null ? undefined : live.alarms.find(entry.body.rootAlarm);
	return (
		<>
			<button type="button" className="button small-button" data-call-button onClick={() => setOpen(true)}>
				{t("incident.log.call")}
			</button>
			{isOpen ? (
				<CallDialog
					subject={`incident:${entry.id}`}
					asset={root?.asset ?? undefined}
					name={entry.body.title}
					onClose={() => setOpen(false)}
				/>
			) : null}
		</>
	);
}

/** By its id in any type; "" for what no type knows. */
function factName(id: string): string {
	for (const { facts } of incidentTypes) {
		const found = facts.find((field) => field.id === id);
		if (found !== undefined) return found.name[languageNow()];
	}
	return "";
}

function AddPhoto({ subject }: { readonly subject: string }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("photo.add");
	const input = useRef<HTMLInputElement>(null);
	const photo = usePhoto(async (file) => {
		if (file.size > PHOTO_MAX || !photoTypes.some((type) => type === file.type)) return t("incident.log.badPhoto");
		const told = await live.acts.photo(subject, file);
		return isProblem(told) ? problemText(t, told) : null;
	});
	if (!may) return null;
	return (
		<span className="add-photo">
			{photo.refusal === null ? null : (
				<span className="form-problem" role="alert">
					{photo.refusal}
				</span>
			)}
			<button
				type="button"
				className="button small-button"
				disabled={photo.isBusy}
				onClick={() => input.current?.click()}
			>
				{t("incident.log.addPhoto")}
			</button>
			<input
				ref={input}
				type="file"
				hidden
				accept={photoTypes.join(",")}
				aria-label={t("incident.log.addPhoto")}
				data-photo
				onChange={(event) => {
					const [file] = event.target.files ?? [];
					event.target.value = "";
					if (file !== undefined) photo.send(file);
				}}
			/>
		</span>
	);
}
