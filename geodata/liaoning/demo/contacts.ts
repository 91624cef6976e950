// The invented contact book of the demo: authorities, operators and teams of the province, its cities and counties, for the places
// where the demo's assets stand, with people in them. Deterministic. No company, person or number is real: local numbers that begin
// with 0000 and mobile numbers that begin with 000 are given to nobody and cannot be called.
import type { PersonRow, UnitKind, UnitRow } from "#model/contact.ts";
import { cityOf } from "#model/ids.ts";
import type { District } from "../district_table.ts";
import { districtOf } from "../district_table.ts";
import { Chance, hashText } from "./chance.ts";
import { numeral } from "./draft.ts";

export interface DemoContacts {
	readonly units: readonly UnitRow[];
	readonly people: readonly PersonRow[];
}

/** Telephone area codes by city; 沈阳, 抚顺 and 铁岭 share one. */
const AREA: Readonly<Record<string, string>> = {
	"2101": "024",
	"2102": "0411",
	"2103": "0412",
	"2104": "024",
	"2105": "0414",
	"2106": "0415",
	"2107": "0416",
	"2108": "0417",
	"2109": "0418",
	"2110": "0419",
	"2111": "0427",
	"2112": "024",
	"2113": "0421",
	"2114": "0429",
};
const METRO_CITIES = ["210100", "210200"];
const PROVINCE = "210000";
const BUILDERS = 12;

const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"];
const GIVEN = [..."伟强磊军洋勇杰涛明超平刚辉鹏华飞斌波宇浩静敏丽娜艳红霞丹玲燕慧宁颖琳雪梅欣岩锋志建国立"];
const DUTIES: Readonly<Record<UnitKind, readonly string[]>> = {
	authority: ["值班科长", "行业处负责人"],
	operator: ["调度值班员", "生产副经理", "抢修班长"],
	enterprise: ["项目负责人", "安全总监"],
	hospital: ["急诊总值班"],
	team: ["队长", "副队长"],
	command: ["值班长", "指挥长"],
	other: ["值班员"],
};

interface NewUnit {
	readonly name: string;
	readonly kind: UnitKind;
	readonly systems: readonly string[];
	readonly parent?: string;
}

/** `districts`: codes in which something stands; their cities and the province are always there. */
export function demoContacts(districts: Iterable<string>): DemoContacts {
	const counties = [...new Set(districts)].sort().flatMap((code) => districtOf(code) ?? []);
	const cities = [...new Set(counties.map(({ code }) => cityOf(code)))].flatMap((code) => districtOf(code) ?? []);
	const book = new Book();
	const province = districtOf(PROVINCE);
	if (province === undefined) throw new Error("the province is not in its own table");
	for (const unit of provinceUnits()) book.add(province, unit);
	for (const city of cities) for (const unit of cityUnits(city)) book.add(city, unit);
	for (const county of counties) {
		const city = districtOf(cityOf(county.code));
		if (county.level === "county" && city !== undefined)
			for (const unit of countyUnits(county, city)) book.add(county, unit);
	}
	return { units: book.units, people: book.people };
}

const BUILDING = ["construction", "camera", "metro"];
const MUNICIPAL = ["gas", "heating", "water", "bridge", "manhole"];

function provinceUnits(): NewUnit[] {
	const builders = Array.from({ length: BUILDERS }, (_, n): NewUnit => {
		return { name: `演示建设${numeral(n + 1)}公司`, kind: "enterprise", systems: ["construction"] };
	});
	return [
		{ name: "演示省应急指挥中心", kind: "command", systems: [] },
		{
			name: "演示省住建主管部门",
			kind: "authority",
			systems: [...BUILDING, ...MUNICIPAL],
			parent: "演示省应急指挥中心",
		},
		{ name: "演示省防汛主管部门", kind: "authority", systems: ["flood"], parent: "演示省应急指挥中心" },
		{ name: "演示省气象主管部门", kind: "authority", systems: ["weather"], parent: "演示省应急指挥中心" },
		...builders,
	];
}

