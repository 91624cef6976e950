// A consistent copy of a data folder in one file, and back. Works beside a running server (readers never hold up the writer)
// and without one. The main file is copied before the month files: what compaction moves meanwhile is then in both, and
// repeats are dropped on reading, so nothing is missed. A round that ends between the copies leaves readings in a month file
// that are later than the copied log: true ones, without the alarms they caused. Called by the backup thread and the tools.
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BlockBuilder, checksum, DamagedError } from "./block.ts";
import { decodeChunk } from "./chunks.ts";
import { MAIN_FILE } from "./database.ts";
import { firstHourOf, hourOfChunk, hourOfPiece, Months } from "./months.ts";
import { entriesOf } from "./packs.ts";
import { TarWriter } from "./tar.ts";

export const MANIFEST = "manifest.json";
export const FORMAT = "liaowang-backup-1";

export interface ManifestFile {
	readonly name: string;
	readonly bytes: number;
	readonly sha256: string;
}

/** The last file of the container: what it must hold. */
export interface Manifest {
	readonly format: typeof FORMAT;
	/** Epoch ms. */
	readonly at: number;
	readonly readings: number;
	readonly files: readonly ManifestFile[];
}

export interface Backup {
	readonly bytes: number;
	readonly readings: number;
	/** What is damaged in the folder itself, in words; it is copied as it is. */
	readonly damaged: readonly string[];
}

/** Throws when the folder holds no store or the file cannot be written; then no file is left behind. */
export function backUp(folder: string, file: string, now: number): Backup {
	if (statSync(join(folder, MAIN_FILE), { throwIfNoEntry: false }) === undefined)
		throw new Error(`${resolve(folder)} holds no ${MAIN_FILE}`);
	const target = resolve(file);
	// Beside the target, so that the last rename stays on one disk.
	const work = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
	try {
		const partial = join(work, "backup.tar");
		const handle = openSync(partial, "wx", 0o600);
		try {
			const result = fill(folder, work, new TarWriter(handle, now / 1000), now);
			fsyncSync(handle);
			renameSync(partial, target);
			syncFolder(dirname(target));
			return { ...result, bytes: statSync(target).size };
		} finally {
			closeSync(handle);
		}
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

export function syncFolder(folder: string): void {
	const handle = openSync(folder, "r");
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function fill(folder: string, work: string, tar: TarWriter, now: number): { readings: number; damaged: string[] } {
	const damaged: string[] = [];
	const files: ManifestFile[] = [];
	let readings = 0;
	for (const name of namesIn(folder)) {
		let path = join(folder, name);
		if (name.endsWith(".db")) {
			path = join(work, name);
			const source = new DatabaseSync(join(folder, name), { readOnly: true, timeout: 5_000 });
			try {
				source.prepare("VACUUM INTO ?").run(path);
			} finally {
				source.close();
			}
			readings += countReadings(path, name, damaged);
		}
		const bytes = statSync(path).size;
		const hash = createHash("sha256");
		tar.file(name, path, bytes, (piece) => hash.update(piece));
		files.push({ name, bytes, sha256: hash.digest("hex") });
		if (name.endsWith(".db")) rmSync(path);
	}
	const manifest: Manifest = { format: FORMAT, at: now, readings, files };
	tar.text(MANIFEST, JSON.stringify(manifest));
	tar.end();
	return { readings, damaged };
}

/** The main file, then readings, then rollups (a month that is being dropped is in the later one), then the rest. */
function namesIn(folder: string): string[] {
	const entries = readdirSync(folder, { withFileTypes: true });
	const plain = entries.filter((entry) => entry.isFile() && !/(-wal|-shm|-journal|\.sock)$|^\./.test(entry.name));
	const rank = (name: string) =>
		name === MAIN_FILE ? 0 : /^readings-.*\.db$/.test(name) ? 1 : /^rollup-.*\.db$/.test(name) ? 2 : 3;
	return plain.map(({ name }) => name).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Reads every journal blob and chunk of a copy: counts the readings and names what its checksum refuses. */
function countReadings(path: string, name: string, damaged: string[]): number {
	const db = new DatabaseSync(path, { readOnly: true });
	try {
		if (name === MAIN_FILE) return countJournal(db, damaged);
		const month = Months.monthOfName(name);
		return month === null ? 0 : countChunks(db, firstHourOf(month), damaged);
	} finally {
		db.close();
	}
}

function countJournal(db: DatabaseSync, damaged: string[]): number {
	let readings = 0;
	const rows = db.prepare(
		"SELECT id, n, crc, blob FROM journal WHERE id > (SELECT value FROM mark WHERE name = 'compacted')",
	);
	for (const { id, n, crc, blob } of rows.iterate()) {
		if (checksum(blob as Uint8Array, Number(id)) === Number(crc)) readings += Number(n);
		else damaged.push(`journal row ${id} does not match its checksum`);
	}
	return readings + Number(db.prepare("SELECT count(*) AS n FROM stray").get()?.n);
}

function countChunks(db: DatabaseSync, firstHour: number, damaged: string[]): number {
	const found = new BlockBuilder(4096);
	let readings = 0;
	for (const [table, hourOf] of [
		["chunk", hourOfChunk],
		["piece", hourOfPiece],
	] as const) {
		const rows =
			table === "chunk" ? db.prepare("SELECT key, body FROM chunk") : db.prepare("SELECT key, body FROM piece");
		for (const { key, body } of rows.iterate()) {
			found.length = 0;
			try {
				const hour = firstHour + hourOf(Number(key));
				for (const { channel, chunk } of entriesOf(Number(key), body as Uint8Array))
					decodeChunk(chunk, hour, channel, 0, Number.POSITIVE_INFINITY, found);
				readings += found.length;
			} catch (error) {
				if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
				damaged.push(error.message);
			}
		}
	}
	return readings;
}
