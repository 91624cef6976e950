import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import { Catalogue } from "../live/catalogue.ts";
import { StatusBoard } from "../live/status.ts";
import { MARK_SIZE, Ring } from "./layers/marker_layer.ts";
import { PointLayers } from "./layers/point_layers.ts";
import type { Palette } from "./palette.ts";
import { modeAt, Picture } from "./picture.ts";

const palette: Palette = {
	status: ["#9DB0BC", "#5AA5FF", "#F0C33C", "#F5872E", "#FF5A5F", "#8A9CAA"],
	ground: "#0A1620",
	outline: "#17212A",
	text: "#E3EAF0",
	text2: "#A9B8C4",
	text3: "#8A9CAA",
	land: "#293B47",
	accent: "#6CC6D6",
};

/** Four assets, one row each: three of gas near together, one of water far away. */
const PLACES: readonly (readonly [string, number])[] = [
	["gas", 123],
	["gas", 123.001],
	["gas", 123.002],
	["water", 121],
];

function page(severities: readonly number[]): {
	picture: Picture;
	points: PointLayers;
	board: StatusBoard;
	latest: Latest;
	catalogue: Catalogue;
} {
	const latest = new Latest(1);
	latest.cells.take(latest.cells.open(8, "210102", "gas"), 4);
	latest.fit();
	for (const [row, severity] of severities.entries()) latest.write(row, 1, 1, Quality.good, severity);
	const system = (id: string, order: number): object => ({
		id,
		name: { zh: id, en: id },
		policy: [],
		order,
		kinds: [
			{
				id: `${id}Kind`,
				name: { zh: id, en: id },
				primary: "a",
				limits: [],
				fields: [],
				symbol: { icon: "一", radius: 6 },
				geometry: "point",
				measures: [],
			},
		],
	});
	const catalogue = new Catalogue();
	catalogue.take({
		revision: 1,
		epoch: 1,
		whole: true,
		systems: [system("water", 2), system("gas", 1)],
		limits: [],
		removed: [],
		cells: [],
		assets: PLACES.map(([id, lon], i) => ({
			record: { id: `a${i}`, name: `a${i}`, kind: `${id}Kind`, district: i === 3 ? "210802" : "210102", lon, lat: 41 },
			system: id,
			cell: 0,
			firstRow: i,
			measures: ["state"],
			channels: [0],
			limits: [],
		})),
	});
	const board = new StatusBoard();
	board.reset(latest, catalogue.columns);
	const points = new PointLayers({ palette, scale: 1, breath: 0 });
	const picture = new Picture(catalogue, board, points, () => null);
	picture.paint(null, 0);
	return { picture, points, board, latest, catalogue };
}

/** status, ring, radius, shown of one instance. */
function mark(points: PointLayers, layer: number, instance: number): number[] {
	return [...(points.marksOf(layer)?.subarray(instance * MARK_SIZE, (instance + 1) * MARK_SIZE) ?? [])];
}

const GAS = 0;
const WATER = 1;
const URGENT = 2;

test("the zoom decides: glyphs below 7.5, clusters between, points above", () => {
	expect([5, 7.49, 7.5, 12.4, 12.5, 17].map(modeAt)).toEqual([
		"cities",
		"cities",
		"clusters",
		"clusters",
		"points",
		"points",
	]);
});

test("the buffer of known rows: status, ring, radius, shown; orange and red in the layer over all systems only", () => {
	const { picture, points } = page([0, 2, 4, 0]);
	picture.setZoom(14);
	expect(mark(points, GAS, 0)).toEqual([0, 0, 6, 1]);
	expect(mark(points, GAS, 1)).toEqual([2, 0, 6, 1]);
	expect(mark(points, GAS, 2)[3]).toBe(0);
	expect(mark(points, WATER, 0)).toEqual([0, 0, 6, 1]);
	expect(mark(points, URGENT, 2)).toEqual([4, 0, 6, 1]);
	expect(mark(points, URGENT, 1)[3]).toBe(0);
});

