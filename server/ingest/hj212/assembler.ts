// Joins the packets of split HJ 212 messages (PNUM, PNO). The door owns one and hands every message through it; a whole
// message passes at once. Time is an argument. Nothing that came is ever lost: what stays incomplete is handed out as such.
//
// Bounds, and what happens there: at most `maxOpen` unfinished messages and `maxParts` held packets; beyond either, the
// oldest unfinished message is handed out incomplete, at once.
import type { Factor, Hj212Message } from "./message.ts";

export type AssemblyEnd =
	/** All packets are there. */
	| "complete"
	/** The time-out passed since its first packet. */
	| "timeout"
	/** The bound on unfinished messages was reached. */
	| "bound"
	/** The device began anew with another PNUM. */
	| "restarted"
	/** The connection ended. */
	| "closed";

export interface Assembled {
	/**
	 * What came, joined in PNO order, `split` null: one message per DataTime (an answer to a request for history carries
	 * several). Without its first packet a message may have factors and no DataTime.
	 */
	readonly messages: readonly Hj212Message[];
	readonly end: AssemblyEnd;
	/** PNUM, and the PNO that came, ascending. */
	readonly total: number;
	readonly received: readonly number[];
}

interface Open {
	readonly key: string;
	readonly since: number;
	readonly total: number;
	readonly parts: Map<number, Hj212Message>;
}

export interface AssemblerOptions {
	readonly timeoutMs?: number;
	readonly maxOpen?: number;
	readonly maxParts?: number;
}

const TIMEOUT_MS = 60_000;
const MAX_OPEN = 1000;
const MAX_PARTS = 4000;

export class Assembler {
	/** Packets that had been there before: a device sends again until it is answered. */
	duplicates = 0;

	readonly #timeoutMs: number;
	readonly #maxOpen: number;
	readonly #maxParts: number;
	/** Oldest first, as a Map keeps its order of insertion. */
	readonly #open = new Map<string, Open>();
	#parts = 0;
	/** Messages completed within the last time-out: a packet of theirs is a repeat and opens nothing. */
	readonly #finished = new Map<string, { readonly total: number; readonly at: number }>();

	constructor(options: AssemblerOptions = {}) {
		this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
		this.#maxOpen = options.maxOpen ?? MAX_OPEN;
		this.#maxParts = options.maxParts ?? MAX_PARTS;
	}

	/** Unfinished messages. */
	get open(): number {
		return this.#open.size;
	}

	/** Takes one message. @returns what it finishes, and what timed out or had to make room, oldest first. `now`: epoch ms. */
	add(message: Hj212Message, now: number): Assembled[] {
		const done = this.expire(now);
		const { split } = message;
		if (split === null) {
			done.push({ messages: [message], end: "complete", total: 1, received: [1] });
			return done;
		}
		const key = assemblyKey(message);
		if (this.#finished.get(key)?.total === split.total) {
			this.duplicates++;
			return done;
		}
		let open = this.#open.get(key);
		if (open !== undefined && open.total !== split.total) {
			done.push(this.#close(open, "restarted"));
			open = undefined;
		}
		if (open === undefined) {
			open = { key, since: now, total: split.total, parts: new Map() };
			this.#open.set(key, open);
		}
		if (open.parts.has(split.index)) {
			this.duplicates++;
			return done;
		}
		open.parts.set(split.index, message);
		this.#parts++;
		if (open.parts.size === open.total) {
			this.#finished.delete(key);
			this.#finished.set(key, { total: open.total, at: now });
			done.push(this.#close(open, "complete"));
		}
		while (this.#open.size > this.#maxOpen || this.#parts > this.#maxParts) {
			const oldest = this.#open.values().next().value;
			if (oldest === undefined) break;
			done.push(this.#close(oldest, "bound"));
		}
		return done;
	}

	/** What has waited longer than the time-out, oldest first. Call it now and then when no message comes. */
	expire(now: number): Assembled[] {
		const done: Assembled[] = [];
		for (const open of this.#open.values()) {
			if (now - open.since < this.#timeoutMs) break;
			done.push(this.#close(open, "timeout"));
		}
		for (const [key, finished] of this.#finished) {
			if (now - finished.at < this.#timeoutMs && this.#finished.size <= this.#maxOpen) break;
			this.#finished.delete(key);
		}
		return done;
	}

	/** Hands out everything unfinished: the connection (or the server) ends. */
	close(): Assembled[] {
		return [...this.#open.values()].map((open) => this.#close(open, "closed"));
	}

	#close(open: Open, end: AssemblyEnd): Assembled {
		this.#open.delete(open.key);
		this.#parts -= open.parts.size;
		const parts = [...open.parts].sort((a, b) => a[0] - b[0]);
		const received = parts.map(([index]) => index);
		return { messages: byDataTime(parts.map(([, message]) => message)), end, total: open.total, received };
	}
}

/** The packets of one message share QN; without one (2005) they share DataTime. */
function assemblyKey(message: Hj212Message): string {
	return `${message.mn}|${message.cn}|${message.qn ?? `at ${message.dataTime ?? ""}`}`;
}

/** A packet without DataTime belongs to the one before it. */
function byDataTime(parts: readonly Hj212Message[]): Hj212Message[] {
	const groups: Hj212Message[][] = [];
	const groupOf = new Map<number, Hj212Message[]>();
	let current: Hj212Message[] | undefined;
	for (const part of parts) {
		const known = part.dataTime === null ? current : groupOf.get(part.dataTime);
		current = known ?? [];
		if (known === undefined) groups.push(current);
		if (part.dataTime !== null) groupOf.set(part.dataTime, current);
		current.push(part);
	}
	return groups.map(join);
}

/** One message of parts in PNO order. What two packets both carry is taken from the earlier one. */
function join(parts: readonly Hj212Message[]): Hj212Message {
	const first = parts[0]!;
	const factors = new Map<string, Factor>();
	const others = new Map<string, string>();
	for (const part of parts) {
		for (const factor of part.factors) {
			const key = `${factor.code}-${factor.suffix}`;
			if (!factors.has(key)) factors.set(key, factor);
		}
		for (const [key, value] of part.others) if (!others.has(key)) others.set(key, value);
	}
	// A packet may end between a value and its flag.
	const joined = [...factors.values()].map((factor) => ({
		...factor,
		flag: factor.flag ?? others.get(`${factor.code}-Flag`) ?? null,
		eflag: factor.eflag ?? others.get(`${factor.code}-EFlag`) ?? null,
	}));
	for (const factor of joined) {
		others.delete(`${factor.code}-Flag`);
		others.delete(`${factor.code}-EFlag`);
	}
	return { ...first, split: null, factors: joined, others };
}
