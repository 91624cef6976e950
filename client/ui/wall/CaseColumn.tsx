// The right column: the case in hand with its chain, and what comes next. During a take-over the case that came grows; at a site of
// the tour the camera's picture stands here and the case becomes one line. When nothing is wrong a quiet card says what is
// normal, with figures; an empty folder says what to do.
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { darkCameras } from "../../live/near_camera.ts";
import { alarmIds, type IncidentEntry } from "../incident/incident_view.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { CalmCard } from "./CalmCard.tsx";
import { CaseCard } from "./CaseCard.tsx";
import { casesInHand, grouped } from "./case_pick.ts";
import { IncidentCase, IncidentEye } from "./IncidentCase.tsx";
import type { Tour } from "./use_tour.ts";
import { WallCamera } from "./WallCamera.tsx";
import { deskOf, troubleText } from "./wall_words.ts";

/** Lines of the list under the card at most; the head counts all. */
const NEXT_MOST = 6;
/** Beside a pushed incident, which needs the room: the worst ones. */
const BESIDE_MOST = 3;
/** Blue ones are the desk's work: the wall has a case from level III on. */
const CASE_LEAST = 2;

export function CaseColumn({ tour }: { readonly tour: Tour }): ReactElement {
	const live = useLive();
	useChange(live.alarms.change);
	useChange(live.catalogue.change);
	// A new orange or red elsewhere has the wall for its minute; then the incident has it again.
	const isTaken = tour.state.phase === "case" && !belongs(tour.pushed, tour.state.taken?.id);
	return tour.pushed === null || isTaken ? <AlarmCases tour={tour} /> : <PushedCase tour={tour} entry={tour.pushed} />;
}

function belongs(entry: IncidentEntry | null, alarm: string | undefined): boolean {
	return entry !== null && alarm !== undefined && alarmIds(entry.body).includes(alarm);
}

/** The pushed incident, and below it the alarms that are not its own: nothing else that is orange or red is out of sight. */
function PushedCase({ tour, entry }: { readonly tour: Tour; readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const others = casesInHand(live.alarms.open).filter(
		({ id, severity }) => severity >= CASE_LEAST && !belongs(tour.pushed, id),
	);
	return (
		<section className="wall-cases" aria-label={t("incident.wall.title")}>
			<h2 className="wall-part">
				{t("incident.wall.title")}
				{others.length === 0 ? null : <span>{t("wall.case.more", { count: others.length })}</span>}
			</h2>
			<IncidentCase entry={entry} now={now} />
			<Others others={others} most={BESIDE_MOST} />
			<IncidentEye entry={entry} />
		</section>
	);
}

interface OthersProps {
	readonly others: readonly Alarm[];
	readonly most?: number;
}

function Others({ others, most = NEXT_MOST }: OthersProps): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	if (others.length === 0) return null;
	return (
		<ul className={most === NEXT_MOST ? "wall-next" : "wall-next beside"} aria-label={t("wall.case.next")}>
			{grouped(others, (alarm) => troubleText(t, live, alarm))
				.slice(0, most)
				.map(({ first: alarm, count }) => (
					<li key={alarm.id}>
						<NextLine alarm={alarm} count={count} />
					</li>
				))}
		</ul>
	);
}

function AlarmCases({ tour }: { readonly tour: Tour }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const cases = casesInHand(live.alarms.open);
	const { taken, phase } = tour.state;
	const held = taken === null ? undefined : live.alarms.find(taken.id);
	const first = held ?? cases.find(({ severity }) => severity >= CASE_LEAST) ?? null;
	useCaseRows(first);
	const site = phase === "site" ? (tour.round?.site ?? null) : null;
	const siteCamera = site?.cameras.find(({ record }) => !darkCameras(live.alarms.open).has(record.id)) ?? null;
	const others = cases.filter(({ id, severity }) => id !== first?.id && severity >= CASE_LEAST);
	const isTakeover = phase === "case" && held !== undefined;
	return (
		<section className="wall-cases" aria-label={t("wall.case.title")}>
			{siteCamera === null ? null : <WallCamera asset={siteCamera} metres={0} isLarge={true} />}
			{first === null ? (
				<CalmCard />
			) : (
				<>
					<h2 className="wall-part">
						{t("wall.case.title")}
						{others.length === 0 ? null : <span>{t("wall.case.more", { count: others.length })}</span>}
					</h2>
					{site === null ? (
						<CaseCard alarm={first} now={now} isTakeover={isTakeover} />
					) : (
						<NextLine alarm={first} count={1} />
					)}
				</>
			)}
			{site === null ? <Others others={others} /> : null}
		</section>
	);
}

/** @param count alarms that read the same: one line for all of them. */
function NextLine({ alarm, count }: { readonly alarm: Alarm; readonly count: number }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const what = troubleText(t, live, alarm);
	return (
		<a className="wall-line" href={deskOf(alarm)} title={t("wall.case.openOnDesk", { what })} data-next={alarm.id}>
			<LevelMark state={alarm.severity} size="1.1em" hollow={!alarm.active} />
			<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
			<span className="wall-line-what">
				{placeName(alarm.district)} {what}
			</span>
			{count === 1 ? null : <span className="wall-line-count figures">×{count}</span>}
			<span className="wall-line-state">{stateText(t, alarm)}</span>
		</a>
	);
}

function stateText(t: (key: string) => string, alarm: Alarm): string {
	if (!alarm.active) return t("wall.case.cleared");
	return t(alarm.acknowledged ? "wall.case.seen" : "wall.case.waiting");
}

/** The asset in hand comes with values. */
function useCaseRows(alarm: Alarm | null): void {
	const live = useLive();
	const asset = alarm?.asset ?? null;
	useEffect(() => {
		live.follower.setNamed("case", asset === null ? [] : [{ asset }]);
		return () => live.follower.setNamed("case", []);
	}, [live, asset]);
}
