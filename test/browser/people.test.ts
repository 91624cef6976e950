// People on a real folder, from the printed code to a new officer's own city; and sixty hostile texts in every field that people or
// devices fill, with every page opened once: nothing runs, nothing is loaded, the page's policy is never even touched.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ZodType } from "zod";
import { actNames, acts } from "../../geodata/model/acts.ts";
import { Api, anAsset, PASSWORD } from "../support/api.ts";
import { loaded, openBrowser, picture } from "../support/browser.ts";
import { sampleOf } from "../support/sample.ts";
import type { TestServer } from "../support/server.ts";
import { startServer } from "../support/server.ts";
import { patience } from "../support/tier.ts";
import { PAYLOADS } from "../support/xss.ts";

type Chromium = Awaited<ReturnType<typeof openBrowser>>;
const KEY = "a-master-key-of-this-test";
let server: TestServer;
let browser: Chromium;
let root: Api;

beforeAll(async () => {
	[server, browser] = await Promise.all([
		startServer({ demo: false, env: { LIAOWANG_INGEST_KEY: KEY }, tells: false }),
		openBrowser(),
	]);
}, 240_000);
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

async function newPage(width: number, height: number, cookie = "") {
	const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN" });
	const [name, value] = cookie.split("=");
	if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url: server.url }]);
	return context.newPage();
}

test("from the printed code to a new officer's first page: set up, import, first password, own city", {
	timeout: patience(60_000),
}, async () => {
	const page = await newPage(1280, 800);
	await page.goto(server.url);
	await page.waitForURL("**/sign-in");
	await page.getByLabel("初始化码").fill(server.setUpCode);
	await page.getByLabel("账号").fill("root");
	await page.getByLabel("口令", { exact: true }).fill(PASSWORD);
	await picture(page, "sign-in-first");
	await page.getByRole("button", { name: "建立并登录" }).click();
	await page.waitForURL("**/admin");
	root = new Api(server.url);
	await root.must("POST", "/api/session", { name: "root", password: PASSWORD });
	const sheet = "账号,姓名,单位,角色,辖区,专业\r\nsy-01,王五,沈阳某局,值班员,沈阳市,全部\r\nbad one,,,国王,火星市,\r\n";
	await page.setInputFiles('[data-import="people"]', {
		name: "people.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(`\uFEFF${sheet}`),
	});
	await page.waitForSelector('[data-made="1"]');
	expect(await page.locator(".admin-imported li").allInnerTexts()).toEqual([
		expect.stringContaining("第 3 行 账号"),
		expect.stringContaining("值班员"),
		expect.stringContaining("210100 沈阳市"),
	]);
	const saving = page.waitForEvent("download");
	await page.getByRole("button", { name: "下载初始口令" }).click();
	const stream = await (await saving).createReadStream();
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	const first = /"sy-01","王五","(\w{14})"/.exec(Buffer.concat(chunks).toString("utf8"))?.[1] ?? "";
	expect(first).toHaveLength(14);
	await page.waitForSelector('[data-person="sy-01"][data-state="must"]');
	expect(await page.locator(".watermark").getAttribute("data-watermark")).toMatch(/^root 20\d\d-/);
	await picture(page, "admin-people");
	await page.getByRole("button", { name: "审计日志" }).click();
	await page.waitForSelector('[data-chain="whole"]');
	await picture(page, "admin-audit");
	await page.getByRole("button", { name: "本页安全" }).click();
	expect(await page.locator("[data-secure]").getAttribute("data-secure")).toBe("true");

	const officer = await newPage(390, 844);
	await officer.goto(`${server.url}/sign-in`);
	await officer.getByLabel("账号").fill("sy-01");
	await officer.getByLabel("口令", { exact: true }).fill(first);
	await officer.getByRole("button", { name: "登录", exact: true }).click();
	await officer.getByLabel("新口令", { exact: true }).fill("Hun-River-2026");
	await officer.getByLabel("确认新口令").fill("Hun-River-2026");
	await picture(officer, "sign-in-must-390");
	await officer.getByRole("button", { name: "设置口令" }).click();
	await officer.waitForURL(/\/duty\?at=12[23]\./);
	await officer.context().close();
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole("button", { name: "人员", exact: true }).click();
	await picture(page, "admin-390");
	await page.context().close();
});

