// From the figures of the alarm system to what is drawn: scales, bars, verdicts against targets. Pure; pixels are units of the SVG.
import type { Target } from "#model/alarm_figures.ts";
import { targets } from "#model/alarm_figures.ts";
import { ZONE_MS } from "../../live/civil.ts";

/** Square root: one alarm is still seen beside a thousand. */
export function heightOf(count: number, most: number, height: number): number {
	return most <= 0 ? 0 : Math.sqrt(Math.max(0, count) / most) * height;
}

/** One path for all bars: M x base V top. Empty spans draw nothing. */
export function barsPath(counts: readonly number[], width: number, height: number, most: number): string {
	const step = width / Math.max(1, counts.length);
	let path = "";
	counts.forEach((count, i) => {
		if (count === 0) return;
		const x = ((i + 0.5) * step).toFixed(2);
		path += `M${x} ${height}V${(height - heightOf(count, most, height)).toFixed(2)}`;
	});
	return path;
}

/** Counts worth a line across the histogram, below the highest. */
export function countTicks(most: number): readonly number[] {
	return [1, 10, 100, 1_000, 10_000].filter((tick) => tick <= most);
}

const SECOND_MS = 1_000;
const LEAST_MS = SECOND_MS;
const MOST_MS = 24 * 3_600_000;

/** Place of a time on a logarithmic scale from 1 s to 24 h, 0..1. */
export function timePlace(ms: number): number {
	const held = Math.min(Math.max(ms, LEAST_MS), MOST_MS);
	return Math.log(held / LEAST_MS) / Math.log(MOST_MS / LEAST_MS);
}

export const TIME_TICKS = [SECOND_MS, 60_000, 600_000, 3_600_000, MOST_MS] as const;

export function findTarget(id: Target["id"]): Target | null {
	return targets.find((target) => target.id === id) ?? null;
}

/** About: within half of it either way. null: nothing to judge. */
export function isGood(value: number | null, target: Target | null): boolean | null {
	if (value === null || target === null || Number.isNaN(value)) return null;
	if (target.sense === "at-most") return value <= target.value;
	return Math.abs(value - target.value) <= target.value / 2;
}

export interface ParetoBar {
	readonly alarm: string;
	readonly count: number;
	readonly share: number;
	/** Of this and all before it. */
	readonly together: number;
}

/** In the order given, worst first. `all`: every alarm told. */
export function paretoOf(top: readonly { readonly alarm: string; readonly count: number }[], all: number): ParetoBar[] {
	let sum = 0;
	return top.map(({ alarm, count }) => {
		sum += count;
		return { alarm, count, share: all === 0 ? 0 : count / all, together: all === 0 ? 0 : sum / all };
	});
}

/** Where the axis bears a time: midnights of Asia/Shanghai, on a short axis every three hours of the day. At most 17. */
export function axisTimes(from: number, to: number): readonly number[] {
	const hour = 3_600_000;
	const step = to - from <= 48 * hour ? 3 * hour : 24 * hour;
	const first = Math.ceil((from + ZONE_MS) / step) * step - ZONE_MS;
	const count = Math.max(0, Math.ceil((to - first) / step));
	const every = Math.max(1, Math.ceil(count / 16));
	return Array.from({ length: Math.ceil(count / every) }, (_, i) => first + i * every * step);
}

/** A day begins there. */
export function isMidnight(at: number): boolean {
	return (at + ZONE_MS) % 86_400_000 === 0;
}
