// From a data segment to a typed message: edition, answer, split, times, factors with their flags (HJ 212-2017 clauses
// 6.3.2..6.3.5 and 6.6). Called by the door after parseSegment. It knows no devices, units, limits or clock: whether a
// time or a value is believable is for the door and the judge.
import { type Problem, problem } from "#model/problem.ts";
import type { Segment } from "./segment.ts";
import { parseBeijing, parseNumber } from "./values.ts";

export const MESSAGE_PROBLEMS = ["unknown-edition", "bad-split", "bad-time", "no-data-time"] as const;
export type MessageProblemCode = (typeof MESSAGE_PROBLEMS)[number];

export type Edition = 2005 | 2017 | 2025;
/** Flag >> 2 of each edition. 2025: second-hand, from three independent code bases. */
export const EDITIONS: readonly Edition[] = [2005, 2017, 2025];
export const FLAG_SPLIT = 2;
export const FLAG_ANSWER = 1;

/** What a value of a factor is: the part of the key behind its last `-`. */
export const VALUE_SUFFIXES = [
	"Rtd",
	"Avg",
	"Min",
	"Max",
	"Cou",
	"ZsRtd",
	"ZsAvg",
	"ZsMin",
	"ZsMax",
	"Data",
	"DayData",
	"NightData",
] as const;
export type ValueSuffix = (typeof VALUE_SUFFIXES)[number];

export interface Factor {
	/** As sent: `a34004`, `LA`, `B01`. The door knows aliases and units per device. */
	readonly code: string;
	readonly suffix: ValueSuffix;
	/** Null when the text is not a plain finite decimal: refuse this value, not the frame. */
	readonly value: number | null;
	readonly text: string;
	/** The `-Flag` letter of this code, null when none was sent. quality.ts says what it means. */
	readonly flag: string | null;
	/** The `-EFlag` of this code: the maker's own device state. */
	readonly eflag: string | null;
}

export interface Hj212Message {
	readonly qn: string | null;
	readonly st: string;
	readonly cn: string;
	readonly pw: string;
	readonly mn: string;
	readonly edition: Edition;
	readonly answerWanted: boolean;
	/** `index` from 1. Null when the message is whole, whatever its Flag claims. */
	readonly split: { readonly total: number; readonly index: number } | null;
	/** Epoch ms. For minute, hour and day data most devices label the start of the period. */
	readonly dataTime: number | null;
	readonly beginTime: number | null;
	readonly endTime: number | null;
	/** In the order sent. */
	readonly factors: readonly Factor[];
	/** Everything else of the data area, and header fields that the standard does not know. */
	readonly others: ReadonlyMap<string, string>;
}

type Draft = { -readonly [Key in keyof Factor]: Factor[Key] };

const SUFFIXES: ReadonlyMap<string, ValueSuffix> = new Map([
	...VALUE_SUFFIXES.map((suffix) => [suffix, suffix] as const),
	// `LA-td=50.1` in frames of a wide-spread logger.
	["td", "Rtd"],
]);
const NOTHING_ELSE: ReadonlyMap<string, string> = new Map();

/** Gives a segment its meaning. @returns a Problem with a code of MESSAGE_PROBLEMS. Never throws. */
export function parseMessage(segment: Segment): Hj212Message | Problem {
	const flag = segment.flag ?? 0;
	const edition = EDITIONS[flag >> 2];
	if (edition === undefined) return refuse("unknown-edition", `Flag=${flag}`);
	const split = splitOf(segment);
	if (split === "wrong") return refuse("bad-split", `PNUM=${segment.pnum};PNO=${segment.pno}`);

	const area = new AreaReader(segment);
	const wrong = area.finish();
	if (wrong !== null) return wrong;
	// Later packets of a split message may leave the time to the first one.
	const mayLackTime = area.factors.length === 0 || (split !== null && split.index > 1);
	if (area.dataTime === null && !mayLackTime) return refuse("no-data-time", "DataTime");
	return {
		qn: segment.qn,
		st: segment.st,
		cn: segment.cn,
		pw: segment.pw,
		mn: segment.mn,
		edition,
		answerWanted: (flag & FLAG_ANSWER) !== 0,
		split,
		dataTime: area.dataTime,
		beginTime: area.beginTime,
		endTime: area.endTime,
		factors: area.factors,
		others: area.others,
	};
}

