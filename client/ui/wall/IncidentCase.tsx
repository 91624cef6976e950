// The incident that an officer pushed to the walls: it is the case in hand until it is taken off or closed. What it is, how many it
// touches, which clock runs, who commands, what was decided last, and its chain of responsibility.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { incidentType } from "#model/incident_type.ts";
import type { LogLine } from "#model/register.ts";
import { numberText } from "../../live/format.ts";
import { darkCameras } from "../../live/near_camera.ts";
import { people } from "../../live/sentence.ts";
import { languageNow } from "../../text/text.ts";
import { ClockText } from "../incident/ClockText.tsx";
import { useLog } from "../incident/incident_state.ts";
import { type IncidentEntry, nextClock } from "../incident/incident_view.ts";
import { camerasNear, type NearCamera } from "../incident/near.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { Chain } from "./Chain.tsx";
import { chainOfIncident } from "./case_pick.ts";
import { WallCamera } from "./WallCamera.tsx";
import { sentenceWords } from "./wall_words.ts";
import "../../style/wall_incident.css";

/** A wall would rather see the next street than nothing. */
const NEAR_M = 5_000;

/** More of a decision nobody reads from six metres. */
const DECISION_SIGNS = 60;

interface IncidentCaseProps {
	readonly entry: IncidentEntry;
	/** Server time. */
	readonly now: number;
}

export function IncidentCase({ entry, now }: IncidentCaseProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { body, id } = entry;
	const { lines } = useLog(`incident:${id}`);
	const root = body.rootAlarm === null ? null : (live.alarms.find(body.rootAlarm) ?? null);
	const clock = nextClock(body, now);
	return (
		<article className={`wall-case wall-incident level-${body.level}`} data-incident={id} data-severity={body.level}>
			<a
				className="wall-case-head"
				href={`/duty/incidents/${id}`}
				title={t("incident.wall.open", { title: body.title })}
			>
				<LevelMark state={body.level} size="1.25em" />
				<span>
					<span className="wall-case-place">
						{placeName(body.place.district)} · {t(`levelLong.${body.level}`)}
						{body.drill ? ` · ${t("incident.drill")}` : ""}
					</span>
					<span className="wall-case-what">{body.title}</span>
				</span>
			</a>
			<p className="wall-case-name">
				{[body.place.address, body.commander === null ? "" : t("incident.wall.commander", { name: body.commander })]
					.filter((text) => text !== "")
					.join(" · ")}
			</p>
			<Reach entry={entry} />
			{clock === null ? null : (
				<p className="wall-incident-clock">
					<ClockText clock={clock} now={now} isNamed={true} />
				</p>
			)}
			<p className="wall-incident-decision">
				<span>{t("incident.wall.decision")}</span> {decisionOf(lines) ?? t("incident.wall.noDecision")}
			</p>
			<Chain links={chainOfIncident(body, root, lines, now)} now={now} />
		</article>
	);
}

/** What the nearest camera sees, where the column has room for it below all words. */
export function IncidentEye({ entry }: { readonly entry: IncidentEntry }): ReactElement | null {
	const live = useLive();
	const dark = darkCameras(live.alarms.open);
	const { place, type } = entry.body;
	// Where a camera is turned says something only near the place.
	const around = camerasNear(live.catalogue.assets, place, incidentType(type).cameraWithinM, dark, 1)[0];
	const near = around ?? nearestOf(camerasNear(live.catalogue.assets, place, NEAR_M, dark, Number.POSITIVE_INFINITY));
	if (near === undefined) return null;
	return (
		<div className="wall-incident-eye">
			<WallCamera asset={near.what} metres={near.metres} isLarge={false} />
		</div>
	);
}

function nearestOf(cameras: readonly NearCamera[]): NearCamera | undefined {
	return cameras.reduce<NearCamera | undefined>(
		(best, one) => (best === undefined || one.metres < best.metres ? one : best),
		undefined,
	);
}

/** Households and hours to cold, when they are known. */
function Reach({ entry }: { readonly entry: IncidentEntry }): ReactElement | null {
	const { t } = useTranslation();
	const { households, hoursToCold } = entry.body.facts;
	const parts = [
		typeof households === "number" && households > 0
			? t("incident.wall.households", { count: people(households, sentenceWords(), languageNow()) })
			: "",
		typeof hoursToCold === "number" ? t("incident.wall.cold", { hours: numberText(hoursToCold, 1) }) : "",
	].filter((text) => text !== "");
	if (parts.length === 0) return null;
	return <p className="wall-case-reach">{parts.join(" · ")}</p>;
}

/** The newest decision or instruction, cut where a wall ends. */
function decisionOf(lines: readonly LogLine[]): string | null {
	const last = [...lines].reverse().find(({ kind }) => kind === "decision" || kind === "instruction");
	const text = typeof last?.detail.text === "string" ? last.detail.text : "";
	if (text === "") return null;
	return text.length > DECISION_SIGNS ? `${text.slice(0, DECISION_SIGNS)}…` : text;
}
