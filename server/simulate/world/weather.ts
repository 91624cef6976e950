// The weather of the demo: temperature, wind, humidity and pressure by city, moving from west to east across the province, and rain
// cells that drift over it. Pure functions of (seed, place, time); calibrated to Liaoning by eye, not a forecast.
import { Chance, hashPair, hashText } from "#geodata/liaoning/demo/chance.ts";
import { HOUR_MS, type Moment, seasonOf } from "./moment.ts";
import { bell, clamp, wander } from "./noise.ts";

export interface Climate {
	/** Means of January and July, °C. */
	readonly january: number;
	readonly july: number;
	/** At the sea days and nights differ less and the wind is stronger. */
	readonly coastal: boolean;
}

/** By city code. Long-term means, rounded. */
const CLIMATES: ReadonlyMap<string, Climate> = new Map([
	["210100", { january: -11, july: 24.7, coastal: false }],
	["210200", { january: -3.9, july: 23.8, coastal: true }],
	["210300", { january: -8.5, july: 25, coastal: false }],
	["210400", { january: -13, july: 24, coastal: false }],
	["210500", { january: -11, july: 24.2, coastal: false }],
	["210600", { january: -7.4, july: 23.4, coastal: true }],
	["210700", { january: -7.6, july: 24.5, coastal: true }],
	["210800", { january: -8, july: 25, coastal: true }],
	["210900", { january: -10.5, july: 24.4, coastal: false }],
	["211000", { january: -10, july: 24.9, coastal: false }],
	["211100", { january: -9, july: 24.8, coastal: true }],
	["211200", { january: -12.6, july: 24.5, coastal: false }],
	["211300", { january: -9, july: 25.2, coastal: false }],
	["211400", { january: -7.8, july: 24.4, coastal: true }],
]);
const USUAL: Climate = { january: -10, july: 24.5, coastal: false };

export interface Sky {
	/** °C. */
	readonly temperature: number;
	/** °C, without the swing of day and night: what a building feels. */
	readonly dayMean: number;
	/** m/s, 10 min mean, and the gust of 3 s. */
	readonly wind: number;
	readonly gust: number;
	/** ° it comes from. */
	readonly direction: number;
	/** %. */
	readonly humidity: number;
	/** kPa. */
	readonly pressure: number;
	/** -1 clean .. 1 hazy: how badly the air moves. */
	readonly haze: number;
}

/** Hours a weather system needs for one degree of longitude. */
const HOURS_PER_DEGREE = 4;
const WEST = 119;

/** Mean wind by season, m/s. */
const WIND = { winter: 2.6, spring: 2.8, summer: 2.2, autumn: 2.6 } as const;

export function skyOver(seed: number, city: string, lon: number, moment: Moment): Sky {
	const climate = CLIMATES.get(city) ?? USUAL;
	const own = hashText(city, seed);
	// The same air reaches the east later.
	const air = moment.at - (lon - WEST) * HOURS_PER_DEGREE * HOUR_MS;
	const year = Math.cos((2 * Math.PI * (moment.dayOfYear - 202)) / 365.25);
	const front = wander(hashPair(seed, 11), air, 78 * HOUR_MS);
	const dayMean =
		(climate.january + climate.july) / 2 +
		((climate.july - climate.january) / 2) * year +
		(4 - 1.5 * year) * front +
		1.2 * wander(hashPair(own, 12), moment.at, 30 * HOUR_MS);
	const swing = climate.coastal ? 3 : 5;
	const temperature = dayMean + swing * Math.cos((2 * Math.PI * (moment.hour - 14)) / 24);
	const season = seasonOf(moment.monthDay);
	// A squall line of an hour or two that crosses the province: two or three cities at a time.
	const gale = season === "spring" ? Math.max(0, wander(hashPair(seed, 13), air, 16 * HOUR_MS) - 0.8) * 14 : 0;
	const wind =
		WIND[season] *
			(climate.coastal ? 1.2 : 1) *
			(1 + 0.3 * wander(hashPair(own, 14), moment.at, 7 * HOUR_MS)) *
			(0.9 + 0.25 * bell(moment.hour, 14, 5)) +
		gale;
	const haze = wander(hashPair(seed, 15), air, 50 * HOUR_MS);
	return {
		temperature,
		dayMean,
		wind,
		gust: wind * (1.3 + 0.1 * wander(hashPair(own, 16), moment.at, HOUR_MS)),
		direction: (200 + 120 * wander(hashPair(seed, 17), air, 40 * HOUR_MS) + 20 * front + 360) % 360,
		humidity: clamp(
			56 + 14 * year + 14 * wander(hashPair(seed, 18), air, 44 * HOUR_MS) - 10 * bell(moment.hour, 14, 5),
			15,
			96,
		),
		pressure: 101.3 - 1.1 * year - 0.7 * front,
		haze,
	};
}

