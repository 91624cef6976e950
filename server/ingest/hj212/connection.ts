// One TCP connection of an HJ 212 device or gateway: bytes in, frames to the desk, answers out in order. Owns the socket's
// times and bounds (first frame, idle, faults a minute, unanswered messages); knows nothing of factors and readings.
import type { Socket } from "node:net";
import type { DoorContext } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { addressOf } from "../tcp.ts";
import type { FrameEvent, FrameFault } from "./frame.ts";
import { FrameStream } from "./frame_stream.ts";

/** A connection that brings no whole frame in this time holds a place for nothing. */
export const FIRST_FRAME_MS = 10_000;
/** Longest time between two whole frames. */
export const IDLE_MS = 300_000;
/** More faults than this within a minute, and the line is closed: the device dials again with a clean start. */
export const FAULTS_PER_MINUTE = 5;
/** Messages that wait for their commit; at this bound the socket is not read until half of them are answered. */
export const MAX_UNANSWERED = 64;
/** Bytes of answers that the device does not fetch; beyond, it is closed. */
const MAX_UNREAD_BYTES = 64 * 1024;
/** How long the end waits for commits under way and for a device that does not fetch its answers. */
const FAREWELL_MS = 2_000;
const NOTHING = new Uint8Array(0);

/** What the desk says to one frame. */
export type Verdict =
	/** Too fast: show it again after `ms`; nothing behind it is looked at until then. */
	| { readonly type: "wait"; readonly ms: number }
	/** Counted already; it also counts towards the faults of this line. */
	| { readonly type: "fault"; readonly code: string }
	/** Resolves after the commit to the answer that is due, null: none; rejects when nothing is stored. */
	| { readonly type: "taken"; readonly answer: Promise<Uint8Array | null> };

/** Judges the data segment of one frame. */
export type Judge = (segment: Uint8Array, from: Connection) => Verdict;

export class Connection {
	readonly address: string;
	/** DataTime of split messages, for packets of theirs that carry none; kept by the desk. */
	readonly splitTimes = new Map<string, number>();
	/** MN that gave the right PW on this line; kept by the desk. */
	readonly known = new Set<string>();
	readonly closed: Promise<void>;

	readonly #socket: Socket;
	readonly #context: DoorContext;
	readonly #judge: Judge;
	readonly #stream = new FrameStream();
	readonly #answers = new InOrder();
	/** What has been read and not yet looked at; at most what one read brought, as the socket is paused meanwhile. */
	#held: readonly FrameEvent[] = [];
	#heldAt = 0;
	#waitsFor: "pace" | "answers" | null = null;
	#isEnding = false;
	#deadline: number;
	#faults = 0;
	#faultsSince = Number.NEGATIVE_INFINITY;
	#cancelTimer: () => void;
	#cancelPace: () => void = () => undefined;

