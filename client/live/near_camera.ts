// Which video camera sees an asset: itself, one of its own building site, or one that stands near. Pure.
import type { PageAsset } from "./catalogue.ts";

/** Beyond this a camera sees another place. */
const NEAR_M = 150;
/** On a site each camera has its subject; its name tells it. */
const SUBJECT: Readonly<Record<string, string>> = { crane: "塔吊", pit: "基坑", dust: "围挡" };
/** Metres that a telling name outweighs. */
const SUBJECT_WORTH_M = 400;

export interface NearCamera {
	readonly camera: PageAsset;
	/** From the asset; 0 when it is the camera itself. */
	readonly metres: number;
}

export function nearCamera(assets: readonly PageAsset[], asset: PageAsset): NearCamera | null {
	if (asset.kind.id === "camera") return { camera: asset, metres: 0 };
	const { site, lon, lat } = asset.record;
	const subject = SUBJECT[asset.kind.id];
	let best: NearCamera | null = null;
	let bestCost = Number.POSITIVE_INFINITY;
	for (const camera of assets) {
		if (camera.kind.id !== "camera") continue;
		const metres = metresBetween(lon, lat, camera.record.lon, camera.record.lat);
		const isOwn = site !== undefined && camera.record.site === site;
		if (!isOwn && metres > NEAR_M) continue;
		const isTold = subject !== undefined && camera.record.name.includes(subject);
		const cost = metres + (isOwn ? 0 : 10_000) - (isTold ? SUBJECT_WORTH_M : 0);
		if (cost < bestCost) {
			best = { camera, metres };
			bestCost = cost;
		}
	}
	return best;
}

/** Flat earth: good to a millimetre in a metre over a city block. */
function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
	const x = (lonA - lonB) * 111_320 * Math.cos((latA * Math.PI) / 180);
	return Math.hypot(x, (latA - latB) * 110_950);
}
