// The base map by itself, asked through MapLibre: each zoom names what the one before could not, no zoom is empty, no road is drawn at
// street zoom; and Chinese names are drawn with our own font where the machine has none.
// needs: chromium
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openBrowser, picture } from "../support/browser.ts";
import type { Label, Seen } from "../support/map_page.ts";
import { type MapSite, openMapSite } from "../support/map_site.ts";

let site: MapSite;
let browser: Browser;

beforeAll(async () => {
	site = await openMapSite();
	browser = await openBrowser();
}, 120_000);
afterAll(async () => {
	await browser?.close();
	await site?.close();
});

const ZOOMS = [6, 8, 10, 12, 14, 16] as const;
/** A station of line 6 and the middles of two cities. */
const PLACES = [
	["shenyang", 123.4174, 41.7551],
	["dalian", 121.6039, 38.9172],
	["jinzhou", 121.127, 41.112],
] as const;
/** Roads and railways between cities: schematic, so a street zoom must not show them. */
const SCHEMATIC = ["expressway", "railway", "highspeed"];

async function mapIn(by: Browser, foreign: string[] = []): Promise<Page> {
	const context = await by.newContext({ viewport: { width: 960, height: 600 }, locale: "zh-CN" });
	onTestFinished(() => context.close());
	context.on("request", (request) => {
		if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
	});
	const page = await context.newPage();
	page.on("pageerror", (error) => foreign.push(`uncaught: ${error.message}`));
	await page.goto(site.url);
	await page.waitForFunction(() => window.mapPage !== undefined);
	return page;
}

const look = (page: Page, lon: number, lat: number, zoom: number): Promise<Seen> =>
	page.evaluate(([x, y, z]) => window.mapPage.look(x, y, z), [lon, lat, zoom] as const);

const words = ({ labels }: Seen): Set<string> =>
	new Set(labels.map(({ layer, text, more }) => (layer.startsWith("station-name-lines") ? `${text} ${more}` : text)));

test.each(PLACES)("%s: each zoom from 6 to 16 names what the one before could not", async (city, lon, lat) => {
	const foreign: string[] = [];
	const page = await mapIn(browser, foreign);
	let before = new Set<string>();
	for (const zoom of ZOOMS) {
		const seen = await look(page, lon, lat, zoom);
		const now = words(seen);
		const fresh = [...now].filter((word) => !before.has(word));
		await picture(page, `basemap-${city}-${zoom}`);
		expect([zoom, fresh.length >= 2, now.size >= 3]).toEqual([zoom, true, true]);
		// The style writes 东经 and 北纬 before the degrees (client/map/basemap.test.ts); every other Chinese word is the feature's own.
		const isChinese = ({ layer, text }: Label) => layer.startsWith("grid-name") || /[\u4e00-\u9fff]/.test(text);
		expect([zoom, seen.labels.some(isChinese)]).toEqual([zoom, true]);
		const isStreet = zoom >= 12;
		expect([zoom, seen.layers.some((layer) => SCHEMATIC.includes(layer))]).toEqual([zoom, zoom >= 8 && !isStreet]);
		if (zoom >= 14) expect(seen.labels.some(({ layer }) => layer.startsWith("grid-name-lat"))).toBe(true);
		before = now;
	}
	expect(foreign).toEqual([]);
});

test("the line-6 station stands on the map with its line, the river beside it, and the model block has streets", async () => {
	const page = await mapIn(browser);
	const station = await look(page, 123.4174, 41.7551, 15);
	const name = station.labels.find(({ text }) => text === "三好桥");
	expect([name?.layer, name?.more]).toEqual(["station-name-lines", "6 号线（在建）"]);
	expect((await look(page, 123.4174, 41.75, 13.5)).layers).toEqual(
		expect.arrayContaining(["river-area", "metro-building"]),
	);
	const block = await look(page, 123.4385, 41.6765, 14.2);
	expect(block.layers).toEqual(
		expect.arrayContaining(["block-building", "block-street-main", "block-net-heat", "block-pit"]),
	);
	const named = new Set(block.labels.map(({ text }) => text));
	expect([...named]).toEqual(expect.arrayContaining(["样板大街", "浑南区 样板街区 3 号地块"]));
	await picture(page, "basemap-block");
});

