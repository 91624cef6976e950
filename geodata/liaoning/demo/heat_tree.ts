// The shape of a primary heat network: which points are fed through which, from the sources outwards. In Shenyang and Dalian it runs
// from metro station to metro station, elsewhere from heat station to heat station along a schematic spine. Pure; called by heat.ts.
import type { District } from "../district_table.ts";
import { districtAt } from "../districts.ts";
import { METRO_LINES } from "../metro.ts";
import type { Position } from "../polygon.ts";
import { rounded } from "./place.ts";

export interface Point {
	readonly label: string;
	readonly position: Position;
}

export interface Branch {
	/** Index of the point it ends at, and of the one it comes from; -1: from the source itself. */
	readonly to: number;
	readonly from: number;
	readonly source: number;
}

interface Start {
	readonly to: number;
	readonly source: number;
	readonly cost: number;
}

/** How much the way already made counts against the next step: 0 would be the shortest pipes, 1 the shortest ways. */
const WAY_SHARE = 0.35;

/**
 * Branches in the order from the sources outwards, each point reached once; points without any way are left out.
 * @param waysOf the points that can be reached from a point in one step.
 */
export function grow(points: readonly Point[], starts: readonly Start[], waysOf: (at: number) => readonly number[]) {
	const branches: Branch[] = [];
	const reached = new Set<number>();
	const open = starts.map(({ to, source, cost }) => ({ to, from: -1, source, cost, way: cost }));
	while (open.length > 0) {
		let best = 0;
		for (const [index, candidate] of open.entries()) if (candidate.cost < (open[best]?.cost ?? 0)) best = index;
		const [next] = open.splice(best, 1);
		if (next === undefined || reached.has(next.to)) continue;
		reached.add(next.to);
		branches.push({ to: next.to, from: next.from, source: next.source });
		const here = points[next.to];
		if (here === undefined) continue;
		for (const to of waysOf(next.to)) {
			const there = points[to];
			if (there === undefined || reached.has(to)) continue;
			const length = metres(here.position, there.position);
			open.push({
				to,
				from: next.to,
				source: next.source,
				cost: next.way * WAY_SHARE + length,
				way: next.way + length,
			});
		}
	}
	return branches;
}

export function metres(a: Position, b: Position): number {
	const east = (a[0] - b[0]) * 111_320 * Math.cos((a[1] * Math.PI) / 180);
	return Math.hypot(east, (a[1] - b[1]) * 111_320);
}

const LONGEST_STEP_M = 4_000;

/** Metro stations of these counties as points, and which lie next to which on a line with land between. */
export function metroPoints(counties: ReadonlySet<string>) {
	const points: Point[] = [];
	const byName = new Map<string, number>();
	const ways = new Map<number, Set<number>>();
	const pointOf = (city: string, label: string, position: Position): number => {
		const key = `${city} ${label}`;
		const known = byName.get(key);
		if (known !== undefined) return known;
		points.push({ label, position });
		byName.set(key, points.length - 1);
		return points.length - 1;
	};
	for (const line of METRO_LINES) {
		let last = -1;
		for (const [name, lon, lat] of line.stations) {
			const inside = counties.has(districtAt(lon, lat)?.code ?? "");
			const point = inside ? pointOf(line.city, name, [lon, lat]) : -1;
			if (point >= 0 && last >= 0 && point !== last && isWay(points[last], points[point])) {
				join(ways, last, point);
				join(ways, point, last);
			}
			last = point;
		}
	}
	return { points, waysOf: (at: number): readonly number[] => [...(ways.get(at) ?? [])] };
}

function join(ways: Map<number, Set<number>>, from: number, to: number): void {
	const known = ways.get(from);
	if (known === undefined) ways.set(from, new Set([to]));
	else known.add(to);
}

function isWay(a: Point | undefined, b: Point | undefined): boolean {
	if (a === undefined || b === undefined || metres(a.position, b.position) > LONGEST_STEP_M) return false;
	return isOnLand([a.position, b.position]);
}

/** Whether a line keeps to the province's ground, looked at every quarter of each leg. */
export function isOnLand(path: readonly Position[]): boolean {
	for (const [index, to] of path.entries()) {
		const from = path[index - 1] ?? to;
		for (const share of [0.25, 0.5, 0.75, 1]) {
			if (districtAt(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share) === undefined)
				return false;
		}
	}
	return true;
}

/** From one point to another round a street corner, when the corner is on land; `turn` chooses which of the two. */
export function cornered(from: Position, to: Position, turn: boolean): readonly Position[] {
	const corner = turn ? rounded(to[0], from[1]) : rounded(from[0], to[1]);
	const path = [from, corner, to];
	const isBent = metres(from, corner) > 60 && metres(corner, to) > 60;
	return isBent && isOnLand(path) ? path : [from, to];
}

/** The point on the ground where a main's symbol and label stand, and its county; undefined when all of it is elsewhere. */
export function middleOf(
	path: readonly Position[],
): { readonly position: Position; readonly county: District } | undefined {
	const first = path[0];
	const last = path.at(-1);
	if (first === undefined || last === undefined) return undefined;
	const middle = path[1];
	const candidates = [
		path.length > 2 && middle !== undefined ? middle : rounded((first[0] + last[0]) / 2, (first[1] + last[1]) / 2),
		last,
		first,
	];
	for (const position of candidates) {
		const county = districtAt(position[0], position[1]);
		if (county !== undefined) return { position, county };
	}
	return undefined;
}

/** The middle of some points. */
export function centreOf(points: readonly Point[], allowed: readonly number[]): Position {
	const size = Math.max(1, allowed.length);
	const lon = allowed.reduce((sum, at) => sum + (points[at]?.position[0] ?? 0), 0) / size;
	const lat = allowed.reduce((sum, at) => sum + (points[at]?.position[1] ?? 0), 0) / size;
	return [lon, lat];
}

/** So many plants a town has at most, and so far it pipes heat. */
const MOST_PLANTS = 7;
const FAR_M = 8_000;

/**
 * At least `count` points far from one another, the first being the one farthest from the middle, until none is far from all of them:
 * where heat plants stand.
 */
export function spreadOut(points: readonly Point[], allowed: readonly number[], count: number): number[] {
	const chosen: number[] = [];
	const centre = centreOf(points, allowed);
	while (chosen.length < Math.min(MOST_PLANTS, allowed.length)) {
		let best = -1;
		let most = -1;
		for (const at of allowed) {
			const position = points[at]?.position;
			if (position === undefined || chosen.includes(at)) continue;
			const others = chosen.map((other) => metres(position, points[other]?.position ?? position));
			const distance = others.length === 0 ? metres(position, centre) : Math.min(...others);
			if (distance > most) {
				most = distance;
				best = at;
			}
		}
		if (chosen.length >= count && most < FAR_M) break;
		chosen.push(best);
	}
	return chosen;
}
