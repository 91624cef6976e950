// What a city has, counted from the catalogue: for the tour's caption. Pure.
import { alongPath } from "#model/distance.ts";
import type { Catalogue } from "../../live/catalogue.ts";

export interface CityFacts {
	readonly assets: number;
	readonly heatStations: number;
	/** Length of the primary heating network, km. */
	readonly mainKm: number;
}

export function cityFacts(catalogue: Pick<Catalogue, "assets">, city: string): CityFacts {
	let [assets, heatStations, metres] = [0, 0, 0];
	for (const asset of catalogue.assets) {
		if (asset.city !== city) continue;
		assets += 1;
		if (asset.kind.id === "heatStation") heatStations += 1;
		if (asset.kind.id === "heatMain") metres += alongPath(asset.record.path ?? []).at(-1) ?? 0;
	}
	return { assets, heatStations, mainKm: metres / 1_000 };
}
