// The drawing of server/README.md, walked once from end to end: a frame of HJ 212 on a TCP socket -> the asset's colour on the
// map -> the alarm in the list -> 确认 clicked -> the event on another person's page.
// needs: chromium
import { connect } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { drawn, openBrowser, picture, pixelsOf, type Visit, visit } from "../support/browser.ts";
import { frameOf, realTimeFrame } from "../support/senders/hj212.ts";
import { startServer, type TestServer } from "../support/server.ts";

const SPARE = { asset: "spare-hj212", mn: "210102A0000000000000D001", pw: "123456" };
const MINUTE_MS = 60_000;
/** What else a dust station measures: all of it calm. */
const CALM = [
	["a34002", 60],
	["a34004", 30],
	["LA", 52],
	["a01001", 4.5],
	["a01002", 48],
	["a01006", 101.3],
	["a01007", 2.1],
	["a01008", 225],
] as const;
/** --level-3 of client/style/tokens.css. */
const ORANGE = "#f5872e";

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

/** Sends one frame and resolves with the platform's 9014. */
async function send(frame: Buffer): Promise<string> {
	const socket = connect(server.hj212);
	try {
		return await new Promise((resolve, reject) => {
			socket.once("error", reject);
			socket.once("close", () => reject(new Error("the door hung up without an answer")));
			socket.once("data", (answer) => resolve(answer.toString("latin1")));
			socket.write(frame);
		});
	} finally {
		socket.destroy();
	}
}

const statusOf = (page: Visit["page"]) =>
	page.evaluate((id) => {
		const { catalogue, painter } = window.__liaowang;
		return painter.board.status[catalogue.find(id)?.index ?? -1];
	}, SPARE.asset);

/** A person at their own desk, with the spare in view. */
async function desk(): Promise<Visit> {
	const { lon, lat } = await where();
	const there = await visit(browser, server.url, { path: `/duty?asset=${SPARE.asset}&at=${lon},${lat},16` });
	onTestFinished(() => there.context.close());
	await drawn(there.page);
	return there;
}

async function where(): Promise<{ lon: number; lat: number }> {
	const told = await fetch(`${server.url}/api/assets/${SPARE.asset}`);
	const { geometry } = (await told.json()) as { geometry: { coordinates: [number, number] } };
	return { lon: geometry.coordinates[0], lat: geometry.coordinates[1] };
}

/** The middle of the map, where the asset lies. */
async function middle(page: Visit["page"]): Promise<{ x: number; y: number; width: number; height: number }> {
	const box = await page.locator(".map-box").boundingBox();
	if (box === null) throw new Error("no map");
	return { x: box.x + box.width / 2 - 40, y: box.y + box.height / 2 - 40, width: 80, height: 80 };
}