function cityUnits({ code, short }: District): NewUnit[] {
	const city = short.zh;
	const building = `演示${city}住建主管部门`;
	const municipal = `演示${city}城管主管部门`;
	const flood = `演示${city}防汛主管部门`;
	const own = (name: string, systems: readonly string[], parent: string): NewUnit => ({
		name: `演示${city}${name}`,
		kind: "operator",
		systems,
		parent,
	});
	return [
		{ name: `演示${city}应急指挥中心`, kind: "command", systems: [], parent: "演示省应急指挥中心" },
		{ name: building, kind: "authority", systems: BUILDING, parent: "演示省住建主管部门" },
		{ name: municipal, kind: "authority", systems: MUNICIPAL, parent: "演示省住建主管部门" },
		{ name: flood, kind: "authority", systems: ["flood"], parent: "演示省防汛主管部门" },
		{ name: `演示${city}气象主管部门`, kind: "authority", systems: ["weather"], parent: "演示省气象主管部门" },
		...["一", "二", "三"].map((nth) => own(`热力${nth}公司`, ["heating"], municipal)),
		...["一", "二"].map((nth) => own(`燃气${nth}公司`, ["gas"], municipal)),
		own("供水公司", ["water"], municipal),
		own("市政公司", ["manhole", "bridge"], municipal),
		own("排水公司", ["flood"], flood),
		own("气象台", ["weather"], `演示${city}气象主管部门`),
		own("工地监管中心", ["construction", "camera"], building),
		...(METRO_CITIES.includes(code) ? [own("轨道交通公司", ["metro"], building)] : []),
		{ name: `演示${city}综合抢险队`, kind: "team", systems: [], parent: `演示${city}应急指挥中心` },
		{ name: `演示${city}急救医院`, kind: "hospital", systems: [] },
	];
}

function countyUnits({ short }: District, city: District): NewUnit[] {
	const place = `${city.short.zh}${short.zh}`;
	return [
		{ name: `演示${place}应急办`, kind: "command", systems: [], parent: `演示${city.short.zh}应急指挥中心` },
		{ name: `演示${place}住建局`, kind: "authority", systems: BUILDING, parent: `演示${city.short.zh}住建主管部门` },
		{ name: `演示${place}城管局`, kind: "authority", systems: MUNICIPAL, parent: `演示${city.short.zh}城管主管部门` },
		{ name: `演示${place}防汛办`, kind: "authority", systems: ["flood"], parent: `演示${city.short.zh}防汛主管部门` },
		{ name: `演示${place}抢险队`, kind: "team", systems: [], parent: `演示${place}应急办` },
	];
}

/** One county in so many has a team whose number nobody has entered yet: a book without gaps is not believed. */
const GAP_ONE_IN = 25;

class Book {
	readonly units: UnitRow[] = [];
	readonly people: PersonRow[] = [];
	/** By area code: the last local number given. */
	readonly #lines = new Map<string, number>();
	#mobiles = 0;

	add(place: District, unit: NewUnit): void {
		const chance = new Chance(hashText(unit.name));
		const hasGap = unit.kind === "team" && place.level === "county" && chance.int(1, GAP_ONE_IN) === 1;
		const [lon, lat] = place.centre;
		this.units.push({
			row: this.units.length + 2,
			name: unit.name,
			kind: unit.kind,
			district: place.code,
			systems: [...unit.systems],
			parent: unit.parent ?? null,
			phone24h: hasGap ? null : this.#line(place.code),
			address: `${place.name.zh}示例路 ${chance.int(1, 200)} 号`,
			lon: round(lon + chance.between(-0.02, 0.02)),
			lat: round(lat + chance.between(-0.015, 0.015)),
		});
		const taken = new Set<string>();
		for (const [order, duty] of DUTIES[unit.kind].entries()) {
			const name = nameOf(chance, taken);
			const isOnCall = order === 0 || chance.int(1, 2) === 1;
			this.people.push({
				row: this.people.length + 2,
				name,
				unit: unit.name,
				duty,
				phones: [this.#mobile()],
				isOnCall,
				order,
			});
		}
	}

	/** 024-00000017 */
	#line(code: string): string {
		const area = AREA[code.slice(0, 4)] ?? "024";
		const next = (this.#lines.get(area) ?? 0) + 1;
		this.#lines.set(area, next);
		return `${area}-0000${String(next).padStart(4, "0")}`;
	}

	/** 00000001234: eleven digits like a mobile number, of a range that nobody has. */
	#mobile(): string {
		this.#mobiles += 1;
		return `0000000${String(this.#mobiles).padStart(4, "0")}`;
	}
}

/** Common names in any combination; nobody twice in one unit. */
function nameOf(chance: Chance, taken: Set<string>): string {
	for (;;) {
		const name = chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.int(1, 3) === 1 ? "" : chance.pick(GIVEN));
		if (taken.has(name)) continue;
		taken.add(name);
		return name;
	}
}

function round(degrees: number): number {
	return Math.round(degrees * 1e5) / 1e5;
}
