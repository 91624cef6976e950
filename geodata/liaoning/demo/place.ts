// Positions for the demo: near the seat of a county, in its quarters and villages, always on the ground of that county (never at
// sea, in a river or across a border). Called by catalogue.ts. Borders are good to about 100 m, so positions keep no distance from them.
import type { District } from "../district_table.ts";
import { polygonsOfDistrict } from "../districts.ts";
import type { Polygon, Position } from "../polygon.ts";
import { contains } from "../polygon.ts";
import { Chance, hashText } from "./chance.ts";
import { isUrban } from "./mix.ts";
import { isInRiver } from "./rivers.ts";

/** Metres in a degree of latitude. */
const DEGREE_M = 111_320;
/** The first is the town around the seat; the others are quarters or villages. */
const QUARTERS = 7;
const TRIES = 40;

export class Ground {
	readonly county: District;
	readonly #polygons: readonly Polygon[];
	readonly #quarters: readonly Position[];
	/** The seat of government, or ground of the county when it is governed from a neighbour. */
	readonly seat: Position;
	/** Metres: how wide a quarter spreads. */
	readonly #spreadM: number;

	constructor(county: District, seed: number) {
		this.county = county;
		this.#polygons = polygonsOfDistrict(county.code) ?? [];
		const chance = new Chance(hashText(`ground ${county.code}`, seed));
		const urban = isUrban(county);
		this.#spreadM = urban ? 900 : 1_100;
		const seat = this.holds(county.centre[0], county.centre[1]) ? county.centre : this.#anywhere(chance);
		this.seat = seat;
		const quarters: Position[] = [seat];
		while (quarters.length < QUARTERS) {
			// A city quarter lies within a few kilometres of the seat, a village anywhere in the county.
			const near = urban || quarters.length < QUARTERS / 2;
			quarters.push(near ? this.#near(seat, chance, urban ? 2_600 : 1_500) : this.#anywhere(chance));
		}
		this.#quarters = quarters;
	}

	holds(lon: number, lat: number): boolean {
		return this.#polygons.some((polygon) => contains(polygon, lon, lat));
	}

	/** Ground of the county, and dry. */
	#isDry(lon: number, lat: number): boolean {
		return this.holds(lon, lat) && !isInRiver(lon, lat);
	}

	/** Somewhere people live: mostly around the seat. */
	position(chance: Chance): Position {
		const quarter = chance.next() < 0.4 ? 0 : chance.int(1, QUARTERS - 1);
		return this.#near(this.#quarters[quarter] ?? this.county.centre, chance, this.#spreadM);
	}

	/** In the town itself, where pipes reach. */
	inTown(chance: Chance): Position {
		return isUrban(this.county) ? this.position(chance) : this.within(this.seat, chance, 150, 1_800);
	}

	/** Within about `metres` of a position. */
	beside(from: Position, chance: Chance, metres: number): Position {
		return this.#near(from, chance, metres / 2);
	}

	/** Between `least` and `most` metres from a position; the position itself when there is no ground around it. */
	within(from: Position, chance: Chance, least: number, most: number): Position {
		for (let left = TRIES; left > 0; left--) {
			const distance = Math.sqrt(chance.between(least * least, most * most));
			const angle = chance.next() * 2 * Math.PI;
			const position = shifted(from, distance * Math.sin(angle), distance * Math.cos(angle));
			if (this.#isDry(position[0], position[1])) return position;
		}
		return from;
	}

	#near(centre: Position, chance: Chance, deviationM: number): Position {
		for (let left = TRIES; left > 0; left--) {
			const position = shifted(centre, chance.normal() * deviationM, chance.normal() * deviationM);
			if (this.#isDry(position[0], position[1])) return position;
		}
		return this.holds(centre[0], centre[1]) ? centre : this.#anywhere(chance);
	}

	#anywhere(chance: Chance): Position {
		const [west, south, east, north] = this.county.bbox;
		for (let left = 1_000; left > 0; left--) {
			const position = rounded(chance.between(west, east), chance.between(south, north));
			if (this.#isDry(position[0], position[1])) return position;
		}
		throw new Error(`no ground found in ${this.county.code}`);
	}
}

/** Moves by metres east and north. */
function shifted([lon, lat]: Position, eastM: number, northM: number): Position {
	return rounded(lon + eastM / (DEGREE_M * Math.cos((lat * Math.PI) / 180)), lat + northM / DEGREE_M);
}

/** Six decimals: 0.1 m. */
export function rounded(lon: number, lat: number): Position {
	return [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
}
