// One round of compaction: the journal's oldest commits, up to half a million readings, sorted by hour and channel and written to
// the month files; only when all of it is synced there the journal rows go. In slices of a few milliseconds. A crash at any
// point repeats the round, and repeats of a reading are dropped, so a round may run twice.
import type { DatabaseSync } from "node:sqlite";
import { BlockBuilder, blockOf, checksum, copyInto, unpackBlock } from "./block.ts";
import { encodeChunk, HOUR_MS } from "./chunks.ts";
import { inTransaction } from "./database.ts";
import { hoursWithFiles, isOver } from "./gather.ts";
import { HourWriter } from "./hour_writer.ts";
import { hourOf, type MonthFile, type Months, monthOf, pieceRow } from "./months.ts";
import { byChannel, settle } from "./order.ts";
import { PackWriter } from "./packs.ts";
import type { ReadingBlock } from "./store.ts";
import { syncFiles } from "./wal.ts";

/** Readings of one round: memory for its columns is 29 bytes each. */
export const SEGMENT_READINGS = 500_000;

export interface Rooms {
	readonly db: DatabaseSync;
	readonly months: Months;
	/** Names stored bytes that are damaged. */
	readonly damage: (what: string) => void;
}

/** Where the runs of an hour go. */
interface Target {
	/** Settled rows [from, to) of the order. */
	add(channel: number, from: number, to: number): void;
	end(): void;
}

type Phase = "collect" | "sort" | "sort hours" | "write" | "done";

export class Segment {
	/** Journal rows (after, upto] are in this round. */
	readonly upto: number;
	readonly readings: number;
	private readonly rooms: Rooms;
	private readonly now: number;
	private phase: Phase = "collect";
	private nextId: number;
	private readonly block: ReadingBlock;
	private filled = 0;
	private order: Uint32Array = new Uint32Array(0);
	/** Hours [low, high) have month files; other readings are stray. */
	private readonly low: number;
	private readonly high: number;
	private readonly stray = new BlockBuilder(16);
	private strayDone = 0;
	private firstHour = Number.POSITIVE_INFINITY;
	private lastHour = Number.NEGATIVE_INFINITY;
	private position = 0;
	/** Months that this round writes to. */
	readonly touched = new Set<number>();
	/** Part number of this round by absolute hour. */
	private readonly parts = new Map<number, number>();

	constructor(rooms: Rooms, after: number, upto: number, readings: number, now: number) {
		this.rooms = rooms;
		this.nextId = after;
		this.upto = upto;
		this.readings = readings;
		this.now = now;
		this.block = blockOf(readings);
		[this.low, this.high] = hoursWithFiles(now);
	}

	/** Works until `expired` says so. @returns true when every reading of the round is synced in a month file. */
	run(expired: () => boolean): boolean {
		if (this.phase === "collect") this.collect(expired);
		else if (this.strayDone < this.stray.length) this.writeStray();
		else if (this.phase === "sort") {
			this.order = byChannel(this.block.channel, this.filled);
			this.phase = "sort hours";
		} else if (this.phase === "sort hours") {
			this.sortHours();
			this.phase = this.filled === 0 ? "done" : "write";
		} else if (this.phase === "write") this.write(expired);
		return this.phase === "done";
	}

	private collect(expired: () => boolean): void {
		const rows = this.rooms.db
			.prepare("SELECT id, crc, blob FROM journal WHERE id > ? AND id <= ? ORDER BY id")
			.iterate(this.nextId, this.upto);
		for (const { id, crc, blob } of rows) {
			this.collectRow(Number(id), Number(crc), blob as Uint8Array);
			if (expired()) return;
		}
		this.phase = "sort";
	}

	private collectRow(id: number, crc: number, blob: Uint8Array): void {
		this.nextId = id;
		if (blob.length === 0) return;
		if (checksum(blob, id) !== crc) {
			const what = `journal row ${id} does not match its checksum`;
			this.rooms.db.prepare("INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?)").run(id, this.now, what, blob);
			this.rooms.damage(what);
			return;
		}
		const read = unpackBlock(blob);
		this.take(read);
	}

	private take(read: ReadingBlock): void {
		const { low, high, stray } = this;
		const before = this.filled;
		copyInto(this.block, read, before);
		let kept = before;
		for (let i = before; i < before + read.channel.length; i++) {
			const hour = Math.floor(this.block.at[i]! / HOUR_MS);
			if (hour < low || hour >= high) {
				const from = i - before;
				stray.push(read.channel[from]!, read.at[from]!, read.count[from]!, read.quality[from]!, read.receivedAt[from]!);
				continue;
			}
			if (kept !== i) this.move(i, kept);
			if (hour < this.firstHour) this.firstHour = hour;
			if (hour > this.lastHour) this.lastHour = hour;
			kept += 1;
		}
		this.filled = kept;
	}

