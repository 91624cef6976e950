// The two model blocks (样板街区, 示意): 2 km x 2 km of streets, houses, four nets, covers, a building site and an underpass, drawn
// by hand because no package holds streets. They show what a city with its own map looks like; nothing in them is a real street.
// Read by the demo catalogue and by the base map's style; plans are in metres (block_plan.ts), what comes out is WGS-84.
import type { Net, PlanPoint } from "./block_nets.ts";
import { NETS, netsOf } from "./block_nets.ts";
import type { Box, BuildingUse, CellUse, Metres, Plan, PlanBuilding, PlanStreet } from "./block_plan.ts";
import {
	boxRing,
	buildingsOf,
	ellipse,
	HALF_M,
	isClear,
	placer,
	rectangle,
	siteBox,
	smooth,
	strip,
} from "./block_plan.ts";
import { MODEL_PLANS } from "./model_block_plans.ts";
import type { Position } from "./polygon.ts";

/** First and last position are the same. */
export type BlockRing = readonly Position[];
export type BlockLine = readonly Position[];
export interface BlockPoint {
	readonly net: Net;
	/** 雨水井 014 */
	readonly name: string;
	readonly at: Position;
}

export interface BlockSite {
	/** 浑南区 样板街区 3 号地块 */
	readonly name: string;
	/** The hoarding. */
	readonly polygon: BlockRing;
	readonly pit: BlockRing;
	readonly cranes: readonly { readonly name: string; readonly at: Position; readonly jibM: number }[];
	readonly dust: Position;
	readonly camera: Position;
	readonly gate: Position;
}

export interface ModelBlock {
	readonly id: string;
	/** County-level code. */
	readonly district: string;
	readonly name: { readonly zh: string; readonly en: string };
	readonly centre: Position;
	readonly outline: BlockRing;
	readonly streets: readonly {
		readonly name: string;
		readonly use: "main" | "street" | "lane";
		readonly widthM: number;
		readonly line: BlockLine;
	}[];
	readonly railway: BlockLine;
	readonly canal: { readonly name: string; readonly ring: BlockRing; readonly middle: BlockLine };
	readonly greens: readonly BlockRing[];
	/** Ponds, and the sports grounds of schools. */
	readonly ponds: readonly BlockRing[];
	readonly pitches: readonly BlockRing[];
	readonly buildings: readonly { readonly use: BuildingUse; readonly floors: number; readonly ring: BlockRing }[];
	readonly site: BlockSite;
	/** Where a street dips under the railway; `at` is the lowest point. */
	readonly underpass: { readonly name: string; readonly at: Position; readonly line: BlockLine };
	readonly manholes: readonly BlockPoint[];
	readonly valves: readonly BlockPoint[];
	/** Heat exchange stations (net heat) and gas regulators (net gas), one for each quarter with homes. */
	readonly stations: readonly BlockPoint[];
	readonly nets: Readonly<Record<Net, readonly BlockLine[]>>;
}

const PAVEMENT_M = 14;
/** Green kept free of houses beside the canal and the railway. */
const BANK_M = 34;
const RAIL_M = 30;

type Cell = { use: CellUse; box: Box };

/** The grid's cells without their streets, row by row from the north. */
function cellsOf({ north, east, cells }: Plan): Cell[] {
	const inner = (a: PlanStreet, b: PlanStreet): [number, number] => [
		a.at + a.widthM / 2 + PAVEMENT_M,
		b.at - b.widthM / 2 - PAVEMENT_M,
	];
	return cells.flatMap((row, fromNorth) =>
		row.flatMap((use, column) => {
			const [left, right] = [north[column], north[column + 1]];
			const [low, high] = [east[cells.length - 1 - fromNorth], east[cells.length - fromNorth]];
			if (!left || !right || !low || !high) return [];
			const [west, eastEdge] = inner(left, right);
			const [south, northEdge] = inner(low, high);
			return [{ use, box: { west, south, east: eastEdge, north: northEdge } }];
		}),
	);
}

const HOMES: readonly CellUse[] = ["slabs", "towers", "court"];

function lanes(cells: readonly Cell[]): Metres[][] {
	return cells
		.filter(({ use }) => HOMES.includes(use))
		.flatMap(({ box: { west, south, east, north } }) => {
			const [x, y] = [(west + east) / 2, (south + north) / 2];
			return [
				[
					[x, south - PAVEMENT_M],
					[x, north + PAVEMENT_M],
				],
				[
					[west - PAVEMENT_M, y],
					[east + PAVEMENT_M, y],
				],
			] satisfies Metres[][];
		});
}

/** Hoarding, pit and cranes in the cell of use "site"; dust station, camera and gate at the hoarding. */
function siteOf(plan: Plan, hoarding: Box, place: (point: Metres) => Position): BlockSite {
	const { west, south, east, north } = hoarding;
	const pit = { west: west + 46, south: south + 48, east: east - 34, north: north - 34 };
	const cranes: [string, Metres, number][] = [
		["1 号塔吊", [pit.west - 8, pit.north - 30], 60],
		["2 号塔吊", [pit.east + 8, pit.north - 52], 65],
		["3 号塔吊", [(west + east) / 2, pit.south - 10], 55],
	];
	return {
		name: plan.siteName,
		polygon: boxRing(hoarding).map(place),
		pit: boxRing(pit).map(place),
		cranes: cranes.map(([name, point, jibM]) => ({ name, at: place(point), jibM })),
		dust: place([west + 8, (south + north) / 2]),
		camera: place([west + 10, south + 24]),
		gate: place([(west + east) / 2 + 50, south]),
	};
}

