// Chance and texture of the pictures: a seeded generator (a camera is the same place at every start) and one tile of cloudy noise
// that ground, walls, water and sky are read from. Pure.

/** FNV-1a of a text: the seed of a place. */
export function seedOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash >>> 0;
}

/** 0..1 from up to three integers, without a table. */
export function hash(a: number, b = 0, c = 0): number {
	let h = Math.imul(a | 0, 0x27d4eb2d) ^ Math.imul(b | 0, 0x165667b1) ^ Math.imul(c | 0, 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** mulberry32. */
export class Dice {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}

	/** Both ends included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	pick<T>(from: readonly T[]): T {
		const one = from[Math.floor(this.next() * from.length)];
		if (one === undefined) throw new Error("nothing to pick from");
		return one;
	}
}

export const TILE = 256;
const MASK = TILE - 1;

/** Five octaves of value noise that repeat at the tile's edge, 0..1, mean about 0.5. */
export const tile: Float32Array = makeTile();

function makeTile(): Float32Array {
	const out = new Float32Array(TILE * TILE);
	let weight = 0;
	for (let octave = 0; octave < 5; octave++) {
		const cells = 8 << octave;
		const share = 0.55 ** octave;
		weight += share;
		for (let y = 0; y < TILE; y++)
			for (let x = 0; x < TILE; x++)
				out[y * TILE + x]! += share * lattice((x * cells) / TILE, (y * cells) / TILE, cells);
	}
	for (let i = 0; i < out.length; i++) out[i]! /= weight;
	return out;
}

function lattice(x: number, y: number, cells: number): number {
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	const fx = smooth(x - x0);
	const fy = smooth(y - y0);
	const at = (i: number, j: number): number => hash(i % cells, j % cells, cells);
	const top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
	const bottom = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
	return top * (1 - fy) + bottom * fy;
}

function smooth(t: number): number {
	return t * t * (3 - 2 * t);
}

/** Noise at a place of the plane, in tile pixels, bilinear. Hot: a few times a pixel. */
export function cloudy(x: number, y: number): number {
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	const fx = x - x0;
	const fy = y - y0;
	const a = x0 & MASK;
	const b = (x0 + 1) & MASK;
	const top = (y0 & MASK) * TILE;
	const bottom = ((y0 + 1) & MASK) * TILE;
	return (
		(tile[top + a]! * (1 - fx) + tile[top + b]! * fx) * (1 - fy) +
		(tile[bottom + a]! * (1 - fx) + tile[bottom + b]! * fx) * fy
	);
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function ramp(from: number, to: number, value: number): number {
	const t = clamp((value - from) / (to - from), 0, 1);
	return t * t * (3 - 2 * t);
}
