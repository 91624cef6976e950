// The river's five quiet hues: which systems flow in which band. A system that is not listed flows in a sixth, grey one, so
// that a new system is seen without a change here. Pure data.
import type { LevelRow, RiverStep } from "./river.ts";

export const RIVER_GROUPS = ["site", "heat", "water", "road", "flood", "other"] as const;
export type RiverGroup = (typeof RIVER_GROUPS)[number];

const GROUP_OF: ReadonlyMap<string, RiverGroup> = new Map<string, RiverGroup>([
	["construction", "site"],
	["camera", "site"],
	["metro", "site"],
	["heating", "heat"],
	["gas", "heat"],
	["water", "water"],
	["bridge", "road"],
	["manhole", "road"],
	["flood", "flood"],
	["weather", "flood"],
]);

export function groupOf(system: string): RiverGroup {
	return GROUP_OF.get(system) ?? "other";
}

/** Open alarms of a step per group, in the order of RIVER_GROUPS. */
export function groupCounts(step: RiverStep): number[] {
	const counts = RIVER_GROUPS.map(() => 0);
	for (const [system, row] of step.open ?? []) {
		const index = RIVER_GROUPS.indexOf(groupOf(system));
		counts[index] = (counts[index] ?? 0) + sum(row);
	}
	return counts;
}

/** Open alarms of a step per level, blue first. */
export function levelCounts(step: RiverStep): LevelRow {
	const levels: [number, number, number, number] = [0, 0, 0, 0];
	for (const row of step.open?.values() ?? []) {
		for (const [index, count] of row.entries()) levels[index] = (levels[index] ?? 0) + count;
	}
	return levels;
}

function sum(row: LevelRow): number {
	return row[0] + row[1] + row[2] + row[3];
}