test("an orange or red that a glyph or a cluster holds is a pin; standing alone it is a point", () => {
	const { picture, points } = page([0, 0, 4, 3]);
	expect(picture.mode).toBe("cities");
	expect(picture.urgent().map(({ index, level }) => [index, level])).toEqual([
		[2, 4],
		[3, 3],
	]);
	picture.setZoom(9);
	// The one of water stands alone at this zoom, the one of gas is in a cluster of three.
	expect(picture.urgent().map(({ index }) => index)).toEqual([2]);
	expect(mark(points, URGENT, 3)[3]).toBe(1);
	picture.setZoom(14);
	expect(picture.urgent()).toEqual([]);
});

test("city glyphs count every asset of their city by status", () => {
	const { picture } = page([0, 2, 4, 3]);
	const cities = picture.cities();
	expect(cities.map(({ code, total }) => [code, total])).toEqual([
		["210100", 3],
		["210800", 1],
	]);
	expect(cities[0]?.counts).toEqual([1, 0, 1, 0, 1, 0]);
	expect([...(cities[0]?.ticks ?? [])]).toEqual([0, 2, 4]);
});

test("a hidden system leaves layers, clusters, glyphs and pins", () => {
	const { picture, points } = page([0, 2, 4, 3]);
	picture.setHidden(new Set(["water"]));
	expect(picture.urgent().map(({ index }) => index)).toEqual([2]);
	expect(picture.cities().find(({ code }) => code === "210800")?.total).toBe(0);
	picture.setZoom(14);
	expect(mark(points, URGENT, 3)[3]).toBe(0);
});

test("a change of status reaches cluster counts and marks without a rebuild", () => {
	const { picture, board, latest, points } = page([0, 0, 0, 0]);
	picture.setZoom(9);
	const before = picture.clusters;
	latest.write(1, 1, 2, Quality.good, 1);
	board.update(latest, (visit) => {
		visit(1);
		return false;
	});
	picture.paint(board.changed, board.changedCount);
	expect(picture.clusters).toBe(before);
	expect([...(before?.counts.subarray(0, 6) ?? [])]).toEqual([2, 1, 0, 0, 0, 0]);
	expect(mark(points, GAS, 1)[0]).toBe(1);
	expect(points.marksOf(GAS)?.length).toBe(3 * MARK_SIZE);
});

test("only the layers whose assets changed are made anew, and positions keep their wrapper", () => {
	const { picture, board, latest, points } = page([0, 0, 0, 0]);
	picture.setZoom(14);
	const [gasBefore, waterBefore] = points.layers();
	latest.write(0, 1, 2, Quality.good, 2);
	board.update(latest, (visit) => {
		visit(0);
		return false;
	});
	picture.paint(board.changed, board.changedCount);
	const [gas, water] = points.layers();
	expect(water).toBe(waterBefore);
	expect(gas).not.toBe(gasBefore);
	const attributes = (layer: unknown): Record<string, unknown> =>
		(layer as { props: { data: { attributes: Record<string, unknown> } } }).props.data.attributes;
	expect(attributes(gas).instancePositions).toBe(attributes(gasBefore).instancePositions);
	expect(attributes(gas).instanceMarks).not.toBe(attributes(gasBefore).instanceMarks);
});

test("rings come from the alarm list: seen, unseen, and the newest unseen red", () => {
	const { picture, points } = page([4, 4, 3, 0]);
	picture.setZoom(14);
	const base = { shelvedUntil: null, suppressedBy: null, outOfService: false, active: true };
	const alarm = (asset: string, severity: number, acknowledged: boolean, raisedAt: number): Alarm =>
		({ ...base, id: asset, asset, severity, acknowledged, raisedAt }) as Alarm;
	picture.setAlarms([alarm("a0", 4, false, 10), alarm("a1", 4, false, 20), alarm("a2", 3, true, 5)]);
	const rings = [0, 1, 2].map((instance) => mark(points, URGENT, instance)[1]);
	expect(rings).toEqual([Ring.open, Ring.newest, Ring.acknowledged]);
	expect(picture.breathes).toBe(true);
	picture.setAlarms([]);
	expect(picture.breathes).toBe(false);
});
