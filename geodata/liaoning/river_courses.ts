// Courses of rivers that GSHHG lacks, or draws too loosely for a city, written by hand (示意): anchors joined by a smooth line. The base
// map is built with them and the demo keeps clear of them. In Shenyang the Hun keeps to its side of each metro station (a test).
/** Degrees east and north, WGS-84. */
type Position = [lon: number, lat: number];

export interface Course {
	readonly zh: string;
	readonly en: string;
	/** Metres of water from bank to bank, for the areas of a city view. */
	readonly widthM: number;
	/** 2 major, 3 other, as in the source of the rest. */
	readonly level: 2 | 3;
	/** From the spring to the mouth. */
	readonly line: readonly Position[];
}

const line = (list: string): Position[] =>
	list.split(" ").map((entry): Position => {
		const [lon, lat] = entry.split(",");
		return [Number(lon), Number(lat)];
	});

export const COURSES: readonly Course[] = [
	{
		zh: "浑河",
		en: "Hun River",
		widthM: 260,
		level: 2,
		line: line(
			"124.075,41.876 124.035,41.872 123.985,41.866 123.935,41.868 123.880,41.866 123.830,41.862 123.780,41.861 123.730,41.852 123.690,41.843 123.650,41.833 123.615,41.820 123.585,41.812 123.562,41.802 123.545,41.790 123.525,41.778 123.512,41.765 123.495,41.755 123.478,41.7490 123.460,41.7462 123.442,41.7455 123.425,41.7475 123.412,41.7487 123.400,41.7460 123.388,41.7452 123.372,41.7445 123.354,41.7400 123.338,41.732 123.318,41.720 123.290,41.708 123.255,41.694 123.215,41.676 123.170,41.650",
		),
	},
	{
		zh: "太子河",
		en: "Taizi River",
		widthM: 200,
		level: 2,
		line: line(
			"124.70,41.42 124.55,41.36 124.38,41.335 124.20,41.335 124.13,41.305 124.02,41.272 123.93,41.272 123.88,41.305 123.83,41.318 123.79,41.300 123.757,41.312 123.72,41.298 123.66,41.270 123.60,41.250 123.53,41.240 123.45,41.237 123.36,41.238 123.28,41.247 123.222,41.266 123.196,41.297 123.15,41.316 123.08,41.321 123.00,41.315 122.93,41.280 122.86,41.220 122.78,41.150 122.70,41.072 122.60,41.030 122.52,41.020 122.41,41.000",
		),
	},
	{
		zh: "小凌河",
		en: "Xiaoling River",
		widthM: 130,
		level: 3,
		line: line(
			"120.30,41.22 120.45,41.15 120.62,41.10 120.80,41.130 121.00,41.150 121.075,41.125 121.120,41.099 121.150,41.092 121.180,41.070 121.205,41.020 121.220,40.955 121.225,40.895",
		),
	},
	{
		zh: "女儿河",
		en: "Nü'er River",
		widthM: 70,
		level: 3,
		line: line("120.45,40.95 120.60,40.96 120.75,40.985 120.90,41.02 121.03,41.06 121.120,41.099"),
	},
	{
		zh: "绕阳河",
		en: "Raoyang River",
		widthM: 90,
		level: 3,
		line: line(
			"122.10,42.30 122.25,42.15 122.29,42.00 122.30,41.85 122.26,41.72 122.22,41.60 122.15,41.45 122.10,41.32 122.02,41.22 121.97,41.16",
		),
	},
	{
		zh: "柳河",
		en: "Liu River",
		widthM: 90,
		level: 3,
		line: line("122.22,42.68 122.36,42.50 122.47,42.35 122.58,42.22 122.68,42.06 122.76,41.94 122.82,41.85"),
	},
	{
		zh: "六股河",
		en: "Liugu River",
		widthM: 110,
		level: 3,
		line: line("119.75,40.86 119.85,40.75 119.98,40.65 120.10,40.56 120.25,40.48 120.37,40.37 120.48,40.25"),
	},
	{
		zh: "大洋河",
		en: "Dayang River",
		widthM: 150,
		level: 3,
		line: line(
			"123.02,40.58 123.12,40.45 123.26,40.305 123.36,40.235 123.45,40.13 123.53,40.05 123.59,39.97 123.62,39.90 123.64,39.83",
		),
	},
	{
		zh: "碧流河",
		en: "Biliu River",
		widthM: 110,
		level: 3,
		line: line(
			"122.66,40.32 122.63,40.20 122.61,40.08 122.54,39.97 122.49,39.88 122.49,39.80 122.52,39.70 122.54,39.60 122.57,39.50",
		),
	},
	{
		zh: "英那河",
		en: "Yingna River",
		widthM: 80,
		level: 3,
		line: line("122.84,40.08 122.90,40.00 122.96,39.91 123.01,39.83 123.06,39.75 123.08,39.70"),
	},
	{
		zh: "爱河",
		en: "Ai River",
		widthM: 120,
		level: 3,
		line: line(
			"124.66,40.96 124.52,40.82 124.38,40.66 124.30,40.53 124.28,40.41 124.34,40.30 124.44,40.225 124.50,40.20",
		),
	},
	{
		zh: "浑江",
		en: "Hunjiang River",
		widthM: 180,
		level: 3,
		line: line(
			"125.92,41.70 125.80,41.55 125.60,41.42 125.44,41.32 125.36,41.25 125.38,41.14 125.46,41.03 125.57,40.95 125.70,40.86",
		),
	},
	{
		zh: "清河",
		en: "Qing River",
		widthM: 90,
		level: 3,
		line: line(
			"124.92,42.60 124.72,42.63 124.50,42.59 124.30,42.56 124.17,42.54 124.06,42.53 123.94,42.48 123.86,42.45",
		),
	},
	{
		zh: "柴河",
		en: "Chai River",
		widthM: 80,
		level: 3,
		line: line("124.62,42.33 124.45,42.28 124.28,42.25 124.15,42.24 124.05,42.25 123.93,42.27 123.83,42.30"),
	},
	{
		zh: "汤河",
		en: "Tang River",
		widthM: 60,
		level: 3,
		line: line("123.28,40.92 123.31,41.00 123.34,41.08 123.37,41.16 123.36,41.238"),
	},
	{
		zh: "蒲河",
		en: "Pu River",
		widthM: 50,
		level: 3,
		line: line(
			"123.66,42.00 123.55,41.965 123.46,41.948 123.40,41.938 123.33,41.905 123.26,41.87 123.19,41.81 123.10,41.72 122.98,41.62 122.88,41.51 122.84,41.43",
		),
	},
	{
		zh: "细河",
		en: "Xi River",
		widthM: 70,
		level: 3,
		line: line("121.84,42.17 121.74,42.07 121.66,42.005 121.56,41.91 121.44,41.78 121.32,41.66 121.24,41.55"),
	},
	{
		zh: "海城河",
		en: "Haicheng River",
		widthM: 60,
		level: 3,
		line: line("123.06,40.78 122.90,40.83 122.76,40.875 122.66,40.93 122.58,41.02"),
	},
	{
		zh: "大清河",
		en: "Daqing River",
		widthM: 70,
		level: 3,
		line: line("122.82,40.52 122.64,40.47 122.48,40.41 122.34,40.395 122.22,40.42 122.12,40.43"),
	},
];

