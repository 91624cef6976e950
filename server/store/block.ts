// Columns of readings in memory and as one packed blob. The blob is what the journal keeps per commit and what crosses to
// the store's worker. Called by every part of the store. It never judges a reading; a blob that fails its checks is refused.
import { crc32 } from "node:zlib";
import type { ReadingBlock } from "./store.ts";

/** Channel ids are below this: the newest reading of a channel is found by index. */
export const CHANNELS_MAX = 2 ** 24;
const AT_MAX = 8_640_000_000_000_000;

/** Header: version, flags, constant quality, 0 (bytes); readings (u32); base of `at`, base of `receivedAt` (f64). */
const HEADER = 24;
const VERSION = 1;
const AT_WIDE = 1;
const COUNT_WIDE = 2;
const RECEIVED_U32 = 4;
const RECEIVED_WIDE = 8;
const QUALITY_COLUMN = 16;
/** Stands for "no value" in a 32-bit count column. */
const NO_COUNT = -0x8000_0000;

/** Stored bytes that do not match their checksum, or that no version of this program wrote. */
export class DamagedError extends Error {
	override name = "DamagedError";
}

/** A block of `length` readings to be filled. */
export function blockOf(length: number): ReadingBlock {
	return {
		channel: new Uint32Array(length),
		at: new Float64Array(length),
		count: new Float64Array(length),
		quality: new Uint8Array(length),
		receivedAt: new Float64Array(length),
	};
}

/** The ArrayBuffers of a block, to be handed to another thread. */
export function buffersOf(block: ReadingBlock): ArrayBuffer[] {
	return [block.channel, block.at, block.count, block.quality, block.receivedAt].map(
		(column) => column.buffer as ArrayBuffer,
	);
}

/** Readings gathered one by one; the columns double as they fill. Hot. */
export class BlockBuilder {
	length = 0;
	block: ReadingBlock;

	constructor(size = 1024) {
		this.block = blockOf(size);
	}

	push(channel: number, at: number, count: number, quality: number, receivedAt: number): void {
		if (this.length === this.block.at.length) this.grow();
		const { block } = this;
		const index = this.length++;
		block.channel[index] = channel;
		block.at[index] = at;
		block.count[index] = count;
		block.quality[index] = quality;
		block.receivedAt[index] = receivedAt;
	}

	/** A copy cut to length. */
	take(): ReadingBlock {
		return sliceBlock(this.block, 0, this.length);
	}

	private grow(): void {
		const wider = blockOf(this.block.at.length * 2);
		copyInto(wider, this.block, 0);
		this.block = wider;
	}
}

export function sliceBlock(block: ReadingBlock, from: number, to: number): ReadingBlock {
	return {
		channel: block.channel.slice(from, to),
		at: block.at.slice(from, to),
		count: block.count.slice(from, to),
		quality: block.quality.slice(from, to),
		receivedAt: block.receivedAt.slice(from, to),
	};
}

/** Copies all of `source` into `target` from `offset` on. */
export function copyInto(target: ReadingBlock, source: ReadingBlock, offset: number): void {
	target.channel.set(source.channel, offset);
	target.at.set(source.at, offset);
	target.count.set(source.count, offset);
	target.quality.set(source.quality, offset);
	target.receivedAt.set(source.receivedAt, offset);
}

interface Shape {
	readonly flags: number;
	readonly atBase: number;
	readonly receivedBase: number;
}

/** The narrowest columns that hold the block exactly. Throws RangeError for what no door may hand over. */
function shapeOf(block: ReadingBlock): Shape {
	const { channel, at, count, quality, receivedAt } = block;
	const n = channel.length;
	if (at.length !== n || count.length !== n || quality.length !== n || receivedAt.length !== n)
		throw new RangeError("the columns of a reading block differ in length");
	let atLow = Number.POSITIVE_INFINITY;
	let atHigh = 0;
	let receivedLow = Number.POSITIVE_INFINITY;
	let receivedHigh = 0;
	let wide = false;
	let mixed = false;
	for (let i = 0; i < n; i++) {
		const t = at[i]!;
		const r = receivedAt[i]!;
		if (!(t >= 0 && t <= AT_MAX && r >= 0 && r <= AT_MAX) || t % 1 !== 0 || r % 1 !== 0 || channel[i]! >= CHANNELS_MAX)
			throw new RangeError(`reading ${i}: channel ${channel[i]}, at ${t}, receivedAt ${r} cannot be stored`);
		if (t < atLow) atLow = t;
		if (t > atHigh) atHigh = t;
		if (r < receivedLow) receivedLow = r;
		if (r > receivedHigh) receivedHigh = r;
		const c = count[i]!;
		// NaN is narrow; a fraction, an infinity, -0 and NO_COUNT itself are not.
		if (!Number.isNaN(c) && ((c | 0) !== c || c === NO_COUNT || Object.is(c, -0))) wide = true;
		if (quality[i] !== quality[0]) mixed = true;
	}
	if (n === 0) return { flags: 0, atBase: 0, receivedBase: 0 };
	let flags = mixed ? QUALITY_COLUMN : 0;
	if (atHigh - atLow > 0xffff_ffff) flags |= AT_WIDE;
	if (wide) flags |= COUNT_WIDE;
	if (receivedHigh - receivedLow > 0xffff_ffff) flags |= RECEIVED_WIDE;
	else if (receivedHigh > receivedLow) flags |= RECEIVED_U32;
	return { flags, atBase: atLow, receivedBase: receivedLow };
}

