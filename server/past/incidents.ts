// The scenarios of the demo as part of its past: the simulator's own stage, told when to play what. One in two days, one in ten hours
// in the dense part, the season's in turn, at times that the seed throws; none so late that it would run into the present.
import { Chance, hashText } from "#geodata/liaoning/demo/chance.ts";
import { isProblem } from "#model/problem.ts";
import { Stage } from "../simulate/scenarios/stage.ts";
import type { WorldAsset } from "../simulate/world/asset.ts";
import type { Sample, World } from "../simulate/world/world.ts";

const HOUR_MS = 3_600_000;
const SPARSE_MS = 48 * HOUR_MS;
const DENSE_MS = 10 * HOUR_MS;
/** From the last begin to the seam: it is over, and what it raised has cleared. */
const QUIET_MS = 75 * 60_000;

/** What was played. */
export interface Incident {
	readonly id: string;
	readonly from: number;
	readonly to: number;
	readonly assets: readonly string[];
}

export class Incidents {
	readonly played: Incident[] = [];
	private readonly stage: Stage;
	private readonly chance: Chance;
	private readonly begins: number[];
	private turn = 0;

	constructor(
		world: World,
		seed: number,
		span: { readonly from: number; readonly dense: number; readonly until: number },
	) {
		const same = (now: number): number => now;
		// Other places than those that the present will choose.
		const own = hashText("past", seed);
		this.stage = new Stage({ world, seed: own, worldAt: same, speed: 1, worldSpeed: 1 });
		this.chance = new Chance(hashText("incidents", seed));
		this.begins = [
			...this.spread(span.from, span.dense, SPARSE_MS),
			...this.spread(span.dense, span.until, DENSE_MS),
		].filter((at) => at < span.until - QUIET_MS);
	}

	/** Who plays a part now; null: nothing is played. */
	get actors(): ReadonlySet<WorldAsset> | null {
		return this.stage.actors;
	}

	/** Begins what is due, ends what is over; called once a minute. */
	tick(at: number): void {
		this.stage.tick(at);
		if (at < (this.begins[0] ?? Number.POSITIVE_INFINITY)) return;
		this.begins.shift();
		const list = this.stage.scenarios(at);
		const scenario = list[this.turn % Math.max(1, list.length)];
		this.turn += 1;
		if (scenario === undefined || isProblem(this.stage.start(scenario.id, at)) || this.stage.running === null) return;
		const { actors, lengthMs } = this.stage.running.play;
		this.played.push({ id: scenario.id, from: at, to: at + lengthMs, assets: actors.map(({ record }) => record.id) });
	}

	/** As the world's, bent by what is played. */
	sample(asset: WorldAsset, at: number): Sample | null {
		return this.stage.sample(asset, at);
	}

	/** One begin in each `every` of [from, to), on the minute. */
	private spread(from: number, to: number, every: number): number[] {
		const begins: number[] = [];
		for (let at = from; at < to; at += every)
			begins.push(Math.floor((at + this.chance.next() * every) / 60_000) * 60_000);
		return begins;
	}
}
