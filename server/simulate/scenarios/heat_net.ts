// The primary heat network as a tree: a main names what feeds it (`upstream`), a station names its main. What hangs on a main is what
// loses its water when that main is cut.
import { fieldNumber, type WorldAsset } from "../world/asset.ts";
import { type Atlas, fieldText, metresApart } from "./atlas.ts";

export class HeatNet {
	readonly #atlas: Atlas;
	readonly #children: ReadonlyMap<string, readonly WorldAsset[]>;
	readonly #stations: ReadonlyMap<string, readonly WorldAsset[]>;

	constructor(atlas: Atlas) {
		this.#atlas = atlas;
		this.#children = Map.groupBy(atlas.all("heatMain"), (main) => fieldText(main, "upstream"));
		this.#stations = Map.groupBy(atlas.all("heatStation"), (station) => fieldText(station, "main"));
	}

	get mains(): readonly WorldAsset[] {
		return this.#atlas.all("heatMain");
	}

	/** The main or the source that feeds it. */
	feeder(main: WorldAsset): WorldAsset | undefined {
		return this.#atlas.get(fieldText(main, "upstream"));
	}

	/** Mains and, at the end, the source on the way back, nearest first. */
	wayBack(main: WorldAsset): readonly WorldAsset[] {
		const way: WorldAsset[] = [];
		for (let at = this.feeder(main); at !== undefined && !way.includes(at); at = this.feeder(at)) way.push(at);
		return way;
	}

	fedBy(main: WorldAsset): readonly WorldAsset[] {
		return this.#children.get(main.record.id) ?? [];
	}

	/** The main itself and every main below it, outwards. */
	below(main: WorldAsset): readonly WorldAsset[] {
		const found = new Set([main]);
		for (const one of found) for (const child of this.fedBy(one)) found.add(child);
		return [...found];
	}

	stationsOf(mains: readonly WorldAsset[]): readonly WorldAsset[] {
		return mains.flatMap((main) => this.#stations.get(main.record.id) ?? []);
	}

	/** Metres of pipe between the middles of two mains, one of which lies on the way of the other to its source. */
	wayM(below: WorldAsset, above: WorldAsset): number {
		let length = 0;
		let at = below;
		for (const next of this.wayBack(below)) {
			length += metresApart(at, next);
			at = next;
			if (next === above) break;
		}
		return length;
	}
}

export function householdsOf(stations: readonly WorldAsset[]): number {
	return stations.reduce((sum, station) => sum + fieldNumber(station, "households", 0), 0);
}
