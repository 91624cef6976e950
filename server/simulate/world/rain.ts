// Storm cells of the demo: they are born over the province from April to October, drift along one storm vector for hours and pour.
// Pure functions of (seed, place, time); keeps what it computed for the last moments that were asked for.
import { Chance, hashPair } from "#geodata/liaoning/demo/chance.ts";
import { HOUR_MS, type Moment } from "./moment.ts";

interface Cell {
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

export interface Vector {
	/** ° it goes towards, clockwise from north. */
	readonly bearing: number;
	readonly kmh: number;
}

const EPOCH_MS = 6 * HOUR_MS;
/** Storms look the same for so long: what is kept of one moment serves every gauge. */
const GRAIN_MS = 30_000;
/** Cells that are born over the province in six hours, by month. */
const CELLS_BY_MONTH = [0, 0, 0, 1, 2, 5, 9, 9, 4, 1.5, 0, 0];
const KEPT_EPOCHS = 64;
const KEPT_MOMENTS = 256;
const KM_PER_LAT = 111.3;
const KM_PER_LON = 83.5;
/** lon, lat, 1/radius², mm/h: a cell at a moment. */
const STRIDE = 4;

export class Rain {
	readonly #seed: number;
	readonly #momentOf: (at: number) => Moment;
	readonly #epochs = new Map<number, readonly Cell[]>();
	readonly #moments = new Map<number, Float64Array>();

	constructor(seed: number, momentOf: (at: number) => Moment) {
		this.#seed = hashPair(seed, 21);
		this.#momentOf = momentOf;
	}

	/** Where storms go that are born around `at`. */
	vector(at: number): Vector {
		return this.#vector(Math.floor(at / EPOCH_MS));
	}

	#vector(epoch: number): Vector {
		// The stream above holds for a day; storms of Liaoning come from the west to south-west.
		const chance = new Chance(hashPair(this.#seed, Math.floor(epoch / 4) + 104_729));
		return { bearing: chance.between(50, 105), kmh: chance.between(28, 46) };
	}

	/** mm/h at a place. In frost it is the caller's to know that it falls as snow. Hot. */
	rate(lon: number, lat: number, at: number): number {
		const cells = this.#active(Math.floor(at / GRAIN_MS));
		let rate = 0;
		for (let n = 0; n < cells.length; n += STRIDE) {
			const northKm = (lat - cells[n + 1]!) * KM_PER_LAT;
			const eastKm = (lon - cells[n]!) * KM_PER_LON;
			const nearness = (northKm * northKm + eastKm * eastKm) * cells[n + 2]!;
			if (nearness < 6) rate += cells[n + 3]! * Math.exp(-nearness);
		}
		return rate < 0.05 ? 0 : rate;
	}

	/** mm that fell in the `ms` before `at`, from `steps` looks. */
	sum(lon: number, lat: number, at: number, ms: number, steps: number): number {
		const step = ms / steps;
		let total = 0;
		for (let n = 0; n < steps; n++) total += this.rate(lon, lat, at - (n + 0.5) * step);
		return (total * step) / HOUR_MS;
	}

	/** Cells that live at a moment. */
	#active(grain: number): Float64Array {
		const known = this.#moments.get(grain);
		if (known !== undefined) return known;
		if (this.#moments.size >= KEPT_MOMENTS) this.#moments.clear();
		const at = grain * GRAIN_MS;
		const epoch = Math.floor(at / EPOCH_MS);
		const found: number[] = [];
		for (const number of [epoch, epoch - 1]) {
			for (const cell of this.#cells(number)) {
				const age = at - cell.bornAt;
				if (age < 0 || age > cell.lifeMs) continue;
				const hours = age / HOUR_MS;
				const force = Math.sin((Math.PI * age) / cell.lifeMs);
				found.push(cell.lon + cell.east * hours, cell.lat + cell.north * hours);
				found.push(1 / (cell.radiusKm * cell.radiusKm), cell.peak * force);
			}
		}
		const made = Float64Array.from(found);
		this.#moments.set(grain, made);
		return made;
	}

	#cells(epoch: number): readonly Cell[] {
		const known = this.#epochs.get(epoch);
		if (known !== undefined) return known;
		if (this.#epochs.size >= KEPT_EPOCHS) this.#epochs.clear();
		const chance = new Chance(hashPair(this.#seed, epoch));
		const month = Math.floor(this.#momentOf(epoch * EPOCH_MS).monthDay / 100);
		const usual = CELLS_BY_MONTH[month - 1] ?? 0;
		// Days are wet or dry: a dry one has none.
		const isWet = new Chance(hashPair(this.#seed, Math.floor(epoch / 4) + 15_485_863)).next() < 0.55;
		const count = isWet ? Math.round(chance.between(0.4, 2.4) * usual) : chance.int(0, Math.round(usual / 5));
		const vector = this.#vector(epoch);
		const isSummer = month >= 6 && month <= 9;
		const cells = Array.from({ length: count }, () => cellFrom(chance, epoch, vector, isSummer));
		this.#epochs.set(epoch, cells);
		return cells;
	}
}

function cellFrom(chance: Chance, epoch: number, vector: Vector, isSummer: boolean): Cell {
	const bornAt = epoch * EPOCH_MS + Math.floor(chance.next() * EPOCH_MS);
	// One summer cell in twelve hardly moves, and pours.
	const stands = isSummer && chance.next() < 0.08;
	const kmh = stands ? 8 : vector.kmh * chance.between(0.9, 1.1);
	const bearing = (vector.bearing + chance.between(-8, 8)) * (Math.PI / 180);
	const heavy = chance.next() ** 3;
	return {
		bornAt,
		lifeMs: chance.between(3, 6) * HOUR_MS,
		lon: chance.between(118.3, 124.5),
		lat: chance.between(38.6, 42.8),
		east: (kmh * Math.sin(bearing)) / KM_PER_LON,
		north: (kmh * Math.cos(bearing)) / KM_PER_LAT,
		radiusKm: chance.between(10, 30),
		peak: stands ? chance.between(28, 46) : isSummer ? 3 + heavy * 32 : 0.8 + heavy * 5,
	};
}
