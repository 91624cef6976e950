// The province as a stage: which assets there are, which are near one another, and which are well enough to play a part. Made once
// at the start of the simulator. Distances in metres on the plane of the place.
import { metresBetween } from "#model/distance.ts";
import type { WorldAsset } from "../world/asset.ts";

const DEGREE_M = 111_320;

export function metresApart({ record: a }: WorldAsset, { record: b }: WorldAsset): number {
	return metresBetween([a.lon, a.lat], [b.lon, b.lat]);
}

/** Metres towards `bearing` (0 north, 90 east) and to its right, from one asset to another. */
export function alongAndAcross(from: WorldAsset, to: WorldAsset, bearing: number): readonly [number, number] {
	const east = (to.record.lon - from.record.lon) * Math.cos((from.record.lat * Math.PI) / 180) * DEGREE_M;
	const north = (to.record.lat - from.record.lat) * DEGREE_M;
	const angle = (bearing * Math.PI) / 180;
	return [east * Math.sin(angle) + north * Math.cos(angle), east * Math.cos(angle) - north * Math.sin(angle)];
}

export class Atlas {
	readonly #byKind: ReadonlyMap<string, readonly WorldAsset[]>;
	readonly #byId: ReadonlyMap<string, WorldAsset>;

	/** `isWell`: has no trouble of its own in the time to come. */
	constructor(assets: readonly WorldAsset[], isWell: (asset: WorldAsset) => boolean) {
		this.#byId = new Map(assets.map((asset) => [asset.record.id, asset]));
		this.#byKind = Map.groupBy(assets, ({ kind }) => kind);
		this.isWell = isWell;
	}

	readonly isWell: (asset: WorldAsset) => boolean;

	get(id: string): WorldAsset | undefined {
		return this.#byId.get(id);
	}

	all(kind: string): readonly WorldAsset[] {
		return this.#byKind.get(kind) ?? [];
	}

	/** Of a kind in the same city, the nearest first, itself not among them. */
	near(asset: WorldAsset, kind: string, withinM = Number.POSITIVE_INFINITY): readonly WorldAsset[] {
		return this.all(kind)
			.filter((other) => other.city === asset.city && other !== asset)
			.map((other) => [metresApart(asset, other), other] as const)
			.filter(([distance]) => distance <= withinM)
			.toSorted((a, b) => a[0] - b[0])
			.map(([, other]) => other);
	}
}

/** A text of the register. */
export function fieldText(asset: WorldAsset, id: string): string {
	const value = asset.record.fields?.[id];
	return value === undefined || value === null ? "" : String(value);
}
