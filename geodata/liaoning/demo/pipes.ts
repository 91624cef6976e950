// Gas and water of the demo: works first, then what hangs on them. Companies are invented. Called by catalogue.ts.
import type { District } from "../district_table.ts";
import { COUNTIES } from "../district_table.ts";
import type { Chance } from "./chance.ts";
import { cityShort, companyOf, type Draft, numeral } from "./draft.ts";
import { isUrban } from "./mix.ts";
import type { Ground } from "./place.ts";
import { roadsOf } from "./words.ts";

type Place = { readonly county: District; readonly ground: Ground; readonly chance: Chance };

export function addPipes(draft: Draft): void {
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const place = { county, ground, chance: draft.chance(`sources ${county.code}`) };
		repeat(draft.count("waterPlant", index), () => addWaterPlant(draft, place));
	}
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const place = { county, ground, chance: draft.chance(`pipes ${county.code}`) };
		repeat(draft.count("regulator", index), () => addRegulator(draft, place));
		repeat(draft.count("gasSpace", index), () => addGasSpace(draft, place));
		repeat(draft.count("waterMain", index), () => addWaterMain(draft, place));
		repeat(draft.count("waterQuality", index), () => addWaterQuality(draft, place));
	}
}

function repeat(times: number, run: () => void): void {
	for (let n = 0; n < times; n++) run();
}

/** 重工北街与建设大路, numbered from the second thing of its sort at that corner on. */
function corner(draft: Draft, { county, chance }: Place, sort: string): string {
	const roads = roadsOf(county.code, isUrban(county));
	const road = chance.pick(roads);
	const name = `${road}与${chance.pick(roads.filter((other) => other !== road))}`;
	const number = draft.number(`corner ${sort} ${county.code} ${name}`);
	return `${name}${number > 1 ? numeral(number) : ""}${sort}`;
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
		name: `${county.short.zh} ${number} 号净水厂`,
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
