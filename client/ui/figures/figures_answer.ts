// The question of the page of figures and its answer.

import type { Alarm } from "#model/alarm.ts";
import { type AlarmFigures, LOAD_STEP_MS, type Target } from "#model/alarm_figures.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "../../live/ask.ts";

export interface Asked {
	readonly days: number;
	readonly district: string | null;
	readonly operators: number;
}

/** What the answer tells of an alarm that it names. */
export type NamedAlarm = Pick<Alarm, "id" | "name" | "rule" | "measure" | "severity" | "district" | "asset">;

/** What GET /api/alarms/figures answers. */
export interface FiguresAnswer extends AlarmFigures {
	readonly seq: number;
	readonly alarms: readonly NamedAlarm[];
	readonly counts: Readonly<
		Record<"chattering" | "fleeting" | "stale" | "shelved" | "suppressed" | "outOfService", number>
	>;
	readonly targets: readonly Target[];
	/** More happened than was read: the figures are of a part. */
	readonly cut: boolean;
}

/** @param now server time. */
export async function askFigures(asked: Asked, now: number, signal: AbortSignal): Promise<FiguresAnswer | Problem> {
	// Whole tens of minutes: everybody who looks asks the same question.
	const to = Math.ceil(now / LOAD_STEP_MS) * LOAD_STEP_MS;
	const query = new URLSearchParams({
		from: String(to - asked.days * 86_400_000),
		to: String(to),
		operators: String(asked.operators),
	});
	if (asked.district !== null) query.set("district", asked.district);
	const body = await ask(`/api/alarms/figures?${query}`, { signal });
	if (isProblem(body)) return body;
	const answer = body as Partial<FiguresAnswer>;
	return answer.load === undefined ? problem("bad-answer", "no load") : (body as FiguresAnswer);
}
