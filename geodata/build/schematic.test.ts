// What is written by hand or computed for the base map: rivers keep to the right side of real stations, lines are smooth and on land,
// the metro hangs together, the graticule counts right, and the relief is a PNG.
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { districtAt } from "../liaoning/districts.ts";
import { METRO_LINES } from "../liaoning/metro.ts";
import { COURSES, RESERVOIRS } from "../liaoning/river_courses.ts";
import { backbones } from "./backbones.ts";
import type { Position, Ring } from "./geometry.ts";
import { collection, feature, linesOf, metresBetween } from "./geometry.ts";
import { arcText, graticule, inside } from "./grid.ts";
import { metroLines, metroStations } from "./metro_layer.ts";
import { greyAlphaPng } from "./png.ts";
import { smoothLine } from "./smooth.ts";

function station(line: string, name: string): Position {
	const found = METRO_LINES.find(({ id }) => id === line)?.stations.find(([zh]) => zh === name);
	if (!found) throw new Error(`no station ${name} on ${line}`);
	return [found[1], found[2]];
}

/** How often the line a-b crosses the course: odd when the river flows between the two. */
function crossings(course: readonly Position[], a: Position, b: Position): number {
	const side = ([px, py]: Position, [qx, qy]: Position, [x, y]: Position) =>
		(qx - px) * (y - py) - (qy - py) * (x - px);
	let count = 0;
	for (const [i, to] of course.entries()) {
		const from = course[i - 1];
		if (!from) continue;
		if (side(from, to, a) > 0 !== side(from, to, b) > 0 && side(a, b, from) > 0 !== side(a, b, to) > 0) count += 1;
	}
	return count;
}

const course = (zh: string) => smoothLine(COURSES.find((one) => one.zh === zh)?.line ?? []);

test("the Hun flows through Shenyang between the stations of its two banks", () => {
	const hun = course("浑河");
	const banks: [line: string, north: string, otherLine: string, south: string][] = [
		["sy-2", "五里河", "sy-2", "奥体中心"],
		["sy-6", "三好桥", "sy-6", "南堤西路"],
		["sy-4", "南京桥", "sy-4", "长白岛"],
		["sy-10", "长青桥", "sy-10", "长青南街"],
		["sy-9", "大通湖街", "sy-9", "曹仲"],
		["sy-1-east", "农业大学", "sy-9-east", "国公寨大街"],
	];
	for (const [line, north, otherLine, south] of banks)
		expect([north, south, crossings(hun, station(line, north), station(otherLine, south)) % 2]).toEqual([
			north,
			south,
			1,
		]);
	// North of the river altogether.
	for (const [line, a, b] of [
		["sy-2", "青年公园", "市图书馆"],
		["sy-3-east", "凌空", "方家栏"],
	] as const)
		expect(crossings(hun, station(line, a), station(line, b))).toBe(0);
	for (const { stations } of METRO_LINES.filter(({ city }) => city === "210100"))
		for (const [name, lon, lat] of stations) {
			const nearest = Math.min(...hun.map((point) => metresBetween(point, [lon, lat])));
			expect([name, nearest > 150]).toEqual([name, true]);
		}
});

test("rivers are long, believable in width, and lie in Liaoning or end at its shore", () => {
	expect(COURSES.map(({ zh }) => zh)).toEqual(expect.arrayContaining(["浑河", "太子河", "小凌河", "大洋河", "碧流河"]));
	for (const { zh, widthM, line } of COURSES) {
		expect([zh, widthM >= 40 && widthM <= 600]).toEqual([zh, true]);
		const inLiaoning = line.filter(([lon, lat]) => districtAt(lon, lat));
		expect([zh, inLiaoning.length * 2 > line.length]).toEqual([zh, true]);
	}
	expect(RESERVOIRS.length).toBe(12);
	for (const { zh, at } of RESERVOIRS) expect([zh, districtAt(...at) !== undefined]).toEqual([zh, true]);
});

test("a smooth line passes through its anchors and does not leave them by far", () => {
	const anchors: Position[] = [
		[122, 41],
		[122.1, 41.05],
		[122.3, 41],
		[122.31, 41.2],
	];
	const line = smoothLine(anchors);
	for (const anchor of anchors) expect(line).toContainEqual(anchor);
	expect(line.length).toBe(37);
	expect(Math.max(...line.map(([lon]) => lon))).toBeLessThan(122.34);
	const turn = (i: number) => {
		const at = (index: number): readonly [number, number] => line[index] ?? [0, 0];
		const [a, b, c] = [at(i - 1), at(i), at(i + 1)] as const;
		const angle = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
		return Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));
	};
	for (let i = 1; i + 1 < line.length; i++) expect(turn(i)).toBeLessThan(0.6);
});

