// /api/assets: what exists and how it stands, as GeoJSON; import and removal for administrators (done by core).
import { z } from "zod";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import type { Who } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";
import { featureOf, severityOf } from "./feature.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { bboxParam, districtParam, placeFilter, placeOf, severityParam } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const IMPORT_BYTES = 32 * 1024 * 1024;
/** Assets that a text may match. */
const SEARCH_MAX = 2_000;

const query = z.object({
	bbox: bboxParam.optional(),
	district: districtParam.optional(),
	system: z.string().max(48).optional(),
	kind: z.string().max(48).optional(),
	/** That or worse. */
	severity: severityParam.optional(),
	q: z.string().trim().max(80).optional(),
	limit: z.coerce.number().int().min(1).max(100_000).default(1_000),
	offset: z.coerce.number().int().min(0).default(0),
});
type Query = z.infer<typeof query>;

export function assetRoutes(parts: HttpParts): Route[] {
	const { mirror, core } = parts;
	return [
		route({
			method: "get",
			path: "/api/assets",
			fresh: true,
			policy: { action: "own.read" },
			summary: "Assets of your scope as a GeoJSON FeatureCollection, with the newest state of every channel",
			query,
			handle: async ({ who, query: asked, request }) => {
				const found = await find(parts, who, asked);
				const page = found.slice(asked.offset, asked.offset + asked.limit);
				const end = asked.offset + page.length;
				return {
					body: {
						type: "FeatureCollection",
						numberMatched: found.length,
						numberReturned: page.length,
						next: end < found.length ? nextUrl(request.originalUrl, end, asked.limit) : null,
						features: page.map((asset) => featureOf(mirror, asset)),
					},
				};
			},
		}),
		route({
			method: "get",
			path: "/api/assets/:id",
			fresh: true,
			policy: { action: "own.read" },
			summary: "One asset with its register fields and the limits in force",
			handle: ({ who, params }) => {
				const asset = assetFor(mirror, who, params.id ?? "");
				if (isProblem(asset)) return asset;
				const feature = featureOf(mirror, asset);
				const { site, fields, quiet } = asset.record;
				const more = { site: site ?? null, fields: fields ?? {}, quiet: quiet ?? false };
				const properties = { ...feature.properties, ...more, limits: mirror.catalogue.limitsOf(asset) };
				return { body: { ...feature, properties } };
			},
		}),
		route({
			method: "post",
			path: "/api/assets",
			policy: { action: "catalogue.edit" },
			summary: "Import assets; each is stored or refused with its reason",
			body: z.object({ assets: z.array(z.unknown()).min(1).max(200_000) }).strict(),
			bodyLimit: IMPORT_BYTES,
			handle: async ({ who, body, source }) => {
				const answer = await core.call("putAssets", { who, assets: body.assets, source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
		route({
			method: "delete",
			path: "/api/assets/:id",
			policy: { action: "catalogue.edit" },
			summary: "Remove an asset; its history stays",
			handle: async ({ who, params, source }) => {
				const answer = await core.call("removeAsset", { who, id: params.id ?? "", source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
	];
}

/** The asset, when it exists within the caller's scope: what lies outside is not told to exist. */
export function assetFor(mirror: Mirror, who: Who, id: string): AssetView | Problem {
	const asset = mirror.catalogue.assets.get(id);
	if (asset === undefined || !inScope(who.scope, placeOf(asset))) {
		return problem("not-found", "no such asset in your scope");
	}
	return asset;
}

async function find(parts: HttpParts, who: Who, asked: Query): Promise<AssetView[]> {
	const { mirror, store } = parts;
	const isHere = placeFilter(who.scope, asked.district);
	const text = asked.q === undefined || asked.q === "" ? null : asked.q.toLowerCase();
	const matches = text === null ? null : new Set(await fromStore(store.search(text, SEARCH_MAX)));
	const found: AssetView[] = [];
	for (const asset of mirror.catalogue.assets.values()) {
		const { record } = asset;
		if (asked.system !== undefined && asset.system !== asked.system) continue;
		if (asked.kind !== undefined && record.kind !== asked.kind) continue;
		if (asked.bbox !== undefined && !isInside(asked.bbox, record.lon, record.lat)) continue;
		if (!isHere(placeOf(asset))) continue;
		if (asked.severity !== undefined && severityOf(mirror, asset) < asked.severity) continue;
		if (matches !== null && text !== null && !matches.has(record.id) && !record.name.toLowerCase().includes(text))
			continue;
		found.push(asset);
	}
	return found;
}

function isInside(
	[west, south, east, north]: readonly [number, number, number, number],
	lon: number,
	lat: number,
): boolean {
	return lon >= west && lon <= east && lat >= south && lat <= north;
}

function nextUrl(original: string, offset: number, limit: number): string {
	const url = new URL(original, "http://localhost");
	url.searchParams.set("offset", String(offset));
	url.searchParams.set("limit", String(limit));
	return url.pathname + url.search;
}
