// Key frames: the newest reading and severity of every channel at one moment, as varints behind a checksum. Written by the
// pipeline's ten-minute call, read for seek and replay. Pure.
import { type ByteReader, ByteWriter } from "#model/varint.ts";
import { BlockBuilder, DamagedError } from "./block.ts";
import { isCount, seal, unseal } from "./chunks.ts";
import { byChannel } from "./order.ts";
import type { ReadingBlock } from "./store.ts";

export interface KeyFrame {
	/** Epoch ms. */
	readonly at: number;
	/** By channel id. */
	readonly frame: ReadingBlock;
	/** 0..4, beside the rows of `frame`. */
	readonly severity: Uint8Array;
}

const NONE = 1;
const DOUBLE = 128;
const scratch = new ByteWriter(1 << 16);
const doubles = new Float64Array(1);
const doubleBytes = new Uint8Array(doubles.buffer);

/** Per row: channel difference | double*128 + quality*16 + severity*2 + noValue | count | frame's time - at | receivedAt - at. */
export function encodeFrame(at: number, frame: ReadingBlock, severity: Uint8Array): Uint8Array {
	const order = byChannel(frame.channel, frame.channel.length);
	const out = scratch;
	out.reset();
	out.u32(0);
	out.varint(order.length);
	let channel = 0;
	for (const row of order) {
		const count = frame.count[row]!;
		const form = Number.isNaN(count) ? NONE : isCount(count) ? 0 : DOUBLE;
		out.varint(frame.channel[row]! - channel);
		channel = frame.channel[row]!;
		out.byte(frame.quality[row]! * 16 + severity[row]! * 2 + form);
		if (form === 0) out.zigzag(count);
		else if (form === DOUBLE) {
			doubles[0] = count;
			out.raw(doubleBytes);
		}
		out.zigzag(at - frame.at[row]!);
		out.zigzag(frame.receivedAt[row]! - frame.at[row]!);
	}
	const blob = out.take();
	seal(blob, at);
	return blob;
}

/** Throws DamagedError when the checksum does not match. */
export function decodeFrame(at: number, blob: Uint8Array): KeyFrame {
	const reader = unseal(blob, at, `key frame of ${at}`);
	const n = reader.varint();
	if (n > blob.length) throw new DamagedError(`key frame of ${at} has an impossible length`);
	const rows = new BlockBuilder(Math.max(1, n));
	const severity = new Uint8Array(n);
	let channel = 0;
	for (let i = 0; i < n; i++) {
		channel += reader.varint();
		const state = reader.byte();
		const count = countOf(reader, state);
		const readingAt = at - reader.zigzag();
		severity[i] = (state >> 1) & 7;
		rows.push(channel, readingAt, count, (state >> 4) & 7, readingAt + reader.zigzag());
	}
	return { at, frame: rows.take(), severity };
}

function countOf(reader: ByteReader, state: number): number {
	if (state & NONE) return Number.NaN;
	if ((state & DOUBLE) === 0) return reader.zigzag();
	for (let byte = 0; byte < 8; byte++) doubleBytes[byte] = reader.byte();
	return doubles[0]!;
}
