// The alarms of an incident as they stand now, the root first: each is still acknowledged by itself, at the desk. What is open nearby and
// not yet its own is offered to be linked.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import type { CauseMember } from "#model/causes_group.ts";
import { ageText } from "../../live/format.ts";
import { metresText } from "../../live/metres.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { type Act, useAct } from "./incident_state.ts";
import { alarmIds, type IncidentEntry } from "./incident_view.ts";
import { alarmsNear } from "./near.ts";
import { Refusal } from "./Refusal.tsx";

/** More than a person reads; the count says the rest. */
const MOST = 12;
/** Offered to be linked. */
const NEAR_MOST = 4;
const NEAR_M = 3_000;

export function LinkedAlarms({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const act = useAct();
	const may = useMay("incident.edit");
	useChange(live.alarms.change);
	useChange(live.causes.change);
	const { body } = entry;
	const ids = alarmIds(body);
	const group = body.state === "closed" ? [] : (live.causes.groupFor(body.cause, body.rootAlarm)?.members ?? []);
	const others = group.filter(({ alarm }) => !ids.includes(alarm.id));
	const own = new Set([...ids, ...others.map(({ alarm }) => alarm.id)]);
	const isOff = !may || body.state === "closed";
	return (
		<section className="block" aria-labelledby="alarms-title">
			<h3 id="alarms-title">
				{t("incident.alarms.title")} <span className="quiet figures">{own.size}</span>
			</h3>
			{ids.length === 0 ? <p className="quiet">{t("incident.alarms.none")}</p> : null}
			<ul className="linked">
				{ids.slice(0, MOST).map((id) => (
					<li key={id} data-linked={id}>
						<Linked id={id} alarm={live.alarms.find(id)} />
						{isOff || id === body.rootAlarm ? null : <LinkButton entry={entry} act={act} alarm={id} isLinked={true} />}
					</li>
				))}
			</ul>
			{body.joined > 0 ? <p className="quiet">{t("incident.alarms.joined", { count: body.joined })}</p> : null}
			<Members others={others} />
			{isOff ? null : <NearAlarms entry={entry} own={own} act={act} />}
			<Refusal told={act.refusal} />
		</section>
	);
}

/** What its cause has brought beside the named ones, each with its reason; still open, and each acknowledged by itself. */
function Members({ others }: { readonly others: readonly CauseMember[] }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	if (others.length === 0) return null;
	return (
		<>
			<ul className="linked">
				{others.slice(0, MOST).map(({ alarm, why }) => (
					<li key={alarm.id} data-member={alarm.id}>
						<Linked id={alarm.id} alarm={live.alarms.find(alarm.id)} />
						<span className="quiet">{t(`incident.why.${why.key}`)}</span>
					</li>
				))}
			</ul>
			{others.length > MOST ? (
				<p className="quiet">{t("incident.alarms.more", { count: others.length - MOST })}</p>
			) : null}
		</>
	);
}

function Linked({ id, alarm }: { readonly id: string; readonly alarm: Alarm | undefined }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	if (alarm === undefined) {
		return (
			<>
				<LevelMark state={0} size={1} />
				<span className="quiet figures">{id}</span>
				<span className="quiet">{t("incident.alarms.gone")}</span>
			</>
		);
	}
	const href = alarm.asset === null ? `/duty?alarm=${id}` : `/duty?asset=${encodeURIComponent(alarm.asset)}`;
	return (
		<>
			<LevelMark state={alarm.severity} size={1} hollow={!alarm.active} />
			<a href={href} title={`${t(`levelLong.${alarm.severity}`)} ${alarm.name}`}>
				{placeName(alarm.district)} {alarm.name}
			</a>
			<span className="quiet">
				{alarm.active ? ageText(now - alarm.raisedAt) : t("incident.alarms.over")}
				{alarm.acknowledged ? ` · ${t("alarms.acknowledged")}` : ""}
			</span>
		</>
	);
}

interface NearAlarmsProps {
	readonly entry: IncidentEntry;
	readonly own: ReadonlySet<string>;
	readonly act: Act;
}

function NearAlarms({ entry, own, act }: NearAlarmsProps): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	const find = (asset: string) => live.catalogue.find(asset);
	const near = alarmsNear(live.alarms.open, find, entry.body.place, own, NEAR_M, NEAR_MOST);
	if (near.length === 0) return null;
	return (
		<>
			<h4>{t("incident.alarms.near")}</h4>
			<ul className="linked">
				{near.map(({ what, metres }) => (
					<li key={what.id} data-near-alarm={what.id}>
						<LevelMark state={what.severity} size={1} hollow={!what.active} />
						<span className="linked-name" title={t(`levelLong.${what.severity}`)}>
							{what.name}
						</span>
						<span className="quiet figures">{metresText(metres)}</span>
						<LinkButton entry={entry} act={act} alarm={what.id} isLinked={false} />
					</li>
				))}
			</ul>
		</>
	);
}

interface LinkButtonProps {
	readonly entry: IncidentEntry;
	readonly act: Act;
	readonly alarm: string;
	readonly isLinked: boolean;
}

function LinkButton({ entry, act, alarm, isLinked }: LinkButtonProps): ReactElement {
	const { t } = useTranslation();
	const press = (): void => {
		act.run("incident.link", { id: entry.id, [isLinked ? "remove" : "add"]: [alarm] }).catch(reportError);
	};
	return (
		<button type="button" className="button small-button" disabled={act.isBusy} onClick={press}>
			{t(isLinked ? "incident.alarms.unlink" : "incident.alarms.link")}
		</button>
	);
}
