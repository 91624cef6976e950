// Chance for the demo province: hashes and small generators that give the same numbers on every machine for the same seed.
// Used by the demo catalogue and by the simulator's world. Never reads a clock and never uses Math.random.

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Spreads the bits of a 32-bit integer (MurmurHash3's finaliser). */
function avalanche(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** 0..2^32-1 for a text. */
export function hashText(text: string, seed = 0): number {
	let h = FNV_OFFSET ^ seed;
	for (let index = 0; index < text.length; index++) h = Math.imul(h ^ text.charCodeAt(index), FNV_PRIME);
	return avalanche(h);
}

/** 0..2^32-1 for two integers; order matters. Hot in the simulator. */
export function hashPair(a: number, b: number): number {
	return avalanche(Math.imul(a | 0, 0x9e3779b1) ^ avalanche(b));
}

/** 0 <= x < 1 for two integers. */
export function unit(a: number, b: number): number {
	return hashPair(a, b) / 4_294_967_296;
}

/** A stream of chance (mulberry32). */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed | 0;
	}

	/** 0 <= x < 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** An integer from..to, both included. */
	int(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	between(from: number, to: number): number {
		return from + this.next() * (to - from);
	}

	/** About normal with mean 0 and deviation 1 (sum of six). */
	normal(): number {
		let sum = 0;
		for (let index = 0; index < 6; index++) sum += this.next();
		return (sum - 3) * Math.SQRT2;
	}

	pick<T>(list: readonly T[]): T {
		const chosen = list[Math.floor(this.next() * list.length)];
		if (chosen === undefined) throw new Error("nothing to pick from");
		return chosen;
	}

	/** A key of `weights`, by its share. */
	weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
		const entries = Object.entries(weights) as [T, number][];
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [key, weight] of entries) {
			left -= weight;
			if (left < 0) return key;
		}
		return (entries.at(-1) as [T, number])[0];
	}
}
