// What a picture must show, measured in its pixels: the hour, the snow, the depth of water, the place, the moment, its words.
import { readFileSync } from "node:fs";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { beforeAll, expect, test, vi } from "vitest";
import type { Place, ViewName } from "../scenes/place.ts";
import { sceneOf } from "../scenes/scene.ts";
import type { Weather } from "./light.ts";
import { drawOverlay, MARK, stamp } from "./overlay.ts";
import { Darkroom, PICTURE } from "./picture.ts";
import { sunAt } from "./sun.ts";
import { write } from "./words.ts";

const FAIR: Weather = {
	temperature: 16,
	rain: 0,
	isSnow: false,
	snowDepth: 0,
	visibility: 15_000,
	wind: 3,
	windFrom: 225,
	cloud: 0.3,
	pm10: 60,
};
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const NOON = Date.parse("2026-10-10T12:00:00+08:00");
const room = new Darkroom();

interface Wish {
	readonly view?: ViewName;
	readonly seed?: number;
	readonly at?: number;
	readonly depth?: number;
	readonly slew?: number;
	readonly weather?: Partial<Weather>;
}

function picture({ view = "pit", seed = 11, at = NOON, depth = 0, slew = 30, weather = {} }: Wish): Uint8ClampedArray {
	const air = { ...FAIR, ...weather };
	const sun = sunAt(at, 123.43, 41.8);
	const hour = ((at + 8 * 3_600_000) / 3_600_000) % 24;
	const crane = { slew, hook: 20, radius: 30, isLifting: true, jib: 55, mast: 40 };
	const place: Place = {
		view,
		seed,
		at,
		hour,
		bearing: 20,
		weather: air,
		isDark: sun.altitude < -1.5,
		cranes: [crane],
		depth,
		isWorking: true,
		dust: 60,
	};
	const { stage, view: stand } = sceneOf(place);
	const azimuth = sun.azimuth + (stand.yaw * 180) / Math.PI - place.bearing;
	const caption = { at, name: "怒江北街 3 号地块", note: "" };
	room.expose({ stage, view: stand, sun: { ...sun, azimuth }, weather: air, caption, seed, hour });
	return room.rgba().slice();
}

/** Mean of the green channel within rows, 0..255; without the words at top and bottom. */
function brightness(rgba: Uint8ClampedArray, from = 0.15, to = 0.85): number {
	let sum = 0;
	let count = 0;
	for (let y = Math.floor(PICTURE.height * from); y < PICTURE.height * to; y++)
		for (let x = 0; x < PICTURE.width; x++, count++) sum += rgba[(y * PICTURE.width + x) * 4 + 1] ?? 0;
	return sum / count;
}

/** Share of pixels that differ by more than the grain does. */
function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
	let differing = 0;
	for (let i = 0; i < a.length; i += 4) if (Math.abs((a[i + 1] ?? 0) - (b[i + 1] ?? 0)) > 24) differing += 1;
	return differing / (a.length / 4);
}

/** Lowest row where more than a few pixels differ clearly in colour. */
function lowestChange(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
	for (let y = Math.floor(PICTURE.height * 0.85); y > 0; y--) {
		let count = 0;
		for (let x = 0; x < PICTURE.width; x++) {
			const i = (y * PICTURE.width + x) * 4;
			if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) + Math.abs((a[i + 2] ?? 0) - (b[i + 2] ?? 0)) > 40) count += 1;
		}
		if (count > PICTURE.width / 8) return y;
	}
	return 0;
}

let noon: Uint8ClampedArray;
beforeAll(() => {
	noon = picture({});
});

test("night is darker than dusk, dusk darker than noon", () => {
	const dusk = brightness(picture({ at: Date.parse("2026-10-10T17:35:00+08:00") }));
	const night = brightness(picture({ at: Date.parse("2026-10-10T23:30:00+08:00") }));
	expect(brightness(noon)).toBeGreaterThan(dusk + 15);
	expect(dusk).toBeGreaterThan(night + 15);
	// A lamp-lit site is not black either.
	expect(night).toBeGreaterThan(12);
});

test("snow on the ground covers the brown earth, and more snow more of it", () => {
	const brown = (rgba: Uint8ClampedArray): number => {
		let count = 0;
		for (let i = (rgba.length / 8) * 4; i < rgba.length * 0.85; i += 4)
			if ((rgba[i] ?? 0) - (rgba[i + 2] ?? 0) > 18) count += 1;
		return count;
	};
	const cold = { temperature: -8 };
	const bare = brown(picture({ weather: cold }));
	const thin = brown(picture({ weather: { ...cold, snowDepth: 1 } }));
	const deep = brown(picture({ weather: { ...cold, snowDepth: 12 } }));
	expect(thin).toBeLessThan(bare * 0.8);
	expect(deep).toBeLessThan(thin * 0.8);
});

test("deeper water in an underpass reaches further up the road: its edge lies lower in the picture", () => {
	// The same board and barrier in all of them: closed, no cars.
	const least = picture({ view: "underpass", depth: 0.251 });
	const edge = (depth: number): number => lowestChange(picture({ view: "underpass", depth }), least);
	const shallow = edge(0.4);
	const deep = edge(0.9);
	const flooded = edge(1.6);
	expect(shallow).toBeGreaterThan(0);
	expect(deep).toBeGreaterThan(shallow + 4);
	expect(flooded).toBeGreaterThan(deep + 4);
});

