// The alarms of an incident as they stand now, the root first: each is still acknowledged by itself, at the desk.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ageText } from "../../live/format.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { alarmIds, type IncidentEntry } from "./incident_view.ts";

/** More than a person reads; the count says the rest. */
const MOST = 12;

export function LinkedAlarms({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	useChange(live.alarms.change);
	const ids = alarmIds(entry.body);
	return (
		<section className="block" aria-labelledby="alarms-title">
			<h3 id="alarms-title">
				{t("incident.alarms.title")} <span className="quiet figures">{ids.length}</span>
			</h3>
			{ids.length === 0 ? <p className="quiet">{t("incident.alarms.none")}</p> : null}
			<ul className="linked">
				{ids.slice(0, MOST).map((id) => {
					const alarm = live.alarms.find(id);
					if (alarm === undefined) {
						return (
							<li key={id} className="quiet">
								<span className="figures">{id}</span> {t("incident.alarms.gone")}
							</li>
						);
					}
					const href = alarm.asset === null ? `/duty?alarm=${id}` : `/duty?asset=${encodeURIComponent(alarm.asset)}`;
					return (
						<li key={id} data-linked={id}>
							<LevelMark state={alarm.severity} size={1} hollow={!alarm.active} />
							<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
							<a href={href}>
								{placeName(alarm.district)} {alarm.name}
							</a>
							<span className="quiet">
								{alarm.active ? ageText(now - alarm.raisedAt) : t("incident.alarms.over")}
								{alarm.acknowledged ? ` · ${t("alarms.acknowledged")}` : ""}
							</span>
						</li>
					);
				})}
			</ul>
			{entry.body.joined > 0 ? (
				<p className="quiet">{t("incident.alarms.joined", { count: entry.body.joined })}</p>
			) : null}
		</section>
	);
}
