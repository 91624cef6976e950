// Values that wander around and across the limits, seeded, so that alarms come and go. The same seed gives the same walk.

export class Chance {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0 || 1;
	}

	/** 0 <= n < 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** from <= n < to, an integer. */
	whole(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from));
	}
}

/** One channel's values: it stays near a level, and now and then goes to another one. */
export class Walk {
	private readonly chance: Chance;
	private readonly levels: readonly number[];
	private level: number;

	/** @param levels values on both sides of every threshold, with one decimal. */
	constructor(chance: Chance, levels: readonly number[]) {
		this.chance = chance;
		this.levels = levels;
		this.level = levels[0] ?? 0;
	}

	next(): number {
		if (this.chance.next() < 0.06) this.level = this.levels[this.chance.whole(0, this.levels.length)] ?? 0;
		return Math.round(this.level * 10 + this.chance.whole(-4, 5)) / 10;
	}
}
