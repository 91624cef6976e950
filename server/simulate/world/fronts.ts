// Cold fronts of the demo: every few days one crosses the province from the west or north-west, with warmth and haze before it, wind,
// a band of snow or rain and, in spring, dust with it, and clean cold air behind it. Pure functions of (seed, place, time).
import { Chance, hashPair } from "#geodata/liaoning/demo/chance.ts";
import type { Place } from "./climate.ts";
import { HOUR_MS, type Moment, type Season, seasonOf } from "./moment.ts";
import { clamp, wander } from "./noise.ts";

export interface Front {
	/** When its line passes the reference point, epoch ms. */
	readonly passesAt: number;
	/** Unit vector of its way, east and north. */
	readonly east: number;
	readonly north: number;
	readonly kmh: number;
	/** 0.25 weak .. 1 strong. */
	readonly strength: number;
	/** mm/h in the middle of its band, and the hours in which the band passes (1/e to each side). */
	readonly peak: number;
	readonly bandHours: number;
	/** µg/m³ of PM10 blown along behind it. */
	readonly dust: number;
	readonly season: Season;
	readonly seed: number;
}

/** One front in each span of this length. */
const SPAN_MS = 84 * HOUR_MS;
/** The north-western corner of the province. */
const CORNER = { lon: 119, lat: 42.8 } as const;
const KM_PER_LAT = 111.3;
const KM_PER_LON = 83;
const KEPT = 64;

/** By season: °C that a strong front takes away, m/s that it adds, mm/h of its band. */
const FORCE = {
	winter: { cold: 9, wind: 3.1, band: 1.1 },
	spring: { cold: 8, wind: 7, band: 1.2 },
	summer: { cold: 3.5, wind: 2.6, band: 3.5 },
	autumn: { cold: 8, wind: 3.4, band: 2 },
} as const;

/** What fronts do at a place and time. */
export interface Passage {
	/** °C. */
	readonly warmth: number;
	/** m/s. */
	readonly wind: number;
	/** 0 before a front (south-west) .. 1 behind it (north-west). */
	readonly veer: number;
	/** 0..1: how much the air was washed by the last front. */
	readonly clean: number;
	/** mm/h of water, as snow in frost. */
	readonly precipitation: number;
	/** µg/m³. */
	readonly dust: number;
	/** cm. */
	readonly snowDepth: number;
}

export class Fronts {
	readonly #seed: number;
	readonly #momentOf: (at: number) => Moment;
	readonly #known = new Map<number, Front>();

	constructor(seed: number, momentOf: (at: number) => Moment) {
		this.#seed = hashPair(seed, 31);
		this.#momentOf = momentOf;
	}

	/** The front of a span of time, made once. */
	#front(span: number): Front {
		const known = this.#known.get(span);
		if (known !== undefined) return known;
		if (this.#known.size >= KEPT) this.#known.clear();
		const made = this.#make(span);
		this.#known.set(span, made);
		return made;
	}