/** Texts in assets, alarms, notes, and in every act that takes a text. */
async function poison(): Promise<{ alarm: string; asset: string; incident: string }> {
	const assets = PAYLOADS.map((text, i) => ({
		...anAsset("regulator", `x-${i}`, i),
		name: text.replaceAll("\u0000", "").slice(0, 80),
		site: text.slice(0, 80),
		fields: { owner: text },
	}));
	await root.must("POST", "/api/assets", { assets });
	await fetch(`${server.url}/api/readings`, {
		method: "POST",
		headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
		body: JSON.stringify({
			readings: assets.map(({ id }) => ({ asset: id, measure: "methane", at: Date.now(), value: 60 })),
		}),
	}).then((response) => response.arrayBuffer());
	const alarms = await root.get<{ alarms: { id: string; asset: string; occurrence: number }[] }>("/api/alarms");
	const at = (i: number) => alarms.alarms[i % Math.max(1, alarms.alarms.length)];
	let n = 0;
	const next = (): string => `poison-${++n}`;
	for (const [i, text] of PAYLOADS.entries()) {
		const alarm = at(i);
		if (alarm === undefined) continue;
		const body = { commandId: next(), occurrence: alarm.occurrence, note: text };
		await root.ask("POST", `/api/alarms/${alarm.id}/comment`, body);
	}
	let incident = "";
	let taken = 0;
	for (const [i, text] of PAYLOADS.entries()) {
		const known = {
			...{
				district: "210102",
				asset: at(i)?.asset,
				alarm: at(i)?.id,
				alarms: [at(i)?.id],
				rootAlarm: null,
				cause: null,
			},
			...{
				incident,
				subject: `alarm:${at(i)?.id}`,
				lon: 123.4,
				lat: 41.8,
				from: Date.now(),
				to: Date.now() + 3_600_000,
			},
			...{ phone24h: "024-00000000", phones: ["024-00000001"] },
		};
		const idOf = (name: string): string =>
			name.startsWith("incident.") ? incident : name.startsWith("shift.") ? "210000-202611220800" : `c-${i}`;
		// Each text in the acts that every page shows; the others share the texts among them.
		const some = actNames.filter(
			(name, k) => /^(incident\.(open|note)|contact\.unit|window\.put)$/.test(name) || (k + i) % 12 === 0,
		);
		for (const name of some.filter((act) => act !== "incident.close" && act !== "photo.add")) {
			const body = sampleOf(acts[name].schema as ZodType, { known: { ...known, id: idOf(name) }, mark: text, next });
			const { status, body: answer } = await root.ask<{ id?: string }>("POST", `/api/acts/${name}`, body);
			if (status !== 200) continue;
			taken += 1;
			if (name === "incident.open" && incident === "") incident = answer.id ?? "";
		}
	}
	const rows = PAYLOADS.map((text, i) => `x-${i},${quoted(text)},${quoted(text)},值班员,${quoted(text)},`);
	const sheet = `账号,姓名,单位,角色,辖区,专业\r\n${rows.join("\r\n")}\r\n`;
	await fetch(`${server.url}/api/user-sheet`, {
		method: "POST",
		headers: { cookie: root.cookie, "content-type": "text/csv" },
		body: sheet,
	}).then((response) => response.arrayBuffer());
	for (const [i, text] of PAYLOADS.entries()) {
		const person = { password: PASSWORD, roles: ["viewer"], scope: { districts: ["210102"], systems: null } };
		const words = { fullName: text.slice(0, 40), unit: text.slice(0, 80) };
		if (i % 6 === 0) await root.ask("PUT", `/api/users/x-${i}`, { ...person, ...words });
	}
	expect(taken, "acts that took a hostile text").toBeGreaterThan(PAYLOADS.length);
	return { alarm: at(0)?.id ?? "", asset: at(0)?.asset ?? "", incident };
}

function quoted(text: string): string {
	return `"${text.replaceAll("\u0000", "").replaceAll('"', '""')}"`;
}

test("T-53 sixty hostile texts in every field: on no page does any of them run, load or touch the policy", {
	timeout: patience(90_000),
}, async () => {
	expect(PAYLOADS).toHaveLength(60);
	expect(new Set(PAYLOADS).size).toBe(60);
	const { alarm, asset, incident } = await poison();
	expect([alarm, asset, incident]).not.toContain("");
	const page = await newPage(1600, 1000, root.cookie);
	const said: string[] = [];
	await page.addInitScript(() => {
		document.addEventListener("securitypolicyviolation", (event) => {
			console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`);
		});
	});
	page.on("dialog", (dialog) => {
		said.push(`dialog: ${dialog.message()}`);
		dialog.dismiss().catch(() => undefined);
	});
	page.on("console", (message) => {
		if (/CSP|Content Security Policy|evil\.example/.test(message.text())) said.push(message.text());
	});
	page.on("request", (request) => {
		if (request.url().includes("evil.example")) said.push(`asked for ${request.url()}`);
	});
	/** Pages that show at least one of the texts; the others are only opened. */
	const showing = [
		...[`/duty?asset=${asset}`, `/duty?alarm=${alarm}`, "/duty/incidents", `/duty/incidents/${incident}`],
		...[`/duty/chain/${alarm}`, `/phone?alarm=${alarm}`, "/admin"],
	];
	const others = [
		"/wall",
		"/duty/contacts",
		"/duty/shifts",
		"/duty/morning",
		"/duty/figures",
		"/duty/reach",
		"/plan",
		"/policy",
	];
	let shown = 0;
	for (const path of [...showing, ...others]) {
		await page.goto(server.url + path, { waitUntil: "load" });
		await loaded(page);
		if (showing.includes(path))
			await page.waitForFunction(() => document.body.textContent?.includes("__xss"), undefined, { timeout: 20_000 });
		if (path === "/admin") await page.getByRole("button", { name: "审计日志" }).click();
		// What has come is drawn.
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const found = await page.evaluate(() => ({
			ran: "__xss" in window,
			made: document.querySelectorAll("iframe,object,embed,base,marquee,script:not([src]),[onerror],[onload],[onfocus]")
				.length,
			texts: (document.body.textContent ?? "").split("__xss").length - 1,
		}));
		expect(found.ran, `${path}: a text ran`).toBe(false);
		expect(found.made, `${path}: a text became an element`).toBe(0);
		shown += found.texts;
		await picture(page, `hostile${path.replace(/[^a-z]+/g, "-")}`);
	}
	expect(said).toEqual([]);
	expect(shown, "the texts were on the pages").toBeGreaterThan(PAYLOADS.length);
	await page.context().close();
});
