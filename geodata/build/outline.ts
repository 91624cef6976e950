// Which part of the province's outline is coast and which is land border. Pure; used by surroundings.ts.
import type { Position, Ring } from "./geometry.ts";
import { metresBetween } from "./geometry.ts";

export type Run = { coast: boolean; line: Position[] };

/** A run shorter than this between two of the other kind is theirs: a bend of the Yalu is no coast, an islet no neighbour. */
const RUN_MIN_M = 10_000;

function metresAlong(line: Position[]): number {
	let sum = 0;
	for (const [i, point] of line.entries()) sum += metresBetween(line[i - 1] ?? point, point);
	return sum;
}

/** Consecutive points of one kind, cyclic: the first run does not continue the last one. */
function runsOf(points: Position[], isCoast: (point: Position) => boolean): Run[] {
	const flags = points.map(isCoast);
	const start = flags.findIndex((flag, i) => flag !== flags.at(i - 1));
	if (start < 0) return [{ coast: flags[0] ?? true, line: points }];
	const runs: Run[] = [];
	for (let i = 0; i < points.length; i++) {
		const at = (start + i) % points.length;
		const coast = flags[at] ?? true;
		const point = points[at];
		if (!point) continue;
		const last = runs.at(-1);
		if (last && last.coast === coast) last.line.push(point);
		else runs.push({ coast, line: [point] });
	}
	return runs;
}

/** Gives the shortest run to its neighbours until none is too short. */
function mergeShort(runs: Run[]): Run[] {
	let rest = runs;
	while (rest.length > 1) {
		const lengths = rest.map(({ line }) => metresAlong(line));
		const shortest = lengths.indexOf(Math.min(...lengths));
		if ((lengths[shortest] ?? 0) >= RUN_MIN_M) break;
		// Turn the list so that the shortest stands second, between the two that take it.
		const turned = [...rest.slice(shortest), ...rest.slice(0, shortest)];
		const [short, next, ...others] = turned;
		const previous = others.pop();
		if (!short || !next) break;
		const line = [...(previous?.line ?? []), ...short.line, ...next.line];
		rest = [{ coast: next.coast, line }, ...others];
	}
	return rest;
}

/** A closed ring as runs of coast and land border; each ends where the next begins, one run alone is the closed ring. */
export function outlineRuns(ring: Ring, isCoast: (point: Position) => boolean): Run[] {
	const runs = mergeShort(runsOf(ring.slice(0, -1), isCoast));
	return runs.map(({ coast, line }, i) => {
		const [next] = runs[(i + 1) % runs.length]?.line ?? [];
		return { coast, line: next ? [...line, next] : line };
	});
}

/** The line without the points nearer than `metres` along it to either end; empty when nothing is left. */
export function withoutEnds(line: Position[], metres: number): Position[] {
	const all = metresAlong(line);
	let along = 0;
	return line.filter((point, i) => {
		along += metresBetween(line[i - 1] ?? point, point);
		return along >= metres && along <= all - metres;
	});
}
