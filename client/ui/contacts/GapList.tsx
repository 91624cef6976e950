// What the contact book lacks, so that somebody can fill it: units without a number or anybody on call, places with assets and nobody to
// answer for them.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import type { Gaps } from "./use_gaps.ts";

interface GapListProps {
	readonly gaps: Gaps;
	readonly onChoose: (unit: string) => void;
}

export function GapList({ gaps, onChoose }: GapListProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	return (
		<section className="gaps">
			<h2>{t("contacts.gapsTitle")}</h2>
			{gaps.count === 0 ? <p>{t("contacts.gapsNone")}</p> : null}
			<ul>
				{gaps.assets.map(({ key, district, system, assets, gaps: own }) => (
					<li key={key}>
						<span>
							{t("contacts.assetGaps", {
								count: assets,
								place: placeName(district),
								system: live.catalogue.systems.find(({ id }) => id === system)?.name[languageNow()] ?? system,
							})}
						</span>
						<strong>{own.map(({ gap, of }) => `${t(`contacts.gap.${gap}`)} ${of}`).join("；")}</strong>
					</li>
				))}
				{gaps.units.map(({ id, name, gaps: own }) => (
					<li key={id}>
						<button type="button" className="chip" onClick={() => onChoose(id)}>
							{name}
						</button>
						<strong>{own.map(({ gap }) => t(`contacts.gap.${gap}`)).join("；")}</strong>
					</li>
				))}
			</ul>
		</section>
	);
}
