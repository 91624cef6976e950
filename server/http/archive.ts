// GET /api/register/archive: records whose business is long over, by kind and by when that was, within the caller's scope; and one by
// its id with its parts (an incident's tasks). Read-only: what brings a record back is an act. Other routes ask here for a record
// that is no longer at hand.
import { z } from "zod";
import { type Archived, archivedKinds, archiveRules } from "#model/archive.ts";
import { districtPrefix } from "#model/ids.ts";
import { type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry, holds, isRecordKind, type RecordKind, recordIdSchema } from "#model/register.ts";
import { masked } from "#model/register_masks.ts";
import type { Scope, Who } from "#model/rights.ts";
import type { ArchivePage, ReadStore } from "../store/store.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { districtParam, prefixesOf, timeParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

/** Found by themselves; a task is found with its incident. */
const OWN = archivedKinds.filter((kind) => !("partOf" in archiveRules[kind]));
const FOR_EVER = 8_640_000_000_000_000;
const ALL_MAX = 5_000;

const kindParam = z.string().transform((text, context): RecordKind => {
	if (isRecordKind(text) && OWN.includes(text)) return text;
	context.addIssue({ code: "custom", message: `kind: one of ${OWN.join(", ")}` });
	return z.NEVER;
});

export function archiveRoutes(parts: HttpParts): Route[] {
	return [listRoute(parts), oneRoute(parts)];
}

function listRoute({ store }: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/register/archive",
		fresh: true,
		policy: { action: "read" },
		summary:
			"Records that left the register, newest first by when their business was over (in [from, to)), within your scope; `next`: ask on with `before`; with `id` the one, and its parts",
		query: z.object({
			kind: kindParam,
			/** With its parts, or an empty list: a page asks of any id that its register does not hold. */
			id: recordIdSchema.optional(),
			from: timeParam.optional(),
			to: timeParam.optional(),
			district: districtParam.optional(),
			limit: z.coerce.number().int().min(1).max(500).default(100),
			before: z
				.string()
				.regex(/^\d{1,16}\.\d{1,16}$/, "`next` of the answer before")
				.optional(),
		}),
		handle: async ({ who, query }): Promise<Answer> => {
			const { kind, id, from = 0, to = FOR_EVER, district, limit } = query;
			if (id !== undefined) {
				const kept = await archivedRecord(store, kind, id, who);
				return { body: { entries: kept === null ? [] : [told(kept, who)], next: null, damaged: 0 } };
			}
			const [at, n] = (query.before ?? "").split(".").map(Number);
			const page = await fromStore(
				archivePage(store, who.scope, {
					kind,
					from,
					to,
					districts: prefixesOf(who.scope, district),
					before: at === undefined || n === undefined ? null : [at, n],
					limit,
				}),
			);
			const entries = page.found.map(({ entry, ...times }) => ({ ...masked(entry, who), ...times }));
			return { body: { entries, next: page.next?.join(".") ?? null, damaged: page.damaged } };
		},
	});
}

function oneRoute({ store }: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/register/archive/:kind/:id",
		fresh: true,
		policy: { action: "read" },
		summary: "One record that left the register, with its parts: the tasks of an incident",
		handle: async ({ who, params }): Promise<Answer | Problem> => {
			const kind = kindParam.safeParse(params.kind ?? "");
			const kept = kind.success ? await archivedRecord(store, kind.data, params.id ?? "", who) : null;
			if (kept === null) return problem("not-found", "no such record in the archive of your scope");
			return { body: told(kept, who) };
		},
	});
}

/** As a page may hold it. */
function told({ entry, parts, ...times }: Archived, who: Who): object {
	return { ...masked(entry, who), ...times, parts: parts.map((part) => masked(part, who)) };
}

type Asked = Omit<Parameters<ReadStore["archive"]>[0], "systems">;

/** A scope of named assets holds no records; one of systems holds those of every system too. */
async function archivePage(store: ReadStore, scope: Scope, asked: Asked): Promise<ArchivePage> {
	if (scope.assets !== undefined) return { found: [], next: null, damaged: 0 };
	return store.archive({ ...asked, systems: scope.systems === null ? null : [...scope.systems, ANY_SYSTEM] });
}

/** Unmasked, for what the server makes of it; null: not in the archive, or not in the caller's scope. */
export async function archivedRecord<B = unknown>(
	store: ReadStore,
	kind: RecordKind,
	id: string,
	{ scope }: Pick<Who, "scope">,
): Promise<Archived<B> | null> {
	const kept = await fromStore(store.archived(kind, id));
	return kept !== null && holds(scope, kept.entry) ? (kept as Archived<B>) : null;
}

/** Every record of a kind that was over at `from` or later, at most 5,000: for what is told of days long past. */
export async function archivedSince<B = unknown>(
	store: ReadStore,
	kind: RecordKind,
	from: number,
	scope: Scope,
): Promise<Entry<B>[]> {
	const districts = scope.districts.map(districtPrefix);
	const asked: Asked = { kind, from, to: FOR_EVER, districts, before: null, limit: ALL_MAX };
	const { found } = await fromStore(archivePage(store, scope, asked));
	return found.map(({ entry }) => entry as Entry<B>);
}
