// Rain that arrives: a stipple whose density is mm per 10 min, where the storm goes, and its edge in 30, 60 and 90 minutes. Pure but
// for the grids of the last half hour, which it keeps. Computed, not measured; marked so on the wall.
import type { Contour } from "./contours.ts";
import { contoursOf } from "./contours.ts";
import type { Grid, Sample } from "./grid.ts";
import { barnes, PROVINCE_FRAME } from "./grid.ts";

/** Gauges stand closer than weather stations; rain is a local thing. */
const RAIN_KM = 18;
/** Less than this is drizzle on one gauge, mm per 10 min. */
const LEAST = 0.1;
/** Dots of a node per mm in 10 min, and at most. */
const DOTS_PER_MM = 0.9;
const DOTS_MOST = 5;
const ALL_DOTS_MOST = 4_000;
const FRONTS_MIN = [30, 60, 90] as const;
/** The field is compared with itself this long ago: shorter shows nothing, longer is another storm. */
const BACK_LEAST_MS = 8 * 60_000;
const BACK_MOST_MS = 35 * 60_000;
/** Nodes; 0.05 degrees each. A storm at 90 km/h does 20 km in 13 min. */
const SHIFT_MOST = 9;

export interface RainField {
	readonly dots: Float32Array;
	readonly drift: readonly [number, number] | null;
	readonly fronts: readonly Contour[];
}

export class Rain {
	private readonly past: { readonly at: number; readonly grid: Grid }[] = [];
	private readonly isLand: (lon: number, lat: number) => boolean;

	constructor(isLand: (lon: number, lat: number) => boolean) {
		this.isLand = isLand;
	}

	/** @param samples mm per 10 min, as of `at`, epoch ms. */
	take(samples: readonly Sample[], at: number): RainField {
		const grid = barnes(samples, PROVINCE_FRAME, RAIN_KM);
		while (this.past[0] !== undefined && at - this.past[0].at > BACK_MOST_MS) this.past.shift();
		const before = this.past.find((one) => at - one.at >= BACK_LEAST_MS);
		const drift = before === undefined ? null : driftOf(before.grid, grid, (at - before.at) / 60_000);
		this.past.push({ at, grid });
		return { dots: dotsOf(grid, this.isLand), drift, fronts: drift === null ? [] : frontsOf(grid, drift, this.isLand) };
	}
}

/** One dot more for every so much rain; where they stand within a node depends on the node alone, so that they do not flicker. */
export function dotsOf(grid: Grid, isLand: (lon: number, lat: number) => boolean): Float32Array<ArrayBuffer> {
	const dots: number[] = [];
	for (let row = 0; row < grid.rows; row++) {
		for (let column = 0; column < grid.columns; column++) {
			const rain = grid.values[row * grid.columns + column]!;
			if (!(rain >= LEAST) || dots.length >= 2 * ALL_DOTS_MOST) continue;
			const wanted = Math.min(DOTS_MOST, rain * DOTS_PER_MM + 0.35);
			for (let n = 0; n < DOTS_MOST; n++) {
				if (wanted - n <= hash(row, column, n)) continue;
				const lon = grid.west + (column + hash(row, column, n + 11) - 0.5) * grid.step;
				const lat = grid.south + (row + hash(row, column, n + 23) - 0.5) * grid.step;
				if (isLand(lon, lat)) dots.push(lon, lat);
			}
		}
	}
	return Float32Array.from(dots);
}

/** 0..1, the same for the same node. */
function hash(row: number, column: number, n: number): number {
	let h = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35);
	h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
	h ^= h >>> 13;
	return (h >>> 0) / 4_294_967_296;
}

/** The shift at which the field of `minutes` ago looks most like now, in degrees of lon and lat per minute; null: no rain. */
export function driftOf(before: Grid, now: Grid, minutes: number): readonly [number, number] | null {
	let best = 0;
	let drift: readonly [number, number] | null = null;
	for (let dy = -SHIFT_MOST; dy <= SHIFT_MOST; dy++) {
		for (let dx = -SHIFT_MOST; dx <= SHIFT_MOST; dx++) {
			const likeness = likenessOf(before, now, dx, dy);
			if (likeness > best) {
				best = likeness;
				drift = [(dx * now.step) / minutes, (dy * now.step) / minutes];
			}
		}
	}
	return drift;
}

/** Correlation of the wet nodes, every second one: thirty thousand products at most. */
function likenessOf(before: Grid, now: Grid, dx: number, dy: number): number {
	let product = 0;
	let a2 = 0;
	let b2 = 0;
	for (let row = SHIFT_MOST; row < now.rows - SHIFT_MOST; row += 2) {
		for (let column = SHIFT_MOST; column < now.columns - SHIFT_MOST; column += 2) {
			const a = wet(before.values[(row - dy) * before.columns + column - dx]!);
			const b = wet(now.values[row * now.columns + column]!);
			product += a * b;
			a2 += a * a;
			b2 += b * b;
		}
	}
	return a2 === 0 || b2 === 0 ? 0 : product / Math.sqrt(a2 * b2);
}

function wet(value: number): number {
	return value >= LEAST ? value : 0;
}

/** The edge of what falls now, carried on by the drift; `level` is minutes ahead. */
function frontsOf(
	grid: Grid,
	[east, north]: readonly [number, number],
	isLand: (lon: number, lat: number) => boolean,
): Contour[] {
	if (Math.hypot(east, north) < 0.001) return [];
	return FRONTS_MIN.flatMap((minutes) => {
		const moved: Grid = { ...grid, west: grid.west + east * minutes, south: grid.south + north * minutes };
		return contoursOf(moved, [0.5], isLand).flatMap(({ path }) =>
			ahead(path, moved, [east, north]).map((piece) => ({ level: minutes, path: piece })),
		);
	});
}

/** The side of the edge that goes first: where the rain lies behind. */
function ahead(
	path: readonly (readonly [number, number])[],
	grid: Grid,
	[east, north]: readonly [number, number],
): (readonly [number, number])[][] {
	const length = Math.hypot(east, north);
	const [ux, uy] = [(east / length) * grid.step * 1.5, (north / length) * grid.step * 1.5];
	const wetAt = (lon: number, lat: number): number => {
		const column = Math.round((lon - grid.west) / grid.step);
		const row = Math.round((lat - grid.south) / grid.step);
		const isIn = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
		return isIn ? wet(grid.values[row * grid.columns + column]!) : 0;
	};
	const pieces: (readonly [number, number])[][] = [];
	let piece: (readonly [number, number])[] = [];
	for (const position of path) {
		const [lon, lat] = position;
		if (wetAt(lon - ux, lat - uy) > wetAt(lon + ux, lat + uy)) piece.push(position);
		else {
			if (piece.length > 3) pieces.push(piece);
			piece = [];
		}
	}
	if (piece.length > 3) pieces.push(piece);
	return pieces;
}
