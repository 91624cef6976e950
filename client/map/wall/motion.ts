// What may move on the wall, and how fast: phases of the flow by class of speed, in the time of the data. It stops when the data
// stop, in a take-over, on a machine that cannot draw it, and for people who asked for calm. Never a sign of life. No timers of
// its own: wall_map.ts asks once per frame.
import type { Phases } from "../layers/flow_layer.ts";
import { SPEED_PX } from "./heat_mains.ts";

/** What the machine can move: 30 pictures a second, 10, or none. */
export type Tier = "full" | "weak" | "still";

const FRAME_MS: Readonly<Record<Tier, number>> = { full: 1_000 / 30, weak: 100, still: Number.POSITIVE_INFINITY };
/** The last change of the table may be this old: the server sends a delta every 100 ms while anything happens. */
export const FRESH_MS = 15_000;
/** A hidden tab or a long stall is not caught up with. */
const STEP_MOST_MS = 250;
/** Frames looked at before the tier is doubted. */
const SAMPLE = 45;

export class Motion {
	phases: Phases = [0, 0, 0, 0, 0, 0, 0, 0];
	tier: Tier;
	private lastAt: number | null = null;
	private readonly took: number[] = [];

	constructor(tier: Tier) {
		this.tier = tier;
	}

	/**
	 * Time goes on. @param at monotonic ms. @param ageMs of the data. @param scale of the wall. @param period px after which a
	 * phase begins anew. @returns whether something moved.
	 */
	step(at: number, ageMs: number, isSuspended: boolean, scale: number, period: number): boolean {
		const last = this.lastAt;
		if (last !== null && at - last < FRAME_MS[this.tier] - 4) return false;
		this.lastAt = at;
		const isFresh = ageMs >= 0 && ageMs < FRESH_MS;
		if (last === null || this.tier === "still" || isSuspended || !isFresh) return false;
		const seconds = Math.min(STEP_MOST_MS, at - last) / 1_000;
		const moved = this.phases.map((phase, speed) => (phase + (SPEED_PX[speed] ?? 0) * scale * seconds) % period);
		this.phases = moved as unknown as Phases;
		return true;
	}

	/** A frame came `ms` after the one before: a machine that cannot keep up is asked for less. Never for more again. */
	frame(ms: number): void {
		if (this.tier === "still") return;
		this.took.push(ms);
		if (this.took.length < SAMPLE) return;
		const middle = this.took.sort((a, b) => a - b)[SAMPLE >> 1] ?? 0;
		this.took.length = 0;
		if (this.tier === "full" && middle > 50) this.tier = "weak";
		else if (this.tier === "weak" && middle > 200) this.tier = "still";
	}
}
