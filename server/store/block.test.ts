// The journal's blob: whatever a door may hand over comes back bit for bit; whatever else is refused.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	BlockBuilder,
	blockOf,
	checksum,
	copyInto,
	DamagedError,
	packBlock,
	sliceBlock,
	unpackBlock,
} from "./block.ts";
import type { ReadingBlock } from "./store.ts";

const reading = fc.record({
	channel: fc.nat(2 ** 24 - 1),
	at: fc.oneof(fc.nat(8.64e15), fc.integer({ min: 1.79e12, max: 1.8e12 })),
	count: fc.oneof(fc.constant(Number.NaN), fc.integer(), fc.double({ noDefaultInfinity: true }), fc.maxSafeInteger()),
	quality: fc.integer({ min: 0, max: 4 }),
	receivedAt: fc.integer({ min: 1.79e12, max: 1.8e12 }),
});

function toBlock(rows: readonly { [K in keyof ReadingBlock]: number }[]): ReadingBlock {
	const builder = new BlockBuilder(1);
	for (const { channel, at, count, quality, receivedAt } of rows) builder.push(channel, at, count, quality, receivedAt);
	return builder.take();
}

test("J1 a packed block comes back bit for bit, at any alignment", () => {
	fc.assert(
		fc.property(fc.array(reading, { maxLength: 40 }), fc.nat(7), (rows, shift) => {
			const block = toBlock(rows);
			const packed = packBlock(block);
			const moved = new Uint8Array(packed.length + shift).subarray(shift);
			moved.set(packed);
			expect(unpackBlock(moved)).toEqual(block);
		}),
		{ numRuns: 500 },
	);
});

test("an ordinary batch takes 12 bytes a reading", () => {
	const block = blockOf(1000);
	block.at.fill(1_795_000_000_000);
	block.receivedAt.fill(1_795_000_000_300);
	block.quality.fill(1);
	expect(packBlock(block).length).toBe(24 + 12 * 1000);
});

test.each([
	["a fraction of a millisecond", { at: 5.5 }],
	["no time", { at: Number.NaN }],
	["a time before 1970", { at: -1 }],
	["an arrival that is no number", { receivedAt: Number.POSITIVE_INFINITY }],
	["a channel beyond the last", { channel: 2 ** 24 }],
])("%s is refused", (_what, change) => {
	const row = { channel: 1, at: 5, count: 1, quality: 1, receivedAt: 6, ...change };
	expect(() => packBlock(toBlock([row]))).toThrow(RangeError);
});

test("columns of different length are refused", () => {
	expect(() => packBlock({ ...blockOf(2), quality: new Uint8Array(1) })).toThrow("differ in length");
});

test("a blob of another form or length is damage", () => {
	const packed = packBlock(blockOf(3));
	expect(() => unpackBlock(packed.subarray(0, -1))).toThrow(DamagedError);
	expect(() => unpackBlock(packed.with(0, 9))).toThrow(DamagedError);
	expect(() => unpackBlock(new Uint8Array(3))).toThrow(DamagedError);
});

test("a checksum belongs to its key", () => {
	const bytes = Uint8Array.of(1, 2, 3);
	expect(checksum(bytes, 7)).not.toBe(checksum(bytes, 8));
	expect(checksum(bytes, 7)).not.toBe(checksum(bytes, 7 + 2 ** 32));
	expect(checksum(bytes, 7)).not.toBe(checksum(Uint8Array.of(1, 2, 2), 7));
});

test("slices and copies keep the columns together", () => {
	const block = toBlock([1, 2, 3].map((n) => ({ channel: n, at: n, count: n, quality: n, receivedAt: n })));
	const target = blockOf(4);
	copyInto(target, sliceBlock(block, 1, 3), 2);
	expect([...target.channel]).toEqual([0, 0, 2, 3]);
	expect([...target.receivedAt]).toEqual([0, 0, 2, 3]);
});
