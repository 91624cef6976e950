import { expect, test } from "vitest";
import { PacketLengths } from "./guarded_socket.ts";

function packetOf(length: number): Buffer {
	const header = [0x32];
	let rest = length;
	do {
		header.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
		rest = Math.floor(rest / 128);
	} while (rest > 0);
	return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

test("T-23 packets up to the bound pass however the stream is cut, and are counted", () => {
	const sizes = [0, 1, 127, 128, 129, 300, 0, 16_383, 16_384, 20_000];
	const stream = Buffer.concat(sizes.map(packetOf));
	for (const step of [1, 2, 3, 5, 127, 4096, stream.length]) {
		const lengths = new PacketLengths(20_000);
		for (let at = 0; at < stream.length; at += step) expect(lengths.pass(stream.subarray(at, at + step))).toBe(true);
		expect(lengths.packets).toBe(sizes.length);
	}
});

test("T-23 a longer packet is refused at its header, before any of it", () => {
	const lengths = new PacketLengths(20_000);
	expect(lengths.pass(packetOf(5))).toBe(true);
	expect(lengths.pass(packetOf(20_001).subarray(0, 4))).toBe(false);
});

test("T-23 a length of five bytes is none", () => {
	expect(new PacketLengths(Number.MAX_SAFE_INTEGER).pass(Buffer.of(0x32, 0x80, 0x80, 0x80, 0x80, 0x01))).toBe(false);
	// 268,435,455: the largest that the protocol knows.
	expect(new PacketLengths(268_435_455).pass(Buffer.of(0x32, 0xff, 0xff, 0xff, 0x7f))).toBe(true);
	expect(new PacketLengths(268_435_454).pass(Buffer.of(0x32, 0xff, 0xff, 0xff, 0x7f))).toBe(false);
});
