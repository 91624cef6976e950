// The tokens measured: contrast in every theme, levels under two kinds of colour blindness and a washed-out wall.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAP_COLOURS } from "../map/basemap_colours.ts";
import { readPalette, rgba } from "../map/palette.ts";
import { THEMES, type Theme } from "./theme.ts";

const CSS = await readFile(join(import.meta.dirname, "tokens.css"), "utf8");

/** The tokens of a theme as the browser would resolve them: what :root says, then what the theme says otherwise. */
function tokens(theme: Theme): ReadonlyMap<string, string> {
	const known = new Map<string, string>();
	// Without comments and without the rule for reduced motion, whose braces are nested.
	const rules = CSS.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@media[\s\S]*$/, "");
	for (const [, selector = "", body = ""] of rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
		if (selector.trim() !== ":root" && !selector.includes(`[data-theme="${theme}"]`)) continue;
		for (const [, name = "", value = ""] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) known.set(name, value);
	}
	return known;
}

type Get = (name: string) => string;
function get(theme: Theme): Get {
	const known = tokens(theme);
	return (name) => {
		const value = known.get(name) ?? "";
		if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Error(`${theme}: ${name} is "${value}"`);
		return value;
	};
}

const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
type Light = readonly [number, number, number];
const light = (hex: string): Light => rgba(hex).slice(0, 3).map(linear) as unknown as Light;
const luminance = ([r, g, b]: Light): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const ratio = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
/** WCAG contrast of two colours. */
const contrast = (a: string, b: string): number => ratio(luminance(light(a)), luminance(light(b)));
/** CIE lightness, 0..100. */
const lightness = (y: number): number => (y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y);

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light. */
const BLIND: Readonly<Record<string, readonly [Light, Light, Light]>> = {
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
};
function seen(kind: string, hex: string): Light {
	const colour = light(hex);
	const rows = BLIND[kind] ?? [];
	return rows.map((row) =>
		Math.min(
			1,
			Math.max(
				0,
				row.reduce((sum, part, i) => sum + part * (colour[i] ?? 0), 0),
			),
		),
	) as unknown as Light;
}

const LEVELS = [1, 2, 3, 4] as const;

test.each(THEMES)("%s: the page and the base map have one sea, one land and one set of lines", (theme) => {
	const of = get(theme);
	const map = MAP_COLOURS[theme];
	const lines = ["--water-line-1", "--water-line-2", "--water-line-3"].map(of);
	const page = [
		of("--sea"),
		of("--land"),
		of("--land-out"),
		of("--coast"),
		of("--city-line"),
		of("--county-line"),
		...lines,
	];
	const drawn = [map.sea, map.land, map.around, map.coast, map.cityLine, map.countyLine, ...map.waterLines];
	expect(page.map((one) => one.toLowerCase())).toEqual(drawn.map((one) => one.toLowerCase()));
	if (theme !== "day") expect(of("--ground")).toBe(of("--sea"));
});

test.each(THEMES)("%s: figure and ground: the province stands off the sea, its lines off the land", (theme) => {
	const of = get(theme);
	const figure = contrast(of("--land"), of("--sea"));
	// White paper cannot be 1.6 times the sea without a heavy sea: by day the dark outline carries the figure.
	expect(Math.round(figure * 10) / 10).toBeGreaterThanOrEqual(theme === "day" ? 1.3 : 1.6);
	expect(contrast(of("--coast"), of("--land"))).toBeGreaterThanOrEqual(4.5);
	expect(contrast(of("--coast"), of("--sea"))).toBeGreaterThanOrEqual(4.5);
	expect(contrast(of("--city-line"), of("--land"))).toBeGreaterThanOrEqual(2.5);
	expect(contrast(of("--county-line"), of("--land"))).toBeGreaterThanOrEqual(1.8);
});

