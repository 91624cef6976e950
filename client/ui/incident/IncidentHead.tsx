// The line over an incident: how grave, what, where, since when, under which number; and what ends or shows it: push to the walls,
// close with a result, reopen.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentLevel } from "#model/incident.ts";
import { ageText, dayText } from "../../live/format.ts";
import { useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { useAct, useMe, useTasks } from "./incident_state.ts";
import { type IncidentEntry, speaksFor, tasksOf } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";
import { WordsDialog } from "./WordsDialog.tsx";

const LEVELS = [4, 3, 2, 1] as const;

export function IncidentHead({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const { body } = entry;
	const isOpen = body.state === "open";
	const until = isOpen ? now : (body.closedAt ?? now);
	return (
		<header
			className={`incident-head level-${body.level} ${body.state}`}
			data-state={body.state}
			data-level={body.level}
		>
			<LevelMark state={body.level} size={2} hollow={!isOpen} />
			<div className="incident-name">
				<h2>
					{body.title}
					{body.drill ? <span className="tag">{t("incident.drill")}</span> : null}
					{body.pushed === null ? null : <span className="tag pushed">{t("incident.head.pushed")}</span>}
				</h2>
				<p className="quiet">
					<span className="figures incident-no" data-no={body.no}>
						{body.no}
					</span>
					<span>{t(`incident.type.${body.type}`)}</span>
					<span>
						{placeName(body.place.district)}
						{body.place.address === "" ? "" : ` ${body.place.address}`}
					</span>
					<span>{t("incident.head.opened", { at: dayText(body.openedAt) })}</span>
					{body.closedAt === null ? null : <span>{t("incident.head.ended", { at: dayText(body.closedAt) })}</span>}
					<span className="figures">{now === 0 ? "" : ageText(until - body.openedAt)}</span>
				</p>
			</div>
			<LevelChoice entry={entry} />
			<Ends entry={entry} />
		</header>
	);
}

function LevelChoice({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const may = useMay("incident.edit");
	const act = useAct();
	const { level, state } = entry.body;
	if (!may || state === "closed") return <strong className="incident-level-word">{t(`levelLong.${level}`)}</strong>;
	const change = (to: IncidentLevel): void => {
		act.run("incident.edit", { id: entry.id, patch: { level: to } }).catch(reportError);
	};
	return (
		<label className="incident-level-word">
			<span className="hidden-text">{t("incident.head.level")}</span>
			<select value={level} onChange={(event) => change(Number(event.target.value) as IncidentLevel)} data-level-choice>
				{LEVELS.map((one) => (
					<option key={one} value={one}>
						{t(`levelLong.${one}`)}
					</option>
				))}
			</select>
			<Refusal told={act.refusal} />
		</label>
	);
}

function Ends({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const [asked, setAsked] = useState<"close" | "reopen" | null>(null);
	const isOwner = speaksFor(useMe(), entry.body, entry.body.owner.district);
	const mayClose = useMay("incident.close") && isOwner;
	const mayPush = useMay("incident.push");
	const open = tasksOf(useTasks(), entry.id).filter(({ body }) => body.state === "open").length;
	const { state, pushed } = entry.body;
	const isOpen = state === "open";
	const run = (...parts: Parameters<typeof act.run>): void => {
		act
			.run(...parts)
			.then((answer) => answer === null || setAsked(null))
			.catch(reportError);
	};
	return (
		<div className="incident-ends">
			<Refusal told={act.refusal} />
			{mayPush && isOpen ? (
				<button
					type="button"
					className="button"
					aria-pressed={pushed !== null}
					disabled={act.isBusy}
					data-push
					onClick={() => run(pushed === null ? "incident.push" : "incident.unpush", { id: entry.id })}
				>
					{t(pushed === null ? "incident.head.push" : "incident.head.unpush")}
				</button>
			) : null}
			{mayClose ? (
				<button type="button" className="button" data-close onClick={() => setAsked(isOpen ? "close" : "reopen")}>
					{t(isOpen ? "incident.head.close" : "incident.head.reopen")}
				</button>
			) : null}
			{asked === null ? null : (
				<WordsDialog
					title={t(asked === "close" ? "incident.close.title" : "incident.close.reopenTitle")}
					label={t(asked === "close" ? "incident.close.result" : "incident.close.note")}
					hint={asked === "close" ? t("incident.close.hint") : ""}
					word={t(asked === "close" ? "incident.close.send" : "incident.head.reopen")}
					most={asked === "close" ? 2_000 : 500}
					isBusy={act.isBusy}
					onClose={() => setAsked(null)}
					onSend={(text) =>
						asked === "close"
							? run("incident.close", { id: entry.id, result: text })
							: run("incident.reopen", { id: entry.id, note: text })
					}
				>
					{asked === "close" && open > 0 ? <p>{t("incident.close.openTasks", { count: open })}</p> : null}
					<Refusal told={act.refusal} />
				</WordsDialog>
			)}
		</div>
	);
}
