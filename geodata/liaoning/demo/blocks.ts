// What the demo has in the two model blocks: the building site with its machines, the underpass, and some of the covers, valve pits and
// stations of the four nets, each exactly where the block is drawn. Called by catalogue.ts for the first block of assets.
import { districtOf } from "../district_table.ts";
import { type BlockPoint, MODEL_BLOCKS, type ModelBlock } from "../model_blocks.ts";
import type { Position } from "../polygon.ts";
import type { Draft, NewAsset } from "./draft.ts";
import { rounded } from "./place.ts";

type Net = BlockPoint["net"];
/** Every so many covers of a block have a terminal. */
const COVERS = 14;
/** Valve pits with a sensor, of each net. */
const VALVES = 3;

const PURPOSE: Readonly<Record<Net, string>> = { drain: "storm", gas: "gas", water: "water", heat: "heat" };
const LETTER: Readonly<Record<Net, string>> = { drain: "Y", gas: "Q", water: "S", heat: "R" };

export function addBlocks(draft: Draft): void {
	for (const block of MODEL_BLOCKS) {
		const county = districtOf(block.district);
		if (county === undefined) throw new Error(`${block.id} lies in no county`);
		for (const asset of [...siteOf(block), ...netsOf(block), ...coversOf(block)]) draft.add(county, asset);
	}
}

/** Heat stations of a block, as places of homes; the network of the town takes them in. */
export function blockStations(county: string): readonly Position[] {
	return MODEL_BLOCKS.filter((block) => block.district === county)
		.flatMap((block) => spread(of(block.stations, "heat"), 2))
		.map(({ at }) => at);
}

function of(points: readonly BlockPoint[], net: Net): BlockPoint[] {
	return points.filter((point) => point.net === net);
}

/** About `count` of a list, evenly. */
function spread<T>(list: readonly T[], count: number): T[] {
	const step = Math.max(1, Math.floor(list.length / count));
	return list.filter((_, index) => index % step === Math.floor(step / 2)).slice(0, count);
}

/** 样板街区 3 号地块, without its county. */
function plotOf(block: ModelBlock): string {
	return block.site.name.split(" ").slice(1).join(" ");
}

function siteOf(block: ModelBlock): NewAsset[] {
	const { site, district } = block;
	const plot = plotOf(block);
	const corners = site.pit.slice(0, -1);
	const middle = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / Math.max(1, corners.length);
	const shared = { site: site.name };
	return [
		{
			kind: "dust",
			name: `${plot}扬尘站`,
			position: site.dust,
			...shared,
			fields: { project: plot, builder: "演示建设一公司", area: "builtUp" },
		},
		{
			kind: "pit",
			name: `${plot}深基坑`,
			position: rounded(middle(0), middle(1)),
			...shared,
			fields: { project: plot, depth: 12.6, grade: "1", expertReview: "2026-05-18" },
		},
		...site.cranes.map(({ at, jibM }, index) => ({
			kind: "crane",
			name: `${plot} ${index + 1}# 塔吊`,
			position: at,
			...shared,
			fields: { project: plot, registration: `演示-${district}-B${index + 1}`, jib: jibM, mastHeight: 42 + 12 * index },
		})),
		{
			kind: "camera",
			name: `${plot} 1# 摄像头（基坑）`,
			position: site.camera,
			...shared,
			fields: { gb28181: `${district}00001320900001`, bearing: 60, view: 75, project: plot },
		},
	];
}

function netsOf(block: ModelBlock): NewAsset[] {
	const county = districtOf(block.district)?.short.zh ?? "";
	const named = (point: BlockPoint, sort: string) => ({ name: `样板街区 ${point.name}${sort}`, position: point.at });
	const owner = "演示市政公司";
	return [
		{
			kind: "underpass",
			name: block.underpass.name,
			position: block.underpass.at,
			site: `${county}防汛`,
			fields: { owner: "演示排水公司" },
		},
		...spread(of(block.valves, "gas"), VALVES).map((point) => ({
			kind: "gasSpace",
			...named(point, "井甲烷"),
			site: `${county}燃气管网`,
			fields: { owner, space: "valve" },
		})),
		...spread(of(block.valves, "water"), VALVES).map((point) => ({
			kind: "waterMain",
			...named(point, "井压力"),
			site: `${county}供水管网`,
			fields: { owner: "演示供水公司", diameter: 300, zone: "样板街区" },
		})),
		...spread(of(block.stations, "gas"), 1).map((point) => ({
			kind: "regulator",
			...named(point, ""),
			site: `${county}燃气管网`,
			fields: { owner: "演示燃气公司", pressureClass: "mediumA", users: 1_900 },
		})),
	];
}

function coversOf(block: ModelBlock): NewAsset[] {
	return spread(block.manholes, COVERS).map((point, index) => ({
		kind: "manhole",
		name: `样板街区 ${point.name}`,
		position: point.at,
		site: `样板街区 ${point.net === "drain" ? "排水管网" : "管网"}`,
		fields: {
			number: `${block.district}${LETTER[point.net]}9${String(index + 1).padStart(4, "0")}`,
			owner: "演示市政公司",
			purpose: PURPOSE[point.net],
			loadClass: "D400",
		},
	}));
}
