// The director's hand: speed, back to calm, and the ways to where it is seen.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Demo, DemoState } from "./demo_state.ts";

export const SPEEDS = [1, 5, 20] as const;

export function Controls({ demo, state }: { readonly demo: Demo; readonly state: DemoState }): ReactElement {
	const { t } = useTranslation();
	return (
		<footer className="director-controls">
			<fieldset className="speeds">
				<legend>{t("director.speed")}</legend>
				{SPEEDS.map((speed) => (
					<button
						key={speed}
						type="button"
						className="speed figures"
						aria-pressed={state.speed === speed}
						data-speed={speed}
						onClick={() => demo.setSpeed(speed)}
					>
						{t("director.times", { count: speed })}
					</button>
				))}
			</fieldset>
			<button
				type="button"
				className="button"
				data-calm
				disabled={state.running === null || state.running.calming}
				onClick={demo.calm}
			>
				{t("director.makeCalm")}
			</button>
			<p className="director-quiet director-keys">{t("director.keys")}</p>
			<a className="button" href="/" target="_blank" rel="noreferrer">
				{t("director.toWall")}
			</a>
			<a className="button" href={dutyHref(state)} target="_blank" rel="noreferrer">
				{t("director.toDuty")}
			</a>
		</footer>
	);
}

function dutyHref({ running }: DemoState): string {
	return running === null ? "/duty" : `/duty?asset=${encodeURIComponent(running.place.asset)}`;
}
