// /api/policy: the items of a policy document, each with its class and, where this build has a source, a figure per city that is
// counted from the live table. An item without a source has no figure: null, never a made-up number.
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import builtIn from "#geodata/liaoning/policy.json" with { type: "json" };
import { cityOf } from "#model/ids.ts";
import { Quality } from "#model/measure.ts";
import type { Scope } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const text = z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
const documentSchema = z.object({
	document: z.object({
		number: z.string().max(80),
		title: text,
		organ: z.string().max(80),
		date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
		source: z.string().max(400),
	}),
	items: z
		.array(
			z.object({ id: z.string().regex(/^[A-Z]\d{2,3}$/), class: z.enum(["live", "register", "report"]), name: text }),
		)
		.min(1)
		.max(500),
});
type PolicyDocument = z.infer<typeof documentSchema>;

interface Count {
	assets: number;
	reporting: number;
}

/** Throws, naming the file, when the document that stands in the data folder is not one: better than showing another. */
export function readPolicy(file: string): PolicyDocument {
	if (!existsSync(file)) return documentSchema.parse(builtIn);
	const parsed = documentSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
	if (parsed.success) return parsed.data;
	throw new Error(`${file} is not a policy document: ${z.prettifyError(parsed.error)}`);
}

export function policyRoutes({ mirror, policyFile }: HttpParts): Route[] {
	const { document, items } = readPolicy(policyFile);
	return [
		route({
			method: "get",
			path: "/api/policy",
			policy: { action: "read" },
			summary: "Items of the policy document with their live figure per city and what feeds it",
			handle: ({ who }) => {
				return {
					body: {
						document,
						items: items.map((item) => ({
							...item,
							...figureOf(mirror, who.scope, item.id),
							tests: ["test/integration/http_policy.test.ts"],
						})),
					},
				};
			},
		}),
	];
}

/** Share of the watched assets that report, in percent with one decimal: of the systems that serve the item. */
function figureOf(mirror: Mirror, scope: Scope, item: string): object {
	const sources = mirror.catalogue.systems.filter(({ policy }) => policy.includes(item)).map(({ id }) => id);
	const total: Count = { assets: 0, reporting: 0 };
	const byCity = new Map<string, Count>(CITIES.map(({ code }) => [code, { assets: 0, reporting: 0 }]));
	for (const asset of mirror.catalogue.assets.values()) {
		const place = { district: asset.record.district, system: asset.system };
		if (!sources.includes(asset.system) || !inScope(scope, place)) continue;
		const reports = isReporting(mirror, asset) ? 1 : 0;
		for (const count of [total, byCity.get(cityOf(asset.record.district))]) {
			if (count === undefined) continue;
			count.assets += 1;
			count.reporting += reports;
		}
	}
	const figure = shareOf(total);
	if (figure === null) return { figure: null, unit: "", label: null, assets: 0, cities: [], sources: [] };
	return {
		figure,
		unit: "%",
		label: { zh: "在线率", en: "share of watched assets that report" },
		assets: total.assets,
		cities: [...byCity].map(([district, count]) => ({ district, figure: shareOf(count), assets: count.assets })),
		sources,
	};
}

function shareOf({ assets, reporting }: Count): number | null {
	return assets === 0 ? null : Math.round((reporting / assets) * 1_000) / 10;
}

/** Some channel of it has a value that is neither stale nor declared bad by the device. */
function isReporting(mirror: Mirror, asset: AssetView): boolean {
	for (let index = 0; index < asset.measures.length; index++) {
		const quality = mirror.latest.quality[asset.firstRow + index];
		if (quality === Quality.good || quality === Quality.suspect) return true;
	}
	return false;
}
