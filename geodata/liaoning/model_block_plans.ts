// The two model blocks as written down: streets of the grid, what stands between them, canal, railway. Invented; the names of streets
// are ordinal on purpose, so that nobody takes one for a real street. Metres around the centre; read by model_blocks.ts.
import type { Plan } from "./block_plan.ts";

const SHENYANG: Plan = {
	id: "sy-block",
	district: "210112",
	name: { zh: "样板街区 · 浑南（示意）", en: "Model block, Hunnan (schematic)" },
	centre: [123.4385, 41.6765],
	turn: 3,
	north: [
		{ at: -985, widthM: 30, name: "样板西二街" },
		{ at: -470, widthM: 28, name: "样板西一街" },
		{ at: 40, widthM: 50, name: "样板大街" },
		{ at: 530, widthM: 28, name: "样板东一街" },
		{ at: 985, widthM: 30, name: "样板东二街" },
	],
	east: [
		{ at: -985, widthM: 30, name: "样板南二路" },
		{ at: -420, widthM: 30, name: "样板南一路" },
		{ at: 70, widthM: 46, name: "样板路" },
		{ at: 540, widthM: 28, name: "样板北一路" },
		{ at: 985, widthM: 30, name: "样板北二路" },
	],
	cells: [
		["works", "slabs", "court", "towers"],
		["slabs", "school", "shops", "slabs"],
		["court", "towers", "site", "clinic"],
		["slabs", "park", "court", "slabs"],
	],
	canal: {
		name: "样板渠",
		widthM: 34,
		line: [
			[-1000, -640],
			[-720, -610],
			[-420, -720],
			[-60, -760],
			[300, -650],
			[620, -720],
			[1000, -690],
		],
	},
	railway: [
		[-800, -1000],
		[-760, -400],
		[-770, 200],
		[-700, 1000],
	],
	underpass: { street: "样板路", x: -768 },
	siteName: "浑南区 样板街区 3 号地块",
};

const DALIAN: Plan = {
	id: "dl-block",
	district: "210211",
	name: { zh: "样板街区 · 甘井子（示意）", en: "Model block, Ganjingzi (schematic)" },
	centre: [121.549, 38.989],
	turn: -11,
	north: [
		{ at: -985, widthM: 28, name: "样板西二街" },
		{ at: -560, widthM: 26, name: "样板西一街" },
		{ at: -60, widthM: 44, name: "样板大街" },
		{ at: 420, widthM: 26, name: "样板东一街" },
		{ at: 985, widthM: 28, name: "样板东二街" },
	],
	east: [
		{ at: -985, widthM: 28, name: "样板南二路" },
		{ at: -500, widthM: 28, name: "样板南一路" },
		{ at: -20, widthM: 42, name: "样板路" },
		{ at: 450, widthM: 26, name: "样板北一路" },
		{ at: 985, widthM: 28, name: "样板北二路" },
	],
	cells: [
		["towers", "park", "court", "slabs"],
		["slabs", "court", "school", "towers"],
		["clinic", "site", "shops", "slabs"],
		["slabs", "towers", "slabs", "works"],
	],
	canal: {
		name: "样板河",
		widthM: 22,
		line: [
			[-1000, 760],
			[-640, 700],
			[-330, 780],
			[40, 690],
			[380, 610],
			[700, 690],
			[1000, 640],
		],
	},
	railway: [
		[720, -1000],
		[700, -400],
		[760, 200],
		[740, 1000],
	],
	underpass: { street: "样板路", x: 730 },
	siteName: "甘井子区 样板街区 2 号地块",
};

export const MODEL_PLANS: readonly Plan[] = [SHENYANG, DALIAN];
