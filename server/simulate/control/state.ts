// What the director sees, as JSON: the answer of GET /api/demo. Built from the stage and the programme at each question.

import { SCENARIOS } from "../scenarios/list.ts";
import type { Programme } from "../scenarios/programme.ts";
import type { Stage } from "../scenarios/stage.ts";
import type { Season } from "../world/moment.ts";

export interface Director {
	readonly stage: Stage;
	readonly programme: Programme;
	readonly startedAt: number;
	readonly season: (now: number) => Season;
	readonly now: () => number;
}

export function stateOf({ stage, programme, startedAt, season, now: clock }: Director): object {
	const now = clock();
	stage.tick(now);
	return {
		season: season(now),
		speed: stage.speed,
		now,
		startedAt,
		running: runningOf(stage, now),
		next: programme.next(now),
		scenarios: SCENARIOS.map(({ id, name, summary, season: own, minutes, plot }) => ({
			id,
			name,
			summary,
			season: own,
			minutes,
			steps: plot,
		})),
	};
}

function runningOf(stage: Stage, now: number): object | null {
	const { running } = stage;
	if (running === null) return null;
	const { scenario, play, startedAt, reachedAt, calledOffAt, curves } = running;
	const { record } = play.lead;
	const values = stage.figures(now);
	const step = play.steps.findLastIndex((_, index) => reachedAt[index] !== null);
	return {
		id: scenario.id,
		name: scenario.name,
		startedAt,
		/** Own time, ms, and its whole. */
		elapsedMs: Math.round(stage.time(now)),
		lengthMs: play.lengthMs,
		calming: calledOffAt !== null,
		step: play.steps[step]?.id ?? null,
		steps: play.steps.map(({ id, name, atMs }, index) => ({ id, name, atMs, at: reachedAt[index] ?? null })),
		figures: play.figures.map(({ id, name, unit, decimals }, index) => ({
			id,
			name,
			unit,
			decimals,
			value: values[index] ?? null,
			curve: curves[index] ?? [],
		})),
		place: { asset: record.id, name: record.name, district: record.district },
		assets: play.actors.map((asset) => asset.record.id),
		centre: [record.lon, record.lat],
	};
}
