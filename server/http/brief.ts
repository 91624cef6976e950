// /api/brief: the morning brief of a day as JSON, and the same as DOCX and PDF. Counted when it is asked for and shared for half a
// minute: a dozen desks open it at 08:00. The figures are brief_facts.ts, the words model/brief_document.ts.
import { z } from "zod";
import { type Brief, briefSpan } from "#model/brief.ts";
import { briefDocument } from "#model/brief_document.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { narrow, type Who } from "#model/rights.ts";
import type { DocumentMaker, Form } from "../documents/maker.ts";
import { forms } from "../documents/maker.ts";
import { dutyRoom } from "../documents/names.ts";
import { makeBrief } from "./brief_facts.ts";
import { handOut } from "./documents.ts";
import { Kept } from "./kept.ts";
import type { HttpParts } from "./parts.ts";
import { districtParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const KEPT_MS = 30_000;
const BRIEFS_KEPT = 32;
/** Readings and alarms of days before are thinned or gone. */
const OLDEST_MS = 35 * 86_400_000;

const query = z.object({
	/** The morning, in civil time; the newest whole one when not said. */
	date: z
		.string()
		.regex(/^\d{4}-\d{2}-\d{2}$/, "2026-11-22")
		.refine((text) => !Number.isNaN(Date.parse(`${text}T12:00:00+08:00`)), "not a day")
		.optional(),
	district: districtParam.optional(),
});
type Query = z.infer<typeof query>;

export function briefRoutes(parts: HttpParts, maker: DocumentMaker): Route[] {
	const kept = new Kept<Brief>(parts.clock, KEPT_MS, BRIEFS_KEPT);
	const briefOf = async (who: Who, { date, district }: Query): Promise<Brief | Problem> => {
		if (!parts.mirror.ready) return problem("core-away", "the alarms are not here yet; try again");
		const now = parts.clock.now();
		const span = briefSpan(date ?? null, now);
		if (span.to > now) return problem("bad-query", "that morning has not come", "date");
		if (span.to < now - OLDEST_MS) return problem("bad-query", "at most 35 days back", "date");
		const wish = district === undefined ? null : { districts: [district.padEnd(6, "0")], systems: null };
		const scope = narrow(who.scope, wish);
		if (scope.districts.length === 0) return problem("not-found", "no such district in your scope", "district");
		return kept.get(JSON.stringify([span.date, scope]), () => makeBrief(parts, { ...span, scope }));
	};
	const document = (form: Form): Route =>
		route({
			method: "get",
			path: `/api/brief.${form}`,
			fresh: true,
			policy: { action: "read" },
			summary: `The morning brief as ${form.toUpperCase()}`,
			query,
			handle: async ({ who, query: asked }): Promise<Answer | Problem> => {
				const brief = await briefOf(who, asked);
				if (isProblem(brief)) return brief;
				const issuer = dutyRoom(asked.district?.padEnd(6, "0") ?? who.scope.districts[0] ?? "210000");
				return handOut(maker, briefDocument(brief, issuer), form, `${brief.date} ${brief.area} 值班早报`);
			},
		});
	return [
		route({
			method: "get",
			path: "/api/brief",
			fresh: true,
			policy: { action: "read" },
			summary:
				"Yesterday 08:00 to today 08:00: alarms with their trend, incidents, supply, weather, what is open; sources",
			query,
			handle: async ({ who, query: asked }): Promise<Answer | Problem> => {
				const brief = await briefOf(who, asked);
				return isProblem(brief) ? brief : { body: brief };
			},
		}),
		...forms.map(document),
	];
}
