// How much was told to an operator: load per ten minutes, floods, the mix of priorities. Pure arithmetic over the moments at which alarms
// were told; called by alarm_sweep.ts.
import { type AlarmFigures, FLOOD_BEGINS, FLOOD_ENDS, type Flood, LOAD_STEP_MS } from "./alarm_figures.ts";

const DAY_MS = 86_400_000;

/** An alarm that was told to a person. */
export interface Told {
	readonly alarm: string;
	readonly at: number;
	readonly severity: number;
}

/** @param times rising; those before `from` count into the ten minutes that reach into the span. */
export function floodsOf(
	times: readonly number[],
	{ from, to }: { readonly from: number; readonly to: number },
	operators: number,
): Flood[] {
	const floods: Flood[] = [];
	let oldest = 0;
	let begin: number | null = null;
	let first = 0;
	let peak = 0;
	const end = (at: number, next: number): void => {
		if (begin !== null && at > from)
			floods.push({ from: Math.max(begin, from), to: Math.min(at, to), alarms: next - first, peak });
		begin = null;
	};
	/** Takes out of the count what is ten minutes old at `at`. */
	const expire = (at: number, next: number): void => {
		for (; oldest < next && (times[oldest] ?? 0) <= at - LOAD_STEP_MS; oldest++)
			if (next - oldest - 1 < FLOOD_ENDS * operators) end((times[oldest] ?? 0) + LOAD_STEP_MS, next);
	};
	for (const [i, at] of times.entries()) {
		expire(at, i);
		const count = i - oldest + 1;
		if (begin === null && count > FLOOD_BEGINS * operators) {
			begin = at;
			first = oldest;
			peak = 0;
		}
		peak = Math.max(peak, count);
	}
	expire(to, times.length);
	end(to, times.length);
	return floods;
}

export function loadOf(told: readonly Told[], from: number, to: number, operators: number): AlarmFigures["load"] {
	const steps = Math.ceil((to - from) / LOAD_STEP_MS);
	const counts = new Array<number>(steps).fill(0);
	for (const { at } of told) {
		const step = Math.floor((at - from) / LOAD_STEP_MS);
		counts[step] = (counts[step] ?? 0) + 1;
	}
	const each = told.length / operators;
	const share = (most: number): number =>
		steps === 0 ? 0 : counts.filter((count) => count <= most * operators).length / steps;
	return {
		counts,
		mean: to === from ? 0 : each / ((to - from) / LOAD_STEP_MS),
		perDay: to === from ? 0 : each / ((to - from) / DAY_MS),
		peak: Math.max(0, ...counts.map((count) => count / operators)),
		quiet: share(1),
		manageable: share(2),
	};
}

export function mixOf(told: readonly Told[]): AlarmFigures["mix"] {
	const counts: [number, number, number, number] = [0, 0, 0, 0];
	for (const { severity } of told) counts[severity - 1] = (counts[severity - 1] ?? 0) + 1;
	const part = (count: number): number => (told.length === 0 ? 0 : count / told.length);
	return { counts, high: part(counts[3]), medium: part(counts[2]), low: part(counts[0] + counts[1]) };
}
