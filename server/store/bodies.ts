// JSON in text columns behind its checksum, bound to the row's key: a flipped bit in an alarm or a name is found, not shown.
// Used wherever the main file holds records.
import type { StatementSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { DamagedError } from "./block.ts";

const DIGITS = 8;

/** A prepared statement of a connection; the same text is prepared once. */
export type Sql = (text: string) => StatementSync;

/** To which the checksum of an entry of the register is bound. */
export function entryKey(kind: string, id: string): string {
	return `${kind}/${id}`;
}

export function toBody(key: string, value: unknown): string {
	const text = JSON.stringify(value);
	return sum(key, text) + text;
}

/** Throws DamagedError when the text is not what was written under this key. */
export function fromBody<T>(key: string, body: unknown, what: string): T {
	if (typeof body !== "string" || body.slice(0, DIGITS) !== sum(key, body.slice(DIGITS)))
		throw new DamagedError(`${what} ${key} does not match its checksum`);
	return JSON.parse(body.slice(DIGITS)) as T;
}

function sum(key: string, text: string): string {
	return crc32(text, crc32(key)).toString(16).padStart(DIGITS, "0");
}
