// A curve out of readings: at most so many points, with the minimum and the maximum of each stretch at the times when they
// were measured. Nothing is interpolated and no point is made up: a gap between points is a gap in the readings.
// Pure; called by the reader's worker.

import type { History, HistoryPoint } from "#model/answers.ts";
import type { ReadingBlock } from "./store.ts";

/** `block`: one channel, by time, all within [from, to]. `rolled`: rows that already stand for several readings are among them. */
export function thin(block: ReadingBlock, from: number, to: number, points: number, rolled: boolean): History {
	const n = block.at.length;
	if (n <= points) return { points: allOf(block), thinned: rolled };
	// A stretch with readings that carry no value gives a third point, so that the hole stays visible.
	const each = block.count.some(Number.isNaN) ? 3 : 2;
	const buckets = Math.max(1, Math.floor(points / each));
	const width = Math.max(1, (to - from + 1) / buckets);
	const rows: number[] = [];
	for (let start = 0; start < n; ) {
		const bucket = Math.floor((block.at[start]! - from) / width);
		let end = start + 1;
		while (end < n && Math.floor((block.at[end]! - from) / width) === bucket) end += 1;
		pick(block.count, start, end, rows);
		start = end;
	}
	return { points: rows.slice(0, points).map((row) => pointOf(block, row)), thinned: true };
}

/** Adds the rows of the minimum, the maximum and the first without a value, in order of time. */
function pick(count: Float64Array, start: number, end: number, rows: number[]): void {
	let low = -1;
	let high = -1;
	let none = -1;
	for (let row = start; row < end; row++) {
		const value = count[row]!;
		if (Number.isNaN(value)) {
			if (none < 0) none = row;
		} else {
			if (low < 0 || value < count[low]!) low = row;
			if (high < 0 || value > count[high]!) high = row;
		}
	}
	const picked = [low, high, none].filter((row) => row >= 0).sort((a, b) => a - b);
	for (const row of picked) if (rows.length === 0 || rows[rows.length - 1]! < row) rows.push(row);
}

function allOf(block: ReadingBlock): HistoryPoint[] {
	return Array.from(block.at, (_, row) => pointOf(block, row));
}

function pointOf(block: ReadingBlock, row: number): HistoryPoint {
	const count = block.count[row]!;
	return { at: block.at[row]!, count: Number.isNaN(count) ? null : count, quality: block.quality[row]! };
}
