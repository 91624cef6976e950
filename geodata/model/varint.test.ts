// Numbers written are numbers read, in the bytes that docs/delta.md names; broken bytes throw RangeError.
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_COUNT } from "./measure.ts";
import { ByteReader, ByteWriter } from "./varint.ts";

const unsigned = fc.oneof(
	fc.maxSafeNat(),
	fc.nat({ max: 70_000 }),
	fc.integer({ min: 0, max: 53 }).map((power) => 2 ** power - 1),
	fc.integer({ min: 0, max: 52 }).map((power) => 2 ** power),
);
const signed = fc.oneof(
	fc.integer({ min: -70_000, max: 70_000 }),
	fc.maxSafeInteger().map((value) => Math.max(-MAX_COUNT, Math.min(MAX_COUNT, value))),
	fc.constantFrom(MAX_COUNT, -MAX_COUNT, 0, -1),
);

test("what is written is read: bytes, u32, varint and zigzag in any order, whatever the first size of the buffer", () => {
	const item = fc.oneof(
		fc.record({ type: fc.constant("byte" as const), value: fc.nat({ max: 255 }) }),
		fc.record({ type: fc.constant("u32" as const), value: fc.nat({ max: 0xffff_ffff }) }),
		fc.record({ type: fc.constant("varint" as const), value: unsigned }),
		fc.record({ type: fc.constant("zigzag" as const), value: signed }),
	);
	fc.assert(
		fc.property(fc.array(item), fc.integer({ min: 1, max: 40 }), (items, size) => {
			const out = new ByteWriter(size);
			for (const { type, value } of items) out[type](value);
			const reader = new ByteReader(out.take());
			for (const { type, value } of items) expect(reader[type]()).toBe(value);
			expect(reader.offset).toBe(reader.end);
		}),
	);
});

test("the bytes of known numbers", () => {
	const bytesOf = (write: (out: ByteWriter) => void): number[] => {
		const out = new ByteWriter(1);
		write(out);
		return [...out.take()];
	};
	expect(bytesOf((out) => out.varint(0))).toEqual([0]);
	expect(bytesOf((out) => out.varint(127))).toEqual([127]);
	expect(bytesOf((out) => out.varint(128))).toEqual([128, 1]);
	expect(bytesOf((out) => out.varint(300))).toEqual([0xac, 2]);
	expect(bytesOf((out) => out.varint(2 ** 31))).toEqual([128, 128, 128, 128, 8]);
	expect(bytesOf((out) => out.varint(2 ** 53 - 1))).toEqual([255, 255, 255, 255, 255, 255, 255, 15]);
	expect([0, -1, 1, -2, 2].flatMap((value) => bytesOf((out) => out.zigzag(value)))).toEqual([0, 1, 2, 3, 4]);
	expect(bytesOf((out) => out.u32(0x8765_4321))).toEqual([0x21, 0x43, 0x65, 0x87]);
});

test("a number is as short as it can be", () => {
	fc.assert(
		fc.property(unsigned, (value) => {
			const out = new ByteWriter();
			out.varint(value);
			expect(out.length).toBe(value === 0 ? 1 : Math.ceil(value.toString(2).length / 7));
		}),
	);
});

test("reading past the end, more than 8 bytes or more than 2^53-1 throws RangeError", () => {
	expect(() => new ByteReader(Uint8Array.of()).byte()).toThrow(RangeError);
	expect(() => new ByteReader(Uint8Array.of(1, 2, 3)).u32()).toThrow(RangeError);
	expect(() => new ByteReader(Uint8Array.of(255)).varint()).toThrow(RangeError);
	expect(() => new ByteReader(new Uint8Array(9).fill(128)).varint()).toThrow(RangeError);
	expect(() => new ByteReader(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 16)).varint()).toThrow(RangeError);
	const window = new ByteReader(Uint8Array.of(9, 5, 6), 1, 2);
	expect(window.byte()).toBe(5);
	expect(() => window.byte()).toThrow(RangeError);
});

test("random bytes give numbers within bounds or RangeError", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
			const reader = new ByteReader(bytes);
			try {
				while (reader.offset < reader.end) {
					const value = reader.varint();
					expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
				}
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
		}),
	);
});

test("raw bytes are copied, take gives a copy, reset starts again", () => {
	const out = new ByteWriter(2);
	out.raw(Uint8Array.of(1, 2, 3));
	const taken = out.take();
	out.reset();
	out.byte(9);
	expect([...taken]).toEqual([1, 2, 3]);
	expect([...out.take()]).toEqual([9]);
});
