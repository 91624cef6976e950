// What waits to go out, per outlet: a short queue, one message under way, tries with growing pauses. Offering returns at once:
// nothing in the path of an alarm waits for the outside. Every try is told to `tried`, which writes it down.
import type { Delivery, Outlet, Words } from "#model/outlet.ts";
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";
import type { Clock } from "../clock.ts";

/** Pauses before the second, third, ... try. Then the message has failed; the alarm itself repeats with a new one. */
export const RETRY_MS = [5_000, 15_000, 60_000, 180_000] as const;
/** Messages that wait at one outlet; beyond it the oldest is dropped, and that is told. */
export const QUEUE_MAX = 200;
/** A group robot takes 20 messages a minute (企业微信, 钉钉). */
const GAP_MS = 3_000;
/** Deliveries remembered for the page. */
const RECENT = 200;

export interface OutboxParts {
	readonly clock: Clock;
	/** As it is set down now; null: removed. */
	outlet(id: string): Outlet | null;
	/** Never rejects. */
	send(outlet: Outlet, words: Words): Promise<Problem | null>;
	/** After every try, and when a message was dropped. */
	tried(delivery: Delivery): void;
}

interface Waiting {
	delivery: Delivery;
	/** Not before, epoch ms. */
	dueAt: number;
}

interface Line {
	readonly waiting: Waiting[];
	isBusy: boolean;
	/** When the last message went out. */
	sentAt: number;
	cancel: (() => void) | null;
}

export interface Offer {
	readonly id: string;
	readonly outlet: string;
	readonly words: Words;
	readonly isTest?: boolean;
}

export class Outbox {
	private readonly parts: OutboxParts;
	private readonly lines = new Map<string, Line>();
	private readonly known: Delivery[] = [];
	private isClosed = false;

	constructor(parts: OutboxParts) {
		this.parts = parts;
	}

	/** Takes it and returns; the first try begins in this turn or when the outlet is free. */
	offer({ id, outlet, words, isTest = false }: Offer): Delivery {
		const at = this.parts.clock.now();
		const name = this.parts.outlet(outlet)?.name ?? outlet;
		const delivery: Delivery = { id, outlet, name, words, isTest, at, tries: [], state: "waiting" };
		this.keep(delivery);
		const line = this.lineOf(outlet);
		line.waiting.push({ delivery, dueAt: at });
		if (line.waiting.length > QUEUE_MAX) {
			const oldest = line.waiting.shift();
			if (oldest !== undefined) this.settle({ ...oldest.delivery, state: "dropped" });
		}
		this.go(outlet, line);
		return delivery;
	}

	/** Newest first. */
	recent(): readonly Delivery[] {
		return this.known.toReversed();
	}

	waiting(outlet: string): number {
		return this.lines.get(outlet)?.waiting.length ?? 0;
	}

	close(): void {
		this.isClosed = true;
		for (const line of this.lines.values()) line.cancel?.();
	}

	private lineOf(outlet: string): Line {
		const line = this.lines.get(outlet);
		if (line !== undefined) return line;
		const fresh: Line = { waiting: [], isBusy: false, sentAt: Number.NEGATIVE_INFINITY, cancel: null };
		this.lines.set(outlet, fresh);
		return fresh;
	}

	/** Sends what is due, or waits until something is. */
	private go(outlet: string, line: Line): void {
		line.cancel?.();
		line.cancel = null;
		if (line.isBusy || this.isClosed || line.waiting.length === 0) return;
		const now = this.parts.clock.now();
		const dueAt = Math.max(Math.min(...line.waiting.map((one) => one.dueAt)), line.sentAt + GAP_MS);
		if (dueAt > now) {
			line.cancel = this.parts.clock.after(dueAt - now, () => this.go(outlet, line));
			return;
		}
		const next = line.waiting.findIndex((one) => one.dueAt <= now);
		const [one] = line.waiting.splice(next, 1);
		if (one === undefined) return;
		line.isBusy = true;
		line.sentAt = now;
		void this.try(one).then((again) => {
			line.isBusy = false;
			if (again !== null) line.waiting.push(again);
			this.go(outlet, line);
		});
	}

	/** @returns it with its next time, or null when it is settled. */
	private async try({ delivery }: Waiting): Promise<Waiting | null> {
		const outlet = this.parts.outlet(delivery.outlet);
		const fault = await this.attempt(outlet, delivery.words);
		const at = this.parts.clock.now();
		const tries = [...delivery.tries, { at, problem: fault }];
		if (fault === null) return this.settle({ ...delivery, tries, state: "sent" });
		const pause = RETRY_MS[tries.length - 1];
		// A test answers its person now; a removed or refused target does not heal by waiting.
		if (pause === undefined || delivery.isTest || outlet === null)
			return this.settle({ ...delivery, tries, state: "failed" });
		const next: Delivery = { ...delivery, tries };
		this.settle(next);
		return { delivery: next, dueAt: at + pause };
	}

	private async attempt(outlet: Outlet | null, words: Words): Promise<Problem | null> {
		if (outlet === null) return problem("no-outlet", "the channel was removed");
		try {
			return await this.parts.send(outlet, words);
		} catch (error) {
			// Our own bug in one channel must not stop the others; it is told like any failure.
			return problem("broken", error instanceof Error ? error.message : String(error));
		}
	}

	private settle(delivery: Delivery): null {
		this.keep(delivery);
		this.parts.tried(delivery);
		return null;
	}

	private keep(delivery: Delivery): void {
		const at = this.known.findIndex(({ id, outlet }) => id === delivery.id && outlet === delivery.outlet);
		if (at >= 0) this.known[at] = delivery;
		else this.known.push(delivery);
		if (this.known.length > RECENT) this.known.shift();
	}
}
