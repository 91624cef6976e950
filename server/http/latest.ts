// /api/latest and /api/rows: the table without a browser. What changed since a cursor, as the JSON twin of a delta, and what each
// row is. The same rules as on the socket: an epoch or revision that is not ours gives everything (L6).
import { z } from "zod";
import type { CellPick } from "#model/delta_json.ts";
import { deltaJson } from "#model/delta_json.ts";
import { problem } from "#model/problem.ts";
import type { HttpParts } from "./parts.ts";
import { districtParam, placeFilter } from "./query.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

export function latestRoutes(parts: HttpParts): Route[] {
	const { mirror } = parts;
	return [
		route({
			method: "get",
			path: "/api/latest",
			fresh: true,
			policy: { action: "read" },
			summary: "Rows changed since {epoch}.{revision} as columns; without `since` all of them, from 0",
			query: z.object({
				since: z
					.string()
					.regex(/^\d{1,10}\.\d{1,16}$/, "{epoch}.{revision}")
					.optional(),
				district: districtParam.optional(),
			}),
			handle: ({ who, query }) => {
				if (!mirror.ready) return problem("core-away", "the table is not here yet; try again");
				const { latest, catalogue, base } = mirror;
				const from = query.since === undefined ? 0 : sinceRevision(query.since, latest.epoch, latest.revision);
				const isHere = placeFilter(who.scope, query.district);
				const picks: CellPick[] = [];
				for (const cell of latest.cells.cells) {
					if (!isHere(cell) || (from > 0 && (latest.cellRevision[cell.id] ?? 0) <= from)) continue;
					picks.push({ cell, detail: "values", whole: from === 0 });
				}
				const header = { epoch: latest.epoch, from, to: latest.revision, base };
				return { body: deltaJson(latest, header, picks, (row) => catalogue.scale[row] ?? 0) };
			},
		}),
		route({
			method: "get",
			path: "/api/rows",
			policy: { action: "read" },
			summary: "What each row of the table is; rows belong to the epoch",
			query: z.object({ district: districtParam.optional() }),
			handle: ({ who, query }) => {
				const isHere = placeFilter(who.scope, query.district);
				const rows: object[] = [];
				for (const asset of mirror.catalogue.assets.values()) {
					if (!isHere({ district: asset.record.district, system: asset.system })) continue;
					for (const [index, measure] of asset.measures.entries()) {
						const unit = mirror.catalogue.measureOf(asset, measure)?.unit ?? "";
						rows.push({ row: asset.firstRow + index, asset: asset.record.id, measure, unit });
					}
				}
				return { body: { epoch: mirror.latest.epoch, catalogueRevision: mirror.catalogue.revision, rows } };
			},
		}),
	];
}

/** Revision of a cursor of this table, 0 when it is of another life or of the future. */
function sinceRevision(since: string, epoch: number, revision: number): number {
	const [theirEpoch = 0, theirs = 0] = since.split(".").map(Number);
	return theirEpoch === epoch && theirs <= revision ? theirs : 0;
}
