// Answers that many ask for alike, kept for some seconds: five hundred walls that ask once a minute cost one question. Bounded; an
// answer under way is shared, a failed one is not kept.
import type { Clock } from "../clock.ts";

export class Kept<T> {
	private readonly clock: Clock;
	private readonly ms: number;
	private readonly most: number;
	private readonly answers = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();

	/** @param most answers kept; the oldest gives way. */
	constructor(clock: Clock, ms: number, most: number) {
		this.clock = clock;
		this.ms = ms;
		this.most = most;
	}

	get(key: string, make: () => Promise<T>): Promise<T> {
		const now = this.clock.now();
		const known = this.answers.get(key);
		if (known !== undefined && now - known.at < this.ms && now >= known.at) return known.answer;
		const answer = make();
		const entry = { at: now, answer };
		this.answers.delete(key);
		this.answers.set(key, entry);
		for (const oldest of this.answers.keys()) {
			if (this.answers.size <= this.most) break;
			this.answers.delete(oldest);
		}
		answer.catch(() => {
			if (this.answers.get(key) === entry) this.answers.delete(key);
		});
		return answer;
	}
}
