// /api/catalogue, /api/systems, /api/districts, /api/search: what exists and what it is called; never a reading.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { problem } from "#model/problem.ts";
import type { Scope } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { placeOf } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

export function catalogueRoutes(parts: HttpParts): Route[] {
	return [catalogueRoute(parts), systemsRoute(parts), districtsRoute(), searchRoute(parts)];
}

const squeeze = promisify(gzip);

/** Scopes whose whole catalogue is kept: the province, and a city or two. */
const KEPT_MAX = 8;

/** A whole catalogue as JSON text and squeezed: after a restart of core every page asks for it at once. */
interface Kept {
	readonly text: string;
	readonly squeezed: Promise<Buffer>;
}

function catalogueRoute(parts: HttpParts): Route {
	const { mirror } = parts;
	const kept = new Map<string, Kept>();
	return route({
		method: "get",
		path: "/api/catalogue",
		policy: { action: "own.read" },
		summary:
			"Systems, limits, cells and assets with their rows; `since` ({epoch}.{revision} or a revision of this epoch): what changed",
		query: z.object({
			since: z
				.string()
				.regex(/^(\d{1,10}\.)?\d{1,16}$/, "{epoch}.{revision}, or a revision")
				.optional(),
		}),
		handle: async ({ who, query, request }) => {
			if (!mirror.ready) return problem("core-away", "the catalogue is not here yet; try again");
			const { catalogue } = mirror;
			const since = sinceOf(query.since, catalogue.epoch);
			const changed = since === null ? null : catalogue.since(since);
			if (changed !== null) return { body: catalogueFor(parts, who.scope, changed) };
			const key = JSON.stringify([catalogue.epoch, catalogue.revision, who.scope]);
			let whole = kept.get(key);
			if (whole === undefined) {
				const text = JSON.stringify(catalogueFor(parts, who.scope, null));
				whole = { text, squeezed: squeeze(text) };
				if (kept.size >= KEPT_MAX) kept.clear();
				kept.set(key, whole);
			}
			if (request.acceptsEncodings("gzip") !== "gzip") return { body: whole.text };
			const headers = { "Content-Encoding": "gzip", Vary: "Accept-Encoding" };
			return { body: await whole.squeezed, type: "application/json", headers };
		},
	});
}

function catalogueFor(
	{ mirror }: HttpParts,
	scope: Scope,
	changed: { readonly assets: readonly AssetView[]; readonly removed: readonly string[] } | null,
): object {
	const { catalogue, latest } = mirror;
	return {
		epoch: catalogue.epoch,
		revision: catalogue.revision,
		whole: changed === null,
		systems: systemsFor(mirror, scope),
		limits: [...catalogue.limits].map(([kind, limits]) => ({ kind, limits })),
		assets: (changed?.assets ?? [...catalogue.assets.values()]).filter((asset) => isInScope(scope, asset)),
		removed: changed?.removed ?? [],
		// Every cell, because a row's number counts them; what lies outside the scope has no place.
		cells: latest.cells.cells.map((cell) => {
			const { start, capacity, used, district, system } = cell;
			if (inScope(scope, cell)) return { start, capacity, used, district, system };
			return { start, capacity, used: 0, district: "000000", system: "" };
		}),
	};
}

function systemsRoute(parts: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/systems",
		policy: { action: "own.read" },
		summary: "Systems with their kinds, measures, fields and the limits of each kind in force",
		handle: ({ who }) => ({
			body: {
				systems: systemsFor(parts.mirror, who.scope),
				limits: [...parts.mirror.catalogue.limits].map(([kind, limits]) => ({ kind, limits })),
			},
		}),
	});
}

function districtsRoute(): Route {
	return route({
		method: "get",
		path: "/api/districts",
		policy: { action: "own.read" },
		summary: "The province, its cities and counties by GB/T 2260 code, with names, centres and boxes",
		handle: () => ({ body: { districts: DISTRICTS } }),
	});
}

function searchRoute(parts: HttpParts): Route {
	const { mirror, store } = parts;
	return route({
		method: "get",
		path: "/api/search",
		policy: { action: "own.read" },
		summary: "Assets by two or more characters of a name, an id or pinyin initials; districts by name",
		query: z.object({
			q: z.string().trim().min(1).max(80),
			limit: z.coerce.number().int().min(1).max(100).default(20),
		}),
		handle: async ({ who, query }) => {
			const text = query.q.toLowerCase();
			// More than asked for, because some may lie outside the scope.
			const ids = await fromStore(store.search(text, query.limit * 10));
			const assets: object[] = [];
			for (const id of ids) {
				const asset = mirror.catalogue.assets.get(id);
				if (asset === undefined || !isInScope(who.scope, asset) || assets.length >= query.limit) continue;
				const { name, kind, district, lon, lat } = asset.record;
				assets.push({ id, name, kind, system: asset.system, district, lon, lat });
			}
			const districts = DISTRICTS.filter(
				({ name, short, code }) =>
					name.zh.includes(text) ||
					short.zh.includes(text) ||
					name.en.toLowerCase().includes(text) ||
					code.startsWith(text),
			).slice(0, query.limit);
			return { body: { assets, districts } };
		},
	});
}

function systemsFor(mirror: Mirror, scope: Scope): object[] {
	return mirror.catalogue.systems.filter(({ id }) => scope.systems === null || scope.systems.includes(id));
}

function isInScope(scope: Scope, asset: AssetView): boolean {
	return inScope(scope, placeOf(asset));
}

/** null: everything is wanted. Revisions start anew with each epoch. */
function sinceOf(text: string | undefined, epoch: number): number | null {
	if (text === undefined) return null;
	const parts = text.split(".").map(Number);
	const [first = 0, second] = parts;
	if (second === undefined) return first;
	return first === epoch ? second : null;
}
