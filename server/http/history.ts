// /api/assets/:id/history: one channel over time, thinned to the points asked for; minima and maxima stay, a gap stays a gap.
import { z } from "zod";
import { qualityName, toValue } from "#model/measure.ts";
import { isProblem, problem } from "#model/problem.ts";
import { assetFor } from "./assets.ts";
import type { Facts } from "./facts.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { timeParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const DAY_MS = 86_400_000;
/** Raw readings are kept for 35 days, 5-minute figures for 13 months. */
const LONGEST_MS = 400 * DAY_MS;

export function historyRoutes(parts: HttpParts, facts: Facts): Route[] {
	const { mirror, store, clock } = parts;
	return [
		route({
			method: "get",
			path: "/api/assets/:id/history",
			policy: { action: "own.read" },
			summary: "Readings of one measure: [at, value, quality], the last 24 h and 500 points when not said",
			query: z.object({
				measure: z.string().max(48),
				from: timeParam.optional(),
				to: timeParam.optional(),
				points: z.coerce.number().int().min(2).max(10_000).default(500),
			}),
			handle: async ({ who, params, query }) => {
				const asset = assetFor(mirror, who, params.id ?? "");
				if (isProblem(asset)) return asset;
				const index = asset.measures.indexOf(query.measure);
				const measure = mirror.catalogue.measureOf(asset, query.measure);
				const channel = asset.channels[index];
				if (measure === null || channel === undefined) {
					return problem("unknown-measure", `this asset measures ${asset.measures.join(", ")}`, "measure");
				}
				const to = query.to ?? clock.now();
				const from = query.from ?? to - DAY_MS;
				if (from >= to) return problem("bad-query", "from must be before to", "from");
				if (to - from > LONGEST_MS) return problem("bad-query", "at most 400 days at once", "from");
				const { points, thinned } = await fromStore(store.history(channel, from, to, query.points));
				return {
					body: {
						unit: measure.unit,
						points: points.map(({ at, count, quality }) => [
							at,
							count === null ? null : toValue(count, measure.scale),
							qualityName(quality),
						]),
						thinned,
						demoHistoryUntil: await facts.demoHistoryUntil(),
					},
				};
			},
		}),
	];
}
