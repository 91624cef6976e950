// The parts of the build that are not a borrowed program: the archive writer, the outline, GMT's text, distances, names.
import { PMTiles } from "pmtiles";
import { expect, test } from "vitest";
import { decodePolygons } from "../liaoning/polygon.ts";
import type { Position, Ring } from "./geometry.ts";
import { areaKm2, LineIndex, metresBetween } from "./geometry.ts";
import { ENGLISH, shortName } from "./names.ts";
import { outlineRuns, withoutEnds } from "./outline.ts";
import type { Tile } from "./pmtiles_writer.ts";
import { pmtilesArchive } from "./pmtiles_writer.ts";
import { parseGmt } from "./water.ts";

const ABOUT = { minZoom: 0, maxZoom: 8, bounds: [100, 29, 145, 53] as [number, number, number, number] };

function archiveOf(tiles: Tile[]): { bytes: Buffer; archive: PMTiles } {
	const bytes = pmtilesArchive(tiles, { ...ABOUT, center: [122, 41, 6], metadata: { name: "测试" } });
	const archive = new PMTiles({
		getKey: () => "memory",
		getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
	});
	return { bytes, archive };
}

/** Bytes that gzip cannot shrink to equal length, different for each tile. */
function noise(seed: number): Uint8Array {
	return Uint8Array.from({ length: 20 + (seed % 13) }, (_, i) => (seed * 31 + i * i * 7 + (seed >> 8)) & 255);
}

test("an archive with leaf directories reads back tile by tile", async () => {
	const tiles: Tile[] = [];
	for (let x = 0; x < 128; x++) for (let y = 0; y < 128; y++) tiles.push({ z: 7, x, y, bytes: noise(x * 128 + y) });
	const { archive } = archiveOf(tiles);
	const header = await archive.getHeader();
	expect(header.leafDirectoryLength).toBeGreaterThan(0);
	expect(header.numAddressedTiles).toBe(tiles.length);
	for (const seed of [0, 1, 127, 4711, 16383]) {
		const tile = await archive.getZxy(7, seed >> 7, seed & 127);
		expect(new Uint8Array(tile?.data ?? new ArrayBuffer(0))).toEqual(noise(seed));
	}
	expect(await archive.getMetadata()).toEqual({ name: "测试" });
});

test("equal tiles are stored once, neighbours among them as one entry, a missing tile is missing", async () => {
	const tiles = [0, 1].flatMap((x) => [0, 1].map((y) => ({ z: 1, x, y, bytes: noise(5) })));
	const { bytes, archive } = archiveOf([...tiles, { z: 2, x: 3, y: 3, bytes: noise(5) }]);
	const header = await archive.getHeader();
	expect([header.numAddressedTiles, header.numTileEntries, header.numTileContents]).toEqual([5, 2, 1]);
	expect(new Uint8Array((await archive.getZxy(2, 3, 3))?.data ?? new ArrayBuffer(0))).toEqual(noise(5));
	expect(await archive.getZxy(2, 0, 0)).toBeUndefined();
	expect(bytes.equals(archiveOf([{ z: 2, x: 3, y: 3, bytes: noise(5) }, ...tiles]).bytes)).toBe(true);
});

/** A square of about 110 km with a point every 1.1 km, counter-clockwise from the south-west. */
function square(): Ring {
	const ring: Ring = [];
	for (let i = 0; i < 100; i++) ring.push([122 + i / 100, 40]);
	for (let i = 0; i < 100; i++) ring.push([123, 40 + i / 100]);
	for (let i = 0; i < 100; i++) ring.push([123 - i / 100, 41]);
	for (let i = 0; i <= 100; i++) ring.push([122, 41 - i / 100]);
	return ring;
}