/** A configuration of fontconfig that refuses every font with Chinese in it. */
const NO_CHINESE = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<selectfont><rejectfont>
${["zh-cn", "zh-tw", "zh-hk", "ja", "ko"].map((lang) => `<pattern><patelt name="lang"><langset>${lang}</langset></patelt></pattern>`).join("\n")}
${["Noto*CJK*", "WenQuanYi*", "*Han*", "Droid Sans Fallback"].map((family) => `<pattern><patelt name="family"><string>${family}</string></patelt></pattern>`).join("\n")}
<glob>*CJK*</glob><glob>*wqy*</glob><glob>*/arphic*</glob>
</rejectfont></selectfont>
</fontconfig>`;

async function browserWithoutChinese(): Promise<Browser> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-fonts-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const file = join(folder, "fonts.conf");
	await writeFile(file, NO_CHINESE);
	process.env.FONTCONFIG_FILE = file;
	try {
		const opened = await openBrowser();
		onTestFinished(() => opened.close());
		return opened;
	} finally {
		delete process.env.FONTCONFIG_FILE;
	}
}

/** How many pixels differ between two characters written in a font: none where both are the same empty box. */
function difference(page: Page, font: string): Promise<number> {
	return page.evaluate((family) => {
		const draw = (character: string): Uint8ClampedArray => {
			const canvas = document.createElement("canvas");
			canvas.width = canvas.height = 48;
			const context = canvas.getContext("2d");
			if (context === null) throw new Error("no canvas");
			context.font = `40px ${/^["']|^[a-z-]+$/.test(family) ? family : JSON.stringify(family)}`;
			context.fillText(character, 4, 40);
			return context.getImageData(0, 0, 48, 48).data;
		};
		const [a, b] = [draw("沈"), draw("阳")];
		return a.reduce((sum, value, i) => sum + (value === b[i] ? 0 : 1), 0);
	}, font);
}

/** Share of the pixels that are clearly not the same in two PNGs; decoded by the browser. */
function shareApart(page: Page, one: string, other: string): Promise<number> {
	return page.evaluate(
		async (texts) => {
			const pixels = await Promise.all(
				texts.map(async (text) => {
					const image = new Image();
					image.src = `data:image/png;base64,${text}`;
					await image.decode();
					const canvas = document.createElement("canvas");
					canvas.width = image.width;
					canvas.height = image.height;
					const context = canvas.getContext("2d");
					if (context === null) throw new Error("no canvas");
					context.drawImage(image, 0, 0);
					return context.getImageData(0, 0, image.width, image.height).data;
				}),
			);
			const [a, b] = pixels;
			if (a === undefined || b === undefined || a.length !== b.length) return 1;
			let apart = 0;
			for (let i = 0; i < a.length; i += 4) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > 24) apart += 1;
			return apart / (a.length / 4);
		},
		[one, other],
	);
}

test("names are drawn with our own font in a browser that has no Chinese font, exactly as in one that has", async () => {
	const plain = await mapIn(browser);
	const bare = await mapIn(await browserWithoutChinese());
	// The machine itself cannot write Chinese there: both characters are the same box.
	expect(await difference(bare, "sans-serif")).toBe(0);
	const names: string[][] = [];
	const shots: Buffer[] = [];
	for (const page of [plain, bare]) {
		const seen = await look(page, 123.43, 41.79, 11.2);
		names.push([...words(seen)].sort());
		shots.push(await page.screenshot());
	}
	expect(names[0]?.length).toBeGreaterThan(10);
	expect(names[1]).toEqual(names[0]);
	await picture(bare, "basemap-no-chinese-font");
	const families = await bare.evaluate(() =>
		[...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family),
	);
	expect(families.length).toBeGreaterThan(1);
	// Each slice is a family of its own; the two characters stand in one of them.
	const differences: number[] = [];
	for (const family of families) differences.push(await difference(bare, family));
	expect(Math.max(...differences)).toBeGreaterThan(200);
	const [one, other] = shots.map((shot) => shot.toString("base64"));
	expect(await shareApart(plain, one ?? "", other ?? "")).toBeLessThan(0.001);
});
