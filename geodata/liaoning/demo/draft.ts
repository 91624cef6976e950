// The catalogue while it is being drawn up: grounds of all counties, running numbers per kind and county, and the assets so far.
// Shared by the parts that invent sites, pipes and roads; thrown away when catalogue.ts is done.
import type { AssetRecord } from "#model/catalogue.ts";
import type { District } from "../district_table.ts";
import { CITIES, COUNTIES, districtOf } from "../district_table.ts";
import type { Position } from "../polygon.ts";
import { Chance, hashText } from "./chance.ts";
import { Ground } from "./place.ts";
import { ESTATE_FIRST, ESTATE_LAST } from "./words.ts";

type Fields = NonNullable<AssetRecord["fields"]>;

export interface NewAsset {
	readonly kind: string;
	readonly name: string;
	readonly position: Position;
	/** Of a line. */
	readonly path?: readonly Position[];
	readonly site?: string;
	readonly fields?: Fields;
}

export class Draft {
	readonly assets: AssetRecord[] = [];
	readonly seed: number;
	readonly grounds: readonly Ground[];
	/** How many assets of each kind this block gets, per county in the order of COUNTIES. */
	counts: ReadonlyMap<string, readonly number[]> = new Map();
	/** Number of the block of 3,000: 0 is the demo, the others are for benchmarks. */
	block = 0;
	readonly #numbers = new Map<string, number>();
	/** Heat mains of the demo, for the stations that hang on them. */
	readonly heatMains: AssetRecord[] = [];

	constructor(seed: number) {
		this.seed = seed;
		this.grounds = COUNTIES.map((county) => new Ground(county, seed));
	}

	/** Chance of its own for each block, purpose and place: what one part draws moves nothing elsewhere. */
	chance(purpose: string): Chance {
		return new Chance(hashText(`${this.block} ${purpose}`, this.seed));
	}

	count(kind: string, countyIndex: number): number {
		return this.counts.get(kind)?.[countyIndex] ?? 0;
	}

	/** 1, 2, 3 ... for a name of numbers; goes on through the blocks, so that a larger catalogue begins like a smaller one. */
	number(name: string): number {
		const next = (this.#numbers.get(name) ?? 0) + 1;
		this.#numbers.set(name, next);
		return next;
	}

	add(county: District, asset: NewAsset): AssetRecord {
		const word = kebab(asset.kind);
		const number = String(this.number(`${asset.kind} ${county.code}`)).padStart(3, "0");
		const record: AssetRecord = {
			id: `${word}-${county.code}-${number}`,
			name: asset.name,
			kind: asset.kind,
			district: county.code,
			lon: asset.position[0],
			lat: asset.position[1],
			...(asset.path === undefined ? {} : { path: asset.path.map(([lon, lat]) => [lon, lat] as [number, number]) }),
			...(asset.site === undefined ? {} : { site: asset.site }),
			...(asset.fields === undefined ? {} : { fields: asset.fields }),
			demo: true,
		};
		this.assets.push(record);
		return record;
	}
}

/** heatStation -> heat-station, as ids are written. */
export function kebab(kind: string): string {
	return kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Short name of a county's city: 沈阳. */
export function cityShort(county: District): string {
	return districtOf(county.parent ?? "")?.short.zh ?? "";
}

/** An invented estate: 瑞锦家园. */
export function estate(chance: Chance): string {
	const first = chance.pick(ESTATE_FIRST);
	const second = chance.pick(ESTATE_FIRST.filter((word) => word !== first));
	return `${first}${second}${chance.pick(ESTATE_LAST)}`;
}

/** A company of a trade, invented and named so: 演示沈阳热力二公司. */
export function companyOf(draft: Draft, county: District, trade: string, firms: number, chance: Chance): string {
	const city = CITIES.findIndex((row) => row.code === county.parent) + 1;
	return `演示${cityShort(county)}${trade}${numeral(1 + ((city + draft.block + chance.int(0, firms - 1)) % firms))}公司`;
}

/** A date within `days` before the end of the demo's register, 2026-10-31, as YYYY-MM-DD. */
export function pastDate(chance: Chance, days: number): string {
	const end = Date.UTC(2026, 9, 31);
	return new Date(end - chance.int(0, days) * 86_400_000).toISOString().slice(0, 10);
}

const NUMERALS = "一二三四五六七八九十";
/** 1 -> 一, 12 -> 十二, 20 -> 二十. */
export function numeral(number: number): string {
	if (number <= 10) return NUMERALS[number - 1] ?? String(number);
	const tens = Math.floor(number / 10);
	const ones = number % 10;
	return `${tens > 1 ? (NUMERALS[tens - 1] ?? "") : ""}十${ones > 0 ? (NUMERALS[ones - 1] ?? "") : ""}`;
}
