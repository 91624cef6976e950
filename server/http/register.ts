// GET /api/register: what people keep besides readings and alarms, within the caller's scope, whole or since a revision; GET /api/log:
// lines of the logs. Names and numbers of people are masked here. Nothing private was ever told to web.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { problem } from "#model/problem.ts";
import type { RecordKind } from "#model/register.ts";
import {
	type Entry,
	holds,
	inReach,
	isRecordKind,
	isToldSubject,
	logSubjectSchema,
	reachOf,
	recordKindIds,
} from "#model/register.ts";
import { masked } from "#model/register_masks.ts";
import type { Who } from "#model/rights.ts";
import { archiveRoutes } from "./archive.ts";
import { Kept } from "./kept.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { timeParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const PUBLIC = recordKindIds.filter((kind) => reachOf(kind) !== "private");

const kindsParam = z.string().transform((text, context): RecordKind[] => {
	const wanted = text.split(",").filter((word) => word !== "");
	const kinds = wanted.filter(isRecordKind).filter((kind) => PUBLIC.includes(kind));
	if (kinds.length === wanted.length && kinds.length > 0) return kinds;
	context.addIssue({ code: "custom", message: `kinds: ${PUBLIC.join(", ")}` });
	return z.NEVER;
});

export function registerRoutes(parts: HttpParts): Route[] {
	return [listRoute(parts), logRoute(parts), ...archiveRoutes(parts)];
}

const squeeze = promisify(gzip);
/** Bytes; below it squeezing is not worth a turn of the thread pool. */
const SQUEEZE_MIN = 16_384;
/** A whole register is made once for all who see the same: after a restart of core every page asks for it. */
const KEPT_MS = 60_000;
const KEPT_MAX = 32;

function listRoute({ mirror, clock }: HttpParts): Route {
	const kept = new Kept<Buffer>(clock, KEPT_MS, KEPT_MAX);
	return route({
		method: "get",
		path: "/api/register",
		fresh: true,
		policy: { action: "read" },
		summary:
			"Records that people keep, within your scope; `since` ({epoch}.{revision}): what changed, removed ones marked",
		query: z.object({
			kinds: kindsParam.optional(),
			since: z
				.string()
				.regex(/^\d{1,10}\.\d{1,16}$/, "{epoch}.{revision}")
				.optional(),
		}),
		handle: async ({ who, query, request }) => {
			if (!mirror.ready) return problem("core-away", "the register is not here yet; try again");
			const { register } = mirror;
			const { epoch } = mirror.latest;
			const kinds = query.kinds ?? PUBLIC;
			const [life, since] = (query.since ?? "").split(".").map(Number);
			const isSame = query.since !== undefined && life === epoch;
			const changed = isSame ? kinds.map((kind) => register.changed(kind, since ?? 0)) : [null];
			const whole = changed.includes(null);
			const found = whole ? kinds.flatMap((kind) => register.all(kind)) : changed.flatMap((list) => list ?? []);
			const entries = found.flatMap((entry) => told(entry, who, whole));
			const { revision } = register;
			const text = JSON.stringify({ epoch, revision, whole, entries });
			if (!whole || text.length < SQUEEZE_MIN || request.acceptsEncodings("gzip") !== "gzip") return { body: text };
			// What is masked depends on who asks.
			const key = JSON.stringify([epoch, revision, kinds, who.roles, who.scope]);
			const headers = { "Content-Encoding": "gzip", Vary: "Accept-Encoding" };
			return { body: await kept.get(key, () => squeeze(text)), type: "application/json", headers };
		},
	});
}

/** What changed and is not, or no longer, within reach is taken off the page that may hold it. */
function told(entry: Entry, who: Who, whole: boolean): Entry[] {
	if (inReach(who.scope, entry)) return [entry.removed ? gone(entry) : masked(entry, who)];
	return whole ? [] : [gone(entry)];
}

function gone({ kind, id, revision, at }: Entry): Entry {
	return { kind, id, revision, at, by: "", district: "", system: "", body: null, removed: true };
}

function logRoute({ store }: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/log",
		policy: { action: "read" },
		summary:
			"Log lines within your scope, rising: of one subject, or of a span of time; `next`: go on after this number",
		query: z
			.object({
				subject: logSubjectSchema.optional(),
				from: timeParam.optional(),
				to: timeParam.optional(),
				after: z.coerce.number().int().min(0).default(0),
				limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
			})
			.refine(({ subject, from, to }) => subject !== undefined || (from !== undefined && to !== undefined), {
				message: "a subject, or from and to",
				path: ["subject"],
			}),
		handle: async ({ who, query }) => {
			const { subject, from = 0, to = 0, after, limit } = query;
			const read = await fromStore(
				subject === undefined ? store.linesBetween(from, to, after, limit) : store.lines(subject, after, limit),
			);
			const lines = read.filter((line) => isToldSubject(line.subject) && holds(who.scope, line));
			return { body: { lines, next: read.length === limit ? (read.at(-1)?.n ?? null) : null } };
		},
	});
}
