// GET /api/alarms/figures: how good the alarms themselves are, over a span, within the caller's scope (model/alarm_figures.ts). Here the
// log is read, narrowed and given names; the arithmetic is model/alarm_sweep.ts.
import { z } from "zod";
import type { Alarm } from "#model/alarm.ts";
import { type AlarmFigures, LOAD_STEP_MS, targets } from "#model/alarm_figures.ts";
import { figuresOf } from "#model/alarm_sweep.ts";
import type { AlarmSpan } from "#model/answers.ts";
import { type Problem, problem } from "#model/problem.ts";
import type { Scope } from "#model/rights.ts";
import { Kept } from "./kept.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { districtParam, placeFilter, timeParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const DAY_MS = 86_400_000;
const SPAN_MAX_MS = 92 * DAY_MS;
const SPAN_USUAL_MS = 7 * DAY_MS;
/** Transitions read for one answer; more are said to be left out. */
const READ_MAX = 400_000;
const KEPT_MS = 10_000;
/** Alarms named in one list; the lists say how many there are. */
const NAMED_MAX = 50;

interface Asked {
	readonly from: number;
	readonly to: number;
	readonly district: string | undefined;
	readonly operators: number;
}

export function alarmFigureRoutes(parts: HttpParts): Route[] {
	const { clock } = parts;
	const answers = new Kept<string>(clock, KEPT_MS, 32);
	return [
		route({
			method: "get",
			path: "/api/alarms/figures",
			policy: { action: "read" },
			summary:
				"Load, floods, mix, chattering, fleeting, stale, bad actors, what is hidden, time to acknowledge; with targets",
			query: z.object({
				from: timeParam.optional(),
				to: timeParam.optional(),
				district: districtParam.optional(),
				operators: z.coerce.number().int().min(1).max(500).default(1),
			}),
			handle: async ({ who, query }): Promise<Answer | Problem> => {
				const now = clock.now();
				const to = query.to ?? Math.ceil(now / LOAD_STEP_MS) * LOAD_STEP_MS;
				const from = Math.floor((query.from ?? to - SPAN_USUAL_MS) / LOAD_STEP_MS) * LOAD_STEP_MS;
				if (to <= from || to - from > SPAN_MAX_MS)
					return problem("bad-query", "from before to, at most 92 days", "from");
				const asked = { from, to, district: query.district, operators: query.operators };
				const key = JSON.stringify([asked, who.scope]);
				return { body: await answers.get(key, () => answer(parts, asked, who.scope)) };
			},
		}),
	];
}

async function answer(parts: HttpParts, asked: Asked, scope: Scope): Promise<string> {
	const { mirror, store, clock } = parts;
	// What is open is noted before the store is asked: whatever moves meanwhile is in the log that is read then.
	const present = [...mirror.alarms.values()];
	const { alarmSeq: seq } = mirror;
	const log = await fromStore(store.alarmSpan(asked.from, asked.to, READ_MAX));
	const isHere = placeFilter(scope, asked.district);
	// Open and not moved since the log that was read begins.
	const untouched = present.filter((alarm) => alarm.seq !== null && alarm.seq <= log.since);
	const begin = [...log.before, ...untouched].filter(isHere);
	const figures = figuresOf(begin, log.steps.filter(isHere), { ...asked, now: clock.now() });
	const named = await alarmsOf(parts, idsIn(figures), [...present, ...log.before], log);
	const cut = <T>(list: readonly T[]): readonly T[] => list.slice(0, NAMED_MAX);
	return JSON.stringify({
		seq,
		...figures,
		counts: {
			chattering: figures.chattering.length,
			fleeting: figures.fleeting.length,
			stale: figures.stale.length,
			shelved: figures.shelved.length,
			suppressed: figures.suppressed.length,
			outOfService: figures.outOfService.length,
		},
		chattering: cut(figures.chattering),
		fleeting: cut(figures.fleeting),
		stale: cut(figures.stale),
		shelved: cut(figures.shelved),
		suppressed: cut(figures.suppressed),
		outOfService: cut(figures.outOfService),
		alarms: named,
		targets,
		cut: log.cut,
	});
}

function idsIn({ chattering, fleeting, stale, top, shelved, suppressed, outOfService }: AlarmFigures): string[] {
	const ids = [chattering, fleeting, stale, top].flatMap((list) => list.slice(0, NAMED_MAX).map(({ alarm }) => alarm));
	for (const list of [shelved, suppressed, outOfService]) ids.push(...list.slice(0, NAMED_MAX));
	return [...new Set(ids)];
}

/** What a page shows of each alarm that is named. */
async function alarmsOf(
	{ store }: HttpParts,
	ids: readonly string[],
	known: readonly Alarm[],
	{ steps }: AlarmSpan,
): Promise<object[]> {
	const byId = new Map(known.map((alarm) => [alarm.id, alarm]));
	const lastOf = new Map(steps.map(({ alarm, seq }) => [alarm, seq]));
	const found = await Promise.all(
		ids.map(async (id) => {
			const alarm = byId.get(id);
			const seq = lastOf.get(id);
			if (alarm !== undefined || seq === undefined) return alarm;
			const [transition] = await fromStore(store.transitions(seq - 1, 1));
			return transition?.alarm;
		}),
	);
	return found.flatMap((alarm) => {
		if (alarm === undefined) return [];
		const { id, name, rule, measure, severity, system, district, asset } = alarm;
		const { shelvedUntil, shelvedBy, suppressedBy, raisedAt } = alarm;
		return [
			{ id, name, rule, measure, severity, system, district, asset, shelvedUntil, shelvedBy, suppressedBy, raisedAt },
		];
	});
}
