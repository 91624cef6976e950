// What a ZIP from outside must be before any library opens it: few parts, no archive in an archive, no path out of it, no more
// than it says, and not a small file that becomes a large one. Called by sheet_worker.ts. Reads the central directory alone, as
// the library does: two readings of one file must not differ. PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.
import { inflateRawSync } from "node:zlib";
import { type Problem, problem } from "#model/problem.ts";

export interface ZipLimits {
	readonly parts: number;
	/** Bytes of all parts when unpacked. */
	readonly bytes: number;
	/** Unpacked to packed, once a part is larger than `freeBytes`. */
	readonly ratio: number;
}

const FREE_BYTES = 1_000_000;
const END_SIGNATURE = 0x06054b50;
const PART_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const PART_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_MAX = 65_535;
const STORED = 0;
const DEFLATED = 8;

/** @returns null when every part unpacks to what it declares within the limits and no XML of it declares entities. */
export function refuseZip(zip: Buffer, limits: ZipLimits): Problem | null {
	const end = endOf(zip);
	if (end < 0) return problem("not-a-sheet", "this is not an XLSX file");
	const count = zip.readUInt16LE(end + 10);
	let at = zip.readUInt32LE(end + 16);
	if (count === 0 || count === 0xffff || count > limits.parts) return tooMuch(`${count} parts`);
	let total = 0;
	for (let n = 0; n < count; n++) {
		if (at + PART_BYTES > end || zip.readUInt32LE(at) !== PART_SIGNATURE) return broken();
		const part = partAt(zip, at);
		at = part.next;
		total += part.unpacked;
		if (total > limits.bytes) return tooMuch(`${total} bytes unpacked`);
		if (part.unpacked > FREE_BYTES && part.unpacked > part.packed * limits.ratio)
			return tooMuch(`${part.name} grows too much`);
		const refusal = refusePart(zip, part, end);
		if (refusal !== null) return refusal;
	}
	return null;
}

interface Part {
	readonly name: string;
	readonly flags: number;
	readonly method: number;
	readonly packed: number;
	readonly unpacked: number;
	readonly local: number;
	readonly next: number;
}

function partAt(zip: Buffer, at: number): Part {
	const nameBytes = zip.readUInt16LE(at + 28);
	return {
		flags: zip.readUInt16LE(at + 8),
		method: zip.readUInt16LE(at + 10),
		packed: zip.readUInt32LE(at + 20),
		unpacked: zip.readUInt32LE(at + 24),
		local: zip.readUInt32LE(at + 42),
		name: zip.toString("utf8", at + PART_BYTES, at + PART_BYTES + nameBytes),
		next: at + PART_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32),
	};
}

function refusePart(zip: Buffer, part: Part, end: number): Problem | null {
	const { name, method, packed, unpacked, local } = part;
	if (name.startsWith("/") || name.includes("\\") || name.split("/").includes("..")) return broken();
	if (/\.(zip|xlsx|xlsm|xls|bin|exe|jar|gz|7z|rar)$/i.test(name)) {
		return problem("not-a-sheet", `the file holds ${name}: save it as a plain XLSX without macros and attachments`);
	}
	// Bit 0: encrypted.
	if ((part.flags & 1) === 1) return problem("not-a-sheet", "the file has a password: save it without one");
	if (method !== STORED && method !== DEFLATED) return broken();
	if (local + LOCAL_BYTES > end || zip.readUInt32LE(local) !== LOCAL_SIGNATURE) return broken();
	const begin = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
	if (begin + packed > end) return broken();
	const body = zip.subarray(begin, begin + packed);
	const text = method === STORED ? body : inflated(body, unpacked);
	if (text === null || text.length !== unpacked) return broken();
	// A sheet declares no entities; nothing is expanded that was not written out.
	return text.includes("<!DOCTYPE") || text.includes("<!ENTITY") ? broken() : null;
}

/** null: not deflate, or longer than declared. */
function inflated(body: Buffer, size: number): Buffer | null {
	try {
		return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) });
	} catch (fault) {
		if (fault instanceof Error) return null;
		throw fault;
	}
}

/** Offset of the end record, or -1. */
function endOf(zip: Buffer): number {
	for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - COMMENT_MAX); at--) {
		if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
	}
	return -1;
}

function broken(): Problem {
	return problem("not-a-sheet", "the file is damaged or no XLSX: open it and save it again as XLSX");
}

function tooMuch(what: string): Problem {
	return problem("too-large", `the file unpacks to too much (${what})`);
}
