// The register's tables in the main file: entries, log lines, photos. Called by the records (inside the writer's transaction), by the
// start and by the reader; it opens no transaction and holds no connection.
import type { PhotoRecord } from "#model/photo.ts";
import type { Entry, LogLine } from "#model/register.ts";
import { archiveMarks, writeArchive } from "./archive_rows.ts";
import { checksum, DamagedError } from "./block.ts";
import { entryKey, fromBody, type Sql, toBody } from "./bodies.ts";
import type { Edit, Loaded } from "./store.ts";

type RegisterEdit = Extract<Edit, { type: "entry.put" | "entry.archive" | "line.add" | "photo.add" }>;

/** Photos have no number; their checksum is bound to nothing but their bytes. */
const PHOTO_KEY = 0;

export function writeRegister(sql: Sql, edit: RegisterEdit): void {
	switch (edit.type) {
		case "entry.put": {
			const { kind, id, revision } = edit.entry;
			sql("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)").run(
				kind,
				id,
				BigInt(revision),
				toBody(entryKey(kind, id), edit.entry),
			);
			// What comes back from the archive stands in one place again.
			sql("DELETE FROM entry_archive WHERE kind = ? AND id = ?").run(kind, id);
			return;
		}
		case "entry.archive":
			writeArchive(sql, edit);
			return;
		case "line.add": {
			const { n, subject, at } = edit.line;
			// A number that is taken is our own bug: the constraint refuses the whole batch.
			sql("INSERT INTO log_line VALUES (?, ?, ?, ?, ?)").run(
				BigInt(n),
				BigInt(edit.revision),
				subject,
				BigInt(at),
				toBody(String(n), edit.line),
			);
			return;
		}
		case "photo.add": {
			const { bytes, ...facts } = edit.photo;
			sql("INSERT INTO photo VALUES (?, ?, ?, ?)").run(
				facts.id,
				toBody(facts.id, facts),
				BigInt(checksum(bytes, PHOTO_KEY)),
				bytes,
			);
			return;
		}
	}
}

/** What core needs of it at a start: every entry, and where the numbers stand. */
export function loadRegister(
	sql: Sql,
	damage: (what: string) => void,
): Pick<Loaded, "entries" | "registerRevision" | "lastLine" | "archivedNumbers"> {
	const entries: Entry[] = [];
	let registerRevision = 0;
	for (const row of sql("SELECT kind, id, revision, body FROM entry ORDER BY revision").iterate()) {
		registerRevision = Number(row.revision);
		try {
			entries.push(fromBody<Entry>(entryKey(String(row.kind), String(row.id)), row.body, "entry"));
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
			damage(error.message);
		}
	}
	const last = sql("SELECT n, revision FROM log_line ORDER BY n DESC LIMIT 1").get();
	const lastLine = Number(last?.n ?? 0);
	const archive = archiveMarks(sql);
	registerRevision = Math.max(registerRevision, Number(last?.revision ?? 0), archive.revision);
	return { entries, registerRevision, lastLine, archivedNumbers: archive.numbers };
}

/** Lines of a subject with n > after, rising. Damaged ones are left out: the number tells that one is missing. */
export function linesOf(sql: Sql, subject: string, after: number, limit: number): LogLine[] {
	return sound(
		sql("SELECT n, body FROM log_line WHERE subject = ? AND n > ? ORDER BY n LIMIT ?").iterate(
			subject,
			BigInt(after),
			BigInt(limit),
		),
	);
}

/** Lines of every subject with from <= at < to and n > after, rising. */
export function linesBetween(sql: Sql, from: number, to: number, after: number, limit: number): LogLine[] {
	return sound(
		sql("SELECT n, body FROM log_line WHERE at >= ? AND at < ? AND n > ? ORDER BY n LIMIT ?").iterate(
			BigInt(from),
			BigInt(to),
			BigInt(after),
			BigInt(limit),
		),
	);
}

export function photoOf(sql: Sql, id: string): PhotoRecord | null {
	const row = sql("SELECT body, crc, bytes FROM photo WHERE id = ?").get(id);
	if (row === undefined) return null;
	const facts = fromBody<Omit<PhotoRecord, "bytes">>(id, row.body, "photo");
	const bytes = row.bytes as Uint8Array;
	if (checksum(bytes, PHOTO_KEY) !== Number(row.crc)) throw new DamagedError(`photo ${id} does not match its checksum`);
	return { ...facts, bytes };
}

function sound(rows: Iterable<Record<string, unknown>>): LogLine[] {
	const lines: LogLine[] = [];
	for (const row of rows) {
		try {
			lines.push(fromBody<LogLine>(String(row.n), row.body, "log line"));
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
		}
	}
	return lines;
}
