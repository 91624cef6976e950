// V2, the pulse of fourteen cities: a ridge of 24 h each, north at the top, south at the foot, with the figure of now. The
// quantity follows the season. Names and figures are words in the document; the ridges are one canvas behind them.
import { type ReactElement, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import type { Measure } from "#model/measure.ts";
import { minuteText, numberText, withUnit } from "../../../live/format.ts";
import {
	askPulse,
	cityLevels,
	type PulseData,
	type PulseQuantity,
	pulseFilled,
	pulseMeasure,
	pulseNow,
	pulseQuantity,
	pulseRows,
} from "../../../live/pulse.ts";
import { seasonOf } from "../../../live/pulse_season.ts";
import { useChange, useLive, useNow } from "../../live_context.ts";
import { shortName } from "../districts.ts";
import { LevelMark } from "../LevelMark.tsx";
import { problemText } from "../problem_text.ts";
import { contextOf, tokensOf, useCanvas } from "../river/use_canvas.ts";
import { type Repeated, useRepeated } from "../river/use_repeated.ts";
import { drawPulse } from "./pulse_draw.ts";
import { ridges } from "./pulse_shape.ts";
import "../../../style/pulse.css";

const ASK_EVERY_MS = 60_000;
/** Figures of counties are computed every 10 s; looking twice as often is enough. */
const LOOK_MS = 5_000;

/** City codes from the north to the south, by their seats. */
const NORTH_TO_SOUTH = [...CITIES].sort((a, b) => b.centre[1] - a.centre[1]).map(({ code }) => code);

export function Pulse(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	useChange(live.alarms.change);
	const quantity = useQuantity();
	const question = useMemo(
		() => (quantity === null ? null : (now: number, signal: AbortSignal) => askPulse(quantity, now, signal)),
		[quantity],
	);
	const asked = useRepeated(question, ASK_EVERY_MS);
	const { canvas, size } = useCanvas();
	const now = useFigures(quantity);
	const measure = quantity === null ? null : pulseMeasure(live.catalogue, quantity);
	const levels = useMemo(() => cityLevels(live.alarms.open), [live.alarms.open]);
	useEffect(() => {
		const element = canvas.current;
		if (element === null || size === null || asked.data === null || quantity === null) return;
		const context = contextOf(element, size);
		if (context === null) return;
		const box = { width: size.width, height: size.height, rows: NORTH_TO_SOUTH.length };
		const shown = ridges(asked.data, NORTH_TO_SOUTH, quantity, box);
		drawPulse(context, size, shown, levels, pulseLook(element, quantity));
	}, [canvas, size, asked.data, quantity, levels]);
	return (
		<section
			className="pulse"
			aria-label={`${t(`wall.pulse.${quantity?.id ?? "title"}`)}: ${figuresText(now, measure)}`}
			data-pulse
			data-filled={asked.data === null ? 0 : pulseFilled(asked.data).toFixed(3)}
		>
			<PulseHead quantity={quantity} asked={asked} />
			<div className="pulse-body">
				<canvas ref={canvas} className="pulse-canvas" />
				<PulseRows now={now} measure={measure} levels={levels} />
			</div>
		</section>
	);
}

function PulseHead({
	quantity,
	asked,
}: {
	readonly quantity: PulseQuantity | null;
	readonly asked: Repeated<PulseData>;
}): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const unit = quantity === null ? "" : (pulseMeasure(live.catalogue, quantity)?.unit ?? "");
	return (
		<div className="pulse-head">
			<h2>{t(`wall.pulse.${quantity?.id ?? "title"}`)}</h2>
			<span className="pulse-unit">{unit}</span>
			<PulseWord quantity={quantity} asked={asked} />
		</div>
	);
}