	#make(span: number): Front {
		const chance = new Chance(hashPair(this.#seed, span));
		const passesAt = (span + 0.2 + 0.6 * chance.next()) * SPAN_MS;
		const season = seasonOf(this.#momentOf(passesAt).monthDay);
		// It goes towards the east to south-east.
		const bearing = chance.between(95, 145) * (Math.PI / 180);
		const strength = 0.25 + 0.75 * chance.next() ** 1.3;
		const isDusty = season === "spring" && chance.next() < 0.5;
		return {
			passesAt,
			east: Math.sin(bearing),
			north: Math.cos(bearing),
			kmh: chance.between(32, 52),
			strength,
			peak: chance.next() < 0.75 ? FORCE[season].band * (0.35 + strength) : 0,
			bandHours: chance.between(1.6, 3),
			dust: isDusty ? 70 * strength : 0,
			season,
			seed: hashPair(this.#seed, span + 7_919),
		};
	}

	/** When the line of a front passes a place, epoch ms. */
	static passesAt(front: Front, lon: number, lat: number): number {
		const km = (lon - CORNER.lon) * KM_PER_LON * front.east + (lat - CORNER.lat) * KM_PER_LAT * front.north;
		return front.passesAt + (km / front.kmh) * HOUR_MS;
	}

	/** The fronts that matter around a time, oldest first. */
	around(at: number, back = 2): Front[] {
		const span = Math.floor(at / SPAN_MS);
		return Array.from({ length: back + 2 }, (_, n) => this.#front(span - back + n));
	}

	at(place: Place, at: number, yearMean: number): Passage {
		const span = Math.floor(at / SPAN_MS);
		let warmth = 0;
		let wind = 0;
		let veer = 0;
		let clean = 0;
		let precipitation = 0;
		let dust = 0;
		for (let n = -2; n <= 1; n++) {
			const front = this.#front(span + n);
			const force = FORCE[front.season];
			const hours = (at - Fronts.passesAt(front, place.lon, place.lat)) / HOUR_MS;
			warmth += force.cold * front.strength * warmthAt(hours);
			// The blow comes with the line and the breeze behind it dies away over a day.
			const blow = Math.exp(-(((hours - 1) / 3.2) ** 2));
			const behind = hours <= 0 ? 0 : Math.exp(-hours / 16);
			wind += force.wind * front.strength * (blow + 0.25 * behind);
			const passed = smooth((hours + 1.5) / 4);
			veer = Math.max(veer, passed * Math.exp(-Math.max(0, hours) / 30));
			clean = Math.max(clean, front.strength * behindFor(hours, 30));
			precipitation += rateOf(front, place, hours);
			dust += front.dust * Math.exp(-(((hours - 2.5) / 4) ** 2));
		}
		const snowDepth = yearMean > 4 ? 0 : this.#snow(place, at, yearMean);
		return { warmth, wind, veer, clean, precipitation, dust, snowDepth };
	}

	/** What the bands of the last weeks left lying: it melts in days about freezing, in weeks in hard frost. */
	#snow(place: Place, at: number, yearMean: number): number {
		const daysToMelt = clamp(2 - yearMean * 0.9, 1, 12);
		let depth = 0;
		const span = Math.floor(at / SPAN_MS);
		for (let n = -5; n <= 0; n++) {
			const front = this.#front(span + n);
			const hours = (at - Fronts.passesAt(front, place.lon, place.lat)) / HOUR_MS;
			if (hours < -2 * front.bandHours) continue;
			// Warm fronts of late autumn bring rain to the coast.
			if (yearMean > 1.5 - 4 * front.strength) continue;
			const water = front.peak * along(front, place) * front.bandHours * Math.sqrt(Math.PI);
			const fallen = smooth((hours / front.bandHours + 1.5) / 3);
			depth += water * fallen * Math.exp(-Math.max(0, hours) / (24 * daysToMelt));
		}
		return depth < 0.2 ? 0 : depth;
	}
}

/** -1..0.4: warm air before the line, a fall within six hours, and days until it is forgotten. */
function warmthAt(hours: number): number {
	if (hours < -70) return 0;
	if (hours < 0) return 0.38 * Math.exp(hours / 20);
	const fallen = smooth(hours / 6);
	return 0.38 * (1 - fallen) - 0.62 * fallen * Math.exp(-Math.max(0, hours - 6) / 42);
}

/** 1 right behind the line, forgotten in `hours`; 0 before it. */
function behindFor(since: number, hours: number): number {
	return since <= 0 ? 0 : smooth(since / 3) * Math.exp(-since / hours);
}

/** 0..1: bands are broken along their line; some counties get nothing. */
function along(front: Front, place: Place): number {
	const acrossKm =
		(place.lon - CORNER.lon) * KM_PER_LON * -front.north + (place.lat - CORNER.lat) * KM_PER_LAT * front.east;
	return clamp(0.45 + 0.75 * wander(front.seed, acrossKm, 150), 0, 1);
}

function rateOf(front: Front, place: Place, hours: number): number {
	const off = (hours - 0.5) / front.bandHours;
	if (front.peak === 0 || off > 2.5 || off < -2.5) return 0;
	return front.peak * along(front, place) * Math.exp(-off * off);
}

/** 0..1 with soft ends. */
function smooth(share: number): number {
	const x = clamp(share, 0, 1);
	return x * x * (3 - 2 * x);
}
