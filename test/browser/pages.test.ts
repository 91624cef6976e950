// Every page for everybody: its console is clean, it asks nobody else, WCAG finds nothing serious, all doors are reached by the
// keyboard with a focus that can be seen, and nothing moves for a person who asked for calm.
// needs: chromium
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { arcPx, USUAL_WALL } from "../../client/scene/viewing.ts";
import { Api, PASSWORD } from "../support/api.ts";
import { openBrowser, picture, visit } from "../support/browser.ts";
import { lookSheet } from "../support/look_sheet.ts";
import { startServer, type TestServer } from "../support/server.ts";

const PAGES = [
	{ path: "/", name: "wall", theme: "night", title: "大屏" },
	{ path: "/duty", name: "duty", theme: "night", title: "值班" },
	{ path: "/plan", name: "plan", theme: "day", title: "规划" },
	{ path: "/policy", name: "policy", theme: "night", title: "政策 26 项" },
	{ path: "/demo", name: "demo", theme: "night", title: "演示导演台" },
	{ path: "/nowhere", name: "nowhere", theme: "night", title: "没有这个页面" },
] as const;
const DOORS = ["wall", "duty", "plan", "policy"];
/** Presses of Tab within which every door is met. */
const TABS = 40;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
	server = await startServer({ demo: true, tells: false });
	browser = await openBrowser();
}, 240_000);
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

test.each(PAGES)(
	"S1 $name: quiet console, own origin, no serious fault, doors by keyboard, calm where asked for",
	{
		timeout: 150_000,
	},
	async ({ path, name, theme, title }) => {
		const { page, context, complaints, foreign } = await visit(browser, server.url, { path, width: 1366, height: 768 });
		onTestFinished(() => context.close());
		await page.waitForSelector("[data-door]");
		// The wall is judged with a case in hand and a line below it, not as it happens to stand.
		if (name === "wall") await page.waitForSelector("[data-next]", { timeout: 60_000 });
		await expect.poll(() => page.locator("[data-link]").getAttribute("data-link"), { timeout: 30_000 }).toBe("live");
		expect(await page.title()).toMatch(titled(title));
		// The word that it is a demonstration stands once, not in every name.
		expect(await page.getByText("演示数据", { exact: true }).count()).toBe(1);
		expect((await page.locator("html").getAttribute("data-theme")) ?? "night").toBe(theme);
		expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
		expect(await doorsByKeyboard(page)).toEqual(DOORS.map((door) => `${door} seen`));
		await page.emulateMedia({ reducedMotion: "reduce" });
		await expect.poll(() => moving(page), { timeout: 10_000 }).toEqual([]);
		expect((await seriousFaults(page)).join("\n")).toBe("");
		await picture(page, `page-${name}`);
		expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
	},
);

/** The rooms of the desk, and the pages without a band of doors. */
const ROOMS = [
	{ path: "/duty/incidents", ready: "[data-new]", title: "事件" },
	{ path: "/duty/contacts", ready: ".book", title: "通讯录" },
	{ path: "/duty/shifts", ready: ".shifts", title: "班次" },
	{ path: "/duty/morning", ready: ".brief-page", title: "值班早报" },
	{ path: "/duty/figures", ready: ".figures-page", title: "报警指标" },
	{ path: "/duty/reach", ready: ".reach", title: "外呼与在岗" },
	{ path: "/phone", ready: ".phone", title: "手机值班" },
	{ path: "/admin", ready: ".admin", title: "人员与审计" },
] as const;

test.each(ROOMS)(
	"S1 $path: quiet console, own origin, no fault of axe",
	{ timeout: 120_000 },
	async ({ path, ready, title }) => {
		const api = new Api(server.url);
		await api.must("POST", "/api/session", { demo: path === "/admin" ? "administrator" : "lead" });
		const size = path === "/phone" ? { width: 390, height: 844 } : { width: 1920, height: 1080 };
		const there = await visit(browser, server.url, { path, cookie: api.cookie, ...size });
		const { page, context, complaints, foreign } = there;
		onTestFinished(() => context.close());
		await page.waitForSelector(ready, { timeout: 30_000 });
		await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(titled(title));
		expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
		expect((await faults(page)).join("\n")).toBe("");
		await picture(page, `room${path.replaceAll("/", "-")}`);
		expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
	},
);

/** People with an account whose rights are few, and the page that they begin at. */
const FEW = [
	{ role: "enterprise", path: "/duty?asset=", rooms: ["alarms"] },
	{ role: "viewer", path: "/duty", rooms: null },
	{ role: "auditor", path: "/admin", rooms: null },
] as const;

