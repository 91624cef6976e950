// Orders readings by channel and time and drops repeats of (channel, at, count). Used by compaction, by every read that
// merges chunks with the journal, and by the start. Pure. The first arrival of a repeat is the one that stays.
import { blockOf } from "./block.ts";
import type { ReadingBlock } from "./store.ts";

/** Rows 0..n-1 by channel (stable). Counting sort: linear, for any number of rows. */
export function byChannel(channel: Uint32Array, n: number): Uint32Array {
	let top = 0;
	for (let i = 0; i < n; i++) if (channel[i]! > top) top = channel[i]!;
	const order = new Uint32Array(n);
	// A few rows with large ids: an ordinary sort is cheaper than a table of all ids.
	if (top > 4 * n + 65_536) {
		for (let i = 0; i < n; i++) order[i] = i;
		return order.sort((a, b) => channel[a]! - channel[b]! || a - b);
	}
	const next = new Uint32Array(top + 2);
	for (let i = 0; i < n; i++) next[channel[i]! + 1]! += 1;
	for (let id = 1; id <= top; id++) next[id]! += next[id - 1]!;
	for (let i = 0; i < n; i++) order[next[channel[i]!]!++] = i;
	return order;
}

/**
 * Sorts order[from, to), rows of one channel in order of arrival, by `at` (stable) and removes repeats.
 * @returns the new end.
 */
export function settle(block: ReadingBlock, order: Uint32Array, from: number, to: number): number {
	const { at } = block;
	for (let i = from + 1; i < to; i++) {
		if (at[order[i]!]! < at[order[i - 1]!]!) {
			sortByTime(at, order, from, to);
			break;
		}
	}
	let end = from;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		if (!isRepeat(block, order, from, end, row)) order[end++] = row;
	}
	return end;
}

function isRepeat(block: ReadingBlock, order: Uint32Array, from: number, end: number, row: number): boolean {
	const at = block.at[row]!;
	const count = block.count[row]!;
	for (let i = end - 1; i >= from; i--) {
		const earlier = order[i]!;
		if (block.at[earlier] !== at) return false;
		if (Object.is(block.count[earlier], count)) return true;
	}
	return false;
}

function sortByTime(at: Float64Array, order: Uint32Array, from: number, to: number): void {
	const n = to - from;
	// Nearly sorted is the rule: a late reading or two. Insertion moves each a short way.
	if (n <= 64) {
		for (let i = from + 1; i < to; i++) {
			const row = order[i]!;
			let j = i - 1;
			while (j >= from && at[order[j]!]! > at[row]!) {
				order[j + 1] = order[j]!;
				j -= 1;
			}
			order[j + 1] = row;
		}
		return;
	}
	const positions = new Uint32Array(n);
	const rows = order.slice(from, to);
	for (let i = 0; i < n; i++) positions[i] = i;
	positions.sort((a, b) => at[rows[a]!]! - at[rows[b]!]! || a - b);
	for (let i = 0; i < n; i++) order[from + i] = rows[positions[i]!]!;
}

/** The block by channel, then time, without repeats. */
export function settled(block: ReadingBlock, n: number): ReadingBlock {
	const order = byChannel(block.channel, n);
	let end = 0;
	for (let from = 0; from < n; ) {
		const channel = block.channel[order[from]!]!;
		let to = from + 1;
		while (to < n && block.channel[order[to]!] === channel) to += 1;
		const stop = settle(block, order, from, to);
		order.copyWithin(end, from, stop);
		end += stop - from;
		from = to;
	}
	return pick(block, order, end);
}

/** Rows order[0, n) of the block as a block of their own. */
function pick(block: ReadingBlock, order: Uint32Array, n: number): ReadingBlock {
	const picked = blockOf(n);
	for (let i = 0; i < n; i++) {
		const row = order[i]!;
		picked.channel[i] = block.channel[row]!;
		picked.at[i] = block.at[row]!;
		picked.count[i] = block.count[row]!;
		picked.quality[i] = block.quality[row]!;
		picked.receivedAt[i] = block.receivedAt[row]!;
	}
	return picked;
}
