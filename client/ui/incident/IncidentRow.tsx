// One incident in one line: level, age, what and where, its numbers and tasks, who owns it, the clock that is due first. Accepting what was offered
// is a button in the line itself.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ageText, dayText, numberText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { ClockText } from "./ClockText.tsx";
import { useAct, useTasks } from "./incident_state.ts";
import { type IncidentEntry, nextClock, tasksOf } from "./incident_view.ts";
import { refusalText } from "./Refusal.tsx";
import { briefOf } from "./row_brief.ts";

interface IncidentRowProps {
	readonly entry: IncidentEntry;
	/** Server time. */
	readonly now: number;
	/** It waits for this desk to accept it. */
	readonly isOffer: boolean;
}

export function IncidentRow({ entry, now, isOffer }: IncidentRowProps): ReactElement {
	const { t } = useTranslation();
	const { body, id } = entry;
	const isOpen = body.state === "open";
	const clock = isOpen ? nextClock(body, now) : null;
	const age = (isOpen ? now : (body.closedAt ?? now)) - body.openedAt;
	return (
		<li className={`incident-row level-${body.level} ${body.state}`} data-incident={id} data-state={body.state}>
			<span className="incident-level">
				<LevelMark state={body.level} size={1.375} hollow={!isOpen} />
				<span className="hidden-text">{t(`levelLong.${body.level}`)}</span>
			</span>
			<span className="figures incident-age" title={t("incident.head.opened", { at: dayText(body.openedAt) })}>
				{now === 0 ? "–" : ageText(age)}
			</span>
			<a className="incident-open" href={`/duty/incidents/${id}`} data-open>
				<span className="incident-title">{body.title}</span>
				<span className="quiet">
					{t(`incident.type.${body.type}`)} · {placeName(body.place.district)}
					{body.place.address === "" ? "" : ` · ${body.place.address}`}
				</span>
			</a>
			<span className="incident-tags">
				{body.drill ? <span className="tag">{t("incident.drill")}</span> : null}
				{body.pushed === null || !isOpen ? null : <span className="tag">{t("incident.head.pushed")}</span>}
			</span>
			<Brief entry={entry} now={now} />
			<span className="figures incident-no">{body.no}</span>
			<span className="incident-owner">
				{t("incident.owner.is", { tier: t(`incident.tier.${body.tier}`), place: placeName(body.owner.district) })}
				{body.owner.user === null ? null : <span className="quiet"> {body.owner.user}</span>}
			</span>
			<span className="incident-clock">
				{isOpen ? (
					clock === null ? null : (
						<ClockText clock={clock} now={now} isNamed={true} />
					)
				) : (
					<span className="quiet incident-result">{body.result}</span>
				)}
			</span>
			{isOffer ? <Accept entry={entry} /> : null}
		</li>
	);
}

/** The numbers that matter, and how many of its tasks wait. */
function Brief({ entry, now }: { readonly entry: IncidentEntry; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const open = tasksOf(useTasks(), entry.id).filter(({ body }) => body.state === "open");
	const late = open.some(({ body }) => body.dueAt < now);
	return (
		<span className="incident-brief">
			{briefOf(entry.body).map(({ field, value, isHarm }) => (
				<span key={field.id} className={isHarm ? "harm" : ""}>
					<span className="quiet">{field.name[languageNow()]}</span>{" "}
					<span className="figures">{numberText(value, field.decimals)}</span>
					{field.unit === "" ? "" : ` ${field.unit}`}
				</span>
			))}
			{open.length === 0 ? null : (
				<span className={late ? "late" : ""}>
					{t(late ? "incident.row.late" : "incident.row.tasks", { count: open.length })}
				</span>
			)}
		</span>
	);
}

function Accept({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const may = useMay("incident.edit");
	const { offer } = entry.body;
	const words = offer === null || offer.note === "" ? "incident.offeredBare" : "incident.offered";
	return (
		<span className="incident-offer">
			<span>{t(words, { by: offer?.by ?? "", note: offer?.note ?? "" })}</span>
			{may ? (
				<button
					type="button"
					className="button primary"
					disabled={act.isBusy}
					data-accept
					onClick={() => void act.run("incident.accept", { id: entry.id }).catch(reportError)}
				>
					{t("incident.owner.accept")}
				</button>
			) : null}
			{act.refusal === null ? null : (
				<span className="form-problem" role="alert">
					{refusalText(t, act.refusal)}
				</span>
			)}
		</span>
	);
}
