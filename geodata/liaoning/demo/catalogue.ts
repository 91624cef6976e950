// The demo catalogue: what the invented province owns, and which devices speak for it. Pure and deterministic per seed. The server
// seeds an empty data folder with it; the simulator draws the same one to know what its devices stand on. A larger catalogue
// begins with the smaller one: blocks of 3,000 follow the demo for benchmarks.
import type { AssetRecord } from "#model/catalogue.ts";
import { cityOf } from "#model/ids.ts";
import type { District } from "../district_table.ts";
import { CITIES, COUNTIES } from "../district_table.ts";
import { addBlocks } from "./blocks.ts";
import type { DemoDevice } from "./devices.ts";
import { devicesFor, spareAssets, spareDevices } from "./devices.ts";
import { Draft } from "./draft.ts";
import { addHeat } from "./heat.ts";
import {
	FIGURE_STAND_IN,
	LOOKOUT,
	lookouts,
	perCity,
	perCounty,
	perCountyLacking,
	REST_KIND,
	SHARES,
	WHOLE,
} from "./mix.ts";
import { addPipes } from "./pipes.ts";
import { addSites } from "./sites.ts";
import { addBridges, addMetro, addTown, WET_KINDS } from "./town.ts";
import { addWeather } from "./weather.ts";

export interface DemoCatalogue {
	readonly assets: readonly AssetRecord[];
	/** For the demo's own assets, the first 3,000; what lies beyond is fed by a benchmark with the master key. */
	readonly devices: readonly DemoDevice[];
}

export const DEMO_ASSETS = 3_000;
export const DEMO_SEED = 20_261_122;

/** At least 40 assets: the spares, and something of every kind. */
const LEAST_ASSETS = 40;

/** Throws for a number of assets that makes no province. About 20 µs an asset. */
export function demoCatalogue(options: { readonly assets: number; readonly seed?: number }): DemoCatalogue {
	if (!Number.isInteger(options.assets) || options.assets < LEAST_ASSETS) {
		throw new Error(`a demo needs at least ${LEAST_ASSETS} assets, not ${options.assets}`);
	}
	const draft = new Draft(options.seed ?? DEMO_SEED);
	const demo = Math.min(options.assets, DEMO_ASSETS);
	draft.assets.push(...spareAssets());
	addBlock(draft, demo - draft.assets.length, true);
	const devices = [...devicesFor(draft.assets.filter((asset) => asset.quiet !== true)), ...spareDevices()];
	while (draft.assets.length < options.assets) {
		draft.block += 1;
		addBlock(draft, DEMO_ASSETS, false);
	}
	return { assets: draft.assets.slice(0, options.assets), devices };
}

/** Adds exactly `size` assets: kinds by their shares, county figures (first block), manhole covers for the rest. */
function addBlock(draft: Draft, size: number, withFigures: boolean): void {
	const before = draft.assets.length;
	const scale = size / DEMO_ASSETS;
	const counts = new Map<string, readonly number[]>();
	for (const { kind, of3000, spread, everywhere } of SHARES) {
		const more = withFigures || kind !== FIGURE_STAND_IN.kind ? 0 : FIGURE_STAND_IN.of3000;
		const total = Math.max(1, Math.round((of3000 + more) * scale));
		counts.set(kind, perCounty(total, spread, withFigures && everywhere === true));
	}
	counts.set(LOOKOUT, lookouts(counts.get("camera") ?? [], counts.get("underpass") ?? []));
	draft.counts = counts;
	counts.set("waterPlant", inTownsFirst(perCity(sum(counts, "waterPlant"))));
	addSites(draft);
	addHeat(draft, size);
	addPipes(draft);
	addMetro(draft, sum(counts, "metro"));
	addBridges(draft, perCity(sum(counts, "bridge")));
	if (withFigures && size >= WHOLE) addBlocks(draft);
	if (withFigures) addFigures(draft);
	if (withFigures) addWeather(draft, size);
	const rest = size - (draft.assets.length - before);
	// The wet assets and the covers come last; what the covers may number is only known without them.
	const wet = WET_KINDS.reduce((n, kind) => n + sum(counts, kind), 0);
	counts.set(REST_KIND, perCountyLacking(Math.max(0, rest - wet), size, haveByCity(draft, before, counts)));
	addTown(draft);
}

/** What each city has of this block, the wet assets that are still to come included. */
function haveByCity(draft: Draft, before: number, counts: ReadonlyMap<string, readonly number[]>): number[] {
	const have = new Map<string, number>();
	const add = (city: string | null, count: number) => have.set(city ?? "", (have.get(city ?? "") ?? 0) + count);
	for (const asset of draft.assets.slice(before)) add(cityOf(asset.district), 1);
	for (const [index, county] of COUNTIES.entries())
		for (const kind of WET_KINDS) add(county.parent, counts.get(kind)?.[index] ?? 0);
	return CITIES.map((city) => have.get(city.code) ?? 0);
}

function sum(counts: ReadonlyMap<string, readonly number[]>, kind: string): number {
	return (counts.get(kind) ?? []).reduce((a, b) => a + b, 0);
}

/** Works of a city, given to its counties in code order: the city proper first. */
function inTownsFirst(perCityCounts: readonly number[]): number[] {
	const left = [...perCityCounts];
	const counts = COUNTIES.map(() => 0);
	const cities = [...new Set(COUNTIES.map((county) => county.parent))];
	while (left.some((count) => count > 0)) {
		for (const [index, county] of COUNTIES.entries()) {
			const city = cities.indexOf(county.parent);
			if ((left[city] ?? 0) <= 0) continue;
			left[city] = (left[city] ?? 0) - 1;
			counts[index] = (counts[index] ?? 0) + 1;
		}
	}
	return counts;
}

/** One asset per county for each figure that has something to be derived from; it stands at the seat. */
function addFigures(draft: Draft): void {
	for (const { kind, figure } of SHARES) {
		if (figure === undefined) continue;
		for (const [index, county] of COUNTIES.entries()) {
			if (draft.count(kind, index) > 0) addFigure(draft, county, index, figure);
		}
	}
}

const FIGURE_NAME: Readonly<Record<string, string>> = {
	dustDistrict: "扬尘",
	waterDistrict: "供水",
	heatDistrict: "供热",
	floodDistrict: "雨情",
};

function addFigure(draft: Draft, county: District, index: number, kind: string): void {
	const ground = draft.grounds[index];
	const [lon, lat] = county.centre;
	// A few counties are governed from a neighbour's ground.
	const position = ground === undefined || ground.holds(lon, lat) ? county.centre : ground.seat;
	draft.add(county, { kind, name: `${county.short.zh}${FIGURE_NAME[kind] ?? ""}`, position });
}
