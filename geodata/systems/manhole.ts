// Manhole covers: tilt, open or missing, water under the cover, methane, battery; one number per cover, one file per well.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { choice, field, limit, measure, silence, source, text } from "#model/define.ts";

const MINUTE_MS = 60_000;
/** Battery terminals: samples every 10 min, a sign of life with the battery every 8 h. */
const sampled = { silentAfterMs: 30 * MINUTE_MS } as const;
const clear = { offDelayMs: MINUTE_MS, clearReadings: 2 } as const;

const manhole: Kind = {
	id: "manhole",
	name: text("窨井盖", "Manhole cover"),
	primary: "open",
	geometry: "point",
	symbol: { icon: "盖", radius: 4 },
	measures: [
		measure("open", ["井盖状态", "Cover"], "", [0, 2], {
			scale: 0,
			decimals: 0,
			contract: "event",
			states: [
				{ value: 0, text: text("关闭", "Closed") },
				{ value: 1, text: text("开启", "Open") },
				{ value: 2, text: text("缺失", "Missing") },
			],
		}),
		measure("tilt", ["倾角", "Tilt"], "°", [0, 180], { contract: "event" }),
		measure("level", ["水位（相对井盖）", "Water level, from the cover"], "m", [-20, 3], { ...sampled, decimals: 2 }),
		measure("methane", ["甲烷浓度", "Methane"], "%LEL", [0, 100], sampled),
		measure("battery", ["电量", "Battery"], "%", [0, 100], { decimals: 0, silentAfterMs: 24 * 60 * MINUTE_MS }),
	],
	limits: [
		limit("cover-open", {
			measure: "open",
			levels: { orange: 1 },
			deadband: 0,
			source: source("工程默认值", "井盖开启", "E"),
		}),
		limit("cover-missing", {
			measure: "open",
			levels: { red: 2 },
			deadband: 0,
			onDelayMs: 10 * MINUTE_MS,
			averaging: "缺失超过 10 分钟",
			source: source("工程默认值", "井盖缺失超过 10 分钟", "E"),
		}),
		limit("tilt-level", {
			measure: "tilt",
			levels: { orange: 15 },
			deadband: 2,
			source: source("工程默认值", "倾角达到 15°", "E"),
		}),
		limit("water-level", {
			measure: "level",
			levels: { yellow: 0 },
			deadband: 0.05,
			onDelayMs: MINUTE_MS,
			...clear,
			averaging: "水位到达井盖",
			source: source("工程默认值", "水位到达井盖", "E"),
		}),
		limit("methane-entry", {
			measure: "methane",
			levels: { yellow: 10 },
			deadband: 1,
			...clear,
			averaging: "不得进入井内作业",
			source: source("CJJ 51-2016", "有限空间可燃气体 ≤ 10 %LEL", "V2"),
		}),
		limit("methane-level", {
			measure: "methane",
			levels: { orange: 20, red: 50 },
			deadband: 1,
			...clear,
			source: source("工程默认值", "相邻空间分级 5/10/20/50 %LEL", "E"),
		}),
		limit("battery-low", {
			measure: "battery",
			direction: "below",
			levels: { blue: 20 },
			deadband: 2,
			source: source("工程默认值", "电量低于 20%", "E"),
		}),
		silence("silent", "battery", 86_400),
	],
	fields: [
		field("number", ["井盖编号", "Cover number"]),
		field("owner", ["权属单位", "Owner"]),
		choice("purpose", ["用途", "Purpose"], {
			sewer: ["污水", "Sewer"],
			storm: ["雨水", "Storm water"],
			water: ["供水", "Water"],
			gas: ["燃气", "Gas"],
			heat: ["供热", "Heat"],
			power: ["电力", "Power"],
			telecom: ["通信", "Telecom"],
		}),
		choice("loadClass", ["承载等级（GB/T 23858-2009）", "Load class (GB/T 23858-2009)"], {
			A15: ["A15", "A15"],
			B125: ["B125", "B125"],
			C250: ["C250", "C250"],
			D400: ["D400", "D400"],
			E600: ["E600", "E600"],
			F900: ["F900", "F900"],
		}),
	],
};

export const system: System = {
	id: "manhole",
	name: text("窨井盖", "Manhole covers"),
	policy: ["W20"],
	order: 9,
	kinds: [manhole],
};