test.each(THEMES)("%s: text is at least 4.5:1 where it stands", (theme) => {
	const of = get(theme);
	for (const ground of ["--ground", "--card", "--field"])
		for (const ink of ["--text", "--text-2", "--text-3", "--ink-1", "--ink-2", "--ink-3", "--ink-4", "--accent"])
			expect(contrast(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
	for (const ink of ["--text", "--text-2"])
		for (const ground of ["--land", "--sea", "--land-out"])
			expect(contrast(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
	expect(contrast(of("--on-accent"), of("--accent"))).toBeGreaterThanOrEqual(4.5);
	expect(contrast("#ffffff", of("--alert"))).toBeGreaterThanOrEqual(4.5);
});

test.each(THEMES)("%s: symbols are 3:1 on land and sea, their numerals 4.5:1 on them", (theme) => {
	const of = get(theme);
	for (const ground of ["--land", "--sea", "--ground", "--card"]) {
		for (const mark of ["--normal", "--stale"])
			expect(contrast(of(mark), of(ground)), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
		for (const level of LEVELS) {
			// A fill, or the dark line around it, where paper is too light for a clear hue.
			const best = Math.max(contrast(of(`--level-${level}`), of(ground)), contrast(of("--outline"), of(ground)));
			expect(best, `level ${level} on ${ground}`).toBeGreaterThanOrEqual(3);
			if (theme !== "day") expect(contrast(of(`--level-${level}`), of(ground))).toBeGreaterThanOrEqual(3);
		}
	}
	for (const level of LEVELS) expect(contrast(of("--outline"), of(`--level-${level}`))).toBeGreaterThanOrEqual(4.5);
});

test.each(THEMES)("%s: on a wall at six tenths of its contrast the levels still stand off the land", (theme) => {
	const of = get(theme);
	// What a washed-out wall shows: the brightest is what it was, black is no longer black.
	const washed = (hex: string): number => 0.08 + 0.6 * luminance(light(hex));
	const ground = washed(of("--land"));
	for (const level of LEVELS) {
		const best = Math.max(
			ratio(washed(of(`--level-${level}`)), ground),
			ratio(washed(of("--outline")), washed(of("--land"))),
		);
		expect(best, `level ${level}`).toBeGreaterThanOrEqual(1.8);
	}
	expect(ratio(washed(of("--text")), ground)).toBeGreaterThanOrEqual(3);
});

test.each(Object.keys(BLIND))("%s: each two levels stay apart by lightness or by what is left of hue", (kind) => {
	for (const theme of THEMES) {
		const of = get(theme);
		const apart = (a: string, b: string): number => {
			const [one, two] = [seen(kind, of(a)), seen(kind, of(b))];
			const step = Math.abs(lightness(luminance(one)) - lightness(luminance(two)));
			// Blue against yellow survives both kinds: the third channel, weighed as lightness.
			const hue = Math.abs(lightness(one[2]) - lightness(two[2]));
			return Math.hypot(step, hue);
		};
		// Neighbours by lightness or by what is left of hue; shape and letter carry the rest, always (level_shapes.test.ts).
		for (const [a, b] of [
			[1, 2],
			[2, 3],
			[1, 3],
			[1, 4],
			[2, 4],
			[3, 4],
		] as const)
			expect(apart(`--level-${a}`, `--level-${b}`), `${theme}: ${a} and ${b}`).toBeGreaterThanOrEqual(10);
	}
});

/** Hue and chroma in CIE Lab: how loud a colour is. */
function chroma(hex: string): number {
	const [r, g, b] = light(hex);
	const x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
	const y = luminance([r, g, b]);
	const z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
	const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
	return Math.hypot(500 * (f(x) - f(y)), 200 * (f(y) - f(z)));
}

test.each(THEMES)("%s: nature is quiet: no ramp and no river hue is half as loud as the mildest level", (theme) => {
	const of = get(theme);
	const loudest = Math.min(...LEVELS.map((level) => chroma(of(`--level-${level}`))));
	const quiet = [...tokens(theme).keys()].filter((name) =>
		/^--(heat|dust|river)-|^--water-[12]$|^--(normal|stale)$/.test(name),
	);
	expect(quiet.length).toBeGreaterThanOrEqual(15);
	for (const name of quiet) expect(chroma(of(name)), name).toBeLessThan(loudest / 2);
});

test.each(THEMES)("%s: every theme names every colour", (theme) => {
	const of = get(theme);
	for (const [name, value] of tokens("night")) if (/^#[0-9a-f]{6}$/i.test(value)) expect(() => of(name)).not.toThrow();
});

test("pages take their colours from the tokens: no other style sheet has one of its own", async () => {
	// The frame of a camera's picture is as dark by day as by night: it belongs to the picture.
	const own = new Set(["tokens.css", "camera.css"]);
	const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".css") && !own.has(name));
	expect(files.length).toBeGreaterThan(5);
	for (const file of files) {
		const css = (await readFile(join(import.meta.dirname, file), "utf8"))
			.replace(/\/\*[\s\S]*?\*\//g, "")
			// A shadow, or a veil of the night's ground, is no colour; nor is what stands in when a token is missing.
			.replace(/rgb\((?:0 0 0|10 22 32) \/ [\d.]+\)/g, "")
			.replace(/var\((--[\w-]+),[^()]*\)/g, "var($1)");
		expect(css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi) ?? [], file).toEqual([]);
	}
});

test("a style sheet asks only for tokens that exist", async () => {
	const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".css"));
	const sheets = await Promise.all(files.map((file) => readFile(join(import.meta.dirname, file), "utf8")));
	const folder = join(import.meta.dirname, "../ui");
	const parts = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".tsx"));
	const code = await Promise.all(parts.map((file) => readFile(join(folder, file), "utf8")));
	// Set by a style sheet, or by a part for its own element.
	const set = code.flatMap((text) => [...text.matchAll(/"(--[\w-]+)"/g)].map(([, name]) => name));
	const known = new Set(
		set.concat(sheets.flatMap((css) => [...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name))),
	);
	for (const [i, css] of sheets.entries()) {
		const asked = [...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name);
		expect(
			asked.filter((name) => !known.has(name)),
			files[i],
		).toEqual([]);
	}
});

test("a token that is not a colour is an error, not a black map", () => {
	expect(() => readPalette({ getPropertyValue: () => "" })).toThrow("--normal");
});
