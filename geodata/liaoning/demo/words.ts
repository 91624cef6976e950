// Words of the demo catalogue: roads that exist in each city, parts of invented housing estates, invented rivers' bridges.
// Pure data. No real company, estate or bridge grade may stand here: what is named after people's property is made up.

const GENERIC = split("人民路 建设街 中兴大街 站前路 新华路 文化街 府前街 振兴路 育才路 滨河路 向阳街 工业大道");

/** Main roads by county (Shenyang, Dalian) or by city; other counties use names that every town has. */
const ROADS: ReadonlyMap<string, readonly string[]> = new Map(
	Object.entries({
		210102: "南京南街 和平南大街 三好街 文安路 浑河站西街 长白西路 南五马路 砂山街",
		210103: "青年大街 奉天街 文艺路 万柳塘路 小南街 热闹路 泉园一路",
		210104: "东北大马路 滂江街 联合路 望花南街 观泉路 津桥路",
		210105: "崇山东路 黄河北大街 长江街 陵东街 鸭绿江北街 塔湾街 北陵大街",
		210106: "建设大路 兴华南街 重工北街 保工街 北二中路 肇工街 开发大路",
		210111: "枫杨路 雪松路 葵松路 丁香街 桂花街 金钱松东路",
		210112: "全运路 沈营大街 创新路 白塔河路 浑南中路 长青南街 智慧大街",
		210113: "蒲河大道 道义南大街 正良四路 孝信街 盛京大街 蒲田路",
		210114: "怒江北街 黄海路 沈新路 洪湖北街 吉力湖街 大通湖街 平罗湾路",
		210202: "人民路 长江路 港湾街 鲁迅路 解放路 五五路",
		210203: "黄河路 新开路 长春路 高尔基路 胜利东路",
		210204: "西安路 中山路 黄浦路 成仁街 五一路 会展路",
		210211: "华北路 红旗中路 周水前路 东纬路 泉水路 姚北路",
		210212: "黄河路 顺乐街 五一路 水师营街 新城大街",
		210213: "永安大街 北山路 金马路 辽河西路 东山路 同心街",
		210214: "府前路 孛兰路 体育路 商业大街 中心路",
		210300: "人民路 胜利路 千山中路 建国大道 园林路 鞍千路 通山街 解放路",
		210400: "新华大街 浑河北路 南阳路 临江路 和平路 将军街",
		210500: "解放路 人民路 胜利路 平山路 峪明路 滨河北路",
		210600: "锦山大街 七经街 振兴路 江城大街 黄海大街 花园路",
		210700: "中央大街 解放路 科技路 云飞街 上海路 人民街 重庆路",
		210800: "渤海大街 学府路 辽河大街 市府路 新兴大街",
		210900: "中华路 解放大街 八一路 迎宾大街 人民大街 工业街",
		211000: "民主路 中华大街 新运大街 青年大街 胜利路 卫国路",
		211100: "石油大街 兴隆台街 辽河路 泰山路 香稻路 惠宾大街",
		211200: "银州路 柴河街 文化街 汇工街 岭东街 光荣街",
		211300: "新华路 朝阳大街 友谊大街 珠江路 凌河街 文化路",
		211400: "新华大街 龙湾大街 连山大街 海星路 兴工大街",
	}).map(([code, words]) => [code, split(words)]),
);

function split(words: string): readonly string[] {
	return words.split(" ");
}

/** Roads of a county; `isUrban`: a district of the city proper, where the city's own roads run. */
export function roadsOf(county: string, isUrban: boolean): readonly string[] {
	return ROADS.get(county) ?? (isUrban ? ROADS.get(`${county.slice(0, 4)}00`) : undefined) ?? GENERIC;
}

/** Two of the first and one of the second make an estate: 瑞锦家园. */
export const ESTATE_FIRST = split("瑞 锦 盛 华 康 泰 和 福 祥 龙 阳 新 枫 馨 绿 江 河 云 景 明");
export const ESTATE_LAST = split("家园 花园 小区 新村 佳苑 华庭 名居 新城");

export const QUARTERS = split("城北 城南 城东 城西 站前 河畔 新区 老城 学府 工业园");

/** Rivers that run through a city, as the base map draws them; elsewhere a bridge is a viaduct. */
export const RIVERS: ReadonlyMap<string, readonly string[]> = new Map([
	["210100", ["浑河", "蒲河"]],
	["210300", ["海城河"]],
	["210400", ["浑河"]],
	["210500", ["太子河"]],
	["210700", ["小凌河", "女儿河"]],
	["210900", ["细河"]],
	["211000", ["太子河"]],
	["211200", ["柴河"]],
]);

/**
 * Real bridges that people look for by name, where a metro station of the same name anchors them. They carry no grade, no
 * limit and no story: only calm readings.
 */
export const NAMED_BRIDGES: readonly (readonly [name: string, lon: number, lat: number])[] = [
	["三好桥", 123.4118, 41.7487],
	["长青桥", 123.4925, 41.7508],
	["南京桥", 123.3948, 41.7447],
	["王家湾桥", 123.5405, 41.7662],
];
