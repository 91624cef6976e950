// What stands on a heat network of the demo: sources, stations and their rooms, as records. Called by heat.ts.
import type { AssetRecord } from "#model/catalogue.ts";
import type { District } from "../district_table.ts";
import type { Position } from "../polygon.ts";
import type { Chance } from "./chance.ts";
import { cityShort, companyOf, type Draft } from "./draft.ts";
import { metres } from "./heat_tree.ts";
import type { Ground } from "./place.ts";
import { QUARTERS } from "./words.ts";

export interface Home {
	readonly county: District;
	readonly ground: Ground;
	readonly estate: string;
	readonly position: Position;
	readonly households: number;
	readonly rooms: number;
	/** The point of the network it hangs on. */
	point: number;
}

/** A county's own index in COUNTIES, with its ground. */
export interface Member {
	readonly county: District;
	readonly index: number;
	readonly ground: Ground;
}

export function addSource(
	draft: Draft,
	{ county }: Member,
	position: Position,
	number: number,
	chance: Chance,
	near?: string,
): AssetRecord {
	const short = county.short.zh.replace(/新区$|区$/, "");
	const town = short.startsWith(cityShort(county)) ? short : `${cityShort(county)}${short}`;
	const name =
		near === undefined ? `${town}${number === 0 ? "" : (QUARTERS[number] ?? number)}热源厂` : `${near}热源厂`;
	return draft.add(county, {
		kind: "heatSource",
		name,
		position,
		site: `${name}供热管网`,
		fields: {
			company: companyOf(draft, county, "热力", 3, chance),
			capacity: chance.pick(near === undefined ? [58, 116, 174] : [348, 464, 600]),
		},
	});
}

export function addStation(draft: Draft, home: Home, main: AssetRecord, chance: Chance): void {
	const { county, ground, households } = home;
	const again = draft.number(`heat station ${county.code} ${home.estate}`);
	const name = `${home.estate}${again > 1 ? again : ""}换热站`;
	const source = String(main.fields?.source ?? "");
	const station = draft.add(county, {
		kind: "heatStation",
		name,
		position: home.position,
		site: `${source}供热管网`,
		fields: {
			company: companyOf(draft, county, "热力", 3, chance),
			source,
			main: main.id,
			area: households * chance.int(75, 105),
			households,
		},
	});
	for (let n = home.rooms; n > 0; n--) addRoom(draft, county, ground, chance, home.estate, home.position, station);
}

/** In the later blocks stations hang on the demo's own mains, the nearest of their city. */
export function addLater(draft: Draft, homes: readonly Home[], chance: Chance): void {
	for (const home of homes) {
		const mains = draft.heatMains.filter((main) => main.district.slice(0, 4) === home.county.code.slice(0, 4));
		const distance = (main: AssetRecord): number => metres(home.position, [main.lon, main.lat]);
		const main = mains.reduce((best, one) => (distance(one) < distance(best) ? one : best), mains[0] as AssetRecord);
		addStation(draft, home, main, chance);
	}
}

export function addRoom(
	draft: Draft,
	county: District,
	ground: Ground,
	chance: Chance,
	home: string,
	near: Position,
	station?: AssetRecord,
): void {
	const building = `${home} ${chance.int(1, 28)} 号楼 ${chance.int(1, 4)} 单元`;
	const flat = draft.number(`flat ${county.code} ${building}`);
	draft.add(county, {
		kind: "heatRoom",
		name: `${building}室温${flat > 1 ? ` ${flat}` : ""}`,
		position: ground.within(near, chance, 40, 320),
		...(station?.site === undefined ? {} : { site: station.site }),
		fields: { building, ...(station === undefined ? {} : { station: station.id }) },
	});
}
