// Construction sites: dust and noise station, air station for comparison, foundation pit, tower crane, dust of a county.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { choice, field, limit, measure, silence, source, text } from "#model/define.ts";
import type { Limit } from "#model/limit.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const dustMean = { type: "window", op: "mean", windowMs: 5 * MINUTE_MS, periodMs: MINUTE_MS, minShare: 0.75 } as const;
const whole = { decimals: 0 } as const;
/** HJ 212: the CRC lets one corrupt frame in 256 pass, so a single reading never clears. */
const dustClear = { offDelayMs: 5 * MINUTE_MS, clearReadings: 2 } as const;

const dust: Kind = {
	id: "dust",
	name: text("扬尘噪声监测站", "Dust and noise station"),
	primary: "tspMean",
	geometry: "point",
	symbol: { icon: "尘", radius: 6 },
	measures: [
		// HJ 212 prints ng/m³ for these codes; what stations really send is µg/m³. Others get a factor in their device profile.
		measure("tsp", ["总悬浮颗粒物", "TSP"], "µg/m³", [0, 10_000], { ...whole, codes: { hj212: "a34001" } }),
		measure("pm10", ["PM10", "PM10"], "µg/m³", [0, 5_000], { ...whole, codes: { hj212: "a34002" } }),
		measure("pm25", ["PM2.5", "PM2.5"], "µg/m³", [0, 3_000], { ...whole, codes: { hj212: "a34004" } }),
		measure("noise", ["瞬时噪声", "Sound level"], "dB(A)", [20, 130], { codes: { hj212: "LA" } }),
		// Sent with minute, hour or day data only: its silence says nothing.
		measure("leq", ["等效声级", "Equivalent sound level"], "dB(A)", [20, 140], {
			contract: "event",
			codes: { hj212: "Leq" },
		}),
		measure("temperature", ["气温", "Air temperature"], "°C", [-45, 55], { codes: { hj212: "a01001" } }),
		measure("humidity", ["湿度", "Humidity"], "%", [0, 100], { ...whole, codes: { hj212: "a01002" } }),
		measure("airPressure", ["气压", "Air pressure"], "kPa", [85, 108], { codes: { hj212: "a01006" } }),
		measure("windSpeed", ["风速", "Wind speed"], "m/s", [0, 60], { codes: { hj212: "a01007" } }),
		measure("windDirection", ["风向", "Wind direction"], "°", [0, 360], { ...whole, codes: { hj212: "a01008" } }),
		measure("tspMean", ["TSP 5 分钟均值", "TSP, 5 min mean"], "µg/m³", [0, 10_000], {
			...whole,
			derive: { ...dustMean, from: "tsp" },
		}),
		measure("pm10Mean", ["PM10 5 分钟均值", "PM10, 5 min mean"], "µg/m³", [0, 5_000], {
			...whole,
			derive: { ...dustMean, from: "pm10" },
		}),
	],
	limits: [
		limit("tsp-level", {
			measure: "tspMean",
			levels: { yellow: 640, orange: 800 },
			deadband: 20,
			...dustClear,
			averaging: "5 分钟均值，限值的 80%、100%",
			source: source(
				"DB21/2642-2016 施工及堆料场地扬尘排放标准",
				"TSP 连续 5 分钟均值：城镇建成区 0.8 mg/m³；郊区及农村地区 1.0 mg/m³",
				"B",
			),
		}),
		limit("tsp-severe", {
			measure: "tspMean",
			levels: { red: 1_200 },
			deadband: 40,
			...dustClear,
			// Three 5 min windows in a row: the first one and ten minutes more.
			onDelayMs: 10 * MINUTE_MS,
			averaging: "5 分钟均值，限值的 150%，连续 3 个窗口",
			source: source("工程默认值", "DB21/2642-2016 限值的 150%，连续 3 个 5 分钟窗口", "E"),
		}),
		limit("pm10-spray", {
			measure: "pm10Mean",
			levels: { blue: 150 },
			deadband: 10,
			...dustClear,
			averaging: "5 分钟均值，启动喷淋、雾炮",
			source: source("工程默认值", "喷淋、雾炮联动", "E"),
		}),
		limit("noise-day", {
			measure: "leq",
			levels: { yellow: 70 },
			deadband: 1,
			clearReadings: 2,
			hours: { from: "06:00", to: "22:00" },
			averaging: "昼间等效声级",
			source: source("GB 12523-2011", "昼间 70 dB(A)；2025 年版自 2026-01-01 施行，限值待核对文本", "V"),
		}),
		limit("noise-night", {
			measure: "leq",
			levels: { yellow: 55, orange: 70 },
			deadband: 1,
			clearReadings: 2,
			hours: { from: "22:00", to: "06:00" },
			averaging: "夜间等效声级；超过限值 15 dB(A) 为橙色",
			source: source("GB 12523-2011", "夜间 55 dB(A)，最大声级超过限值不得大于 15 dB(A)；2025 年版限值待核对文本", "V"),
		}),
		silence("silent", "tsp", 180),
	],
	fields: [
		field("project", ["工程名称", "Project"]),
		field("builder", ["施工单位", "Builder"]),
		choice("area", ["区域", "Area"], {
			builtUp: ["城镇建成区", "Built-up urban area"],
			suburb: ["郊区及农村地区", "Suburbs and countryside"],
		}),
	],
};

