// A Change told at most so often: at once after a rest, then not before the time is over, and never not at all. For those who
// draw; whoever must act at once (sound, title) listens to the events themselves.
import { Change } from "./change.ts";

export interface Pace {
	/** Monotonic ms. */
	readonly elapsed: () => number;
	readonly later: (ms: number, act: () => void) => void;
	readonly everyMs: number;
}

export class Paced {
	readonly change = new Change();
	private toldAt = Number.NEGATIVE_INFINITY;
	private isAsked = false;
	private readonly pace: Pace | null;

	/** null: told at every asking. */
	constructor(pace: Pace | null) {
		this.pace = pace;
	}

	ask(): void {
		if (this.pace === null) {
			this.change.bump();
			return;
		}
		if (this.isAsked) return;
		const left = this.pace.everyMs - (this.pace.elapsed() - this.toldAt);
		if (left <= 0) {
			this.tell();
			return;
		}
		this.isAsked = true;
		this.pace.later(left, () => {
			this.isAsked = false;
			this.tell();
		});
	}

	/** Not paced: what was held is another picture now. */
	tell(): void {
		if (this.pace !== null) this.toldAt = this.pace.elapsed();
		this.change.bump();
	}
}
