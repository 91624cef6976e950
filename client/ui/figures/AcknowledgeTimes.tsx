// How long an alarm waits for a person, by level: from the median (dot) to nine in ten (end of the line), against what is asked
// (stroke), on a logarithm from a second to a day; and how many are waiting now.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { AcknowledgeFigures, AlarmFigures } from "#model/alarm_figures.ts";
import { ageText, numberText } from "../../live/format.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { findTarget, TIME_TICKS, timePlace } from "./figures_view.ts";

const WIDTH = 300;
/** Room for a dot at either end. */
const EDGE = 8;

export function AcknowledgeTimes({ figures }: { readonly figures: AlarmFigures }): ReactElement {
	const { t } = useTranslation();
	return (
		<figure className="times">
			<figcaption>{t("figures.times.title")}</figcaption>
			{figures.acknowledge.map((level) => (
				<Level key={level.severity} level={level} />
			))}
			<div className="times-line">
				<span />
				<span className="times-axis figures" aria-hidden="true">
					{TIME_TICKS.map((ms) => (
						<span key={ms} style={{ left: placeText(ms) }}>
							{ageText(ms)}
						</span>
					))}
				</span>
			</div>
			<p className="quiet small">{t("figures.times.note")}</p>
		</figure>
	);
}

/** Where a time stands under the lines, of the axis' width. */
function placeText(ms: number): string {
	return `${((100 * (EDGE + timePlace(ms) * WIDTH)) / (WIDTH + 2 * EDGE)).toFixed(2)}%`;
}

function Level({ level }: { readonly level: AcknowledgeFigures }): ReactElement {
	const { t } = useTranslation();
	const { severity, medianMs, p90Ms, inTime } = level;
	const target = findTarget(`acknowledge-${severity}`)?.value ?? 0;
	const [median, most] = [medianMs, p90Ms].map((ms) => (ms === null ? null : timePlace(ms) * WIDTH));
	return (
		<div className="times-line" data-times={severity}>
			<span className="mix-name">
				<LevelMark state={severity} size={0.9} bare />
				{t(`level.${severity}`)}
			</span>
			<svg viewBox={`${-EDGE} 0 ${WIDTH + 2 * EDGE} 20`} aria-hidden="true">
				<line className="tick" x1="0" x2={WIDTH} y1="10" y2="10" />
				<line className="mix-target" x1={timePlace(target) * WIDTH} x2={timePlace(target) * WIDTH} y1="1" y2="19" />
				{median == null || most == null ? null : (
					<>
						<line className="times-range" x1={median} x2={most} y1="10" y2="10" />
						<circle className="times-median" cx={median} cy="10" r="4" />
					</>
				)}
			</svg>
			<span className="times-words small">
				<span className="figures">
					{medianMs === null ? "–" : t("figures.times.median", { median: ageText(medianMs), p90: ageText(p90Ms ?? 0) })}
				</span>
				<span className="quiet">
					{t("figures.times.target", { age: ageText(target) })}
					{inTime === null ? "" : t("figures.times.inTime", { share: numberText(inTime * 100, 0) })}
					{level.waiting === 0 ? "" : t("figures.times.waiting", { count: level.waiting, late: level.late })}
				</span>
			</span>
		</div>
	);
}
