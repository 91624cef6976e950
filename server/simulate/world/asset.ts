// An asset as the world sees it: its place, its own seed, its traits. Traits are fixed throws of chance, 0..1 each, so that one
// pump is always a bit stronger than another.

import { hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import { cityOf } from "#model/ids.ts";

export interface WorldAsset {
	readonly record: AssetRecord;
	readonly kind: string;
	/** City code. */
	readonly city: string;
	readonly seed: number;
}

export function worldAsset(record: AssetRecord, seed: number): WorldAsset {
	return { record, kind: record.kind, city: cityOf(record.district), seed: hashText(record.id, seed) };
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
