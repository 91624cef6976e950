// Metro under construction: monitoring points of a section or station, with the double index of GB 50911.
// Read by the server at start and served to the page as JSON: pure data, no functions.
import type { Kind, System } from "#model/catalogue.ts";
import { choice, field, limit, measure, silence, source, text } from "#model/define.ts";
import type { Limit } from "#model/limit.ts";

/** A point reports every 30 min. */
const SILENT_MS = 5_400_000;
const period = { silentAfterMs: SILENT_MS } as const;
const clear = { offDelayMs: 3_600_000, clearReadings: 2 } as const;

/**
 * One index against its control value: yellow needs both at 70 % or one at 85 %, orange both at 85 % or one at 100 %, red both
 * at 100 % or a jump. A limit sees one channel: 70 % is shown as blue, 85 % and 100 % of one index hold as the standard says.
 */
function ladder(id: string, measureId: string, control: number, unit: string): Limit {
	const part = (percent: number): number => (control * percent) / 100;
	return limit(id, {
		measure: measureId,
		levels: { blue: part(70), yellow: part(85), orange: control },
		deadband: part(2),
		...clear,
		averaging: `控制值 ${control} ${unit} 的 70%、85%、100%`,
		source: source("GB 50911-2013", "三级预警：双控指标的 70%、85%、100%；控制值以设计为准", "B"),
	});
}

function jump(id: string, measureId: string, value: number): Limit {
	return limit(id, {
		measure: measureId,
		levels: { red: value },
		deadband: value * 0.05,
		...clear,
		averaging: "速率达到控制值的 2 倍，视为突变",
		source: source("工程默认值", "突变：控制速率的 2 倍", "E"),
	});
}

const metro: Kind = {
	id: "metro",
	name: text("轨道交通监测点", "Metro monitoring point"),
	primary: "settlement",
	geometry: "point",
	symbol: { icon: "轨", radius: 6 },
	measures: [
		measure("settlement", ["累计沉降", "Settlement"], "mm", [-200, 500], period),
		measure("settlementRate", ["沉降速率", "Settlement rate"], "mm/d", [-100, 200], period),
		measure("convergence", ["累计收敛", "Convergence"], "mm", [-200, 500], period),
		measure("convergenceRate", ["收敛速率", "Convergence rate"], "mm/d", [-100, 200], period),
	],
	limits: [
		ladder("settlement-level", "settlement", 30, "mm"),
		ladder("settlement-rate", "settlementRate", 3, "mm/d"),
		jump("settlement-jump", "settlementRate", 6),
		ladder("convergence-level", "convergence", 20, "mm"),
		ladder("convergence-rate", "convergenceRate", 3, "mm/d"),
		jump("convergence-jump", "convergenceRate", 6),
		silence("silent", "settlement", SILENT_MS / 1000),
	],
	fields: [
		field("line", ["线路", "Line"]),
		field("section", ["车站或区间", "Station or section"]),
		choice("method", ["工法", "Method"], {
			cutAndCover: ["明挖", "Cut and cover"],
			shield: ["盾构", "Shield"],
			mined: ["暗挖", "Mined"],
		}),
		field("ring", ["环号", "Ring"], "number"),
	],
};

export const system: System = {
	id: "metro",
	name: text("轨道交通建设", "Metro construction"),
	policy: ["W09"],
	order: 2,
	kinds: [metro],
};
