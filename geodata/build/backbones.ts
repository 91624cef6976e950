// Expressways and main railways between the cities, as a schematic (示意): no package holds them, so each is a smooth line past the
// towns that it serves. Drawn dashed, named, and only up to a zoom at which nobody takes it for an alignment. Called by build.ts.
import type { Collection, Position } from "./geometry.ts";
import { collection, feature } from "./geometry.ts";
import { smoothLine } from "./smooth.ts";

interface Backbone {
	readonly kind: "expressway" | "railway" | "highspeed";
	/** G15, or empty for a railway. */
	readonly code: string;
	readonly zh: string;
	readonly en: string;
	readonly line: readonly Position[];
}

/** Where the backbones pass: beside the towns, not through their middle. */
const TOWNS: Record<string, Position> = {
	山海关: [119.78, 40.02],
	绥中: [120.33, 40.36],
	兴城: [120.69, 40.64],
	葫芦岛: [120.82, 40.78],
	锦州: [121.1, 41.15],
	锦州东: [121.24, 41.12],
	凌海: [121.36, 41.2],
	盘锦北: [121.95, 41.28],
	盘锦: [122.05, 41.16],
	盘山: [121.98, 41.2],
	北镇: [121.85, 41.52],
	黑山: [122.14, 41.63],
	台安: [122.43, 41.45],
	辽中: [122.75, 41.55],
	新民: [122.84, 41.97],
	沈阳西: [123.24, 41.8],
	沈阳北环: [123.4, 41.89],
	沈阳南环: [123.38, 41.69],
	沈阳东环: [123.55, 41.83],
	沈阳站: [123.3907, 41.7913],
	沈阳北: [123.4298, 41.8149],
	沈阳南站: [123.4034, 41.6659],
	铁岭: [123.8, 42.26],
	开原: [124.0, 42.55],
	昌图: [124.07, 42.79],
	四平: [124.34, 43.12],
	灯塔: [123.31, 41.43],
	辽阳: [123.14, 41.25],
	鞍山: [122.97, 41.14],
	海城: [122.71, 40.86],
	大石桥: [122.5, 40.66],
	盖州: [122.38, 40.41],
	鲅鱼圈: [122.18, 40.26],
	熊岳: [122.17, 40.17],
	瓦房店: [122.0, 39.66],
	普兰店: [121.95, 39.42],
	金州: [121.75, 39.13],
	大连北: [121.603, 39.0128],
	大连: [121.6, 38.96],
	营口: [122.3, 40.68],
	抚顺: [123.9, 41.9],
	南杂木: [124.4, 41.97],
	清原: [124.92, 42.11],
	英额门: [125.2, 42.2],
	本溪: [123.74, 41.33],
	南芬: [123.74, 41.1],
	凤城: [124.05, 40.47],
	丹东: [124.34, 40.16],
	东港: [124.14, 39.9],
	庄河: [122.96, 39.72],
	皮口: [122.36, 39.43],
	岫岩: [123.24, 40.32],
	阜新: [121.68, 42.05],
	彰武: [122.52, 42.38],
	康平: [123.34, 42.74],
	北票: [120.8, 41.8],
	朝阳: [120.46, 41.6],
	喀左: [119.76, 41.15],
	凌源: [119.42, 41.26],
	建平: [119.64, 41.42],
	义县: [121.22, 41.55],
	通远堡: [123.93, 40.78],
};

const past = (list: string): Position[] =>
	list.split(" ").map((town) => {
		const at = TOWNS[town];
		if (!at) throw new Error(`no town ${town}`);
		return at;
	});

const road = (code: string, zh: string, en: string, list: string): Backbone => ({
	kind: "expressway",
	code,
	zh: `${code} ${zh}`,
	en: `${code} ${en}`,
	line: past(list),
});
const rail = (kind: "railway" | "highspeed", zh: string, en: string, list: string): Backbone => ({
	kind,
	code: "",
	zh,
	en,
	line: past(list),
});

const BACKBONES: readonly Backbone[] = [
	road("G1", "京哈高速", "Jingha Expressway", "山海关 绥中 兴城 葫芦岛 锦州 凌海 盘锦北 台安 辽中 沈阳西"),
	road("G1", "京哈高速", "Jingha Expressway", "沈阳北环 铁岭 开原 昌图 四平"),
	road(
		"G15",
		"沈海高速",
		"Shenhai Expressway",
		"沈阳南环 灯塔 辽阳 鞍山 海城 大石桥 盖州 熊岳 瓦房店 普兰店 金州 大连北",
	),
	road("G1113", "丹阜高速", "Danfu Expressway", "丹东 凤城 通远堡 南芬 本溪 沈阳南环"),
	road("G1113", "丹阜高速", "Danfu Expressway", "沈阳西 新民 阜新"),
	road("G11", "鹤大高速", "Heda Expressway", "丹东 东港 庄河 皮口 金州"),
	road("G16", "丹锡高速", "Danxi Expressway", "丹东 岫岩 海城 盘锦 锦州东 义县 朝阳 建平"),
	road("G25", "长深高速", "Changshen Expressway", "康平 彰武 阜新 北票 朝阳 喀左 凌源"),
	road("G1212", "沈吉高速", "Shenji Expressway", "沈阳东环 抚顺 南杂木 英额门"),
	road("G1501", "沈阳绕城高速", "Shenyang Ring", "沈阳西 沈阳南环 沈阳东环 沈阳北环 沈阳西"),
	rail(
		"highspeed",
		"哈大高铁",
		"Harbin–Dalian HSR",
		"四平 开原 铁岭 沈阳北 沈阳站 沈阳南站 辽阳 鞍山 海城 鲅鱼圈 瓦房店 普兰店 大连北",
	),
	rail("highspeed", "京哈高铁", "Beijing–Harbin HSR", "沈阳站 新民 黑山 阜新 北票 朝阳 喀左 凌源"),
	rail("highspeed", "秦沈客专", "Qinhuangdao–Shenyang PDL", "山海关 绥中 葫芦岛 锦州 盘锦北 台安 辽中 沈阳站"),
	rail("highspeed", "沈丹高铁", "Shenyang–Dandong HSR", "沈阳南站 本溪 凤城 丹东"),
	rail("highspeed", "丹大快铁", "Dandong–Dalian Railway", "丹东 东港 庄河 皮口 金州 大连北"),
	rail("railway", "沈山铁路", "Shenyang–Shanhaiguan Railway", "山海关 兴城 葫芦岛 锦州 凌海 北镇 黑山 新民 沈阳站"),
	rail("railway", "沈吉铁路", "Shenyang–Jilin Railway", "沈阳北 抚顺 南杂木 清原 英额门"),
	rail("railway", "锦承铁路", "Jinzhou–Chengde Railway", "锦州 义县 北票 朝阳 凌源"),
];

export function backbones(): Collection {
	return collection(
		BACKBONES.map(({ kind, code, zh, en, line }) =>
			feature({ type: "LineString", coordinates: smoothLine(line) }, { kind, code, zh, en }),
		),
	);
}
