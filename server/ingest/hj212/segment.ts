// The data segment of an HJ 212 frame: `QN=..;ST=..;CN=..;PW=..;MN=..;Flag=..;[PNUM=..;PNO=..;]CP=&&data area&&`
// (HJ 212-2017 clause 6.3.2). Owns its grammar and what of the dirt seen in the field is forgiven. Called by the door with
// the bytes of each frame; message.ts gives the fields their meaning. Keys come from strangers: they live in a Map only.
//
// Forgiven: a `;` before the closing `&&`; QN or Flag missing (2005); Flag, PNUM and PNO standing inside the data area; a
// key repeated with the same value. Nothing else: a key given twice with two values has no true reading.
import { type Problem, problem } from "#model/problem.ts";

export const SEGMENT_PROBLEMS = [
	"not-ascii",
	"no-data-area",
	"grammar",
	"repeated-key",
	"bad-mn",
	"bad-cn",
	"bad-st",
	"bad-pw",
	"bad-qn",
	"bad-flag",
	"bad-split",
] as const;
export type SegmentProblemCode = (typeof SEGMENT_PROBLEMS)[number];

export interface Segment {
	/** 17 digits, only ever echoed; null when the device sent none. */
	readonly qn: string | null;
	readonly st: string;
	readonly cn: string;
	readonly pw: string;
	readonly mn: string;
	/** 0..255; null when the device sent none. */
	readonly flag: number | null;
	/** Packets in all, and the number of this one, as sent. */
	readonly pnum: number | null;
	readonly pno: number | null;
	/** Header fields that the standard does not know. */
	readonly extra: ReadonlyMap<string, string>;
	/** The data area, in the order sent: `a34004-Rtd` -> `36`. */
	readonly fields: ReadonlyMap<string, string>;
}

const AREA_START = "CP=&&";
const AREA_END = "&&";
const NO_FIELDS: ReadonlyMap<string, string> = new Map();
/** MN as devices really send it: nobody keeps to the standard's 14 or 24 hex digits. PW is short, 24 has been seen. */
const LONGEST_MN = 32;
const LONGEST_PW = 64;
const QN_DIGITS = 17;

/** What a byte may be in a data segment. Everything from PLAIN on may stand in a value, KEY alone in a key. */
const FORBIDDEN = 0;
const EQUALS = 1;
const AMPERSAND = 2;
const SEMICOLON = 3;
const COMMA = 4;
const PLAIN = 5;
const KEY = 6;
const CLASS = new Uint8Array(256);
CLASS.fill(PLAIN, 0x20, 0x7f);
for (const character of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-") {
	CLASS[character.charCodeAt(0)] = KEY;
}
CLASS[0x3d] = EQUALS;
CLASS[0x26] = AMPERSAND;
CLASS[0x3b] = SEMICOLON;
CLASS[0x2c] = COMMA;

/** Reads one data segment. @returns a Problem with a code of SEGMENT_PROBLEMS. Cost: proportional to the bytes. Never throws. */
export function parseSegment(bytes: Uint8Array): Segment | Problem {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
	const areaAt = text.indexOf(AREA_START);
	const from = areaAt + AREA_START.length;
	const to = text.length - AREA_END.length;
	const isFramed = areaAt >= 0 && to >= from && text.endsWith(AREA_END) && (areaAt === 0 || text[areaAt - 1] === ";");
	if (!isFramed) return firstForbidden(bytes) ?? refuse("no-data-area", areaAt);

	const header = new HeaderFields();
	const wrongHeader = readFields(bytes, text, 0, areaAt, header);
	if (wrongHeader !== null) return wrongHeader;
	const fields = new Map<string, string>();
	const wrongArea = readFields(bytes, text, from, to, fields);
	if (wrongArea !== null) return wrongArea;
	for (const key of MISPLACED) {
		const value = fields.get(key);
		if (value === undefined) continue;
		if ((header.get(key) ?? value) !== value) return refuse("repeated-key", 0);
		header.set(key, value);
		fields.delete(key);
	}
	return header.segment(fields);
}

/** Some devices put these behind `CP=&&`. */
const MISPLACED = ["Flag", "PNUM", "PNO"] as const;

interface Fields {
	get(key: string): string | undefined;
	set(key: string, value: string): unknown;
}

