// The scenario on stage: where it plays, how far it has come as a line of its steps, its figures with their curves, and the
// alarms that it has really raised.
import type { CSSProperties, ReactElement } from "react";
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

/** The steps side by side, each with its mark over its words; between two marks the line fills as the time between them passes. */
function Course({ running }: { readonly running: Running }): ReactElement {
	const { t } = useTranslation();
	const language = languageNow();
	const { steps, elapsedMs, lengthMs, step } = running;
	return (
		<ol className="course" aria-label={t("director.steps")}>
			{steps.map(({ id, name, atMs, at }, index) => (
				<li
					key={id}
					data-step={id}
					data-reached={at !== null}
					aria-current={id === step ? "step" : undefined}
					title={at === null ? t("director.waiting") : clockText(at)}
					style={gone(elapsedMs, atMs, steps[index + 1]?.atMs ?? lengthMs)}
				>
					<span className="figures course-at">{stopwatch(atMs)}</span>
					<span>{name[language]}</span>
				</li>
			))}
		</ol>
	);
}

/** Share of the time from one step to the next that has passed, for the line between their marks. */
function gone(elapsedMs: number, from: number, to: number): CSSProperties {
	const share = to > from ? Math.min(1, Math.max(0, (elapsedMs - from) / (to - from))) : 0;
	return { "--gone": `${(100 * share).toFixed(2)}%` } as CSSProperties;
}
