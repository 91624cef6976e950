// The world of the demo: what each asset measures at each moment. The one entrance for the simulator (and for whoever writes the
// demo's past): the same (seed, asset, time) always gives the same sample. No clock, no sockets, no chance of its own.

import { DEMO_ASSETS } from "#geodata/liaoning/demo/catalogue.ts";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import { type WorldAsset, worldAsset } from "./asset.ts";
import { Episodes } from "./episodes.ts";
import { HOUR_MS, MINUTE_MS, type Moment, momentOf } from "./moment.ts";
import {
	gasSpace,
	heatMain,
	heatRoom,
	heatSource,
	heatStation,
	regulator,
	waterMain,
	waterPlant,
	waterQuality,
} from "./pipes.ts";
import type { Scene, Values } from "./scene.ts";
import { airStation, camera, crane, dust, pit } from "./sites.ts";
import type { Act } from "./templates.ts";
import { bridge, drainPump, gauge, lowPoint, manhole, metro, weatherStation } from "./town.ts";
import { Rain, type Sky, skyOver } from "./weather.ts";

export interface Sample {
	readonly values: Values;
	/** Measures out of order (flag D): they have no value. */
	readonly broken: readonly string[];
	/** Measures at the end of their instrument's range (flag T). */
	readonly overRange: readonly string[];
	/** The device hands this in later by so much; 0 as a rule. */
	readonly lateMs: number;
}

const KINDS: Readonly<Record<string, (asset: WorldAsset, scene: Scene) => Values>> = {
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
	rainStation: () => ({}),
	underpass: lowPoint,
	floodPoint: lowPoint,
	drainPump,
	manhole,
	weatherStation,
	cityForecast: () => ({}),
};

/** Kinds that feel the rain of the last hour. */
const WET: ReadonlySet<string> = new Set(["underpass", "floodPoint", "drainPump", "manhole", "weatherStation"]);
const NOTHING: readonly string[] = [];

/** Whether the world knows what a kind measures (county figures it does not: the server computes them). */
export function isMeasured(kind: string): boolean {
	return Object.hasOwn(KINDS, kind);
}

export class World {
	readonly assets: readonly WorldAsset[];
	readonly #seed: number;
	readonly #shiftMs: number;
	readonly #rain: Rain;
	readonly #episodes: Episodes;
	readonly #longitudes: ReadonlyMap<string, number>;
	/** The last minute's sky of each city: all its assets ask for the same. */
	readonly #skies = new Map<string, { readonly minute: number; readonly sky: Sky }>();

	/** Assets that nobody measures (figures, quiet spares) are left out. `shiftMs` by seasonShiftMs. */
	constructor(records: readonly AssetRecord[], seed: number, shiftMs: number) {
		this.#seed = seed;
		this.#shiftMs = shiftMs;
		const isDriven = (record: AssetRecord): boolean => isMeasured(record.kind) && record.quiet !== true;
		this.assets = records.filter(isDriven).map((record) => worldAsset(record, seed));
		this.#rain = new Rain(seed, (at) => this.moment(at));
		// Trouble comes to the demo's own assets, so that it is the same however many a benchmark adds.
		const own = records.slice(0, DEMO_ASSETS).filter(isDriven).length;
		this.#episodes = new Episodes(this.assets.slice(0, own), seed);
		this.#longitudes = new Map(CITIES.map((city) => [city.code, city.centre[0]]));
	}

	/** Trouble of its own may come to the asset at some time; else it only follows weather and rhythm. */
	mayFail(asset: WorldAsset): boolean {
		return this.#episodes.concerns(asset);
	}

	moment(at: number): Moment {
		return momentOf(at, this.#shiftMs);
	}

	/** Weather of a city, the same for a whole minute. */
	sky(city: string, at: number): Sky {
		const minute = Math.floor(at / MINUTE_MS);
		const known = this.#skies.get(city);
		if (known?.minute === minute) return known.sky;
		const sky = skyOver(this.#seed, city, this.#longitudes.get(city) ?? 122.5, this.moment(minute * MINUTE_MS));
		this.#skies.set(city, { minute, sky });
		return sky;
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
		const { lon, lat } = asset.record;
		const sky = this.sky(asset.city, moment.at);
		const isFrost = sky.temperature <= 0;
		const scene: Scene = {
			moment,
			sky,
			rain: asset.kind === "dust" && !isFrost ? this.#rain.rate(lon, lat, moment.at) : 0,
			rainHour: WET.has(asset.kind) && !isFrost ? this.#rain.sum(lon, lat, moment.at, HOUR_MS, 6) : 0,
		};
		const values = KINDS[asset.kind]?.(asset, scene) ?? {};
		if (asset.kind === "cityForecast") this.#foresee(asset, moment.at, values);
		if (asset.kind === "rainGauge") values.rain5m = this.#fallen(lon, lat, moment.at, 5 * MINUTE_MS, isFrost);
		if (asset.kind === "rainStation") values.rainHour = this.#fallen(lon, lat, moment.at, HOUR_MS, isFrost);
		return rounded(values);
	}

	/** The world's own future, as a forecast of so many hours. */
	#foresee(asset: WorldAsset, at: number, values: Values): void {
		const { lon, lat } = asset.record;
		let low = Number.POSITIVE_INFINITY;
		for (let hour = 1; hour <= 14; hour++)
			low = Math.min(low, this.#future(asset.city, at + hour * HOUR_MS).temperature);
		values.lowTonight = low;
		for (const hours of [1, 3, 6]) {
			const then = at + hours * HOUR_MS;
			const sky = this.#future(asset.city, then);
			values[`temperature${hours}h`] = sky.temperature;
			values[`rain${hours}h`] = this.#fallen(lon, lat, then, hours * HOUR_MS, sky.temperature <= 0);
		}
	}

	#future(city: string, at: number): Sky {
		return skyOver(this.#seed, city, this.#longitudes.get(city) ?? 122.5, this.moment(at));
	}

	/** mm in tenths, as a gauge tips. */
	#fallen(lon: number, lat: number, at: number, ms: number, isFrost: boolean): number {
		return isFrost ? 0 : Math.round(this.#rain.sum(lon, lat, at, ms, Math.max(2, ms / (10 * MINUTE_MS))) * 10) / 10;
	}
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

/** As instruments print: 1 decimal from 100 on, 2 from 10 on, 3 below (4 for pressures below 1 MPa). Mutates. */
function rounded(values: Values): Values {
	for (const [measure, value] of Object.entries(values)) {
		const size = Math.abs(value);
		const factor = size >= 100 ? 10 : size >= 10 ? 100 : size < 1 && measure.endsWith("ressure") ? 10_000 : 1_000;
		values[measure] = Math.round(value * factor) / factor;
	}
	return values;
}
