// How much of the province speaks: periodic channels of commissioned assets, those that ever spoke, those that are silent now, by
// city; and the stations of the season's service. One pass over the rows, at most every two seconds.
import type { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import type { Catalogue } from "./catalogue.ts";

export interface Silence {
	readonly assets: number;
	readonly channels: number;
	readonly spoken: number;
	readonly silent: number;
	/** City code with most silent channels; null: none. */
	readonly worst: { readonly city: string; readonly silent: number; readonly channels: number } | null;
	/** Assets of the service's kind, and the share with a good primary value, percent. */
	readonly stations: number;
	readonly percent: number;
}

/** @param kind of the stations that the calm sentence counts. */
export function silenceOf(catalogue: Catalogue, table: Latest, kind: string): Silence {
	const { columns, assets } = catalogue;
	const cities = new Map<string, { silent: number; channels: number }>();
	let [counted, channels, spoken, silent, stations, online] = [0, 0, 0, 0, 0, 0];
	for (const asset of assets) {
		// Not commissioned: nobody waits for it.
		if (asset.record.quiet === true) continue;
		counted += 1;
		const city = cities.get(asset.city) ?? { silent: 0, channels: 0 };
		cities.set(asset.city, city);
		let spoke = 0;
		let lost = 0;
		for (let row = asset.firstRow; row < asset.firstRow + asset.measures.length; row++) {
			if (columns.rowPeriodic[row] !== 1) continue;
			channels += 1;
			city.channels += 1;
			const quality = table.quality[row] ?? Quality.none;
			if (quality !== Quality.none) spoke += 1;
			if (quality === Quality.stale) lost += 1;
		}
		spoken += spoke;
		silent += lost;
		city.silent += lost;
		if (asset.kind.id !== kind) continue;
		stations += 1;
		if (spoke > 0 && lost === 0) online += 1;
	}
	let worst: Silence["worst"] = null;
	for (const [city, one] of cities) {
		if (one.silent > 0 && one.silent > (worst?.silent ?? 0)) worst = { city, ...one };
	}
	const percent =
		stations === 0 ? (channels === 0 ? 0 : ((spoken - silent) / channels) * 100) : (online / stations) * 100;
	return { assets: counted, channels, spoken, silent, worst, stations, percent };
}
