// Who has it: the level and district that answer, who commands there, and the hand-over that waits. Handing on is an offer; the owner
// keeps the duty until the other side has accepted.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText } from "../../live/format.ts";
import { useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { useAct, useMe } from "./incident_state.ts";
import { handOvers, type IncidentEntry, isOfferedToMe, speaksFor } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";
import { WordsDialog } from "./WordsDialog.tsx";

type HandOver = ReturnType<typeof handOvers>[number];

export function Owner({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const { body } = entry;
	return (
		<section className="block" aria-labelledby="owner-title">
			<h3 id="owner-title">{t("incident.owner.title")}</h3>
			<p className="owner-now" data-tier={body.tier} data-owner={body.owner.district}>
				<strong>
					{t("incident.owner.is", { tier: t(`incident.tier.${body.tier}`), place: placeName(body.owner.district) })}
				</strong>
				{body.owner.user === null ? null : <span className="quiet"> {body.owner.user}</span>}
			</p>
			{body.offer === null ? <HandOn entry={entry} /> : <Offer entry={entry} />}
			<Commander key={body.commander} entry={entry} />
		</section>
	);
}

function Offer({ entry }: { readonly entry: IncidentEntry }): ReactElement | null {
	const { t } = useTranslation();
	const act = useAct();
	const me = useMe();
	const may = useMay("incident.edit");
	const [isDeclining, setDeclining] = useState(false);
	const { offer } = entry.body;
	if (offer === null) return null;
	const to = `${t(`incident.tier.${offer.tier}`)} · ${placeName(offer.district)}`;
	const run = (...parts: Parameters<typeof act.run>): void => {
		act.run(...parts).catch(reportError);
	};
	return (
		<div className="offer" data-offer={offer.district}>
			<p>
				<span aria-hidden="true">◐ </span>
				{t("incident.owner.waits", { to })}
			</p>
			<p className="quiet">
				{t(offer.note === "" ? "incident.offeredBare" : "incident.offered", { by: offer.by, note: offer.note })} ·{" "}
				{dayText(offer.at)}
			</p>
			{may && me?.user === offer.by ? (
				<button
					type="button"
					className="button small-button"
					data-withdraw
					onClick={() => run("incident.decline", { id: entry.id, note: t("incident.owner.withdrawn") })}
				>
					{t("incident.owner.withdraw")}
				</button>
			) : null}
			{may && isOfferedToMe(entry.body, me) ? (
				<div className="acts">
					<button
						type="button"
						className="button primary"
						disabled={act.isBusy}
						data-accept
						onClick={() => run("incident.accept", { id: entry.id })}
					>
						{t("incident.owner.accept")}
					</button>
					<button type="button" className="button" data-decline onClick={() => setDeclining(true)}>
						{t("incident.owner.decline")}
					</button>
				</div>
			) : null}
			<Refusal told={act.refusal} />
			{isDeclining ? (
				<WordsDialog
					title={t("incident.owner.decline")}
					label={t("incident.owner.declineNote")}
					word={t("incident.owner.decline")}
					most={500}
					isBusy={act.isBusy}
					onClose={() => setDeclining(false)}
					onSend={(note) => {
						run("incident.decline", { id: entry.id, note });
						setDeclining(false);
					}}
				/>
			) : null}
		</div>
	);
}

function HandOn({ entry }: { readonly entry: IncidentEntry }): ReactElement | null {
	const { t } = useTranslation();
	const act = useAct();
	const me = useMe();
	const may = useMay("incident.edit");
	const [to, setTo] = useState<HandOver | null>(null);
	const isOwner = speaksFor(me, entry.body, entry.body.owner.district);
	if (!may || !isOwner || entry.body.state === "closed") return null;
	const nameOf = ({ tier, district }: HandOver): string => `${t(`incident.tier.${tier}`)} ${placeName(district)}`;
	const send = (note: string): void => {
		if (to === null) return;
		act
			.run("incident.offer", { id: entry.id, tier: to.tier, district: to.district, note })
			.then((answer) => answer === null || setTo(null))
			.catch(reportError);
	};
	return (
		<div className="acts">
			{handOvers(entry.body).map((one) => (
				<button key={one.tier} type="button" className="button" data-offer-to={one.tier} onClick={() => setTo(one)}>
					{t(one.isUp ? "incident.owner.up" : "incident.owner.down", { to: nameOf(one) })}
				</button>
			))}
			{to === null ? null : (
				<WordsDialog
					title={t(to.isUp ? "incident.owner.up" : "incident.owner.down", { to: nameOf(to) })}
					label={t("incident.owner.note")}
					word={t("incident.owner.send")}
					mayBeEmpty={true}
					most={500}
					isBusy={act.isBusy}
					onClose={() => setTo(null)}
					onSend={send}
				>
					<Refusal told={act.refusal} />
				</WordsDialog>
			)}
		</div>
	);
}

/** Written and left: saved when the field is left or Enter is pressed. */
function Commander({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const may = useMay("incident.edit");
	const { commander, state } = entry.body;
	const [name, setName] = useState(commander ?? "");
	const save = (event?: FormEvent): void => {
		event?.preventDefault();
		const wanted = name.trim() === "" ? null : name.trim();
		if (wanted === commander) return;
		act.run("incident.edit", { id: entry.id, patch: { commander: wanted } }).catch(reportError);
	};
	return (
		<form className="one-line" onSubmit={save}>
			<label>
				<span className="quiet">{t("incident.place.commander")}</span>
				<input
					value={name}
					maxLength={40}
					disabled={!may || state === "closed"}
					placeholder={t("incident.place.none")}
					onChange={(event) => setName(event.target.value)}
					onBlur={() => save()}
					data-commander
				/>
			</label>
			<Refusal told={act.refusal} />
		</form>
	);
}
