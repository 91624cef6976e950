// Alarms of each ten minutes over the span, as thin bars; floods as a band behind them, the targets as lines. Heights go by the square
// root, so that an ordinary hour is seen beside a storm.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmFigures, FLOOD_BEGINS } from "#model/alarm_figures.ts";
import { dayText, minuteText, numberText } from "../../live/format.ts";
import { axisTimes, barsPath, countTicks, heightOf, isMidnight } from "./figures_view.ts";

const WIDTH = 1_200;
const HEIGHT = 160;
const LEFT = 44;
const BELOW = 22;

export function LoadHistogram({ figures }: { readonly figures: AlarmFigures }): ReactElement {
	const { t } = useTranslation();
	const { from, to, load, flood } = figures;
	const most = Math.max(FLOOD_BEGINS * 1.2, load.peak);
	const x = (at: number): number => LEFT + ((at - from) / Math.max(1, to - from)) * WIDTH;
	const y = (count: number): number => HEIGHT - heightOf(count, most, HEIGHT);
	return (
		<figure className="histogram">
			<figcaption>{t("figures.load.title")}</figcaption>
			<svg
				viewBox={`0 -6 ${LEFT + WIDTH + 8} ${HEIGHT + BELOW + 6}`}
				role="img"
				aria-label={t("figures.load.label", { peak: load.peak, count: flood.spans.length })}
			>
				{flood.spans.map((span) => (
					<rect
						key={span.from}
						className="flood-band"
						x={x(span.from)}
						y={-6}
						width={Math.max(1, x(span.to) - x(span.from))}
						height={HEIGHT + 6}
					>
						<title>
							{t("figures.load.flood", {
								from: dayText(span.from),
								to: dayText(span.to),
								count: numberText(span.alarms, 0),
							})}
						</title>
					</rect>
				))}
				{countTicks(most).map((tick) => (
					<g key={tick}>
						<line
							className={tick === 1 || tick === FLOOD_BEGINS ? "tick target" : "tick"}
							x1={LEFT}
							x2={LEFT + WIDTH}
							y1={y(tick)}
							y2={y(tick)}
						/>
						<text className="figures" x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
							{numberText(tick, 0)}
						</text>
					</g>
				))}
				<path
					className="load-bars"
					transform={`translate(${LEFT} 0)`}
					d={barsPath(load.counts, WIDTH, HEIGHT, most)}
					style={{ strokeWidth: Math.max(0.7, Math.min(6, (WIDTH / Math.max(1, load.counts.length)) * 0.7)) }}
				/>
				<line className="base" x1={LEFT} x2={LEFT + WIDTH} y1={HEIGHT} y2={HEIGHT} />
				{axisTimes(from, to).map((at) => (
					<g key={at}>
						<line className="base" x1={x(at)} x2={x(at)} y1={HEIGHT} y2={HEIGHT + 5} />
						<text className="figures" x={x(at)} y={HEIGHT + 18} textAnchor="middle">
							{isMidnight(at) ? dayText(at).slice(0, 5) : minuteText(at)}
						</text>
					</g>
				))}
			</svg>
			<p className="quiet small">{t("figures.load.note")}</p>
		</figure>
	);
}
