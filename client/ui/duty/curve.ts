// The geometry of a 24-hour curve: scales, runs without gaps, ticks, the nearest point. Pure; HistoryCurve.tsx draws it.
import { ZONE_MS } from "../../live/civil.ts";
import type { HistoryPoint } from "../../live/history.ts";

export interface Frame {
	/** Plot area, px. */
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	/** Epoch ms. */
	readonly from: number;
	readonly to: number;
	readonly low: number;
	readonly high: number;
}

/** Two readings farther apart than this many usual distances have a gap between them. */
const GAP_FACTOR = 3.5;
/** And never less than this, ms: a minute of jitter is no gap. */
const GAP_LEAST_MS = 90_000;

export function xOf(frame: Frame, at: number): number {
	return frame.left + ((at - frame.from) / (frame.to - frame.from)) * (frame.right - frame.left);
}

export function yOf(frame: Frame, value: number): number {
	return frame.bottom - ((value - frame.low) / (frame.high - frame.low)) * (frame.bottom - frame.top);
}

export type Run = readonly (readonly [number, number])[];

/** Stretches of values without a gap: a null, a stale point or a silence ends one. `silentMs`: the measure's own patience. */
export function runsOf(points: readonly HistoryPoint[], silentMs: number | null): Run[] {
	const gapMs = silentMs ?? Math.max(GAP_LEAST_MS, usualStep(points) * GAP_FACTOR);
	const runs: [number, number][][] = [];
	let run: [number, number][] = [];
	let before = Number.NEGATIVE_INFINITY;
	for (const [at, value, quality] of points) {
		const isGap = value === null || quality === "stale" || quality === "none";
		if (isGap || at - before > gapMs) {
			if (run.length > 0) runs.push(run);
			run = [];
		}
		if (isGap || value === null) continue;
		run.push([at, value]);
		before = at;
	}
	if (run.length > 0) runs.push(run);
	return runs;
}

/** The median distance of neighbours, ms. */
export function usualStep(points: readonly HistoryPoint[]): number {
	const steps: number[] = [];
	for (let i = 1; i < points.length; i++) steps.push((points[i]?.[0] ?? 0) - (points[i - 1]?.[0] ?? 0));
	steps.sort((a, b) => a - b);
	return steps[Math.floor((steps.length - 1) / 2)] ?? 0;
}

/** The range of values and of the limits worth showing, with air; a flat line gets room. */
export function extent(points: readonly HistoryPoint[], limits: readonly number[]): readonly [number, number] | null {
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (const [, value] of points) {
		if (value === null) continue;
		low = Math.min(low, value);
		high = Math.max(high, value);
	}
	if (low > high) return null;
	const span = high - low || Math.abs(high) * 0.1 || 1;
	// A limit far away would press the curve flat: it is shown when it is within twice the curve's own height.
	for (const limit of limits) {
		if (limit > high && limit - high <= span * 2) high = limit;
		if (limit < low && low - limit <= span * 2) low = limit;
	}
	const air = (high - low || span) * 0.08;
	return [low - air, high + air];
}

/** Round numbers between low and high, at most `most`. */
export function ticks(low: number, high: number, most: number): number[] {
	const rough = (high - low) / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
	const values: number[] = [];
	for (let value = Math.ceil(low / step) * step; value <= high; value += step)
		values.push(Number(value.toPrecision(12)));
	return values;
}

/** Full hours of Asia/Shanghai (UTC+8, no summer time), every `hours`. */
export function hourTicks(from: number, to: number, hours: number): number[] {
	const step = hours * 3_600_000;
	const values: number[] = [];
	for (let at = Math.ceil((from + ZONE_MS) / step) * step - ZONE_MS; at <= to; at += step) values.push(at);
	return values;
}

/** The point nearest in time, or null. */
export function nearest(points: readonly HistoryPoint[], at: number): HistoryPoint | null {
	let best: HistoryPoint | null = null;
	for (const point of points) {
		if (point[1] === null) continue;
		if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point;
	}
	return best;
}
