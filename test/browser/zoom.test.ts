// The desk's map as a person with a wheel finds it: every zoom from the province to a street shows another picture, none is blank, and
// the way to a metro station and back can be gone (three times in the nightly tier). What is written on the map is proven in basemap.test.ts.
// needs: chromium
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { drawn, openBrowser, picture, type Visit, visit } from "../support/browser.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { amount } from "../support/tier.ts";

let server: TestServer;
let browser: Browser;
/** A page that knows nothing of ours; it decodes pictures. */
let eye: Page;

beforeAll(async () => {
	server = await startServer({ demo: true, tells: false });
	browser = await openBrowser();
	eye = await browser.newPage();
}, 240_000);
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

const ZOOMS = [6, 8, 10, 12, 14, 16] as const;
/** A station of line 6, and the middles of two cities. */
const PLACES = [
	["shenyang", 123.4174, 41.7551],
	["dalian", 121.6039, 38.9172],
	["jinzhou", 121.127, 41.112],
] as const;
/** There and back again. */
const ROUNDS = amount("LIAOWANG_TEST_WHEEL", 1, 3);
/** The picture as 32 x 18 means of brightness. */
const COLUMNS = 32;
const ROWS = 18;

async function mapAt(path: string): Promise<Visit> {
	const there = await visit(browser, server.url, { path, width: 1024, height: 700 });
	onTestFinished(() => there.context.close());
	await drawn(there.page);
	return there;
}

interface Looks {
	/** Brightness 0-255 of each field, row by row. */
	readonly fields: number[];
	/** Colours that cover at least ten pixels. */
	readonly colours: number;
}

/** What stands in the middle of the map, away from panels. */
async function looks(page: Page): Promise<Looks> {
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	const clip = {
		x: box.x + box.width * 0.2,
		y: box.y + box.height * 0.15,
		width: box.width * 0.55,
		height: box.height * 0.6,
	};
	const png = await page.screenshot({ clip });
	return eye.evaluate(read, { text: png.toString("base64"), columns: COLUMNS, rows: ROWS });
}

/** Runs in the browser: decodes a PNG and sums it up. */
async function read({ text, columns, rows }: { text: string; columns: number; rows: number }): Promise<Looks> {
	const image = new Image();
	image.src = `data:image/png;base64,${text}`;
	await image.decode();
	const canvas = document.createElement("canvas");
	canvas.width = image.width;
	canvas.height = image.height;
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("no canvas");
	context.drawImage(image, 0, 0);
	const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
	const sums = new Array<number>(columns * rows).fill(0);
	const counts = new Array<number>(columns * rows).fill(0);
	const colours = new Map<number, number>();
	for (let i = 0; i < width * height; i++) {
		const [red = 0, green = 0, blue = 0] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
		const field =
			Math.floor((Math.floor(i / width) / height) * rows) * columns + Math.floor(((i % width) / width) * columns);
		sums[field] = (sums[field] ?? 0) + 0.3 * red + 0.59 * green + 0.11 * blue;
		counts[field] = (counts[field] ?? 0) + 1;
		const colour = (red << 16) | (green << 8) | blue;
		colours.set(colour, (colours.get(colour) ?? 0) + 1);
	}
	return {
		fields: sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 1)),
		colours: [...colours.values()].filter((count) => count >= 10).length,
	};
}

/** Share of the fields that are clearly brighter or darker in the other picture. */
function changed(one: Looks, other: Looks): number {
	return one.fields.filter((value, i) => Math.abs(value - (other.fields[i] ?? 0)) > 1).length / one.fields.length;
}

/** Zoom of the address, which the map writes when it has come to rest. */
function zoomOf(page: Page): number {
	return Number(new URL(page.url()).searchParams.get("at")?.split(",")[2] ?? Number.NaN);
}

async function zoomTo(page: Page, zoom: number): Promise<void> {
	const button = page.getByRole("button", { name: "放大", exact: true });
	for (let at = zoomOf(page) + 1; at <= zoom; at++) {
		await button.click();
		await expect.poll(() => zoomOf(page), { timeout: 20_000 }).toBeCloseTo(at, 1);
	}
}

/** The picture has come to rest: two looks in a row are the same but for what is alive. */
async function rested(page: Page): Promise<Looks> {
	let last = await looks(page);
	await expect
		.poll(
			async () => {
				const next = await looks(page);
				const share = changed(last, next);
				last = next;
				return share;
			},
			{ timeout: 30_000 },
		)
		.toBeLessThan(0.02);
	return last;
}

test.each(PLACES)("%s: from zoom 6 to 16 every picture is full and another than the last", async (city, lon, lat) => {
	const { page, foreign, complaints } = await mapAt(`/duty?at=${lon},${lat},6`);
	await expect.poll(() => zoomOf(page), { timeout: 30_000 }).toBe(6);
	let before: Looks | null = null;
	for (const zoom of ZOOMS) {
		if (zoom !== 6) await zoomTo(page, zoom);
		const now = await rested(page);
		await picture(page, `zoom-${city}-${zoom}`);
		expect([zoom, now.colours >= 12]).toEqual([zoom, true]);
		if (before !== null) expect([zoom, changed(before, now) > 0.15]).toEqual([zoom, true]);
		before = now;
	}
	expect(foreign).toEqual([]);
	expect(complaints).toEqual([]);
});

test("the wheel goes from the province to a station of line 6 and back", async () => {
	const [, lon, lat] = PLACES[0];
	const { page, foreign, complaints } = await mapAt(`/duty?at=${lon},${lat},6`);
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	/** One turn of the wheel at a time: the address tells when the map has come to rest. */
	const wheelTo = async (isThere: () => boolean, delta: number): Promise<void> => {
		for (let turn = 0; turn < 24 && !isThere(); turn++) {
			const before = zoomOf(page);
			await page.mouse.wheel(0, delta);
			await expect.poll(() => zoomOf(page) === before, { timeout: 15_000 }).toBe(false);
		}
		expect(isThere()).toBe(true);
	};
	for (let round = 0; round < ROUNDS; round++) {
		await wheelTo(() => zoomOf(page) > 14.2, -3_000);
		const [x = 0, y = 0] = (new URL(page.url()).searchParams.get("at") ?? "").split(",").map(Number);
		expect([round, Math.abs(x - lon) < 0.01, Math.abs(y - lat) < 0.01]).toEqual([round, true, true]);
		const near = await rested(page);
		expect([round, near.colours >= 12]).toEqual([round, true]);
		await picture(page, `wheel-${round}-station`);
		await wheelTo(() => zoomOf(page) < 6.5, 3_000);
		const far = await rested(page);
		expect([round, far.colours >= 12, changed(near, far) > 0.15]).toEqual([round, true, true]);
	}
	expect(foreign).toEqual([]);
	expect(complaints).toEqual([]);
});