/** A ring that keeps the last point equal to the first after rounding. */
const placed = (ring: readonly Metres[], place: (point: Metres) => Position): Position[] => ring.map(place);

function middleOf({ west, south, east, north }: Box): Metres {
	return [(west + east) / 2, (south + north) / 2];
}

/** The track of a school, south of its wings. */
function fieldOf(box: Box): Metres[] {
	const [x, y] = middleOf({ ...box, east: box.west + 0.66 * (box.east - box.west) });
	return ellipse([x + 4, y - 70], 150, 84);
}

function standing(
	cells: readonly Cell[],
	canal: readonly Metres[],
	plan: Plan,
	railway: readonly Metres[],
): PlanBuilding[] {
	return cells
		.flatMap(({ use, box }) => buildingsOf(use, box))
		.filter(({ ring }) => isClear(ring, canal, plan.canal.widthM / 2 + BANK_M) && isClear(ring, railway, RAIL_M));
}

function streetsOf(plan: Plan, cells: readonly Cell[], place: (point: Metres) => Position): ModelBlock["streets"] {
	const use = (widthM: number) => (widthM >= 40 ? ("main" as const) : ("street" as const));
	const grid = (street: PlanStreet, line: Metres[]) => ({
		name: street.name,
		use: use(street.widthM),
		widthM: street.widthM,
		line: line.map(place),
	});
	return [
		...lanes(cells).map((line) => ({ name: "", use: "lane" as const, widthM: 7, line: line.map(place) })),
		...plan.north.map((street) =>
			grid(street, [
				[street.at, -HALF_M],
				[street.at, HALF_M],
			]),
		),
		...plan.east.map((street) =>
			grid(street, [
				[-HALF_M, street.at],
				[HALF_M, street.at],
			]),
		),
	];
}

function underpassOf(plan: Plan, place: (point: Metres) => Position): ModelBlock["underpass"] {
	const street = plan.east.find(({ name }) => name === plan.underpass.street);
	if (!street) throw new Error(`${plan.id}: no street ${plan.underpass.street}`);
	const { x } = plan.underpass;
	const line = [-90, -45, 0, 45, 90].map((along): Metres => [x + along, street.at]);
	return { name: `${street.name}铁路下穿通道`, at: place([x, street.at]), line: line.map(place) };
}

function greensOf(cells: readonly Cell[], canal: readonly Metres[], plan: Plan): Metres[][] {
	const parks = cells.filter(({ use }) => use === "park").map(({ box }) => boxRing(box));
	const gardens = cells.filter(({ use }) => use === "towers").map(({ box }) => rectangle(middleOf(box), 130, 74));
	return [strip(canal, plan.canal.widthM + 2 * BANK_M), ...parks, ...gardens];
}

function build(plan: Plan): ModelBlock {
	const place = placer(plan);
	const cells = cellsOf(plan);
	const canal = smooth(plan.canal.line);
	const railway = smooth(plan.railway);
	const site = cells.find(({ use }) => use === "site");
	if (!site) throw new Error(`${plan.id}: no cell for the building site`);
	const nets = netsOf(
		plan,
		cells.filter(({ use }) => HOMES.includes(use)).map(({ box }) => box),
	);
	const points = (list: readonly PlanPoint[]): BlockPoint[] => list.map((point) => ({ ...point, at: place(point.at) }));
	const fields = cells.filter(({ use }) => use === "school").map(({ box }) => fieldOf(box));
	const lines = (net: Net) => nets.lines[net].map((line) => line.map(place));
	const [gas, water, heat, drain] = NETS.map(lines);
	return {
		id: plan.id,
		district: plan.district,
		name: plan.name,
		centre: plan.centre,
		outline: placed(rectangle([0, 0], 2 * HALF_M, 2 * HALF_M), place),
		streets: streetsOf(plan, cells, place),
		railway: railway.map(place),
		canal: { name: plan.canal.name, ring: placed(strip(canal, plan.canal.widthM), place), middle: canal.map(place) },
		greens: greensOf(cells, canal, plan).map((ring) => placed(ring, place)),
		ponds: cells
			.filter(({ use }) => use === "park")
			.map(({ box }) => placed(ellipse([middleOf(box)[0] + 30, middleOf(box)[1] + 10], 150, 96), place)),
		pitches: fields.map((ring) => placed(ring, place)),
		buildings: standing(cells, canal, plan, railway).map(({ use, floors, ring }) => ({
			use,
			floors,
			ring: placed(ring, place),
		})),
		site: siteOf(plan, siteBox(site.box), place),
		underpass: underpassOf(plan, place),
		manholes: points(nets.manholes),
		valves: points(nets.valves),
		stations: points(nets.stations),
		nets: { gas: gas ?? [], water: water ?? [], heat: heat ?? [], drain: drain ?? [] },
	};
}

/** Shenyang's and Dalian's. */
export const MODEL_BLOCKS: readonly ModelBlock[] = MODEL_PLANS.map(build);
