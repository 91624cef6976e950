// How a model block is written down (metres around its centre, x east, y north) and how a cell of its street grid fills with houses.
// Used by model_blocks.ts only. Pure and without chance: the same plan gives the same block everywhere.
import type { Position } from "./polygon.ts";

/** Metres east and north of the block's centre, before the block is turned. */
export type Metres = readonly [x: number, y: number];
/** What stands between four streets. */
export type CellUse = "slabs" | "towers" | "court" | "school" | "shops" | "clinic" | "works" | "park" | "site";
export type BuildingUse = "housing" | "public" | "shop" | "works" | "station";

/** A street of the grid: where it lies (x of a street that runs north, y of one that runs east) and how wide it is. */
export interface PlanStreet {
	readonly at: number;
	readonly widthM: number;
	readonly name: string;
}

export interface Plan {
	readonly id: string;
	readonly district: string;
	readonly name: { readonly zh: string; readonly en: string };
	readonly centre: Position;
	/** Degrees that the grid is turned anticlockwise. */
	readonly turn: number;
	readonly north: readonly PlanStreet[];
	readonly east: readonly PlanStreet[];
	/** Rows from north to south, each from west to east. */
	readonly cells: readonly (readonly CellUse[])[];
	readonly canal: { readonly name: string; readonly widthM: number; readonly line: readonly Metres[] };
	readonly railway: readonly Metres[];
	/** Street of `east` that passes under the railway, and x of the lowest point. */
	readonly underpass: { readonly street: string; readonly x: number };
	readonly siteName: string;
}