interface RainCell {
	readonly bornAt: number;
	readonly lifeMs: number;
	readonly lon: number;
	readonly lat: number;
	/** Degrees of longitude and latitude an hour. */
	readonly east: number;
	readonly north: number;
	readonly radiusKm: number;
	/** mm/h in the middle at the height of its life. */
	readonly peak: number;
}

const EPOCH_MS = 6 * HOUR_MS;
/** Cells that are born over the province in six hours, by month. */
const CELLS_BY_MONTH = [1, 1, 1, 2, 3, 5, 9, 9, 4, 2, 1, 1];
const KEPT_EPOCHS = 64;
const KM_PER_DEGREE = 111.3;

/** Rain over the province. Keeps the cells of recent epochs; otherwise a pure function of its seed and the season's shift. */
export class Rain {
	readonly #seed: number;
	readonly #momentOf: (at: number) => Moment;
	readonly #epochs = new Map<number, readonly RainCell[]>();

	constructor(seed: number, momentOf: (at: number) => Moment) {
		this.#seed = hashPair(seed, 21);
		this.#momentOf = momentOf;
	}

	/** mm/h at a place. In frost it falls as snow, which a gauge does not see: that is the caller's to know. */
	rate(lon: number, lat: number, at: number): number {
		const epoch = Math.floor(at / EPOCH_MS);
		let rate = 0;
		for (const number of [epoch, epoch - 1]) {
			for (const cell of this.#cells(number)) {
				const age = at - cell.bornAt;
				if (age < 0 || age > cell.lifeMs) continue;
				const hours = age / HOUR_MS;
				const northKm = (lat - cell.lat - cell.north * hours) * KM_PER_DEGREE;
				const eastKm = (lon - cell.lon - cell.east * hours) * KM_PER_DEGREE * 0.75;
				const nearness = (northKm * northKm + eastKm * eastKm) / (cell.radiusKm * cell.radiusKm);
				if (nearness > 6) continue;
				rate += cell.peak * Math.exp(-nearness) * Math.sin((Math.PI * age) / cell.lifeMs);
			}
		}
		return rate < 0.05 ? 0 : rate;
	}

	/** mm that fell in the `ms` before `at`, from `steps` samples. */
	sum(lon: number, lat: number, at: number, ms: number, steps: number): number {
		const step = ms / steps;
		let total = 0;
		for (let n = 0; n < steps; n++) total += this.rate(lon, lat, at - (n + 0.5) * step);
		return (total * step) / HOUR_MS;
	}

	#cells(epoch: number): readonly RainCell[] {
		const known = this.#epochs.get(epoch);
		if (known !== undefined) return known;
		if (this.#epochs.size >= KEPT_EPOCHS) this.#epochs.clear();
		const chance = new Chance(hashPair(this.#seed, epoch));
		const month = Math.floor(this.#momentOf(epoch * EPOCH_MS).monthDay / 100);
		const count = chance.int(0, 2 * (CELLS_BY_MONTH[month - 1] ?? 1));
		const isSummer = month >= 6 && month <= 9;
		const cells = Array.from({ length: count }, () => cellFrom(chance, epoch, isSummer));
		this.#epochs.set(epoch, cells);
		return cells;
	}
}

function cellFrom(chance: Chance, epoch: number, isSummer: boolean): RainCell {
	const bornAt = epoch * EPOCH_MS + Math.floor(chance.next() * EPOCH_MS);
	// One summer cell in twelve stays where it is and pours.
	const stands = isSummer && chance.next() < 0.08;
	const speedKmh = stands ? 8 : chance.between(25, 50);
	const heavy = chance.next() ** 3;
	return {
		bornAt,
		lifeMs: chance.between(3, 6) * HOUR_MS,
		lon: chance.between(118.5, 125),
		lat: chance.between(38.8, 43),
		east: speedKmh / (KM_PER_DEGREE * 0.75),
		north: (speedKmh * chance.between(-0.1, 0.7)) / KM_PER_DEGREE,
		radiusKm: chance.between(10, 32),
		peak: stands ? chance.between(28, 48) : isSummer ? 3 + heavy * 34 : 0.8 + heavy * 5,
	};
}
