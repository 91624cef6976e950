// /healthz, /readyz, /api/status: is this process alive, may it be used, and the signs that the page shows.
import { inScope } from "#model/rights.ts";
import type { Facts } from "./facts.ts";
import type { HttpParts } from "./parts.ts";
import { placeOf } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";
import { signsOf } from "./signs.ts";

export function healthRoutes(parts: HttpParts, facts: Facts): Route[] {
	const { mirror, clock, build } = parts;
	return [
		route({
			method: "get",
			path: "/healthz",
			policy: { open: "a watchdog has no account" },
			summary: "This process answers",
			handle: () => ({ body: { ok: true, build } }),
		}),
		route({
			method: "get",
			path: "/readyz",
			policy: { open: "a watchdog has no account" },
			summary: "200 when everything that is promised works; else 503 with the reasons",
			handle: () => {
				const signs = signsOf(mirror);
				return { status: signs.ready ? 200 : 503, body: signs };
			},
		}),
		route({
			method: "get",
			path: "/api/status",
			policy: { action: "own.read" },
			summary: "Signs of life with figures: doors, store, link, screens, open alarms of your scope",
			handle: async ({ who }) => {
				const { state, latest, catalogue } = mirror;
				/** Open alarms by severity 0..4. */
				const open = [0, 0, 0, 0, 0];
				let unacknowledged = 0;
				for (const alarm of mirror.alarms.values()) {
					if (!inScope(who.scope, alarm)) continue;
					open[alarm.severity] = (open[alarm.severity] ?? 0) + 1;
					if (!alarm.acknowledged) unacknowledged += 1;
				}
				let assets = 0;
				for (const asset of catalogue.assets.values()) if (inScope(who.scope, placeOf(asset))) assets += 1;
				const figures = parts.figures();
				return {
					body: {
						...signsOf(mirror),
						now: clock.now(),
						build,
						startedAt: state?.startedAt ?? null,
						epoch: latest.epoch,
						revision: latest.revision,
						catalogueRevision: catalogue.revision,
						alarmSeq: mirror.alarmSeq,
						accepted: state?.accepted ?? 0,
						quarantined: state?.quarantined ?? 0,
						unrecorded: state?.unrecorded ?? 0,
						stored: { readings: state?.store.readings ?? 0, bytes: state?.store.bytes ?? 0 },
						counts: { assets, rows: latest.cells.rows, cells: latest.cells.cells.length, screens: figures.screens },
						alarms: { open, unacknowledged },
						demoHistoryUntil: await facts.demoHistoryUntil(),
					},
				};
			},
		}),
	];
}
