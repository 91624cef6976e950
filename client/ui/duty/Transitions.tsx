// What happened to this asset's alarms lately, from the stored log; asked again when an event of it is heard.
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { dayText } from "../../live/format.ts";
import { askTransitions } from "../../live/history.ts";
import { useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";

const SHOWN = 12;

export function Transitions({ assetId }: { readonly assetId: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const query = useQuery({
		queryKey: ["transitions", assetId],
		queryFn: ({ signal }) => askTransitions(assetId, live.alarms.seq ?? 0, signal),
	});
	const { refetch } = query;
	useEffect(
		() =>
			live.alarms.onNews((news) => {
				if (news.alarm.asset === assetId) refetch().catch(reportError);
			}),
		[live, assetId, refetch],
	);
	return (
		<section className="block">
			<h3>{t("asset.transitions")}</h3>
			{query.data === undefined ? (
				<span className="skeleton" style={{ width: "70%" }} />
			) : isProblem(query.data) ? (
				<p className="quiet">{problemText(t, query.data)}</p>
			) : query.data.length === 0 ? (
				<p className="quiet">{t("asset.noTransitions")}</p>
			) : (
				<ol className="transitions">
					{query.data.slice(0, SHOWN).map((transition) => (
						<li key={transition.seq}>
							<span className="figures transition-at">{dayText(transition.at)}</span>
							<LevelMark state={transition.alarm.severity} size={0.9} bare hollow={!transition.alarm.active} />
							<span>{t(`transition.${transition.kind}`)}</span>
							<span className="transition-note">{transition.note ?? transition.by ?? transition.alarm.why}</span>
						</li>
					))}
				</ol>
			)}
		</section>
	);
}
