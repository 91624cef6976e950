// /api/alarms/river: how many alarms were raised and cleared per step of time, by severity and system, for the river of the day.
import { z } from "zod";
import { problem } from "#model/problem.ts";
import { inScope } from "#model/rights.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { timeParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const DAY_MS = 86_400_000;
const STEPS_MAX = 2_000;
/** Transitions read for one answer; more are said to be left out. */
const READ_MAX = 200_000;

interface Step {
	readonly at: number;
	/** Raises and rises by severity 1..4. */
	readonly raised: [number, number, number, number];
	cleared: number;
	/** System -> raises. */
	readonly systems: Record<string, number>;
}

export function riverRoutes(parts: HttpParts): Route[] {
	const { mirror, store, clock } = parts;
	return [
		route({
			method: "get",
			path: "/api/alarms/river",
			policy: { action: "read" },
			summary: "Alarms raised and cleared per step of time; the last 24 h in steps of 10 minutes when not said",
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
			handle: async ({ who, query }) => {
				const { step } = query;
				const to = query.to ?? Math.ceil(clock.now() / step) * step;
				const from = query.from ?? to - DAY_MS;
				const count = Math.ceil((to - from) / step);
				if (count < 1 || count > STEPS_MAX) return problem("bad-query", `1 to ${STEPS_MAX} steps at once`, "step");
				const seq = mirror.alarmSeq;
				const read = await fromStore(store.transitionsBetween(from, to, READ_MAX));
				const steps = Array.from({ length: count }, (_, index): Step => {
					return { at: from + index * step, raised: [0, 0, 0, 0], cleared: 0, systems: {} };
				});
				for (const { kind, at, alarm } of read) {
					const one = steps[Math.floor((at - from) / step)];
					if (one === undefined || !inScope(who.scope, alarm)) continue;
					if (kind === "cleared") one.cleared += 1;
					else if ((kind === "raised" || kind === "rose") && alarm.severity > 0) {
						const index = (alarm.severity - 1) as 0 | 1 | 2 | 3;
						one.raised[index] += 1;
						one.systems[alarm.system] = (one.systems[alarm.system] ?? 0) + 1;
					}
				}
				return { body: { seq, from, to, step, steps, cut: read.length === READ_MAX } };
			},
		}),
	];
}
