// What lies under the pointer: name, place, and the primary value as far as it is known here.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Measure } from "#model/measure.ts";
import type { Change } from "../../live/change.ts";
import { countText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Figure } from "../parts/Figure.tsx";

export interface Hovering {
	readonly hover: Change;
	readonly hovered: { readonly id: string; readonly x: number; readonly y: number } | null;
}

export function HoverCard({ map }: { readonly map: Hovering }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	useChange(map.hover);
	useChange(live.painter.readings);
	const { hovered } = map;
	const asset = hovered === null ? undefined : live.catalogue.find(hovered.id);
	if (hovered === null || asset === undefined) return null;
	const measure = asset.kind.measures.find(({ id }) => id === asset.kind.primary);
	const row = live.catalogue.primaryRow(asset);
	const isKnown = row >= 0 && (live.latest.table.at[row] ?? 0) > 0;
	const value = live.latest.table.value[row] ?? Number.NaN;
	return (
		<div className="hover-card" style={{ transform: `translate(${hovered.x}px, ${hovered.y}px)` }}>
			<strong>{asset.record.name}</strong>
			<span className="quiet">
				{placeName(asset.record.district)} · {asset.kind.name[languageNow()]}
			</span>
			{measure === undefined ? null : (
				<span className="quiet">
					{measure.name[languageNow()]}{" "}
					<span className="hover-value">
						{isKnown ? (
							<Figure text={countText(measure, value, languageNow())} unit={stateless(measure)} />
						) : (
							t("asset.valueHidden")
						)}
					</span>
				</span>
			)}
		</div>
	);
}

/** A state is a word and has no unit. */
function stateless(measure: Measure): string {
	return measure.states === undefined ? measure.unit : "";
}
