// The list when there is nothing to list: still loading, truly empty, or emptied by a filter. And the voice for screen
// readers: a new red is spoken, whatever is on the screen.
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Loading } from "../parts/Loading.tsx";

const ROWS = Array.from({ length: 9 }, (_, row) => 92 - ((row * 17) % 38));

export function LoadingList(): ReactElement {
	const { t } = useTranslation();
	return <Loading word={t("alarms.loading")} lines={ROWS} />;
}

export function EmptyList({ isFiltered }: { readonly isFiltered: boolean }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	const count = live.catalogue.columns.count;
	return (
		<div className="notice-block">
			<p>{t(isFiltered ? "alarms.emptyFiltered" : "alarms.empty")}</p>
			{isFiltered || count === 0 ? null : (
				<p className="quiet">
					{t("alarms.emptyNote", { count: count.toLocaleString("en-US") } as Record<string, unknown>)}
				</p>
			)}
		</div>
	);
}

export function RedAnnouncer(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [word, setWord] = useState("");
	useEffect(
		() =>
			live.alarms.onNews((news) => {
				if (news.alarm.severity !== 4 || (news.kind !== "raised" && news.kind !== "rose")) return;
				setWord(t("alarms.announce", { where: placeName(news.alarm.district), name: news.alarm.name }));
			}),
		[live, t],
	);
	return (
		<p className="hidden-text" aria-live="assertive">
			{word}
		</p>
	);
}
