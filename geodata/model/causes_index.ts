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

/** Marks under one key are swept of groups that ended when there are so many, then when there are twice what was left. */
const SWEEP_AT = 32;

interface Under {
	readonly marks: Map<number, Left>;
	sweepAt: number;
}

export class MarkIndex {
	private readonly byKey = new Map<string, Under>();
	/** The living group of a number, -1 for none. */
	private readonly resolve: (group: number) => number;
	/** Marks and entries touched, for the test of its cost. */
	work = 0;

	constructor(resolve: (group: number) => number) {
		this.resolve = resolve;
	}

	/** Marks held. */
	get size(): number {
		let size = 0;
		for (const { marks } of this.byKey.values()) size += marks.size;
		return size;
	}

	leave(mark: Mark, group: number, alarm: string, at: number): void {
		const key = mark.point === undefined ? mark.key : cellKey(mark.key, mark.point, cellOf(mark.key));
		let under = this.byKey.get(key);
		if (under === undefined) {
			under = { marks: new Map(), sweepAt: SWEEP_AT };
			this.byKey.set(key, under);
		}
		const left = under.marks.get(group);
		this.work += 1;
		if (left === undefined) {
			if (under.marks.size >= under.sweepAt) this.sweep(under);
			under.marks.set(group, { at, alarm, point: mark.point ?? null });
		} else if (at >= left.at) {
			left.at = at;
			left.alarm = alarm;
			left.point = mark.point ?? null;
		}
	}

	clear(): void {
		this.byKey.clear();
	}

	/** Groups under a tie, nearest first where it has a radius. */
	look(tie: Tie, point: Point | null, at: number): Found[] {
		const found: Found[] = [];
		if (tie.radiusM === undefined) this.lookUnder(tie.key, tie, null, at, found);
		else if (point !== null) {
			const cell = cellOf(tie.key);
			const reach = Math.ceil(tie.radiusM / cell);
			const [x, y] = cellXY(point, cell);
			for (let dx = -reach; dx <= reach; dx++)
				for (let dy = -reach; dy <= reach; dy++)
					this.lookUnder(`${tie.key}:${x + dx}:${y + dy}`, tie, point, at, found);
			found.sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0));
		}
		return found;
	}

	private lookUnder(key: string, tie: Tie, point: Point | null, at: number, found: Found[]): void {
		const under = this.byKey.get(key);
		this.work += 1;
		if (under === undefined) return;
		for (const [number, left] of under.marks) {
			this.work += 1;
			const group = this.resolve(number);
			if (group !== number) carry(under, number, group, left);
			if (group < 0 || Math.abs(at - left.at) > tie.windowMs) continue;
			let metres: number | null = null;
			if (tie.radiusM !== undefined && point !== null) {
				if (left.point === null) continue;
				metres = metresBetween([point.lon, point.lat], [left.point.lon, left.point.lat]);
				if (metres > tie.radiusM) continue;
			}
			found.push({ group, alarm: left.alarm, at: left.at, metres });
		}
		if (under.marks.size === 0) this.byKey.delete(key);
	}

	/** A key that is marked and never looked for would keep every group that ever was. */
	private sweep(under: Under): void {
		for (const [number, left] of under.marks) {
			this.work += 1;
			const group = this.resolve(number);
			if (group !== number) carry(under, number, group, left);
		}
		under.sweepAt = Math.max(SWEEP_AT, 2 * under.marks.size);
	}
}

/** A mark of a group that was merged belongs to who took it in; one of a group that ended is swept. */
function carry({ marks }: Under, from: number, to: number, left: Left): void {
	marks.delete(from);
	if (to < 0) return;
	const held = marks.get(to);
	if (held === undefined || held.at < left.at) marks.set(to, left);
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
