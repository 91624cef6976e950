// How far each part of the heat network lies from its source: read once from the records' `main` and `upstream`. Called by the world.
import { hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import type { Feed } from "./asset.ts";

/** No chain of the demo is longer; a ring in foreign records ends here. */
const LONGEST_CHAIN = 200;
/** A main is measured in its middle. */
const MIDDLE = 0.5;

/** By asset id, for heat sources, mains and stations. A chain that leads nowhere counts as its own source. */
export function feedsOf(records: readonly AssetRecord[], seed: number): ReadonlyMap<string, Feed> {
	const heat = new Map(
		records.flatMap((record) =>
			record.kind === "heatSource" || record.kind === "heatMain" ? [[record.id, record]] : [],
		),
	);
	const served = new Map<string, number>();
	for (const { kind, fields } of heat.values()) {
		const from = String(fields?.upstream);
		if (kind === "heatMain" && heat.get(from)?.kind === "heatSource")
			served.set(from, (served.get(from) ?? 0) + Number(fields?.households ?? 0));
	}
	const feeds = new Map<string, Feed>();
	for (const record of records) {
		if (record.kind !== "heatSource" && record.kind !== "heatMain" && record.kind !== "heatStation") continue;
		const first = record.kind === "heatStation" ? heat.get(String(record.fields?.main)) : record;
		let km = record.kind === "heatMain" ? -MIDDLE * lengthKm(record) : 0;
		let at = first;
		for (let left = LONGEST_CHAIN; at?.kind === "heatMain" && left > 0; left--) {
			km += lengthKm(at);
			at = heat.get(String(at.fields?.upstream));
		}
		const source = at?.id ?? record.id;
		const own = hashText(source, seed);
		feeds.set(record.id, {
			district: at?.district ?? record.district,
			seed: own,
			km,
			pressure: 1.12 + 0.14 * unit(own, -3),
			households: served.get(source) ?? 800,
		});
	}
	return feeds;
}

function lengthKm(main: AssetRecord): number {
	return Number(main.fields?.length ?? 0) / 1000;
}
