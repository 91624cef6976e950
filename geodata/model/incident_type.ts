// The types of incidents as data: which systems they come from, which facts they hold, and how far around they look for cameras and
// teams. Read by incident_facts.ts, the page and the documents. Pure data; a fact's words stand here once, in both languages.
import { text } from "./define.ts";
import type { IncidentLevel, IncidentTypeId } from "./incident.ts";
import { incidentTypeIds } from "./incident.ts";
import type { Severity, Text } from "./measure.ts";

export interface FactField {
	readonly id: string;
	readonly name: Text;
	/** As written beside the value; "" for words and counts. */
	readonly unit: string;
	readonly decimals: number;
	/** computed: followed from the table by incident_facts.ts until a person writes another; hand: only a person knows. */
	readonly from: "computed" | "hand";
}

export interface IncidentType {
	readonly id: IncidentTypeId;
	readonly name: Text;
	/** Systems whose alarms open one of this type; the first is the system of its record. "any": no one system's. */
	readonly systems: readonly string[];
	/** In the order of the page; those of every type follow them. */
	readonly facts: readonly FactField[];
	/** How far around it looks, m. E: an engineering default each. */
	readonly cameraWithinM: number;
	readonly teamWithinM: number;
}

type Words = readonly [zh: string, en: string];
const computed = (id: string, [zh, en]: Words, unit = "", decimals = 0): FactField => ({
	id,
	name: text(zh, en),
	unit,
	decimals,
	from: "computed",
});
const hand = (id: string, words: Words, unit = "", decimals = 0): FactField => ({
	...computed(id, words, unit, decimals),
	from: "hand",
});

const wind = [
	computed("windSpeed", ["风速（10 分钟平均）", "Wind, 10 min mean"], "m/s", 1),
	computed("windDirection", ["风向（来向）", "Wind direction, from"], "°"),
];
const gust = computed("gust", ["塔吊最大阵风", "Strongest gust at a crane"], "m/s", 1);
const households = computed("households", ["受影响户数", "Households affected"], "户");
const outdoor = computed("outdoor", ["室外气温", "Outdoor temperature"], "°C", 1);

/** Of every type, as the state's report form asks (State Council order 493, art. 12: persons, loss). */
const everywhere: readonly FactField[] = [
	hand("dead", ["死亡人数", "Dead"], "人"),
	hand("injured", ["受伤人数", "Injured"], "人"),
	hand("missing", ["失联人数", "Missing"], "人"),
	hand("trapped", ["被困人数", "Trapped"], "人"),
	hand("moved", ["转移人数", "Moved to safety"], "人"),
	hand("loss", ["直接经济损失", "Direct loss"], "万元"),
	computed("alarmsOpen", ["未结关联报警", "Alarms of it still open"], "条"),
];

