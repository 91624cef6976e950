// Which video camera sees an asset: itself, one of its own building site, or one that stands near. Pure; for desk and wall.
import type { Alarm } from "#model/alarm.ts";
import { metresBetween } from "#model/distance.ts";
import type { PageAsset } from "./catalogue.ts";

/** Beyond this a camera sees another place. */
const NEAR_M = 150;
/** On a site each camera has its subject; its name tells it. */
const SUBJECT: Readonly<Record<string, string>> = { crane: "塔吊", pit: "基坑", dust: "围挡" };
/** Metres that a telling name outweighs. */
const SUBJECT_WORTH_M = 400;
/** No foreign camera is that near. */
const FOREIGN_M = 10_000;

export interface NearCamera {
	readonly camera: PageAsset;
	/** From the asset; 0 when it is the camera itself. */
	readonly metres: number;
	/** It is the asset itself or stands on the same site. */
	readonly isOwn: boolean;
}

export interface NearWish {
	readonly withinM?: number;
	/** Ids of cameras that are passed over. */
	readonly without?: ReadonlySet<string>;
}

export function nearCamera(
	assets: readonly PageAsset[],
	asset: PageAsset,
	{ withinM = NEAR_M, without }: NearWish = {},
): NearCamera | null {
	const { site, lon, lat } = asset.record;
	const subject = SUBJECT[asset.kind.id];
	let best: NearCamera | null = null;
	let bestCost = Number.POSITIVE_INFINITY;
	for (const camera of assets) {
		if (camera.kind.id !== "camera" || without?.has(camera.record.id)) continue;
		if (camera === asset) return { camera, metres: 0, isOwn: true };
		const metres = metresBetween([lon, lat], [camera.record.lon, camera.record.lat]);
		const isOwn = site !== undefined && camera.record.site === site;
		if (!isOwn && metres > withinM) continue;
		const isTold = subject !== undefined && camera.record.name.includes(subject);
		const cost = metres + (isOwn ? 0 : FOREIGN_M) - (isTold ? SUBJECT_WORTH_M : 0);
		if (cost < bestCost) {
			best = { camera, metres, isOwn };
			bestCost = cost;
		}
	}
	return best;
}

/** Cameras that give no picture, by their own open alarms. */
export function darkCameras(open: readonly Alarm[]): ReadonlySet<string> {
	const dark = open.filter(({ active, system, asset }) => active && system === "camera" && asset !== null);
	return new Set(dark.map(({ asset }) => asset as string));
}
