// The stage: lays the scenario that is played over the world. Asked by the fleet for every sample; told by the programme and the
// director what to play, how fast, and when to be calm again. Owns the scenario's own clock. Time is an argument; no timers.
import { Chance, hashText } from "#geodata/liaoning/demo/chance.ts";
import { type Problem, problem } from "#model/problem.ts";
import type { WorldAsset } from "../world/asset.ts";
import { seasonOf } from "../world/moment.ts";
import type { Values } from "../world/scene.ts";
import type { Sample, World } from "../world/world.ts";
import { Atlas } from "./atlas.ts";
import { SCENARIOS, scenariosOf } from "./list.ts";
import type { Look, Play, Scenario } from "./scenario.ts";

/** A scenario goes out like this at its end, and when it is called off: nothing in a network leaps back. */
const FADE_MS = 20_000;
/** Points of a figure's curve over the whole of a scenario. */
const CURVE_POINTS = 72;
/** Measures that are states: either as played or as it was. */
const STATES: ReadonlySet<string> = new Set(["running", "open", "online"]);

/** What an actor must not be in already. */
const QUIET: Readonly<Record<string, (values: Values) => boolean>> = {
	gasSpace: ({ methane = 0 }) => methane < 4,
	manhole: ({ open = 0, tilt = 0, level = -1, methane = 0 }) => open === 0 && tilt < 10 && level < -0.3 && methane < 5,
	underpass: ({ depth = 0 }) => depth < 0.08,
	floodPoint: ({ depth = 0 }) => depth < 0.08,
	waterMain: ({ pressure = 1 }) => pressure > 0.2,
	heatStation: ({ supplyTemp = 50, makeUpWater = 0 }) => supplyTemp > 41 && makeUpWater < 2.5,
};

/** The scenario in play. */
interface Running {
	readonly scenario: Scenario;
	readonly play: Play;
	readonly actors: ReadonlySet<WorldAsset>;
	/** Real time, epoch ms. */
	readonly startedAt: number;
	/** Real time at which each step was reached. */
	readonly reachedAt: (number | null)[];
	/** By figure, CURVE_POINTS over its length, as far as it has come. */
	readonly curves: (number | null)[][];
	/** Its own clock: stood at `t` when the world's stood at `worldAt`. */
	t: number;
	worldAt: number;
	/** Own time at which it was called off; null: plays to its end. */
	calledOffAt: number | null;
}

export interface StageParts {
	readonly world: World;
	readonly seed: number;
	/** Time of the world for a real time. */
	readonly worldAt: (now: number) => number;
	/** How many times faster than real time scenarios run at first. */
	readonly speed: number;
	/** How many times faster than real time the world runs. */
	readonly worldSpeed: number;
}

/** Judged once a second at most: a scenario is not finer than that. */
export class Stage {
	readonly #parts: StageParts;
	#running: Running | null = null;
	#speed: number;
	#played = 0;

	constructor(parts: StageParts) {
		this.#parts = parts;
		this.#speed = parts.speed;
	}

	get assets(): readonly WorldAsset[] {
		return this.#parts.world.assets;
	}

	get speed(): number {
		return this.#speed;
	}

	/** Those whose devices report at the rhythm of an event now. */
	get actors(): ReadonlySet<WorldAsset> | null {
		return this.#running?.actors ?? null;
	}

	get running(): Running | null {
		return this.#running;
	}

