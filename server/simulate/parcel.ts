// What goes to a door in one piece, and the bounded box in which it waits: a parcel leaves the box only when the door has
// acknowledged it, refused it for good, or when the box is full and it is the oldest (counted, and shown on the status line).
import type { DoorName } from "#model/catalogue.ts";
import type { SentQuality } from "#model/reading.ts";

export interface SentReading {
	/** Number in the ledger, unique in a run. */
	readonly id: string;
	readonly asset: string;
	readonly measure: string;
	readonly at: number;
	readonly value: number | null;
	readonly quality: SentQuality;
	/** HJ 212 flag; null: by the quality. */
	readonly flag: "N" | "T" | "D";
}

/** The readings of one asset at one time. */
export interface Parcel {
	readonly asset: string;
	readonly at: number;
	readonly readings: readonly SentReading[];
	/** Times it went out. */
	attempts: number;
}

/** What a door has been given so far, in readings. */
export interface Tally {
	sent: number;
	acknowledged: number;
	refused: number;
	/** Sent once more because no answer came. */
	resent: number;
	/** Given up because the box was full. */
	dropped: number;
}

export function newTally(): Tally {
	return { sent: 0, acknowledged: 0, refused: 0, resent: 0, dropped: 0 };
}

/** Told what leaves and what is answered; the ledger of kill tests is one. */
export interface Witness {
	sent(readings: readonly SentReading[]): void;
	acknowledged(readings: readonly SentReading[]): void;
}

/** What every sender needs from the program. */
export interface SenderParts {
	readonly tally: Tally;
	readonly witness: Witness;
	/** Named trouble of a door, said once per source and minute. */
	readonly complain: (source: string, what: string) => void;
	/** 0 <= x < 1, for jitter. */
	readonly chance: () => number;
}

/** One device dialled in at one door. */
export interface Sender {
	readonly door: DoorName;
	offer(parcel: Parcel): void;
	/** Readings that wait for an answer or for their turn. */
	readonly waiting: number;
	/** Sends no more, waits at most `graceMs` for what is under way, closes. */
	stop(graceMs: number): Promise<void>;
}

/** Oldest first; at the bound the oldest gives way. */
export class Box {
	#queue: Parcel[] = [];
	#head = 0;
	#readings = 0;
	readonly #bound: number;
	readonly #tally: Tally;

	/** @param bound in readings. */
	constructor(bound: number, tally: Tally) {
		this.#bound = bound;
		this.#tally = tally;
	}

	get readings(): number {
		return this.#readings;
	}

	get isEmpty(): boolean {
		return this.#head === this.#queue.length;
	}

	add(parcel: Parcel): void {
		this.#queue.push(parcel);
		this.#readings += parcel.readings.length;
		while (this.#readings > this.#bound && this.#queue.length - this.#head > 1) {
			this.#tally.dropped += this.take()?.readings.length ?? 0;
		}
	}

	/** What was not answered goes to the front again, in its order. */
	putBack(parcels: readonly Parcel[]): void {
		if (parcels.length === 0) return;
		this.#queue = [...parcels, ...this.#queue.slice(this.#head)];
		this.#head = 0;
		for (const parcel of parcels) this.#readings += parcel.readings.length;
	}

	take(): Parcel | undefined {
		const parcel = this.#queue[this.#head];
		if (parcel === undefined) return undefined;
		this.#head += 1;
		this.#readings -= parcel.readings.length;
		if (this.#head > 1_024 && this.#head * 2 > this.#queue.length) {
			this.#queue = this.#queue.slice(this.#head);
			this.#head = 0;
		}
		return parcel;
	}
}

/** Counts a parcel that goes out, and tells the witness the first time. */
export function goesOut(parts: SenderParts, parcel: Parcel): void {
	const count = parcel.readings.length;
	if (parcel.attempts === 0) {
		parts.tally.sent += count;
		parts.witness.sent(parcel.readings);
	} else parts.tally.resent += count;
	parcel.attempts += 1;
}

export function wasTaken(parts: SenderParts, readings: readonly SentReading[]): void {
	parts.tally.acknowledged += readings.length;
	parts.witness.acknowledged(readings);
}

/** Grows from half a second to `most`, with jitter of a half: a hundred devices must not come back in the same instant. */
export function pauseMs(failures: number, chance: () => number, most = 10_000): number {
	return Math.min(most, 250 * 2 ** Math.min(failures, 10)) * (0.75 + 0.5 * chance());
}
