// The director's page of the demo: what can be played, what is played with its course and figures, how fast, and back to calm.
// It exists only where the data are a demo and the browser is on the same machine.
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "../../live/format.ts";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { Doors } from "../doors/Doors.tsx";
import { Guard } from "../parts/Guard.tsx";
import { usePageTitle } from "../parts/page_title.ts";
import { problemText } from "../parts/problem_text.ts";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import { CalmStage } from "./CalmStage.tsx";
import { Controls, SPEEDS } from "./Controls.tsx";
import { type Demo, useDemo } from "./demo_state.ts";
import { ScenarioList } from "./ScenarioList.tsx";
import { Stage } from "./Stage.tsx";
import "../../style/director.css";

setTheme(chosenTheme());

export function DirectorPage(): ReactElement {
	const { t } = useTranslation();
	const demo = useDemo();
	usePageTitle(t("director.title"));
	useKeys(demo);
	return (
		<div className="director">
			<header className="director-head">
				<strong className="director-product">{t("product")}</strong>
				<Doors here={null} />
				<h1>{t("director.title")}</h1>
				<p className="director-note">{t("director.note")}</p>
				<SignsOfLife />
			</header>
			<Guard name="director">
				<Body demo={demo} />
			</Guard>
		</div>
	);
}

function Body({ demo }: { readonly demo: Demo }): ReactElement {
	const { t } = useTranslation();
	const { state, away, refused } = demo;
	if (state === null) return away === null ? <Loading /> : <Away demo={demo} />;
	return (
		<main className="director-body" data-running={state.running?.id ?? "none"}>
			{away === null ? null : (
				<div className="director-bar" role="alert" data-away>
					<strong>{t("director.away")}</strong>
					<span>{t("director.lastSeen", { time: clockText(state.now) })}</span>
					<span className="director-quiet">{t("director.awayNote")}</span>
					<button type="button" className="button" onClick={demo.retry}>
						{t("director.retry")}
					</button>
				</div>
			)}
			<ScenarioList state={state} onStart={demo.start} />
			<section className="director-stage" aria-label={t("director.onStage")}>
				{state.running === null ? <CalmStage state={state} /> : <Stage running={state.running} />}
				{refused === null ? null : (
					<p className="director-refused" role="alert">
						{t("director.failed", {
							why: t(`director.problem.${refused.problem}`, { defaultValue: problemText(t, refused) }),
						})}
					</p>
				)}
				<Controls demo={demo} state={state} />
			</section>
		</main>
	);
}

function Loading(): ReactElement {
	const { t } = useTranslation();
	return (
		<main className="director-empty" aria-busy="true">
			<span className="skeleton" style={{ width: "18rem" }} />
			<span className="skeleton" style={{ width: "26rem" }} />
			<span className="hidden-text">{t("director.loading")}</span>
		</main>
	);
}

function Away({ demo }: { readonly demo: Demo }): ReactElement {
	const { t } = useTranslation();
	const isNowhere = demo.away?.problem === "not-found";
	return (
		<main className="director-empty" data-away>
			<h2>{t(isNowhere ? "director.notHere" : "director.away")}</h2>
			<p>{t(isNowhere ? "director.notHereNote" : "director.awayNote")}</p>
			{demo.away === null || isNowhere ? null : <p className="director-quiet">{problemText(t, demo.away)}</p>}
			<button type="button" className="button" onClick={demo.retry}>
				{t("director.retry")}
			</button>
		</main>
	);
}

/** Digits put the hand on a scenario, Enter is the button's own; S the next speed, C calm. */
function useKeys({ state, setSpeed, calm }: Demo): void {
	useEffect(() => {
		const press = (event: KeyboardEvent): void => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const digit = Number(event.key);
			if (digit >= 1 && digit <= 9) {
				document.querySelectorAll<HTMLElement>("[data-scenario] button")[digit - 1]?.focus();
			} else if (event.key === "s" || event.key === "S") {
				const next = SPEEDS.find((speed) => speed > (state?.speed ?? 1));
				setSpeed(next ?? 1);
			} else if (event.key === "c" || event.key === "C") calm();
			else return;
			event.preventDefault();
		};
		document.addEventListener("keydown", press);
		return () => document.removeEventListener("keydown", press);
	}, [state?.speed, setSpeed, calm]);
}
