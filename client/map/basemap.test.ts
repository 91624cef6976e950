// The style against its own rules: contrast, one origin, one font, layers that the archive really has.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LayerSpecification } from "maplibre-gl";
import { PMTiles } from "pmtiles";
import { expect, test } from "vitest";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { BASEMAP_BOUNDS, basemapStyle, PLACE_LAYERS, PROVINCE_BOUNDS } from "./basemap.ts";
import type { MapColours } from "./basemap_colours.ts";
import { MAP_COLOURS } from "./basemap_colours.ts";
import { fontFaces, MAP_FONT } from "./fonts.ts";

const origin = "http://liaowang.test";
const themes = ["night", "dusk", "day"] as const;

/** WCAG 2.2 relative luminance of #rrggbb. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

test.each(themes)("%s: figure, lines and names stand off their ground", (theme) => {
	const colours: MapColours = MAP_COLOURS[theme];
	expect(contrast(colours.countyLine, colours.land)).toBeGreaterThan(1.8);
	expect(contrast(colours.cityLine, colours.land)).toBeGreaterThan(2.5);
	expect(contrast(colours.coast, colours.land)).toBeGreaterThan(contrast(colours.cityLine, colours.land));
	for (const text of [colours.text, colours.text2, colours.text3])
		expect(contrast(text, colours.land)).toBeGreaterThan(4.5);
	expect(contrast(colours.gridText, colours.land)).toBeGreaterThan(3);
	for (const text of [colours.waterText, colours.metroText]) expect(contrast(text, colours.land)).toBeGreaterThan(4.5);
	for (const text of [colours.text, colours.text2, colours.text3, colours.waterText])
		expect(contrast(text, colours.block)).toBeGreaterThan(4.4);
	for (const ground of [colours.sea, colours.around]) expect(contrast(colours.faint, ground)).toBeGreaterThan(4.5);
	const fading = colours.waterLines.map((line) => contrast(line, colours.sea));
	expect(fading).toEqual([...fading].sort((a, b) => b - a));
});

test("the land is seen against the sea from across the room at night and dusk", () => {
	for (const theme of ["night", "dusk"] as const)
		expect(contrast(MAP_COLOURS[theme].land, MAP_COLOURS[theme].sea)).toBeGreaterThan(1.55);
});

test.each(themes)("%s: one source on our own origin, no glyphs, no sprite", (theme) => {
	const style = basemapStyle({ theme, origin });
	expect(style.glyphs).toBeUndefined();
	expect(style.sprite).toBeUndefined();
	const [source, relief, blocks, ...others] = Object.values(style.sources);
	expect([relief?.type, blocks?.type, others]).toEqual(["image", "geojson", []]);
	if (relief?.type === "image") expect(relief.url).toMatch(/^\/.*relief.*\.png/);
	expect(source).toMatchObject({ type: "vector", url: `pmtiles://${origin}/map/basemap.pmtiles` });
	expect(JSON.stringify(style).replaceAll(origin, "")).not.toMatch(/https?:\/\//);
});

function sourceLayers(layers: LayerSpecification[]): string[] {
	return layers.flatMap((layer) => ("source-layer" in layer ? [layer["source-layer"] ?? ""] : []));
}

test("every layer draws something the archive has, under an id of its own", async () => {
	const bytes = await readFile(join(import.meta.dirname, "../../geodata/liaoning/basemap.pmtiles"));
	const archive = new PMTiles({
		getKey: () => "file",
		getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
	});
	const { vector_layers } = (await archive.getMetadata()) as { vector_layers: { id: string }[] };
	const known = vector_layers.map(({ id }) => id);
	const { layers } = basemapStyle({ theme: "night", origin });
	for (const name of sourceLayers(layers)) expect(known).toContain(name);
	expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length);
	for (const id of PLACE_LAYERS) expect(layers.some((layer) => layer.id === id)).toBe(true);
	const header = await archive.getHeader();
	expect(BASEMAP_BOUNDS).toEqual([header.minLon, header.minLat, header.maxLon, header.maxLat]);
});

test("water lines lie under the land, farthest first; the land under every border and name", () => {
	const ids = basemapStyle({ theme: "night", origin }).layers.map(({ id }) => id);
	const order = ["sea", "water-line-3", "water-line-2", "water-line-1", "around", "land", "county-line", "city-line"];
	const places = [...order, "province-line", "place-county", "place-city"].map((id) => ids.indexOf(id));
	expect(places).not.toContain(-1);
	expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("scale multiplies text and lines, and what a nearer zoom shows waits for it; language chooses the name", () => {
	const one = basemapStyle({ theme: "night", origin });
	const two = basemapStyle({ theme: "night", origin, scale: 2, language: "en" });
	const widths = ({ layers }: typeof one) => layers.find(({ id }) => id === "province-line")?.paint;
	expect(widths(one)).toMatchObject({
		"line-width": ["interpolate", ["linear"], ["zoom"], 5, 1.2, 8, 2, 11, 2.6, 14, 3.2],
	});
	expect(widths(two)).toMatchObject({
		"line-width": ["interpolate", ["linear"], ["zoom"], 6, 2.4, 9, 4, 12, 5.2, 15, 6.4],
	});
	const zooms = ({ layers }: typeof one) => layers.map(({ minzoom = 0, maxzoom = 24 }) => [minzoom, maxzoom]);
	expect(zooms(two)).toEqual(
		zooms(one).map(([from = 0, to = 0]) => [from === 0 ? 0 : from + 1, to === 24 ? 24 : to + 1]),
	);
	const city = ({ layers }: typeof one) => layers.find(({ id }) => id === "place-city")?.layout;
	expect(city(one)).toMatchObject({ "text-field": ["get", "zh"], "text-font": [MAP_FONT] });
	expect(city(two)).toMatchObject({ "text-field": ["coalesce", ["get", "en"], ["get", "zh"]] });
});

function covers(range: string, code: number): boolean {
	const [from = "", to = from] = range.replace("U+", "").split("-");
	return code >= Number.parseInt(from, 16) && code <= Number.parseInt(to, 16);
}

test("every character of every district's name has a slice of the map's font", () => {
	const faces = fontFaces()[MAP_FONT] ?? [];
	expect(faces.length).toBeGreaterThan(90);
	const text = `${DISTRICTS.map(({ name }) => name.zh + name.en).join("")}渤海黄海辽东湾河北内蒙古吉林山东`;
	for (const character of new Set(text))
		expect([
			character,
			faces.some((face) => face["unicode-range"].some((range) => covers(range, character.codePointAt(0) ?? 0))),
		]).toEqual([character, true]);
	for (const { url } of faces) expect(url).toMatch(/noto-sans-sc-[a-z0-9-]+-wght-normal.*\.woff2/);
});

test("the first view lies well inside what is drawn", () => {
	const [west, south, east, north] = BASEMAP_BOUNDS;
	const [left, bottom, right, top] = PROVINCE_BOUNDS;
	expect([left - west > 15, bottom - south > 8, east - right > 15, north - top > 8]).toEqual([true, true, true, true]);
});

test("no schematic line reaches street zoom, and the notice of the missing streets begins there", () => {
	const { layers } = basemapStyle({ theme: "night", origin });
	const zooms = (prefix: string) => layers.filter(({ id }) => id.startsWith(prefix));
	for (const id of ["expressway", "railway", "highspeed", "backbone-name"])
		expect([id, zooms(id).every(({ maxzoom = 24 }) => maxzoom <= 12)]).toEqual([id, true]);
	const notice = zooms("grid-name-lat-60")[0];
	expect(notice?.minzoom).toBeLessThan(12.5);
	expect(JSON.stringify(notice?.layout)).toContain("本区无街道底图");
});

test("every word that the style itself writes has its characters in the map's font", () => {
	const faces = fontFaces()[MAP_FONT] ?? [];
	for (const character of "东经北纬本区无街道底图（示意）号线在建样板渠铁路下穿通道换热站调压箱燃气供水供热雨水井阀门°′″·")
		expect([
			character,
			faces.some((face) => face["unicode-range"].some((range) => covers(range, character.codePointAt(0) ?? 0))),
		]).toEqual([character, true]);
});