test("backbones have names, kinds and no kilometre at sea", () => {
	const { features } = backbones();
	expect(new Set(features.map(({ properties }) => properties.kind))).toEqual(
		new Set(["expressway", "highspeed", "railway"]),
	);
	const codes = new Set(features.map(({ properties }) => properties.code));
	for (const code of ["G1", "G11", "G15", "G16", "G25", "G1113", "G1212"]) expect(codes).toContain(code);
	const lost: string[] = [];
	for (const { geometry, properties } of features) {
		const points = linesOf(geometry).flat();
		const outside = points.filter(([lon, lat]) => !districtAt(lon, lat));
		if (outside.length > points.length * 0.12) lost.push(`${properties.zh} ${outside.length}/${points.length}`);
	}
	expect(lost).toEqual([]);
});

test("metro: every line and station once, interchanges joined, extensions hang on", () => {
	const stations = metroStations().features;
	const names = (wanted: number) =>
		stations.filter(({ properties }) => properties.lines === wanted).map(({ properties }) => properties.zh);
	expect(names(2)).toEqual(
		expect.arrayContaining(["铁西广场", "青年大街", "沈阳北站", "西安路", "大连北站", "青泥洼桥"]),
	);
	const all = METRO_LINES.flatMap((line) => line.stations.map(([name]) => `${line.city}${name}`));
	expect(stations.length).toBeGreaterThanOrEqual(new Set(all).size);
	expect(stations.length).toBeLessThan(new Set(all).size + 4);
	const bridge = stations.find(({ properties }) => properties.zh === "三好桥");
	expect(bridge?.properties).toMatchObject({ on: "6 号线（在建）", building: true });
	const lines = metroLines().features;
	expect(lines.length).toBe(METRO_LINES.length);
	const east = lines.find(({ properties }) => properties.id === "sy-1-east");
	expect(linesOf(east?.geometry ?? { type: "Point", coordinates: [0, 0] })[0]?.[0]).toEqual(
		station("sy-1", "黎明广场"),
	);
});

test("the graticule counts in degrees, minutes and seconds, inside the land and outside its holes", () => {
	expect([arcText(123.4 * 3600), arcText(41 * 3600 + 15), arcText(150_000)]).toEqual([
		"123°24′",
		"41°00′15″",
		"41°40′",
	]);
	const square: Ring = [
		[122, 40],
		[123, 40],
		[123, 41],
		[122, 41],
		[122, 40],
	];
	const hole: Ring = square.map(([lon, lat]): Position => [122.4 + (lon - 122) * 0.2, 40.4 + (lat - 40) * 0.2]);
	const lengths = inside([square, hole], 122.5, 0).map(([from, to]) => Math.round((to - from) * 100));
	expect(lengths).toEqual([40, 40]);
	expect(inside([square, hole], 123.5, 0)).toEqual([]);
	const wide: Ring = square.map(([lon, lat]): Position => [121 + (lon - 122) * 3, 38 + (lat - 40) * 4]);
	const { features } = graticule(collection([feature({ type: "Polygon", coordinates: [wide] })]));
	expect(features.filter(({ properties }) => properties.step === 60).length).toBe(3 * 60 + 3.5 * 60);
	expect(features.length).toBe(12 * 6.5 * 60);
	// Shenyang's model block has a map of its own: the meridian through its middle is in two pieces.
	const middle = features.find(({ properties }) => properties.axis === "lon" && properties.arc === "123°26′15″");
	expect(linesOf(middle?.geometry ?? { type: "Point", coordinates: [0, 0] }).length).toBe(2);
});

test("the relief's picture reads back pixel by pixel", () => {
	const pixels = Uint8Array.from({ length: 3 * 2 * 2 }, (_, i) => i * 20);
	const png = greyAlphaPng(3, 2, pixels);
	expect(png.subarray(1, 4).toString()).toBe("PNG");
	expect([png.readUInt32BE(16), png.readUInt32BE(20), png[25]]).toEqual([3, 2, 4]);
	const length = png.readUInt32BE(33);
	const rows = inflateSync(png.subarray(41, 41 + length));
	expect([...rows.subarray(0, 7)]).toEqual([2, ...pixels.subarray(0, 6)]);
	expect(rows[8]).toBe(((pixels[6] ?? 0) - (pixels[0] ?? 0)) & 255);
});
