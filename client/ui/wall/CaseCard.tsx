// The case in hand as a card: what, where, value against limit as the channel says now, how many it touches, and the chain of
// responsibility. Only what is recorded is filled; what is not stands open with the time that is left (case_pick.ts).
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { numberText, withUnit } from "../../live/format.ts";
import { darkCameras, nearCamera } from "../../live/near_camera.ts";
import { goodValue } from "../../live/river_forecast.ts";
import { people } from "../../live/sentence.ts";
import { ReachIndex } from "../../live/sentence_reach.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { alarmFigures } from "../duty/alarm_view.ts";
import { useIncidentOf, useLog } from "../incident/incident_state.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { Chain } from "./Chain.tsx";
import { type ChainLink, chainOf, recordedOf } from "./case_pick.ts";
import { WallCamera } from "./WallCamera.tsx";
import { deskOf, sentenceWords, troubleText } from "./wall_words.ts";

/** A wall would rather see the next street than nothing; how far it is stands on the picture. */
const NEAR_M = 5_000;

interface CaseCardProps {
	readonly alarm: Alarm;
	/** Server time. */
	readonly now: number;
	readonly isTakeover: boolean;
}

export function CaseCard({ alarm, now, isTakeover }: CaseCardProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const asset = alarm.asset === null ? undefined : live.catalogue.find(alarm.asset);
	const without = darkCameras(live.alarms.open);
	const near = asset === undefined ? null : nearCamera(live.catalogue.assets, asset, { withinM: NEAR_M, without });
	const what = troubleText(t, live, alarm);
	const links = useLinks(alarm, now);
	return (
		<article
			className={`wall-case level-${alarm.severity}${isTakeover ? " taken" : ""}`}
			data-case={alarm.id}
			data-severity={alarm.severity}
			data-takeover={isTakeover ? alarm.id : undefined}
		>
			{isTakeover ? (
				<p className="hidden-text" role="alert">
					{t("wall.tour.takeover")} {t(`levelLong.${alarm.severity}`)} {placeName(alarm.district)} {what}
				</p>
			) : null}
			<a className="wall-case-head" href={deskOf(alarm)} title={t("wall.case.openOnDesk", { what })}>
				<LevelMark state={alarm.severity} size="1.25em" hollow={!alarm.active} />
				<span>
					<span className="wall-case-place">
						{isTakeover ? `${t("wall.tour.takeover")} · ` : ""}
						{placeName(alarm.district)} · {t(`levelLong.${alarm.severity}`)}
					</span>
					<span className="wall-case-what">{what}</span>
				</span>
			</a>
			{alarm.name === "" ? null : <p className="wall-case-name">{alarm.name}</p>}
			<CaseFigures alarm={alarm} />
			<Chain links={links} now={now} />
			{near === null ? null : (
				<WallCamera asset={near.camera} metres={near.isOwn ? 0 : near.metres} isLarge={isTakeover} />
			)}
		</article>
	);
}

/** Its own log, and that of the incident it belongs to: a call may be written in either. */
function useLinks(alarm: Alarm, now: number): readonly ChainLink[] {
	const entry = useIncidentOf(alarm.id);
	const own = useLog(`alarm:${alarm.id}`);
	const incident = useLog(entry === null ? null : `incident:${entry.id}`);
	const lines = [...own.lines, ...incident.lines].sort((a, b) => a.at - b.at);
	return chainOf(alarm, now, recordedOf(lines, alarm.raisedAt, entry?.body ?? null));
}

/** The channel's value of now when it is good, else the one that raised it. */
function CaseFigures({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [reachIndex] = useState(() => new ReachIndex());
	const measure = measureOf(live.catalogue, alarm);
	const limit = limitOf(live.catalogue, alarm);
	const { value, against, unit } = alarmFigures(alarm, measure, limit, languageNow());
	const asset = alarm.asset === null ? undefined : live.catalogue.find(alarm.asset);
	const isLevel = limit?.type === "level" && measure?.states === undefined;
	const fresh =
		asset === undefined || alarm.measure === null || !isLevel
			? null
			: goodValue(live.catalogue, live.latest.table, asset, alarm.measure);
	const shown = fresh === null ? value : numberText(fresh, measure?.decimals ?? 1);
	const reach = reachIndex.of(live.catalogue, alarm.asset);
	const touched = [
		reach.stations > 0 ? t("wall.case.stations", { count: reach.stations.toLocaleString("en-US") }) : "",
		reach.households > 0
			? t("wall.case.households", { count: people(reach.households, sentenceWords(), languageNow()) })
			: "",
	].filter((text) => text !== "");
	return (
		<p className="wall-case-figures">
			{shown === "" ? null : <span className="figures wall-case-value">{withUnit(shown, unit)}</span>}
			{against === "" || measure?.states !== undefined ? null : (
				<span className="wall-case-limit">{t("wall.case.limit", { value: withUnit(against, "") })}</span>
			)}
			{alarm.active ? null : <span className="tag">{t("wall.case.cleared")}</span>}
			{alarm.unverified ? <span className="tag">{t("wall.case.unverified")}</span> : null}
			{touched.length === 0 ? null : <span className="wall-case-reach">{touched.join(" · ")}</span>}
		</p>
	);
}