export interface Box {
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

export interface PlanBuilding {
	readonly use: BuildingUse;
	readonly floors: number;
	readonly ring: readonly Metres[];
}

/** Half of a block's side. */
export const HALF_M = 1000;
const METRES_PER_DEGREE = 111_195; // mean Earth radius 6,371 km

/** Turns a plan's metres into WGS-84, rounded to 1e-6 degrees (about a decimetre). */
export function placer(plan: Plan): (point: Metres) => Position {
	const [lon, lat] = plan.centre;
	const angle = (plan.turn * Math.PI) / 180;
	const perLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
	return ([x, y]) => {
		const east = x * Math.cos(angle) - y * Math.sin(angle);
		const north = x * Math.sin(angle) + y * Math.cos(angle);
		return [Number((lon + east / perLon).toFixed(6)), Number((lat + north / METRES_PER_DEGREE).toFixed(6))];
	};
}

/** A closed rectangle around its middle, `wide` along x. */
export function rectangle([x, y]: Metres, wide: number, deep: number): Metres[] {
	const [w, d] = [wide / 2, deep / 2];
	return [
		[x - w, y - d],
		[x + w, y - d],
		[x + w, y + d],
		[x - w, y + d],
		[x - w, y - d],
	];
}

export function boxRing({ west, south, east, north }: Box): Metres[] {
	return rectangle([(west + east) / 2, (south + north) / 2], east - west, north - south);
}

/** A closed ellipse of 32 points. */
export function ellipse([x, y]: Metres, wide: number, deep: number): Metres[] {
	return Array.from({ length: 33 }, (_, i): Metres => {
		const angle = (i / 32) * 2 * Math.PI;
		return [x + (wide / 2) * Math.cos(angle), y + (deep / 2) * Math.sin(angle)];
	});
}

/** Corners cut three times (Chaikin); the ends stay. */
export function smooth(line: readonly Metres[]): Metres[] {
	let points = [...line];
	for (let round = 0; round < 3; round++) {
		const cut: Metres[] = points.slice(0, 1);
		for (const [i, to] of points.entries()) {
			const from = points[i - 1];
			if (!from) continue;
			cut.push([0.75 * from[0] + 0.25 * to[0], 0.75 * from[1] + 0.25 * to[1]]);
			cut.push([0.25 * from[0] + 0.75 * to[0], 0.25 * from[1] + 0.75 * to[1]]);
		}
		points = [...cut, ...points.slice(-1)];
	}
	return points;
}

/** The strip of `wide` metres along a line, closed. The line must bend more gently than it is wide. */
export function strip(line: readonly Metres[], wide: number): Metres[] {
	const side = (sign: number): Metres[] =>
		line.map(([x, y], i) => {
			const [ax, ay] = line[i - 1] ?? [x, y];
			const [bx, by] = line[i + 1] ?? [x, y];
			const length = Math.hypot(bx - ax, by - ay) || 1;
			return [x - (sign * wide * (by - ay)) / (2 * length), y + (sign * wide * (bx - ax)) / (2 * length)];
		});
	const ring = [...side(1), ...side(-1).reverse()];
	return [...ring, ...ring.slice(0, 1)];
}

function metresFrom([x, y]: Metres, line: readonly Metres[]): number {
	let best = Number.POSITIVE_INFINITY;
	for (const [i, [bx, by]] of line.entries()) {
		const [ax, ay] = line[i - 1] ?? [bx, by];
		const length = (bx - ax) ** 2 + (by - ay) ** 2;
		const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
		best = Math.min(best, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
	}
	return best;
}

/** True when the sides of a ring keep `clear` metres from the line; looks every few metres, a shed may be longer than that. */
export function isClear(ring: readonly Metres[], line: readonly Metres[], clear: number): boolean {
	return ring.every(([x, y], i) => {
		const [fromX, fromY] = ring[i - 1] ?? [x, y];
		return [0, 0.2, 0.4, 0.6, 0.8].every(
			(share) => metresFrom([x + share * (fromX - x), y + share * (fromY - y)], line) > clear,
		);
	});
}

/** Where a cell of use "site" has its hoarding: 240 m x 200 m in the south-west, so that its parts see each other. */
export function siteBox({ west, south }: Box): Box {
	return { west, south, east: west + 240, north: south + 200 };
}

/** Houses in rows, each facing south, with a lane left free through the middle both ways and `frontM` free in the south. */
function rows(
	box: Box,
	size: { wide: number; deep: number; gap: number; pitch: number; floors: number },
	frontM = 0,
): PlanBuilding[] {
	const { wide, deep, gap, pitch, floors } = size;
	const buildings: PlanBuilding[] = [];
	const lane = { x: (box.west + box.east) / 2, y: (box.south + box.north) / 2 };
	const half = (box.east - box.west) / 2 - 10;
	const perHalf = Math.max(1, Math.floor((half + gap) / (wide + gap)));
	const spare = (half - perHalf * wide - (perHalf - 1) * gap) / 2;
	for (let y = box.north - deep; y > box.south + frontM + deep / 2; y -= pitch) {
		if (Math.abs(y - lane.y) < deep / 2 + 6) continue;
		for (const side of [-1, 1])
			for (let n = 0; n < perHalf; n++) {
				const x = lane.x + side * (10 + spare + wide / 2 + n * (wide + gap));
				// Every fifth house a storey higher, and the row beside the lane a little shorter: nothing grows by ruler alone.
				const isFifth = (n + Math.round(y / pitch)) % 5 === 0;
				const shorter = n === 0 ? 6 : 0;
				const ring = rectangle([x + (side * shorter) / 2, y], wide - shorter, deep);
				buildings.push({ use: "housing", floors: isFifth ? floors + 1 : floors, ring });
			}
	}
	return buildings;
}

function middle(box: Box): Metres {
	return [(box.west + box.east) / 2, (box.south + box.north) / 2];
}

const at = ([x, y]: Metres, dx: number, dy: number): Metres => [x + dx, y + dy];
const building = (use: BuildingUse, floors: number, centre: Metres, wide: number, deep: number): PlanBuilding => ({
	use,
	floors,
	ring: rectangle(centre, wide, deep),
});

/** A row of shops of two floors along the southern street. */
function shopFront(box: Box): PlanBuilding[] {
	const shops: PlanBuilding[] = [];
	for (let x = box.west + 34; x < box.east - 30; x += 62)
		if (Math.abs(x - (box.west + box.east) / 2) > 38) shops.push(building("shop", 2, [x, box.south + 8], 56, 14));
	return shops;
}

/** Teaching wings, a hall, and the ground with its track. */
function school(box: Box): PlanBuilding[] {
	const centre = middle(box);
	return [
		building("public", 5, at(centre, -70, 70), 110, 16),
		building("public", 5, at(centre, -70, 26), 110, 16),
		building("public", 4, at(centre, -132, 48), 14, 60),
		building("public", 2, at(centre, 95, 88), 60, 40),
		building("public", 6, at(centre, 95, 30), 64, 16),
		building("public", 1, at(centre, -134, -98), 30, 20),
	];
}

function shops(box: Box): PlanBuilding[] {
	const centre = middle(box);
	return [
		building("shop", 4, at(centre, -95, -60), 150, 96),
		building("shop", 24, at(centre, -132, -60), 42, 42),
		building("shop", 4, at(centre, 105, -66), 120, 82),
		building("shop", 31, at(centre, 122, -66), 40, 40),
		building("public", 18, at(centre, -120, 92), 70, 34),
		building("public", 12, at(centre, 10, 104), 86, 28),
		building("shop", 6, at(centre, 130, 88), 84, 52),
		building("public", 9, at(centre, -120, 152), 110, 26),
		building("shop", 5, at(centre, 20, 156), 120, 40),
		building("public", 14, at(centre, 128, 160), 74, 26),
		building("shop", 3, at(centre, 0, -140), 60, 40),
	];
}

function clinic(box: Box): PlanBuilding[] {
	const centre = middle(box);
	return [
		building("public", 5, at(centre, -40, -92), 170, 30),
		building("public", 15, at(centre, -40, -20), 150, 24),
		building("public", 6, at(centre, -108, -56), 18, 42),
		building("public", 6, at(centre, 28, -56), 18, 42),
		building("public", 8, at(centre, -60, 62), 96, 20),
		building("public", 3, at(centre, 84, 74), 44, 44),
		building("public", 2, at(centre, 90, -80), 40, 26),
	];
}

function works(box: Box): PlanBuilding[] {
	const sheds: PlanBuilding[] = [];
	for (let y = box.north - 44; y > box.south + 40; y -= 84)
		for (let x = box.west + 70; x < box.east - 50; x += 138) sheds.push(building("works", 2, [x, y], 116, 52));
	return sheds;
}

/** The western part of a cell, and the rest, with a path between. */
function split(box: Box, share: number): [Box, Box] {
	const cut = box.west + share * (box.east - box.west);
	return [
		{ ...box, east: cut - 8 },
		{ ...box, west: cut + 8 },
	];
}

const SLABS = { wide: 62, deep: 13, gap: 13, pitch: 31, floors: 6 };
const COURT = { wide: 70, deep: 15, gap: 17, pitch: 46, floors: 11 };
const TOWERS = { wide: 36, deep: 18, gap: 26, pitch: 68, floors: 27 };

/** Site huts behind the hoarding; houses in the rest of the cell. */
function besideSite(box: Box): PlanBuilding[] {
	const site = siteBox(box);
	const hut = (x: number) => building("works", 2, [x, site.south + 12], 44, 8);
	return [
		hut(site.west + 34),
		hut(site.west + 86),
		...rows({ ...box, south: site.north + 20 }, COURT),
		...rows({ ...box, west: site.east + 20, north: site.north + 10 }, SLABS, 20),
	];
}

/** What stands in a cell. `box` is the cell without its streets and pavements. */
export function buildingsOf(use: CellUse, box: Box): PlanBuilding[] {
	const [west, east] = split(box, 0.66);
	switch (use) {
		case "slabs":
			return [...rows(box, SLABS, 24), ...shopFront(box)];
		case "court":
			return rows(box, COURT);
		case "towers":
			return rows(box, TOWERS);
		case "school":
			return [...school(west), ...rows(east, SLABS)];
		case "shops":
			return shops(box);
		case "clinic":
			return [...clinic(west), ...rows(east, COURT)];
		case "works":
			return works(box);
		case "park":
			return [
				building("public", 1, at(middle(box), -60, 40), 22, 16),
				building("public", 1, at(middle(box), 90, -50), 16, 16),
			];
		case "site":
			return besideSite(box);
	}
}
