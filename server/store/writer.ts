// The one writable connection and what is done through it: commits, the start, key frames and slices of maintenance.
// Lives in the store's worker (worker.ts), which decides what happens after a failure. Everything here is synchronous and
// throws what went wrong; a Writer that threw a disk error is given up and a new one opened.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { HashName } from "./audit_chain.ts";
import { BlockBuilder, checksum, DamagedError, packBlock, unpackBlock } from "./block.ts";
import { HOUR_MS } from "./chunks.ts";
import { inTransaction, MAIN_FILE, openForWriting, synchronousOf } from "./database.ts";
import { encodeFrame } from "./frames.ts";
import { gather, gatherStray } from "./gather.ts";
import { type Ledger, Maintenance } from "./maintain.ts";
import { firstHourOf, hourOf, Months, monthOf } from "./months.ts";
import { Newest } from "./newest.ts";
import { settled } from "./order.ts";
import { Records } from "./records.ts";
import type { CommitBatch, Loaded, ReadingBlock } from "./store.ts";
import { committedBytes, syncFiles } from "./wal.ts";

/** Named damages kept for the health page; the count goes on. */
const DAMAGES_KEPT = 20;

/** Journal rows (after, ...] that are not compacted. */
export const TAIL = "SELECT id, n, crc, blob FROM journal WHERE id > ? ORDER BY id";

function lastArrival(block: ReadingBlock | null): number {
	let last = 0;
	if (block !== null) for (const at of block.receivedAt) if (at > last) last = at;
	return last;
}

export interface LogMark {
	readonly file: string;
	/** null: unknown. */
	readonly bytes: number | null;
}

export class Writer implements Ledger {
	readonly db: DatabaseSync;
	readonly months: Months;
	readonly rollups: Months;
	readonly records: Records;
	readonly file: string;
	/** Readings in the journal that are not compacted yet. */
	journalReadings = 0;
	damages = 0;
	readonly damaged: string[] = [];
	/** Id of the next commit; ids never return. */
	nextId = 1;
	/** Journal rows up to here are in the month files. */
	compacted = 0;
	newest = new Newest();
	/** SQLite's own answer: 2 is FULL. */
	readonly synchronous: number;
	private readonly insert: StatementSync;
	private readonly maintenance: Maintenance;

