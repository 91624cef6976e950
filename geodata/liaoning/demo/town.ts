// Metro, bridges, flooding and manhole covers of the demo. Metro points stand at real station anchors of lines under construction
// (Dalian: in the protection zone of a running line). Bridges have invented numbers and grades; the few with a real name have no
// grade. Called by catalogue.ts.
import type { AssetRecord } from "#model/catalogue.ts";
import { bearingBetween } from "#model/distance.ts";
import type { District } from "../district_table.ts";
import { CITIES, COUNTIES, districtOf } from "../district_table.ts";
import { districtAt } from "../districts.ts";
import { METRO_LINES } from "../metro.ts";
import type { Position } from "../polygon.ts";
import type { Chance } from "./chance.ts";
import { cityShort, type Draft, numeral, pastDate } from "./draft.ts";
import { isUrban, LOOKOUT } from "./mix.ts";
import type { Ground } from "./place.ts";
import { rounded } from "./place.ts";
import { alongRivers, ontoRiver } from "./rivers.ts";
import { NAMED_BRIDGES, RIVERS, roadsOf } from "./words.ts";

type Place = { readonly county: District; readonly ground: Ground; readonly chance: Chance };

/** Lines where something is built or watched, and how it is built. */
const WATCHED: Readonly<Record<string, string>> = {
	"sy-6": "在建",
	"sy-9-east": "在建",
	"sy-10-south": "在建",
	"dl-5": "保护区",
};

export function addMetro(draft: Draft, total: number): void {
	const chance = draft.chance("metro");
	const anchors = METRO_LINES.filter((line) => line.id in WATCHED).flatMap((line) =>
		line.stations.map(([station, lon, lat]) => ({ line, station, lon, lat })),
	);
	for (let n = 0; n < total; n++) {
		const anchor = anchors[n % anchors.length];
		if (anchor === undefined) return;
		const position = rounded(anchor.lon + chance.between(-1, 1) * 0.0012, anchor.lat + chance.between(-1, 1) * 0.0009);
		const county = districtAt(position[0], position[1]);
		if (county === undefined) continue;
		const number = draft.number(`metro ${anchor.line.id} ${anchor.station}`);
		const state = WATCHED[anchor.line.id] ?? "在建";
		const method = state === "保护区" ? "shield" : chance.weighted({ cutAndCover: 4, shield: 5, mined: 2 });
		const station = anchor.station.endsWith("站") ? anchor.station : `${anchor.station}站`;
		const short = anchor.line.name.zh.replace(/^.{2}地铁 /, "");
		draft.add(county, {
			kind: "metro",
			name: `${short} ${station} JC${String(number).padStart(2, "0")}`,
			position,
			site: `${anchor.line.name.zh}（${state}） ${station}`,
			fields: {
				line: anchor.line.name.zh,
				section: station,
				method,
				...(method === "shield" ? { ring: chance.int(20, 900) } : {}),
			},
		});
	}
}

export function addBridges(draft: Draft, perCity: readonly number[]): void {
	for (const [index, city] of CITIES.entries()) {
		const chance = draft.chance(`bridges ${city.code}`);
		const named = city.code === "210100" && draft.block === 0 ? NAMED_BRIDGES : [];
		const count = perCity[index] ?? 0;
		for (const [name, lon, lat] of named.slice(0, count)) {
			const position = rounded(...ontoRiver("浑河", [lon, lat]));
			const county = districtAt(position[0], position[1]);
			if (county !== undefined) draft.add(county, { kind: "bridge", name, position });
		}
		for (let n = named.length; n < count; n++) addBridge(draft, city, chance);
	}
}

const REACH_M = 11_000;

function addBridge(draft: Draft, city: District, chance: Chance): void {
	const rivers = RIVERS.get(city.code) ?? [];
	const number = draft.number(`bridge ${city.code}`);
	const places = alongRivers(rivers, city.centre, REACH_M).filter(([lon, lat]) => districtAt(lon, lat) !== undefined);
	// Every second bridge of a town on a river crosses it.
	const found = places.length > 0 && number % 2 === 0 ? rounded(...chance.pick(places)) : undefined;
	const position = found ?? somewhereIn(draft, city, chance);
	const county = districtAt(position[0], position[1]);
	if (county === undefined) throw new Error(`a bridge of ${city.code} stands nowhere`);
	const road = chance.pick(roadsOf(county.code, isUrban(county)));
	const code = `Q${String(number).padStart(2, "0")}`;
	draft.add(county, {
		kind: "bridge",
		// Numbers of a register that nobody keeps: no real bridge is called so.
		name: `${road} ${code} 号${found === undefined ? "高架" : "跨河"}桥`,
		position,
		fields: bridgePapers(chance),
	});
}

