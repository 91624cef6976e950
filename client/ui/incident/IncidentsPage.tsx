// The list of incidents: what waits for this desk to accept on top, then the open ones, gravest first, then the closed ones by
// month. A new one by hand or from a call is a form away. A row is a link: the incident is a page of its own.
import { type ReactElement, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useMay, useNow } from "../live_context.ts";
import { Loading } from "../parts/Loading.tsx";
import { Room, RoomHead } from "../parts/Room.tsx";
import { IncidentRow } from "./IncidentRow.tsx";
import { useIncidents, useMe } from "./incident_state.ts";
import { closedByMonth, offersFor, openOrder } from "./incident_view.ts";
import { useListKeys } from "./list_keys.ts";
import { NewIncident, type Origin } from "./NewIncident.tsx";
import { PastIncidents } from "./PastIncidents.tsx";
import "../../style/incident.css";

export function IncidentsPage(): ReactElement {
	const { t } = useTranslation();
	const [origin, setOrigin] = useState<Origin | null>(null);
	const may = useMay("incident.edit");
	const begin = useCallback((key: string) => may && setOrigin({ source: key === "c" ? "call" : "hand" }), [may]);
	useListKeys("[data-incident] a[data-open]", begin, origin !== null);
	return (
		<Room name="incidents" title={t("incident.title")}>
			<RoomHead title={t("incident.title")}>
				<OpenCount />
				<span className="quiet">{t(may ? "incident.keys" : "incident.readOnly")}</span>
				{may ? (
					<span className="room-acts">
						<button type="button" className="button" data-new="call" onClick={() => setOrigin({ source: "call" })}>
							{t("incident.new.call")}
						</button>
						<button
							type="button"
							className="button primary"
							data-new="hand"
							onClick={() => setOrigin({ source: "hand" })}
						>
							{t("incident.new.hand")}
						</button>
					</span>
				) : null}
			</RoomHead>
			<List />
			{origin === null ? null : <NewIncident origin={origin} onClose={() => setOrigin(null)} />}
		</Room>
	);
}

function OpenCount(): ReactElement | null {
	const { t } = useTranslation();
	const count = useIncidents().filter(({ body }) => body.state === "open").length;
	return count === 0 ? null : <span className="quiet">{t("incident.count", { count })}</span>;
}

function List(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const me = useMe();
	const mayRead = useMay("incident.read");
	const incidents = useIncidents();
	if (!live.register.isLoaded) return <Loading word={t("incident.loading")} />;
	if (!mayRead) return <p className="notice-block">{t("incident.noRight")}</p>;
	const offers = offersFor(incidents, me);
	const open = openOrder(incidents, now).filter((entry) => !offers.includes(entry));
	const months = closedByMonth(incidents);
	return (
		<div className="incident-list">
			{offers.length === 0 ? null : (
				<section aria-labelledby="offers-title" className="offers">
					<h3 id="offers-title">{t("incident.offersTitle")}</h3>
					<ul>
						{offers.map((entry) => (
							<IncidentRow key={entry.id} entry={entry} now={now} isOffer={true} />
						))}
					</ul>
				</section>
			)}
			{open.length === 0 && offers.length === 0 ? (
				<div className="notice-block">
					<p>{t("incident.none")}</p>
					<p className="quiet">{t("incident.noneNote")}</p>
				</div>
			) : (
				<ul className="open-incidents">
					{open.map((entry) => (
						<IncidentRow key={entry.id} entry={entry} now={now} isOffer={false} />
					))}
				</ul>
			)}
			<section aria-labelledby="closed-title" className="closed-incidents">
				<h3 id="closed-title">{t("incident.closedList")}</h3>
				{months.length === 0 ? <p className="quiet">{t("incident.closedNone")}</p> : null}
				{months.map(({ month, entries }) => (
					<details key={month} open={month === months[0]?.month}>
						<summary>
							{t("incident.month", { year: month.slice(0, 4), month: Number(month.slice(5)) })}
							<span className="quiet figures"> {entries.length}</span>
						</summary>
						<ul>
							{entries.map((entry) => (
								<IncidentRow key={entry.id} entry={entry} now={now} isOffer={false} />
							))}
						</ul>
					</details>
				))}
			</section>
			<PastIncidents />
		</div>
	);
}
