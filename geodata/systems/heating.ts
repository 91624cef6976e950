// District heating: sources, mains and heat stations (primary and secondary network), room samples, mean supply temperature of a county.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { field, limit, measure, silence, source, text } from "#model/define.ts";

const MINUTE_MS = 60_000;
/** Heating season of Shenyang and most cities; Dalian (11-05 to 04-05) and local extensions are rows of the rule table. */
const season = { from: "11-01", to: "03-31" };
const temperatureDelay = { onDelayMs: 30 * MINUTE_MS, offDelayMs: 5 * MINUTE_MS, clearReadings: 2 } as const;
const pressure = { scale: 4, decimals: 3 } as const;

const mean5 = { type: "window", op: "mean", windowMs: 5 * MINUTE_MS, periodMs: MINUTE_MS, minShare: 0.75 } as const;
// The slope of a moving mean over its own window is exactly the difference across that window.
const pressureFall = {
	type: "rate",
	direction: "below",
	levels: { orange: -0.1 },
	deadband: 0.01,
	rateMs: 5 * MINUTE_MS,
	offDelayMs: MINUTE_MS,
	clearReadings: 2,
	season,
	averaging: "5 分钟内下降 0.1 MPa，疑似爆管；补水同时突增为红色",
	source: source("工程默认值", "供水压力 5 分钟下降超过 0.1 MPa", "E"),
} as const;

const heatStation: Kind = {
	id: "heatStation",
	name: text("换热站", "Heat station"),
	primary: "supplyTemp",
	geometry: "point",
	symbol: { icon: "热", radius: 6 },
	measures: [
		measure("supplyTemp", ["二次供水温度", "Secondary supply temperature"], "°C", [-20, 110]),
		measure("returnTemp", ["二次回水温度", "Secondary return temperature"], "°C", [-20, 110]),
		measure("supplyPressure", ["二次供水压力", "Secondary supply pressure"], "MPa", [0, 2.5], pressure),
		measure("returnPressure", ["二次回水压力", "Secondary return pressure"], "MPa", [0, 2.5], pressure),
		measure("primarySupplyTemp", ["一次供水温度", "Primary supply temperature"], "°C", [-20, 180]),
		measure("primaryReturnTemp", ["一次回水温度", "Primary return temperature"], "°C", [-20, 180]),
		measure("primarySupplyPressure", ["一次供水压力", "Primary supply pressure"], "MPa", [0, 4], pressure),
		measure("primaryReturnPressure", ["一次回水压力", "Primary return pressure"], "MPa", [0, 4], pressure),
		measure("makeUpWater", ["补水流量", "Make-up water"], "t/h", [0, 500], { decimals: 2 }),
		measure(
			"supplyPressureMean",
			["二次供水压力 5 分钟均值", "Secondary supply pressure, 5 min mean"],
			"MPa",
			[0, 2.5],
			{
				scale: 6,
				decimals: 3,
				derive: { ...mean5, from: "supplyPressure" },
			},
		),
	],
	limits: [
		limit("supply-low", {
			measure: "supplyTemp",
			direction: "below",
			levels: { yellow: 40, orange: 35 },
			deadband: 1,
			...temperatureDelay,
			season,
			averaging: "低于设计下限 45 °C 达 5 °C、10 °C，持续 30 分钟",
			source: source("工程默认值", "供水温度偏离 5 °C 持续 30 分钟预警、10 °C 报警", "E"),
		}),
		limit("supply-high", {
			measure: "supplyTemp",
			levels: { yellow: 65, orange: 70 },
			deadband: 1,
			...temperatureDelay,
			season,
			averaging: "高于设计上限 60 °C 达 5 °C、10 °C，持续 30 分钟",
			source: source("工程默认值", "供水温度偏离 5 °C 持续 30 分钟预警、10 °C 报警", "E"),
		}),
		limit("secondary-pressure", {
			measure: "supplyPressure",
			levels: { yellow: 0.6 },
			deadband: 0.02,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("供热设计", "二次网 0.3–0.6 MPa", "B"),
		}),
		limit("primary-pressure", {
			measure: "primarySupplyPressure",
			levels: { orange: 1.6 },
			deadband: 0.05,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("供热设计", "一次网公称压力 1.6 MPa", "B"),
		}),
		limit("pressure-fall", { measure: "supplyPressureMean", ...pressureFall }),
		limit("make-up", {
			measure: "makeUpWater",
			levels: { yellow: 3 },
			deadband: 0.2,
			onDelayMs: 5 * MINUTE_MS,
			offDelayMs: 5 * MINUTE_MS,
			clearReadings: 2,
			averaging: "补水超过常年均值（默认 1 t/h）的 3 倍",
			source: source("工程默认值", "补水流量大于均值 3 倍", "E"),
		}),
		silence("silent", "supplyTemp", 180),
	],
	fields: [
		field("company", ["供热企业", "Heating company"]),
		field("source", ["热源", "Heat source"]),
		field("main", ["所在一次网干线", "Heat main"]),
		field("area", ["供热面积", "Heated area"], "number", "m²"),
		field("households", ["户数", "Households"], "number"),
	],
};

