// The world of the demo: what each asset measures at each moment. The one entrance for the simulator (and for whoever writes the
// demo's past): the same (seed, asset, time) always gives the same sample. No clock, no sockets, no chance of its own.

import { DEMO_ASSETS } from "#geodata/liaoning/demo/catalogue.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import { type WorldAsset, worldAsset } from "./asset.ts";
import { Atmosphere } from "./atmosphere.ts";
import { Episodes } from "./episodes.ts";
import { feedsOf } from "./feeds.ts";
import { foresee } from "./forecast.ts";
import { heatMain, heatRoom, heatSource, heatStation } from "./heat.ts";
import { HOUR_MS, MINUTE_MS, type Moment, momentOf } from "./moment.ts";
import { gasSpace, regulator, waterMain, waterPlant, waterQuality } from "./pipes.ts";
import type { Scene, Values } from "./scene.ts";
import { airStation, camera, crane, dust, pit } from "./sites.ts";
import type { Act } from "./templates.ts";
import { bridge, drainPump, gauge, lowPoint, manhole, metro, weatherStation } from "./town.ts";
import type { Sky } from "./weather.ts";

export interface Sample {
	readonly values: Values;
	/** Measures out of order (flag D): they have no value. */
	readonly broken: readonly string[];
	/** Measures at the end of their instrument's range (flag T). */
	readonly overRange: readonly string[];
	/** The device hands this in later by so much; 0 as a rule. */
	readonly lateMs: number;
}

const nothing = (): Values => ({});
const KINDS: ReadonlyMap<string, (asset: WorldAsset, scene: Scene) => Values> = new Map(
	Object.entries({
		dust,
		airStation,
		pit,
		crane,
		camera,
		metro,
		regulator,
		gasSpace,
		waterMain,
		waterQuality,
		waterPlant,
		heatSource,
		heatMain,
		heatStation,
		heatRoom,
		bridge,
		rainGauge: gauge,
		rainStation: nothing,
		underpass: lowPoint,
		floodPoint: lowPoint,
		drainPump,
		manhole,
		weatherStation,
		cityForecast: nothing,
	}),
);

/** Kinds that feel the rain of the last hours. */
const WET: ReadonlySet<string> = new Set(["underpass", "floodPoint", "drainPump", "manhole"]);
/** What is printed with four decimals: pressures in MPa. */
const FINE: ReadonlySet<string> = new Set([
	"pressure",
	"inletPressure",
	"supplyPressure",
	"returnPressure",
	"primarySupplyPressure",
	"primaryReturnPressure",
]);
const NOTHING: readonly string[] = [];

/** Whether the world knows what a kind measures (county figures it does not: the server computes them). */
export function isMeasured(kind: string): boolean {
	return KINDS.has(kind);
}

export class World {
	readonly assets: readonly WorldAsset[];
	readonly #shiftMs: number;
	readonly #atmosphere: Atmosphere;
	readonly #episodes: Episodes;
	#moment: Moment;

	/** Assets that nobody measures (figures, quiet spares) are left out. `shiftMs` by seasonShiftMs. */
	constructor(records: readonly AssetRecord[], seed: number, shiftMs: number) {
		this.#shiftMs = shiftMs;
		this.#moment = momentOf(0, shiftMs);
		const isDriven = (record: AssetRecord): boolean => isMeasured(record.kind) && record.quiet !== true;
		const feeds = feedsOf(records, seed);
		this.assets = records.filter(isDriven).map((record) => worldAsset(record, seed, feeds.get(record.id)));
		this.#atmosphere = new Atmosphere(seed, (at) => momentOf(at, shiftMs));
		// Trouble comes to the demo's own assets, so that it is the same however many a benchmark adds.
		const own = records.slice(0, DEMO_ASSETS).filter(isDriven).length;
		this.#episodes = new Episodes(this.assets.slice(0, own), seed);
	}

	/** Trouble of its own may come to the asset at some time; else it only follows weather and rhythm. */
	mayFail(asset: WorldAsset): boolean {
		return this.#episodes.concerns(asset);
	}

	/** Something of its own is wrong with the asset then. */
	isTroubled(asset: WorldAsset, at: number): boolean {
		return this.#episodes.of(asset, this.moment(at)).length > 0;
	}

