// The recent past of one row, for its rate limits. Two readings of one second say nothing about a change in five minutes: a rate is
// measured over at least a fifth of its unit of time, from the newest value that is that old. Owned by judge.ts. No clock.
import { type Limit, rateOf } from "#model/limit.ts";

/** Share of `rateMs` that a rate must span: a minute for "per 5 min", 12 s for "per min", 4.8 h for "per day". */
const RATE_SPAN_SHARE = 0.2;
/** Values kept within the span: finer steps would only cost memory when a device floods. */
const STEPS = 4;

export class Slope {
	/** Oldest first, at most STEPS + 2 of them. */
	readonly #at: number[] = [];
	readonly #value: number[] = [];

	/** How many values are held: never more than STEPS + 2. */
	get kept(): number {
		return this.#at.length;
	}

	/** Change per `rateMs` from the newest kept value that is old enough; null when there is none. */
	rate(limit: Limit, value: number, at: number): number | null {
		const span = (limit.rateMs ?? 0) * RATE_SPAN_SHARE;
		for (let i = this.#at.length - 1; i >= 0; i--) {
			if (at - this.#at[i]! >= span) return rateOf(limit, value, at, this.#value[i]!, this.#at[i]!);
		}
		return null;
	}

	/** A good, newest value. */
	keep(limit: Limit, value: number, at: number): void {
		const span = (limit.rateMs ?? 0) * RATE_SPAN_SHARE;
		const last = this.#at.at(-1);
		// A row whose clock was put right begins anew.
		if (last !== undefined && at < last) {
			this.#at.length = 0;
			this.#value.length = 0;
		} else if (last !== undefined && at - last < span / STEPS) return;
		this.#at.push(at);
		this.#value.push(value);
		while (this.#at.length > 1 && at - this.#at[1]! >= span) {
			this.#at.shift();
			this.#value.shift();
		}
	}
}
