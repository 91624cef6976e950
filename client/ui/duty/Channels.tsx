// Every channel of the asset: value, quality, age, severity. Values come from the page's own table, at most five times a
// second; what is not known here (detail status) is a dash, never an old number.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Measure } from "#model/measure.ts";
import { qualityName, SCALE_FACTOR } from "#model/measure.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { ageText, valueText } from "../../live/format.ts";
import type { Live } from "../../live/live.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { type AskedChannel, useAskedChannels } from "./use_asked_channels.ts";

interface ChannelsProps {
	readonly asset: PageAsset;
	readonly chosen: string | null;
	readonly onChoose: (measure: string) => void;
}

export function Channels({ asset, chosen, onChoose }: ChannelsProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const asked = useAskedChannels(asset.record.id);
	useChange(live.painter.readings);
	return (
		<section className="block">
			<h3>{t("asset.channels")}</h3>
			<ul className="channels">
				{asset.measures.map((id, offset) => {
					const measure = asset.kind.measures.find((known) => known.id === id);
					if (measure === undefined) return null;
					return (
						<ChannelLine
							key={id}
							measure={measure}
							state={asked === null ? tableState(live, asset.firstRow + offset, measure) : (asked.get(id) ?? UNKNOWN)}
							isChosen={id === chosen}
							onChoose={onChoose}
						/>
					);
				})}
			</ul>
		</section>
	);
}

interface ChannelLineProps {
	readonly measure: Measure;
	readonly state: ChannelState;
	readonly isChosen: boolean;
	readonly onChoose: (measure: string) => void;
}

type ChannelState = Pick<AskedChannel, "value" | "at" | "quality" | "severity">;

/** Nothing is said of it before it was told. */
const UNKNOWN: ChannelState = { value: null, at: null, quality: "good", severity: 0 };

function tableState(live: Live, row: number, { scale }: Measure): ChannelState {
	const { table } = live.latest;
	const at = table.at[row] ?? 0;
	const count = table.value[row] ?? Number.NaN;
	const value = at === 0 || Number.isNaN(count) ? null : count / (SCALE_FACTOR[scale] ?? 1);
	const quality = qualityName(table.quality[row] ?? 0);
	return { value, at: at === 0 ? null : at, quality, severity: table.severity[row] ?? 0 };
}

function ChannelLine({ measure, state, isChosen, onChoose }: ChannelLineProps): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const { value, at, quality, severity } = state;
	const text = valueText(measure, value, languageNow());
	return (
		<li>
			<button
				type="button"
				className={`channel${isChosen ? " chosen" : ""} ${quality}`}
				aria-pressed={isChosen}
				onClick={() => onChoose(measure.id)}
				data-measure={measure.id}
			>
				<span className="channel-mark">{severity > 0 ? <LevelMark state={severity} size={1} /> : null}</span>
				<span className="channel-name">{measure.name[languageNow()]}</span>
				{quality === "good" ? null : <span className="tag">{t(`asset.quality.${quality}`)}</span>}
				<span
					className="figures channel-value"
					style={severity > 0 ? { color: `var(--level-${severity})` } : undefined}
				>
					{text}
				</span>
				<span className="channel-unit">{text === "–" ? "" : measure.unit}</span>
				<span className="figures channel-age">{at === null || now === 0 ? "" : ageText(now - at)}</span>
			</button>
		</li>
	);
}
