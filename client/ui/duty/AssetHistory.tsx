// Asks for 24 hours of the chosen channel and draws them; asks again every minute while it is looked at.
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Measure } from "#model/measure.ts";
import { isProblem } from "#model/problem.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { askHistory } from "../../live/history.ts";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import { HistoryCurve } from "./HistoryCurve.tsx";

const DAY_MS = 24 * 3_600_000;
const POINTS = 500;
const AGAIN_MS = 60_000;
/** While there is nothing yet: the first readings are waited for. */
const SOON_MS = 5_000;

export function AssetHistory({
	asset,
	measure,
}: {
	readonly asset: PageAsset;
	readonly measure: Measure;
}): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { id } = asset.record;
	const query = useQuery({
		queryKey: ["history", id, measure.id],
		queryFn: async ({ signal }) => {
			// Server time: the machine's clock may be wrong by hours.
			const to = Math.round(live.now() || Date.now());
			const from = to - DAY_MS;
			return {
				from,
				to,
				history: await askHistory({ asset: id, measure: measure.id, from, to, points: POINTS }, signal),
			};
		},
		refetchInterval: ({ state }) => {
			const history = state.data?.history;
			return history === undefined || isProblem(history) || history.points.length > 0 ? AGAIN_MS : SOON_MS;
		},
	});
	return (
		<section className="block">
			<h3>
				{measure.name[languageNow()]}
				<span className="quiet"> {t("asset.curve")}</span>
			</h3>
			{query.data === undefined ? (
				<div className="curve-wait">
					<span className="skeleton" style={{ width: "100%", height: "9rem" }} />
				</div>
			) : isProblem(query.data.history) ? (
				<div className="notice-block small" role="alert">
					<p>{problemText(t, query.data.history)}</p>
					<button type="button" className="button" onClick={() => void query.refetch()}>
						{t("problem.retry")}
					</button>
				</div>
			) : (
				<>
					<HistoryCurve
						measure={measure}
						points={query.data.history.points}
						limits={live.catalogue.limitsOf(asset)}
						from={query.data.from}
						to={query.data.to}
					/>
					{query.data.history.thinned ? <p className="quiet small">{t("asset.thinned")}</p> : null}
				</>
			)}
		</section>
	);
}
