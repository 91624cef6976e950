// Where a tour goes: a city with what can be shown there, and one of its building sites with pit, crane, dust and camera. Another
// city each round. Pure: the catalogue comes in.
import { MODEL_BLOCKS } from "#geodata/liaoning/model_blocks.ts";
import type { Catalogue, PageAsset } from "../../live/catalogue.ts";
import { STOP_ZOOM, type Stop } from "../../live/stop.ts";
import { seatOf } from "../parts/districts.ts";

export interface SiteVisit {
	readonly name: string;
	readonly stop: Stop;
	readonly assets: readonly PageAsset[];
	/** The first that gives a picture is shown. */
	readonly cameras: readonly PageAsset[];
}

export interface TourRound {
	readonly city: string;
	readonly stop: Stop;
	readonly site: SiteVisit | null;
}

/** What a site should have to be worth a visit, and how much each counts. */
const WORTH: Readonly<Record<string, number>> = { pit: 8, crane: 4, camera: 4, dust: 2, airStation: 1 };

/** Where the base map has streets down to the kerb. */
const DRAWN = new Set(MODEL_BLOCKS.map(({ site }) => site.name));

/** The two big cities first, then by what they have. [] while the catalogue is empty. */
export function tourRounds(catalogue: Catalogue): readonly TourRound[] {
	const byCity = new Map<string, PageAsset[]>();
	for (const asset of catalogue.assets) {
		const list = byCity.get(asset.city);
		if (list === undefined) byCity.set(asset.city, [asset]);
		else list.push(asset);
	}
	return [...byCity]
		.sort(([, a], [, b]) => b.length - a.length)
		.flatMap(([city, assets]): TourRound[] => {
			const seat = seatOf(city);
			if (seat === null) return [];
			const [lon, lat] = seat;
			const stop: Stop = { kind: "city", district: city, lon, lat, zoom: STOP_ZOOM.city };
			return [{ city, stop, site: bestSite(assets) }];
		});
}

function bestSite(assets: readonly PageAsset[]): SiteVisit | null {
	const sites = new Map<string, PageAsset[]>();
	for (const asset of assets) {
		const { site } = asset.record;
		if (site === undefined || WORTH[asset.kind.id] === undefined) continue;
		const list = sites.get(site);
		if (list === undefined) sites.set(site, [asset]);
		else list.push(asset);
	}
	let best: { name: string; assets: PageAsset[]; worth: number } | null = null;
	for (const [name, list] of sites) {
		const kinds = new Set(list.map(({ kind }) => kind.id));
		let worth = Math.min(list.length, 6) / 10 + (DRAWN.has(name) ? 20 : 0);
		for (const kind of kinds) worth += WORTH[kind] ?? 0;
		if (worth > (best?.worth ?? 4)) best = { name, assets: list, worth };
	}
	if (best === null) return null;
	const anchor = best.assets.find(({ kind }) => kind.id === "pit") ?? best.assets[0];
	if (anchor === undefined) return null;
	const { id, lon, lat } = anchor.record;
	return {
		name: best.name,
		stop: { kind: "site", asset: id, lon, lat, zoom: STOP_ZOOM.site },
		assets: best.assets,
		cameras: best.assets.filter(({ kind }) => kind.id === "camera"),
	};
}

/** Rounds count from 1. */
export function roundOf(rounds: readonly TourRound[], round: number): TourRound | null {
	return rounds.length === 0 ? null : (rounds[Math.max(0, round - 1) % rounds.length] ?? null);
}