	private move(from: number, to: number): void {
		const { block } = this;
		block.channel[to] = block.channel[from]!;
		block.at[to] = block.at[from]!;
		block.count[to] = block.count[from]!;
		block.quality[to] = block.quality[from]!;
		block.receivedAt[to] = block.receivedAt[from]!;
	}

	/** Stable on top of the order by channel: by hour, then channel, then arrival. Few hours, so a counting sort again. */
	private sortHours(): void {
		const { at } = this.block;
		const base = this.firstHour * HOUR_MS;
		const next = new Uint32Array(Math.max(0, this.lastHour - this.firstHour) + 2);
		for (let i = 0; i < this.filled; i++) next[Math.floor((at[i]! - base) / HOUR_MS) + 1]! += 1;
		for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!;
		const channels = this.order;
		this.order = new Uint32Array(this.filled);
		for (let i = 0; i < this.filled; i++) {
			const row = channels[i]!;
			this.order[next[Math.floor((at[row]! - base) / HOUR_MS)]!++] = row;
		}
	}

	/** One transaction in one month file. */
	private write(expired: () => boolean): void {
		const file = this.rooms.months.get(monthOf(this.hourAt(this.position)), true)!;
		this.touched.add(file.month);
		inTransaction(file.db, () => {
			do this.writeHour(file, expired);
			while (this.position < this.filled && monthOf(this.hourAt(this.position)) === file.month && !expired());
		});
		if (this.position < this.filled) return;
		// The journal is deleted next, so nothing of the month files may be only in the kernel's memory.
		for (const month of this.touched) syncFiles(this.rooms.months.path(month));
		this.phase = "done";
	}

	/** Runs of one hour: pieces while the hour runs or has pieces, its chunks when it is over. */
	private writeHour(file: MonthFile, expired: () => boolean): void {
		const { order, block } = this;
		const hour = this.hourAt(this.position);
		const target = this.targetOf(file, hour);
		do {
			const start = this.position;
			const channel = block.channel[order[start]!]!;
			const end = this.runEnd(hour, channel);
			target.add(channel, start, settle(block, order, start, end));
			this.position = end;
		} while (this.position < this.filled && this.hourAt(this.position) === hour && !expired());
		target.end();
	}

	private targetOf(file: MonthFile, hour: number): Target {
		const { order, block } = this;
		const inMonth = hour - file.firstHour;
		// With pieces waiting to be merged, one more piece is cheaper than writing every chunk twice.
		const hasPieces = file.sql("SELECT 1 FROM part WHERE hour = ? LIMIT 1").get(inMonth) !== undefined;
		if (isOver(hour, this.now) && !hasPieces) {
			const writer = new HourWriter(file, inMonth, this.rooms.damage);
			return { add: (channel, from, to) => writer.add(channel, block, order, from, to), end: () => writer.end() };
		}
		const part = this.partOf(file, hour);
		const put = file.sql("INSERT OR REPLACE INTO piece VALUES (?, ?)");
		const packs = new PackWriter(
			(channel) => pieceRow(inMonth, part, channel),
			(key, body) => put.run(key, body),
		);
		return {
			add: (channel, from, to) => packs.add(channel, encodeChunk(block, order, from, to, hour)),
			end: () => packs.flush(),
		};
	}

	private hourAt(position: number): number {
		return hourOf(this.block.at[this.order[position]!]!);
	}

	private runEnd(hour: number, channel: number): number {
		const { order, block } = this;
		const start = hour * HOUR_MS;
		let end = this.position + 1;
		while (end < this.filled) {
			const row = order[end]!;
			if (block.channel[row] !== channel || block.at[row]! < start || block.at[row]! >= start + HOUR_MS) break;
			end += 1;
		}
		return end;
	}

	/** A fresh part for each round and hour: what an interrupted round left stays readable as it is. */
	private partOf(file: MonthFile, hour: number): number {
		const known = this.parts.get(hour);
		if (known !== undefined) return known;
		const inMonth = hour - file.firstHour;
		const last = file.sql("SELECT coalesce(max(part), 0) AS part FROM part WHERE hour = ?").get(inMonth);
		const part = Number(last?.part) + 1;
		file.sql("INSERT INTO part VALUES (?, ?)").run(inMonth, part);
		this.parts.set(hour, part);
		return part;
	}

	private writeStray(): void {
		const insert = this.rooms.db.prepare("INSERT OR IGNORE INTO stray VALUES (?, ?, ?, ?, ?, ?)");
		const { block } = this.stray;
		const end = Math.min(this.stray.length, this.strayDone + 2_000);
		inTransaction(this.rooms.db, () => {
			for (let i = this.strayDone; i < end; i++) {
				const count = block.count[i]!;
				const has = Number.isNaN(count) ? 0 : 1;
				insert.run(block.channel[i]!, block.at[i]!, has, has ? count : 0, block.quality[i]!, block.receivedAt[i]!);
			}
		});
		this.strayDone = end;
	}
}
