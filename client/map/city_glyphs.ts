// The fourteen cities at province zoom: a ring of ticks, one per group of assets, coloured by the group's worst status;
// name and total inside, the counts of the four levels below. Data here, pure; drawing in draw_cities.ts.
import type { Columns } from "../live/columns.ts";
import { STALE, STATES } from "../live/status.ts";

/** Ticks of a ring at most; a tick stands for several assets in a big city. */
export const TICKS = 48;

export interface CityGlyph {
	readonly code: string;
	/** Anchor: the mean of its assets, or the place given by the caller. WGS-84 degrees. */
	readonly lon: number;
	readonly lat: number;
	/** Assets shown. */
	readonly total: number;
	/** By status, STATES long. */
	readonly counts: readonly number[];
	/** Worst status per tick, by system and then along the catalogue's order. */
	readonly ticks: readonly number[];
}

export type CityPlace = (code: string) => readonly [number, number] | null;

/** All cities anew: one walk over the assets. Called at most a few times a second. */
export function cityGlyphs(columns: Columns, status: Uint8Array, visible: Uint8Array, place: CityPlace): CityGlyph[] {
	const cities = columns.cities.length;
	const members: number[][] = Array.from({ length: cities }, () => []);
	const sums = new Float64Array(cities * 2);
	for (let i = 0; i < columns.count; i++) {
		if (visible[i] === 0) continue;
		const city = columns.city[i]!;
		members[city]?.push(i);
		sums[city * 2] = sums[city * 2]! + columns.position[i * 2]!;
		sums[city * 2 + 1] = sums[city * 2 + 1]! + columns.position[i * 2 + 1]!;
	}
	return columns.cities.map((code, city) => {
		const list = (members[city] ?? []).sort((a, b) => columns.system[a]! - columns.system[b]! || a - b);
		const total = list.length;
		const mean = [(sums[city * 2] ?? 0) / (total || 1), (sums[city * 2 + 1] ?? 0) / (total || 1)] as const;
		const [lon, lat] = place(code) ?? mean;
		return { code, lon, lat, total, counts: countOf(list, status), ticks: ticksOf(list, status) };
	});
}

function countOf(list: readonly number[], status: Uint8Array): number[] {
	const counts = new Array<number>(STATES).fill(0);
	for (const index of list) {
		const state = status[index]!;
		counts[state] = (counts[state] ?? 0) + 1;
	}
	return counts;
}

function ticksOf(list: readonly number[], status: Uint8Array): number[] {
	const count = Math.min(TICKS, list.length);
	const ticks = new Array<number>(count).fill(0);
	for (const [at, index] of list.entries()) {
		const tick = Math.floor((at * count) / list.length);
		ticks[tick] = worse(ticks[tick] ?? 0, status[index]!);
	}
	return ticks;
}

/** Stale is worse than normal and less than any level. */
function worse(a: number, b: number): number {
	return rank(b) > rank(a) ? b : a;
}

function rank(state: number): number {
	return state === STALE ? 0.5 : state;
}
