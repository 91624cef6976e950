// The programme: which scenario comes when by itself. On a first run the season's own begins soon, so that a stranger sees it within
// his first minutes; others follow with calm between them. Asked by main's tick; no timers of its own.
import { Chance, hashText } from "#geodata/liaoning/demo/chance.ts";
import { isProblem } from "#model/problem.ts";
import type { Stage } from "./stage.ts";

export const FIRST_RUN_AFTER_MS = 100_000;
/** A province that was seen before has time. */
const LATER_RUN_AFTER_MS = 10 * 60_000;
/** From one beginning to the next: scenarios last eleven or twelve minutes. */
const GAP_MS = [11.5 * 60_000, 14.5 * 60_000] as const;
/** Calm between an end that came late and the next beginning. */
const REST_MS = 90_000;

export interface ProgrammeOptions {
	readonly startAt: number;
	readonly isFirstRun: boolean;
	/** False: nothing comes by itself. */
	readonly isPlayed: boolean;
	readonly seed: number;
}

export class Programme {
	readonly #stage: Stage;
	readonly #chance: Chance;
	#place = 0;
	#nextAt: number;

	constructor(stage: Stage, options: ProgrammeOptions) {
		this.#stage = stage;
		this.#chance = new Chance(hashText("programme", options.seed));
		const after = options.isFirstRun ? FIRST_RUN_AFTER_MS : LATER_RUN_AFTER_MS;
		this.#nextAt = options.isPlayed ? options.startAt + after : Number.POSITIVE_INFINITY;
	}

	/** null: the season knows none. */
	next(now: number): { readonly id: string; readonly at: number } | null {
		const list = this.#stage.scenarios(now);
		const scenario = list[this.#place % Math.max(1, list.length)];
		return scenario === undefined || this.#nextAt === Number.POSITIVE_INFINITY
			? null
			: { id: scenario.id, at: this.#nextAt };
	}

	/** Begins what is due. @returns its id, or null. */
	tick(now: number): string | null {
		if (now < this.#nextAt) return null;
		if (this.#stage.running !== null) {
			this.#nextAt = now + REST_MS;
			return null;
		}
		const next = this.next(now);
		this.#place += 1;
		this.later(now);
		if (next === null) return null;
		return isProblem(this.#stage.start(next.id, now)) ? null : next.id;
	}

	/** After a beginning, or when the director wants calm: the next one has time. */
	later(now: number): void {
		if (this.#nextAt === Number.POSITIVE_INFINITY) return;
		this.#nextAt = now + this.#chance.between(GAP_MS[0], GAP_MS[1]);
	}
}
