// Questions that the panels ask: a channel's past, names found by a few letters, the alarm log. Shapes are those of
// design's HTTP interface; the envelope is checked, the rest is trusted.

import type { Transition } from "#model/alarm.ts";
import type { QualityName } from "#model/measure.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "./ask.ts";

/** at (epoch ms), value in units or null, quality. */
export type HistoryPoint = readonly [number, number | null, QualityName];

export interface History {
	readonly unit: string;
	readonly points: readonly HistoryPoint[];
	/** Minima and maxima are kept; the rest was left out. */
	readonly thinned: boolean;
}

export interface HistoryQuestion {
	readonly asset: string;
	readonly measure: string;
	readonly from: number;
	readonly to: number;
	readonly points: number;
}

export async function askHistory(question: HistoryQuestion, signal: AbortSignal): Promise<History | Problem> {
	const query = new URLSearchParams({
		measure: question.measure,
		from: String(question.from),
		to: String(question.to),
		points: String(question.points),
	});
	const body = await ask(`/api/assets/${encodeURIComponent(question.asset)}/history?${query}`, { signal });
	if (isProblem(body)) return body;
	const { points } = (body ?? {}) as Partial<History>;
	return Array.isArray(points) ? (body as History) : problem("bad-answer", "history without points");
}

export interface Found {
	readonly id: string;
	readonly name: string;
	readonly kind: string;
	readonly system: string;
	readonly district: string;
}

/** Assets by name, pinyin initials or id. */
export async function askSearch(text: string, signal: AbortSignal): Promise<readonly Found[] | Problem> {
	const body = await ask(`/api/search?${new URLSearchParams({ q: text, limit: "12" })}`, { signal });
	if (isProblem(body)) return body;
	const { assets } = (body ?? {}) as { assets?: unknown };
	return Array.isArray(assets) ? (assets as readonly Found[]) : problem("bad-answer", "search without assets");
}

/** Transitions looked through for one asset: a shift's worth. */
const LOG_BACK = 1_000;

/** The newest transitions of one asset, newest first. `seq`: the newest that is known here. */
export async function askTransitions(
	asset: string,
	seq: number,
	signal: AbortSignal,
): Promise<readonly Transition[] | Problem> {
	const after = Math.max(0, seq - LOG_BACK);
	const body = await ask(`/api/alarms/log?after=${after}&limit=${LOG_BACK}`, { signal });
	if (isProblem(body)) return body;
	const { transitions } = (body ?? {}) as { transitions?: unknown };
	if (!Array.isArray(transitions)) return problem("bad-answer", "log without transitions");
	return (transitions as Transition[]).filter(({ alarm }) => alarm.asset === asset).reverse();
}

/** Who the server thinks sits here, and whether the demo's one-click roles are offered to this machine. */
export interface SessionSigns {
	readonly user: string | null;
	readonly demoSignIn: boolean;
	readonly setUp: boolean;
	/** Somebody has signed in and must first set a password of their own. */
	readonly mustChange: boolean;
	/** The page that the person begins at; null for nobody. */
	readonly home: string | null;
}

export async function askSession(signal: AbortSignal): Promise<SessionSigns | Problem> {
	const body = await ask("/api/session", { signal });
	if (isProblem(body)) return body;
	const { user, demoSignIn, setUp, mustChange, home } = (body ?? {}) as Partial<SessionSigns>;
	return {
		user: user ?? null,
		demoSignIn: demoSignIn === true,
		setUp: setUp === true,
		mustChange: mustChange === true,
		home: home ?? null,
	};
}
