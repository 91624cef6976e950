// Places of the demo's weather: one a county, with its long-term means of January and July and how near the sea is. Data and the
// little arithmetic around it. Called by the world once; the seeds make each place's own small weather.
import { hashText } from "#geodata/liaoning/demo/chance.ts";
import { COUNTIES, districtOf } from "#geodata/liaoning/district_table.ts";

export interface Place {
	readonly lon: number;
	readonly lat: number;
	/** Means of January and July, °C. */
	readonly january: number;
	readonly july: number;
	/** 0 inland .. 1 at the sea, where days and nights differ less and the wind is stronger. */
	readonly coast: number;
	readonly seed: number;
}

/** By city code: means of January and July at the seat (1991-2020, rounded to half a degree). */
const MEANS: ReadonlyMap<string, readonly [january: number, july: number]> = new Map([
	["210100", [-11, 24.5]],
	["210200", [-4, 23.5]],
	["210300", [-8.5, 25]],
	["210400", [-12.5, 24]],
	["210500", [-11, 24]],
	["210600", [-7.5, 23.5]],
	["210700", [-7.5, 24.5]],
	["210800", [-8, 25]],
	["210900", [-10.5, 24.5]],
	["211000", [-10, 25]],
	["211100", [-9, 25]],
	["211200", [-12.5, 24.5]],
	["211300", [-9, 25]],
	["211400", [-8, 24.5]],
]);

/** Cities on the sea, and their counties that are not. */
const SEA: ReadonlySet<string> = new Set(["210200", "210600", "210700", "210800", "211100", "211400"]);
const BEHIND: ReadonlySet<string> = new Set(
	"210604 210624 210682 210726 210727 210782 210882 211122 211404 211422".split(" "),
);
/** A degree of latitude within a city is worth about this much in January, and half a degree in July. */
const JANUARY_PER_LATITUDE = -3;
const JULY_PER_LATITUDE = -0.5;

/** By county code. */
export function placesOf(seed: number): ReadonlyMap<string, Place> {
	return new Map(
		COUNTIES.map((county) => {
			const [lon, lat] = county.centre;
			const city = county.parent ?? "";
			const north = lat - (districtOf(city)?.centre[1] ?? lat);
			const [january, july] = MEANS.get(city) ?? [-10, 24.5];
			const coast = !SEA.has(city) || BEHIND.has(county.code) ? 0 : city === "210200" ? 1 : 0.7;
			const place: Place = {
				lon,
				lat,
				january: january + JANUARY_PER_LATITUDE * north,
				july: july + JULY_PER_LATITUDE * north,
				coast,
				seed: hashText(county.code, seed),
			};
			return [county.code, place] as const;
		}),
	);
}
