// Which line lies under the pointer: mains and tunnels are chosen anywhere along them, not only at their middle. Pure.
import { lineString, point, pointToLineDistance } from "@turf/turf";
import type { Line } from "./layers/path_layer.ts";
import type { Picked, Pointer } from "./pick.ts";

/** Half the width of a line and an unsteady hand, px. */
const REACH_PX = 6;
/** Metres per px at zoom 0 on the equator, 512 px tiles. */
const METRES_PER_PX = 78_271.517;

/** The nearest visible line within reach; among equals the worse one. */
export function pickLine(
	lines: readonly Line[],
	facts: { readonly status: Uint8Array; readonly visible: Uint8Array },
	at: Pointer,
	scale: number,
): Picked | null {
	const metresPerPx = (METRES_PER_PX * Math.cos((at.lat * Math.PI) / 180)) / 2 ** at.zoom;
	const reach = REACH_PX * scale * metresPerPx;
	const here = point([at.lon, at.lat]);
	let best: Line | null = null;
	let bestScore = Number.POSITIVE_INFINITY;
	for (const line of lines) {
		if (facts.visible[line.index] !== 1) continue;
		const path = lineString(line.path as [number, number][]);
		const distance = pointToLineDistance(here, path, { units: "meters", method: "planar" });
		if (distance > reach) continue;
		const status = facts.status[line.index] ?? 0;
		const score = distance / reach - (status <= 4 ? status : 0);
		if (score < bestScore) {
			best = line;
			bestScore = score;
		}
	}
	return best === null ? null : { type: "asset", index: best.index };
}
