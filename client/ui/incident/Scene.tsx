// What can be seen and who can come: cameras that look there, teams by distance with their number, what was called up.
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Unit } from "#model/contact.ts";
import type { IncidentResource } from "#model/incident_place.ts";
import { incidentType, systemOf } from "#model/incident_type.ts";
import { metresText } from "../../live/metres.ts";
import { darkCameras } from "../../live/near_camera.ts";
import { useChange, useEntries, useLive, useMay } from "../live_context.ts";
import { CameraTile } from "../parts/CameraTile.tsx";
import { useAct } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";
import { camerasNear, teamsNear } from "./near.ts";
import { Refusal } from "./Refusal.tsx";

const CAMERAS = 2;
const TEAMS = 4;

export function Scene({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	return (
		<>
			<Teams entry={entry} />
			<Cameras entry={entry} />
		</>
	);
}

function Cameras({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	useChange(live.alarms.change);
	const { place, type } = entry.body;
	const { cameraWithinM } = incidentType(type);
	const near = camerasNear(live.catalogue.assets, place, cameraWithinM, darkCameras(live.alarms.open), CAMERAS);
	return (
		<section className="block" aria-labelledby="cameras-title">
			<h3 id="cameras-title">{t("incident.scene.cameras")}</h3>
			{near.length === 0 ? (
				<p className="quiet">{t("incident.scene.noCamera", { metres: metresText(cameraWithinM) })}</p>
			) : null}
			{near.map(({ what, metres, looks }) => (
				<figure key={what.record.id} className="incident-camera" data-camera={what.record.id}>
					<CameraTile asset={what.record.id} name={what.record.name} />
					<figcaption className="quiet">
						{what.record.name} · {metresText(metres)}{" "}
						{looks === null ? null : (
							<span className="tag" data-looks={looks}>
								{t(looks ? "incident.scene.looks" : "incident.scene.turned")}
							</span>
						)}
					</figcaption>
				</figure>
			))}
		</section>
	);
}

function Teams({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const may = useMay("incident.edit");
	const units = useEntries<Unit>("unit");
	const { place, type, resources, state } = entry.body;
	const near = useMemo(() => teamsNear(units, place, systemOf(type), TEAMS), [units, place, type]);
	const isOff = !may || state === "closed";
	const put = (next: readonly IncidentResource[]): void => {
		act.run("incident.edit", { id: entry.id, patch: { resources: next } }).catch(reportError);
	};
	return (
		<section className="block" aria-labelledby="teams-title">
			<h3 id="teams-title">{t("incident.scene.teams")}</h3>
			{near.length === 0 ? <p className="quiet">{t("incident.scene.noTeam")}</p> : null}
			<ul className="teams">
				{near.map(({ what: { id, body }, metres }) => (
					<li key={id} data-team={id}>
						<span>
							{body.name} <span className="quiet figures">{metresText(metres)}</span>
						</span>
						<span className="figures quiet">{body.phone24h ?? ""}</span>
						{isOff || resources.some((one) => one.id === id) ? null : (
							<button
								type="button"
								className="button small-button"
								onClick={() =>
									put([
										...resources,
										{
											id,
											name: body.name,
											kind: body.kind,
											count: 1,
											lon: body.lon ?? place.lon,
											lat: body.lat ?? place.lat,
										},
									])
								}
							>
								{t("incident.scene.add")}
							</button>
						)}
					</li>
				))}
			</ul>
			{resources.length === 0 ? null : (
				<>
					<h4>{t("incident.scene.resources")}</h4>
					<ul className="teams">
						{resources.map((one) => (
							<li key={one.id} data-resource={one.id}>
								<span>{one.name}</span>
								<span />
								{isOff ? null : (
									<button
										type="button"
										className="button small-button"
										onClick={() => put(resources.filter(({ id }) => id !== one.id))}
									>
										{t("incident.scene.remove")}
									</button>
								)}
							</li>
						))}
					</ul>
				</>
			)}
			<Refusal told={act.refusal} />
		</section>
	);
}
