// Seeded HJ 212 traffic: good frames, frames with the dirt of the field, broken ones, and garbage in between, each piece
// labelled with what is known about it. The same seed gives the same stream.
import { crcText } from "../../server/ingest/hj212/crc.ts";
import { slowCrc } from "./hj212_reference.ts";

export type Random = () => number;

/** mulberry32: 0 <= x < 1. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

export interface Piece {
	readonly text: string;
	/** valid: must be found. mutant: a frame with a fault. garbage: no frame at all. */
	readonly kind: "valid" | "mutant" | "garbage";
	/** The data segment of a valid piece, and the changed one of a data mutant; else empty. */
	readonly segment: string;
	/** A mutant whose check value matches although its data segment was changed. */
	readonly isCollision: boolean;
}

const CODES = [
	"a34001",
	"a34002",
	"a34004",
	"a34005",
	"LA",
	"Leq",
	"L10",
	"a01001",
	"a01002",
	"a01006",
	"a01007",
	"a01008",
	"B00008",
	"060",
	"__proto__",
	"constructor",
];
const SUFFIXES = ["Rtd", "Rtd", "Rtd", "Avg", "Min", "Max", "Cou", "ZsAvg", "Data", "NightData", "td", "SampleTime"];
const FLAGS = ["N", "N", "N", "N", "D", "T", "S", "F", "M", "C", "B", "z", ""];
const NUMBERS = [
	"0",
	"-0",
	"36",
	"63.4",
	"-4.6",
	"102.315",
	"1e999",
	"NaN",
	"0x1F",
	"",
	".5",
	"75600.000",
	"99999999999999999999",
];
const GOOD_TIMES = [
	"20261122080000",
	"20261122081000",
	"202611220800",
	"20240229235959",
	"19700101000000",
	"20991231235959",
];
const BAD_TIMES = ["20260231000000", "2026", "", "20261122250000", "00000000000000"];
const MNS = [
	"210102A0000000000000D001",
	"Z13401000010301",
	"LXHB0CS0306310",
	"RXGD-RXGD1313",
	"88888880000006",
	"__proto__",
];

function pick<T>(random: Random, from: readonly T[]): T {
	return from[Math.floor(random() * from.length)]!;
}

function upTo(random: Random, limit: number): number {
	return Math.floor(random() * limit);
}

export function frame(segment: string, random: Random): string {
	const crc = crcText(slowCrc(segment));
	const text = `##${String(segment.length).padStart(4, "0")}${segment}${random() < 0.1 ? crc.toLowerCase() : crc}`;
	return random() < 0.9 ? `${text}\r\n` : text;
}

/** A segment of the grammar, now and then with what must be refused (a bad time, an unknown edition). Never with `##`. */
function segment(random: Random): string {
	const header: string[] = [];
	if (random() < 0.9) header.push(`QN=202611220800${String(upTo(random, 100_000)).padStart(5, "0")}`);
	header.push(
		`ST=${pick(random, ["22", "39", "31", "27"])}`,
		`CN=${pick(random, ["2011", "2051", "2061", "2031", "9021", "1013"])}`,
	);
	header.push(`PW=${pick(random, ["123456", "BF470F88957588DE902D1A52", ""])}`, `MN=${pick(random, MNS)}`);
	const isSplit = random() < 0.1;
	const flag = `Flag=${random() < 0.97 ? pick(random, ["0", "1", "4", "5", "6", "7", "8", "9", "11"]) : pick(random, ["13", "255", "256"])}`;
	const flagInArea = random() < 0.05;
	if (!flagInArea && random() < 0.95) header.push(flag);
	if (isSplit) header.push(`PNUM=${1 + upTo(random, 4)}`, `PNO=${upTo(random, 3)}`);
	const groups: string[] =
		random() < 0.97 ? [`DataTime=${pick(random, random() < 0.95 ? GOOD_TIMES : BAD_TIMES)}`] : [];
	if (flagInArea) groups.push(flag);
	const first = upTo(random, CODES.length);
	const count = upTo(random, 14);
	for (let index = 0; index < count; index++) {
		// Now and then a code comes twice, which is a repeated key unless suffix or value save it.
		const code = random() < 0.99 ? CODES[(first + index) % CODES.length]! : pick(random, CODES);
		groups.push(group(code, random));
	}
	return `${header.join(";")};CP=&&${groups.join(";")}${groups.length > 0 && random() < 0.1 ? ";" : ""}&&`;
}