test("an outline is cut where sea and neighbour meet, and the runs join up again", () => {
	const runs = outlineRuns(square(), ([, lat]) => lat < 40.5);
	expect(runs.map(({ coast }) => coast).sort()).toEqual([false, true]);
	const [first, second] = runs.map(({ line }) => line);
	expect(first?.at(-1)).toEqual(second?.[0]);
	expect(second?.at(-1)).toEqual(first?.[0]);
	expect((first?.length ?? 0) + (second?.length ?? 0)).toBe(402);
});

test("a short run belongs to what surrounds it: no coast at a river's bend, no border at an islet", () => {
	const bend = ([lon, lat]: Position) => lat < 40.2 || (lon === 123 && lat > 40.5 && lat < 40.55);
	expect(outlineRuns(square(), bend).length).toBe(2);
	const islet = ([lon, lat]: Position) => !(lat === 40 && lon > 122.5 && lon < 122.55);
	const [only, ...others] = outlineRuns(square(), islet);
	expect([only?.coast, others.length]).toEqual([true, 0]);
	expect(only?.line[0]).toEqual(only?.line.at(-1));
	expect(outlineRuns(square(), () => true)).toEqual([{ coast: true, line: square() }]);
});

test("a line loses its ends by length", () => {
	const line: Position[] = [0, 1, 2, 3, 4, 5].map((i) => [122, 40 + i / 100]);
	expect(withoutEnds(line, 1500).map(([, lat]) => Math.round(lat * 100))).toEqual([4002, 4003]);
	expect(withoutEnds(line, 9000)).toEqual([]);
});

test("distances and areas are true within half a percent", () => {
	expect(metresBetween([123, 41], [123, 42]) / 111_100).toBeCloseTo(1, 2);
	expect(metresBetween([123, 41], [124, 41]) / 84_100).toBeCloseTo(1, 2);
	expect(areaKm2(square()) / (111.195 * 84.55)).toBeCloseTo(1, 2);
	const index = new LineIndex([square()]);
	expect(index.distance([122.5, 40.01], 3000) / 1112).toBeCloseTo(1, 2);
	expect(index.distance([122.5, 40.5], 3000)).toBeGreaterThan(3000);
});

test("GMT's text becomes lines with their level; a single point is no line", () => {
	const text =
		"# comment\n> River Bin # 16678, Level 2\n118\t43.2412909133\n118.1\t43.3\n> Shore Bin # 1, Level 3\n120\t41\n";
	const lines = parseGmt(text);
	expect(lines.length).toBe(1);
	expect(lines[0]?.properties.level).toBe(2);
	expect(lines[0]?.geometry.coordinates).toEqual([
		[118, 43.24129],
		[118.1, 43.3],
	]);
});

test("arcs of a topology are shared, reversed and joined without a double point", () => {
	const topology = {
		transform: { scale: [0.1, 0.1], translate: [120, 40] },
		arcs: [
			[
				[0, 0],
				[0, 10],
			],
			[
				[0, 10],
				[10, -5],
				[-10, -5],
			],
			[
				[0, 10],
				[-10, -5],
				[10, -5],
			],
		],
		objects: {
			county: {
				geometries: [
					{ id: 1, type: "Polygon", arcs: [[0, 1]] },
					{ id: 2, type: "MultiPolygon", arcs: [[[2, 0]]] },
				],
			},
		},
	};
	const polygons = decodePolygons(topology, "county");
	expect(polygons.get(1)?.[0]?.[0]).toEqual([
		[120, 40],
		[120, 41],
		[121, 40.5],
		[120, 40],
	]);
	expect(polygons.get(2)?.[0]?.[0]).toEqual([
		[120, 41],
		[119, 40.5],
		[120, 40],
		[120, 41],
	]);
	expect(() => decodePolygons(topology, "city")).toThrow("no object city");
});

test("115 English names; short names drop 市 and 省 only", () => {
	expect(Object.keys(ENGLISH).length).toBe(115);
	expect([shortName(210100, "沈阳市"), shortName(210000, "辽宁省"), shortName(210102, "和平区")]).toEqual([
		"沈阳",
		"辽宁",
		"和平区",
	]);
});
