// Bridges: what may cross (limits and bans as register fields) and how the structure answers, as a share of its design values.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { choice, field, limit, measure, silence, source, text } from "#model/define.ts";
import type { Limit } from "#model/limit.ts";

const MINUTE_MS = 60_000;

function structure(id: string, measureId: string): Limit {
	return limit(id, {
		measure: measureId,
		levels: { yellow: 70, orange: 85, red: 100 },
		deadband: 2,
		onDelayMs: 15_000,
		offDelayMs: 5 * MINUTE_MS,
		clearReadings: 2,
		averaging: "设计值的 70%、85%、100%",
		source: source("GB 50982-2014", "阈值由设计给定；分级 70/85/100% 为工程默认值", "E"),
	});
}

const bridge: Kind = {
	id: "bridge",
	name: text("城市桥梁", "Bridge"),
	primary: "strain",
	geometry: "point",
	symbol: { icon: "桥", radius: 7 },
	measures: [
		measure("strain", ["应变占设计值", "Strain, share of design"], "%", [-200, 400]),
		measure("displacement", ["位移占设计值", "Displacement, share of design"], "%", [-200, 400]),
		measure("vibration", ["振动占设计值", "Vibration, share of design"], "%", [0, 400]),
		measure("deckWind", ["桥面风速（10 分钟均值）", "Deck wind, 10 min mean"], "m/s", [0, 70]),
		// Comes with each weighed vehicle; no vehicle is no news.
		measure("load", ["过桥车重", "Vehicle weight"], "t", [0, 500], { contract: "event" }),
		measure("loadShare", ["车重占限载", "Vehicle weight, share of the posted limit"], "%", [0, 1_000], {
			contract: "event",
		}),
	],
	limits: [
		structure("strain-level", "strain"),
		structure("displacement-level", "displacement"),
		structure("vibration-level", "vibration"),
		limit("wind-level", {
			measure: "deckWind",
			levels: { yellow: 17.2, orange: 20.8, red: 24.5 },
			deadband: 1,
			offDelayMs: 10 * MINUTE_MS,
			clearReadings: 2,
			averaging: "8 级限速 60 km/h，9 级禁轻型厢车、客车、危化品车，10 级封桥",
			source: source("工程默认值", "桥面风 17.2/20.8/24.5 m/s", "E"),
		}),
		limit("load-level", {
			measure: "loadShare",
			levels: { yellow: 100, orange: 120 },
			deadband: 0,
			source: source("工程默认值", "过桥车重达到限载 100%、120%", "E"),
		}),
		silence("silent", "strain", 180),
	],
	fields: [
		choice("grade", ["技术状况等级（CJJ 99-2017）", "Condition grade (CJJ 99-2017)"], {
			A: ["A 级 完好", "A intact"],
			B: ["B 级 良好", "B good"],
			C: ["C 级 合格", "C qualified"],
			D: ["D 级 不合格", "D unqualified"],
			E: ["E 级 危险", "E dangerous"],
		}),
		choice("status", ["通行状态", "Traffic"], {
			open: ["正常通行", "Open"],
			restricted: ["限行", "Restricted"],
			closed: ["禁行", "Closed"],
		}),
		field("limitWeight", ["限载总重", "Weight limit"], "number", "t"),
		field("limitAxle", ["限轴重", "Axle limit"], "number", "t"),
		field("limitHeight", ["限高", "Height limit"], "number", "m"),
		field("limitWidth", ["限宽", "Width limit"], "number", "m"),
		field("limitSpeed", ["限速", "Speed limit"], "number", "km/h"),
		field("banHours", ["限行时段", "Hours of the ban"]),
		field("banFrom", ["限行起始", "Ban from"], "date"),
		field("banTo", ["限行截止", "Ban until"], "date"),
		field("assessor", ["评估单位", "Assessor"]),
		field("assessedAt", ["评估日期", "Assessed"], "date"),
		field("detour", ["绕行路线", "Detour"]),
	],
};

export const system: System = {
	id: "bridge",
	name: text("城市桥梁", "Bridges"),
	policy: ["W20"],
	order: 7,
	kinds: [bridge],
};
