// Each season's own scenario, started by the director's line and played twenty-five times faster through the real doors: a strip of
// pictures of the director's page with one of the wall at its height, and the figures shown held against the claimed physics.
// needs: chromium, faketime
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openBrowser, picture, visit } from "../support/browser.ts";
import { fakeDate } from "../support/fake_date.ts";
import { startServer } from "../support/server.ts";
import { isNightly } from "../support/tier.ts";
import { until } from "../support/until.ts";

const SPEED = 25;
/** Every change plays the summer's; an officer lives through the winter's in officer.test.ts; the nightly tier plays them all. */
const byNight: typeof test | (() => void) = isNightly ? test : () => undefined;
const HELD = 0.1;

interface Figure {
	readonly id: string;
	readonly value: number | null;
}
interface Running {
	readonly elapsedMs: number;
	readonly lengthMs: number;
	readonly step: string;
	readonly figures: readonly Figure[];
	readonly place: { readonly asset: string };
	readonly assets: readonly string[];
	readonly startedAt: number;
}
interface State {
	readonly season: string;
	readonly running: Running | null;
}
type Shown = Readonly<Record<string, number>>;

let folder: string;
let browser: Browser;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "liaowang-scenarios-"));
	browser = await openBrowser();
}, 60_000);
afterAll(async () => {
	await browser?.close();
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** What the page shows: values behind its figures, the step, and how many alarms it lists. */
async function shown(page: Page): Promise<{ figures: Shown; step: string; alarms: number; worst: number }> {
	return page.evaluate(() => {
		const figures: Record<string, number> = {};
		for (const one of document.querySelectorAll<HTMLElement>("[data-figure]"))
			figures[one.dataset.figure ?? ""] = Number(one.dataset.value || Number.NaN);
		const levels = [...document.querySelectorAll<HTMLElement>("[data-alarms] [data-severity]")];
		return {
			figures,
			step: document.querySelector<HTMLElement>("[data-play]")?.dataset.step ?? "",
			alarms: Number(document.querySelector<HTMLElement>("[data-alarms]")?.dataset.alarms ?? 0),
			worst: Math.max(0, ...levels.map(({ dataset }) => Number(dataset.severity))),
		};
	});
}

interface Strip {
	/** Figures at each mark, in its order. */
	readonly at: readonly Shown[];
	readonly alarms: number;
	readonly worst: number;
	readonly get: (path: string) => Promise<any>;
	readonly lead: string;
}

/** Plays `id` on a date and takes a strip at `marks`, s of the scenario's own time. */
async function strip(date: string, id: string, marks: readonly number[]): Promise<Strip> {
	const server = await startServer({ folder, env: { ...fakeDate(date).env, LIAOWANG_DEMO_PAST: "0" } });
	onTestFinished(() => server.stop());
	const get = async (path: string): Promise<any> => (await fetch(server.url + path)).json();
	const order = async (path: string, body: object): Promise<State> => {
		const headers = { "content-type": "application/json" };
		const response = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
		expect(response.status).toBe(200);
		return (await response.json()) as State;
	};
	// The simulator comes after the six lines; a page that asks before it is told 503, which is another test's matter.
	await until("the simulator answers", async () => (await fetch(`${server.url}/api/demo`)).ok);
	const demo = await visit(browser, server.url, { path: "/demo", width: 1600, height: 900 });
	onTestFinished(() => demo.context.close());
	await demo.page.waitForSelector(`[data-scenario="${id}"][data-playable="true"]`);
	await picture(demo.page, `${id} 0 demo`);
	await demo.page.locator(`[data-speed="20"]`).click();
	await order("/api/demo/speed", { speed: SPEED });
	await demo.page.locator(`[data-scenario="${id}"] button`).click();
	const at: Shown[] = [];
	let lead = "";
	for (const [index, mark] of marks.entries()) {
		await until(`${id} is ${mark} s old`, async () => {
			const { running } = (await get("/api/demo")) as State;
			lead = running?.place.asset ?? lead;
			return (running?.elapsedMs ?? 0) >= mark * 1_000;
		});
		// Time all but stands while the pictures are taken: what they show is of this mark.
		const held = (await order("/api/demo/speed", { speed: HELD })).running;
		await demo.page.waitForFunction(
			(least) => Number(document.querySelector<HTMLElement>("[data-elapsed]")?.dataset.elapsed ?? 0) >= least,
			held?.elapsedMs ?? 0,
		);
		at.push((await shown(demo.page)).figures);
		await picture(demo.page, `${id} ${index + 1} demo`);
		if (index < marks.length - 1) await order("/api/demo/speed", { speed: SPEED });
	}
	const { alarms, worst } = await until("the page lists a serious alarm of the scenario", async () => {
		const now = await shown(demo.page);
		return now.worst >= 3 ? now : undefined;
	});
	const wall = await visit(browser, server.url, { path: "/", width: 1280, height: 720 });
	onTestFinished(() => wall.context.close());
	await picture(wall.page, `${id} ${marks.length} wall`);
	expect([demo.complaints, demo.foreign, wall.foreign]).toEqual([[], [], []]);
	return { at, alarms, worst, get, lead };
}

byNight(
	"winter: pressure falls at the burst, make-up water rises, stations cool, households are those downstream",
	{
		timeout: 120_000,
	},
	async () => {
		const { at, get, lead, worst } = await strip("2027-01-15T10:00:00+08:00", "heat-burst", [20, 180, 390]);
		const [early, cut, late] = at as [Shown, Shown, Shown];
		expect(early.pressure).toBeLessThan(0.45);
		expect(cut.pressure).toBeLessThan(0.2);
		expect(late.pressure).toBeLessThan(0.1);
		expect(cut.makeUp).toBeGreaterThan(1.5 * (late.makeUp ?? 0));
		// About 0.6 K a minute at 25 K above the rooms, more at first: between one and eight degrees in these 210 s and what lies after.
		expect((cut.temperature ?? 0) - (late.temperature ?? 0)).toBeGreaterThan(1);
		expect((early.temperature ?? 0) - (late.temperature ?? 0)).toBeLessThan(15);
		// Everything whose chain of mains leads to the burst, by the catalogue that anybody can ask for.
		const { assets } = await get("/api/catalogue");
		const records = new Map<string, any>(assets.map(({ record }: any) => [record.id, record]));
		let households = 0;
		for (const { kind, fields } of records.values()) {
			if (kind !== "heatStation") continue;
			let main = fields.main;
			for (let n = 0; n < 100 && main !== undefined && main !== lead; n++) main = records.get(main)?.fields?.upstream;
			if (main === lead) households += fields.households;
		}
		expect(households).toBeGreaterThan(1_000);
		expect(late.households).toBe(households);
		expect(early.households).toBe(0);
		// It came through the doors: the table of the server says the same.
		const table = await get(`/api/assets/${lead}`);
		const pressure = table.properties.channels.find(({ measure }: { measure: string }) => measure === "pressure");
		expect(pressure.value).toBeLessThan(0.2);
		expect(worst).toBeGreaterThanOrEqual(3);
	},
);

byNight("spring: gusts leap past the limits of lifting, dust follows the wind", { timeout: 120_000 }, async () => {
	const { at, worst } = await strip("2027-04-20T10:00:00+08:00", "gale", [5, 160, 280]);
	const [calm, strong, later] = at as [Shown, Shown, Shown];
	expect(calm.gust).toBeLessThan(strong.gust ?? 0);
	expect(calm.stopped).toBeLessThanOrEqual(strong.stopped ?? 0);
	expect(strong.gust).toBeGreaterThan(17.2);
	expect(strong.stopped).toBeGreaterThanOrEqual(1);
	expect(Math.max(strong.tsp ?? 0, later.tsp ?? 0)).toBeGreaterThan(640);
	expect(worst).toBe(4);
});

test("summer: the underpass keeps dry while its pumps run and stands 27 cm deep after they trip", {
	timeout: 120_000,
}, async () => {
	const { at, get, lead, worst } = await strip("2027-08-01T10:00:00+08:00", "storm", [5, 200, 330]);
	const [dry, rising, deep] = at as [Shown, Shown, Shown];
	expect(dry.depth).toBeLessThan(0.1);
	expect(rising.depth).toBeGreaterThan(dry.depth ?? 0);
	expect(deep.depth).toBeGreaterThan(0.27);
	expect(rising.pump).toBe(0);
	expect(rising.rain).toBeGreaterThan(80);
	// 0.9 of 2.1 ha at 130 mm/h fill 14 m of road: no more than 0.68 m³/s came in since the trip.
	const most = 0.68 * 400;
	const depth = deep.depth ?? 0;
	expect(14 * (12 * depth + (depth * depth) / 0.04)).toBeLessThan(most);
	const table = await get(`/api/assets/${lead}`);
	expect(table.properties.channels[0].value).toBeGreaterThan(0.1);
	expect(worst).toBeGreaterThanOrEqual(3);
});
