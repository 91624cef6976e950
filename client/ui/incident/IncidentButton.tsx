// On an alarm's case: the incident it belongs to, or the button that opens one from it. Used by the desk's case panel.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { useIncidentOf } from "./incident_state.ts";
import { NewIncident } from "./NewIncident.tsx";

export function IncidentButton({ alarm }: { readonly alarm: Alarm }): ReactElement | null {
	const { t } = useTranslation();
	const may = useMay("incident.edit");
	const entry = useIncidentOf(alarm.id);
	const [isOpen, setOpen] = useState(false);
	if (entry !== null) {
		const { body, id } = entry;
		return (
			<a className="button incident-of" href={`/duty/incidents/${id}`} data-incident-of={id} title={body.title}>
				<LevelMark state={body.level} size={1} hollow={body.state === "closed"} />
				{t("incident.button.of")} <span className="figures">{body.no}</span>
			</a>
		);
	}
	if (!may || alarm.seq === null) return null;
	return (
		<>
			<button type="button" className="button" data-open-incident={alarm.id} onClick={() => setOpen(true)}>
				{t("incident.button.open")}
			</button>
			{isOpen ? (
				<NewIncident
					origin={{ source: "alarm", alarm, title: `${placeName(alarm.district)} ${alarm.name}`.slice(0, 80) }}
					onClose={() => setOpen(false)}
				/>
			) : null}
		</>
	);
}
