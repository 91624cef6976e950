// Gas, water and heating of the demo: works and sources first, then what hangs on them. Companies and estates are invented.
// A heat station names the source it hangs on (`source`), so that what happens at a source is felt downstream. Called by catalogue.ts.
import type { District } from "../district_table.ts";
import { CITIES, COUNTIES } from "../district_table.ts";
import type { Position } from "../polygon.ts";
import type { Chance } from "./chance.ts";
import { cityShort, type Draft, numeral } from "./draft.ts";
import { isUrban } from "./mix.ts";
import type { Ground } from "./place.ts";
import { ESTATE_FIRST, ESTATE_LAST, QUARTERS, roadsOf } from "./words.ts";

type Place = { readonly county: District; readonly ground: Ground; readonly chance: Chance };

export function addPipes(draft: Draft): void {
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const place = { county, ground, chance: draft.chance(`sources ${county.code}`) };
		repeat(draft.count("heatSource", index), () => addHeatSource(draft, place));
		repeat(draft.count("waterPlant", index), () => addWaterPlant(draft, place));
	}
	// Stations come after all sources of their city.
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const place = { county, ground, chance: draft.chance(`pipes ${county.code}`) };
		const rooms = draft.count("heatRoom", index);
		const stations = draft.count("heatStation", index);
		for (let n = 0; n < stations; n++) {
			addHeatStation(draft, place, Math.floor(((n + 1) * rooms) / stations) - Math.floor((n * rooms) / stations));
		}
		if (stations === 0)
			repeat(rooms, () => addRoom(draft, place, estate(place.chance), place.ground.position(place.chance)));
		repeat(draft.count("regulator", index), () => addRegulator(draft, place));
		repeat(draft.count("gasSpace", index), () => addGasSpace(draft, place));
		repeat(draft.count("waterMain", index), () => addWaterMain(draft, place));
		repeat(draft.count("waterQuality", index), () => addWaterQuality(draft, place));
	}
}

function repeat(times: number, run: () => void): void {
	for (let n = 0; n < times; n++) run();
}

function estate(chance: Chance): string {
	const first = chance.pick(ESTATE_FIRST);
	const second = chance.pick(ESTATE_FIRST.filter((word) => word !== first));
	return `${first}${second}${chance.pick(ESTATE_LAST)}`;
}

/** 重工北街与建设大路, numbered from the second thing of its sort at that corner on. */
function corner(draft: Draft, { county, chance }: Place, sort: string): string {
	const roads = roadsOf(county.code, isUrban(county));
	const road = chance.pick(roads);
	const name = `${road}与${chance.pick(roads.filter((other) => other !== road))}`;
	const number = draft.number(`corner ${sort} ${county.code} ${name}`);
	return `${name}${number > 1 ? numeral(number) : ""}${sort}`;
}

function companyOf(draft: Draft, county: District, trade: string, firms: number, chance: Chance): string {
	const city = CITIES.findIndex((row) => row.code === county.parent) + 1;
	return `演示${cityShort(county)}${trade}${numeral(1 + ((city + draft.block + chance.int(0, firms - 1)) % firms))}公司`;
}

function addHeatSource(draft: Draft, { county, ground, chance }: Place): void {
	const city = county.parent ?? "";
	const number = draft.number(`heat source ${city}`);
	const quarter = QUARTERS[(number - 1) % QUARTERS.length] ?? "城北";
	const name = `${cityShort(county)}${quarter}${number > QUARTERS.length ? numeral(number) : ""}热源厂`;
	const position = ground.position(chance);
	draft.add(county, {
		kind: "heatSource",
		name,
		position,
		site: `${name}供热管网`,
		fields: {
			company: companyOf(draft, county, "热力", 3, chance),
			capacity: chance.pick([116, 174, 232, 348, 464, 600]),
		},
	});
	const known = draft.heatSources.get(city) ?? [];
	known.push({ name, position });
	draft.heatSources.set(city, known);
}