/** `key=value` separated by `;` (in the data area by `,` too) into `into`. @returns null when all is well. Hot. */
function readFields(bytes: Uint8Array, text: string, from: number, to: number, into: Fields): Problem | null {
	let at = from;
	while (at < to) {
		const keyAt = at;
		while (at < to && CLASS[bytes[at]!] === KEY) at++;
		if (at === keyAt || at === to || CLASS[bytes[at]!] !== EQUALS) return wrongByte(bytes, at);
		const valueAt = at + 1;
		at = valueAt;
		while (at < to && CLASS[bytes[at]!]! >= PLAIN) at++;
		if (at < to) {
			const separator = CLASS[bytes[at]!]!;
			if (separator < SEMICOLON) return wrongByte(bytes, at);
			// A comma joins what follows to its group, so something must follow, and the header has no groups.
			if (separator === COMMA && (at + 1 === to || from === 0)) return wrongByte(bytes, at);
		}
		const key = text.slice(keyAt, valueAt - 1);
		const value = text.slice(valueAt, at);
		const earlier = into.get(key);
		if (earlier === undefined) into.set(key, value);
		else if (earlier !== value) return refuse("repeated-key", keyAt);
		at++;
	}
	return null;
}

/** The header's fields; only names that the standard does not know go to a Map. */
class HeaderFields implements Fields {
	#qn: string | undefined;
	#st: string | undefined;
	#cn: string | undefined;
	#pw: string | undefined;
	#mn: string | undefined;
	#flag: string | undefined;
	#pnum: string | undefined;
	#pno: string | undefined;
	#extra: Map<string, string> | undefined;

	get(key: string): string | undefined {
		switch (key) {
			case "QN":
				return this.#qn;
			case "ST":
				return this.#st;
			case "CN":
				return this.#cn;
			case "PW":
				return this.#pw;
			case "MN":
				return this.#mn;
			case "Flag":
				return this.#flag;
			case "PNUM":
				return this.#pnum;
			case "PNO":
				return this.#pno;
			default:
				return this.#extra?.get(key);
		}
	}

	set(key: string, value: string): void {
		switch (key) {
			case "QN":
				this.#qn = value;
				break;
			case "ST":
				this.#st = value;
				break;
			case "CN":
				this.#cn = value;
				break;
			case "PW":
				this.#pw = value;
				break;
			case "MN":
				this.#mn = value;
				break;
			case "Flag":
				this.#flag = value;
				break;
			case "PNUM":
				this.#pnum = value;
				break;
			case "PNO":
				this.#pno = value;
				break;
			default:
				this.#extra ??= new Map();
				this.#extra.set(key, value);
		}
	}

	segment(fields: ReadonlyMap<string, string>): Segment | Problem {
		const mn = this.#mn;
		const st = this.#st;
		const cn = this.#cn;
		const pw = this.#pw;
		const qn = this.#qn ?? null;
		if (mn === undefined || mn === "" || !isName(mn, LONGEST_MN)) return refuse("bad-mn", 0);
		if (cn === undefined || cn.length !== 4 || digits(cn) < 0) return refuse("bad-cn", 0);
		if (st === undefined || st.length !== 2 || digits(st) < 0) return refuse("bad-st", 0);
		if (pw === undefined || !isName(pw, LONGEST_PW)) return refuse("bad-pw", 0);
		if (qn !== null && (qn.length !== QN_DIGITS || digits(qn) < 0)) return refuse("bad-qn", 0);
		const flag = optional(this.#flag, 3);
		const pnum = optional(this.#pnum, 4);
		const pno = optional(this.#pno, 4);
		if (flag === -1 || (flag ?? 0) > 255) return refuse("bad-flag", 0);
		if (pnum === -1 || pno === -1) return refuse("bad-split", 0);
		return { qn, st, cn, pw, mn, flag, pnum, pno, extra: this.#extra ?? NO_FIELDS, fields };
	}
}

function isName(text: string, longest: number): boolean {
	if (text.length > longest) return false;
	for (let index = 0; index < text.length; index++) if (CLASS[text.charCodeAt(index)] !== KEY) return false;
	return true;
}

/** Decimal digits -> their number (exact up to 15 of them), else -1. */
function digits(text: string): number {
	let value = 0;
	for (let index = 0; index < text.length; index++) {
		const digit = text.charCodeAt(index) - 0x30;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value;
}

/** A field that may be missing: null; -1 when it is there and not 1..`longest` digits. */
function optional(text: string | undefined, longest: number): number | null {
	if (text === undefined) return null;
	return text.length === 0 || text.length > longest ? -1 : digits(text);
}

/** A byte outside printable ASCII is named as such (GBK text is the usual reason), any other as a fault of grammar. */
function wrongByte(bytes: Uint8Array, at: number): Problem {
	return at < bytes.length && CLASS[bytes[at]!] === FORBIDDEN ? refuse("not-ascii", at) : refuse("grammar", at);
}

function firstForbidden(bytes: Uint8Array): Problem | null {
	const at = bytes.findIndex((byte) => CLASS[byte] === FORBIDDEN);
	return at < 0 ? null : refuse("not-ascii", at);
}

/** `at`: byte offset in the data segment, 0 where the whole header is meant. */
function refuse(code: SegmentProblemCode, at: number): Problem {
	return problem(code, undefined, `byte ${at}`);
}
