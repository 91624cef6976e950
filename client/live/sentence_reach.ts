// What hangs on a part of the heating network: the stations and households downstream of a main or a source, by the chains that
// the catalogue's records hold (`upstream`, `main`). Built once per catalogue; pure.
import type { Catalogue, PageAsset } from "./catalogue.ts";

export interface Reach {
	readonly stations: number;
	readonly households: number;
}

const NONE: Reach = { stations: 0, households: 0 };

export class ReachIndex {
	private version = -1;
	private readonly below = new Map<string, string[]>();
	private readonly stations = new Map<string, PageAsset[]>();

	/** Stations and households that lose their heat with this asset; of a station its own households. */
	of(catalogue: Catalogue, id: string | null): Reach {
		if (id === null) return NONE;
		if (this.version !== catalogue.change.version) this.build(catalogue);
		const asset = catalogue.find(id);
		if (asset === undefined) return NONE;
		if (asset.kind.id !== "heatMain" && asset.kind.id !== "heatSource") {
			return { stations: 0, households: numberOf(asset, "households") };
		}
		let stations = 0;
		let households = 0;
		const seen = new Set<string>();
		const open = [id];
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			// A loop in somebody's records must not hang the wall.
			if (seen.has(at)) continue;
			seen.add(at);
			for (const station of this.stations.get(at) ?? []) {
				stations += 1;
				households += numberOf(station, "households");
			}
			open.push(...(this.below.get(at) ?? []));
		}
		return { stations, households };
	}

	private build(catalogue: Catalogue): void {
		this.version = catalogue.change.version;
		this.below.clear();
		this.stations.clear();
		for (const asset of catalogue.assets) {
			const { upstream, main } = asset.record.fields ?? {};
			if (asset.kind.id === "heatMain") put(this.below, String(upstream ?? ""), asset.record.id);
			if (asset.kind.id === "heatStation") put(this.stations, String(main ?? ""), asset);
		}
	}
}

function put<T>(into: Map<string, T[]>, key: string, value: T): void {
	if (key === "") return;
	const list = into.get(key);
	if (list === undefined) into.set(key, [value]);
	else list.push(value);
}

function numberOf(asset: PageAsset, field: string): number {
	const value = asset.record.fields?.[field];
	return typeof value === "number" ? value : 0;
}
