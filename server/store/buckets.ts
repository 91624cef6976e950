// Lowest and highest value per step of time, for curves that many channels share a picture of. Pure. Only good values count: a step
// without one stays empty, and what was doubtful draws no peak.

import type { Buckets } from "#model/answers.ts";
import { Quality } from "#model/measure.ts";
import type { ReadingBlock } from "./store.ts";

/** Columns for `channels` channels and `steps` steps, all empty. */
export function emptyBuckets(channels: number, steps: number): Buckets {
	return {
		min: new Float64Array(channels * steps).fill(Number.NaN),
		max: new Float64Array(channels * steps).fill(Number.NaN),
	};
}

/** Readings of one channel into its row of `into`; `from` and `step` in ms. Hot. */
export function fillBuckets(
	into: Buckets,
	block: ReadingBlock,
	row: number,
	steps: number,
	from: number,
	step: number,
): void {
	for (let i = 0; i < block.at.length; i++) {
		const count = block.count[i]!;
		const index = Math.floor((block.at[i]! - from) / step);
		if (block.quality[i] !== Quality.good || Number.isNaN(count) || index < 0 || index >= steps) continue;
		const place = row * steps + index;
		// Empty is NaN, which is never beyond anything.
		if (!(into.min[place]! <= count)) into.min[place] = count;
		if (!(into.max[place]! >= count)) into.max[place] = count;
	}
}
