// The scenario on stage: where it plays, how far it has come as a line of its steps, its figures with their curves, and the
// alarms that it has really raised.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { clockText, numberText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { placeName } from "../parts/districts.ts";
import { Figure } from "../parts/Figure.tsx";
import { Curve } from "./Curve.tsx";
import { type PlayedFigure, type Running, stopwatch } from "./demo_state.ts";
import { RaisedAlarms } from "./RaisedAlarms.tsx";
import "../../style/director_stage.css";

export function Stage({ running }: { readonly running: Running }): ReactElement {
	const { t } = useTranslation();
	const language = languageNow();
	const { name, place, elapsedMs, lengthMs, calming, figures } = running;
	return (
		<article className="stage" data-play={running.id} data-step={running.step ?? ""} data-elapsed={elapsedMs}>
			<header className="stage-head">
				<div>
					<p className="stage-kicker">{t(calming ? "director.calming" : "director.onStage")}</p>
					<h2>{name[language]}</h2>
					<p className="stage-place">
						{placeName(place.district)} <a href={`/duty?asset=${encodeURIComponent(place.asset)}`}>{place.name}</a>
					</p>
				</div>
				<p className="stage-time">
					<span className="director-quiet">{t("director.elapsed")}</span>
					<span className="figures stage-clock">{stopwatch(Math.min(elapsedMs, lengthMs))}</span>
					<span className="director-quiet">{t("director.of", { time: stopwatch(lengthMs) })}</span>
				</p>
			</header>
			<Course running={running} />
			<dl className="stage-figures" aria-label={t("director.figures")}>
				{figures.map((figure) => (
					<LiveFigure key={figure.id} figure={figure} />
				))}
			</dl>
			<RaisedAlarms running={running} />
		</article>
	);
}

function LiveFigure({ figure }: { readonly figure: PlayedFigure }): ReactElement {
	const { t } = useTranslation();
	const name = figure.name[languageNow()];
	return (
		<div className="live-figure" data-figure={figure.id} data-value={figure.value ?? ""}>
			<dt>{name}</dt>
			<dd>
				<Figure text={numberText(figure.value, figure.decimals)} unit={figure.unit} />
				<Curve curve={figure.curve} label={t("director.curve", { name })} />
			</dd>
		</div>
	);
}

/** The steps on a line as long as the scenario: what has come with its time, what is to come with the time it will take. */
function Course({ running }: { readonly running: Running }): ReactElement {
	const { t } = useTranslation();
	const language = languageNow();
	const { steps, elapsedMs, lengthMs, step } = running;
	const share = (ms: number): string => `${(100 * Math.min(1, ms / lengthMs)).toFixed(2)}%`;
	return (
		<div className="course">
			<div className="course-line" aria-hidden="true">
				<span className="course-gone" style={{ width: share(elapsedMs) }} />
				{steps.map(({ id, atMs, at }) => (
					<span key={id} className="course-mark" data-reached={at !== null} style={{ left: share(atMs) }} />
				))}
			</div>
			<ol className="course-steps" aria-label={t("director.steps")}>
				{steps.map(({ id, name, atMs, at }) => (
					<li
						key={id}
						data-step={id}
						data-reached={at !== null}
						aria-current={id === step ? "step" : undefined}
						title={at === null ? t("director.waiting") : clockText(at)}
					>
						<span className="figures course-at">{stopwatch(atMs)}</span>
						<span>{name[language]}</span>
					</li>
				))}
			</ol>
		</div>
	);
}