function PulseWord({
	quantity,
	asked,
}: {
	readonly quantity: PulseQuantity | null;
	readonly asked: Repeated<PulseData>;
}): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	if (quantity === null) {
		return live.catalogue.isLoaded ? <p className="pulse-word">{t("wall.pulse.none")}</p> : null;
	}
	if (asked.problem !== null) {
		const why = problemText(t, asked.problem);
		return (
			<p className="pulse-word" role="status">
				{asked.data === null ? t("wall.pulse.failed", { why }) : t("river.old", { time: minuteText(asked.at), why })}
			</p>
		);
	}
	return null;
}

interface RowsProps {
	readonly now: ReadonlyMap<string, number>;
	readonly measure: Measure | null;
	readonly levels: ReturnType<typeof cityLevels>;
}

/** The same in words: fourteen lines, name and figure; a city whose counties are silent has a dash and the hollow mark. */
function PulseRows({ now, measure, levels }: RowsProps): ReactElement {
	const { t } = useTranslation();
	return (
		<ol className="pulse-rows">
			{NORTH_TO_SOUTH.map((city) => {
				const level = levels.get(city) ?? 0;
				const value = now.get(city);
				const isSilent = value === undefined && now.size > 0;
				return (
					<li key={city} className={level >= 3 ? `in-alarm level-${level}` : ""} data-city={city}>
						<span className="pulse-name">
							{level >= 3 ? <LevelMark state={level} size="0.9em" /> : null}
							{shortName(city)}
							{level >= 3 ? <span className="hidden-text">{t(`levelLong.${level}`)}</span> : null}
						</span>
						<span className="figures pulse-value">
							{isSilent ? <LevelMark state={5} size="0.8em" /> : null}
							{value === undefined ? "–" : numberText(value, measure?.decimals ?? 1)}
							{isSilent ? <span className="hidden-text">{t("status.stale")}</span> : null}
						</span>
					</li>
				);
			})}
		</ol>
	);
}

/** City code -> figure of now, looked up every few seconds. */
function useFigures(quantity: PulseQuantity | null): ReadonlyMap<string, number> {
	const live = useLive();
	const look = Math.floor(useNow() / LOOK_MS);
	return useMemo(
		() =>
			quantity === null || look < 0 ? new Map<string, number>() : pulseNow(live.catalogue, live.latest.table, quantity),
		[live, quantity, look],
	);
}

/** All fourteen in one line, for who does not see the picture. */
function figuresText(now: ReadonlyMap<string, number>, measure: Measure | null): string {
	return NORTH_TO_SOUTH.map((city) => {
		const value = numberText(now.get(city) ?? null, measure?.decimals ?? 1);
		return `${shortName(city)} ${withUnit(value, measure?.unit ?? "")}`;
	}).join(", ");
}

function useQuantity(): PulseQuantity | null {
	const live = useLive();
	const catalogue = useChange(live.catalogue.change);
	const now = useNow();
	const season = now === 0 ? null : seasonOf(now);
	const quantity = useMemo(
		() => (season === null || catalogue < 0 ? null : pulseQuantity(season, live.catalogue)),
		[live, season, catalogue],
	);
	useEffect(() => {
		live.follower.setNamed("pulse", quantity === null || catalogue < 0 ? [] : pulseRows(live.catalogue, quantity));
		return () => live.follower.setNamed("pulse", []);
	}, [live, quantity, catalogue]);
	return quantity;
}

function pulseLook(element: HTMLElement, { id }: PulseQuantity): Parameters<typeof drawPulse>[4] {
	const token = tokensOf(element);
	const [band, crest] = {
		heat: [token("--heat-2", "#966c54"), token("--heat-3", "#e2ceb2")],
		rain: [token("--water-1", "#3e5a55"), token("--water-2", "#a9c4bc")],
		water: [token("--water-1", "#3e5a55"), token("--water-2", "#a9c4bc")],
		dust: [token("--dust-1", "#3b3a36"), token("--dust-2", "#c9bfa6")],
	}[id] as [string, string];
	return {
		ground: token("--ground"),
		band,
		crest,
		foot: token("--text-3"),
		levels: ["", ...[1, 2, 3, 4].map((level) => token(`--level-${level}`))],
	};
}
