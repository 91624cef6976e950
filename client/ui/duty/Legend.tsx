// What shapes and rings mean, in two lines at the foot of the map.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { LevelMark } from "../parts/LevelMark.tsx";

const LEVELS = [4, 3, 2, 1] as const;

export function Legend(): ReactElement {
	const { t } = useTranslation();
	return (
		<ul className="legend" aria-label={t("layers.legend")}>
			{LEVELS.map((level) => (
				<li key={level}>
					<LevelMark state={level} size={1.05} />
					{t(`levelLong.${level}`)}
				</li>
			))}
			<li>
				<LevelMark state={0} size={1.05} />
				{t("status.normal")}
			</li>
			<li>
				<LevelMark state={5} size={1.05} />
				{t("status.stale")}
			</li>
			<li>
				<span className="ring-sample open" aria-hidden="true" />
				{t("layers.open")}
			</li>
			<li>
				<span className="ring-sample" aria-hidden="true" />
				{t("layers.acknowledged")}
			</li>
		</ul>
	);
}