	constructor(socket: Socket, context: DoorContext, judge: Judge) {
		this.#socket = socket;
		this.#context = context;
		this.#judge = judge;
		this.address = addressOf(socket);
		this.#deadline = context.now() + FIRST_FRAME_MS;
		this.#cancelTimer = context.after(FIRST_FRAME_MS, () => this.#watch());
		this.closed = new Promise((resolve) => {
			socket.once("close", () => {
				this.#gone();
				resolve();
			});
		});
		socket.setNoDelay(true);
		socket.setKeepAlive(true, 60_000);
		// A reset is how most devices leave; "close" follows and does the rest.
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk) => this.#receive(chunk));
		// A device may close its half as soon as it has sent: what is under way is still answered.
		socket.on("end", () => {
			this.#isEnding = true;
			this.#finish();
		});
	}

	/** Looks at no more frames, sends the answers of what is under way, then ends. What it drops has not been answered. */
	close(): Promise<void> {
		this.#cancelPace();
		this.#waitsFor = null;
		this.#held = [];
		this.#heldAt = 0;
		this.#isEnding = true;
		this.#socket.pause();
		this.#finish();
		const cancel = this.#context.after(FAREWELL_MS, () => this.#socket.destroy());
		void this.closed.then(cancel);
		return this.closed;
	}

	#receive(chunk: Uint8Array): void {
		if (this.#socket.destroyed) return;
		this.#held = [...this.#held.slice(this.#heldAt), ...this.#stream.push(chunk)];
		this.#heldAt = 0;
		if (this.#waitsFor === null) this.#work();
	}

	#work(): void {
		this.#waitsFor = null;
		while (this.#heldAt < this.#held.length && !this.#socket.destroyed) {
			if (this.#answers.waiting >= MAX_UNANSWERED) {
				this.#wait("answers");
				return;
			}
			const event = this.#held[this.#heldAt]!;
			const verdict = event.type === "fault" ? null : this.#judge(event.bytes, this);
			if (verdict?.type === "wait") {
				this.#wait("pace");
				this.#cancelPace = this.#context.after(verdict.ms, () => this.#work());
				return;
			}
			this.#heldAt++;
			if (event.type === "fault") this.#report(event);
			else this.#deadline = this.#context.now() + IDLE_MS;
			if (verdict?.type === "fault") this.#fault(verdict.code);
			if (verdict?.type === "taken") this.#answer(verdict.answer);
		}
		this.#held = [];
		this.#heldAt = 0;
		if (this.#isEnding) this.#finish();
		else this.#socket.resume();
	}

	#wait(reason: "pace" | "answers"): void {
		this.#waitsFor = reason;
		this.#socket.pause();
	}

	#answer(answer: Promise<Uint8Array | null>): void {
		const done = this.#answers.open();
		const settled = (bytes: Uint8Array | null): void => {
			done(() => this.#send(bytes));
			if (this.#waitsFor === "answers" && this.#answers.waiting <= MAX_UNANSWERED / 2) this.#work();
			else if (this.#isEnding) this.#finish();
		};
		// Not stored: no answer, and the device sends again.
		answer.then(settled, () => settled(null));
	}

	#send(bytes: Uint8Array | null): void {
		if (bytes === null || this.#socket.destroyed || this.#socket.writableEnded) return;
		this.#socket.write(bytes);
		if (this.#socket.writableLength > MAX_UNREAD_BYTES) this.#cut("answers-not-read", NOTHING);
	}

	#report(event: FrameFault): void {
		// A chunk can fold thousands of faults into one event; beyond the bound the line is closed anyway.
		for (let n = 0; n < event.count && n <= FAULTS_PER_MINUTE; n++) {
			this.#context.refused("hj212", this.address, event.code, event.bytes);
			this.#fault(event.code);
		}
	}

	#fault(code: string): void {
		const now = this.#context.now();
		if (now - this.#faultsSince >= 60_000) {
			this.#faultsSince = now;
			this.#faults = 0;
		}
		this.#faults++;
		if (this.#faults > FAULTS_PER_MINUTE) this.#cut("too-many-faults", Buffer.from(code));
	}

	/** One timer a connection, moved on when frames have come since. */
	#watch(): void {
		const now = this.#context.now();
		// While we keep it waiting, its silence is ours.
		if (this.#waitsFor !== null) this.#deadline = Math.max(this.#deadline, now + FIRST_FRAME_MS);
		if (now < this.#deadline) this.#cancelTimer = this.#context.after(this.#deadline - now, () => this.#watch());
		else this.#cut("idle", NOTHING);
	}

	#cut(code: string, sample: Uint8Array): void {
		if (this.#socket.destroyed) return;
		this.#context.refused("hj212", this.address, code, sample);
		this.#socket.destroy();
	}

	#finish(): void {
		if (this.#answers.waiting === 0 && this.#heldAt === this.#held.length) this.#socket.destroySoon();
	}

	#gone(): void {
		this.#cancelTimer();
		this.#cancelPace();
		this.#held = [];
		this.#heldAt = 0;
		for (const event of this.#stream.end()) {
			if (event.type === "fault") this.#context.refused("hj212", this.address, event.code, event.bytes);
		}
	}
}
