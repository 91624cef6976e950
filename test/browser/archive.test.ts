// An incident of the archive, found by day and by its address: read with its tasks and its log, its papers made, nothing written; opened
// again it is worked on like any other. Core and web run in this process; the archivist is the real one.
// needs: chromium
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { KEPT_DAYS } from "#model/archive.ts";
import type { Entry } from "#model/register.ts";
import { connectLocal } from "../../server/bus/local.ts";
import { buildClient } from "../../server/client_build.ts";
import { systemClock } from "../../server/clock.ts";
import { type Config, readConfig } from "../../server/config.ts";
import { type Core, startCore } from "../../server/core.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { openLog } from "../../server/log.ts";
import { startWeb } from "../../server/web.ts";
import { Api } from "../support/api.ts";
import { openBrowser, picture, visit } from "../support/browser.ts";

const DAY = 86_400_000;
const TASK = "关闭上游阀门";

async function serve(): Promise<{ url: string; core: Core }> {
	await buildClient(resolve(import.meta.dirname, "../.."), () => undefined);
	const folder = await mkdtemp(join(tmpdir(), "liaowang-archive-"));
	const off = { LIAOWANG_MQTT_PORT: "off", LIAOWANG_HJ212_PORT: "off" };
	const config = readConfig({ PORT: "0", LIAOWANG_DATA: folder, LIAOWANG_DEMO: "1", ...off }) as Config;
	const log = openLog("test", "silent");
	const core = await startCore({
		config,
		clock: systemClock,
		systems: await loadSystems(),
		log,
		demoAssets: 60,
		bus: false,
	});
	const web = await startWeb({ config, clock: systemClock, log, link: connectLocal(core.host, systemClock) });
	onTestFinished(async () => {
		await web.close();
		await core.stop();
		await rm(folder, { recursive: true, force: true });
	});
	return { url: `http://localhost:${web.port}`, core };
}

/** As if all that an officer did had been done so long ago. */
async function age({ heart }: Core, days: number): Promise<number> {
	const { register, recorder } = heart;
	const at = Date.now() - days * DAY;
	const revision = register.revision + 1;
	const entries = [...register.all("incident"), ...register.all("task")].map((entry): Entry => {
		const body =
			entry.kind === "incident" ? { ...(entry.body as object), openedAt: at - DAY, closedAt: at } : entry.body;
		return { ...entry, at, revision, body };
	});
	await recorder.edit(
		entries.map((entry) => ({ type: "entry.put", entry })),
		[],
	);
	register.apply(revision, entries, []);
	await heart.archivist.look();
	return at;
}

test("AR2 an incident of the archive is found by day, read with its tasks, its log and its papers, and opened again", {
	timeout: 240_000,
}, async () => {
	const { url, core } = await serve();
	const lead = new Api(url);
	await lead.must("POST", "/api/session", { demo: "lead" });
	let sent = 0;
	const act = (name: string, body: object) =>
		lead.must<{ id: string; task: string }>("POST", `/api/acts/${name}`, { commandId: `archive-${++sent}`, ...body });
	const place = { district: "210102", lon: 123.41, lat: 41.78, address: "文体路 12 号" };
	const { id } = await act("incident.open", { type: "heat", title: "文体路爆管", level: 3, place });
	const { task } = await act("incident.task", { id, title: TASK, dueAt: Date.now() + DAY });
	await act("incident.task-done", { id, task, result: "已关" });
	await act("incident.close", { id, result: "已修复" });
	// A final report is owed: it stays long, but not for ever.
	await age(core, KEPT_DAYS + 5);
	expect(core.heart.register.find("incident", id)).not.toBeNull();
	const overAt = await age(core, 200);
	expect(core.heart.register.find("incident", id)).toBeNull();

	const browser = await openBrowser({ webgl: false });
	onTestFinished(() => browser.close());
	const { page, complaints } = await visit(browser, url, { path: "/duty/incidents", cookie: lead.cookie, height: 900 });
	const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
	const ask = async (from: number, to: number): Promise<void> => {
		await page.fill("[data-past] input[name=from]", day(from));
		await page.fill("[data-past] input[name=to]", day(to));
		await page.click("[data-past] button[type=submit]");
	};
	await ask(overAt + DAY, overAt + 2 * DAY);
	await page.waitForSelector("[data-past] .loading", { state: "detached" });
	expect(await page.locator("[data-past] [data-incident]").count()).toBe(0);
	await ask(overAt, overAt);
	await page.waitForSelector(`[data-past] [data-incident="${id}"]`);
	await picture(page, "incidents-past");
	await page.click(`[data-past] [data-incident="${id}"] a[data-open]`);
	await page.waitForSelector("[data-archived]");
	await page.waitForSelector("[data-line=closed]");
	expect(await page.getByText(TASK).count()).toBeGreaterThan(0);
	await picture(page, "incident-archived");
	// Nothing is written here.
	for (const part of ["[data-note]", "[data-photo]", "[data-call-button]", "[data-report]", "[data-tool]"])
		expect(await page.locator(part).count(), part).toBe(0);
	expect(await page.locator("[data-document='final.pdf']").count()).toBe(1);
	await page.click("[data-close]");
	await page.fill("dialog textarea", "复漏");
	await page.click("dialog button.primary");
	await page.waitForSelector("[data-note]");
	expect(await page.locator("[data-archived]").count()).toBe(0);
	await page.waitForSelector("[data-line=reopened]");
	expect(await page.getByText(TASK).count()).toBeGreaterThan(0);
	// An id that is nobody's is said to be none.
	await page.goto(`${url}/duty/incidents/i999`);
	await page.waitForSelector("[data-missing]");
	expect(complaints).toEqual([]);
});
