// Whose turn it is: entries of one period, spread evenly over it by their phases, handed out as the clock passes them. No timers of
// its own; main's tick asks. A step costs what is due in it, not what exists.

export class Rota<Entry> {
	readonly periodMs: number;
	readonly #entries: readonly Entry[];
	readonly #phases: Float64Array;
	/** Everything up to here has been handed out. */
	#doneAt: number;

	/** @param phaseOf 0 <= phase < 1, the place of an entry in the period. */
	constructor(periodMs: number, entries: readonly Entry[], phaseOf: (entry: Entry) => number, startAt: number) {
		this.periodMs = periodMs;
		const ordered = entries.map((entry) => [phaseOf(entry) * periodMs, entry] as const).toSorted((a, b) => a[0] - b[0]);
		this.#entries = ordered.map(([, entry]) => entry);
		this.#phases = Float64Array.from(ordered, ([phase]) => phase);
		this.#doneAt = startAt;
	}

	/** Entries whose time lies after the last call and not after `now`, in order. A pause longer than a period is one round. */
	due(now: number, run: (entry: Entry) => void): void {
		const count = this.#entries.length;
		const from = Math.max(this.#doneAt, now - this.periodMs);
		if (count === 0 || now <= from) return;
		this.#doneAt = now;
		const round = Math.floor(from / this.periodMs) * this.periodMs;
		let index = this.#firstAfter(from - round);
		let base = round;
		for (let left = count; left > 0; left--) {
			if (index === count) {
				index = 0;
				base += this.periodMs;
			}
			if (base + this.#phases[index]! > now) return;
			run(this.#entries[index]!);
			index += 1;
		}
	}

	#firstAfter(phase: number): number {
		let low = 0;
		let high = this.#phases.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#phases[middle]! <= phase) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
