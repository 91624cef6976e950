// Water supply: pressure and flow of the network, quality at the works and at the ends, mean pressure of a county.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { field, limit, measure, silence, source, text } from "#model/define.ts";
import type { Limit } from "#model/limit.ts";

const MINUTE_MS = 60_000;

const waterMain: Kind = {
	id: "waterMain",
	name: text("供水管网测点", "Water main point"),
	primary: "pressure",
	geometry: "point",
	symbol: { icon: "水", radius: 5 },
	measures: [
		// SL 651 sends water pressure in kPa (58 to 5F); a device profile brings it into MPa.
		measure("pressure", ["压力", "Pressure"], "MPa", [0, 1.6], { scale: 4, decimals: 3, codes: { sl651: "58" } }),
		measure("flow", ["流量", "Flow"], "m³/h", [-20_000, 20_000], { decimals: 0 }),
		// The slope of a moving mean over its own window is exactly the difference across that window.
		measure("pressureMean", ["压力 5 分钟均值", "Pressure, 5 min mean"], "MPa", [0, 1.6], {
			scale: 6,
			decimals: 3,
			derive: {
				type: "window",
				from: "pressure",
				op: "mean",
				windowMs: 5 * MINUTE_MS,
				periodMs: MINUTE_MS,
				minShare: 0.75,
			},
		}),
	],
	limits: [
		limit("pressure-low", {
			measure: "pressure",
			direction: "below",
			levels: { yellow: 0.14 },
			deadband: 0.01,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			source: source("地方供水服务规定", "最不利点压力不低于 0.14 MPa", "B"),
		}),
		limit("pressure-fall", {
			measure: "pressureMean",
			type: "rate",
			direction: "below",
			levels: { orange: -0.05 },
			deadband: 0.01,
			rateMs: 5 * MINUTE_MS,
			offDelayMs: MINUTE_MS,
			clearReadings: 2,
			averaging: "5 分钟内下降 0.05 MPa，疑似爆管",
			source: source("工程默认值", "5 分钟压降 ≥ 0.05 MPa", "E"),
		}),
		silence("silent", "pressure", 180),
	],
	fields: [
		field("owner", ["供水单位", "Water company"]),
		field("diameter", ["管径", "Diameter"], "number", "mm"),
		field("zone", ["计量分区", "Metering zone"]),
	],
};

const GB_5749 = "GB 5749-2022";
/** Quality instruments report every 5 min. */
const instrument = { silentAfterMs: 15 * MINUTE_MS, decimals: 2 } as const;
const instrumentDelay = { onDelayMs: MINUTE_MS, offDelayMs: 5 * MINUTE_MS, clearReadings: 2 } as const;

function below(id: string, measureId: string, value: number, deadband: number, clause: string): Limit {
	return limit(id, {
		measure: measureId,
		direction: "below",
		levels: { orange: value },
		deadband,
		...instrumentDelay,
		source: source(GB_5749, clause, "B"),
	});
}

function above(id: string, measureId: string, value: number, deadband: number, clause: string): Limit {
	return limit(id, {
		measure: measureId,
		levels: { orange: value },
		deadband,
		...instrumentDelay,
		source: source(GB_5749, clause, "B"),
	});
}

const quality = [
	measure("turbidity", ["浑浊度", "Turbidity"], "NTU", [0, 1_000], { ...instrument, codes: { sl651: "49" } }),
	measure("chlorine", ["游离氯", "Free chlorine"], "mg/L", [0, 20], instrument),
	measure("ph", ["pH", "pH"], "", [0, 14], { ...instrument, codes: { sl651: "46" } }),
	measure("conductivity", ["电导率", "Conductivity"], "µS/cm", [0, 20_000], {
		...instrument,
		decimals: 0,
		codes: { sl651: "48" },
	}),
];
const qualityLimits = [
	above("turbidity-level", "turbidity", 1, 0.05, "浑浊度限值 1 NTU"),
	above("ph-high", "ph", 8.5, 0.1, "pH 6.5–8.5"),
	below("ph-low", "ph", 6.5, 0.1, "pH 6.5–8.5"),
	silence("silent", "chlorine", 900),
];

const waterQuality: Kind = {
	id: "waterQuality",
	name: text("管网水质测点", "Water quality point"),
	primary: "chlorine",
	geometry: "point",
	symbol: { icon: "质", radius: 5 },
	measures: quality,
	limits: [below("chlorine-low", "chlorine", 0.05, 0.01, "管网末梢游离氯不低于 0.05 mg/L"), ...qualityLimits],
	fields: [field("owner", ["供水单位", "Water company"])],
};

const waterPlant: Kind = {
	id: "waterPlant",
	name: text("水厂出厂水", "Water works outlet"),
	primary: "chlorine",
	geometry: "point",
	symbol: { icon: "厂", radius: 8 },
	measures: [
		...quality,
		measure("pressure", ["出厂压力", "Outlet pressure"], "MPa", [0, 1.6], { scale: 4, decimals: 3 }),
		measure("flow", ["出厂流量", "Outlet flow"], "m³/h", [0, 100_000], { decimals: 0 }),
	],
	limits: [
		below("chlorine-low", "chlorine", 0.3, 0.02, "出厂水游离氯不低于 0.3 mg/L"),
		above("chlorine-high", "chlorine", 2, 0.05, "出厂水游离氯不高于 2 mg/L"),
		...qualityLimits,
	],
	fields: [field("capacity", ["设计规模", "Capacity"], "number", "m³/d")],
};

const waterDistrict: Kind = {
	id: "waterDistrict",
	name: text("区县供水", "Water supply of a county"),
	primary: "pressureMean",
	geometry: "point",
	symbol: { icon: "区", radius: 8 },
	measures: [
		measure("pressureMean", ["区县平均压力", "Pressure, mean of the county"], "MPa", [0, 1.6], {
			scale: 6,
			decimals: 3,
			derive: { type: "group", kind: "waterMain", measure: "pressure", op: "mean", everyMs: 10_000 },
		}),
	],
	limits: [],
	fields: [],
};

export const system: System = {
	id: "water",
	name: text("城市供水", "Water supply"),
	policy: ["W18"],
	order: 5,
	kinds: [waterMain, waterQuality, waterPlant, waterDistrict],
};
