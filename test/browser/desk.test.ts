// The desk over the demo, as a person finds it: nothing to complain about, nothing from elsewhere, search by name and by pinyin
// initials, and the same work without a map.
// needs: chromium
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { Api } from "../support/api.ts";
import {
	drawn,
	loaded,
	openBrowser,
	openLayers,
	picture,
	pixelsOf,
	type Visit,
	type VisitOptions,
	visit,
} from "../support/browser.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { raiseSpare } from "../support/spare.ts";

const KEY = "desk-test-master-key";
/** --land of client/style/tokens.css. */
const LAND = "#293b47";

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
	server = await startServer({ demo: true, tells: false, env: { LIAOWANG_INGEST_KEY: KEY } });
	browser = await openBrowser();
}, 240_000);
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

async function desk(options: VisitOptions = {}, by = browser): Promise<Visit> {
	const there = await visit(by, server.url, options);
	onTestFinished(() => there.context.close());
	return there;
}

/** The note stands in the log of the server. */
async function loggedNote(): Promise<boolean> {
	const { seq } = (await (await fetch(`${server.url}/api/alarms?limit=1`)).json()) as { seq: number };
	const told = await fetch(`${server.url}/api/alarms/log?after=${Math.max(0, seq - 1000)}&limit=1000`);
	const { transitions } = (await told.json()) as { transitions: { kind: string; note: string | null }[] };
	return transitions.some(({ kind, note }) => kind === "commented" && note === "已电话通知值班长");
}

/** The base map is drawn: land in the colour of the style, and the words in their font. */
async function settled(page: Page): Promise<void> {
	await drawn(page);
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	const middle = { x: box.x + box.width / 2 - 150, y: box.y + box.height / 2 - 150, width: 300, height: 300 };
	await expect.poll(() => pixelsOf(page, LAND, middle), { timeout: 60_000 }).toBeGreaterThan(9_000);
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

test("S1 the desk shows the whole demo, complains of nothing and asks nobody else", { timeout: 240_000 }, async () => {
	const { page, complaints, foreign } = await desk({ width: 1920, height: 1080 });
	await settled(page);
	expect(await page.locator(".demo").textContent()).toBe("演示数据");
	await openLayers(page);
	const systems = () => page.evaluate(() => window.__liaowang.catalogue.systems.length);
	expect(await systems()).toBeGreaterThanOrEqual(9);
	await expect.poll(() => page.locator(".layer-list .layer-name").count(), { timeout: 20_000 }).toBe(await systems());
	const told = (await (await fetch(`${server.url}/api/status`)).json()) as { counts: { assets: number } };
	const totals = await page.locator(".layer-list .layer-total").allTextContents();
	expect(totals.reduce((sum, text) => sum + Number(text), 0)).toBe(told.counts.assets);
	expect(told.counts.assets).toBeGreaterThanOrEqual(3000);
	// Trouble of the demo itself: somebody has to have something to do.
	await expect.poll(() => page.locator(".alarm").count(), { timeout: 60_000 }).toBeGreaterThan(3);
	await picture(page, "desk-1-province");
	// The same place nearer: a city with clusters, a quarter with points and names.
	for (const [name, at] of [
		["desk-2-city", "123.43,41.80,10.5"],
		["desk-3-quarter", "123.43,41.79,13.5"],
	] as const) {
		// Alarms of one cause unfolded: the first line is an alarm, not a group.
		await page.goto(`${server.url}/duty?at=${at}&apart=1`);
		await loaded(page);
		await settled(page);
		await picture(page, name);
	}
	const first = page.locator(".alarm [data-open]").first();
	await first.click();
	await page.waitForSelector(".asset-head");
	// The case says why, how far it is, and has its notes field open.
	expect((await page.locator(".case-why").first().textContent())?.length ?? 0).toBeGreaterThan(5);
	expect(await page.locator(".way").first().locator("li").count()).toBeGreaterThanOrEqual(3);
	expect(await page.locator("[data-notes]").isVisible()).toBe(true);
	// The river stands below at every zoom.
	expect(await page.locator("[data-river]").isVisible()).toBe(true);
	await page.waitForSelector(".curve-wait", { state: "detached", timeout: 30_000 });
	await picture(page, "desk-4-asset");
	await page.getByRole("button", { name: "English" }).click();
	await expect.poll(() => page.locator(".alarms-head h2").textContent(), { timeout: 10_000 }).not.toBe("报警");
	await settled(page);
	await picture(page, "desk-5-english");
	expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
});

test("S1 search finds a facility by two characters of its name and by its pinyin initials", {
	timeout: 120_000,
}, async () => {
	const { page } = await desk();
	const box = page.locator("input[role=combobox]");
	// 备用扬尘站: bei yong yang chen zhan. By name, by initials in either case, and by its id.
	for (const text of ["扬尘站（HJ", "byycz", "BYYCZ", "spare-hj212"]) {
		await box.fill(text);
		const found = page.locator("[role=option]").filter({ hasText: "备用扬尘站（HJ 212）" });
		await expect.poll(() => found.count(), { timeout: 20_000 }).toBe(1);
	}
	for (const text of ["三好桥", "shq"]) {
		await box.fill(text);
		const bridge = page.locator("[role=option]").filter({ hasText: /^三好桥/ });
		await expect.poll(() => bridge.count(), { timeout: 20_000 }).toBe(1);
	}
	// A name that any province has: what is found bears it.
	const told = await fetch(`${server.url}/api/assets?kind=bridge&limit=1`);
	const bridge = ((await told.json()) as { features: { id: string; properties: { name: string } }[] }).features[0];
	const name = bridge?.properties.name ?? "";
	await box.fill(name.slice(0, 3));
	const bears = async (): Promise<boolean> => {
		const options = await page.locator("[role=option]").allTextContents();
		return options.length > 0 && options.every((option) => option.includes(name.slice(0, 3)));
	};
	await expect.poll(bears, { timeout: 20_000 }).toBe(true);
	await picture(page, "desk-6-search");
	// Chosen by keyboard, it opens its panel, and the map does not move by itself.
	await box.fill("byycz");
	await expect.poll(() => page.locator("[role=option]").count(), { timeout: 20_000 }).toBe(1);
	const at = new URL(page.url()).searchParams.get("at");
	await box.press("Enter");
	await page.waitForSelector('[data-asset="spare-hj212"]');
	expect(new URL(page.url()).searchParams.get("at")).toBe(at);
	await box.fill("没有这样的设施");
	await expect.poll(() => page.locator(".found-word").textContent(), { timeout: 20_000 }).toContain("没有找到");
});

/** Serious faults by WCAG 2.1 AA, each with where it stands. */
async function faultsOf(page: Page): Promise<readonly string[]> {
	await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
	return page.evaluate(async () => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const told = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
		const serious = told.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
		return serious.map(
			({ id, nodes }) =>
				`${id}: ${nodes
					.map(({ html }) => html.slice(0, 160))
					.slice(0, 4)
					.join(" | ")}`,
		);
	});
}

