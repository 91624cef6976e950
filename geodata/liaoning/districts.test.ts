// The table, the polygons and the archive as they are committed: what they hold, where they lie, and that nobody edited them by hand.
import { createHash } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PMTiles } from "pmtiles";
import { expect, test } from "vitest";
import { CITIES, CODE_ALIASES, COUNTIES, currentCode, DISTRICTS, districtOf } from "./district_table.ts";
import { districtAt, polygonsOfDistrict } from "./districts.ts";
import { contains } from "./polygon.ts";

const here = import.meta.dirname;

/** GB/T 2260 in force since 2016: the last two digits of the counties of each city. */
const CODES: Record<string, string> = {
	210100: "02 03 04 05 06 11 12 13 14 15 23 24 81",
	210200: "02 03 04 11 12 13 14 24 81 83",
	210300: "02 03 04 11 21 23 81",
	210400: "02 03 04 11 21 22 23",
	210500: "02 03 04 05 21 22",
	210600: "02 03 04 24 81 82",
	210700: "02 03 11 26 27 81 82",
	210800: "02 03 04 11 81 82",
	210900: "02 03 04 05 11 21 22",
	211000: "02 03 04 05 11 21 81",
	211100: "02 03 04 22",
	211200: "02 04 21 23 24 81 82",
	211300: "02 03 21 22 24 81 82",
	211400: "02 03 04 21 22 81",
};

test("the table holds the province, 14 cities and the 100 counties of GB/T 2260", () => {
	expect(DISTRICTS.length).toBe(115);
	expect(CITIES.map(({ code }) => code)).toEqual(Object.keys(CODES));
	const expected = Object.entries(CODES).flatMap(([city, ends]) =>
		ends.split(" ").map((end) => city.slice(0, 4) + end),
	);
	expect(COUNTIES.map(({ code }) => code)).toEqual(expected);
	expect(COUNTIES.length).toBe(100);
});

test("59 districts, 16 county-level cities, 8 autonomous and 17 other counties, each under its city", () => {
	const ending = (pattern: RegExp) => COUNTIES.filter(({ name }) => pattern.test(name.zh)).length;
	expect([ending(/区$/), ending(/市$/), ending(/自治县$/), ending(/(?<!自治)县$/)]).toEqual([59, 16, 8, 17]);
	for (const { code, parent } of COUNTIES) expect(parent).toBe(`${code.slice(0, 4)}00`);
});

