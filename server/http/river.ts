// /api/alarms/river: per step of time what was raised, what stood open by system and level, and how long nobody had acknowledged an
// orange or red; the orange and red raises one by one with their places; the shifts. Walls ask once a minute: answers are shared.
import { z } from "zod";
import type { Alarm } from "#model/alarm.ts";
import type { AlarmSpan } from "#model/answers.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { inScope, type Scope } from "#model/rights.ts";
import type { Facts } from "./facts.ts";
import { Kept } from "./kept.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { timeParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";
import { sweep } from "./river_sweep.ts";

const DAY_MS = 86_400_000;
const STEPS_MAX = 2_000;
/** Transitions read for one answer; more are said to be left out. */
const READ_MAX = 200_000;
/** An answer is shared this long; its `seq` says how far it is true. */
const KEPT_MS = 5_000;
const LOGS_KEPT = 8;
const ANSWERS_KEPT = 128;
/** Back to the beginning of the shift that runs at `from`. */
const LONGEST_SHIFT_MS = DAY_MS;

/** The log of a span and what was open when it was read. */
interface Log {
	readonly span: AlarmSpan;
	readonly present: readonly Alarm[];
	readonly seq: number;
	readonly now: number;
}

interface Asked {
	readonly from: number;
	readonly to: number;
	readonly step: number;
}

export function riverRoutes(parts: HttpParts, facts: Facts): Route[] {
	const { mirror, store, clock } = parts;
	const logs = new Kept<Log>(clock, KEPT_MS, LOGS_KEPT);
	const answers = new Kept<string>(clock, KEPT_MS, ANSWERS_KEPT);
	const read = async ({ from, to }: Asked): Promise<Log> => {
		// What is open is noted before the store is asked: whatever moves meanwhile is in the log that is read then.
		const present = [...mirror.alarms.values()];
		const { alarmSeq: seq } = mirror;
		const now = clock.now();
		return { span: await fromStore(store.alarmSpan(from, to, READ_MAX)), present, seq, now };
	};
	const answer = async (asked: Asked, scope: Scope): Promise<string> => {
		const log = await logs.get(`${asked.from} ${asked.to}`, () => read(asked));
		const shifts = await facts.shifts(asked.from - LONGEST_SHIFT_MS, asked.to);
		const isHere = (place: { district: string; system: string }): boolean => inScope(scope, place);
		return JSON.stringify({
			seq: log.seq,
			...asked,
			steps: sweep(log.span, log.present, { ...asked, now: log.now }, isHere),
			pins: pinsOf(log.span, isHere, parts),
			// The one that runs when the span begins, and those that begin in it.
			shifts: shifts
				.filter(({ at }, n) => at >= asked.from || (shifts[n + 1]?.at ?? 0) > asked.from)
				.map(({ at, name, people }) => ({ at, name, people })),
			demoHistoryUntil: await facts.demoHistoryUntil(),
			cut: log.span.cut,
		});
	};
	return [
		route({
			method: "get",
			path: "/api/alarms/river",
			policy: { action: "read" },
			summary:
				"Alarms per step of time: raised, cleared, open by system, minutes unacknowledged; orange and red raises, shifts",
			query: z.object({
				from: timeParam.optional(),
				to: timeParam.optional(),
				/** Milliseconds. */
				step: z.coerce
					.number()
					.int()
					.min(1_000)
					.max(31 * DAY_MS)
					.default(600_000),
			}),
			handle: async ({ who, query }): Promise<Answer | Problem> => {
				const asked = spanOf(query, clock.now());
				if (isProblem(asked)) return asked;
				const key = JSON.stringify([asked, who.scope]);
				return { body: await answers.get(key, () => answer(asked, who.scope)) };
			},
		}),
	];
}

function spanOf(
	query: { from?: number | undefined; to?: number | undefined; step: number },
	now: number,
): Asked | Problem {
	const { step } = query;
	const to = query.to ?? Math.ceil(now / step) * step;
	const from = query.from ?? to - DAY_MS;
	const count = Math.ceil((to - from) / step);
	return count < 1 || count > STEPS_MAX
		? problem("bad-query", `1 to ${STEPS_MAX} steps at once`, "step")
		: { from, to, step };
}

/** Orange and red raises and rises, with when somebody acknowledged and when it ended. */
function pinsOf(
	{ named, steps }: AlarmSpan,
	isHere: (place: { district: string; system: string }) => boolean,
	{ mirror }: HttpParts,
): object[] {
	const after = Map.groupBy(steps, ({ alarm }) => alarm);
	return named
		.filter(({ alarm }) => isHere(alarm))
		.map(({ at, seq, alarm }) => {
			const { id, severity, system, district, asset, name } = alarm;
			const later = (after.get(id) ?? []).filter((step) => step.seq > (seq ?? 0));
			// What comes after the next raise belongs to that one.
			const next = later.findIndex(({ kind }) => kind === "raised");
			const own = next < 0 ? later : later.slice(0, next);
			const record = asset === null ? undefined : mirror.catalogue.assets.get(asset)?.record;
			return {
				at,
				alarm: id,
				severity,
				system,
				district,
				asset,
				name,
				lon: record?.lon ?? null,
				lat: record?.lat ?? null,
				acknowledgedAt: own.find(({ kind }) => kind === "acknowledged")?.at ?? null,
				clearedAt: own.find(({ kind }) => kind === "cleared")?.at ?? null,
			};
		});
}
