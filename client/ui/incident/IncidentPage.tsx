// One incident, for a person who works on it: what stands at the left, where it is in the middle, what was done at the right. It
// works while the link is away: what is known stays, what is written waits. Each part has its own guard.
import { useParams } from "@tanstack/react-router";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "#model/incident.ts";
import type { Problem } from "#model/problem.ts";
import type { ArchivedEntry } from "../../live/archive.ts";
import { dayText } from "../../live/format.ts";
import { LeftProvider, useChange, useLive, useMay } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { Loading } from "../parts/Loading.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Room } from "../parts/Room.tsx";
import { isTyping } from "../parts/typing.ts";
import { Clocks } from "./Clocks.tsx";
import { Facts } from "./Facts.tsx";
import { IncidentHead } from "./IncidentHead.tsx";
import { useLog, useNoteBox } from "./incident_state.ts";
import type { IncidentEntry, TaskEntry } from "./incident_view.ts";
import { LinkedAlarms } from "./LinkedAlarms.tsx";
import { LogLines } from "./LogLines.tsx";
import { MapView } from "./MapView.tsx";
import { NoteField } from "./NoteField.tsx";
import { Owner } from "./Owner.tsx";
import { PAST_ACTIONS, PastTasks, useArchived } from "./past_state.ts";
import { Scene } from "./Scene.tsx";
import { Tasks } from "./Tasks.tsx";
import { Written } from "./Written.tsx";
import "../../style/incident.css";
import "../../style/incident_draw.css";
import "../../style/incident_log.css";
import "../../style/incident_page.css";

export function IncidentPage(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { id } = useParams({ strict: false }) as { readonly id: string };
	useChange(live.register.change);
	usePageKeys();
	const past = useArchived<Incident>("incident", id);
	const entry = live.register.find<Incident>("incident", id) ?? past.kept;
	return (
		<Room name="incident-page" title={entry?.body.title ?? t("incident.title")}>
			{entry === null ? (
				<Missing isLoaded={live.register.isLoaded && !past.isPending} trouble={past.trouble} />
			) : past.kept === null ? (
				<Body entry={entry} isPast={false} />
			) : (
				<Past kept={past.kept} />
			)}
		</Room>
	);
}

/** From the archive: read, printed, opened again. */
function Past({ kept }: { readonly kept: ArchivedEntry<Incident> }): ReactElement {
	const { t } = useTranslation();
	return (
		<LeftProvider value={PAST_ACTIONS}>
			<PastTasks.Provider value={kept.parts as readonly TaskEntry[]}>
				<p className="incident-archived" role="status" data-archived>
					{t("incident.past.stands", { at: dayText(kept.archivedAt) })}
				</p>
				<Body entry={kept} isPast={true} />
			</PastTasks.Provider>
		</LeftProvider>
	);
}

interface MissingProps {
	readonly isLoaded: boolean;
	/** The archive could not be asked. */
	readonly trouble: Problem | null;
}

function Missing({ isLoaded, trouble }: MissingProps): ReactElement {
	const { t } = useTranslation();
	const mayRead = useMay("incident.read");
	if (!isLoaded) return <Loading word={t("incident.loading")} />;
	return (
		<div className="notice-block" data-missing>
			<p>{t(mayRead ? "incident.unknown" : "incident.noRight")}</p>
			{trouble === null ? null : <p role="alert">{problemText(t, trouble)}</p>}
			{mayRead ? <p className="quiet">{t("incident.unknownNote")}</p> : null}
			<a className="button" href="/duty/incidents">
				{t("incident.head.back")}
			</a>
		</div>
	);
}

interface BodyProps {
	readonly entry: IncidentEntry;
	/** In the archive, where nothing is written. */
	readonly isPast: boolean;
}

function Body({ entry, isPast }: BodyProps): ReactElement {
	const { t } = useTranslation();
	const log = useLog(`incident:${entry.id}`);
	const box = useNoteBox(entry.id);
	return (
		<>
			<Guard name="incident-head">
				<IncidentHead entry={entry} />
			</Guard>
			{entry.body.result === null ? null : (
				<p className="incident-result-line" data-result>
					{t("incident.head.result", { result: entry.body.result })}
				</p>
			)}
			<div className="incident-desk">
				<div className="incident-stands">
					<Guard name="incident-owner">
						<Owner entry={entry} />
					</Guard>
					<Guard name="incident-facts">
						<Facts entry={entry} />
					</Guard>
					<Guard name="incident-alarms">
						<LinkedAlarms entry={entry} />
					</Guard>
					<Guard name="incident-scene">
						<Scene entry={entry} />
					</Guard>
					<p className="quiet incident-keys">{t("incident.pageKeys")}</p>
				</div>
				<div className="incident-middle">
					<Guard name="map">
						<MapView entry={entry} />
					</Guard>
					<Guard name="incident-written">
						<Written entry={entry} />
					</Guard>
				</div>
				<div className="incident-right">
					<Guard name="incident-clocks">
						<Clocks entry={entry} />
					</Guard>
					<Guard name="incident-tasks">
						<Tasks entry={entry} />
					</Guard>
					<Guard name="incident-log">
						<LogLines log={log} entry={entry} />
					</Guard>
					<Guard name="incident-note">{box === null || isPast ? null : <NoteField entry={entry} box={box} />}</Guard>
				</div>
			</div>
		</>
	);
}

/** n: to the note; l: back to the list. Letters of a sentence stay letters. */
function usePageKeys(): void {
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			if (event.key === "n") {
				event.preventDefault();
				document.querySelector<HTMLTextAreaElement>("[data-note]")?.focus();
			} else if (event.key === "l") location.assign("/duty/incidents");
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, []);
}
