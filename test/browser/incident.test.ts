// One incident from the call to its end, at two desks and a wall: opened in the county, handed to the city, written on while the link is
// away, shown to everybody, closed with its result; and every step is in its log.
// needs: chromium
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { Api, PASSWORD } from "../support/api.ts";
import { drawn, loaded, openBrowser, picture, type Visit, type VisitOptions, visit } from "../support/browser.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { until } from "../support/until.ts";

const TITLE = "塔湾街供热一次管爆管";
const OFFLINE_NOTE = "断网时记录：二号阀已关闭";
const RESULT = "已更换 6 米管段，恢复供热";

let server: TestServer;
let browser: Browser;
/** Draws no map: two desks and a wall at once are too many for one processor, and their words do not need it. */
let mapless: Browser;
let root: Api;

beforeAll(async () => {
	server = await startServer({ demo: true, tells: false });
	[browser, mapless] = await Promise.all([openBrowser(), openBrowser({ webgl: false })]);
	root = new Api(server.url);
	await root.must("POST", "/api/session", { demo: "administrator" });
}, 240_000);
afterAll(async () => {
	await Promise.all([browser?.close(), mapless?.close()]);
	await server?.stop();
});

/** An officer of a district, signed in. */
async function officer(name: string, role: "duty" | "lead", district: string): Promise<Api> {
	const scope = { districts: [district], systems: null };
	await root.must("PUT", `/api/users/${name}`, { password: PASSWORD, mustChange: false, roles: [role], scope });
	const api = new Api(server.url);
	await api.must("POST", "/api/session", { name, password: PASSWORD });
	return api;
}

async function desk(options: VisitOptions, by = mapless): Promise<Visit> {
	const there = await visit(by, server.url, { width: 1280, height: 720, ...options });
	onTestFinished(() => there.context.close());
	return there;
}