function group(code: string, random: Random): string {
	const value = random() < 0.8 ? (random() * 1000 - 100).toFixed(upTo(random, 4)) : pick(random, NUMBERS);
	const parts = [`${code}-${pick(random, SUFFIXES)}=${value}`];
	if (random() < 0.8) parts.push(`${code}-Flag=${pick(random, FLAGS)}`);
	if (random() < 0.05) parts.push(`${code}-EFlag=A01`);
	if (random() < 0.05) parts.reverse();
	return parts.join(random() < 0.97 ? "," : ";");
}

const BYTES = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
const TELLING = "#;,=&0123456789ABCDEFabcdef-.\r\n\0\u00d1\u00ef";

function anyByte(random: Random): string {
	return random() < 0.5 ? pick(random, [...TELLING]) : BYTES[upTo(random, 256)]!;
}

/** Some bytes of a text replaced, removed, inserted, doubled or cut off. */
function damage(text: string, random: Random): string {
	let result = text;
	for (let times = 1 + upTo(random, 3); times > 0; times--) {
		const at = upTo(random, result.length + 1);
		const kind = upTo(random, 6);
		if (kind === 0) result = result.slice(0, at) + anyByte(random) + result.slice(at + 1);
		else if (kind === 1) result = result.slice(0, at) + result.slice(at + 1 + upTo(random, 4));
		else if (kind === 2) result = result.slice(0, at) + anyByte(random) + result.slice(at);
		else if (kind === 3) result = result.slice(0, at) + result.slice(Math.max(0, at - upTo(random, 40)));
		else if (kind === 4) result = result.slice(0, at);
		else
			result =
				result.slice(0, at) + pick(random, ["##", "##0100", "##9999", "###", "&&", "CP=&&", "\r\n"]) + result.slice(at);
	}
	return result;
}

function mutant(random: Random): Piece {
	const good = segment(random);
	const whole = frame(good, random);
	const kind = upTo(random, 4);
	// Only bytes of the data segment change, length and check value stay: what an 8-bit check misses once in 256.
	if (kind === 0) {
		let changed = good;
		for (let times = 1 + upTo(random, 3); times > 0; times--) {
			const at = upTo(random, changed.length);
			changed = changed.slice(0, at) + anyByte(random) + changed.slice(at + 1);
		}
		const isCollision = changed !== good && !changed.includes("##") && slowCrc(changed) === slowCrc(good);
		return { text: whole.replace(good, () => changed), kind: "mutant", segment: changed, isCollision };
	}
	// A broken segment in a true frame: framing cannot see it, the grammar must.
	if (kind === 1)
		return {
			text: frame(damage(good, random).slice(0, 4000), random),
			kind: "mutant",
			segment: "",
			isCollision: false,
		};
	// A wrong length.
	if (kind === 2) {
		const length = String(upTo(random, 10_000)).padStart(4, "0");
		return { text: `##${length}${whole.slice(6)}`, kind: "mutant", segment: "", isCollision: false };
	}
	return { text: damage(whole, random), kind: "mutant", segment: "", isCollision: false };
}

function garbage(random: Random): Piece {
	const kind = upTo(random, 5);
	let text = "";
	if (kind === 0) for (let left = upTo(random, 200); left > 0; left--) text += BYTES[upTo(random, 256)];
	else if (kind === 1) text = "#".repeat(1 + upTo(random, 8));
	else if (kind === 2) text = `##${String(upTo(random, 10_000)).padStart(4, "0")}`;
	else if (kind === 3) text = frame(segment(random), random).slice(0, upTo(random, 60));
	else
		text = pick(random, ["\r\n", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\0\0\0", "x".repeat(1024), "##0004", "##00"]);
	return { text, kind: "garbage", segment: "", isCollision: false };
}

/** The next piece of traffic. */
export function piece(random: Random): Piece {
	const kind = random();
	if (kind < 0.12) return garbage(random);
	if (kind < 0.45) return mutant(random);
	const text = segment(random);
	return { text: frame(text, random), kind: "valid", segment: text, isCollision: false };
}

/** Sizes of the chunks that TCP makes of so many bytes. */
export function chunkSizes(random: Random, total: number): number[] {
	const sizes: number[] = [];
	const typical = pick(random, [1, 3, 20, 400, 1460, 65_536]);
	for (let left = total; left > 0; ) {
		const size = Math.min(left, 1 + upTo(random, random() < 0.1 ? 2000 : typical));
		sizes.push(size);
		left -= size;
	}
	return sizes;
}
