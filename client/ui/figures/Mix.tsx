// The mix of priorities against 5, 15, 80 per cent: a bar of what is, a stroke at what should be.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { AlarmFigures } from "#model/alarm_figures.ts";
import { numberText } from "../../live/format.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { findTarget } from "./figures_view.ts";

const PRIORITIES = [
	["high", [4]],
	["medium", [3]],
	["low", [2, 1]],
] as const;

export function Mix({ figures }: { readonly figures: AlarmFigures }): ReactElement {
	const { t } = useTranslation();
	return (
		<figure className="mix">
			<figcaption>{t("figures.mix.title")}</figcaption>
			{PRIORITIES.map(([priority, levels]) => {
				const share = figures.mix[priority];
				const target = findTarget(`mix-${priority}`)?.value ?? 0;
				return (
					<div key={priority} className="mix-line" data-mix={priority}>
						<span className="mix-name">
							{levels.map((level) => (
								<LevelMark key={level} state={level} size={0.9} bare />
							))}
							{t(`figures.mix.${priority}`)}
						</span>
						<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
							<rect className="mix-bar" width={share * 100} height="10" />
							<line className="mix-target" x1={target * 100} x2={target * 100} y1="0" y2="10" />
						</svg>
						<span className="figures">{`${numberText(share * 100, 1)}\u00a0%`}</span>
						<span className="quiet small figures">
							{t("figures.mix.about", { value: numberText(target * 100, 0) })}
						</span>
					</div>
				);
			})}
			<p className="quiet small">{t("figures.mix.note")}</p>
		</figure>
	);
}
