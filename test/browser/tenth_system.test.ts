// S3: a system is one file. Core and web run in this process with the nine systems and one more that only a fixture knows.
// needs: chromium
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectLocal } from "../../server/bus/local.ts";
import { buildClient } from "../../server/client_build.ts";
import { systemClock } from "../../server/clock.ts";
import { type Config, readConfig } from "../../server/config.ts";
import { startCore } from "../../server/core.ts";
import { BUILT_IN, loadSystems } from "../../server/load_systems.ts";
import { openLog } from "../../server/log.ts";
import { startWeb } from "../../server/web.ts";
import { Api, addAssets } from "../support/api.ts";
import { drawn, openBrowser, openLayers, picture, pixelsOf, visit } from "../support/browser.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FIXTURES = resolve(import.meta.dirname, "../fixtures/systems");
const KEY = "master-key-of-this-test";
const LIFT = { id: "lift-1", name: "市图书馆一号梯", kind: "lift", district: "210102", lon: 123.41, lat: 41.79 };
/** --level-4 of client/style/tokens.css. */
const RED = "#ff5a5f";

async function serve(): Promise<string> {
	await buildClient(ROOT, () => undefined);
	const folder = await mkdtemp(join(tmpdir(), "liaowang-tenth-"));
	const config = readConfig({
		PORT: "0",
		LIAOWANG_DATA: folder,
		LIAOWANG_DEMO: "1",
		LIAOWANG_MQTT_PORT: "off",
		LIAOWANG_HJ212_PORT: "off",
		LIAOWANG_INGEST_KEY: KEY,
	}) as Config;
	const log = openLog("test", "silent");
	const systems = await loadSystems([BUILT_IN, FIXTURES]);
	const core = await startCore({ config, clock: systemClock, systems, log, demoAssets: 0, bus: false });
	const web = await startWeb({ config, clock: systemClock, log, link: connectLocal(core.host, systemClock) });
	onTestFinished(async () => {
		await web.close();
		await core.stop();
		await rm(folder, { recursive: true, force: true });
	});
	return `http://localhost:${web.port}`;
}

test("S3 one more system has its legend entry, its panel and its alarms from its one file", {
	timeout: 240_000,
}, async () => {
	const url = await serve();
	const administrator = new Api(url);
	await administrator.must("POST", "/api/session", { demo: "administrator" });
	await addAssets(administrator, [{ ...LIFT, fields: { builtIn: 2019 } }]);
	const browser = await openBrowser();
	onTestFinished(() => browser.close());
	const path = `/duty?asset=${LIFT.id}&at=${LIFT.lon},${LIFT.lat},16`;
	const { page, complaints, foreign } = await visit(browser, url, { path, width: 1920, height: 1080 });
	await drawn(page);

	await openLayers(page);
	// The layer with its count, after the ten of the product.
	const layers = page.locator(".layer-list .layer-name");
	await expect.poll(() => layers.count(), { timeout: 20_000 }).toBe(11);
	expect(await layers.last().textContent()).toBe("公共电梯");
	await expect.poll(() => page.locator(".layer-list .layer-total").last().textContent(), { timeout: 20_000 }).toBe("1");

	// The panel: name, kind, channel with unit, rule with clause, register field.
	const panel = page.locator(`[data-asset="${LIFT.id}"]`);
	await expect.poll(() => panel.textContent(), { timeout: 20_000 }).toContain(LIFT.name);
	const words = (await panel.textContent()) ?? "";
	for (const word of ["电梯", "轿厢振动", "mm/s", "试验标准 T 1-2026", "投用年份", "2019"])
		expect(words).toContain(word);

	// An alarm of its own limit, in the list and as colour.
	const response = await fetch(`${url}/api/readings`, {
		method: "POST",
		headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
		body: JSON.stringify({ readings: [{ asset: LIFT.id, measure: "vibration", at: Date.now(), value: 42 }] }),
	});
	expect(await response.json()).toEqual({ accepted: 1, rejected: [] });
	const row = page.locator(".alarm[data-severity='4']");
	await expect.poll(() => row.count(), { timeout: 20_000 }).toBe(1);
	expect(await row.textContent()).toContain(LIFT.name);
	const channel = panel.locator('[data-measure="vibration"]');
	await expect.poll(() => channel.textContent(), { timeout: 20_000 }).toContain("42.0");
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	const spot = { x: box.x + box.width / 2 - 40, y: box.y + box.height / 2 - 40, width: 80, height: 80 };
	await expect.poll(() => pixelsOf(page, RED, spot), { timeout: 30_000 }).toBeGreaterThan(20);
	await picture(page, "tenth-system");
	expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
});
