// The desk in a hand at 390 x 844: an officer on site sees the alarm, acknowledges it, comments, adds a photo and finds whom to call,
// with a finger; every step stands in the server's log and in the chain of the alarm.
// needs: chromium
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { LogLine } from "../../geodata/model/register.ts";
import { Api } from "../support/api.ts";
import { openBrowser, picture, visit } from "../support/browser.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { raiseSpare } from "../support/spare.ts";

const KEY = "phone-test-master-key";
/** A finger's width. */
const TARGET_PX = 48;

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

interface ChainTold {
	readonly chain: { readonly steps: readonly { step: string; state: string; by: string | null; deeds: object[] }[] };
}

test("S1 on a telephone: seen, acknowledged, commented with a photo, called; all of it on record", {
	timeout: 60_000,
}, async () => {
	const duty = new Api(server.url);
	await duty.must("POST", "/api/session", { demo: "duty" });
	const id = await raiseSpare(duty, KEY);
	const there = await visit(browser, server.url, { path: "/phone", width: 390, height: 844, cookie: duty.cookie });
	const { page, context, complaints, foreign } = there;
	onTestFinished(() => context.close());
	await page.click(`[data-alarm="${id}"]`);
	await page.waitForSelector(`[data-case="${id}"] .phone-sketch`);
	expect(await tooSmall(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
	expect(await seriousFaults(page)).toEqual([]);
	await picture(page, "phone-alarm");

	await page.click("button[data-acknowledge]");
	await page.waitForSelector("p[data-acknowledged]");
	await page.fill("[data-notes]", "现场已围挡");
	await page.click(".phone-notes form button");
	await expect.poll(() => page.inputValue("[data-notes]")).toBe("");
	const shot = { name: "scene.png", mimeType: "image/png", buffer: await page.screenshot() };
	await page.setInputFiles("[data-photo]", shot);
	await page.waitForSelector(".phone-photos img");

	await page.click("[data-call-open]");
	const number = await page.textContent("[data-number]");
	expect(number?.replace(/\D/g, "")).toMatch(/^0\d{10}$/);
	const first = await page.getAttribute("[data-callee-now]", "data-callee-now");
	expect(await tooSmall(page)).toEqual([]);
	await page.click('[data-result="no-answer"]');
	await page.waitForFunction(
		(before) => document.querySelector("[data-callee-now]")?.getAttribute("data-callee-now") !== before,
		first,
	);
	await picture(page, "phone-call");

	const { lines } = await duty.get<{ lines: readonly LogLine[] }>(`/api/log?subject=alarm:${id}`);
	expect(lines.map(({ kind, by }) => `${kind} ${by}`)).toEqual(["photo demo-duty", "call demo-duty"]);
	const photo = await fetch(`${server.url}/api/photos/${String(lines[0]?.detail.photo)}`, {
		headers: { cookie: duty.cookie },
	});
	// Made small in the page: a JPEG, whatever was taken.
	expect(photo.headers.get("content-type")).toBe("image/jpeg");
	const stepOf = async (wanted: string) =>
		(await duty.get<ChainTold>(`/api/alarms/${id}/chain`)).chain.steps.find(({ step }) => step === wanted);
	expect(await stepOf("confirmed")).toMatchObject({ state: "done", by: "demo-duty" });
	expect(await stepOf("called")).toMatchObject({ state: "absent", deeds: [{ what: "call-failed", by: "demo-duty" }] });
	await expect.poll(async () => (await stepOf("shown"))?.by, { timeout: 10_000 }).toBe("demo-duty");
	expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
});

/** What a finger would miss, by its words. */
function tooSmall(page: Page): Promise<string[]> {
	return page.evaluate((least) => {
		const dialog = document.querySelector("dialog[open]");
		const targets = [
			...(dialog ?? document).querySelectorAll<HTMLElement>("button, a, label.button, textarea, select"),
		];
		return targets
			.filter((target) => target.offsetParent !== null && target.getBoundingClientRect().height < least)
			.map((target) => `${target.textContent} ${target.getBoundingClientRect().height}`);
	}, TARGET_PX);
}

async function seriousFaults(page: Page): Promise<string[]> {
	await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
	return page.evaluate(async () => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const told = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
		return told.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
	});
}