/** Hourly air of the city, against which a site is compared. */
const hourly = { ...whole, silentAfterMs: 3 * HOUR_MS } as const;
const airStation: Kind = {
	id: "airStation",
	name: text("空气质量对照站", "Air station for comparison"),
	primary: "pm25",
	geometry: "point",
	symbol: { icon: "空", radius: 5 },
	measures: [
		measure("pm25", ["PM2.5", "PM2.5"], "µg/m³", [0, 3_000], { ...hourly, codes: { hj212: "a34004" } }),
		measure("pm10", ["PM10", "PM10"], "µg/m³", [0, 5_000], { ...hourly, codes: { hj212: "a34002" } }),
		measure("temperature", ["气温", "Air temperature"], "°C", [-45, 55], {
			...hourly,
			decimals: 1,
			codes: { hj212: "a01001" },
		}),
		measure("humidity", ["湿度", "Humidity"], "%", [0, 100], { ...hourly, codes: { hj212: "a01002" } }),
		measure("airPressure", ["气压", "Air pressure"], "kPa", [85, 108], {
			...hourly,
			decimals: 1,
			codes: { hj212: "a01006" },
		}),
		measure("pm25Day", ["PM2.5 24 小时均值", "PM2.5, 24 h mean"], "µg/m³", [0, 3_000], {
			...hourly,
			derive: { type: "window", from: "pm25", op: "mean", windowMs: 24 * HOUR_MS, periodMs: HOUR_MS, minShare: 0.75 },
		}),
	],
	limits: [
		limit("pm25-day", {
			measure: "pm25Day",
			levels: { blue: 60 },
			deadband: 2,
			averaging: "24 小时均值，仅作背景",
			source: source("GB 3095-2026", "PM2.5 二级 24 小时平均 60 µg/m³（2026–2030 年）", "V"),
		}),
		silence("silent", "pm25", 10_800),
	],
	fields: [],
};

/** A pit reports every 30 min. Control values: grade I, pile or diaphragm wall; the design's own value goes before them. */
const pitPeriod = { silentAfterMs: 90 * MINUTE_MS } as const;
const pitClear = { offDelayMs: HOUR_MS, clearReadings: 2 } as const;

/** One index of the double index of GB 50911: 70 % watch, 85 % yellow, 100 % orange. Red needs both indices or a jump. */
function ladder(id: string, measureId: string, control: number, clause: string): Limit {
	const part = (percent: number): number => (control * percent) / 100;
	return limit(id, {
		measure: measureId,
		levels: { blue: part(70), yellow: part(85), orange: control },
		deadband: part(2),
		...pitClear,
		averaging: `控制值 ${control} 的 70%、85%、100%`,
		source: source("GB 50497-2019；GB 50911-2013", `${clause}；设计值优先`, "B"),
	});
}

const pit: Kind = {
	id: "pit",
	name: text("深基坑", "Foundation pit"),
	primary: "topHorizontal",
	geometry: "point",
	symbol: { icon: "坑", radius: 7 },
	measures: [
		measure("topHorizontal", ["坡顶水平位移", "Top horizontal displacement"], "mm", [-200, 500], pitPeriod),
		measure("topHorizontalRate", ["水平位移速率", "Horizontal rate"], "mm/d", [-100, 200], pitPeriod),
		measure("topVertical", ["坡顶沉降", "Top settlement"], "mm", [-200, 500], pitPeriod),
		measure("deepHorizontal", ["深层水平位移", "Deep horizontal displacement"], "mm", [-200, 500], pitPeriod),
		measure("supportForce", ["支撑轴力占设计值", "Strut force, share of design"], "%", [-50, 300], pitPeriod),
		measure("waterChange", ["地下水位降深", "Ground water fall"], "mm", [-20_000, 20_000], { ...pitPeriod, ...whole }),
	],
	limits: [
		ladder("horizontal-level", "topHorizontal", 30, "一级基坑，灌注桩、地下连续墙，坡顶水平位移 20–30 mm"),
		ladder("vertical-level", "topVertical", 20, "一级基坑，灌注桩、地下连续墙，坡顶竖向位移 10–20 mm"),
		ladder("deep-level", "deepHorizontal", 50, "一级基坑，灌注桩、地下连续墙，深层水平位移 30–50 mm"),
		ladder("rate-level", "topHorizontalRate", 3, "一级基坑，变化速率 2–3 mm/d"),
		ladder("water-level", "waterChange", 1_000, "地下水位累计变化 1000–2000 mm"),
		limit("rate-jump", {
			measure: "topHorizontalRate",
			levels: { red: 6 },
			deadband: 0.2,
			...pitClear,
			averaging: "速率达到控制值的 2 倍，视为突变",
			source: source("工程默认值", "突变：控制速率的 2 倍", "E"),
		}),
		limit("force-level", {
			measure: "supportForce",
			levels: { yellow: 70, orange: 80 },
			deadband: 2,
			...pitClear,
			source: source("GB 50497-2019", "支撑轴力最大值为设计值的 70%–80%；设计值优先", "B"),
		}),
		silence("silent", "topHorizontal", 5_400),
	],
	fields: [
		field("project", ["工程名称", "Project"]),
		field("depth", ["开挖深度", "Depth"], "number", "m"),
		choice("grade", ["安全等级", "Safety grade"], { 1: ["一级", "I"], 2: ["二级", "II"], 3: ["三级", "III"] }),
		field("expertReview", ["专家论证日期", "Expert review"], "date"),
	],
};