test("names in both languages, short enough for a label; no two cities alike", () => {
	for (const { name, short } of DISTRICTS) {
		expect(name.zh).toMatch(/^[\u4e00-\u9fff]{2,11}$/);
		expect(short.zh).toMatch(/^[\u4e00-\u9fff]{2,5}$/);
		expect(name.en).toMatch(/^[A-Z][a-zü']+( [A-Z][a-z]+)*$/);
		expect(name.en.startsWith(short.en)).toBe(true);
	}
	expect(districtOf("211324")?.short).toEqual({ zh: "喀左县", en: "Harqin" });
	expect(new Set(CITIES.map(({ short }) => short.zh)).size).toBe(14);
});

test("the cities' census of 2020 sums to the province's 42,591,407", () => {
	expect(CITIES.reduce((sum, { population }) => sum + (population?.census2020 ?? 0), 0)).toBe(42_591_407);
});

test("withdrawn codes lead to the ones in force", () => {
	expect(currentCode("210122")).toBe("210115");
	expect(districtOf("211121")?.name.zh).toBe("大洼区");
	expect(districtOf("210282")?.name.zh).toBe("普兰店区");
	expect(districtOf("110101")).toBeUndefined();
	for (const old of CODE_ALIASES.keys()) expect(DISTRICTS.some(({ code }) => code === old)).toBe(false);
});

test("positions fall in their district; borders left in GCJ-02 would put 沈阳站 in 铁西区", () => {
	expect(districtAt(123.3907, 41.7913)?.name.zh).toBe("和平区"); // 沈阳站, east of the railway that is the border
	expect(districtAt(123.3846, 41.7889)?.name.zh).toBe("铁西区"); // the same place if the borders lay 500 m east
	expect(districtAt(121.6137, 38.9138)?.name.zh).toBe("西岗区"); // Dalian's city hall
	expect(districtAt(122.59, 39.27)?.name.zh).toBe("长海县"); // an island
	expect(districtAt(121.2, 40.3)).toBeUndefined(); // Liaodong Bay
	expect(districtAt(116.4, 39.9)).toBeUndefined(); // Beijing
});

test("every box holds its own ground and the seat of all but the counties that sit in their neighbour", () => {
	const elsewhere: string[] = [];
	for (const { code, name, centre, bbox } of COUNTIES) {
		const [west, south, east, north] = bbox;
		expect(west < east && south < north).toBe(true);
		for (const ring of polygonsOfDistrict(code)?.flat() ?? [])
			for (const [lon, lat] of ring)
				expect(lon > west - 1e-3 && lon < east + 1e-3 && lat > south - 1e-3 && lat < north + 1e-3).toBe(true);
		if (districtAt(...centre)?.code !== code) elsewhere.push(name.zh);
	}
	expect(elsewhere).toEqual(["抚顺县", "文圣区", "太子河区", "盘山县"]);
});

test("counties do not overlap and leave no gap inside the province", () => {
	const polygons = COUNTIES.map(({ code }) => polygonsOfDistrict(code) ?? []);
	let inside = 0;
	for (let lon = 121.9; lon < 124.4; lon += 0.037)
		for (let lat = 41; lat < 42.2; lat += 0.029) {
			const owners = polygons.filter((parts) => parts.some((polygon) => contains(polygon, lon, lat)));
			expect([lon, lat, owners.length]).toEqual([lon, lat, 1]);
			inside += 1;
		}
	expect(inside).toBeGreaterThan(2000);
	expect(polygonsOfDistrict("210100")?.length).toBeGreaterThan(12);
	expect(polygonsOfDistrict("110000")).toBeUndefined();
});

async function openArchive(): Promise<PMTiles> {
	const file = join(here, "basemap.pmtiles");
	const handle = await open(file);
	const bytes = await handle.readFile();
	await handle.close();
	return new PMTiles({
		getKey: () => file,
		getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
	});
}

test("the archive spans zoom 3 to 10 of its bounds and names its layers and sources", async () => {
	const archive = await openArchive();
	const header = await archive.getHeader();
	expect([header.specVersion, header.minZoom, header.maxZoom, header.tileType]).toEqual([3, 3, 10, 1]);
	expect([header.minLon, header.minLat, header.maxLon, header.maxLat]).toEqual([100, 29, 145, 53]);
	const metadata = (await archive.getMetadata()) as { attribution: string; vector_layers: { id: string }[] };
	expect(metadata.attribution).toMatch(/天地图.*OpenStreetMap.*GSHHG/);
	const ground = "around around_border liaoning city county border coast lake river river_area".split(" ");
	const layers = [...ground, "backbone", "metro", "station", "grid", "place"];
	expect(metadata.vector_layers.map(({ id }) => id)).toEqual(layers);
});

/** The words in the tile of a place: a vector tile holds its texts as they are. */
async function wordsAt(archive: PMTiles, z: number, lon: number, lat: number): Promise<string> {
	const x = Math.floor(((lon + 180) / 360) * 2 ** z);
	const y = Math.floor((0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 2 ** z);
	const tile = await archive.getZxy(z, x, y);
	return Buffer.from(tile?.data ?? new ArrayBuffer(0)).toString("utf8");
}

test("every zoom has a tile at Shenyang with its names, and nothing beyond", async () => {
	const archive = await openArchive();
	for (let z = 5; z <= 10; z++) expect(await wordsAt(archive, z, 123.423, 41.794)).toContain("沈阳");
	const city = await wordsAt(archive, 10, 123.423, 41.794);
	for (const word of ["浑河", "三好桥", "6 号线（在建）", "123°25′15″", "哈大高铁", "river_area"])
		expect(city).toContain(word);
	expect(await wordsAt(archive, 8, 124.18, 41.9)).toContain("大伙房水库");
	expect(await wordsAt(archive, 10, 121.604, 38.917)).toContain("青泥洼桥");
	expect(await wordsAt(archive, 9, 121.13, 41.1)).toContain("小凌河");
	expect(await archive.getZxy(11, 1726, 763)).toBeUndefined();
});

test("the whole base map is below 8 MB and every file has the digest of SHA256SUMS", async () => {
	let total = 0;
	const sums = (await readFile(join(here, "SHA256SUMS"), "utf8")).trim().split("\n");
	expect(sums.length).toBe(4);
	for (const sum of sums) {
		const [digest, name = ""] = sum.split("  ");
		const file = join(here, name);
		total += (await stat(file)).size;
		expect([
			name,
			createHash("sha256")
				.update(await readFile(file))
				.digest("hex"),
		]).toEqual([name, digest]);
	}
	expect(total).toBeLessThan(8e6);
});
