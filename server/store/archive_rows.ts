// The archive of the register in the main file: entries that left core's memory. Called by the records (inside the writer's
// transaction) and by the reader; it opens no transaction, holds no connection, and never takes a record away for good.
import type { Archived } from "#model/archive.ts";
import type { Entry, RecordKind } from "#model/register.ts";
import { DamagedError } from "./block.ts";
import { entryKey, fromBody, type Sql } from "./bodies.ts";
import type { ArchiveFilter, ArchivePage, Edit } from "./store.ts";

type Row = Record<string, unknown>;

/** The row moves as it is, checksum and all. Throws when there is no such entry: our own bug refuses the whole batch. */
export function writeArchive(sql: Sql, edit: Extract<Edit, { type: "entry.archive" }>): void {
	const { kind, id, overAt, partOf } = edit.leave;
	const { changes } = sql(
		`INSERT INTO entry_archive (kind, id, revision, over_at, archived_at, part_of, district, system, removed, body)
		SELECT kind, id, ?, ?, ?, ?, ?, ?, ?, body FROM entry WHERE kind = ? AND id = ?`,
	).run(
		BigInt(edit.revision),
		BigInt(overAt),
		BigInt(edit.at),
		partOf,
		edit.district,
		edit.system,
		edit.removed ? 1n : 0n,
		kind,
		id,
	);
	if (Number(changes) !== 1) throw new Error(`${kind} ${id} is not there to be archived`);
	sql("DELETE FROM entry WHERE kind = ? AND id = ?").run(kind, id);
}

/** Where the numbers stand: the newest revision with which something left, and by prefix the highest number of an id. */
export function archiveMarks(sql: Sql): { readonly revision: number; readonly numbers: ReadonlyMap<string, number> } {
	const last = sql("SELECT revision FROM entry_archive ORDER BY n DESC LIMIT 1").get();
	const numbers = new Map<string, number>();
	for (const { id } of sql("SELECT id FROM entry_archive INDEXED BY entry_archive_id").iterate()) {
		const [, prefix, digits] = /^(.*?\D)(\d{1,12})$/.exec(String(id)) ?? [];
		if (prefix !== undefined) numbers.set(prefix, Math.max(numbers.get(prefix) ?? 0, Number(digits)));
	}
	return { revision: Number(last?.revision ?? 0), numbers };
}

/** With its parts; null: it is not in the archive, or a person had taken it away. Throws DamagedError. */
export function archivedOf(sql: Sql, kind: RecordKind, id: string): Archived | null {
	const row = sql("SELECT * FROM entry_archive WHERE kind = ? AND id = ? AND removed = 0").get(kind, id);
	if (row === undefined) return null;
	const parts = sql("SELECT * FROM entry_archive WHERE part_of = ? ORDER BY n").all(`${kind}:${id}`);
	return { ...told(row), parts: parts.map((part) => told(part).entry) };
}

/** Newest first by when its business was over; damaged ones are counted. */
export function archivePage(sql: Sql, filter: ArchiveFilter): ArchivePage {
	const { kind, from, to, before, limit } = filter;
	const [beforeAt, beforeN] = before ?? [to, 0];
	const rows = sql(
		`SELECT * FROM entry_archive WHERE kind = ? AND over_at >= ? AND (over_at, n) < (?, ?) AND removed = 0
		ORDER BY over_at DESC, n DESC`,
	).iterate(kind, BigInt(from), BigInt(beforeAt), BigInt(beforeN)) as Iterable<Row>;
	const found: Omit<Archived, "parts">[] = [];
	let damaged = 0;
	let next: ArchivePage["next"] = null;
	for (const row of rows) {
		if (!isIn(filter, row)) continue;
		try {
			found.push(told(row));
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
			damaged += 1;
		}
		if (found.length < limit) continue;
		next = [Number(row.over_at), Number(row.n)];
		break;
	}
	return { found, next, damaged };
}

function isIn({ districts, systems }: ArchiveFilter, { district, system }: Row): boolean {
	if (systems !== null && !systems.includes(String(system))) return false;
	return districts.some((prefix) => String(district).startsWith(prefix));
}

function told(row: Row): Omit<Archived, "parts"> {
	return {
		entry: fromBody<Entry>(entryKey(String(row.kind), String(row.id)), row.body, "archived entry"),
		overAt: Number(row.over_at),
		archivedAt: Number(row.archived_at),
	};
}
