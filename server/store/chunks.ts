// Chunks: the readings of one channel in one hour as varints. Compaction writes them into packs (packs.ts), which carry the
// checksum; history reads them. Pure: no I/O.
//
// Layout: flags | n | at: first offset in the hour, then differences of differences | runs of (quality*2 + noValue, length) |
// counts: first, then differences, "no value" left out | arrival delay: first, then differences.
import { ByteReader, ByteWriter } from "#model/varint.ts";
import { type BlockBuilder, checksum, DamagedError } from "./block.ts";
import type { ReadingBlock } from "./store.ts";

export const HOUR_MS = 3_600_000;

/** Every `at` and its differences are whole seconds. */
const SECONDS = 1;
/** Counts are doubles: some are no integers within +/-2^51. */
const DOUBLES = 2;
const KNOWN_FLAGS = SECONDS | DOUBLES;
const COUNT_MAX = 2 ** 51;

const scratch = new ByteWriter(1 << 16);
const doubles = new Float64Array(1);
const doubleBytes = new Uint8Array(doubles.buffer);

/**
 * Readings [from, to) of `order`, all of one channel and hour, sorted by `at`, without repeats. `order` maps to rows of `block`.
 * @returns bytes that stay valid until the next call.
 */
export function encodeChunk(
	block: ReadingBlock,
	order: Uint32Array,
	from: number,
	to: number,
	hour: number,
): Uint8Array {
	const out = scratch;
	out.reset();
	const flags = flagsOf(block, order, from, to);
	out.byte(flags);
	out.varint(to - from);
	writeTimes(out, block, order, from, to, hour, flags & SECONDS ? 1000 : 1);
	writeRuns(out, block, order, from, to);
	writeCounts(out, block, order, from, to, (flags & DOUBLES) !== 0);
	let delay = 0;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		const next = block.receivedAt[row]! - block.at[row]!;
		out.zigzag(next - delay);
		delay = next;
	}
	return out.bytes.subarray(0, out.length);
}

/** An integer whose difference to any other is a varint; -0 is none. */
export function isCount(value: number): boolean {
	return value % 1 === 0 && Math.abs(value) <= COUNT_MAX && !Object.is(value, -0);
}

function flagsOf(block: ReadingBlock, order: Uint32Array, from: number, to: number): number {
	let flags = SECONDS;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		const count = block.count[row]!;
		if (block.at[row]! % 1000 !== 0) flags &= ~SECONDS;
		if (!Number.isNaN(count) && (count % 1 !== 0 || Math.abs(count) > COUNT_MAX || Object.is(count, -0)))
			flags |= DOUBLES;
	}
	return flags;
}

function writeTimes(
	out: ByteWriter,
	block: ReadingBlock,
	order: Uint32Array,
	from: number,
	to: number,
	hour: number,
	unit: number,
): void {
	let at = hour * HOUR_MS;
	let step = 0;
	for (let i = from; i < to; i++) {
		const next = block.at[order[i]!]!;
		const nextStep = (next - at) / unit;
		out.zigzag(nextStep - step);
		// The first offset is no cadence: the second difference starts from zero.
		step = i === from ? 0 : nextStep;
		at = next;
	}
}

function writeRuns(out: ByteWriter, block: ReadingBlock, order: Uint32Array, from: number, to: number): void {
	let code = -1;
	let length = 0;
	for (let i = from; i < to; i++) {
		const row = order[i]!;
		const count = block.count[row]!;
		const next = block.quality[row]! * 2 + (Number.isNaN(count) ? 1 : 0);
		if (next === code) {
			length += 1;
			continue;
		}
		if (length > 0) {
			out.varint(code);
			out.varint(length);
		}
		code = next;
		length = 1;
	}
	out.varint(code);
	out.varint(length);
}

function writeCounts(
	out: ByteWriter,
	block: ReadingBlock,
	order: Uint32Array,
	from: number,
	to: number,
	wide: boolean,
): void {
	let count = 0;
	for (let i = from; i < to; i++) {
		const next = block.count[order[i]!]!;
		if (Number.isNaN(next)) continue;
		if (wide) {
			doubles[0] = next;
			out.raw(doubleBytes);
		} else out.zigzag(next - count);
		count = next;
	}
}

/** Puts the checksum into the first four bytes. */
export function seal(blob: Uint8Array, key: number): void {
	const crc = checksum(blob.subarray(4), key);
	blob[0] = crc & 255;
	blob[1] = (crc >>> 8) & 255;
	blob[2] = (crc >>> 16) & 255;
	blob[3] = crc >>> 24;
}

/** A reader behind the checksum. Throws DamagedError when it does not match. */
export function unseal(blob: Uint8Array, key: number, what: string): ByteReader {
	if (blob.length < 5) throw new DamagedError(`${what} is cut short`);
	const stored = (blob[0]! | (blob[1]! << 8) | (blob[2]! << 16) | (blob[3]! << 24)) >>> 0;
	if (stored !== checksum(blob.subarray(4), key)) throw new DamagedError(`${what} does not match its checksum`);
	return new ByteReader(blob, 4);
}

/** Columns reused by every decode of this thread. */
let times = new Float64Array(4096);
let counts = new Float64Array(4096);
let qualities = new Uint8Array(4096);

/**
 * Appends the readings with from <= at < to. Throws DamagedError or RangeError for bytes that are no chunk; then some
 * may have been appended, but never from a pack whose checksum holds. Hot.
 */
export function decodeChunk(
	blob: Uint8Array,
	hour: number,
	channel: number,
	from: number,
	to: number,
	into: BlockBuilder,
): void {
	const reader = new ByteReader(blob);
	const flags = reader.byte();
	if (flags & ~KNOWN_FLAGS) throw new DamagedError(`chunk of channel ${channel}, hour ${hour} has an unknown form`);
	const n = reader.varint();
	if (n > times.length) {
		times = new Float64Array(n * 2);
		counts = new Float64Array(n * 2);
		qualities = new Uint8Array(n * 2);
	}
	const unit = flags & SECONDS ? 1000 : 1;
	let at = hour * HOUR_MS;
	let step = 0;
	for (let i = 0; i < n; i++) {
		const nextStep = step + reader.zigzag();
		at += nextStep * unit;
		step = i === 0 ? 0 : nextStep;
		times[i] = at;
	}
	for (let i = 0; i < n; ) {
		const code = reader.varint();
		const end = i + reader.varint();
		qualities.fill(code >> 1, i, end);
		counts.fill(code & 1 ? Number.NaN : 0, i, end);
		i = end;
	}
	readCounts(reader, n, (flags & DOUBLES) !== 0);
	let delay = 0;
	for (let i = 0; i < n; i++) {
		delay += reader.zigzag();
		const t = times[i]!;
		if (t >= from && t < to) into.push(channel, t, counts[i]!, qualities[i]!, t + delay);
	}
}

function readCounts(reader: ByteReader, n: number, wide: boolean): void {
	let count = 0;
	for (let i = 0; i < n; i++) {
		if (Number.isNaN(counts[i]!)) continue;
		if (wide) {
			for (let byte = 0; byte < 8; byte++) doubleBytes[byte] = reader.byte();
			count = doubles[0]!;
		} else count += reader.zigzag();
		counts[i] = count;
	}
}