test("S1 life_of_a_reading", { timeout: 240_000 }, async () => {
	const officer = await desk();
	const other = await desk();
	// One click makes the viewer of the demo a duty officer.
	await officer.page.getByRole("button", { name: "登录" }).click();
	await officer.page.getByRole("button", { name: "以值班员身份进入" }).click();
	await officer.page.waitForSelector(".who-name");

	// Three quiet minutes, then one in which somebody tips out cement. TSP 400, 400, 400, 3600 µg/m³: the mean is 1200.
	const now = Math.floor(Date.now() / 1000) * 1000;
	let sent = 0;
	const speak = async (minutesAgo: number, tsp: number): Promise<void> => {
		const at = now - minutesAgo * MINUTE_MS;
		const qn = `20261122120000${String(sent++).padStart(3, "0")}`;
		const answer = await send(realTimeFrame(SPARE, qn, at, [["a34001", tsp], ...CALM]));
		// 3: answered after the commit, with its own QN.
		expect(answer).toContain(`QN=${qn};`);
		expect(answer).toContain("CN=9014;");
	};
	for (const minute of [3, 2, 1]) await speak(minute, 400);
	await officer.page.waitForFunction(
		(id) => window.__liaowang.painter.board.status[window.__liaowang.catalogue.find(id)?.index ?? -1] === 0,
		SPARE.asset,
	);
	const spot = await middle(officer.page);
	expect(await pixelsOf(officer.page, ORANGE, spot)).toBe(0);
	await picture(officer.page, "life-1-before");

	await speak(0, 3600);

	// 5: the colour, in the page's own book and as pixels on the glass.
	for (const { page } of [officer, other]) {
		await page.waitForFunction(
			(id) => window.__liaowang.painter.board.status[window.__liaowang.catalogue.find(id)?.index ?? -1] === 3,
			SPARE.asset,
		);
	}
	expect(await statusOf(other.page)).toBe(3);
	await expect.poll(() => pixelsOf(officer.page, ORANGE, spot), { timeout: 30_000 }).toBeGreaterThan(20);

	// 6: the alarm in the list of both, unacknowledged, with value against limit.
	const alarm = (visit: Visit) =>
		visit.page.evaluate((id) => {
			const found = window.__liaowang.alarms.open.find(({ asset, rule }) => asset === id && rule === "tsp-level");
			return found === undefined ? null : { ...found };
		}, SPARE.asset);
	await expect
		.poll(() => alarm(other), { timeout: 20_000 })
		.toMatchObject({ severity: 3, acknowledged: false, value: 1200, limit: 800 });
	const raised = await alarm(officer);
	const row = (visit: Visit) => visit.page.locator(`[data-alarm="${raised?.id}"]`);
	// The list is virtual: narrowed to orange, newest first, it stands in view.
	for (const one of [officer, other]) {
		await one.page.locator('[data-level="3"]').click();
		await expect.poll(() => row(one).getAttribute("data-acknowledged"), { timeout: 20_000 }).toBe("false");
	}
	await picture(officer.page, "life-2-alarm");
	// A viewer has no button.
	expect(await row(other).locator("[data-acknowledge]").count()).toBe(0);

	// A to B: 确认. Both rows turn with the event, whose seq is the answer's.
	await row(officer).locator("[data-acknowledge]").click();
	for (const one of [officer, other]) {
		await expect.poll(() => row(one).getAttribute("data-acknowledged"), { timeout: 20_000 }).toBe("true");
	}
	expect(await row(other).textContent()).toContain("已确认");
	const after = await alarm(other);
	expect(after).toMatchObject({ acknowledged: true, active: true, severity: 3 });
	expect(after?.seq ?? 0).toBeGreaterThan(raised?.seq ?? 0);
	await picture(other.page, "life-3-acknowledged");

	// The same in the log, told once.
	const told = await fetch(`${server.url}/api/alarms/log?after=${(raised?.seq ?? 1) - 1}&limit=5000`);
	const { transitions } = (await told.json()) as { transitions: { kind: string; alarm: { id: string } }[] };
	const mine = transitions.filter(({ alarm }) => alarm.id === raised?.id).map(({ kind }) => kind);
	expect(mine).toEqual(["raised", "acknowledged"]);

	for (const { complaints, foreign } of [officer, other])
		expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
});

test("F2 a frame that does not stand up to its check value changes nothing and is not answered", async () => {
	const frame = realTimeFrame(SPARE, "20261122120001000", Math.floor(Date.now() / 1000) * 1000, [["a34001", 9000]]);
	const broken = Buffer.from(frame);
	const digit = broken.indexOf("9000.0");
	broken[digit] = 0x38;
	const before = await fetch(`${server.url}/api/assets/${SPARE.asset}`).then((told) => told.text());
	// A frame of a good heart behind it: its answer says that the broken one was read and passed over.
	const head = `QN=20261122120001001;ST=22;CN=1013;PW=${SPARE.pw};MN=${SPARE.mn};Flag=5`;
	const answer = await send(Buffer.concat([broken, frameOf(`${head};CP=&&&&`)]));
	expect(answer).toContain("QN=20261122120001001;");
	expect(answer).not.toContain("QN=20261122120001000;");
	expect(await fetch(`${server.url}/api/assets/${SPARE.asset}`).then((told) => told.text())).toBe(before);
});
