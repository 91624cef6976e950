// One TCP connection of an HJ 212 device or gateway: bytes in, frames to the desk, answers out in order. Owns the socket's
// times and bounds (first frame, idle, faults a minute, unanswered messages); knows nothing of factors and readings.
import type { Socket } from "node:net";
import type { DoorContext } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { addressOf } from "../socket_limits.ts";
import type { FrameEvent } from "./frame.ts";
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
/** How long the end waits for commits under way. */
const FAREWELL_MS = 2_000;

/** What one frame led to: wait `paceMs` and show it again, or an answer that is due when `ready` resolves to its bytes. */
export type Verdict =
	| { readonly type: "wait"; readonly ms: number }
	| { readonly type: "fault"; readonly code: string }
	| { readonly type: "taken"; readonly answer: Promise<Uint8Array | null> | Uint8Array | null };

/** Judges the data segment of one frame. */
export type Desk = (segment: Uint8Array, connection: Connection) => Verdict;

export class Connection {
	readonly address: string;
	/** DataTime of the first packet of split messages, for packets that carry none; written by the desk. */
	readonly splitTimes = new Map<string, number>();
	/** MN that gave the right PW here. */
	readonly known = new Set<string>();
	readonly closed: Promise<void>;

	readonly #socket: Socket;
	readonly #context: DoorContext;
	readonly #desk: Desk;
	readonly #stream = new FrameStream();
	readonly #answers = new InOrder();
	/** Events of the last chunk that wait: for the pace, or for answers. */
	#held: FrameEvent[] = [];
	#heldAt = 0;
	#deadline: number;
	#faults = 0;
	#faultsSince = Number.NEGATIVE_INFINITY;
	#isWaiting = false;
	#isEnding = false;
	#cancelTimer: () => void;
	#cancelPace: () => void = () => undefined;

	constructor(socket: Socket, context: DoorContext, desk: Desk) {
		this.#socket = socket;
		this.#context = context;
		this.#desk = desk;
		this.address = addressOf(socket);
		this.#deadline = context.now() + FIRST_FRAME_MS;
		this.#cancelTimer = context.after(FIRST_FRAME_MS, () => this.#watch());
		this.closed = new Promise((resolve) => {
			socket.once("close", () => {
				this.#cancelTimer();
				this.#cancelPace();
				this.#held = [];
				this.#faultsOf(this.#stream.end());
				resolve();
			});
		});
		socket.setNoDelay(true);
		socket.setKeepAlive(true, 60_000);
		// A reset is how most devices leave; "close" follows and does the rest.
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk) => this.#receive(chunk));
		// A device may close its half as soon as it has sent: what is under way is still answered.
		socket.on("end", () => this.#end());
	}

	/** Reads no more, sends the answers of what is under way, then ends. */
	close(): Promise<void> {
		this.#end();
		const cancel = this.#context.after(FAREWELL_MS, () => this.#socket.destroy());
		void this.closed.then(cancel);
		return this.closed;
	}

	#receive(chunk: Uint8Array): void {
		if (this.#isEnding && this.#socket.destroyed) return;
		const events = this.#stream.push(chunk);
		if (this.#heldAt === this.#held.length) {
			this.#held = events;
			this.#heldAt = 0;
		} else this.#held = [...this.#held.slice(this.#heldAt), ...events];
		if (!this.#isWaiting) this.#work();
	}

	#work(): void {
		this.#isWaiting = false;
		while (this.#heldAt < this.#held.length) {
			if (this.#socket.destroyed) return;
			if (this.#answers.waiting >= MAX_UNANSWERED) {
				this.#pause();
				return;
			}
			const event = this.#held[this.#heldAt]!;
			if (event.type === "fault") {
				this.#heldAt++;
				this.#faultsOf([event]);
				continue;
			}
			const verdict = this.#desk(event.bytes, this);
			if (verdict.type === "wait") {
				this.#pause();
				this.#cancelPace = this.#context.after(verdict.ms, () => this.#work());
				return;
			}
			this.#heldAt++;
			this.#deadline = this.#context.now() + IDLE_MS;
			if (verdict.type === "fault") this.#fault(verdict.code);
			else this.#answer(verdict.answer);
		}
		this.#held = [];
		this.#heldAt = 0;
		if (this.#isEnding) this.#finish();
		else this.#socket.resume();
	}

	#pause(): void {
		this.#isWaiting = true;
		this.#socket.pause();
	}

	#answer(answer: Promise<Uint8Array | null> | Uint8Array | null): void {
		if (!(answer instanceof Promise)) {
			this.#answers.open()(() => this.#send(answer));
			return;
		}
		const done = this.#answers.open();
		const settled = (bytes: Uint8Array | null): void => {
			done(() => this.#send(bytes));
			const isFull = this.#isWaiting && this.#answers.waiting === Math.floor(MAX_UNANSWERED / 2);
			if (isFull) this.#work();
			else if (this.#isEnding) this.#finish();
		};
		// Not stored: no answer, and the device sends again.
		answer.then(settled, () => settled(null));
	}

	#send(bytes: Uint8Array | null): void {
		if (bytes === null || this.#socket.destroyed || this.#socket.writableEnded) return;
		this.#socket.write(bytes);
		if (this.#socket.writableLength <= MAX_UNREAD_BYTES) return;
		this.#context.refused("hj212", this.address, "answers-not-read", new Uint8Array());
		this.#socket.destroy();
	}

	#faultsOf(events: readonly FrameEvent[]): void {
		for (const event of events) {
			if (event.type === "frame") continue;
			// A chunk can fold thousands of faults into one event; beyond the bound the line is closed anyway.
			for (let n = 0; n < event.count && n <= FAULTS_PER_MINUTE; n++) {
				this.#context.refused("hj212", this.address, event.code, event.bytes);
				this.#fault(event.code);
			}
		}
	}

	/** Counts towards the bound a minute. */
	#fault(code: string): void {
		const now = this.#context.now();
		if (now - this.#faultsSince >= 60_000) {
			this.#faultsSince = now;
			this.#faults = 0;
		}
		this.#faults++;
		if (this.#faults !== FAULTS_PER_MINUTE + 1 || this.#socket.destroyed) return;
		this.#context.refused("hj212", this.address, "too-many-faults", Buffer.from(code));
		this.#socket.destroy();
	}

	/** Lazy: one timer a connection, moved on when frames have come since. */
	#watch(): void {
		const now = this.#context.now();
		// While we keep it waiting, its silence is ours.
		if (this.#isWaiting) this.#deadline = Math.max(this.#deadline, now + FIRST_FRAME_MS);
		if (now < this.#deadline) {
			this.#cancelTimer = this.#context.after(this.#deadline - now, () => this.#watch());
			return;
		}
		this.#context.refused("hj212", this.address, "idle", new Uint8Array());
		this.#socket.destroy();
	}

	#end(): void {
		this.#isEnding = true;
		if (!this.#isWaiting) this.#finish();
	}

	#finish(): void {
		if (this.#answers.waiting > 0 || this.#heldAt < this.#held.length) return;
		this.#socket.destroySoon();
	}
}
