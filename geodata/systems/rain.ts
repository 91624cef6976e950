// Rain and flooding: rain gauges with their window sums, flood points, underpasses, drain pumps, worst rain of a county.
// A computed level is worded 雨量达到…标准: only the meteorological bureau issues a 预警信号.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { field, limit, measure, silence, source, text } from "#model/define.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

function sum(from: string, hours: number, periodMs: number): Measure {
	return measure(`rain${hours}h`, [`${hours} 小时雨量`, `Rain, ${hours} h`], "mm", [0, 2_000], {
		silentAfterMs: 3 * periodMs,
		derive: { type: "window", from, op: "sum", windowMs: hours * HOUR_MS, periodMs, minShare: 0.75 },
	});
}

function rainstorm(hours: number, levels: { blue?: number; yellow?: number; orange?: number; red?: number }): Limit {
	const word = levels.blue ? "蓝色" : levels.yellow ? "黄色" : "橙色、红色";
	return limit(`rain-${hours}h`, {
		measure: `rain${hours}h`,
		levels,
		deadband: 2,
		averaging: `${hours} 小时雨量达到暴雨${word}标准（计算值）`,
		source: source(
			"中国气象局令第 16 号 气象灾害预警信号发布与传播办法",
			"暴雨：12 h 50、6 h 50、3 h 50、3 h 100 mm",
			"V",
		),
	});
}

const rainstorms = [rainstorm(12, { blue: 50 }), rainstorm(6, { yellow: 50 }), rainstorm(3, { orange: 50, red: 100 })];
const registered = [field("station", ["测站编码", "Station code"]), field("owner", ["管理单位", "Owner"])] as const;
const voltage = measure("voltage", ["电源电压", "Supply voltage"], "V", [0, 40], {
	silentAfterMs: 3 * HOUR_MS,
	codes: { sl651: "38" },
});

const rainGauge: Kind = {
	id: "rainGauge",
	name: text("雨量站", "Rain gauge"),
	primary: "rain1h",
	geometry: "point",
	symbol: { icon: "雨", radius: 6 },
	measures: [
		measure("rain5m", ["5 分钟雨量", "Rain, 5 min"], "mm", [0, 60], {
			silentAfterMs: 15 * MINUTE_MS,
			codes: { sl651: "22" },
		}),
		voltage,
		...[1, 3, 6, 12, 24].map((hours) => sum("rain5m", hours, 5 * MINUTE_MS)),
	],
	limits: [...rainstorms, silence("silent", "rain5m", 900)],
	fields: registered,
};

/** A station that reports once an hour, as the national stations do. */
const rainStation: Kind = {
	id: "rainStation",
	name: text("逐小时雨量站", "Hourly rain station"),
	primary: "rain24h",
	geometry: "point",
	symbol: { icon: "雨", radius: 7 },
	measures: [
		measure("rainHour", ["逐小时雨量", "Rain of the hour"], "mm", [0, 250], {
			silentAfterMs: 3 * HOUR_MS,
			codes: { sl651: "1A" },
		}),
		...[3, 6, 12, 24].map((hours) => sum("rainHour", hours, HOUR_MS)),
	],
	limits: [...rainstorms, silence("silent", "rainHour", 10_800)],
	fields: registered,
};

const depth = measure("depth", ["积水深度", "Depth"], "m", [0, 6], { decimals: 2, codes: { sl651: "39" } });
/** Left 3 cm below a level; two samples of a minute decide. */
const depthDelay = { deadband: 0.03, onDelayMs: MINUTE_MS, offDelayMs: MINUTE_MS, clearReadings: 2 } as const;

const underpass: Kind = {
	id: "underpass",
	name: text("下穿通道", "Underpass"),
	primary: "depth",
	geometry: "point",
	symbol: { icon: "涵", radius: 7 },
	measures: [depth, voltage],
	limits: [
		limit("depth-notice", {
			measure: "depth",
			levels: { blue: 0.15 },
			...depthDelay,
			source: source("GB 50014-2021", "至少一条车道积水不超过 15 cm", "B"),
		}),
		limit("depth-close", {
			measure: "depth",
			levels: { red: 0.25 },
			...depthDelay,
			averaging: "积水 25 cm 封闭通道",
			source: source("沈阳市下穿通道封闭规则", "积水达到 25 cm 封闭", "B"),
		}),
		silence("silent", "depth", 180),
	],
	fields: registered,
};

const floodPoint: Kind = {
	id: "floodPoint",
	name: text("易涝点", "Flood point"),
	primary: "depth",
	geometry: "point",
	symbol: { icon: "涝", radius: 6 },
	measures: [depth, voltage],
	limits: [
		limit("depth-level", {
			measure: "depth",
			levels: { blue: 0.15, yellow: 0.27 },
			...depthDelay,
			source: source("GB 50014-2021；通行惯例", "15 cm 设计限值；27 cm 排气管高度", "B"),
		}),
		limit("depth-rescue", {
			measure: "depth",
			levels: { orange: 0.4, red: 0.5 },
			...depthDelay,
			source: source("工程默认值", "40 cm 车辆熄火；50 cm 封闭道路并救援", "E"),
		}),
		silence("silent", "depth", 180),
	],
	fields: registered,
};

const drainPump: Kind = {
	id: "drainPump",
	name: text("排涝泵站", "Drain pump"),
	primary: "level",
	geometry: "point",
	symbol: { icon: "泵", radius: 6 },
	measures: [
		measure("level", ["前池水位（相对启泵水位）", "Basin level above start level"], "m", [-10, 10], {
			decimals: 2,
			codes: { sl651: "3A" },
		}),
		measure("running", ["水泵状态", "Pump"], "", [0, 2], {
			scale: 0,
			decimals: 0,
			contract: "event",
			states: [
				{ value: 0, text: text("停止", "Stopped") },
				{ value: 1, text: text("运行", "Running") },
				{ value: 2, text: text("故障", "Fault") },
			],
		}),
		measure("flow", ["排水流量", "Flow"], "m³/s", [0, 200], { decimals: 2, codes: { sl651: "27" } }),
	],
	limits: [
		limit("level-high", {
			measure: "level",
			levels: { yellow: 0.5, orange: 1 },
			...depthDelay,
			source: source("工程默认值", "前池水位高于启泵水位 0.5 m、1 m", "E"),
		}),
		limit("pump-fault", {
			measure: "running",
			levels: { orange: 2 },
			deadband: 0,
			source: source("工程默认值", "水泵故障信号", "E"),
		}),
		silence("silent", "level", 180),
	],
	fields: [...registered, field("capacity", ["排涝能力", "Capacity"], "number", "m³/s")],
};

const floodDistrict: Kind = {
	id: "floodDistrict",
	name: text("区县雨情", "Rain of a county"),
	primary: "rain1hMax",
	geometry: "point",
	symbol: { icon: "区", radius: 8 },
	measures: [
		measure("rain1hMax", ["区县最大 1 小时雨量", "Rain, 1 h, worst of the county"], "mm", [0, 2_000], {
			silentAfterMs: 15 * MINUTE_MS,
			derive: { type: "group", kind: "rainGauge", measure: "rain1h", op: "max", everyMs: 10_000 },
		}),
	],
	limits: [],
	fields: [],
};

export const system: System = {
	id: "flood",
	name: text("城市防汛", "Rain and flooding"),
	policy: ["W19"],
	order: 8,
	kinds: [rainGauge, rainStation, underpass, floodPoint, drainPump, floodDistrict],
};
