// Where every frame of every HJ 212 connection is read, checked, turned into readings and handed to the heart; says which
// answer is due and when. One per door. It never touches a socket, and it answers nobody whose MN and PW it does not know.
import { isProblem } from "#model/problem.ts";
import type { DoorContext, Grant } from "../door.ts";
import { answerTo, buildAnswer } from "./answer.ts";
import { type Assembled, Assembler } from "./assembler.ts";
import type { Connection, Verdict } from "./connection.ts";
import { type Hj212Message, messageKey, parseMessage } from "./message.ts";
import { readingsOf } from "./readings.ts";
import { parseSegment, type Segment } from "./segment.ts";

/** What the door has seen beside frames, readings and refusals. */
export interface Hj212Counts {
	/** Messages that had come before: answered again, stored once. */
	repeats: number;
	/** Values of kinds that are not kept (minimum, maximum, day values ...). */
	ignored: number;
	/** Split messages of which packets are missing. */
	incomplete: number;
}

/** Messages remembered to know a repeat; the oldest is forgotten. */
const REMEMBERED = 20_000;
/** Split messages of one connection whose DataTime is remembered for packets without. */
const SPLIT_TIMES = 64;
/** How often unfinished split messages are looked through when nothing comes. */
const EXPIRE_MS = 60_000;
/** Wrong PW for one MN from one address within a minute; beyond it nothing is tried: PW is 6 digits as a rule. */
export const GUESSES_PER_MINUTE = 10;
const GUESSED_MAX = 10_000;

export class Desk {
	readonly counts: Hj212Counts = { repeats: 0, ignored: 0, incomplete: 0 };
	readonly #context: DoorContext;
	readonly #assembler = new Assembler();
	readonly #seen = new Set<string>();
	/** "address|MN" -> wrong PW since. */
	readonly #guesses = new Map<string, { count: number; readonly since: number }>();
	#cancelExpiry: () => void = () => undefined;

	constructor(context: DoorContext) {
		this.#context = context;
		this.#expireLater();
	}

	judge(bytes: Uint8Array, from: Connection): Verdict {
		const segment = parseSegment(bytes);
		if (isProblem(segment)) return this.#refuse(from.address, segment.problem, bytes);
		const grant = this.#check(segment, from);
		if (typeof grant === "string") {
			// No fault of the line: behind a gateway one stranger must not cut off the others.
			this.#context.refused("hj212", segment.mn, grant, withoutPassword(bytes));
			return { type: "taken", answer: Promise.resolve(null) };
		}
		const message = parseMessage(segment);
		if (isProblem(message)) return this.#refuse(segment.mn, message.problem, bytes);
		return this.#take(message, grant, bytes, from);
	}

	close(): void {
		this.#cancelExpiry();
		this.#tell(this.#assembler.close());
	}

	#check(segment: Segment, from: Connection): Grant | string {
		const { mn, pw } = segment;
		const now = this.#context.now();
		const key = `${from.address}|${mn}`;
		const guesses = this.#guesses.get(key);
		const isStale = guesses === undefined || now - guesses.since >= 60_000;
		if (!isStale && guesses.count >= GUESSES_PER_MINUTE && !from.known.has(mn)) return "too-many-guesses";
		const grant = this.#context.check("hj212", mn, pw);
		if (!isProblem(grant)) {
			from.known.add(mn);
			return grant;
		}
		if (grant.problem === "unknown-device") return grant.problem;
		if (!isStale) guesses.count++;
		else {
			this.#guesses.delete(key);
			this.#guesses.set(key, { count: 1, since: now });
			if (this.#guesses.size > GUESSED_MAX) dropOldest(this.#guesses);
		}
		return grant.problem;
	}

	/**
	 * An understood message of a known device is answered once everything of it that can be stored is stored; what cannot
	 * (a code that nobody knows, text for a number) is counted. Sent again it would be no better.
	 */
	#take(message: Hj212Message, grant: Grant, bytes: Uint8Array, from: Connection): Verdict {
		const context = this.#context;
		const { mn } = message;
		const { asset } = grant;
		const at = this.#timeOf(message, from);
		if (at === null && message.factors.length > 0) return this.#refuse(mn, "no-data-time", bytes);
		if (asset === null) return this.#refuse(mn, "no-asset", bytes);
		const codeOf = (code: string) => context.measureOf(asset, "hj212", code);
		const { readings, ignored, unknown, notNumbers } = readingsOf(message, at ?? 0, asset, grant.profile, codeOf);
		const ms = context.paceMs(grant.source, readings.length);
		if (ms > 0) {
			context.refused("hj212", mn, "slow-down", withoutPassword(bytes));
			return { type: "wait", ms };
		}
		context.frame("hj212");
		this.#count(message);
		this.counts.ignored += ignored;
		for (const code of unknown) context.refused("hj212", mn, "unknown-factor", Buffer.from(code));
		for (const text of notNumbers) context.refused("hj212", mn, "not-a-number", Buffer.from(text));
		// Also without readings: the device is alive.
		const taken = context.accept(readings, grant.source);
		for (const { problem } of taken.rejected) context.refused("hj212", mn, problem.problem, withoutPassword(bytes));
		const due = answerTo(message);
		const answer = due === null ? null : buildAnswer(message, due);
		return { type: "taken", answer: taken.committed.then(() => answer) };
	}

	/** DataTime, or for a later packet of a split message that of an earlier one. */
	#timeOf(message: Hj212Message, from: Connection): number | null {
		const { split, dataTime, mn, cn, qn } = message;
		if (split === null) return dataTime;
		const key = `${mn}|${cn}|${qn ?? ""}`;
		if (dataTime === null) return from.splitTimes.get(key) ?? null;
		from.splitTimes.delete(key);
		from.splitTimes.set(key, dataTime);
		if (from.splitTimes.size > SPLIT_TIMES) dropOldest(from.splitTimes);
		return dataTime;
	}

	/** Every packet is stored and answered by itself; the assembler only tells what never came. */
	#count(message: Hj212Message): void {
		if (message.split !== null) this.#tell(this.#assembler.add(message, this.#context.now()));
		if (message.factors.length === 0) return;
		const key = messageKey(message);
		if (this.#seen.has(key)) this.counts.repeats++;
		else if (this.#seen.add(key).size > REMEMBERED) dropOldest(this.#seen);
	}

	#refuse(address: string, code: string, bytes: Uint8Array): Verdict {
		this.#context.refused("hj212", address, code, withoutPassword(bytes));
		return { type: "fault", code };
	}

	#expireLater(): void {
		this.#cancelExpiry = this.#context.after(EXPIRE_MS, () => {
			this.#tell(this.#assembler.expire(this.#context.now()));
			this.#expireLater();
		});
	}

	#tell(ended: readonly Assembled[]): void {
		for (const { end, messages, received, total } of ended) {
			if (end === "complete") continue;
			this.counts.incomplete++;
			const which = `PNUM=${total};PNO=${received.join(",")}`;
			this.#context.refused("hj212", messages[0]?.mn ?? "", "incomplete-message", Buffer.from(which));
		}
	}
}

/** A sample is shown to people and may be logged; the PW in it is a key. */
function withoutPassword(bytes: Uint8Array): Uint8Array {
	return Buffer.from(
		Buffer.from(bytes)
			.toString("latin1")
			.replace(/(^|;)PW=[^;&]*/g, "$1PW=*"),
		"latin1",
	);
}

function dropOldest(from: { keys(): Iterable<string>; delete(key: string): boolean }): void {
	for (const oldest of from.keys()) {
		from.delete(oldest);
		return;
	}
}