/** What axe-core finds against WCAG 2.1 A and AA. */
async function faults(page: Page): Promise<string[]> {
	await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
	return page.evaluate(async () => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const told = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
		return told.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(" | ")}`);
	});
}

interface Line {
	readonly kind: string;
	readonly by: string;
	readonly detail: Readonly<Record<string, unknown>>;
}

async function linesOf(id: string): Promise<readonly Line[]> {
	return (await root.get<{ lines: Line[] }>(`/api/log?subject=incident:${id}`)).lines;
}

/** By keyboard alone: c, the fields in their order, Enter. @returns the incident's id. */
async function openFromCall(page: Page): Promise<string> {
	await page.waitForSelector("[data-new]");
	await page.keyboard.press("c");
	await page.waitForSelector("dialog.new-incident[open]");
	expect(await faults(page)).toEqual([]);
	await page.keyboard.type(TITLE);
	await page.selectOption("select[name=type]", "heat");
	await page.check("input[name=level][value='3']", { force: true });
	await page.fill("input[name=address]", "塔湾街 38 号");
	await page.fill("input[name=reporter]", "刘女士");
	await page.fill("input[name=phone]", "13800000000");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/duty\/incidents\/\w+$/);
	await loaded(page);
	return page.url().split("/").at(-1) ?? "";
}

test("an incident goes from a call in the county to its end in the city, and loses nothing on the way", {
	timeout: 180_000,
}, async () => {
	const [county, city] = [await officer("huanggu", "duty", "210105"), await officer("shenyang", "lead", "210100")];
	const near = await desk({ path: "/duty/incidents", cookie: county.cookie });
	const id = await openFromCall(near.page);
	expect(await near.page.locator(".owner-now").getAttribute("data-tier")).toBe("county");

	await near.page.click("[data-offer-to=city]");
	await near.page.keyboard.type("请市级支援");
	await near.page.keyboard.press("Control+Enter");
	await near.page.waitForSelector("[data-offer='210100']");
	const far = await desk({ path: "/duty/incidents", cookie: city.cookie });
	await far.page.waitForSelector(".offers [data-accept]");
	expect(await faults(far.page)).toEqual([]);
	await far.page.click(".offers [data-accept]");
	await far.page.waitForSelector(".open-incidents [data-incident]");
	await near.page.waitForSelector(".owner-now[data-tier=city]");

	// What is written while the link is away waits on this machine, and a sentence half written survives a reload.
	await near.context.setOffline(true);
	await near.page.locator("[data-note]").fill(OFFLINE_NOTE);
	await near.page.keyboard.press("Control+Enter");
	await near.page.waitForSelector("[data-waiting=waiting]");
	await near.page.locator("[data-note]").fill("写到一半");
	await near.context.setOffline(false);
	await near.page.waitForSelector("[data-waiting]", { state: "detached", timeout: 60_000 });
	await near.page.reload();
	await loaded(near.page);
	await near.page.waitForSelector("[data-note]");
	expect(await near.page.locator("[data-note]").inputValue()).toBe("写到一半");

	await far.page.goto(`${server.url}/duty/incidents/${id}`);
	await loaded(far.page);
	await far.page.getByText(OFFLINE_NOTE).waitFor();
	await far.page.click("[data-kind=instruct]");
	expect(await faults(far.page)).toEqual([]);
	const wall = await desk({ path: "/wall" });
	expect(await wall.page.locator(".wall-incident").count()).toBe(0);
	await far.page.click("[data-push]");
	await wall.page.waitForSelector(`.wall-incident[data-incident=${id}]`);
	await wall.page.waitForSelector("[data-stop=case]");
	expect(await wall.page.locator(".wall-incident .wall-case-what").textContent()).toBe(TITLE);
	await picture(wall.page, "incident-wall");
	await picture(far.page, "incident-desk");

	await far.page.click("[data-close]");
	await far.page.keyboard.type(RESULT);
	await far.page.keyboard.press("Control+Enter");
	await far.page.waitForSelector(".incident-head[data-state=closed]");
	await near.page.waitForSelector(".incident-head[data-state=closed]");
	await wall.page.waitForSelector(".wall-incident", { state: "detached" });

	const lines = await until("the log holds the end", async () => {
		const told = await linesOf(id);
		return told.some(({ kind }) => kind === "closed") ? told : undefined;
	});
	expect(lines.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
		"opened huanggu",
		"offered huanggu",
		"accepted shenyang",
		"note huanggu",
		"pushed shenyang",
		"closed shenyang",
	]);
	expect(lines.at(-1)?.detail).toMatchObject({ result: RESULT });
	expect(lines.filter(({ detail }) => detail.text === OFFLINE_NOTE)).toHaveLength(1);
	const isOfLink = (text: string): boolean => /ERR_INTERNET_DISCONNECTED|websocket|WebSocket/i.test(text);
	expect([near, far, wall].flatMap(({ complaints }) => complaints.filter((text) => !isOfLink(text)))).toEqual([]);
});

test("what one desk draws stands on the map of every other, and is taken back by the one who drew it", {
	timeout: 120_000,
}, async () => {
	const officers = [await officer("dadong", "duty", "210104"), await officer("dadong-2", "duty", "210104")];
	const place = { district: "210104", lon: 123.47, lat: 41.81, address: "" };
	const body = { commandId: "drawing-test-1", type: "gas", title: "燃气泄漏", level: 2, place };
	const { id } = await (officers[0] as Api).must<{ id: string }>("POST", "/api/acts/incident.open", body);
	const path = `/duty/incidents/${id}`;
	const other = await desk({ path, cookie: officers[1]?.cookie ?? "" });
	const { page, complaints } = await desk(
		{ path, cookie: officers[0]?.cookie ?? "", width: 1000, height: 640 },
		browser,
	);
	await drawn(page);
	const count = (on: Page, drawings: number) =>
		on.waitForSelector(`[data-drawings='${drawings}']`, { timeout: 60_000 });
	await page.click("[data-tool=circle]");
	await page.fill("[data-radius]", "300");
	await page.click("[data-around]");
	await count(other.page, 1);
	// By hand: a click of the tool is a stroke, whatever lies under it.
	await page.click("[data-tool=point]");
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	await until("the click has become a drawing", async () => {
		await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.75, { delay: 30 });
		const drawings = Number(await page.locator("[data-drawings]").getAttribute("data-drawings"));
		return drawings > 1;
	});
	await count(other.page, Number(await page.locator("[data-drawings]").getAttribute("data-drawings")));
	await picture(page, "incident-drawing");
	await page.keyboard.press("Escape");
	while (await page.locator("[data-undo]").isEnabled()) await page.click("[data-undo]");
	await count(other.page, 0);
	expect(complaints).toEqual([]);
});