/** The nearest source of the city. */
function sourceFor(draft: Draft, county: District, [lon, lat]: Position): string {
	let best = "";
	let least = Number.POSITIVE_INFINITY;
	for (const source of draft.heatSources.get(county.parent ?? "") ?? []) {
		const distance = Math.hypot((source.position[0] - lon) * 0.75, source.position[1] - lat);
		if (distance >= least) continue;
		least = distance;
		best = source.name;
	}
	return best === "" ? `${cityShort(county)}城区热源厂` : best;
}

function addHeatStation(draft: Draft, place: Place, rooms: number): void {
	const { county, ground, chance } = place;
	const home = estate(chance);
	const position = ground.position(chance);
	const source = sourceFor(draft, county, position);
	const households = chance.int(6, 60) * 20;
	draft.add(county, {
		kind: "heatStation",
		name: `${home}换热站`,
		position,
		site: `${source}供热管网`,
		fields: {
			company: companyOf(draft, county, "热力", 3, chance),
			source,
			area: households * chance.int(75, 105),
			households,
		},
	});
	repeat(rooms, () => addRoom(draft, place, home, position, source));
}

function addRoom(draft: Draft, place: Place, home: string, near: Position, source?: string): void {
	const { county, ground, chance } = place;
	const building = `${home} ${chance.int(1, 28)} 号楼 ${chance.int(1, 4)} 单元`;
	const flat = draft.number(`flat ${county.code} ${building}`);
	draft.add(county, {
		kind: "heatRoom",
		name: `${building}室温${flat > 1 ? ` ${flat}` : ""}`,
		position: ground.beside(near, chance, 300),
		...(source === undefined ? {} : { site: `${source}供热管网` }),
		fields: { building },
	});
}

function addRegulator(draft: Draft, place: Place): void {
	const { county, ground, chance } = place;
	const owner = companyOf(draft, county, "燃气", 2, chance);
	draft.add(county, {
		kind: "regulator",
		name: corner(draft, place, "调压站"),
		position: ground.position(chance),
		site: `${county.short.zh}燃气管网`,
		fields: {
			owner,
			pressureClass: chance.weighted({ mediumB: 3, mediumA: 5, subHighB: 2, subHighA: 1 }),
			users: chance.int(8, 90) * 50,
		},
	});
}

const SPACES = { sewer: "排水井", power: "电力井", telecom: "通信井", basement: "地下室" } as const;

function addGasSpace(draft: Draft, place: Place): void {
	const { county, ground, chance } = place;
	const space = chance.weighted({ sewer: 5, power: 3, telecom: 3, basement: 1 });
	const road = chance.pick(roadsOf(county.code, isUrban(county)));
	const number = draft.number(`gas space ${county.code} ${road} ${space}`);
	draft.add(county, {
		kind: "gasSpace",
		name: `${road} ${number}# ${SPACES[space]}甲烷`,
		position: ground.position(chance),
		site: `${county.short.zh}燃气管网`,
		fields: { owner: `演示${cityShort(county)}市政公司`, space },
	});
}

function addWaterPlant(draft: Draft, { county, ground, chance }: Place): void {
	const number = draft.number(`water plant ${county.parent}`);
	draft.add(county, {
		kind: "waterPlant",
		name: `${cityShort(county)}演示${numeral(number)}水厂`,
		position: ground.position(chance),
		site: `${cityShort(county)}供水管网`,
		fields: { capacity: chance.int(2, 40) * 10_000 },
	});
}

function addWaterMain(draft: Draft, place: Place): void {
	const { county, ground, chance } = place;
	draft.add(county, {
		kind: "waterMain",
		name: corner(draft, place, "供水测点"),
		position: ground.position(chance),
		site: `${cityShort(county)}供水管网`,
		fields: {
			owner: `演示${cityShort(county)}供水公司`,
			diameter: chance.pick([200, 300, 400, 500, 600, 800, 1000]),
			zone: `${county.short.zh} ${chance.int(1, 9)} 区`,
		},
	});
}

function addWaterQuality(draft: Draft, place: Place): void {
	const { county, ground, chance } = place;
	draft.add(county, {
		kind: "waterQuality",
		name: corner(draft, place, "水质测点"),
		position: ground.position(chance),
		site: `${cityShort(county)}供水管网`,
		fields: { owner: `演示${cityShort(county)}供水公司` },
	});
}
