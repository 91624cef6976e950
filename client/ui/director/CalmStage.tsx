// The stage when nothing is played: that it is so, and what comes next by itself.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { minuteText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useNow } from "../live_context.ts";
import { type DemoState, stopwatch } from "./demo_state.ts";
import "../../style/director_stage.css";

export function CalmStage({ state }: { readonly state: DemoState }): ReactElement {
	const { t } = useTranslation();
	const now = useNow() || state.now;
	const { next, scenarios } = state;
	const name = scenarios.find(({ id }) => id === next?.id)?.name[languageNow()] ?? "";
	return (
		<article className="stage stage-calm" data-play="none">
			<h2>{t("director.calm")}</h2>
			<p>{t("director.calmNote")}</p>
			{next === null ? (
				<p className="director-quiet">{t("director.noNext")}</p>
			) : (
				<p className="stage-next">
					{t("director.next", { name, time: minuteText(next.at) })}
					<span className="figures">{t("director.nextIn", { age: stopwatch(next.at - now) })}</span>
				</p>
			)}
		</article>
	);
}
