// Questions that the panels ask: a channel's past, names found by a few letters, the alarm log. Shapes are those of
// design's HTTP interface; the envelope is checked, the rest is trusted.
import type { QualityName, Severity } from "#model/measure.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "./ask.ts";

/** at (epoch ms), value in units or null, quality. */
export type HistoryPoint = readonly [number, number | null, QualityName];

export interface History {
	readonly unit: string;
	readonly points: readonly HistoryPoint[];
	/** Minima and maxima are kept; the rest was left out. */
	readonly thinned: boolean;
}

export interface HistoryQuestion {
	readonly asset: string;
	readonly measure: string;
	readonly from: number;
	readonly to: number;
	readonly points: number;
}

export async function askHistory(question: HistoryQuestion, signal: AbortSignal): Promise<History | Problem> {
	const query = new URLSearchParams({
		measure: question.measure,
		from: String(question.from),
		to: String(question.to),
		points: String(question.points),
	});
	const body = await ask(`/api/assets/${encodeURIComponent(question.asset)}/history?${query}`, { signal });
	if (isProblem(body)) return body;
	const { points } = (body ?? {}) as Partial<History>;
	return Array.isArray(points) ? (body as History) : problem("bad-answer", "history without points");
}

export interface Found {
	readonly id: string;
	readonly name: string;
	readonly kind: string;
	readonly system: string;
	readonly district: string;
	readonly severity?: Severity;
}