const own: Readonly<Record<IncidentTypeId, Omit<IncidentType, "id">>> = {
	heat: {
		name: text("供热", "Heating"),
		systems: ["heating"],
		facts: [
			households,
			computed("stations", ["停供换热站", "Stations without heat"], "座"),
			computed("area", ["停供面积", "Heated area cut off"], "m²"),
			computed("hoursToCold", ["室温降至 16 °C", "Rooms at 16 °C in"], "h", 1),
			computed("hoursToDanger", ["室温降至 10 °C", "Rooms at 10 °C in"], "h", 1),
			outdoor,
			...wind.slice(0, 1),
		],
		cameraWithinM: 800,
		teamWithinM: 15_000,
	},
	gas: {
		name: text("燃气", "Gas"),
		systems: ["gas"],
		facts: [
			computed("methane", ["最高甲烷浓度", "Worst methane"], "%LEL", 1),
			computed("cordonM", ["建议警戒半径", "Cordon, advised"], "m"),
			...wind,
			computed("spaces", ["警戒圈内相邻空间", "Covered spaces inside the cordon"], "处"),
			households,
		],
		cameraWithinM: 500,
		teamWithinM: 10_000,
	},
	water: {
		name: text("供水", "Water supply"),
		systems: ["water"],
		facts: [
			computed("pressureLow", ["最低压力", "Lowest pressure"], "MPa", 2),
			computed("lowPoints", ["欠压测点", "Points below the floor"], "处"),
			hand("households", ["受影响户数", "Households affected"], "户"),
			outdoor,
		],
		cameraWithinM: 500,
		teamWithinM: 15_000,
	},
	flood: {
		name: text("城市内涝", "Flooding"),
		systems: ["flood", "manhole"],
		facts: [
			computed("depth", ["最大积水深度", "Deepest water"], "m", 2),
			computed("closed", ["需封闭下穿通道", "Underpasses to close"], "处"),
			computed("rainHour", ["最大 1 小时雨量", "Most rain in 1 h"], "mm", 1),
			computed("pumpsDown", ["故障泵站", "Pumps at fault"], "座"),
		],
		cameraWithinM: 800,
		teamWithinM: 15_000,
	},
	site: {
		name: text("建筑工地", "Building site"),
		systems: ["construction"],
		facts: [computed("site", ["工地", "Site"]), ...wind, gust, hand("people", ["在场人数", "People on site"], "人")],
		cameraWithinM: 500,
		teamWithinM: 15_000,
	},
	metro: {
		name: text("轨道交通工程", "Metro works"),
		systems: ["metro"],
		facts: [
			computed("line", ["线路", "Line"]),
			computed("section", ["车站或区间", "Station or section"]),
			computed("ring", ["环号", "Ring"]),
			computed("settlement", ["最大沉降", "Largest settlement"], "mm", 1),
			computed("settlementRate", ["沉降速率", "Settlement rate"], "mm/d", 1),
			hand("people", ["井下人数", "People below"], "人"),
		],
		cameraWithinM: 500,
		teamWithinM: 15_000,
	},
	bridge: {
		name: text("桥梁", "Bridge"),
		systems: ["bridge"],
		facts: [
			computed("limitWeight", ["限载总重", "Weight limit"], "t"),
			computed("detour", ["绕行路线", "Detour"]),
			...wind,
			hand("traffic", ["通行状态", "Traffic"]),
		],
		cameraWithinM: 800,
		teamWithinM: 15_000,
	},
	road: {
		name: text("道路塌陷与井盖", "Roads and covers"),
		systems: ["manhole", "any"],
		facts: [hand("traffic", ["通行状态", "Traffic"]), hand("areaM2", ["塌陷面积", "Area fallen in"], "m²", 1)],
		cameraWithinM: 300,
		teamWithinM: 10_000,
	},
	dust: {
		name: text("扬尘", "Dust"),
		systems: ["construction"],
		facts: [computed("tsp", ["总悬浮颗粒物", "TSP"], "µg/m³"), computed("pm10", ["PM10", "PM10"], "µg/m³"), ...wind],
		cameraWithinM: 300,
		teamWithinM: 15_000,
	},
	weather: {
		name: text("极端天气", "Extreme weather"),
		systems: ["weather"],
		facts: [
			...wind,
			gust,
			computed("sites", ["受影响工地", "Building sites touched"], "处"),
			outdoor,
			computed("rainHour", ["最大 1 小时雨量", "Most rain in 1 h"], "mm", 1),
		],
		cameraWithinM: 1_000,
		teamWithinM: 30_000,
	},
	other: {
		name: text("其他", "Other"),
		systems: ["any"],
		facts: [],
		cameraWithinM: 500,
		teamWithinM: 15_000,
	},
};

export const incidentTypes: readonly IncidentType[] = incidentTypeIds.map((id) => ({
	id,
	...own[id],
	facts: [...own[id].facts, ...everywhere],
}));

const byId = new Map(incidentTypes.map((type) => [type.id, type]));

export function incidentType(id: IncidentTypeId): IncidentType {
	const type = byId.get(id);
	if (type === undefined) throw new RangeError(`no incident type ${id}`);
	return type;
}

/** Alarms of dust rules are of another trade than the rest of a building site's. */
const DUST_KINDS: ReadonlySet<string> = new Set(["dust", "airStation", "dustDistrict"]);

/** The type that an alarm's system and kind of asset belong to; "other" for what no type knows. */
export function incidentTypeOf(system: string, kind: string | null): IncidentTypeId {
	if (system === "construction" && kind !== null && DUST_KINDS.has(kind)) return "dust";
	if (system === "manhole") return "road";
	return incidentTypes.find((type) => type.systems[0] === system)?.id ?? "other";
}

/** System of the record: whose scope sees it. "any": every system's. */
export function systemOf(type: IncidentTypeId): string {
	return incidentType(type).systems[0] ?? "any";
}

/** The first judgement of how grave it is, whoever opens it from an alarm: red III, any other IV (E). People raise it. */
export function firstLevel(severity: Severity): IncidentLevel {
	return severity === 4 ? 2 : 1;
}