async function demoPerson(demo: string): Promise<Api> {
	const api = new Api(server.url);
	await api.must("POST", "/api/session", { demo });
	return api;
}

test("S1 the desk can be read and worked by everybody: no serious fault by WCAG 2.1 AA", {
	timeout: 180_000,
}, async () => {
	const { page } = await desk({
		width: 1920,
		height: 1080,
		path: "/duty?asset=spare-hj212",
		cookie: (await demoPerson("lead")).cookie,
	});
	await settled(page);
	await page.waitForSelector(".asset-head");
	expect(await faultsOf(page)).toEqual([]);
	for (const [path, there] of [
		["/duty?panel=windows&level=1&city=210200", ".calendar"],
		["/duty/figures", ".figure-table"],
	] as const) {
		await page.goto(`${server.url}${path}`);
		await loaded(page);
		await page.waitForSelector(there);
		expect(await faultsOf(page), path).toEqual([]);
	}
	await picture(page, "desk-8-figures");
});

test("S1 without WebGL the desk goes on as a list: cities, alarms, acknowledging", { timeout: 120_000 }, async () => {
	const plain = await openBrowser({ webgl: false });
	onTestFinished(() => plain.close());
	const id = await raiseSpare(await demoPerson("duty"), KEY);
	// The alarm of this test alone, unfolded: what else the demo is doing at this minute may fold it, or end it.
	const path = `/duty?apart=1&text=${encodeURIComponent("备用扬尘站")}`;
	const { page, complaints, foreign } = await desk({ path }, plain);
	await page.waitForSelector('[data-map="list"]');
	expect(await page.locator(".city-table tbody tr").count()).toBe(14);
	expect(await page.locator(".list-mode").textContent()).toContain("列表模式");
	await page.getByRole("button", { name: "登录" }).click();
	await page.getByRole("button", { name: "以值班员身份进入" }).click();
	// A note goes to the log, and the field is free again when its event is here.
	await page.locator(`[data-alarm="${id}"] [data-open]`).click();
	const notes = page.locator("[data-notes]");
	await notes.fill("已电话通知值班长");
	await notes.press("Control+Enter");
	await expect.poll(() => notes.inputValue(), { timeout: 10_000 }).toBe("");
	await expect.poll(() => loggedNote(), { timeout: 20_000 }).toBe(true);
	await page.locator(`[data-alarm="${id}"] [data-acknowledge]`).click();
	const isSeen = () => page.evaluate((one) => window.__liaowang.alarms.find(one)?.acknowledged, id);
	await expect.poll(isSeen, { timeout: 20_000 }).toBe(true);
	await picture(page, "desk-7-list-mode");
	expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
});
