import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, segmentOf, VECTORS } from "../../../test/fixtures/hj212/vectors.ts";
import { CRC_SEED, crcStep, crcText, hj212Crc } from "./crc.ts";

/** The definition of HJ 212-2017 annex A, bit by bit. */
function bitwise(bytes: Uint8Array): number {
	let register = 0xffff;
	for (const byte of bytes) {
		register = (register >> 8) ^ byte;
		for (let bit = 0; bit < 8; bit++) {
			const low = register & 1;
			register >>= 1;
			if (low === 1) register ^= 0xa001;
		}
	}
	return register;
}

test("the table gives what the bit-by-bit definition gives", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
			expect(hj212Crc(bytes)).toBe(bitwise(bytes));
		}),
		{ numRuns: 2000 },
	);
});

test("every single byte and every pair of bytes agree with the definition", () => {
	for (let first = 0; first < 256; first++) {
		for (let second = 0; second < 256; second++) {
			const bytes = Uint8Array.of(first, second);
			if (hj212Crc(bytes) !== bitwise(bytes)) expect.fail(`${first} ${second}`);
		}
	}
});

test("the known check values: 123456789, the empty segment, all published frames", () => {
	expect(crcText(hj212Crc(bytesOf("123456789")))).toBe("2F80");
	expect(crcText(hj212Crc(new Uint8Array(0)))).toBe("FFFF");
	for (const [name, frame] of Object.entries(VECTORS)) {
		expect(crcText(hj212Crc(bytesOf(segmentOf(frame)))), name).toBe(frame.slice(-4).toUpperCase());
	}
});

test("the register runs through the published trace of the standard's example", () => {
	const trace = new Map<number, number>();
	let register = CRC_SEED;
	const segment = bytesOf(segmentOf(VECTORS.H1));
	segment.forEach((byte, index) => {
		register = crcStep(register, byte);
		trace.set(index, register);
	});
	expect([0, 1, 2, 3].map((index) => crcText(trace.get(index) ?? 0))).toEqual(["BC81", "8581", "7200", "F001"]);
	expect([-3, -2, -1].map((index) => crcText(trace.get(segment.length + index) ?? 0))).toEqual([
		"3840",
		"0880",
		"1C80",
	]);
});

test("a range is the same as the bytes of that range", () => {
	const bytes = bytesOf(VECTORS.L1);
	expect(hj212Crc(bytes, 6, bytes.length - 4)).toBe(hj212Crc(bytes.slice(6, -4)));
});

test("only 256 values exist: the check is an 8-bit one", () => {
	const values = new Set<number>();
	for (let byte = 0; byte < 256; byte++)
		for (let next = 0; next < 256; next++) values.add(hj212Crc(Uint8Array.of(byte, next)));
	expect(values.size).toBe(256);
	expect(new Set([...values].map((value) => value & 0xff))).toEqual(
		new Set([0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xc0, 0xc1]),
	);
});

test("text is four upper-case digits, padded on the left", () => {
	expect(crcText(0x80)).toBe("0080");
	expect(crcText(0xa9c1)).toBe("A9C1");
});
