// Audit records read from the main file with their place in the chain. Called by the reading worker, within it.

import type { AuditFilter, AuditRecord, ChainedRecord, Verdict } from "#model/audit.ts";
import { ChainCheck } from "./audit_check.ts";
import { readWitnesses } from "./audit_witness.ts";
import { DamagedError } from "./block.ts";
import type { Sql } from "./bodies.ts";
import { fromBody } from "./bodies.ts";

type Row = Record<string, unknown>;
const FIELDS = "n, at, body, prev, hash";

/** Throws DamagedError when its text is not what was written, or its time stands differently beside it. */
export function auditOf(row: Row): ChainedRecord {
	const record = fromBody<AuditRecord>("audit", row.body, "audit record");
	if (Number(row.at) !== record.at) throw new DamagedError(`audit record ${String(row.n)} stands at another time`);
	const chain = {
		prev: row.prev === null ? null : String(row.prev),
		hash: row.hash === null ? null : String(row.hash),
	};
	return { n: Number(row.n), ...record, ...chain };
}

export function auditsAfter(sql: Sql, after: number, limit: number): ChainedRecord[] {
	return sql(`SELECT ${FIELDS} FROM audit WHERE n > ? ORDER BY n LIMIT ?`).all(after, BigInt(limit)).map(auditOf);
}

/** Rows looked through for one answer: a filter that finds nothing must not read a year. */
const LOOKED_AT = 200_000;

export function auditsBack(sql: Sql, before: number, limit: number, filter: AuditFilter): ChainedRecord[] {
	const found: ChainedRecord[] = [];
	const { user, action, subject, from = 0, to = Number.MAX_SAFE_INTEGER } = filter;
	const rows = sql(`SELECT ${FIELDS} FROM audit WHERE n < ? AND at >= ? AND at < ? ORDER BY n DESC LIMIT ?`);
	for (const row of rows.iterate(before, from, to, BigInt(LOOKED_AT))) {
		const record = auditOf(row as Row);
		if (user !== undefined && record.user !== user) continue;
		if (action !== undefined && !record.action.startsWith(action)) continue;
		if (subject !== undefined && !record.subject.includes(subject)) continue;
		found.push(record);
		if (found.length >= limit) break;
	}
	return found;
}

/**
 * The log, record by record, and what the witness beside it has seen.
 * @param newest only so many from the end; the one before them is believed. All of them when not said.
 */
export function auditCheck(sql: Sql, folder: string, newest = Number.MAX_SAFE_INTEGER): Verdict {
	// The witness first: what is recorded meanwhile is then only newer than it.
	const witnesses = readWitnesses(folder);
	const before = sql(
		"SELECT n, hash FROM audit WHERE hash IS NOT NULL AND n <= (SELECT max(n) FROM audit) - ? ORDER BY n DESC LIMIT 1",
	);
	const believed = before.get(newest);
	const after = believed === undefined ? null : { n: Number(believed.n), hash: String(believed.hash) };
	const run = new ChainCheck(witnesses, after);
	for (const row of sql(`SELECT ${FIELDS} FROM audit WHERE n > ? ORDER BY n`).iterate(after?.n ?? 0)) {
		if (!run.take(Number((row as Row).n), soundOf(row as Row))) break;
	}
	return run.end();
}

function soundOf(row: Row): ChainedRecord | null {
	try {
		return auditOf(row);
	} catch (error) {
		if (!(error instanceof DamagedError)) throw error;
		return null;
	}
}
