import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { arcPx, USUAL_WALL, viewingOf } from "./viewing.ts";

test("18 minutes of arc on a 3 x 2 wall of 55 inches seen from 6 m are about 50 of its 2160 lines", () => {
	expect(18 * arcPx(USUAL_WALL, 2160)).toBeCloseTo(49.5, 1);
	expect(22 * arcPx(USUAL_WALL, 2160)).toBeCloseTo(60.5, 1);
	expect(arcPx({ heightM: 1.37, distanceM: 12 }, 2160)).toBeCloseTo(2 * arcPx(USUAL_WALL, 2160), 9);
});

test("the style's own arc is that of the usual wall", async () => {
	const css = await readFile(join(import.meta.dirname, "../style/tokens.css"), "utf8");
	const lines = Number(css.match(/--arc: calc\(100vh \/ (\d+)\)/)?.[1]);
	expect(lines).toBe(Math.round(1 / arcPx(USUAL_WALL, 1)));
});

test("a screen in the address is metres high x metres away, or it is left out", () => {
	expect(viewingOf("2.05x8")).toEqual({ heightM: 2.05, distanceM: 8 });
	for (const text of [null, undefined, "", "2", "x", "0x6", "1.37x0", "1x2x3", "axb", "900x6"])
		expect(viewingOf(text), String(text)).toBeNull();
});
