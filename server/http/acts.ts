// POST /api/acts/{name}: every act of model/acts.ts as a route of its own, with its right and its schema. Core decides, stores and
// answers; here nothing is known but the name.
import type { ActSpec } from "#model/act.ts";
import { actNames, acts } from "#model/acts.ts";
import { isProblem } from "#model/problem.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

export function actRoutes({ core }: HttpParts): Route[] {
	return actNames.flatMap((name) => {
		const spec: ActSpec = acts[name];
		if (spec.mounted === false) return [];
		return [
			route({
				method: "post",
				path: `/api/acts/${name}`,
				policy: { action: spec.action },
				summary: `${spec.summary}; a repeated commandId answers as the first time`,
				body: spec.schema,
				...(spec.bodyLimit === undefined ? {} : { bodyLimit: spec.bodyLimit }),
				handle: async ({ who, body, source }) => {
					const answer = await core.call("act", { who, name, body, source });
					return isProblem(answer) ? answer : { body: answer };
				},
			}),
		];
	});
}
