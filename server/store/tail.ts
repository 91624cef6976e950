// The journal's readings that are not in the month files yet, by channel, in the reader's memory: each refresh decodes only the
// commits that came since. Owned by the reader's worker. It shows what is committed, nothing else.
import type { DatabaseSync } from "node:sqlite";
import { type BlockBuilder, blockOf, checksum, copyInto, DamagedError, unpackBlock } from "./block.ts";
import type { ReadingBlock } from "./store.ts";

const NONE = -1;

export class Tail {
	private block: ReadingBlock = blockOf(4096);
	/** The row of the same channel before this one, or NONE. */
	private previous = new Int32Array(4096).fill(NONE);
	/** By channel: its last row. */
	private last = new Int32Array(1024).fill(NONE);
	private length = 0;
	/** Rows below are compacted: found in the month files. */
	private base = 0;
	private seen = 0;
	private compacted = 0;
	/** End row of each commit, so that compacted ones can be let go. */
	private ends: { readonly id: number; readonly end: number }[] = [];

	/** Brings the tail up to the last commit. */
	refresh(db: DatabaseSync, damage: (what: string) => void): void {
		const compacted = Number(db.prepare("SELECT value FROM mark WHERE name = 'compacted'").get()?.value ?? 0);
		this.compacted = compacted;
		this.seen = Math.max(this.seen, compacted);
		this.letGo();
		for (const { id, crc, blob } of db
			.prepare("SELECT id, crc, blob FROM journal WHERE id > ? ORDER BY id")
			.iterate(this.seen)) {
			this.seen = Number(id);
			const bytes = blob as Uint8Array;
			if (bytes.length === 0) continue;
			if (checksum(bytes, this.seen) !== Number(crc)) damage(`journal row ${this.seen} does not match its checksum`);
			else this.take(bytes, damage);
			this.ends.push({ id: this.seen, end: this.length });
		}
	}

	/** Appends the channel's rows with from <= at < to, in order of arrival. */
	gather(channel: number, from: number, to: number, into: BlockBuilder): void {
		const { block, base } = this;
		const rows: number[] = [];
		for (let row = this.last[channel] ?? NONE; row >= base; row = this.previous[row]!) {
			const at = block.at[row]!;
			if (at >= from && at < to) rows.push(row);
		}
		for (let i = rows.length - 1; i >= 0; i--) {
			const row = rows[i]!;
			into.push(channel, block.at[row]!, block.count[row]!, block.quality[row]!, block.receivedAt[row]!);
		}
	}

	private take(bytes: Uint8Array, damage: (what: string) => void): void {
		let read: ReadingBlock;
		try {
			read = unpackBlock(bytes);
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
			damage(`journal row ${this.seen}: ${error.message}`);
			return;
		}
		const n = read.channel.length;
		this.makeRoom(n);
		copyInto(this.block, read, this.length);
		for (let i = 0; i < n; i++) {
			const channel = read.channel[i]!;
			if (channel >= this.last.length) this.last = widened(this.last, channel + 1);
			this.previous[this.length] = this.last[channel]!;
			this.last[channel] = this.length++;
		}
	}

	private makeRoom(n: number): void {
		if (this.length + n <= this.previous.length) return;
		if (this.base >= this.length / 2) this.shift();
		if (this.length + n <= this.previous.length) return;
		const wider = blockOf(Math.max(this.previous.length * 2, this.length + n));
		copyInto(wider, this.block, 0);
		this.block = wider;
		this.previous = widened(this.previous, wider.at.length);
	}

	/** Moves the living rows to the front. */
	private shift(): void {
		const { base } = this;
		for (const column of [
			this.block.channel,
			this.block.at,
			this.block.count,
			this.block.quality,
			this.block.receivedAt,
			this.previous,
		])
			column.copyWithin(0, base, this.length);
		this.length -= base;
		for (let row = 0; row < this.length; row++) this.previous[row] = Math.max(NONE, this.previous[row]! - base);
		for (let channel = 0; channel < this.last.length; channel++)
			this.last[channel] = Math.max(NONE, this.last[channel]! - base);
		this.ends = this.ends.map(({ id, end }) => ({ id, end: end - base }));
		this.base = 0;
	}

	private letGo(): void {
		let done = 0;
		while (done < this.ends.length && this.ends[done]!.id <= this.compacted) this.base = this.ends[done++]!.end;
		if (done > 0) this.ends = this.ends.slice(done);
		if (this.base === this.length && this.length > 0) this.forget();
	}

	private forget(): void {
		this.length = 0;
		this.base = 0;
		this.ends = [];
		this.last.fill(NONE);
	}
}

function widened(column: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> {
	const wider = new Int32Array(Math.max(need, column.length * 2)).fill(NONE);
	wider.set(column);
	return wider;
}
