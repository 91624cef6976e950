// The chain of the audit log: each record's hash covers its own text and the hash before it, so that an edited, removed, added
// or moved record is found, and by its number. The writer makes it inside the commit of the act; the verifier and the export
// read it. A cut tail leaves a sound chain: only a witness outside the database (audit_witness.ts) shows it.
import { createHash } from "node:crypto";
import type { AuditRecord } from "#model/audit.ts";

/** SM3 is GB/T 32905-2016, for houses that are assessed under GB/T 39786-2021. */
export const hashNames = ["sha256", "sm3"] as const;
export type HashName = (typeof hashNames)[number];

/** Before the first record. */
export const GENESIS = "0";

/** What the hash covers: every field, named, in the order of the names. */
export function canonical(n: number, record: AuditRecord): string {
	const { action, at, detail, result, source, subject, user } = record;
	return JSON.stringify({ action, at, detail, n, result, source, subject, user });
}

export function chainHash(name: HashName, prev: string, n: number, record: AuditRecord): string {
	return `${name}:${createHash(name)
		.update(`${prev}\n${canonical(n, record)}`)
		.digest("hex")}`;
}

/** @returns null when the text names no hash that we know. */
export function hashNameOf(hash: string): HashName | null {
	const name = hash.slice(0, hash.indexOf(":"));
	return hashNames.find((known) => known === name) ?? null;
}