	constructor(folder: string, auditHash: HashName) {
		this.file = Writer.pathIn(folder);
		this.db = openForWriting(this.file, "main");
		this.months = new Months(folder, "readings", true);
		this.rollups = new Months(folder, "rollup", true);
		try {
			syncFiles(this.file);
			this.records = new Records(this.db, auditHash);
			this.readJournal();
			this.synchronous = synchronousOf(this.db);
			this.insert = this.db.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?)");
		} catch (error) {
			this.db.close();
			throw error;
		}
		this.maintenance = new Maintenance(this);
	}

	load(): Loaded {
		return { ...this.records.load(this.damage), latest: this.newest.toBlock() };
	}

	/** On the disk, synced, when it returns. `packed` is a block as packBlock makes it, or empty. */
	commit(packed: Uint8Array, batch: Omit<CommitBatch, "readings">): void {
		const block = packed.length === 0 ? null : unpackBlock(packed);
		const n = block?.channel.length ?? 0;
		const id = this.nextId;
		const seqBefore = this.records.lastSeq;
		const headBefore = this.records.auditHead;
		try {
			inTransaction(this.db, () => {
				this.insert.run(id, lastArrival(block), n, checksum(packed, id), packed);
				this.records.write(batch);
			});
		} catch (error) {
			this.records.lastSeq = seqBefore;
			this.records.auditHead = headBefore;
			throw error;
		}
		this.nextId = id + 1;
		this.journalReadings += n;
		if (block !== null) this.newest.take(block);
	}

	/** Settled: by channel, then time, without repeats. */
	readings(channels: Uint32Array, from: number): ReadingBlock {
		const sorted = channels.slice().sort();
		const gathered = new BlockBuilder();
		const wanted = new Set(sorted);
		// The journal first: what compaction moves meanwhile is found in the chunks afterwards.
		for (const { id, crc, blob } of this.db.prepare(TAIL).iterate(this.compacted)) {
			const block = this.checked(Number(id), Number(crc), blob as Uint8Array);
			if (block === null) continue;
			for (let i = 0; i < block.channel.length; i++) {
				if (block.at[i]! < from || !wanted.has(block.channel[i]!)) continue;
				gathered.push(block.channel[i]!, block.at[i]!, block.count[i]!, block.quality[i]!, block.receivedAt[i]!);
			}
		}
		const found = new BlockBuilder();
		const to = Number.MAX_SAFE_INTEGER;
		gather(this.months, { channels: sorted, from, to }, found, this.damage);
		const stray = this.db.prepare("SELECT * FROM stray WHERE channel = ? AND at >= ?");
		for (const channel of sorted) gatherStray(stray.iterate(channel, from), found);
		// Chunks hold the earlier arrivals, so they come first.
		const { block } = gathered;
		for (let i = 0; i < gathered.length; i++)
			found.push(block.channel[i]!, block.at[i]!, block.count[i]!, block.quality[i]!, block.receivedAt[i]!);
		return settled(found.block, found.length);
	}

	keyFrame(at: number, frame: ReadingBlock, severity: Uint8Array): void {
		const month = this.months.get(monthOf(hourOf(at)), true)!;
		month.sql("INSERT OR REPLACE INTO frame VALUES (?, ?)").run(at, encodeFrame(at, frame, severity));
	}

	setting(name: string): string | null {
		return this.records.setting(name);
	}

	maintain(now: number): boolean {
		return this.maintenance.slice(now);
	}

	/** A round's rows are synced in the month files: from here on the journal begins after `upto`. */
	closeRound(upto: number, readings: number, hour: number): void {
		const blob = packBlock(this.newest.toBlock());
		const covers = this.nextId - 1;
		inTransaction(this.db, () => {
			this.db.prepare("INSERT OR REPLACE INTO newest VALUES (0, ?, ?, ?)").run(covers, checksum(blob, covers), blob);
			const mark = this.db.prepare("INSERT OR REPLACE INTO mark VALUES (?, ?)");
			mark.run("compacted", upto);
			mark.run("round_hour", hour);
		});
		this.compacted = upto;
		this.journalReadings -= readings;
	}

	readonly damage = (what: string): void => {
		this.damages += 1;
		if (this.damaged.length < DAMAGES_KEPT) this.damaged.push(what);
	};

	static pathIn(folder: string): string {
		return join(folder, MAIN_FILE);
	}

	/** What is damaged, in words; null when nothing is. */
	damageText(): string | null {
		if (this.damages === 0) return null;
		return `${this.damages} damaged: ${this.damaged.slice(0, 3).join("; ")}`;
	}

	fileBytes(): number {
		const files = [this.file];
		for (const months of [this.months, this.rollups]) files.push(...months.list().map((month) => months.path(month)));
		let bytes = 0;
		for (const file of files)
			for (const end of ["", "-wal"]) bytes += statSync(file + end, { throwIfNoEntry: false })?.size ?? 0;
		return bytes;
	}

	/** What the logs of all open files hold that is committed; to be cut to after a failure. */
	logMarks(): LogMark[] {
		return [this.file, ...this.months.opened(), ...this.rollups.opened()].map((file) => ({
			file,
			bytes: committedBytes(file),
		}));
	}

	close(): void {
		this.months.close();
		this.rollups.close();
		this.db.close();
	}

	private readJournal(): void {
		this.compacted = Number(this.db.prepare("SELECT value FROM mark WHERE name = 'compacted'").get()?.value ?? 0);
		const covered = this.readNewest();
		this.nextId = this.compacted + 1;
		for (const { id, n, crc, blob } of this.db.prepare(TAIL).iterate(this.compacted)) {
			const block = this.checked(Number(id), Number(crc), blob as Uint8Array);
			this.nextId = Number(id) + 1;
			this.journalReadings += Number(n);
			if (block !== null && Number(id) > covered) this.newest.take(block);
		}
	}

	/** @returns the last journal id that the stored copy covers; without a sound copy every chunk is read instead. */
	private readNewest(): number {
		const row = this.db.prepare("SELECT upto, crc, blob FROM newest").get();
		if (row === undefined && this.compacted === 0) return 0;
		const blob = row?.blob as Uint8Array | undefined;
		if (row !== undefined && blob !== undefined && checksum(blob, Number(row.upto)) === Number(row.crc)) {
			this.newest.take(unpackBlock(blob));
			return Number(row.upto);
		}
		this.damage("the copy of the newest readings does not match its checksum: read again from the chunks");
		this.newestFromChunks();
		return 0;
	}

	private newestFromChunks(): void {
		const found = new BlockBuilder();
		for (const month of this.months.list()) {
			// A day at a time: a month of a whole province does not fit into memory.
			for (let hour = firstHourOf(month); hour < firstHourOf(month + 1); hour += 24) {
				found.length = 0;
				const day = { channels: null, from: hour * HOUR_MS, to: Math.min(hour + 24, firstHourOf(month + 1)) * HOUR_MS };
				gather(this.months, day, found, this.damage);
				this.newest.take(found.take());
			}
		}
		found.length = 0;
		gatherStray(this.db.prepare("SELECT * FROM stray").iterate(), found);
		this.newest.take(found.take());
	}

	private checked(id: number, crc: number, blob: Uint8Array): ReadingBlock | null {
		if (blob.length === 0) return null;
		try {
			if (checksum(blob, id) === crc) return unpackBlock(blob);
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
		}
		this.damage(`journal row ${id} does not match its checksum`);
		return null;
	}
}
