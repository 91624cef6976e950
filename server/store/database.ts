// Opens SQLite files so that an answered commit survives a power cut: WAL and synchronous=FULL, set and read back; a file
// that cannot promise it is not opened. Also migrations, and causes in words. Called by the two workers and the tools.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export const MAIN_FILE = "liaowang.db";
/** SQLite's number for synchronous=FULL: the WAL is synced at every commit. */
export const FULL = 2;
/** Waits for the other connections' short locks (checkpoint, close), ms. */
const BUSY_MS = 5_000;

const migrationFolders = { main: "migrations", readings: "migrations/readings", rollup: "migrations/rollup" } as const;
export type FileKind = keyof typeof migrationFolders;
/** Chunks are 1 to 16 kB; a large page holds several without waste. */
const pageSizes: Readonly<Record<FileKind, number>> = { main: 8192, readings: 16384, rollup: 16384 };

/** Pages in the log that start a checkpoint; small enough that a slice or a commit with one stays short. */
const checkpointPages: Readonly<Record<FileKind, number>> = { main: 500, readings: 200, rollup: 200 };

/** A file that cannot keep the store's promises. */
export class UnsafeError extends Error {
	override name = "UnsafeError";
}

/** Opens or creates for writing, asserts durability, migrates. Throws what SQLite says, or UnsafeError. */
export function openForWriting(file: string, kind: FileKind): DatabaseSync {
	const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_MS });
	try {
		db.exec(`PRAGMA page_size = ${pageSizes[kind]}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
			PRAGMA wal_autocheckpoint = ${checkpointPages[kind]}; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;`);
		assertDurable(db);
		migrate(db, kind);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Opens an existing file for reading. Never creates, never writes. */
export function openForReading(file: string): DatabaseSync {
	const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
	db.exec("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 1073741824; PRAGMA query_only = ON;");
	return db;
}

/** Throws UnsafeError unless SQLite itself says that a commit is synced before it returns. */
export function assertDurable(db: DatabaseSync): void {
	const synchronous = synchronousOf(db);
	const mode = pragma(db, "journal_mode");
	if (mode !== "wal") throw new UnsafeError(`journal_mode is ${mode}, not wal: the file system cannot keep the store`);
	if (synchronous !== FULL)
		throw new UnsafeError(`synchronous is ${synchronous}, not 2 (FULL): a commit would not be safe`);
	if (pragma(db, "foreign_keys") !== 1) throw new UnsafeError("foreign_keys is off");
}

export function synchronousOf(db: DatabaseSync): number {
	return Number(pragma(db, "synchronous"));
}

function pragma(db: DatabaseSync, name: "synchronous" | "journal_mode" | "foreign_keys"): unknown {
	const row = db.prepare(`PRAGMA ${name}`).get();
	return row === undefined ? undefined : Object.values(row)[0];
}

/** Runs the numbered files that this database has not seen, each in one transaction with its own mark. */
export function migrate(db: DatabaseSync, kind: FileKind): void {
	db.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL)");
	const seen = Number(db.prepare("SELECT coalesce(max(version), 0) AS version FROM schema_version").get()?.version);
	const folder = join(import.meta.dirname, migrationFolders[kind]);
	const files = readdirSync(folder).filter((name) => /^\d{4}_\w+\.sql$/.test(name));
	files.sort();
	if (seen > files.length)
		throw new UnsafeError(
			`the file has schema ${seen}, this program knows ${files.length}: it was written by a newer one`,
		);
	for (const [index, name] of files.entries()) {
		const version = Number(name.slice(0, 4));
		if (version !== index + 1) throw new Error(`migration ${name} is out of order`);
		if (version <= seen) continue;
		inTransaction(db, () => {
			db.exec(readFileSync(join(folder, name), "utf8"));
			db.prepare("INSERT INTO schema_version VALUES (?, ?)").run(version, name);
		});
	}
}

/** All of `work` or nothing. Resolves to what `work` returns after the commit is synced; throws what went wrong. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
	db.exec("BEGIN IMMEDIATE");
	try {
		const result = work();
		db.exec("COMMIT");
		return result;
	} catch (error) {
		// SQLite rolls some failures back by itself; a second ROLLBACK would hide the cause.
		if (db.isTransaction) db.exec("ROLLBACK");
		throw error;
	}
}

/** Primary result codes of SQLite that mean: the disk or the file, not the question. */
const DISK_CODES: ReadonlyMap<number, string> = new Map([
	[5, "BUSY: another process holds the store's file"],
	[6, "LOCKED: the store's file is locked"],
	[7, "NOMEM: no memory left for the store"],
	[8, "READONLY: the data folder cannot be written"],
	[10, "EIO: the disk reports an input/output error"],
	[11, "CORRUPT: the store's file is damaged"],
	[13, "ENOSPC: the disk is full"],
	[14, "CANTOPEN: the store's file cannot be opened"],
	[15, "PROTOCOL: the store's file cannot be locked"],
	[26, "NOTADB: the store's file is not a database"],
]);

/** SQLite says that the file itself is damaged (CORRUPT, NOTADB). */
export function isCorrupt(error: unknown): boolean {
	const code = error instanceof Error ? (error as { errcode?: unknown }).errcode : undefined;
	return typeof code === "number" && ((code & 255) === 11 || (code & 255) === 26);
}

/** SQLITE_IOERR_SHMSIZE: the log's index could not grow by a few kilobytes. */
const SHM_SIZE = 4874;

/** The failure in words when the world failed; null when it is our own bug (a constraint, a wrong argument). */
export function faultOf(error: unknown): string | null {
	if (!(error instanceof Error)) return null;
	if (error instanceof UnsafeError) return error.message;
	const code = (error as { errcode?: unknown }).errcode;
	if (code === SHM_SIZE) return `ENOSPC: the disk is full (${error.message}, SQLite ${code})`;
	if (typeof code === "number") {
		const words = DISK_CODES.get(code & 255);
		return words === undefined ? null : `${words} (${error.message}, SQLite ${code})`;
	}
	const system = (error as { code?: unknown; syscall?: unknown }).syscall;
	return typeof system === "string" ? `${error.message}` : null;
}
