// Lines of equal value of a grid, cut at the border of the land. turf walks the squares; here the lines are rounded once and clipped.
// Pure; run in a worker.
import { isolines } from "@turf/turf";
import type { Grid } from "./grid.ts";

type Position = readonly [number, number];
/** As turf takes a grid: points in rows. */
type Points = Parameters<typeof isolines>[0];

/** GeoJSON of the lines, as MapLibre's source takes it. */
export interface Lines {
	readonly type: "FeatureCollection";
	readonly features: {
		readonly type: "Feature";
		readonly geometry: { readonly type: "LineString"; readonly coordinates: number[][] };
		readonly properties: { readonly label: string };
	}[];
}

export interface Contour {
	readonly level: number;
	readonly path: readonly Position[];
}

/** A piece shorter than this is a crumb at the border, degrees. */
const SHORTEST = 0.25;
/** Halvings between a vertex on land and one beyond: 0.05 degrees become 30 m. */
const HALVINGS = 7;

/** @param isLand whether a place belongs to the ground that is drawn. */
export function contoursOf(
	grid: Grid,
	levels: readonly number[],
	isLand: (lon: number, lat: number) => boolean,
): Contour[] {
	if (levels.length === 0) return [];
	const lines = isolines(pointsOf(grid), [...levels], { zProperty: "value" });
	return lines.features.flatMap(({ geometry, properties }) => {
		const level = Number(properties?.value);
		return geometry.coordinates
			.flatMap((path) => clip(rounded(path as unknown as Position[]), isLand))
			.filter((path) => lengthOf(path) >= SHORTEST)
			.map((path) => ({ level, path }));
	});
}

/** turf takes a collection of points in rows. A node that nobody knows lies below every level. */
function pointsOf(grid: Grid): Points {
	const features: Points["features"] = [];
	for (let row = 0; row < grid.rows; row++) {
		for (let column = 0; column < grid.columns; column++) {
			const value = grid.values[row * grid.columns + column]!;
			features.push({
				type: "Feature",
				geometry: { type: "Point", coordinates: [grid.west + column * grid.step, grid.south + row * grid.step] },
				properties: { value: Number.isNaN(value) ? -1e6 : value },
			});
		}
	}
	return { type: "FeatureCollection", features };
}

/** Chaikin's corners, once: the squares of the grid do not show. */
function rounded(path: readonly Position[]): Position[] {
	const [first] = path;
	const last = path.at(-1);
	if (first === undefined || last === undefined || path.length < 3) return [...path];
	const round: Position[] = [first];
	for (let i = 0; i + 1 < path.length; i++) {
		const [ax, ay] = path[i]!;
		const [bx, by] = path[i + 1]!;
		round.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25], [ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75]);
	}
	round.push(last);
	return round;
}

/** The pieces of a path that lie on land, each ending at the border. */
export function clip(path: readonly Position[], isLand: (lon: number, lat: number) => boolean): Position[][] {
	const pieces: Position[][] = [];
	let piece: Position[] = [];
	let before: { readonly at: Position; readonly isLand: boolean } | null = null;
	for (const position of path) {
		const isIn = isLand(position[0], position[1]);
		if (before !== null && before.isLand !== isIn) {
			const edge = border(isIn ? position : before.at, isIn ? before.at : position, isLand);
			piece.push(edge);
			if (!isIn) {
				pieces.push(piece);
				piece = [];
			}
		}
		if (isIn) piece.push(position);
		before = { at: position, isLand: isIn };
	}
	if (piece.length > 1) pieces.push(piece);
	return pieces;
}

function border(inside: Position, outside: Position, isLand: (lon: number, lat: number) => boolean): Position {
	let [a, b] = [inside, outside];
	for (let i = 0; i < HALVINGS; i++) {
		const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
		if (isLand(middle[0], middle[1])) a = middle;
		else b = middle;
	}
	return a;
}

function lengthOf(path: readonly Position[]): number {
	let sum = 0;
	for (let i = 1; i < path.length; i++) {
		const [ax, ay] = path[i - 1]!;
		const [bx, by] = path[i]!;
		sum += Math.hypot(bx - ax, by - ay);
	}
	return sum;
}

/** `label` is what stands on the line. */
export function featuresOf(contours: readonly Contour[], label: (level: number) => string): Lines {
	return {
		type: "FeatureCollection",
		features: contours.map(({ level, path }) => ({
			type: "Feature",
			geometry: { type: "LineString", coordinates: path.map(([lon, lat]) => [lon, lat]) },
			properties: { label: label(level) },
		})),
	};
}
