// Where groups of alarms are found by the marks that their members left: by key, and for nearness by cells of a grid. Used by causes.ts
// only. Every look costs the groups that stand under one key, not the alarms: a group leaves at most one mark per key and cell.
import type { Mark, Point, Tie } from "./causes_ties.ts";
import { metresBetween } from "./distance.ts";

/** A group that left a mark, by its number at that time; numbers of merged groups are followed by who asks. */
export interface Found {
	readonly group: number;
	/** The alarm that left the mark last. */
	readonly alarm: string;
	readonly at: number;
	/** Metres to it; null where place does not matter. */
	readonly metres: number | null;
}

interface Left {
	at: number;
	alarm: string;
	point: Point | null;
}

const DEGREE_M = 111_320;
/** cos 41.5°: the middle of the province; cells only preselect, distances are measured. */
const COS = 0.749;
/** By key, m. The diagonal of a cell is shorter than the smallest radius that is looked with, so that one mark a cell is enough. */
const CELLS: readonly (readonly [prefix: string, metres: number])[] = [
	["leak", 400],
	["weather", 4_000],
	["weather-near", 2_000],
	["suffers", 2_000],
];
const USUAL_CELL_M = 3_500;

export class MarkIndex {
	private readonly byKey = new Map<string, Map<number, Left>>();
	/** Marks and entries touched, for the test of its cost. */
	work = 0;

	leave(mark: Mark, group: number, alarm: string, at: number): void {
		const key = mark.point === undefined ? mark.key : cellKey(mark.key, mark.point, cellOf(mark.key));
		let under = this.byKey.get(key);
		if (under === undefined) {
			under = new Map();
			this.byKey.set(key, under);
		}
		const left = under.get(group);
		this.work += 1;
		if (left === undefined) under.set(group, { at, alarm, point: mark.point ?? null });
		else if (at >= left.at) {
			left.at = at;
			left.alarm = alarm;
			left.point = mark.point ?? null;
		}
	}

	clear(): void {
		this.byKey.clear();
	}

	/** Groups under a tie, nearest first where it has a radius. `resolve`: the living group of a number, -1 for none. */
	look(tie: Tie, point: Point | null, at: number, resolve: (group: number) => number): Found[] {
		const found: Found[] = [];
		if (tie.radiusM === undefined) this.lookUnder(tie.key, tie, null, at, resolve, found);
		else if (point !== null) {
			const cell = cellOf(tie.key);
			const reach = Math.ceil(tie.radiusM / cell);
			const [x, y] = cellXY(point, cell);
			for (let dx = -reach; dx <= reach; dx++)
				for (let dy = -reach; dy <= reach; dy++)
					this.lookUnder(`${tie.key}:${x + dx}:${y + dy}`, tie, point, at, resolve, found);
			found.sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0));
		}
		return found;
	}

	private lookUnder(
		key: string,
		tie: Tie,
		point: Point | null,
		at: number,
		resolve: (group: number) => number,
		found: Found[],
	): void {
		const under = this.byKey.get(key);
		this.work += 1;
		if (under === undefined) return;
		for (const [number, left] of under) {
			this.work += 1;
			const group = resolve(number);
			if (group !== number) this.carry(under, number, group, left);
			if (group < 0 || Math.abs(at - left.at) > tie.windowMs) continue;
			let metres: number | null = null;
			if (tie.radiusM !== undefined && point !== null) {
				if (left.point === null) continue;
				metres = metresBetween([point.lon, point.lat], [left.point.lon, left.point.lat]);
				if (metres > tie.radiusM) continue;
			}
			found.push({ group, alarm: left.alarm, at: left.at, metres });
		}
		if (under.size === 0) this.byKey.delete(key);
	}

	/** A mark of a group that was merged belongs to who took it in; one of a group that ended is swept. */
	private carry(under: Map<number, Left>, from: number, to: number, left: Left): void {
		under.delete(from);
		if (to < 0) return;
		const held = under.get(to);
		if (held === undefined || held.at < left.at) under.set(to, left);
	}
}

function cellOf(key: string): number {
	return CELLS.find(([prefix]) => key === prefix)?.[1] ?? USUAL_CELL_M;
}

function cellXY({ lon, lat }: Point, cell: number): readonly [number, number] {
	return [Math.floor((lon * COS * DEGREE_M) / cell), Math.floor((lat * DEGREE_M) / cell)];
}

function cellKey(key: string, point: Point, cell: number): string {
	const [x, y] = cellXY(point, cell);
	return `${key}:${x}:${y}`;
}
