// Packs: chunks of neighbouring channels of one hour in one row of a few kilobytes, under one checksum. A slow channel's chunk
// is 20 bytes; a row of its own would cost as much again and most of the time. Written by compaction, read by history.
// A pack that fails its checksum throws DamagedError and none of it is served.
//
// Layout: crc (u32) | for each chunk: channel, as difference from the one before (the first: from the row's key) | length | bytes.
import type { StatementSync } from "node:sqlite";
import { ByteWriter } from "#model/varint.ts";
import { seal, unseal } from "./chunks.ts";
import { channelOfRow } from "./months.ts";

/** A pack is closed at this size: what it leaves free at the end of a 16 kB page is a twentieth of it. */
export const PACK_BYTES = 2_000;

/** Chunk of one channel inside a pack. */
export interface Entry {
	readonly channel: number;
	readonly chunk: Uint8Array;
}

/** The chunks of a pack in order of channel. Throws DamagedError, or RangeError when a length leads out of it. */
export function entriesOf(key: number, body: Uint8Array): Entry[] {
	const reader = unseal(body, key, `pack ${key}`);
	const entries: Entry[] = [];
	let channel = channelOfRow(key);
	while (reader.offset < reader.end) {
		channel += reader.varint();
		const length = reader.varint();
		if (reader.offset + length > reader.end) throw new RangeError(`pack ${key} ends within a chunk`);
		entries.push({ channel, chunk: body.subarray(reader.offset, reader.offset + length) });
		reader.offset += length;
	}
	return entries;
}

/** The chunk of one channel, or null. Throws as `entriesOf`. Hot. */
export function chunkIn(key: number, body: Uint8Array, wanted: number): Uint8Array | null {
	const reader = unseal(body, key, `pack ${key}`);
	let channel = channelOfRow(key);
	while (reader.offset < reader.end) {
		channel += reader.varint();
		const length = reader.varint();
		if (reader.offset + length > reader.end) throw new RangeError(`pack ${key} ends within a chunk`);
		if (channel === wanted) return body.subarray(reader.offset, reader.offset + length);
		if (channel > wanted) return null;
		reader.offset += length;
	}
	return null;
}

/** Collects chunks of ascending channels and puts each full pack into its row. */
export class PackWriter {
	private readonly keyOf: (channel: number) => number;
	private readonly put: (key: number, body: Uint8Array) => void;
	private readonly out = new ByteWriter(PACK_BYTES * 2);
	private key = -1;
	private last = 0;

	constructor(keyOf: (channel: number) => number, put: (key: number, body: Uint8Array) => void) {
		this.keyOf = keyOf;
		this.put = put;
	}

	add(channel: number, chunk: Uint8Array): void {
		if (this.key >= 0 && this.out.length + chunk.length > PACK_BYTES) this.flush();
		if (this.key < 0) {
			this.key = this.keyOf(channel);
			this.out.reset();
			this.out.u32(0);
			this.last = channel;
		}
		this.out.varint(channel - this.last);
		this.out.varint(chunk.length);
		this.out.raw(chunk);
		this.last = channel;
	}

	/** Writes what is collected; to be called before the transaction ends. */
	flush(): void {
		if (this.key < 0) return;
		const body = this.out.bytes.subarray(0, this.out.length);
		seal(body, this.key);
		this.put(this.key, body);
		this.key = -1;
	}
}

/** Walks the chunks of a range of rows by channel, one pack in memory. Stays valid between transactions that only append. */
export class PackCursor {
	private readonly next: StatementSync;
	private readonly end: number;
	private readonly damaged: (key: number, body: Uint8Array, error: unknown) => void;
	private after: number;
	private entries: readonly Entry[] = [];
	private index = 0;

	/** `next` selects key and body of the first row with key > ? and key <= ?. `damaged` throws what it does not know. */
	constructor(
		next: StatementSync,
		from: number,
		end: number,
		damaged: (key: number, body: Uint8Array, error: unknown) => void,
	) {
		this.next = next;
		this.after = from - 1;
		this.end = end;
		this.damaged = damaged;
	}

	/** The chunk at hand, or null at the end. */
	current(): Entry | null {
		while (this.index >= this.entries.length) {
			const row = this.next.get(this.after, this.end);
			if (row === undefined) return null;
			this.after = Number(row.key);
			this.index = 0;
			try {
				this.entries = entriesOf(this.after, row.body as Uint8Array);
			} catch (error) {
				this.entries = [];
				this.damaged(this.after, row.body as Uint8Array, error);
			}
		}
		return this.entries[this.index]!;
	}

	advance(): void {
		this.index += 1;
	}
}

export interface Found {
	readonly channel: number;
	readonly chunks: readonly Uint8Array[];
	/** Index of the cursor that each chunk came from. */
	readonly sources: readonly number[];
}

/** The chunks of the lowest channel among the cursors, which move on; empty at the end. */
export function nextChannel(cursors: readonly PackCursor[]): Found {
	let channel = Number.POSITIVE_INFINITY;
	for (const cursor of cursors) channel = Math.min(channel, cursor.current()?.channel ?? Number.POSITIVE_INFINITY);
	const chunks: Uint8Array[] = [];
	const sources: number[] = [];
	for (let i = 0; i < cursors.length; i++) {
		const entry = cursors[i]!.current();
		if (entry === null || entry.channel !== channel) continue;
		chunks.push(entry.chunk);
		sources.push(i);
		cursors[i]!.advance();
	}
	return { channel, chunks, sources };
}