	moment(at: number): Moment {
		if (this.#moment.at !== at) this.#moment = momentOf(at, this.#shiftMs);
		return this.#moment;
	}

	/** Weather of a county, or of the seat of a city; the same for a whole minute. */
	sky(district: string, at: number): Sky {
		return this.#atmosphere.sky(district, at);
	}

	/** mm/h of storm cells at a position: where it pours now. */
	rainRate(lon: number, lat: number, at: number): number {
		return this.#atmosphere.rain.rate(lon, lat, at);
	}

	/** Where storms go that are born around `at`. */
	stormVector(at: number): { readonly bearing: number; readonly kmh: number } {
		return this.#atmosphere.rain.vector(at);
	}

	/** @returns null when the device says nothing. */
	sample(asset: WorldAsset, at: number): Sample | null {
		const moment = this.moment(at);
		const episodes = this.#episodes.of(asset, moment);
		if (episodes.length === 0)
			return { values: this.#calm(asset, moment), broken: NOTHING, overRange: NOTHING, lateMs: 0 };
		const acts = episodes.flatMap(({ template, startAt, strength }) =>
			template.acts.map((act) => ({ act, startAt, strength })),
		);
		if (acts.some(({ act }) => act.type === "silence")) return null;
		const stuck = acts.find(({ act }) => act.type === "stuck");
		const values = this.#calm(asset, stuck === undefined ? moment : this.moment(stuck.startAt));
		const broken: string[] = [];
		const overRange: string[] = [];
		let lateMs = 0;
		for (const { act, startAt, strength } of acts) {
			play(act, values, at - startAt, strength);
			if (act.type === "broken") broken.push(act.measure);
			if (act.type === "overRange") overRange.push(act.measure);
			// All that was held back comes at the end of its span.
			if (act.type === "late") lateMs = act.ms - ((at - startAt) % act.ms);
		}
		return { values: rounded(values), broken, overRange, lateMs };
	}

	#calm(asset: WorldAsset, moment: Moment): Values {
		const { kind, record } = asset;
		const { lon, lat, district } = record;
		const { at } = moment;
		const air = this.#atmosphere;
		const sky = air.sky(district, at);
		if (kind === "cityForecast") return rounded(foresee(air.placeOf(asset.city), at, air));
		const isWet = WET.has(kind) && !sky.isFrost;
		const scene: Scene = {
			moment,
			sky,
			plant: asset.feed.district === district ? sky : air.sky(asset.feed.district, at),
			rain: kind === "dust" && !sky.isFrost ? air.rain.rate(lon, lat, at) + sky.band : 0,
			rainHour: isWet ? air.fallen(lon, lat, district, at, HOUR_MS) : 0,
			rainBefore: isWet ? air.fallen(lon, lat, district, at - HOUR_MS, HOUR_MS) : 0,
			fallen: kind === "weatherStation" ? air.fallen(lon, lat, district, at, HOUR_MS) : 0,
		};
		const values = KINDS.get(kind)?.(asset, scene) ?? {};
		if (kind === "rainGauge") values.rain5m = tipped(sky, () => air.fallen(lon, lat, district, at, 5 * MINUTE_MS));
		if (kind === "rainStation") values.rainHour = tipped(sky, () => air.fallen(lon, lat, district, at, HOUR_MS));
		return rounded(values);
	}
}

/** mm in tenths, as a gauge tips; in frost it does not. */
function tipped(sky: Sky, fallen: () => number): number {
	return sky.isFrost ? 0 : Math.round(fallen() * 10) / 10;
}

/** Bends what is measured; mutates `values`. */
function play(act: Act, values: Values, ageMs: number, strength: number): void {
	switch (act.type) {
		case "set": {
			const base = values[act.measure] ?? act.value;
			values[act.measure] = base + (act.value - base) * strength;
			return;
		}
		case "since":
			values[act.measure] = Math.floor(ageMs / 1000);
			return;
		case "drift":
			values[act.measure] = (values[act.measure] ?? 0) + (act.perHour * ageMs) / HOUR_MS;
			return;
		case "overRange":
			values[act.measure] = act.value;
			return;
		case "silence":
		case "stuck":
		case "broken":
		case "late":
			return;
	}
}

/** As instruments print: 1 decimal from 100 on, 2 from 10 on, 3 below (4 for pressures in MPa). Mutates. Hot. */
function rounded(values: Values): Values {
	for (const measure in values) {
		const value = values[measure] ?? 0;
		const size = value < 0 ? -value : value;
		const factor = size >= 100 ? 10 : size >= 10 ? 100 : FINE.has(measure) ? 10_000 : 1_000;
		values[measure] = Math.round(value * factor) / factor;
	}
	return values;
}
