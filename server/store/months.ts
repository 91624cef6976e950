// Month files: which hour is in which file, the keys inside, and the open connections. Used by compaction, history, backup
// and retention. Months are civil months of Asia/Shanghai (UTC+8, no daylight saving since 1991), so a file's name is what
// people mean by it.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { HOUR_MS } from "./chunks.ts";
import { isCorrupt, openForReading, openForWriting } from "./database.ts";

const SHANGHAI_HOURS = 8;
const CHANNELS = 2 ** 24;
const PARTS = 2 ** 16;
/** Connections kept open; the one used longest ago is closed. */
const OPEN_MAX = 14;

/** Months since 1970-01 of an hour since the epoch. */
export function monthOf(hour: number): number {
	const date = new Date((hour + SHANGHAI_HOURS) * HOUR_MS);
	return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** First hour (since the epoch) of a month. */
export function firstHourOf(month: number): number {
	return Date.UTC(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12) / HOUR_MS - SHANGHAI_HOURS;
}

/** "2026-11". */
export function monthName(month: number): string {
	return `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

export function hourOf(at: number): number {
	return Math.floor(at / HOUR_MS);
}

/** Key of table `chunk`; `hour` counts within the month. */
export function chunkRow(hour: number, channel: number): number {
	return hour * CHANNELS + channel;
}

/** Key of table `piece`. */
export function pieceRow(hour: number, part: number, channel: number): number {
	return (hour * PARTS + part) * CHANNELS + channel;
}

/** The channel in either key. */
export function channelOfRow(key: number): number {
	return key % CHANNELS;
}

/** Hour of the month in a key of `chunk`. */
export function hourOfChunk(key: number): number {
	return Math.floor(key / CHANNELS);
}

/** Hour of the month in a key of `piece`. */
export function hourOfPiece(key: number): number {
	return Math.floor(key / (CHANNELS * PARTS));
}

/** One month file with its statements. */
export class MonthFile {
	readonly month: number;
	readonly firstHour: number;
	readonly db: DatabaseSync;
	readonly inode: number | null;
	private readonly statements = new Map<string, StatementSync>();

	constructor(month: number, db: DatabaseSync, inode: number | null) {
		this.month = month;
		this.inode = inode;
		this.firstHour = firstHourOf(month);
		this.db = db;
	}

	/** A statement prepared once per connection. */
	sql(text: string): StatementSync {
		let statement = this.statements.get(text);
		if (statement === undefined) {
			statement = this.db.prepare(text);
			this.statements.set(text, statement);
		}
		return statement;
	}
}

export type MonthKind = "readings" | "rollup";

/** The month files of a folder, opened when first asked for. */
export class Months {
	private readonly folder: string;
	private readonly kind: MonthKind;
	private readonly write: boolean;
	private readonly open = new Map<number, MonthFile>();

	constructor(folder: string, kind: MonthKind, write: boolean) {
		this.folder = folder;
		this.kind = kind;
		this.write = write;
	}

	/** The month of a file of readings; null for any other name. */
	static monthOfName(name: string): number | null {
		const match = /^readings-(\d{4})-(\d{2})\.db$/.exec(name);
		return match === null ? null : (Number(match[1]) - 1970) * 12 + Number(match[2]) - 1;
	}

	path(month: number): string {
		return join(this.folder, `${this.kind}-${monthName(month)}.db`);
	}

	/** Months that have a file, oldest first. */
	list(): number[] {
		const pattern = new RegExp(`^${this.kind}-(\\d{4})-(\\d{2})\\.db$`);
		const months: number[] = [];
		for (const name of readdirSync(this.folder)) {
			const match = pattern.exec(name);
			if (match !== null) months.push((Number(match[1]) - 1970) * 12 + Number(match[2]) - 1);
		}
		return months.sort((a, b) => a - b);
	}

	/** The file of a month, created when this side writes and asks for it; null when it does not exist. */
	get(month: number, create: boolean): MonthFile | null {
		const known = this.open.get(month);
		const inode = known !== undefined && this.write ? known.inode : this.inodeOf(month);
		if (known !== undefined) {
			this.open.delete(month);
			if (known.inode === inode) {
				// Re-inserted, so that the first of the map is the one used longest ago.
				this.open.set(month, known);
				return known;
			}
			// Dropped, perhaps made again by late readings: the old connection would show the deleted file.
			known.db.close();
		}
		if (inode === null && !(this.write && create)) return null;
		const path = this.path(month);
		const db = this.write ? openForWriting(path, this.kind) : openForReading(path);
		if (!this.write && !isMade(db)) {
			db.close();
			return null;
		}
		const file = new MonthFile(month, db, this.inodeOf(month));
		this.open.set(month, file);
		for (const oldest of this.open.keys()) {
			if (this.open.size <= OPEN_MAX) break;
			this.forget(oldest);
		}
		return file;
	}

	private inodeOf(month: number): number | null {
		return statSync(this.path(month), { throwIfNoEntry: false })?.ino ?? null;
	}

	/**
	 * Gives damaged files another name, so that new readings find a sound file and a person finds the old one.
	 * @returns what was set aside, in words.
	 */
	setAsideDamaged(): string[] {
		const damaged: string[] = [];
		for (const month of this.list()) {
			const why = this.damageOf(month);
			if (why === null) continue;
			let kept = "";
			for (let n = 1; kept === "" || existsSync(join(this.folder, kept)); n++)
				kept = `damaged-${n}-${this.kind}-${monthName(month)}.db`;
			this.forget(month);
			for (const end of ["", "-wal", "-shm"])
				if (existsSync(this.path(month) + end)) renameSync(this.path(month) + end, join(this.folder, kept + end));
			damaged.push(`${this.kind}-${monthName(month)}.db is damaged (${why}) and kept as ${kept}`);
		}
		return damaged;
	}

	private damageOf(month: number): string | null {
		try {
			const answer = this.get(month, false)?.db.prepare("PRAGMA quick_check(1)").get();
			const word = answer === undefined ? "ok" : String(Object.values(answer)[0]);
			return word === "ok" ? null : word;
		} catch (error) {
			if (!isCorrupt(error)) throw error;
			return error instanceof Error ? error.message : String(error);
		}
	}

	/** Deletes a month. The file goes first: SQLite deletes a WAL that it finds beside an empty database. */
	drop(month: number): void {
		this.forget(month);
		for (const end of ["", "-wal", "-shm"]) rmSync(this.path(month) + end, { force: true });
	}

	/** Paths of the connections that are open. */
	opened(): string[] {
		return [...this.open.keys()].map((month) => this.path(month));
	}

	close(): void {
		for (const month of [...this.open.keys()]) this.forget(month);
	}

	private forget(month: number): void {
		this.open.get(month)?.db.close();
		this.open.delete(month);
	}
}

/** False between the writer's creating a file and its tables. */
function isMade(db: DatabaseSync): boolean {
	return (
		db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").get() !== undefined &&
		db.prepare("SELECT 1 FROM schema_version").get() !== undefined
	);
}
