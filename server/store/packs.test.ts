// Chunks and packs: what compaction writes is what history reads, and a changed bit is never served.
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, encodeChunk, HOUR_MS } from "./chunks.ts";
import { settle } from "./order.ts";
import { chunkIn, entriesOf, nextChannel, PACK_BYTES, PackCursor, PackWriter } from "./packs.ts";
import type { ReadingBlock } from "./store.ts";

const HOUR = 498_690;

const reading = fc.record({
	offset: fc.oneof(
		fc.nat(HOUR_MS - 1),
		fc.nat(3_599).map((s) => s * 1000),
	),
	count: fc.oneof(fc.constant(Number.NaN), fc.integer(), fc.double({ noDefaultInfinity: true }), fc.constant(-0)),
	quality: fc.integer({ min: 0, max: 4 }),
	delay: fc.integer({ min: -1e9, max: 1e9 }),
});

function settledRows(rows: readonly { offset: number; count: number; quality: number; delay: number }[]) {
	const builder = new BlockBuilder(1);
	for (const { offset, count, quality, delay } of rows) {
		const at = HOUR * HOUR_MS + offset;
		builder.push(5, at, count, quality, at + delay);
	}
	const order = Uint32Array.from(rows, (_, i) => i);
	return { block: builder.block, order, end: settle(builder.block, order, 0, order.length) };
}

function rowsOf(block: ReadingBlock, order: Uint32Array, end: number): number[][] {
	return Array.from(order.subarray(0, end), (row) => [
		block.at[row]!,
		block.count[row]!,
		block.quality[row]!,
		block.receivedAt[row]!,
	]);
}

test("a chunk comes back bit for bit, whole and in part", () => {
	fc.assert(
		fc.property(fc.array(reading, { minLength: 1, maxLength: 60 }), fc.nat(HOUR_MS), (rows, cut) => {
			const { block, order, end } = settledRows(rows);
			const chunk = encodeChunk(block, order, 0, end, HOUR).slice();
			const whole = new BlockBuilder(1);
			decodeChunk(chunk, HOUR, 5, 0, Number.POSITIVE_INFINITY, whole);
			const expected = rowsOf(block, order, end);
			const all = Uint32Array.from({ length: whole.length }, (_, i) => i);
			expect(rowsOf(whole.block, all, whole.length)).toEqual(expected);
			const part = new BlockBuilder(1);
			decodeChunk(chunk, HOUR, 5, HOUR * HOUR_MS + cut, Number.POSITIVE_INFINITY, part);
			expect(part.length).toBe(expected.filter(([at]) => at! >= HOUR * HOUR_MS + cut).length);
		}),
		{ numRuns: 400 },
	);
});

test("ten-second readings of whole seconds take four bytes each", () => {
	const rows = Array.from({ length: 360 }, (_, i) => ({
		offset: i * 10_000,
		count: 1000 + (i % 7),
		quality: 1,
		delay: 200 + ((i * 37) % 300),
	}));
	const { block, order, end } = settledRows(rows);
	expect(encodeChunk(block, order, 0, end, HOUR).length).toBeLessThan(4.2 * 360);
});

function packed(chunks: readonly [channel: number, length: number][]): Map<number, Uint8Array> {
	const rows = new Map<number, Uint8Array>();
	const writer = new PackWriter(
		(channel) => channel,
		(key, body) => rows.set(key, body.slice()),
	);
	for (const [channel, length] of chunks) writer.add(channel, new Uint8Array(length).fill(channel % 251));
	writer.flush();
	return rows;
}

test("packs hold neighbours up to their size; each chunk is found by its channel, others are not", () => {
	const rows = packed(Array.from({ length: 500 }, (_, i) => [i * 3, 20 + (i % 90)]));
	expect(rows.size).toBeGreaterThan(4);
	const seen: number[] = [];
	for (const [key, body] of rows) {
		expect(body.length).toBeLessThan(PACK_BYTES + 300);
		for (const { channel, chunk } of entriesOf(key, body)) {
			seen.push(channel);
			expect(chunkIn(key, body, channel)).toEqual(chunk);
			expect(chunkIn(key, body, channel + 1)).toBeNull();
			expect(chunk[0]).toBe(channel % 251);
		}
	}
	expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i * 3));
});

test("a chunk larger than a pack has a row of its own", () => {
	const rows = packed([
		[1, 10],
		[2, PACK_BYTES * 3],
		[3, 10],
	]);
	expect([...rows.keys()]).toEqual([1, 2, 3]);
});

test("every flipped bit of a pack is damage, and so is a pack under another key", () => {
	const [[key, body]] = [
		...packed([
			[4, 30],
			[9, 12],
		]),
	] as [[number, Uint8Array]];
	for (let bit = 0; bit < body.length * 8; bit++) {
		const flipped = body.slice();
		flipped[bit >> 3]! ^= 1 << (bit & 7);
		expect(() => entriesOf(key, flipped)).toThrow(DamagedError);
		expect(() => chunkIn(key, flipped, 9)).toThrow(DamagedError);
	}
	expect(() => entriesOf(key + 1, body)).toThrow(DamagedError);
});

test("cursors give each channel once with its chunks of all ranges, and name damaged rows", () => {
	const db = new DatabaseSync(":memory:");
	db.exec("CREATE TABLE chunk (key INTEGER PRIMARY KEY, body BLOB)");
	const put = db.prepare("INSERT INTO chunk VALUES (?, ?)");
	const RANGE = 2 ** 24;
	for (const [range, channels] of [
		[1, 7, 9],
		[7, 8],
		[2, 9, 11],
	].entries()) {
		const writer = new PackWriter(
			(channel) => range * RANGE + channel,
			(key, body) => put.run(key, body),
		);
		for (const channel of channels) {
			writer.add(channel, Uint8Array.of(range));
			if (range === 2) writer.flush();
		}
		writer.flush();
	}
	db.exec(`UPDATE chunk SET body = zeroblob(9) WHERE key = ${2 * RANGE + 9}`);
	const damaged: number[] = [];
	const next = db.prepare("SELECT key, body FROM chunk WHERE key > ? AND key <= ? ORDER BY key LIMIT 1");
	const cursors = [0, 1, 2].map(
		(range) => new PackCursor(next, range * RANGE, (range + 1) * RANGE - 1, (key) => damaged.push(key)),
	);
	const found: [number, number[]][] = [];
	for (;;) {
		const { channel, chunks, sources } = nextChannel(cursors);
		if (chunks.length === 0) break;
		expect(chunks.map(([first]) => first)).toEqual(sources);
		found.push([channel, [...sources]]);
	}
	expect(found).toEqual([
		[1, [0]],
		[2, [2]],
		[7, [0, 1]],
		[8, [1]],
		[9, [0]],
		[11, [2]],
	]);
	expect(damaged).toEqual([2 * RANGE + 9]);
});
