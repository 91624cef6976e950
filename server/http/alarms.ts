// /api/alarms: the list as of a seq, the log after one, and what people do about an alarm (decided and stored by core).
import { z } from "zod";
import type { Alarm } from "#model/alarm.ts";
import { isProblem, problem } from "#model/problem.ts";
import type { AlarmAction } from "#model/protocol.ts";
import { alarmActionSchemas, alarmActions, batchSchema } from "#model/protocol.ts";
import type { Action, Scope } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { districtParam, placeFilter, prefixesOf, severityParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

/** The right that each act needs. */
const RIGHT: Readonly<Record<AlarmAction, Action>> = {
	acknowledge: "alarm.acknowledge",
	shelve: "alarm.shelve",
	unshelve: "alarm.shelve",
	assign: "alarm.assign",
	comment: "alarm.comment",
	"out-of-service": "alarm.out-of-service",
};

const listQuery = z.object({
	state: z.enum(["open", "all"]).default("open"),
	severity: severityParam.default(0),
	district: districtParam.optional(),
	limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});
type ListQuery = z.infer<typeof listQuery>;

export function alarmRoutes(parts: HttpParts): Route[] {
	const { mirror, core } = parts;
	return [
		route({
			method: "get",
			path: "/api/alarms",
			fresh: true,
			policy: { action: "own.read" },
			summary: "Alarms of your scope, worst and newest first, true as of `seq`",
			query: listQuery,
			handle: async ({ who, query }) => {
				// Read before the store is asked: what comes meanwhile is not promised.
				const seq = mirror.alarmSeq;
				const alarms =
					query.state === "open" ? openAlarms(parts, who.scope, query) : await allAlarms(parts, who.scope, query);
				return { body: { seq, alarms: alarms.slice(0, query.limit) } };
			},
		}),
		logRoute(parts),
		route({
			method: "post",
			path: "/api/alarms/acknowledge",
			policy: { action: "alarm.acknowledge" },
			summary: "Acknowledge up to 500 alarms: each is answered by itself, what is done is one commit",
			body: batchSchema,
			handle: async ({ who, body, source }) => {
				const answer = await core.call("acknowledgeMany", { who, body, source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
		...alarmActions.map((action) =>
			route({
				method: "post",
				path: `/api/alarms/:id/${action}`,
				policy: { action: RIGHT[action] },
				summary: `${action} an alarm; a repeated commandId answers as the first time`,
				body: alarmActionSchemas[action],
				handle: async ({ who, params, body, source }) => {
					const answer = await core.call("command", { who, alarmId: params.id ?? "", action, body, source });
					return isProblem(answer) ? answer : { body: answer };
				},
			}),
		),
	];
}

function logRoute(parts: HttpParts): Route {
	const { mirror, store } = parts;
	return route({
		method: "get",
		path: "/api/alarms/log",
		fresh: true,
		policy: { action: "own.read" },
		summary: "Transitions after a seq, rising; `through`: the log was read up to here, within your scope or not",
		query: z.object({
			after: z.coerce.number().int().min(0).default(0),
			limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
		}),
		handle: async ({ who, query }) => {
			const seq = mirror.alarmSeq;
			if (query.after > seq) return problem("bad-query", `the log ends at ${seq}`, "after");
			const read = await fromStore(store.transitions(query.after, query.limit));
			const through = read.at(-1)?.seq ?? query.after;
			const transitions = read.filter(({ alarm }) => inScope(who.scope, alarm));
			return { body: { seq, transitions, through, next: read.length === query.limit ? through : null } };
		},
	});
}

function openAlarms({ mirror }: HttpParts, scope: Scope, query: ListQuery): Alarm[] {
	const isHere = placeFilter(scope, query.district);
	const alarms: Alarm[] = [];
	for (const alarm of mirror.alarms.values()) {
		if (alarm.severity >= query.severity && isHere(alarm)) alarms.push(alarm);
	}
	return alarms.sort(worstAndNewest);
}

async function allAlarms(parts: HttpParts, scope: Scope, query: ListQuery): Promise<Alarm[]> {
	const { store } = parts;
	const filter = { severity: query.severity, limit: query.limit };
	const lists = [
		fromStore(store.alarms({ ...filter, districts: prefixesOf(scope, query.district), systems: scope.systems })),
	];
	// Trouble of the system itself stands at the province and concerns every desk.
	if (query.district === undefined)
		lists.push(fromStore(store.alarms({ ...filter, districts: ["21"], systems: ["system"] })));
	const byId = new Map((await Promise.all(lists)).flat().map((alarm) => [alarm.id, alarm]));
	// What could not be recorded is nowhere but in memory, and must not be missing here.
	for (const alarm of openAlarms(parts, scope, query)) if (alarm.seq === null) byId.set(alarm.id, alarm);
	const isHere = placeFilter(scope, query.district);
	return [...byId.values()].filter(isHere).sort(worstAndNewest);
}

function worstAndNewest(a: Alarm, b: Alarm): number {
	return b.severity - a.severity || b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1);
}
