// The page without a map: the fourteen cities as a table of the same counts, from the same status board.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { STATES } from "../../live/status.ts";
import { useChange, useLive } from "../live_context.ts";
import { shortName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";

const ORDER = [4, 3, 2, 1, 5, 0] as const;

export function ListMode(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.painter.readings);
	useChange(live.catalogue.change);
	const { cities } = live.painter.board;
	const again = (): void => {
		sessionStorage.clear();
		location.reload();
	};
	return (
		<div className="list-mode">
			<p role="status">{t("map.list")}</p>
			<table className="city-table">
				<caption className="hidden-text">{t("map.listCities")}</caption>
				<thead>
					<tr>
						<th scope="col">{t("map.city")}</th>
						{ORDER.map((state) => (
							<th key={state} scope="col">
								<LevelMark state={state} size={1.125} />
								<span className="hidden-text">
									{state === 5 ? t("status.stale") : state === 0 ? t("status.normal") : t(`levelLong.${state}`)}
								</span>
							</th>
						))}
						<th scope="col">{t("map.total")}</th>
					</tr>
				</thead>
				<tbody>
					{live.catalogue.columns.cities.map((code, city) => {
						const counts = ORDER.map((state) => cities[city * STATES + state] ?? 0);
						return (
							<tr key={code}>
								<th scope="row">{shortName(code)}</th>
								{ORDER.map((state, i) => (
									<td key={state} className={`figures${counts[i] === 0 ? " zero" : ""}`}>
										{counts[i]}
									</td>
								))}
								<td className="figures">{counts.reduce((sum, one) => sum + one, 0)}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
			<button type="button" className="button" onClick={again}>
				{t("map.listRetry")}
			</button>
		</div>
	);
}