/** PNUM and PNO decide, not bit D of Flag: devices set it on whole messages (no PNUM follows) and forget it on parts. */
function splitOf(segment: Segment): Hj212Message["split"] | "wrong" {
	const { pnum, pno } = segment;
	if (pnum === null && pno === null) return null;
	if (pnum === null || pno === null || pno < 1 || pno > pnum) return "wrong";
	return pnum === 1 ? null : { total: pnum, index: pno };
}

/** Collects one data area. */
class AreaReader {
	readonly factors: Draft[] = [];
	dataTime: number | null = null;
	beginTime: number | null = null;
	endTime: number | null = null;
	readonly #fields: ReadonlyMap<string, string>;
	#others: Map<string, string> | null;
	#wrongTime: string | null = null;
	#hasFlags = false;
	#hasErrorFlags = false;
	/** Keys of flags that did not stand right behind their values. */
	#orphans: string[] | null = null;

	constructor(segment: Segment) {
		this.#fields = segment.fields;
		this.#others = segment.extra.size > 0 ? new Map(segment.extra) : null;
		for (const entry of segment.fields) this.#field(entry[0], entry[1]);
	}

	get others(): ReadonlyMap<string, string> {
		return this.#others ?? NOTHING_ELSE;
	}

	#field(key: string, text: string): void {
		const dash = key.lastIndexOf("-");
		if (dash <= 0) {
			this.#bare(key, text);
			return;
		}
		const code = key.slice(0, dash);
		const suffix = key.slice(dash + 1);
		if (suffix === "Flag" || suffix === "EFlag") {
			this.#flag(key, code, suffix === "EFlag", text);
			return;
		}
		const known = SUFFIXES.get(suffix);
		// Both `LA-td` and `LA-Rtd`: the well-formed one is the value.
		if (known === undefined || (known !== suffix && this.#fields.has(`${code}-${known}`))) this.#other(key, text);
		else this.factors.push({ code, suffix: known, value: parseNumber(text), text, flag: null, eflag: null });
	}

	#bare(key: string, text: string): void {
		if (key !== "DataTime" && key !== "BeginTime" && key !== "EndTime") {
			this.#other(key, text);
			return;
		}
		const at = parseBeijing(text);
		if (at === null) this.#wrongTime = `${key}=${text}`;
		if (key === "DataTime") this.dataTime = at;
		else if (key === "BeginTime") this.beginTime = at;
		else this.endTime = at;
	}

	/** The flag of a code belongs to all its values, which as a rule stand right before it. */
	#flag(key: string, code: string, isError: boolean, letter: string): void {
		if (isError) this.#hasErrorFlags = true;
		else this.#hasFlags = true;
		let index = this.factors.length - 1;
		for (; index >= 0; index--) {
			const factor = this.factors[index]!;
			if (factor.code !== code) break;
			if (isError) factor.eflag = letter;
			else factor.flag = letter;
		}
		if (index < this.factors.length - 1) return;
		this.#orphans ??= [];
		this.#orphans.push(key);
	}

	/** Values whose flag stood elsewhere find it; flags without any value are kept among the others. */
	finish(): Problem | null {
		const codes = this.#orphans === null ? null : new Set<string>();
		for (const factor of this.factors) {
			codes?.add(factor.code);
			if (this.#hasFlags && factor.flag === null) factor.flag = this.#fields.get(`${factor.code}-Flag`) ?? null;
			if (this.#hasErrorFlags && factor.eflag === null) {
				factor.eflag = this.#fields.get(`${factor.code}-EFlag`) ?? null;
			}
		}
		if (this.#orphans !== null) {
			for (const key of this.#orphans) {
				if (!codes?.has(key.slice(0, key.lastIndexOf("-")))) this.#other(key, this.#fields.get(key) ?? "");
			}
		}
		return this.#wrongTime === null ? null : refuse("bad-time", this.#wrongTime);
	}

	#other(key: string, text: string): void {
		this.#others ??= new Map();
		this.#others.set(key, text);
	}
}

/** What tells a repeat from a new message (a device sends again until it is answered): MN, CN, DataTime (else QN), PNO. */
export function messageKey(message: Hj212Message): string {
	return `${message.mn}|${message.cn}|${message.dataTime ?? message.qn ?? ""}|${message.split?.index ?? 0}`;
}

function refuse(code: MessageProblemCode, where: string): Problem {
	return problem(code, undefined, where);
}
