// The wall's stage: where a stop stands, the ramps, the rings' ticks, the captions of a site. Pure parts.
import { expect, test } from "vitest";
import type { PageAsset } from "../../live/catalogue.ts";
import { isSameStop } from "../../live/stop.ts";
import { PROVINCE_BOUNDS } from "../basemap.ts";
import { TILE_PX, worldX, worldY } from "../mercator.ts";
import { placeOf, wallScale } from "./flight.ts";
import { rampAt, readRamps } from "./ramps.ts";
import { FIGURES, ringsOf, ticksOf, wantedFor } from "./season_figure.ts";
import { placeCaptions } from "./site_labels.ts";
import { shortOf, siteOf } from "./site_scene.ts";

const INSETS = { top: 92, right: 410, bottom: 175, left: 470 };

test.each([
	[1920, 1080],
	[3840, 2160],
	[3840, 1080],
])("the province fills what the columns leave at %i x %i, and no more", (width, height) => {
	const scale = wallScale(width, height);
	const insets = Object.fromEntries(Object.entries(INSETS).map(([side, px]) => [side, px * scale])) as typeof INSETS;
	const { center, zoom, padding } = placeOf({ kind: "province" }, insets, scale, { width, height });
	const px = TILE_PX * 2 ** zoom;
	const x = (lon: number): number =>
		(padding.left + width - padding.right) / 2 + (worldX(lon) - worldX(center[0])) * px;
	const y = (lat: number): number =>
		(padding.top + height - padding.bottom) / 2 + (worldY(lat) - worldY(center[1])) * px;
	const [west, south, east, north] = PROVINCE_BOUNDS;
	const room = [
		x(west) - insets.left,
		width - insets.right - x(east),
		y(north) - insets.top,
		height - insets.bottom - y(south),
	];
	for (const one of room) expect(one).toBeGreaterThan(0);
	// One of the two directions is used up but for the rims of the outer glyphs.
	expect(Math.min((room[0] ?? 0) + (room[1] ?? 0), (room[2] ?? 0) + (room[3] ?? 0))).toBeLessThan(80 * scale);
});

test("a stop's zoom is that of a wall of 1080 lines", () => {
	const stop = { kind: "city", district: "210100", lon: 123.4, lat: 41.8, zoom: 10.8 } as const;
	expect(placeOf(stop, INSETS, 1, { width: 1920, height: 1080 }).zoom).toBe(10.8);
	expect(placeOf(stop, INSETS, 2, { width: 3840, height: 2160 }).zoom).toBe(11.8);
	expect(isSameStop(stop, { ...stop })).toBe(true);
	expect(isSameStop(stop, { ...stop, zoom: 11 })).toBe(false);
});

test("ramps come from the page's tokens and grow lighter all the way", () => {
	const tokens: Record<string, string> = {
		"--heat-1": "#4a3428",
		"--heat-2": "#966c54",
		"--heat-3": "#e2ceb2",
		"--water-1": "#3e5a55",
		"--water-2": "#a9c4bc",
		"--dust-1": "#3b3a36",
		"--dust-2": "#c9bfa6",
	};
	const ramps = readRamps({ getPropertyValue: (name) => ` ${tokens[name]} ` });
	expect(rampAt(ramps.heat, 0.5)).toEqual([0x96, 0x6c, 0x54]);
	expect(rampAt(ramps.heat, -3)).toEqual([0x4a, 0x34, 0x28]);
	for (const ramp of Object.values(ramps)) {
		let last = -1;
		for (let share = 0; share <= 1; share += 0.05) {
			const sum = rampAt(ramp, share).reduce((a, b) => a + b, 0);
			expect(sum).toBeGreaterThanOrEqual(last);
			last = sum;
		}
	}
	expect(() => readRamps({ getPropertyValue: () => "" })).toThrow("--heat-1");
});

function station(id: string, lon: number, lat: number, firstRow: number, cell = 0): PageAsset {
	return {
		record: { id, lon, lat, name: id },
		kind: { id: "heatStation" },
		city: "210100",
		measures: ["supplyTemp"],
		firstRow,
		cell,
	} as unknown as PageAsset;
}

test("a ring's ticks go round by compass, north first; what nobody knows is a gap", () => {
	const around = [
		station("south", 123, 41, 1),
		station("east", 124, 42, 2),
		station("north", 123, 43, 0),
		station("west", 122, 42, 3),
	];
	const rings = ringsOf(around, FIGURES.isotherms);
	expect(rings.get("210100")).toEqual([[0], [2], [1], [3]]);
	const [low, high] = FIGURES.isotherms.range;
	const values = [low, high, Number.NaN, (low + high) / 2];
	const shares = ticksOf(rings, "210100", FIGURES.isotherms, (row) => values[row] ?? Number.NaN).map(
		({ share }) => share,
	);
	const each = shares.length / 4;
	expect([shares[0], shares[each], shares[2 * each], shares[3 * each]]).toEqual([0, null, 1, 0.5]);
});

test("one row is named per cell, because it brings the whole of it", () => {
	const assets = [station("a", 1, 1, 0, 7), station("b", 1, 1, 2, 7), station("c", 1, 1, 4, 8)];
	expect(wantedFor({ assets }, "heatStation", "supplyTemp").map(({ asset }) => asset)).toEqual(["a", "c"]);
	expect(wantedFor({ assets }, "dust", "pm10")).toEqual([]);
});

test("captions cover neither each other nor a symbol; the last one that finds no room is left out", () => {
	const crowd = Array.from({ length: 9 }, (_, i) => ({
		x: 500 + (i % 3) * 34,
		y: 400 + Math.floor(i / 3) * 30,
		width: 150,
		height: 62,
	}));
	const boxes = placeCaptions(crowd, 1);
	const placed = boxes.filter((box) => box !== null);
	expect(placed.length).toBeGreaterThanOrEqual(6);
	for (const [i, a] of placed.entries()) {
		for (const b of placed.slice(i + 1)) {
			expect(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]).toBe(false);
		}
		for (const { x, y } of crowd) expect(x > a[0] && x < a[2] && y > a[1] && y < a[3]).toBe(false);
	}
	expect(placeCaptions([{ x: 10, y: 10, width: 50, height: 30 }], 1)[0]).toEqual([34, -5, 84, 25]);
});

test("a site is what shares its name and stands near; its assets are called without it", () => {
	const asset = (id: string, kind: string, name: string, lon: number, site?: string): PageAsset =>
		({
			record: { id, name, lon, lat: 41.8, ...(site === undefined ? {} : { site }) },
			kind: { id: kind },
		}) as unknown as PageAsset;
	const site = "于洪区 怒江北街 3 号地块";
	const assets = [
		asset("dust", "dust", "怒江北街 3 号地块扬尘站", 123.4, site),
		asset("crane", "crane", "怒江北街 3 号地块 1# 塔吊", 123.4005, site),
		asset("far", "crane", "怒江北街 3 号地块 2# 塔吊", 123.5, site),
		asset("other", "dust", "别处扬尘站", 123.4, "铁西区 别处"),
	];
	expect(siteOf(assets, "dust").map(({ record }) => record.id)).toEqual(["crane", "dust"]);
	expect(siteOf(assets, "nothing")).toEqual([]);
	expect(assets.map(shortOf)).toEqual(["扬尘站", "1# 塔吊", "2# 塔吊", "扬尘站"]);
});
