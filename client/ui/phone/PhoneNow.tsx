// What the devices of the place say now, while the alarm tells what they said when it was raised: the measured channels, not the
// computed ones, each with its age.
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { qualityName, SCALE_FACTOR } from "#model/measure.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { ageText, valueText, withUnit } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useLive, useNow } from "../live_context.ts";

/** More do not fit above the buttons. */
const SHOWN = 3;

export function PhoneNow({ asset }: { readonly asset: PageAsset }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const { id } = asset.record;
	useEffect(() => {
		live.follower.setSelected(id);
		return () => live.follower.setSelected(null);
	}, [live, id]);
	const { table } = live.latest;
	const measured = asset.kind.measures.filter(({ derive }) => derive === undefined);
	const first = measured.filter((measure) => measure.id === asset.kind.primary);
	const shown = [...first, ...measured.filter((measure) => !first.includes(measure))].slice(0, SHOWN);
	if (shown.length === 0) return null;
	return (
		<div className="phone-now">
			<dt>{t("phone.now")}</dt>
			<dd>
				{shown.map((measure) => {
					const row = asset.firstRow + asset.measures.indexOf(measure.id);
					const at = table.at[row] ?? 0;
					const count = table.value[row] ?? Number.NaN;
					const value = at === 0 || Number.isNaN(count) ? null : count / (SCALE_FACTOR[measure.scale] ?? 1);
					const quality = qualityName(table.quality[row] ?? 0);
					return (
						<span key={measure.id}>
							{measure.name[languageNow()]}
							<strong className="figures">{withUnit(valueText(measure, value, languageNow()), measure.unit)}</strong>
							{quality === "good" || at === 0 ? null : <span className="tag">{t(`asset.quality.${quality}`)}</span>}
							<span className="quiet figures">{at === 0 || now === 0 ? "" : ageText(now - at)}</span>
						</span>
					);
				})}
			</dd>
		</div>
	);
}
