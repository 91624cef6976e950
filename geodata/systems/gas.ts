// Town gas: regulator stations (pressure, flow, room methane) and methane in spaces beside the pipes.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { choice, field, limit, measure, silence, source, text } from "#model/define.ts";

const MINUTE_MS = 60_000;
/** A gas alarm is left on two good readings and after a minute, never on one. */
const gasClear = { offDelayMs: MINUTE_MS, clearReadings: 2 } as const;
/** Domestic low pressure set-point of the outlet; a station with another one gets its own rows in the rule table. */
const SET_POINT_KPA = 2.5;
const share = (percent: number): number => (SET_POINT_KPA * percent) / 100;

const pressureDelay = { deadband: share(2), onDelayMs: 15_000, offDelayMs: 15_000, clearReadings: 2 };

const regulator: Kind = {
	id: "regulator",
	name: text("燃气调压站", "Gas regulator station"),
	primary: "outletPressure",
	geometry: "point",
	symbol: { icon: "气", radius: 7 },
	measures: [
		measure("inletPressure", ["进口压力", "Inlet pressure"], "MPa", [0, 4], { scale: 4, decimals: 3 }),
		measure("outletPressure", ["出口压力", "Outlet pressure"], "kPa", [0, 10], { decimals: 2 }),
		measure("flow", ["流量", "Flow"], "Nm³/h", [0, 100_000], { decimals: 0 }),
		measure("methane", ["站内可燃气体", "Combustible gas in the station"], "%LEL", [0, 100]),
	],
	limits: [
		limit("outlet-high", {
			measure: "outletPressure",
			levels: { yellow: share(115), orange: share(125) },
			...pressureDelay,
			averaging: "设定值 2.5 kPa 的 +15%、+25%",
			source: source("工程默认值", "调压站出口压力偏离设定值 15% 预警、25% 报警", "E"),
		}),
		limit("outlet-low", {
			measure: "outletPressure",
			direction: "below",
			levels: { yellow: share(85), orange: share(75) },
			...pressureDelay,
			averaging: "设定值 2.5 kPa 的 −15%、−25%",
			source: source("工程默认值", "调压站出口压力偏离设定值 15% 预警、25% 报警", "E"),
		}),
		limit("outlet-fall", {
			measure: "outletPressure",
			type: "rate",
			direction: "below",
			levels: { red: -share(10) },
			deadband: share(2),
			rateMs: MINUTE_MS,
			...gasClear,
			averaging: "每分钟下降 10% 设定值，疑似爆管",
			source: source("工程默认值", "压力下降超过 10%/min 疑似爆管", "E"),
		}),
		limit("methane-level", {
			measure: "methane",
			levels: { orange: 25, red: 50 },
			deadband: 2,
			...gasClear,
			source: source("GB/T 50493-2019", "一级报警 ≤ 25 %LEL，二级报警 ≤ 50 %LEL", "B"),
		}),
		silence("silent", "outletPressure", 180),
	],
	fields: [
		field("owner", ["运营单位", "Operator"]),
		choice("pressureClass", ["进口压力级制", "Inlet pressure class"], {
			mediumB: ["中压 B", "Medium B"],
			mediumA: ["中压 A", "Medium A"],
			subHighB: ["次高压 B", "Sub-high B"],
			subHighA: ["次高压 A", "Sub-high A"],
			high: ["高压", "High"],
		}),
		field("users", ["供气户数", "Households"], "number"),
	],
};

const twoOfThree = { type: "nOfM", from: "methane", m: 3, windowMs: 5 * MINUTE_MS, direction: "above" } as const;
const count = { scale: 0, decimals: 0 } as const;

const gasSpace: Kind = {
	id: "gasSpace",
	name: text("燃气相邻空间", "Space beside gas pipes"),
	primary: "methane",
	geometry: "point",
	symbol: { icon: "甲", radius: 5 },
	measures: [
		measure("methane", ["甲烷浓度", "Methane"], "%LEL", [0, 100]),
		measure("temperature", ["温度", "Temperature"], "°C", [-45, 80], { silentAfterMs: 900_000 }),
		measure("methaneOver20", ["近 3 次达到 20 %LEL 次数", "Last 3 samples at 20 %LEL or more"], "", [0, 3], {
			...count,
			derive: { ...twoOfThree, value: 20 },
		}),
		measure("methaneOver50", ["近 3 次达到 50 %LEL 次数", "Last 3 samples at 50 %LEL or more"], "", [0, 3], {
			...count,
			derive: { ...twoOfThree, value: 50 },
		}),
	],
	limits: [
		limit("methane-watch", {
			measure: "methane",
			levels: { blue: 5, yellow: 10 },
			deadband: 1,
			onDelayMs: MINUTE_MS,
			...gasClear,
			source: source("工程默认值", "相邻空间分级 5/10/20/50 %LEL", "E"),
		}),
		limit("methane-leak", {
			measure: "methaneOver20",
			levels: { orange: 2 },
			deadband: 0,
			...gasClear,
			averaging: "5 分钟内 3 次采样有 2 次达到 20 %LEL",
			source: source("工程默认值", "相邻空间分级 5/10/20/50 %LEL，5 分钟内 3 取 2", "E"),
		}),
		limit("methane-danger", {
			measure: "methaneOver50",
			levels: { red: 2 },
			deadband: 0,
			...gasClear,
			averaging: "5 分钟内 3 次采样有 2 次达到 50 %LEL",
			source: source("工程默认值", "相邻空间分级 5/10/20/50 %LEL，5 分钟内 3 取 2", "E"),
		}),
		silence("silent", "methane", 180),
	],
	fields: [
		field("owner", ["权属单位", "Owner"]),
		choice("space", ["空间类型", "Kind of space"], {
			sewer: ["排水井", "Sewer chamber"],
			power: ["电力井", "Power chamber"],
			telecom: ["通信井", "Telecom chamber"],
			basement: ["地下室", "Basement"],
			valve: ["阀门井", "Valve chamber"],
		}),
	],
};

export const system: System = {
	id: "gas",
	name: text("城市燃气", "Town gas"),
	policy: ["W18"],
	order: 4,
	kinds: [regulator, gasSpace],
};
