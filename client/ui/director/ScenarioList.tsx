// What can be played: the season's own first, each with what will be seen. One that is out of season says how it can be had.
import { Play, RotateCcw } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { languageNow } from "../../text/text.ts";
import type { DemoState, Playable } from "./demo_state.ts";

interface ScenarioListProps {
	readonly state: DemoState;
	readonly onStart: (scenario: string) => void;
}

export function ScenarioList({ state, onStart }: ScenarioListProps): ReactElement {
	const { t } = useTranslation();
	const place = ({ season }: Playable): number => (season === state.season ? 0 : season === "any" ? 1 : 2);
	const list = [...state.scenarios].sort((a, b) => place(a) - place(b));
	return (
		<section className="scenarios" aria-label={t("director.scenarios")}>
			<header>
				<h2>{t("director.scenarios")}</h2>
				<span className="director-quiet">
					{t("director.seasonNow", { season: t(`director.season.${state.season}`) })}
				</span>
			</header>
			<ol>
				{list.map((scenario, index) => (
					<Scenario
						key={scenario.id}
						scenario={scenario}
						number={index + 1}
						isPlaying={state.running?.id === scenario.id}
						isPlayable={place(scenario) < 2}
						onStart={() => onStart(scenario.id)}
					/>
				))}
			</ol>
		</section>
	);
}

interface ScenarioProps {
	readonly scenario: Playable;
	readonly number: number;
	readonly isPlaying: boolean;
	readonly isPlayable: boolean;
	readonly onStart: () => void;
}

function Scenario({ scenario, number, isPlaying, isPlayable, onStart }: ScenarioProps): ReactElement {
	const { t } = useTranslation();
	const language = languageNow();
	const { id, name, summary, season, minutes } = scenario;
	const Icon = isPlaying ? RotateCcw : Play;
	return (
		<li className="scenario" data-scenario={id} data-playing={isPlaying} data-playable={isPlayable}>
			<span className="scenario-number figures" aria-hidden="true">
				{number}
			</span>
			<div className="scenario-words">
				<h3>{name[language]}</h3>
				<p className="scenario-facts">
					<span>{t(`director.season.${season}`)}</span>
					<span>{t("director.minutes", { count: minutes })}</span>
					{isPlaying ? <strong>{t("director.playing")}</strong> : null}
				</p>
				<p className="scenario-summary">{summary[language]}</p>
				{isPlayable ? null : <p className="director-quiet">{t("director.outOfSeason", { season })}</p>}
			</div>
			<button
				type="button"
				className="button"
				disabled={!isPlayable}
				onClick={onStart}
				aria-label={`${t(isPlaying ? "director.again" : "director.start")} ${name[language]}`}
			>
				<Icon size={16} aria-hidden="true" />
				{t(isPlaying ? "director.again" : "director.start")}
			</button>
		</li>
	);
}
