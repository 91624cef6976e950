// Time as something handed in: the machine's clock in production, a clock that a test moves in tests and in the year's feed.
// Everything on the server that waits or stamps uses this; nothing else calls Date.now.

export interface Clock {
	/** Epoch ms. */
	now(): number;
	/** Calls `run` about every `ms`. @returns stop. */
	every(ms: number, run: () => void): () => void;
	/** Calls `run` once after `ms`. @returns cancel. */
	after(ms: number, run: () => void): () => void;
}

/** The machine's wall time; the timers are monotonic, so a step of the clock neither fires nor holds them. */
export const systemClock: Clock = {
	now: () => Date.now(),
	every(ms, run) {
		const timer = setInterval(run, ms);
		return () => clearInterval(timer);
	},
	after(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
};

interface Due {
	at: number;
	readonly every: number | null;
	readonly run: () => void;
}

/** A clock that stands still until it is moved; timers fire in order of their time while it moves. */
export class ManualClock implements Clock {
	private time: number;
	private readonly due = new Set<Due>();

	constructor(start: number) {
		this.time = start;
	}

	now(): number {
		return this.time;
	}

	every(ms: number, run: () => void): () => void {
		return this.add({ at: this.time + ms, every: ms, run });
	}

	after(ms: number, run: () => void): () => void {
		return this.add({ at: this.time + ms, every: null, run });
	}

	/** Moves to `to`, firing what falls due on the way; time stands at each timer's own time while it runs. */
	advanceTo(to: number): void {
		for (;;) {
			let first: Due | null = null;
			for (const timer of this.due) if (timer.at <= to && (first === null || timer.at < first.at)) first = timer;
			if (first === null) break;
			this.time = Math.max(this.time, first.at);
			if (first.every === null) this.due.delete(first);
			else first.at += first.every;
			first.run();
		}
		this.time = Math.max(this.time, to);
	}

	/** Moves to `to` in one step, as a machine that slept: each timer that fell due fires once, at `to`. For long spans. */
	jumpTo(to: number): void {
		this.time = Math.max(this.time, to);
		for (const timer of [...this.due].sort((a, b) => a.at - b.at)) {
			if (timer.at > this.time || !this.due.has(timer)) continue;
			if (timer.every === null) this.due.delete(timer);
			else timer.at = this.time + timer.every;
			timer.run();
		}
	}

	private add(timer: Due): () => void {
		this.due.add(timer);
		return () => this.due.delete(timer);
	}
}