	/** What is played in the world's season. */
	scenarios(now: number): readonly Scenario[] {
		return scenariosOf(seasonOf(this.#parts.world.moment(this.#parts.worldAt(now)).monthDay));
	}

	/** Begins a scenario on a place of its own; one that runs is ended at once. @returns Problem: not known, or no place for it. */
	start(id: string, now: number): Problem | null {
		const scenario = SCENARIOS.find((one) => one.id === id);
		if (scenario === undefined) return problem("unknown-scenario", `there is no scenario "${id}"`, "scenario");
		// A net that is not heated does not cool, and it does not snow in July.
		if (!this.scenarios(now).includes(scenario))
			return problem("out-of-season", `"${id}" belongs to ${scenario.season}`, "scenario");
		const worldAt = this.#parts.worldAt(now);
		const chance = new Chance(hashText(`${id} ${this.#played}`, this.#parts.seed));
		const play = scenario.cast(this.#atlas(worldAt, scenario), chance);
		if (play === null) return problem("no-place", `the province has no place for "${id}"`, "scenario");
		this.#played += 1;
		this.#running = {
			scenario,
			play,
			actors: new Set(play.actors),
			startedAt: now,
			reachedAt: play.steps.map(() => null),
			curves: play.figures.map(() => []),
			t: 0,
			worldAt,
			calledOffAt: null,
		};
		this.tick(now);
		return null;
	}

	/** What runs fades away. */
	calm(now: number): void {
		const running = this.#running;
		if (running !== null && running.calledOffAt === null)
			running.calledOffAt = this.#timeOf(running, this.#parts.worldAt(now));
	}

	setSpeed(speed: number, now: number): void {
		const running = this.#running;
		if (running !== null) {
			const worldAt = this.#parts.worldAt(now);
			running.t = this.#timeOf(running, worldAt);
			running.worldAt = worldAt;
		}
		this.#speed = speed;
	}

	/** Notes steps and figures as they come; ends what is over. */
	tick(now: number): void {
		const running = this.#running;
		if (running === null) return;
		const worldAt = this.#parts.worldAt(now);
		const t = this.#timeOf(running, worldAt);
		const { play, reachedAt, calledOffAt } = running;
		for (const [index, step] of play.steps.entries())
			if (reachedAt[index] === null && t >= step.atMs && calledOffAt === null) reachedAt[index] = now;
		const points = Math.min(CURVE_POINTS, Math.floor((t / play.lengthMs) * CURVE_POINTS)) + 1;
		if ((running.curves[0]?.length ?? points) < points) {
			const figures = this.figures(now);
			for (const [index, curve] of running.curves.entries())
				while (curve.length < points) curve.push(figures[index] ?? null);
		}
		const end = calledOffAt === null ? play.lengthMs : calledOffAt + FADE_MS * this.#haste;
		if (t >= end) this.#running = null;
	}

	/** Own time of what runs, ms; 0 when nothing does. */
	time(now: number): number {
		return this.#running === null ? 0 : this.#timeOf(this.#running, this.#parts.worldAt(now));
	}

	/** The running scenario's figures, in their order. */
	figures(now: number): readonly (number | null)[] {
		const running = this.#running;
		if (running === null) return [];
		const { world } = this.#parts;
		const worldAt = this.#parts.worldAt(now);
		const look: Look = {
			value: (asset, measure) => this.sample(asset, worldAt)?.values[measure] ?? null,
			sky: (city) => world.sky(city, worldAt),
		};
		const t = this.#timeOf(running, worldAt);
		return running.play.figures.map((figure) => figure.of(look, t));
	}

	/** As the world's, bent by what is played. @returns null when the device says nothing. */
	sample(asset: WorldAsset, worldAt: number): Sample | null {
		const sample = this.#parts.world.sample(asset, worldAt);
		const running = this.#running;
		if (sample === null || running === null || !running.actors.has(asset)) return sample;
		const t = this.#timeOf(running, worldAt);
		const share = this.#share(running, t);
		if (t < 0 || share <= 0) return sample;
		const values: Values = { ...sample.values };
		running.play.bend(asset, t, values);
		return { ...sample, values: printed(share >= 1 ? values : mixed(sample.values, values, share)) };
	}

	get #haste(): number {
		return this.#speed / this.#parts.worldSpeed;
	}

	#timeOf(running: Running, worldAt: number): number {
		return running.t + (worldAt - running.worldAt) * this.#haste;
	}

	/** 1 in the middle of a play, falling to 0 at its end. */
	#share({ play, calledOffAt }: Running, t: number): number {
		const left = calledOffAt === null ? play.lengthMs - t : calledOffAt + FADE_MS * this.#haste - t;
		return Math.max(0, Math.min(1, left / (calledOffAt === null ? FADE_MS : FADE_MS * this.#haste)));
	}

	#atlas(worldAt: number, scenario: Scenario): Atlas {
		const { world } = this.#parts;
		const moments = [0, 0.5, 1].map((share) => worldAt + share * scenario.minutes * 60_000);
		return new Atlas(world.assets, (asset) =>
			moments.every((at) => {
				const sample = world.sample(asset, at);
				if (sample === null || sample.lateMs > 0 || sample.broken.length > 0 || sample.overRange.length > 0)
					return false;
				return QUIET[asset.kind]?.(sample.values) ?? true;
			}),
		);
	}
}

function mixed(calm: Values, played: Values, share: number): Values {
	const values: Values = {};
	for (const measure of new Set([...Object.keys(calm), ...Object.keys(played)])) {
		const from = calm[measure];
		const to = played[measure];
		if (from === undefined || to === undefined || STATES.has(measure)) {
			const taken = share >= 0.5 ? to : from;
			if (taken !== undefined) values[measure] = taken;
		} else values[measure] = from + (to - from) * share;
	}
	return values;
}

/** As the world's instruments print: 1 decimal from 100 on, 2 from 10 on, 3 below, 4 for pressures below 1 MPa. Mutates. */
function printed(values: Values): Values {
	for (const [measure, value] of Object.entries(values)) {
		const size = Math.abs(value);
		const isPressure = measure.toLowerCase().endsWith("pressure");
		const factor = size >= 100 ? 10 : size >= 10 ? 100 : size < 1 && isPressure ? 10_000 : 1_000;
		values[measure] = Math.round(value * factor) / factor;
	}
	return values;
}
