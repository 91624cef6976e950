// 24 hours of one channel as an engraved line: limits in their level's colour, gaps as gaps, the smallest and the largest
// value named, a value under the pointer. SVG, because it is one line of at most some hundred points.
import { type PointerEvent, type ReactElement, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { minuteText, numberText, valueText, withUnit } from "../../live/format.ts";
import type { HistoryPoint } from "../../live/history.ts";
import { languageNow } from "../../text/text.ts";
import { extent, type Frame, hourTicks, nearest, runsOf, ticks, xOf, yOf } from "./curve.ts";

interface HistoryCurveProps {
	readonly measure: Measure;
	readonly points: readonly HistoryPoint[];
	readonly limits: readonly Limit[];
	readonly from: number;
	readonly to: number;
}

/** rem, as the page's root size. */
const HEIGHT_REM = 11;

export function HistoryCurve({ measure, points, limits, from, to }: HistoryCurveProps): ReactElement {
	const { t } = useTranslation();
	const box = useRef<HTMLDivElement>(null);
	const width = useWidth(box);
	const [hoverAt, setHoverAt] = useState<number | null>(null);
	const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	const lines = limitLines(limits, measure.id);
	const range =
		stateRange(measure, points) ??
		extent(
			points,
			lines.map(({ value }) => value),
		);
	if (range === null) {
		return (
			<div ref={box} className="curve-empty" style={{ height: `${HEIGHT_REM}rem` }}>
				{t("asset.noHistory")}
			</div>
		);
	}
	const frame: Frame = {
		left: 2.75 * rem,
		top: 0.6 * rem,
		right: Math.max(width - 0.6 * rem, 3 * rem),
		bottom: (HEIGHT_REM - 1.5) * rem,
		from,
		to,
		low: range[0],
		high: range[1],
	};
	const hovered = hoverAt === null ? null : nearest(points, hoverAt);
	const onMove = (event: PointerEvent<SVGSVGElement>): void => {
		const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
		setHoverAt(from + ((x - frame.left) / (frame.right - frame.left)) * (to - from));
	};
	return (
		<div ref={box} className="curve">
			<svg
				width={width}
				height={HEIGHT_REM * rem}
				role="img"
				aria-label={`${measure.name[languageNow()]} ${t("asset.curve")}`}
				onPointerMove={onMove}
				onPointerLeave={() => setHoverAt(null)}
			>
				<Grid frame={frame} measure={measure} rem={rem} />
				<Limits frame={frame} lines={lines} rem={rem} />
				<Runs
					frame={frame}
					points={points}
					silentMs={measure.contract === "periodic" ? measure.silentAfterMs : null}
					isEvent={measure.contract === "event"}
				/>
				{hovered === null ? null : <Hover frame={frame} point={hovered} measure={measure} rem={rem} />}
			</svg>
			{measure.states === undefined ? <Extremes points={points} measure={measure} /> : null}
		</div>
	);
}

interface LimitLine {
	readonly severity: number;
	readonly value: number;
}

/** Level limits of this measure; rates and silences are no lines. */
function limitLines(limits: readonly Limit[], measure: string): LimitLine[] {
	return limits
		.filter((limit) => limit.measure === measure && limit.type === "level")
		.flatMap((limit) => limit.levels.map(({ severity, value }) => ({ severity, value })));
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
	const [width, setWidth] = useState(360);
	useLayoutEffect(() => {
		const element = box.current;
		if (element === null) return;
		const observer = new ResizeObserver(() => setWidth(element.clientWidth));
		observer.observe(element);
		setWidth(element.clientWidth);
		return () => observer.disconnect();
	}, [box]);
	return width;
}

/** A state has a line per word; half a step of air above and below. */
function stateRange(measure: Measure, points: readonly HistoryPoint[]): readonly [number, number] | null {
	const values = measure.states?.map(({ value }) => value) ?? [];
	if (values.length === 0 || points.every(([, value]) => value === null)) return null;
	return [Math.min(...values) - 0.5, Math.max(...values) + 0.5];
}

function Grid({ frame, measure, rem }: { frame: Frame; measure: Measure; rem: number }): ReactElement {
	const { decimals, states } = measure;
	const levels = states?.map(({ value }) => value) ?? ticks(frame.low, frame.high, 4);
	const word = (value: number): string =>
		states === undefined
			? numberText(value, Math.max(decimals, decimalsOf(value)))
			: valueText(measure, value, languageNow());
	return (
		<g className="curve-grid">
			{levels.map((value) => (
				<g key={value}>
					<line x1={frame.left} x2={frame.right} y1={yOf(frame, value)} y2={yOf(frame, value)} />
					<text x={frame.left - 0.4 * rem} y={yOf(frame, value) + 0.25 * rem} textAnchor="end">
						{word(value)}
					</text>
				</g>
			))}
			{hourTicks(frame.from, frame.to, 6).map((at) => (
				<g key={at}>
					<line x1={xOf(frame, at)} x2={xOf(frame, at)} y1={frame.top} y2={frame.bottom} />
					<text x={xOf(frame, at)} y={frame.bottom + 1.1 * rem} textAnchor="middle">
						{minuteText(at)}
					</text>
				</g>
			))}
		</g>
	);
}

function decimalsOf(value: number): number {
	const [, fraction] = String(value).split(".");
	return Math.min(fraction?.length ?? 0, 4);
}

function Limits({ frame, lines, rem }: { frame: Frame; lines: readonly LimitLine[]; rem: number }): ReactElement {
	const shown = lines.filter(({ value }) => value >= frame.low && value <= frame.high);
	return (
		<g className="curve-limits">
			{shown.map(({ severity, value }) => (
				<g
					key={`${severity} ${value}`}
					style={{ stroke: `var(--level-${severity})`, fill: `var(--level-${severity})` }}
				>
					<line x1={frame.left} x2={frame.right} y1={yOf(frame, value)} y2={yOf(frame, value)} />
					<text x={frame.right - 0.2 * rem} y={yOf(frame, value) - 0.25 * rem} textAnchor="end">
						{["", "IV", "III", "II", "I"][severity]} {value}
					</text>
				</g>
			))}
		</g>
	);
}

interface RunsProps {
	readonly frame: Frame;
	readonly points: readonly HistoryPoint[];
	readonly silentMs: number | null;
	/** An event channel holds its value until the next word: steps, no slopes. */
	readonly isEvent: boolean;
}

function Runs({ frame, points, silentMs, isEvent }: RunsProps): ReactElement {
	// Thinned points stand farther apart than the measure's patience: then the usual distance decides.
	const runs = runsOf(
		points,
		isEvent ? Number.POSITIVE_INFINITY : silentMs === null ? null : Math.max(silentMs, 600_000),
	);
	return (
		<g className="curve-line">
			{runs.map((run) => (
				<g key={run[0]?.[0]}>
					<path d={pathOf(frame, run, isEvent)} />
					{run.length === 1 ? (
						<circle cx={xOf(frame, run[0]?.[0] ?? 0)} cy={yOf(frame, run[0]?.[1] ?? 0)} r="2" />
					) : null}
				</g>
			))}
		</g>
	);
}

function pathOf(frame: Frame, run: readonly (readonly [number, number])[], isStep: boolean): string {
	let path = "";
	let before = 0;
	for (const [i, [at, value]] of run.entries()) {
		const x = xOf(frame, at).toFixed(1);
		const y = yOf(frame, value).toFixed(1);
		if (i > 0 && isStep) path += `L${x} ${before}`;
		path += `${i === 0 ? "M" : "L"}${x} ${y}`;
		before = Number(y);
	}
	return path;
}

function Hover({
	frame,
	point,
	measure,
	rem,
}: {
	frame: Frame;
	point: HistoryPoint;
	measure: Measure;
	rem: number;
}): ReactElement {
	const [at, value] = point;
	const x = xOf(frame, at);
	const y = yOf(frame, value ?? 0);
	const isRight = x > (frame.left + frame.right) / 2;
	return (
		<g className="curve-hover">
			<line x1={x} x2={x} y1={frame.top} y2={frame.bottom} />
			<circle cx={x} cy={y} r="3.5" />
			<text x={x + (isRight ? -0.5 : 0.5) * rem} y={frame.top + 0.8 * rem} textAnchor={isRight ? "end" : "start"}>
				{minuteText(at)}　{value === null ? "" : withUnit(valueText(measure, value, languageNow()), measure.unit)}
			</text>
		</g>
	);
}

function Extremes({ points, measure }: { points: readonly HistoryPoint[]; measure: Measure }): ReactElement | null {
	const { t } = useTranslation();
	let low: HistoryPoint | null = null;
	let high: HistoryPoint | null = null;
	for (const point of points) {
		if (point[1] === null) continue;
		if (low === null || point[1] < (low[1] ?? 0)) low = point;
		if (high === null || point[1] > (high[1] ?? 0)) high = point;
	}
	if (low === null || high === null) return null;
	const word = (point: HistoryPoint): string => `${numberText(point[1], measure.decimals)} (${minuteText(point[0])})`;
	return (
		<p className="curve-extremes">
			{t("asset.min")} <span className="figures">{word(low)}</span>　{t("asset.max")}{" "}
			<span className="figures">{word(high)}</span>　{measure.unit}
		</p>
	);
}
