import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAP_COLOURS } from "../map/basemap_colours.ts";
import { type Palette, readPalette, rgba } from "../map/palette.ts";

async function tokens(): Promise<Map<string, string>> {
	const css = await readFile(join(import.meta.dirname, "tokens.css"), "utf8");
	return new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]));
}

async function palette(): Promise<Palette> {
	const known = await tokens();
	return readPalette({ getPropertyValue: (name) => known.get(name) ?? "" });
}

/** WCAG contrast of two colours. */
function contrast(a: string, b: string): number {
	const luminance = (hex: string): number => {
		const [r, g, b2] = rgba(hex).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
		return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b2 ?? 0);
	};
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

test("the page and the base map have one sea and one land", async () => {
	const known = await tokens();
	expect(known.get("--sea")?.toUpperCase()).toBe(MAP_COLOURS.night.sea);
	expect(known.get("--land")?.toUpperCase()).toBe(MAP_COLOURS.night.land);
	expect(known.get("--ground")).toBe(known.get("--sea"));
});

test("text is at least 4.5:1 on ground and card, symbols 3:1 on land and sea", async () => {
	const { text, text2, text3, ground, land, status } = await palette();
	const card = (await tokens()).get("--card") ?? "";
	for (const one of [text, text2, text3]) {
		expect(contrast(one, ground), one).toBeGreaterThanOrEqual(4.5);
		expect(contrast(one, card), one).toBeGreaterThanOrEqual(4.5);
	}
	for (const one of status) {
		expect(contrast(one, land), one).toBeGreaterThanOrEqual(3);
		expect(contrast(one, ground), one).toBeGreaterThanOrEqual(3);
	}
});

test("a token that is not a colour is an error, not a black map", () => {
	expect(() => readPalette({ getPropertyValue: () => "" })).toThrow("--normal");
});