const heatSource: Kind = {
	id: "heatSource",
	name: text("热源", "Heat source"),
	primary: "supplyTemp",
	geometry: "point",
	symbol: { icon: "源", radius: 9 },
	measures: [
		measure("supplyTemp", ["供水温度", "Supply temperature"], "°C", [-20, 180]),
		measure("returnTemp", ["回水温度", "Return temperature"], "°C", [-20, 180]),
		measure("supplyPressure", ["供水压力", "Supply pressure"], "MPa", [0, 4], pressure),
		measure("flow", ["循环流量", "Flow"], "t/h", [0, 50_000], { decimals: 0 }),
		measure("makeUpWater", ["补水流量", "Make-up water"], "t/h", [0, 2_000]),
		measure("supplyPressureMean", ["供水压力 5 分钟均值", "Supply pressure, 5 min mean"], "MPa", [0, 4], {
			scale: 6,
			decimals: 3,
			derive: { ...mean5, from: "supplyPressure" },
		}),
	],
	limits: [
		limit("supply-high", {
			measure: "supplyTemp",
			levels: { orange: 130 },
			deadband: 1,
			onDelayMs: MINUTE_MS,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("供热设计", "一次网设计供水温度 110–130 °C", "B"),
		}),
		limit("pressure-high", {
			measure: "supplyPressure",
			levels: { orange: 1.6 },
			deadband: 0.05,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("供热设计", "一次网公称压力 1.6 MPa", "B"),
		}),
		limit("pressure-fall", { measure: "supplyPressureMean", ...pressureFall }),
		silence("silent", "supplyTemp", 180),
	],
	fields: [
		field("company", ["供热企业", "Heating company"]),
		field("capacity", ["供热能力", "Capacity"], "number", "MW"),
	],
};

/** A run of the primary network between two branches. `upstream` names what feeds it, so that its chain ends at a heat source. */
const heatMain: Kind = {
	id: "heatMain",
	name: text("一次管网干线", "Heat main"),
	primary: "supplyTemp",
	geometry: "line",
	symbol: { icon: "干", radius: 5 },
	measures: [
		measure("supplyTemp", ["供水温度", "Supply temperature"], "°C", [-20, 180]),
		measure("returnTemp", ["回水温度", "Return temperature"], "°C", [-20, 180]),
		measure("flow", ["流量", "Flow"], "t/h", [0, 50_000], { decimals: 0 }),
		measure("pressure", ["供水压力", "Supply pressure"], "MPa", [0, 4], pressure),
		measure("pressureMean", ["供水压力 5 分钟均值", "Supply pressure, 5 min mean"], "MPa", [0, 4], {
			scale: 6,
			decimals: 3,
			derive: { ...mean5, from: "pressure" },
		}),
	],
	limits: [
		limit("supply-high", {
			measure: "supplyTemp",
			levels: { orange: 130 },
			deadband: 1,
			onDelayMs: MINUTE_MS,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("供热设计", "一次网设计供水温度 110–130 °C", "B"),
		}),
		limit("pressure-low", {
			measure: "pressure",
			direction: "below",
			levels: { yellow: 0.5, orange: 0.35 },
			deadband: 0.03,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			season,
			averaging: "一次网供水压力低于运行下限 0.5 MPa、静水压 0.35 MPa",
			source: source("工程默认值", "一次网供水压力不低于 0.5 MPa；低于静水压有汽化、倒空危险", "E"),
		}),
		limit("pressure-fall", { measure: "pressureMean", ...pressureFall }),
		silence("silent", "supplyTemp", 180),
	],
	fields: [
		field("dn", ["公称直径", "Nominal diameter"], "number", "mm"),
		field("upstream", ["上游干线或热源", "Fed by (main or source)"]),
		field("source", ["热源", "Heat source"]),
		field("households", ["下游户数", "Households downstream"], "number"),
		field("length", ["管长", "Length"], "number", "m"),
	],
};

const heatRoom: Kind = {
	id: "heatRoom",
	name: text("室温采样点", "Room sample"),
	primary: "roomTemp",
	geometry: "point",
	symbol: { icon: "室", radius: 4 },
	// A room reports every 30 min.
	measures: [measure("roomTemp", ["室温", "Room temperature"], "°C", [-40, 60], { silentAfterMs: 90 * MINUTE_MS })],
	limits: [
		limit("room-low", {
			measure: "roomTemp",
			direction: "below",
			levels: { yellow: 18 },
			deadband: 0.5,
			...temperatureDelay,
			season,
			source: source("辽宁省城市供热条例", "卧室、起居室温度不低于 18 °C；条文待核对", "B"),
		}),
		limit("room-cold", {
			measure: "roomTemp",
			direction: "below",
			levels: { orange: 16, red: 10 },
			deadband: 0.5,
			...temperatureDelay,
			season,
			source: source("工程默认值", "16 °C 以下启动抢修，10 °C 以下转移安置", "E"),
		}),
		silence("silent", "roomTemp", 5_400),
	],
	fields: [field("building", ["楼栋", "Building"]), field("station", ["所属换热站", "Heat station"])],
};

const heatDistrict: Kind = {
	id: "heatDistrict",
	name: text("区县供热", "Heating of a county"),
	primary: "supplyTempMean",
	geometry: "point",
	symbol: { icon: "区", radius: 8 },
	measures: [
		measure("supplyTempMean", ["区县平均供水温度", "Supply temperature, mean of the county"], "°C", [-20, 110], {
			derive: { type: "group", kind: "heatStation", measure: "supplyTemp", op: "mean", everyMs: 10_000 },
		}),
	],
	limits: [],
	fields: [],
};

export const system: System = {
	id: "heating",
	name: text("城市供热", "District heating"),
	policy: ["W18"],
	order: 6,
	kinds: [heatSource, heatMain, heatStation, heatRoom, heatDistrict],
};