const lifting = { contract: "event" } as const;
const crane: Kind = {
	id: "crane",
	name: text("塔式起重机", "Tower crane"),
	primary: "moment",
	geometry: "point",
	symbol: { icon: "吊", radius: 7 },
	measures: [
		// Lifting values come only while the crane works; wind and tilt always.
		measure("moment", ["力矩百分比", "Moment"], "%", [0, 200], lifting),
		measure("loadShare", ["载荷百分比", "Load, share of rated"], "%", [0, 200], lifting),
		measure("load", ["吊重", "Load"], "t", [0, 200], lifting),
		measure("height", ["吊钩高度", "Hook height"], "m", [-50, 600], lifting),
		measure("radius", ["幅度", "Radius"], "m", [0, 120], lifting),
		measure("slew", ["回转角", "Slew"], "°", [-360, 360], lifting),
		measure("windSpeed", ["阵风（3 秒）", "Gust, 3 s"], "m/s", [0, 60]),
		measure("tilt", ["倾角", "Tilt"], "°", [0, 45], { decimals: 2 }),
	],
	limits: [
		limit("moment-level", {
			measure: "moment",
			levels: { yellow: 90, orange: 100 },
			deadband: 2,
			clearReadings: 2,
			source: source("GB 5144-2006", "力矩达到 90% 预警、100% 报警", "B"),
		}),
		limit("load-level", {
			measure: "loadShare",
			levels: { orange: 100, red: 110 },
			deadband: 2,
			clearReadings: 2,
			source: source("GB 5144-2006", "6.1.2 大于额定、小于 110% 时切断起升方向", "V"),
		}),
		limit("wind-level", {
			measure: "windSpeed",
			levels: { blue: 8, yellow: 10.8, orange: 13.8, red: 17.2 },
			deadband: 0.5,
			offDelayMs: 10 * MINUTE_MS,
			averaging: "3 秒阵风：注意、停止安拆、停止吊装、解除回转制动",
			source: source("工程默认值", "塔机 3 秒阵风分级 8.0/10.8/13.8/17.2 m/s", "E"),
		}),
		limit("tilt-level", {
			measure: "tilt",
			levels: { yellow: 0.2, orange: 0.23 },
			deadband: 0.01,
			onDelayMs: 15_000,
			offDelayMs: MINUTE_MS,
			source: source("工程默认值", "独立状态垂直度 4/1000，折合 0.23°", "E"),
		}),
		silence("silent", "windSpeed", 180),
	],
	fields: [
		field("project", ["工程名称", "Project"]),
		field("registration", ["备案编号", "Registration number"]),
		field("jib", ["臂长", "Jib length"], "number", "m"),
		field("mastHeight", ["塔身高度", "Mast height"], "number", "m"),
	],
};

const dustDistrict: Kind = {
	id: "dustDistrict",
	name: text("区县扬尘", "Dust of a county"),
	primary: "pm10Mean",
	geometry: "point",
	symbol: { icon: "区", radius: 8 },
	measures: [
		measure("pm10Mean", ["区县 PM10 均值", "PM10, mean of the county"], "µg/m³", [0, 5_000], {
			...whole,
			derive: { type: "group", kind: "dust", measure: "pm10Mean", op: "mean", everyMs: 10_000 },
		}),
	],
	limits: [],
	fields: [],
};

export const system: System = {
	id: "construction",
	name: text("建设工地", "Construction sites"),
	policy: ["W12", "W16"],
	order: 1,
	kinds: [dust, airStation, pit, crane, dustDistrict],
};
