// The audit log of a data folder checked from outside, while the server runs or not: opens the main file read-only and writes
// nothing. Called by the verifying tool; a folder that has no log yet is sound.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Verdict } from "#model/audit.ts";
import { auditCheck } from "./audit_rows.ts";
import { MAIN_FILE } from "./database.ts";

/** Throws what SQLite says when the file is none, and an Error when there is no file. */
export function verifyAudit(folder: string): Verdict {
	const file = join(folder, MAIN_FILE);
	if (!existsSync(file)) throw new Error(`${file}: no such file`);
	const db = new DatabaseSync(file, { readOnly: true });
	try {
		return auditCheck((text) => db.prepare(text), folder);
	} finally {
		db.close();
	}
}
