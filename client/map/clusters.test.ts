import fc from "fast-check";
import { expect, test } from "vitest";
import { type Columns, columnsOf } from "../live/columns.ts";
import { STATES } from "../live/status.ts";
import { buildClusters, CLUSTER_RADIUS_PX, type ClusterSet, moved } from "./clusters.ts";
import { TILE_PX, worldX, worldY } from "./mercator.ts";

const kind = { measures: [], symbol: { radius: 5 }, geometry: "point" };

function columnsAt(places: readonly (readonly [number, number])[]): Columns {
	const assets = places.map(([lon, lat], i) => ({
		record: { lon, lat },
		system: "gas",
		city: "210100",
		firstRow: i,
		measures: ["state"],
		kind,
	}));
	return columnsOf(assets, ["gas"]);
}

/** Counted anew from the members, knowing nothing of how the set keeps its counts. */
function byHand(set: ClusterSet, status: Uint8Array): number[] {
	const counts = new Array<number>(set.count * STATES).fill(0);
	for (const [asset, cluster] of set.of.entries()) {
		if (cluster < 0) continue;
		const slot = cluster * STATES + status[asset]!;
		counts[slot] = (counts[slot] ?? 0) + 1;
	}
	return counts;
}

const place = fc.tuple(
	fc.double({ min: 119, max: 125.5, noNaN: true }),
	fc.double({ min: 38.8, max: 43.4, noNaN: true }),
);
const world = fc.record({
	places: fc.array(place, { minLength: 1, maxLength: 120 }),
	zoom: fc.integer({ min: 7, max: 12 }),
	visible: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 120, maxLength: 120 }),
	status: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 120, maxLength: 120 }),
	changes: fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 0, max: 5 })), { maxLength: 80 }),
});

test("clusters count all four levels, normal and stale as brute force does, after any changes", () => {
	fc.assert(
		fc.property(world, ({ places, zoom, visible, status, changes }) => {
			const columns = columnsAt(places);
			const now = Uint8Array.from(status.slice(0, places.length));
			const set = buildClusters(columns, zoom, Uint8Array.from(visible), now);
			for (const [wanted, state] of changes) {
				const asset = wanted % places.length;
				now[asset] = state;
				moved(set, asset, state);
			}
			expect([...set.counts]).toEqual(byHand(set, now));
		}),
	);
});

test("every visible asset is in exactly one cluster, no hidden one is, and sizes add up", () => {
	fc.assert(
		fc.property(world, ({ places, zoom, visible, status }) => {
			const columns = columnsAt(places);
			const set = buildClusters(columns, zoom, Uint8Array.from(visible), Uint8Array.from(status));
			const sizes = new Array<number>(set.count).fill(0);
			for (const [asset, cluster] of set.of.entries()) {
				expect(cluster >= 0).toBe(visible[asset] === 1);
				if (cluster >= 0) sizes[cluster] = (sizes[cluster] ?? 0) + 1;
			}
			expect([...set.size]).toEqual(sizes);
		}),
	);
});

test("members stand within the radius of their seed on the screen, and two seeds never do", () => {
	fc.assert(
		fc.property(world, ({ places, zoom, status }) => {
			const columns = columnsAt(places);
			const all = new Uint8Array(120).fill(1);
			const set = buildClusters(columns, zoom, all, Uint8Array.from(status));
			const px = TILE_PX * 2 ** zoom;
			const apart = (a: number, b: number): number => {
				const [lonA, latA] = places[a]!;
				const [lonB, latB] = places[b]!;
				return Math.hypot(worldX(lonA) - worldX(lonB), worldY(latA) - worldY(latB)) * px;
			};
			for (const [asset, cluster] of set.of.entries()) {
				expect(apart(asset, set.seed[cluster]!)).toBeLessThanOrEqual(CLUSTER_RADIUS_PX + 1e-6);
			}
			for (let a = 0; a < set.count; a++) {
				for (let b = a + 1; b < set.count; b++) {
					expect(apart(set.seed[a]!, set.seed[b]!)).toBeGreaterThan(CLUSTER_RADIUS_PX - 1e-6);
				}
			}
		}),
		{ numRuns: 40 },
	);
});

test("a cluster stands in the middle of its members", () => {
	const columns = columnsAt([
		[123, 41],
		[123.001, 41],
	]);
	const set = buildClusters(columns, 8, Uint8Array.of(1, 1), Uint8Array.of(0, 4));
	expect(set.count).toBe(1);
	expect(set.position[0]).toBeCloseTo(123.0005, 9);
	expect(set.position[1]).toBeCloseTo(41, 9);
});