test.each(FEW)(
	"S1 $role at $path: nothing is shown that would be refused, nothing is asked for in vain",
	{ timeout: 120_000 },
	async ({ role, path, rooms }) => {
		const root = new Api(server.url);
		await root.must("POST", "/api/session", { demo: "administrator" });
		const { features } = await root.get<{ features: { id: string }[] }>("/api/assets?system=construction&limit=8");
		const assets = role === "enterprise" ? { assets: features.map(({ id }) => id) } : {};
		const scope = { districts: ["210000"], systems: null, ...assets };
		await root.must("PUT", `/api/users/${role}-1`, { password: PASSWORD, mustChange: false, roles: [role], scope });
		const own = new Api(server.url);
		await own.must("POST", "/api/session", { name: `${role}-1`, password: PASSWORD });
		const { page, context, complaints } = await visit(browser, server.url, {
			path: path.endsWith("=") ? `${path}${features[0]?.id}` : path,
			cookie: own.cookie,
			width: 1920,
			height: 1080,
		});
		onTestFinished(() => context.close());
		const refused: string[] = [];
		page.on("response", (response) => {
			if (response.status() >= 400) refused.push(`${response.status()} ${new URL(response.url()).pathname}`);
		});
		const shown = () =>
			page.locator("[data-room]").evaluateAll((links) => links.map((a) => a.getAttribute("data-room")));
		const soon = { timeout: 20_000 };
		if (rooms === null) await expect.poll(async () => (await shown()).length, soon).toBe(8);
		else await expect.poll(shown, soon).toEqual(rooms);
		const count = (name: string) => expect.poll(() => page.locator(`[data-${name}]`).count(), soon);
		await count("river").toBe(role === "viewer" ? 1 : 0);
		await count("reach").toBe(role === "enterprise" ? 0 : 1);
		await page.waitForLoadState("networkidle");
		// No rows come for an enterprise, because a cell of the table holds neighbours: its own values are asked for.
		if (role === "enterprise") {
			await expect
				.poll(() => page.locator(".channel-value").allInnerTexts(), { timeout: 30_000 })
				.toContainEqual(expect.stringMatching(/\d/));
			// And its sites stand on its map as they are, not as interrupted (5).
			const states = () => page.evaluate(() => [...window.__liaowang.painter.board.status]);
			await expect.poll(async () => (await states()).some((state) => state !== 5), soon).toBe(true);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
		await picture(page, `few-${role}`);
		expect({ complaints, refused }).toEqual({ complaints: [], refused: [] });
	},
);

test("S1 the sheet of the look: on a screen of 1080 lines nothing of the wall is under 18 minutes of arc", {
	timeout: 60_000,
}, async () => {
	const { page, context } = await visit(browser, server.url, { path: "/policy", width: 1600, height: 1080 });
	onTestFinished(() => context.close());
	const sheet = await lookSheet();
	await page.evaluate((html) => {
		document.body.innerHTML = html;
	}, sheet);
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
	const sizes = await page
		.locator('.t[data-theme="night"] [data-size]')
		.evaluateAll((words) => words.map((word) => Number.parseFloat(getComputedStyle(word).fontSize)));
	expect(sizes).toHaveLength(4);
	for (const size of sizes) expect(size).toBeGreaterThanOrEqual(18 * arcPx(USUAL_WALL, 1080) - 0.1);
	// Each theme is another page, not the same with other words.
	const grounds = await page
		.locator(".sheet .t")
		.evaluateAll((parts) => parts.map((part) => getComputedStyle(part).backgroundColor));
	expect(new Set(grounds).size).toBe(3);
	await page.setViewportSize({ width: 1600, height: 720 });
	await picture(page, "look-sheet");
});

/** The page's own name, a day after it on a paper, what waits before it. */
function titled(name: string): RegExp {
	return new RegExp(`^(\\(\\d+\\) )?${name}( \\d{4}-\\d{2}-\\d{2})? · 瞭望$`);
}

/** Doors in the order in which Tab meets them, and whether the focus on each can be seen. */
async function doorsByKeyboard(page: Page): Promise<string[]> {
	const met: string[] = [];
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	for (let i = 0; i < TABS && met.length < DOORS.length; i++) {
		await page.keyboard.press("Tab");
		const door = await page.evaluate(() => {
			const focused = document.activeElement;
			const name = focused?.getAttribute("data-door");
			if (focused === null || name === null || name === undefined) return null;
			const { outlineStyle, outlineWidth } = getComputedStyle(focused);
			return `${name} ${outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 ? "seen" : "unseen"}`;
		});
		if (door !== null) met.push(door);
	}
	return met;
}

/** What the style still moves; what only waits does not move. */
function moving(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		document
			.getAnimations()
			.filter(
				({ playState, effect }) => playState === "running" && Number(effect?.getComputedTiming().activeDuration) > 1,
			)
			.map(({ effect }) => ((effect as KeyframeEffect | null)?.target as Element | null)?.className.toString() ?? "?"),
	);
}

/** Serious and critical ones. */
function seriousFaults(page: Page): Promise<string[]> {
	return faults(page, ["serious", "critical"]);
}

/** What axe finds by WCAG 2.1 A and AA, of these impacts. */
async function faults(page: Page, impacts = ["minor", "moderate", "serious", "critical"]): Promise<string[]> {
	await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
	return page.evaluate(async (wanted) => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const told = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
		return told.violations
			.filter(({ impact }) => wanted.includes(impact ?? "minor"))
			.map(
				({ id, nodes }) =>
					`${id}: ${nodes
						.map(({ html }) => html.slice(0, 160))
						.slice(0, 4)
						.join(" | ")}`,
			);
	}, impacts);
}