function somewhereIn(draft: Draft, city: District, chance: Chance): Position {
	const grounds = draft.grounds.filter((ground) => ground.county.parent === city.code && isUrban(ground.county));
	return chance.pick(grounds).position(chance);
}

/** Grades by CJJ 99-2017; D is restricted, E closed, as the policy's point 20 asks. */
function bridgePapers(chance: Chance) {
	const grade = chance.weighted({ A: 38, B: 42, C: 14, D: 4, E: 2 });
	const status = grade === "D" ? "restricted" : grade === "E" ? "closed" : "open";
	return {
		grade,
		status,
		limitSpeed: chance.pick([40, 60, 80]),
		...(status === "open"
			? { limitWeight: 55 }
			: {
					limitWeight: status === "closed" ? 0 : 20,
					limitAxle: status === "closed" ? 0 : 10,
					limitHeight: 3.2,
					banHours: "00:00-24:00",
					banFrom: pastDate(chance, 200),
					banTo: "2027-10-31",
					detour: "经相邻桥梁绕行",
				}),
		assessor: `演示检测${numeral(chance.int(1, 5))}所`,
		assessedAt: pastDate(chance, 700),
	};
}

export function addTown(draft: Draft): void {
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const place = { county, ground, chance: draft.chance(`town ${county.code}`) };
		for (const [kind, title] of WET) {
			for (let n = draft.count(kind, index); n > 0; n--) {
				const wet = addWet(draft, place, kind, title);
				if (kind === "underpass" && n <= draft.count(LOOKOUT, index)) addLookout(draft, place, wet);
			}
		}
		for (let n = draft.count("manhole", index); n > 0; n--) addManhole(draft, place);
	}
}

const WET = [
	["rainGauge", "雨量站"],
	["rainStation", "逐时雨量站"],
	["underpass", "下穿通道"],
	["floodPoint", "易涝点"],
	["drainPump", "排涝泵站"],
] as const;
export const WET_KINDS: readonly string[] = [...WET.map(([kind]) => kind), LOOKOUT];

function addWet(draft: Draft, { county, ground, chance }: Place, kind: string, title: string): AssetRecord {
	const road = chance.pick(roadsOf(county.code, isUrban(county)));
	const number = draft.number(`${kind} name ${county.code} ${road}`);
	return draft.add(county, {
		kind,
		name: `${road}${number > 1 ? numeral(number) : ""}${title}`,
		position: ground.position(chance),
		site: `${county.short.zh}防汛`,
		fields: {
			station: `9${county.code.slice(2)}${String(draft.number(`hydro ${county.code}`)).padStart(3, "0")}`,
			owner: `演示${cityShort(county)}排水公司`,
			...(kind === "drainPump" ? { capacity: chance.int(2, 24) } : {}),
		},
	});
}

/** A video camera at the mouth of an underpass: how deep the water stands is seen before anyone drives in. */
function addLookout(draft: Draft, { county, ground }: Place, wet: AssetRecord): void {
	const chance = draft.chance(`lookout ${wet.id}`);
	const number = String(draft.number(`camera id ${county.code}`)).padStart(6, "0");
	const mouth: Position = [wet.lon, wet.lat];
	const position = ground.within(mouth, chance, 12, 40);
	draft.add(county, {
		kind: "camera",
		name: `${wet.name} 摄像头`,
		position,
		fields: {
			gb28181: `${county.code}00001320${number}`,
			bearing: Math.round(bearingBetween(position, mouth)),
			view: 75,
		},
	});
}

const COVERS = {
	sewer: "污水",
	storm: "雨水",
	water: "供水",
	gas: "燃气",
	heat: "供热",
	power: "电力",
	telecom: "通信",
};
const LETTERS = { sewer: "W", storm: "Y", water: "S", gas: "Q", heat: "R", power: "D", telecom: "T" };

function addManhole(draft: Draft, { county, ground, chance }: Place): void {
	const purpose = chance.weighted({ sewer: 30, storm: 25, water: 12, gas: 6, heat: 10, power: 9, telecom: 8 });
	const road = chance.pick(roadsOf(county.code, isUrban(county)));
	const number = String(draft.number(`cover ${county.code}`)).padStart(5, "0");
	draft.add(county, {
		kind: "manhole",
		name: `${road} ${COVERS[purpose]}井盖 ${number}`,
		position: ground.position(chance),
		site: `${county.short.zh} ${road}`,
		fields: {
			number: `${county.code}${LETTERS[purpose]}${number}`,
			owner: `演示${districtOf(county.parent ?? "")?.short.zh ?? ""}市政公司`,
			purpose,
			loadClass: chance.weighted({ B125: 2, C250: 3, D400: 5 }),
		},
	});
}
