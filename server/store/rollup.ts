// Five minutes of a channel as minimum, mean and maximum: what stays when the readings themselves are too old to keep.
// Made by retention, read by history. Pure. A suspect or bad reading never enters a mean that good ones can carry.
import { Quality } from "#model/measure.ts";
import { ByteWriter } from "#model/varint.ts";
import { DamagedError } from "./block.ts";
import { isCount, seal, unseal } from "./chunks.ts";
import type { ReadingBlock } from "./store.ts";

export const ROLL_MS = 300_000;
export const DAY_HOURS = 24;
const DAY_MS = DAY_HOURS * 3_600_000;

export interface Rolled {
	/** Start of the five minutes, epoch ms. */
	readonly at: number;
	/** Readings that it stands for. */
	readonly n: number;
	/** NaN: none of them had a value. */
	readonly min: number;
	readonly mean: number;
	readonly max: number;
	readonly quality: number;
}

/** Settled rows order[from, to) of one channel as five-minute values, by time. */
export function roll(block: ReadingBlock, order: Uint32Array, from: number, to: number): Rolled[] {
	const rolled: Rolled[] = [];
	for (let start = from; start < to; ) {
		const at = Math.floor(block.at[order[start]!]! / ROLL_MS) * ROLL_MS;
		let end = start + 1;
		while (end < to && block.at[order[end]!]! < at + ROLL_MS) end += 1;
		rolled.push(rollOne(block, order, start, end, at));
		start = end;
	}
	return rolled;
}

function rollOne(block: ReadingBlock, order: Uint32Array, from: number, to: number, at: number): Rolled {
	// The best quality among those with a value carries the figures: good before stale before suspect before bad.
	let best = 0;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		if (!Number.isNaN(block.count[row]!)) best = Math.max(best, rankOf(block.quality[row]!));
	}
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	let sum = 0;
	let used = 0;
	let quality = block.quality[order[from]!]!;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		const count = block.count[row]!;
		if (Number.isNaN(count) || rankOf(block.quality[row]!) !== best) continue;
		min = Math.min(min, count);
		max = Math.max(max, count);
		sum += count;
		used += 1;
		quality = block.quality[row]!;
	}
	if (used === 0) return { at, n: to - from, min: Number.NaN, mean: Number.NaN, max: Number.NaN, quality };
	return { at, n: to - from, min, mean: sum / used, max, quality };
}

function rankOf(quality: number): number {
	switch (quality) {
		case Quality.good:
			return 4;
		case Quality.stale:
			return 3;
		case Quality.suspect:
			return 2;
		default:
			return 1;
	}
}

const scratch = new ByteWriter(1 << 14);
const doubles = new Float64Array(3);
const doubleBytes = new Uint8Array(doubles.buffer);

/** Layout: crc | n | per value: five minutes since the one before, readings, quality*4 + form, and by form (0 none, 1 whole: min, max-min, mean-min rounded; 2 doubles). */
export function encodeDay(rolled: readonly Rolled[], key: number): Uint8Array {
	const out = scratch;
	out.reset();
	out.u32(0);
	out.varint(rolled.length);
	let slot = 0;
	let low = 0;
	for (const { at, n, min, mean, max, quality } of rolled) {
		const next = (at % DAY_MS) / ROLL_MS;
		out.zigzag(next - slot);
		slot = next;
		out.varint(n);
		const form = Number.isNaN(min) ? 0 : isCount(min) && isCount(max) ? 1 : 2;
		out.byte(quality * 4 + form);
		if (form === 1) {
			out.zigzag(min - low);
			out.varint(max - min);
			out.varint(Math.round(mean) - min);
			low = min;
		} else if (form === 2) {
			doubles.set([min, mean, max]);
			out.raw(doubleBytes);
		}
	}
	const blob = out.take();
	seal(blob, key);
	return blob;
}

/** `start`: first moment of the day, epoch ms. Throws DamagedError. */
export function decodeDay(blob: Uint8Array, key: number, start: number): Rolled[] {
	const reader = unseal(blob, key, `rollup ${key}`);
	const n = reader.varint();
	if (n > blob.length) throw new DamagedError(`rollup ${key} has an impossible length`);
	const rolled: Rolled[] = [];
	let slot = 0;
	let low = 0;
	for (let i = 0; i < n; i++) {
		slot += reader.zigzag();
		const count = reader.varint();
		const state = reader.byte();
		let [min, mean, max] = [Number.NaN, Number.NaN, Number.NaN];
		if ((state & 3) === 1) {
			min = low + reader.zigzag();
			max = min + reader.varint();
			mean = min + reader.varint();
			low = min;
		} else if ((state & 3) === 2) {
			for (let byte = 0; byte < 24; byte++) doubleBytes[byte] = reader.byte();
			[min, mean, max] = [doubles[0]!, doubles[1]!, doubles[2]!];
		}
		// Slots count from midnight UTC; a day of ours begins at 16:00 UTC.
		const midnight = Math.floor(start / DAY_MS) * DAY_MS;
		const at = midnight + slot * ROLL_MS;
		rolled.push({ at: at < start ? at + DAY_MS : at, n: count, min, mean, max, quality: state >> 2 });
	}
	return rolled;
}
