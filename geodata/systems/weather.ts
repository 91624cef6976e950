// Weather as the town sees it: one station a county, and one forecast a city. What is judged here is computed from measurements and
// worded so: only the meteorological bureau issues a 预警信号. Read by the server at start and served to the page as JSON: pure data.
import type { Kind, System } from "#model/catalogue.ts";
import { field, limit, measure, silence, source, text } from "#model/define.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A station reports every 5 min, a forecast is renewed every 10 min. */
const station = { silentAfterMs: 20 * MINUTE_MS } as const;
const issued = { silentAfterMs: 3 * HOUR_MS } as const;

const weatherStation: Kind = {
	id: "weatherStation",
	name: text("气象站", "Weather station"),
	primary: "temperature",
	geometry: "point",
	symbol: { icon: "象", radius: 6 },
	measures: [
		measure("temperature", ["气温", "Air temperature"], "°C", [-45, 55], { ...station, codes: { sl651: "02" } }),
		measure("humidity", ["相对湿度", "Relative humidity"], "%", [0, 100], {
			...station,
			decimals: 0,
			codes: { sl651: "18" },
		}),
		measure("windSpeed", ["风速（10 分钟平均）", "Wind, 10 min mean"], "m/s", [0, 60], {
			...station,
			codes: { sl651: "35" },
		}),
		measure("windDirection", ["风向（来向）", "Wind direction, from"], "°", [0, 360], { ...station, decimals: 0 }),
		measure("rainHour", ["近 1 小时降水量", "Precipitation of the last hour"], "mm", [0, 250], {
			...station,
			codes: { sl651: "1A" },
		}),
		measure("snowDepth", ["积雪深度", "Snow depth"], "cm", [0, 300], station),
		measure("visibility", ["能见度", "Visibility"], "km", [0, 100], station),
	],
	limits: [
		limit("wind-level", {
			measure: "windSpeed",
			levels: { yellow: 17.2, orange: 24.5, red: 32.7 },
			deadband: 1,
			onDelayMs: 5 * MINUTE_MS,
			offDelayMs: 20 * MINUTE_MS,
			clearReadings: 2,
			averaging: "平均风力达到 8 级、10 级、12 级（计算值）",
			source: source(
				"中国气象局令第 16 号 气象灾害预警信号发布与传播办法；GB/T 28591-2012",
				"大风：平均风力 8 级、10 级、12 级以上",
				"V",
			),
		}),
		limit("visibility-low", {
			measure: "visibility",
			direction: "below",
			levels: { blue: 0.5, yellow: 0.2 },
			deadband: 0.1,
			onDelayMs: 10 * MINUTE_MS,
			offDelayMs: 20 * MINUTE_MS,
			clearReadings: 2,
			averaging: "能见度低于 500 m、200 m（计算值）",
			source: source("中国气象局令第 16 号 气象灾害预警信号发布与传播办法", "大雾：能见度 500 m、200 m", "B"),
		}),
		silence("silent", "temperature", 1_200),
	],
	fields: [field("station", ["测站编码", "Station code"]), field("altitude", ["海拔", "Altitude"], "number", "m")],
};

const cityForecast: Kind = {
	id: "cityForecast",
	name: text("城市预报", "City forecast"),
	primary: "temperature3h",
	geometry: "point",
	symbol: { icon: "预", radius: 7 },
	// Not measured: what is expected so many hours after the time of issue.
	measures: [
		...[1, 3, 6].map((hours) =>
			measure(
				`temperature${hours}h`,
				[`${hours} 小时后气温（预报）`, `Temperature in ${hours} h, forecast`],
				"°C",
				[-45, 55],
				issued,
			),
		),
		measure("lowTonight", ["今夜最低气温（预报）", "Low of tonight, forecast"], "°C", [-45, 45], issued),
		...[1, 3, 6].map((hours) =>
			measure(
				`rain${hours}h`,
				[`未来 ${hours} 小时降水量（预报）`, `Precipitation of the next ${hours} h, forecast`],
				"mm",
				[0, 500],
				issued,
			),
		),
	],
	limits: [silence("silent", "temperature1h", 10_800)],
	fields: [field("issuer", ["预报来源", "Issued by"])],
};

export const system: System = {
	id: "weather",
	name: text("气象", "Weather"),
	policy: ["W19"],
	order: 10,
	kinds: [weatherStation, cityForecast],
};