/** The block as one blob, 12 to 29 bytes a reading. Hot: one pass to find the shape, one to copy. */
export function packBlock(block: ReadingBlock): Uint8Array<ArrayBuffer> {
	const n = block.channel.length;
	const { flags, atBase, receivedBase } = shapeOf(block);
	const bytes = new Uint8Array(HEADER + n * bytesPerReading(flags));
	const view = new DataView(bytes.buffer);
	bytes[0] = VERSION;
	bytes[1] = flags;
	bytes[2] = n > 0 && (flags & QUALITY_COLUMN) === 0 ? block.quality[0]! : 0;
	view.setUint32(4, n, true);
	view.setFloat64(8, atBase, true);
	view.setFloat64(16, receivedBase, true);
	const columns = columnsOf(bytes, flags, n);
	if (columns.atWide !== null) columns.atWide.set(block.at);
	else offsets(columns.at!, block.at, atBase);
	if (columns.countWide !== null) columns.countWide.set(block.count);
	else {
		const target = columns.count!;
		const source = block.count;
		for (let i = 0; i < n; i++) target[i] = Number.isNaN(source[i]!) ? NO_COUNT : source[i]!;
	}
	if (columns.receivedWide !== null) columns.receivedWide.set(block.receivedAt);
	else if (columns.received !== null) offsets(columns.received, block.receivedAt, receivedBase);
	columns.channel.set(block.channel);
	columns.quality?.set(block.quality);
	return bytes;
}

function offsets(target: Uint32Array, source: Float64Array, base: number): void {
	for (let i = 0; i < source.length; i++) target[i] = source[i]! - base;
}

/** The readings of a blob. Throws DamagedError when the blob is not one. */
export function unpackBlock(blob: Uint8Array): ReadingBlock {
	const bytes = blob.byteOffset % 8 === 0 ? blob : blob.slice();
	if (bytes.length < HEADER || bytes[0] !== VERSION) throw new DamagedError("a journal blob has an unknown form");
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const flags = bytes[1]!;
	const n = view.getUint32(4, true);
	if (bytes.length !== HEADER + n * bytesPerReading(flags)) throw new DamagedError("a journal blob has a wrong length");
	const atBase = view.getFloat64(8, true);
	const receivedBase = view.getFloat64(16, true);
	const columns = columnsOf(bytes, flags, n);
	const block = blockOf(n);
	block.channel.set(columns.channel);
	if (columns.atWide !== null) block.at.set(columns.atWide);
	else for (let i = 0; i < n; i++) block.at[i] = atBase + columns.at![i]!;
	if (columns.countWide !== null) block.count.set(columns.countWide);
	else {
		for (let i = 0; i < n; i++) {
			const count = columns.count![i]!;
			block.count[i] = count === NO_COUNT ? Number.NaN : count;
		}
	}
	if (columns.receivedWide !== null) block.receivedAt.set(columns.receivedWide);
	else if (columns.received === null) block.receivedAt.fill(receivedBase);
	else for (let i = 0; i < n; i++) block.receivedAt[i] = receivedBase + columns.received[i]!;
	if (columns.quality !== null) block.quality.set(columns.quality);
	else block.quality.fill(bytes[2]!);
	return block;
}

function bytesPerReading(flags: number): number {
	return (
		4 +
		(flags & AT_WIDE ? 8 : 4) +
		(flags & COUNT_WIDE ? 8 : 4) +
		(flags & RECEIVED_WIDE ? 8 : flags & RECEIVED_U32 ? 4 : 0) +
		(flags & QUALITY_COLUMN ? 1 : 0)
	);
}

/** Views into the blob, widest columns first so that each is aligned. */
function columnsOf(bytes: Uint8Array, flags: number, n: number) {
	let offset = bytes.byteOffset + HEADER;
	const f64 = () => {
		const column = new Float64Array(bytes.buffer, offset, n);
		offset += 8 * n;
		return column;
	};
	const u32 = () => {
		const column = new Uint32Array(bytes.buffer, offset, n);
		offset += 4 * n;
		return column;
	};
	const atWide = flags & AT_WIDE ? f64() : null;
	const countWide = flags & COUNT_WIDE ? f64() : null;
	const receivedWide = flags & RECEIVED_WIDE ? f64() : null;
	const channel = u32();
	const at = flags & AT_WIDE ? null : u32();
	const countBits = flags & COUNT_WIDE ? null : u32();
	const count = countBits === null ? null : new Int32Array(countBits.buffer, countBits.byteOffset, n);
	const received = flags & RECEIVED_U32 ? u32() : null;
	const quality = flags & QUALITY_COLUMN ? new Uint8Array(bytes.buffer, offset, n) : null;
	return { atWide, countWide, receivedWide, channel, at, count, received, quality };
}

/** Checksum of a blob under its key, so that a row that moved is as wrong as one that changed. */
export function checksum(bytes: Uint8Array, key: number): number {
	return crc32(bytes, (key ^ Math.floor(key / 0x1_0000_0000)) >>> 0);
}
