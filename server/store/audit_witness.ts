// The witness of the audit log: `audit.head` beside the database, one line for each minute in which something was recorded, with
// the number and hash of the newest record. Written by core, read by the verifier. Copied elsewhere (it is small, and every line
// is logged too) it also shows a database that was cut or rewritten by somebody who may write the whole folder.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditHead } from "#model/audit.ts";

export const WITNESS_FILE = "audit.head";
const DAY_MS = 86_400_000;
/** Newest lines kept as they are; of older ones the last of each day. */
const WHOLE = 1_500;

export interface Witness extends AuditHead {
	/** Epoch ms. */
	readonly at: number;
}

/** Lines that are none are left out: a line that was cut off by a fall must not hide the others. */
export function readWitnesses(folder: string): Witness[] {
	let text: string;
	try {
		text = readFileSync(join(folder, WITNESS_FILE), "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
		throw error;
	}
	return text.split("\n").flatMap((line) => {
		const found = /^(\d{1,15}) (\d{1,15}) ([a-z0-9]+:[0-9a-f]{64})$/.exec(line);
		return found === null ? [] : [{ at: Number(found[1]), n: Number(found[2]), hash: found[3] ?? "" }];
	});
}

/** Adds what is true now. @returns false when the newest line says it already. Throws when the folder cannot be written. */
export function writeWitness(folder: string, witness: Witness): boolean {
	const known = readWitnesses(folder);
	const last = known.at(-1);
	if (last?.n === witness.n && last.hash === witness.hash) return false;
	const lines = thinned([...known, witness]).map(({ at, n, hash }) => `${at} ${n} ${hash}\n`);
	// Whole or not at all: a reader never meets half a file.
	const file = join(folder, WITNESS_FILE);
	writeFileSync(`${file}.new`, lines.join(""), { flush: true, mode: 0o600 });
	renameSync(`${file}.new`, file);
	return true;
}

function thinned(all: readonly Witness[]): readonly Witness[] {
	if (all.length <= WHOLE * 2) return all;
	const cut = all.length - WHOLE;
	const day = (witness: Witness | undefined): number => Math.floor((witness?.at ?? 0) / DAY_MS);
	return all.filter((witness, i) => i >= cut || day(witness) !== day(all[i + 1]));
}
