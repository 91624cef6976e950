// What a city has, counted from the catalogue: for the tour's caption. Pure.
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
		if (asset.kind.id === "heatMain") metres += pathMetres(asset.record.path ?? []);
	}
	return { assets, heatStations, mainKm: metres / 1_000 };
}

/** Along a WGS-84 path; good to a percent within a city. */
function pathMetres(path: readonly (readonly [number, number])[]): number {
	let metres = 0;
	for (const [index, [lon, lat]] of path.entries()) {
		const before = path[index - 1];
		if (before === undefined) continue;
		const north = (lat - before[1]) * 111_320;
		const east = (lon - before[0]) * 111_320 * Math.cos((lat * Math.PI) / 180);
		metres += Math.hypot(north, east);
	}
	return metres;
}
