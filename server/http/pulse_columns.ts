// Lowest and highest values per step for the channels of one pulse, kept between questions: only the newest steps are read again,
// everything once an hour, because late readings come up to a day later. Owned by pulse.ts; asks the store in small questions, so
// that other readers have their turn between them.
import type { ReadStore } from "../store/store.ts";
import { fromStore } from "./problems.ts";

/** A step is taken as settled this long after its end. */
const SETTLED_MS = 15 * 60_000;
const WHOLE_AGAIN_MS = 3_600_000;
/** Channels of one question to the store. */
const AT_ONCE = 16;
const STEPS_KEPT = 4_000;

/** Counts of one step, by place of the channel; NaN: nothing came in. */
export interface Cells {
	readonly min: Float64Array;
	readonly max: Float64Array;
}

export class PulseColumns {
	private readonly store: Pick<ReadStore, "buckets">;
	private readonly channels: Uint32Array;
	private readonly step: number;
	/** By begin of the step, epoch ms. */
	private cells = new Map<number, Cells>();
	/** Steps that end by then are not read again. */
	private settled = 0;
	private wholeAt = 0;

	constructor(store: Pick<ReadStore, "buckets">, channels: Uint32Array, step: number) {
		this.store = store;
		this.channels = channels;
		this.step = step;
	}

	/** The steps of [from, to), null where a step has not begun. */
	async between(from: number, to: number, now: number): Promise<(Cells | null)[]> {
		const { step } = this;
		if (now - this.wholeAt >= WHOLE_AGAIN_MS || this.cells.size > STEPS_KEPT) {
			this.cells = new Map();
			this.settled = 0;
			this.wholeAt = now;
		}
		let first = Number.POSITIVE_INFINITY;
		let last = Number.NEGATIVE_INFINITY;
		for (let at = from; at < to && at <= now; at += step) {
			if (this.cells.has(at) && at + step <= this.settled) continue;
			first = Math.min(first, at);
			last = at;
		}
		if (last >= first) await this.read(first, last + step);
		this.settled = Math.max(this.settled, now - SETTLED_MS);
		const found: (Cells | null)[] = [];
		for (let at = from; at < to; at += step) found.push(this.cells.get(at) ?? null);
		return found;
	}

	private async read(from: number, to: number): Promise<void> {
		const { channels, step } = this;
		const steps = Math.round((to - from) / step);
		const fresh = Array.from({ length: steps }, (): Cells => {
			return { min: new Float64Array(channels.length), max: new Float64Array(channels.length) };
		});
		for (let begin = 0; begin < channels.length; begin += AT_ONCE) {
			const some = channels.slice(begin, begin + AT_ONCE);
			const { min, max } = await fromStore(this.store.buckets(some, from, to, step));
			for (const [n, cells] of fresh.entries()) {
				for (let row = 0; row < some.length; row++) {
					cells.min[begin + row] = min[row * steps + n] ?? Number.NaN;
					cells.max[begin + row] = max[row * steps + n] ?? Number.NaN;
				}
			}
		}
		for (const [n, cells] of fresh.entries()) this.cells.set(from + n * step, cells);
	}
}
