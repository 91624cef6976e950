// The flood: more came in ten minutes than one person can work. Said with its numbers and what helps; nothing is thinned by it.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useNow } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";

const LEVELS = [4, 3, 2, 1] as const;

export function FloodLine(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const { count, isFlood } = now === 0 ? { count: 0, isFlood: false } : live.flood.look(now);
	if (!isFlood || !live.alarms.isLoaded) return null;
	return (
		<div className="flood-line" data-flood={count}>
			{/* Spoken once, when it begins; its numbers change every second. */}
			<strong role="status">{t("desk.flood.title")}</strong>
			<span>{t("desk.flood.count", { count })}</span>
			<span className="flood-levels">
				{LEVELS.map((level) => {
					const unseen = live.alarms.counts[level]?.unacknowledged ?? 0;
					return unseen === 0 ? null : (
						<span key={level}>
							<LevelMark state={level} size={0.9} bare />
							<span className="figures">{unseen}</span>
						</span>
					);
				})}
			</span>
			<a href="/duty/figures">{t("desk.flood.figures")}</a>
		</div>
	);
}
