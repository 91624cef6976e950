// The alarms that the scenario has really raised: open ones about its actors since its begin, first out first.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { useChange, useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { reasonOf } from "../parts/reason.ts";
import type { Running } from "./demo_state.ts";
import { stopwatch } from "./demo_state.ts";
import { raisedBy } from "./raised.ts";

const SHOWN = 8;

export function RaisedAlarms({ running }: { readonly running: Running }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	useChange(live.catalogue.change);
	const { catalogue } = live;
	const alarms = raisedBy(running, live.alarms.open);
	return (
		<section className="stage-alarms" aria-label={t("director.alarms")} data-alarms={alarms.length}>
			<h3>{t("director.alarms")}</h3>
			{alarms.length === 0 ? <p className="director-quiet">{t("director.noAlarms")}</p> : null}
			<ol>
				{alarms.slice(0, SHOWN).map((alarm) => (
					<li key={alarm.id} data-severity={alarm.severity}>
						<LevelMark state={alarm.severity} hollow={!alarm.active} />
						<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
						<a href={`/duty?asset=${encodeURIComponent(alarm.asset ?? "")}`}>{alarm.name}</a>
						<span className="stage-why">
							{reasonOf(t, alarm, measureOf(catalogue, alarm), limitOf(catalogue, alarm), languageNow()).text}
						</span>
						<span className="figures director-quiet">{clockOf(alarm, running)}</span>
					</li>
				))}
			</ol>
			{alarms.length > SHOWN ? (
				<p className="director-quiet">{t("director.more", { count: alarms.length - SHOWN })}</p>
			) : null}
		</section>
	);
}

/** Real time since the begin. */
function clockOf({ raisedAt }: Alarm, { startedAt }: Running): string {
	return `+${stopwatch(raisedAt - startedAt)}`;
}
