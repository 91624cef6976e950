// /api/audit: who did what, when and from where, with the chain of hashes; a check of the chain; and the log as a file. What is
// taken out is itself on record.
import { z } from "zod";
import type { ChainedRecord } from "#model/audit.ts";
import { problem } from "#model/problem.ts";
import { csvOf } from "./csv.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { timeParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

/** Records of one read. */
const STEP = 5_000;
/** Records of one file; a longer log is taken in parts by `from` and `to`. */
const EXPORT_MAX = 50_000;

const filter = {
	user: z.string().max(80).optional(),
	action: z.string().max(80).optional(),
	subject: z.string().max(200).optional(),
	from: timeParam.optional(),
	to: timeParam.optional(),
};

export function auditRoutes(parts: HttpParts): Route[] {
	const { store } = parts;
	return [
		route({
			method: "get",
			path: "/api/audit",
			policy: { action: "audit.read" },
			summary: "Who did what, when and from where: after record n, or the newest before it with a filter",
			query: z.object({
				...filter,
				after: z.coerce.number().int().min(0).optional(),
				before: z.coerce.number().int().min(1).optional(),
				limit: z.coerce.number().int().min(1).max(STEP).default(500),
			}),
			handle: async ({ query }) => {
				const { after, before, limit, ...wanted } = query;
				const isBack = before !== undefined || Object.values(wanted).some((value) => value !== undefined);
				const records = isBack
					? await fromStore(store.auditsBack(before ?? Number.MAX_SAFE_INTEGER, limit, wanted))
					: await fromStore(store.audits(after ?? 0, limit));
				return { body: { records, next: records.length === limit ? (records.at(-1)?.n ?? null) : null } };
			},
		}),
		route({
			method: "get",
			path: "/api/audit/check",
			policy: { action: "audit.read" },
			summary:
				"Whether the newest 50,000 records of the audit log are a whole chain and agree with its witness; else the first bad one",
			handle: async () => ({ body: await fromStore(store.auditCheck()) }),
		}),
		exportRoute(parts),
	];
}

function exportRoute({ store, core }: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/audit/file",
		policy: { action: "audit.export" },
		summary: "The audit log with its hashes as a file: CSV, or NDJSON that can be checked elsewhere",
		query: z.object({ ...filter, form: z.enum(["csv", "ndjson"]).default("csv") }),
		handle: async ({ who, query, source }) => {
			const { form, ...wanted } = query;
			const back = await fromStore(store.auditsBack(Number.MAX_SAFE_INTEGER, EXPORT_MAX + 1, wanted));
			if (back.length > EXPORT_MAX)
				return problem("too-large", `more than ${EXPORT_MAX} records: narrow the time`, "from");
			const records = [...back].reverse();
			const detail = { form, records: records.length, ...wanted };
			await core.call("noted", { who, action: "audit.export", subject: "audit", detail, source });
			return {
				body:
					form === "csv" ? csvOf(tableOf(records)) : records.map((record) => `${JSON.stringify(record)}\n`).join(""),
				type: form === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
				headers: { "Content-Disposition": `attachment; filename="audit.${form}"` },
			};
		},
	});
}

const COLUMNS = ["n", "at", "user", "action", "subject", "result", "detail", "source", "prev", "hash"] as const;

function tableOf(records: readonly ChainedRecord[]): string[][] {
	return [
		[...COLUMNS],
		...records.map((record) =>
			COLUMNS.map((name) => (name === "at" ? new Date(record.at).toISOString() : String(record[name] ?? ""))),
		),
	];
}