/** Rivers of the other source by name: each holds a point within a few kilometres of every one of its pieces. */
export const NAMED: readonly (Omit<Course, "line"> & { readonly near: readonly Position[] })[] = [
	{
		zh: "辽河",
		en: "Liao River",
		widthM: 240,
		level: 2,
		near: line("123.79,42.30 123.05,42.10 122.40,41.23 121.98,41.16"),
	},
	{ zh: "大辽河", en: "Daliao River", widthM: 420, level: 2, near: line("122.19,40.86 122.27,40.86") },
	{ zh: "浑河", en: "Hun River", widthM: 150, level: 2, near: line("122.73,41.34 122.92,41.46 124.56,41.99") },
	{ zh: "大凌河", en: "Daling River", widthM: 220, level: 2, near: line("120.30,41.44 121.10,41.54 121.39,41.33") },
	{
		zh: "鸭绿江",
		en: "Yalu River",
		widthM: 520,
		level: 2,
		near: line("124.59,40.26 124.71,40.31 126.50,41.43 125.73,40.86"),
	},
	{ zh: "西辽河", en: "Xiliao River", widthM: 150, level: 2, near: line("121.47,43.49") },
];

/** The twelve big reservoirs: name, river, and where they lie to within 5 km. */
export const RESERVOIRS: readonly { readonly zh: string; readonly en: string; readonly at: Position }[] = [
	{ zh: "大伙房水库", en: "Dahuofang Reservoir", at: [124.18, 41.9] },
	{ zh: "观音阁水库", en: "Guanyinge Reservoir", at: [124.15, 41.32] },
	{ zh: "葠窝水库", en: "Shenwo Reservoir", at: [123.53, 41.24] },
	{ zh: "汤河水库", en: "Tanghe Reservoir", at: [123.33, 41.05] },
	{ zh: "清河水库", en: "Qinghe Reservoir", at: [124.17, 42.54] },
	{ zh: "柴河水库", en: "Chaihe Reservoir", at: [124.05, 42.25] },
	{ zh: "白石水库", en: "Baishi Reservoir", at: [121.05, 41.65] },
	{ zh: "阎王鼻子水库", en: "Yanwangbizi Reservoir", at: [120.35, 41.35] },
	{ zh: "锦凌水库", en: "Jinling Reservoir", at: [121.05, 41.15] },
	{ zh: "碧流河水库", en: "Biliuhe Reservoir", at: [122.49, 39.82] },
	{ zh: "桓仁水库", en: "Huanren Reservoir", at: [125.38, 41.2] },
	{ zh: "水丰水库", en: "Shuifeng Reservoir", at: [124.95, 40.46] },
];
