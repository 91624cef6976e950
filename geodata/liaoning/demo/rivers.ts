// Rivers of the demo: the base map's own hand-written courses, so that a bridge stands over the river that is drawn and nothing else
// stands in it. Called while the catalogue is drawn up.

import type { Position } from "../polygon.ts";
import { COURSES } from "../river_courses.ts";

const DEGREE_M = 111_320;
/** Metres of bank kept free on each side: the drawn river is smoother than its course. */
const BANK_M = 110;

interface Leg {
	readonly from: Position;
	readonly to: Position;
	readonly keepM: number;
}

/** Legs by cells of a tenth of a degree. */
const LEGS = new Map<string, Leg[]>();
for (const { line, widthM } of COURSES) {
	for (const [index, to] of line.entries()) {
		const from = line[index - 1];
		if (from === undefined) continue;
		const leg = { from, to, keepM: widthM / 2 + BANK_M };
		const [west, east] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])].map(cell);
		const [south, north] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])].map(cell);
		for (let x = (west ?? 0) - 1; x <= (east ?? 0) + 1; x++) {
			for (let y = (south ?? 0) - 1; y <= (north ?? 0) + 1; y++) {
				const key = `${x} ${y}`;
				const known = LEGS.get(key);
				if (known === undefined) LEGS.set(key, [leg]);
				else known.push(leg);
			}
		}
	}
}

function cell(degrees: number): number {
	return Math.floor(degrees * 10);
}

/** Metres from a position to a leg. */
function metresTo(lon: number, lat: number, { from, to }: Leg): number {
	const perLon = DEGREE_M * Math.cos((lat * Math.PI) / 180);
	const [ax, ay] = [(from[0] - lon) * perLon, (from[1] - lat) * DEGREE_M];
	const [dx, dy] = [(to[0] - from[0]) * perLon, (to[1] - from[1]) * DEGREE_M];
	const square = dx * dx + dy * dy;
	const along = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square));
	return Math.hypot(ax + along * dx, ay + along * dy);
}

/** Whether a position lies in a river or on its bank. */
export function isInRiver(lon: number, lat: number): boolean {
	const legs = LEGS.get(`${cell(lon)} ${cell(lat)}`);
	return legs?.some((leg) => metresTo(lon, lat, leg) < leg.keepM) ?? false;
}

/** Positions along the rivers of these names within `reachM` of a place, some hundred metres apart. */
export function alongRivers(names: readonly string[], near: Position, reachM: number): Position[] {
	const found: Position[] = [];
	for (const { zh, line } of COURSES) {
		if (!names.includes(zh)) continue;
		for (const [index, to] of line.entries()) {
			const from = line[index - 1] ?? to;
			for (const share of [0, 0.25, 0.5, 0.75]) {
				const position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] as const;
				const east = (position[0] - near[0]) * DEGREE_M * Math.cos((near[1] * Math.PI) / 180);
				if (Math.hypot(east, (position[1] - near[1]) * DEGREE_M) < reachM) found.push(position);
			}
		}
	}
	return found;
}

/** The nearest position on the river's course. */
export function ontoRiver(name: string, position: Position): Position {
	const [lon, lat] = position;
	let best = position;
	let least = Number.POSITIVE_INFINITY;
	for (const candidate of finely(name)) {
		const distance = Math.hypot((candidate[0] - lon) * 0.75, candidate[1] - lat);
		if (distance >= least) continue;
		least = distance;
		best = candidate;
	}
	return best;
}

function finely(name: string): Position[] {
	return COURSES.filter(({ zh }) => zh === name).flatMap(({ line }) =>
		line.flatMap((to, index) => {
			const from = line[index - 1] ?? to;
			return Array.from({ length: 40 }, (_, n): Position => {
				const share = n / 40;
				return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
			});
		}),
	);
}
