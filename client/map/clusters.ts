// Clusters between the city glyphs and the single points: assets within a radius at one zoom stand together and count all
// four levels. Members are fixed per (catalogue, zoom, visible systems); a change of status moves two counters. Pure; hot in
// `moved`. The greedy walk is that of supercluster (seed, then neighbours by a grid), on indices instead of features.
import type { Columns } from "../live/columns.ts";
import { STATES } from "../live/status.ts";
import { latOf, lonOf, TILE_PX, worldX, worldY } from "./mercator.ts";

/** Assets nearer than this on the screen stand together, px. */
export const CLUSTER_RADIUS_PX = 46;

export interface ClusterSet {
	readonly zoom: number;
	readonly count: number;
	/** Cluster of an asset, -1 when its system is hidden. */
	readonly of: Int32Array;
	readonly size: Int32Array;
	/** lon, lat per cluster: the mean of its members in world units. */
	readonly position: Float64Array;
	/** First member; the only one of a cluster of size 1. */
	readonly seed: Int32Array;
	/** Assets by cluster and status, STATES per cluster. */
	readonly counts: Int32Array;
	/** The status that `counts` holds for each asset. */
	readonly counted: Uint8Array;
}

/** @param visible 1 per asset that is drawn at all. */
export function buildClusters(columns: Columns, zoom: number, visible: Uint8Array, status: Uint8Array): ClusterSet {
	const radius = CLUSTER_RADIUS_PX / (TILE_PX * 2 ** zoom);
	const x = new Float64Array(columns.count);
	const y = new Float64Array(columns.count);
	for (let i = 0; i < columns.count; i++) {
		x[i] = worldX(columns.position[i * 2]!);
		y[i] = worldY(columns.position[i * 2 + 1]!);
	}
	const of = new Int32Array(columns.count).fill(-1);
	const seeds = gather(x, y, radius, visible, of);
	const count = seeds.length;
	const set: ClusterSet = {
		zoom,
		count,
		of,
		size: new Int32Array(count),
		position: new Float64Array(count * 2),
		seed: Int32Array.from(seeds),
		counts: new Int32Array(count * STATES),
		counted: Uint8Array.from(status.subarray(0, columns.count)),
	};
	sum(set, x, y);
	return set;
}

/** Gives each visible asset a cluster in `of`. @returns the seed of each cluster. */
function gather(x: Float64Array, y: Float64Array, radius: number, visible: Uint8Array, of: Int32Array): number[] {
	const grid = new Map<number, number[]>();
	const side = Math.ceil(1 / radius);
	for (let i = 0; i < x.length; i++) {
		if (visible[i] === 0) continue;
		const key = Math.floor(x[i]! / radius) * side + Math.floor(y[i]! / radius);
		const bucket = grid.get(key);
		if (bucket === undefined) grid.set(key, [i]);
		else bucket.push(i);
	}
	const seeds: number[] = [];
	for (let i = 0; i < x.length; i++) {
		if (visible[i] === 0 || of[i] !== -1) continue;
		const cluster = seeds.length;
		seeds.push(i);
		const gx = Math.floor(x[i]! / radius);
		const gy = Math.floor(y[i]! / radius);
		for (let column = gx - 1; column <= gx + 1; column++) {
			for (let line = gy - 1; line <= gy + 1; line++) {
				for (const j of grid.get(column * side + line) ?? NOBODY) {
					if (of[j] !== -1) continue;
					const dx = x[j]! - x[i]!;
					const dy = y[j]! - y[i]!;
					if (dx * dx + dy * dy <= radius * radius) of[j] = cluster;
				}
			}
		}
	}
	return seeds;
}

const NOBODY: readonly number[] = [];

function sum(set: ClusterSet, x: Float64Array, y: Float64Array): void {
	for (let i = 0; i < x.length; i++) {
		const cluster = set.of[i]!;
		if (cluster < 0) continue;
		set.size[cluster] = set.size[cluster]! + 1;
		set.position[cluster * 2] = set.position[cluster * 2]! + x[i]!;
		set.position[cluster * 2 + 1] = set.position[cluster * 2 + 1]! + y[i]!;
		const slot = cluster * STATES + set.counted[i]!;
		set.counts[slot] = set.counts[slot]! + 1;
	}
	for (let cluster = 0; cluster < set.count; cluster++) {
		const size = set.size[cluster]!;
		set.position[cluster * 2] = lonOf(set.position[cluster * 2]! / size);
		set.position[cluster * 2 + 1] = latOf(set.position[cluster * 2 + 1]! / size);
	}
}

/** One asset's status became another. Hot. */
export function moved(set: ClusterSet, asset: number, status: number): void {
	const before = set.counted[asset]!;
	if (before === status) return;
	set.counted[asset] = status;
	const cluster = set.of[asset]!;
	if (cluster < 0) return;
	const base = cluster * STATES;
	set.counts[base + before] = set.counts[base + before]! - 1;
	set.counts[base + status] = set.counts[base + status]! + 1;
}
