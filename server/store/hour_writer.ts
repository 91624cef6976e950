// Puts chunks of one finished hour into its packs, channels ascending: appends while the hour is new, otherwise opens the
// pack that holds the channel, merges and writes it again. Called inside a transaction of the month file; `end` before it ends.
import { BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, encodeChunk } from "./chunks.ts";
import { chunkRow, type MonthFile } from "./months.ts";
import { settle } from "./order.ts";
import { type Entry, entriesOf, PackWriter } from "./packs.ts";
import type { ReadingBlock } from "./store.ts";

const HIGHEST_CHANNEL = 2 ** 24 - 1;

/** Reused by every merge of this thread. */
const merged = new BlockBuilder(1024);

export class HourWriter {
	private readonly file: MonthFile;
	/** Hour of the month. */
	private readonly hour: number;
	private readonly damage: (what: string) => void;
	private readonly packs: PackWriter;
	/** Nothing of the hour was there: chunks are only appended. */
	private readonly isNew: boolean;
	/** The opened pack's chunks from `index` on are still to be copied. */
	private entries: readonly Entry[] = [];
	private index = 0;
	/** First channel of the pack after the opened one; -1: none is open. */
	private until = -1;

	constructor(file: MonthFile, hour: number, damage: (what: string) => void) {
		this.file = file;
		this.hour = hour;
		this.damage = damage;
		const put = file.sql("INSERT OR REPLACE INTO chunk VALUES (?, ?)");
		this.packs = new PackWriter(
			(channel) => chunkRow(hour, channel),
			(key, body) => put.run(key, body),
		);
		const any = file.sql("SELECT 1 FROM chunk WHERE key BETWEEN ? AND ? LIMIT 1");
		this.isNew = any.get(chunkRow(hour, 0), chunkRow(hour, HIGHEST_CHANNEL)) === undefined;
	}

	/** Settled rows order[from, to) of `block`, all of this channel and hour. */
	add(channel: number, block: ReadingBlock, order: Uint32Array, from: number, to: number): void {
		const existing = this.isNew ? null : this.seek(channel);
		if (existing === null) this.packs.add(channel, encodeChunk(block, order, from, to, this.absolute));
		else this.packs.add(channel, this.merge(channel, existing, block, order, from, to));
	}

	/** A chunk that was encoded before. @returns false when readings of the channel are there already: use `add`. */
	addChunk(channel: number, chunk: Uint8Array): boolean {
		if (!this.isNew && this.peek(channel)) return false;
		this.packs.add(channel, chunk);
		return true;
	}

	end(): void {
		this.closePack();
		this.packs.flush();
	}

	private get absolute(): number {
		return this.file.firstHour + this.hour;
	}

	/** Copies what stands before `channel`. @returns the channel's own chunk, taken out, or null. */
	private seek(channel: number): Uint8Array | null {
		if (!this.peek(channel)) return null;
		return this.entries[this.index++]!.chunk;
	}

	private peek(channel: number): boolean {
		if (channel >= this.until) {
			this.closePack();
			this.openPack(channel);
		}
		while (this.index < this.entries.length && this.entries[this.index]!.channel < channel) this.copy();
		return this.entries[this.index]?.channel === channel;
	}

	private copy(): void {
		const { channel, chunk } = this.entries[this.index++]!;
		this.packs.add(channel, chunk);
	}

	private openPack(channel: number): void {
		const { file, hour } = this;
		const [low, key, high] = [chunkRow(hour, 0), chunkRow(hour, channel), chunkRow(hour, HIGHEST_CHANNEL)];
		const row =
			file.sql("SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1").get(low, key) ??
			file.sql("SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1").get(key, high);
		this.until = HIGHEST_CHANNEL + 1;
		if (row === undefined) return;
		const found = Number(row.key);
		const next = file.sql("SELECT min(key) AS key FROM chunk WHERE key > ? AND key <= ?").get(found, high);
		if (next !== undefined && next.key !== null) this.until = Number(next.key) - chunkRow(hour, 0);
		try {
			this.entries = entriesOf(found, row.body as Uint8Array);
		} catch (error) {
			setAside(file, found, row.body as Uint8Array, error, this.damage);
		}
		// Written again under the key of its first channel, which may be a lower one now.
		file.sql("DELETE FROM chunk WHERE key = ?").run(found);
	}

	private closePack(): void {
		while (this.index < this.entries.length) this.copy();
		// Chunks of the next pack begin a row of their own, so that rows stay in order of channel.
		if (this.until >= 0) this.packs.flush();
		this.entries = [];
		this.index = 0;
		this.until = -1;
	}

	private merge(
		channel: number,
		existing: Uint8Array,
		block: ReadingBlock,
		order: Uint32Array,
		from: number,
		to: number,
	): Uint8Array {
		merged.length = 0;
		decodeChunk(existing, this.absolute, channel, 0, Number.POSITIVE_INFINITY, merged);
		for (let i = from; i < to; i++) {
			const row = order[i]!;
			merged.push(channel, block.at[row]!, block.count[row]!, block.quality[row]!, block.receivedAt[row]!);
		}
		const rows = new Uint32Array(merged.length);
		for (let i = 0; i < rows.length; i++) rows[i] = i;
		return encodeChunk(merged.block, rows, 0, settle(merged.block, rows, 0, merged.length), this.absolute);
	}
}

/** Keeps a damaged row for a person to look at. Throws what is no damage. */
export function setAside(
	file: MonthFile,
	key: number,
	body: Uint8Array,
	error: unknown,
	damage: (what: string) => void,
): void {
	if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
	file.sql("INSERT INTO damaged (key, body) VALUES (?, ?)").run(key, body);
	damage(error.message);
}
