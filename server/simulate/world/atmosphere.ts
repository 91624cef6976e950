// The weather of the whole province at a time: the sky over each county and what falls where. Keeps what it computed for the last
// minutes, because thousands of assets ask for the same; otherwise a pure function of its seed. Called by the world.
import { CITIES, COUNTIES } from "#geodata/liaoning/district_table.ts";
import { type Place, placesOf } from "./climate.ts";
import type { Future } from "./forecast.ts";
import { Fronts } from "./fronts.ts";
import { HOUR_MS, MINUTE_MS, type Moment } from "./moment.ts";
import { Rain } from "./rain.ts";
import { type Sky, skyOver } from "./weather.ts";

/** Minutes of sky that are kept: an hour's sum looks back, a round of the past goes on by five minutes. */
const KEPT_MINUTES = 64;
/** Fronts are slow: what falls from one is looked at every ten minutes. */
const BAND_MS = 10 * MINUTE_MS;
/** Storm cells of a forecast are looked at around the city, km. */
const AROUND = 0.12;

export class Atmosphere implements Future {
	readonly rain: Rain;
	readonly #fronts: Fronts;
	readonly #momentOf: (at: number) => Moment;
	readonly #places: ReadonlyMap<string, Place>;
	readonly #seats: ReadonlyMap<string, string>;
	readonly #minutes = new Map<number, Map<string, Sky>>();
	#latest: Map<string, Sky> = new Map();
	#latestMinute = Number.NaN;

	constructor(seed: number, momentOf: (at: number) => Moment) {
		this.rain = new Rain(seed, momentOf);
		this.#fronts = new Fronts(seed, momentOf);
		this.#momentOf = momentOf;
		this.#places = placesOf(seed);
		this.#seats = new Map(CITIES.map((city) => [city.code, seatCounty(city.code, city.centre)]));
	}

	/** A county, or the county where a city has its seat. Throws for a code outside Liaoning. */
	placeOf(district: string): Place {
		const place = this.#places.get(this.#seats.get(district) ?? district);
		if (place === undefined) throw new Error(`no weather over ${district}`);
		return place;
	}

	/** The same for a whole minute. */
	sky(district: string, at: number): Sky {
		const minute = Math.floor(at / MINUTE_MS);
		if (minute !== this.#latestMinute) {
			this.#latest = this.#skies(minute);
			this.#latestMinute = minute;
		}
		const known = this.#latest.get(district);
		if (known !== undefined) return known;
		const sky = skyOver(this.placeOf(district), this.#fronts, this.#momentOf(minute * MINUTE_MS));
		this.#latest.set(district, sky);
		return sky;
	}

	#skies(minute: number): Map<string, Sky> {
		const known = this.#minutes.get(minute);
		if (known !== undefined) return known;
		if (this.#minutes.size >= KEPT_MINUTES) {
			const oldest = this.#minutes.keys().next().value;
			if (oldest !== undefined) this.#minutes.delete(oldest);
		}
		const made = new Map<string, Sky>();
		this.#minutes.set(minute, made);
		return made;
	}

	/** mm that fell at a position of a county in the `ms` before `at`, rain or snow. */
	fallen(lon: number, lat: number, district: string, at: number, ms: number): number {
		const looks = ms >= HOUR_MS ? 6 : 2;
		return this.rain.sum(lon, lat, at, ms, looks) + (this.#band(district, at - ms / 2) * ms) / HOUR_MS;
	}

	/** mm/h of a front over a county, by ten minutes. */
	#band(district: string, at: number): number {
		return this.sky(district, Math.floor(at / BAND_MS) * BAND_MS).band;
	}

	temperature(place: Place, at: number): number {
		return skyOver(place, this.#fronts, this.#momentOf(at)).temperature;
	}

	precipitation({ lon, lat, ...place }: Place, at: number, ms: number): number {
		const hours = Math.max(1, Math.round(ms / HOUR_MS));
		let total = 0;
		for (const [east, north] of [
			[0, 0],
			[AROUND, 0],
			[0, AROUND],
			[-AROUND, 0],
			[0, -AROUND],
		] as const) {
			total += this.rain.sum(lon + east, lat + north, at, ms, 4 * hours) / 5;
		}
		for (let n = 0; n < hours; n++) {
			const then = at - (n + 0.5) * HOUR_MS;
			total += skyOver({ ...place, lon, lat }, this.#fronts, this.#momentOf(then)).band;
		}
		return total;
	}
}

/** The county of a city whose seat is nearest to the city's. */
function seatCounty(city: string, [lon, lat]: readonly [number, number]): string {
	const own = COUNTIES.filter((county) => county.parent === city);
	const distance = (centre: readonly [number, number]) => Math.hypot((centre[0] - lon) * 0.75, centre[1] - lat);
	const nearest = own.toSorted((a, b) => distance(a.centre) - distance(b.centre))[0];
	if (nearest === undefined) throw new Error(`the city ${city} has no counties`);
	return nearest.code;
}
