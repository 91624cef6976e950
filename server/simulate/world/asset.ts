// An asset as the world sees it: its place, its own seed, its traits, and on the heat network the way from its source. Traits are
// fixed throws of chance, 0..1 each, so that one pump is always a bit stronger than another.

import { hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import { cityOf } from "#model/ids.ts";

/** The way that heat has come. */
export interface Feed {
	/** County of the source: its weather sets the curve. */
	readonly district: string;
	/** Of the source, so that a whole network wanders together. */
	readonly seed: number;
	/** From the source along the mains to here. */
	readonly km: number;
	/** MPa at the source. */
	readonly pressure: number;
	/** Fed from the source altogether. */
	readonly households: number;
}

export interface WorldAsset {
	readonly record: AssetRecord;
	readonly kind: string;
	/** City code. */
	readonly city: string;
	readonly seed: number;
	readonly feed: Feed;
}

export function worldAsset(record: AssetRecord, seed: number, feed?: Feed): WorldAsset {
	const own = { district: record.district, seed: 0, km: 0, pressure: 1.1, households: 1_000 };
	return {
		record,
		kind: record.kind,
		city: cityOf(record.district),
		seed: hashText(record.id, seed),
		feed: feed ?? own,
	};
}

/** The asset's trait number `n`, between two bounds. */
export function trait(asset: WorldAsset, n: number, from = 0, to = 1): number {
	return from + unit(asset.seed, -1 - n) * (to - from);
}

/** A number of the register, or what stands in for it. */
export function fieldNumber(asset: WorldAsset, id: string, otherwise: number): number {
	const value = asset.record.fields?.[id];
	return typeof value === "number" ? value : otherwise;
}