test("each camera is a place of its own, each view another, and none is uniform", () => {
	expect(difference(noon, picture({ seed: 12 }))).toBeGreaterThan(0.15);
	const views: ViewName[] = ["gate", "bridge", "plant", "street"];
	for (const view of views) {
		const other = picture({ view });
		expect(difference(noon, other), view).toBeGreaterThan(0.3);
		const levels = new Set<number>();
		for (let i = 1; i < other.length; i += 4) levels.add((other[i] ?? 0) >> 3);
		expect(levels.size, view).toBeGreaterThan(14);
	}
});

test("the same camera at the same moment gives the same picture; two seconds later it is another", () => {
	expect(difference(noon, picture({}))).toBe(0);
	const later = difference(noon, picture({ at: NOON + 2_000 }));
	expect(later).toBeGreaterThan(0.001);
	expect(later).toBeLessThan(0.35);
});

test("a crane's jib stands where its slew says", () => {
	const seen = picture({ view: "crane", slew: 30 });
	expect(difference(seen, picture({ view: "crane", slew: 120 }))).toBeGreaterThan(0.002);
});

test("haze takes the far away: fewer differences of brightness at 300 m of visibility", () => {
	const spread = (rgba: Uint8ClampedArray): number => {
		const levels: number[] = [];
		for (let y = 100; y < 200; y += 4)
			for (let x = 300; x < PICTURE.width; x += 4) levels.push(rgba[(y * PICTURE.width + x) * 4 + 1] ?? 0);
		const mean = levels.reduce((a, b) => a + b, 0) / levels.length;
		return Math.sqrt(levels.reduce((a, b) => a + (b - mean) ** 2, 0) / levels.length);
	};
	expect(spread(picture({ weather: { visibility: 300 } }))).toBeLessThan(spread(noon) * 0.6);
});

test("the words are drawn with our own slices: every character has ink of its own, without any font of the machine", () => {
	const ink = (text: string): string => {
		const canvas = createCanvas(64, 64);
		const context = canvas.getContext("2d");
		write(context, text, 4, 52, { size: 48, weight: 500, fill: "#fff", edge: null });
		const { data } = context.getImageData(0, 0, 64, 64);
		let marks = "";
		for (let i = 3; i < data.length; i += 4) marks += (data[i] ?? 0) > 127 ? "1" : "0";
		return marks;
	};
	const characters = [...new Set(`${MARK}${stamp(NOON)}怒江北街号地块摄像头大门积水深度禁止通行`.replaceAll(" ", ""))];
	const drawn = characters.map(ink);
	for (const [n, marks] of drawn.entries()) expect(marks.includes("1"), characters[n]).toBe(true);
	// A missing character is a box, and all boxes are alike.
	expect(new Set(drawn).size).toBe(characters.length);
	const ours = GlobalFonts.families.map(({ family }) => family).filter((family) => family.startsWith("liaowang-sc-"));
	expect(ours.length).toBeGreaterThan(5);
	expect(readFileSync(new URL("./words.ts", import.meta.url), "utf8")).toContain("@fontsource-variable/noto-sans-sc");
});

test("date, name and mark stand in their corners", () => {
	const draw = (name: string): Uint8ClampedArray => {
		const canvas = createCanvas(PICTURE.width, PICTURE.height);
		const context = canvas.getContext("2d");
		drawOverlay(context, PICTURE.width, PICTURE.height, { at: NOON, name, note: "" });
		return context.getImageData(0, 0, PICTURE.width, PICTURE.height).data;
	};
	const count = (rgba: Uint8ClampedArray, x0: number, y0: number, x1: number, y1: number): number => {
		let inked = 0;
		for (let y = Math.floor(y0 * PICTURE.height); y < y1 * PICTURE.height; y++)
			for (let x = Math.floor(x0 * PICTURE.width); x < x1 * PICTURE.width; x++)
				if ((rgba[(y * PICTURE.width + x) * 4 + 3] ?? 0) > 0) inked += 1;
		return inked;
	};
	const words = draw("怒江北街 3 号地块 1# 摄像头");
	expect(count(words, 0, 0, 0.5, 0.15)).toBeGreaterThan(1_000);
	expect(count(words, 0, 0.85, 0.3, 1)).toBeGreaterThan(500);
	expect(count(words, 0.5, 0.85, 1, 1)).toBeGreaterThan(1_000);
	expect(count(words, 0, 0.2, 1, 0.8)).toBe(0);
	// A name longer than the picture is made smaller, never cut.
	const long = draw("很长的名字".repeat(20));
	expect(count(long, 0, 0.85, 0.015, 1)).toBe(0);
	expect(count(long, 0.985, 0.85, 1, 1)).toBe(0);
	// The mark stays free of it.
	expect(count(long, 0.205, 0.85, 0.215, 1)).toBe(0);
	expect(stamp(NOON)).toBe("2026年10月10日 星期六 12:00:00");
});
