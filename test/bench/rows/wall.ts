// Rows "wall": the page that stands in front of leaders around the clock, over the demo as `npm start` runs it. How long until its
// picture stands, what a second of it costs the page in JavaScript, and what its heap holds after ten minutes by itself.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { pause, ROOT } from "../live/processes.ts";
import { atMost, type Effort, type Measured, percentile } from "../row.ts";

const FIRST_PICTURE_S = 3;
const TICK_MS = 5;
/** A wall that grows by more than this an hour must be started anew within a month. */
const GROWTH_MB_AN_HOUR = 10;
const START_MS = 180_000;
const VIEW = { width: 1920, height: 1080 };

export async function wall(effort: Effort): Promise<Measured[]> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-bench-wall-"));
	const server = await startProduct(folder);
	const browser = await openBrowser();
	try {
		const first: number[] = [];
		for (let visit = 0; visit < (effort.quick ? 1 : 5); visit++) {
			const context = await browser.newContext({ viewport: VIEW });
			first.push(await pictureOf(await context.newPage(), server.url));
			await context.close();
		}
		const page = await (await browser.newContext({ viewport: VIEW })).newPage();
		await pictureOf(page, server.url);
		return [firstRow(first), ...(await longRows(page, effort.quick ? 20_000 : 600_000))];
	} finally {
		await browser.close();
		await server.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** `npm start` on a fresh folder and free ports. */
async function startProduct(folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
	const child = spawn(process.execPath, ["server/main.ts"], {
		cwd: ROOT,
		env: {
			PATH: process.env.PATH ?? "",
			HOME: process.env.HOME ?? "",
			PORT: "0",
			LIAOWANG_DATA: join(folder, "data"),
			LIAOWANG_MQTT_PORT: "0",
			LIAOWANG_HJ212_PORT: "0",
		},
		stdio: ["ignore", "pipe", "inherit"],
	});
	const ended = new Promise<void>((done) => child.once("close", () => done()));
	const url = await new Promise<string>((done, fail) => {
		const late = setTimeout(() => fail(new Error("npm start did not say where it is")), START_MS);
		let text = "";
		child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
			text += chunk;
			const found = /瞭望已启动：(\S+)[\s\S]*停止：/.exec(text)?.[1];
			if (found === undefined) return;
			clearTimeout(late);
			done(found);
		});
		child.once("close", () => fail(new Error(`npm start ended: ${text}`)));
	});
	return {
		url,
		stop: async () => {
			child.kill("SIGINT");
			await ended;
		},
	};
}

/** Address entered -> sentence, map, river and pulses stand. @returns seconds. */
async function pictureOf(page: Page, url: string): Promise<number> {
	await page.goto(url, { waitUntil: "commit" });
	await page.waitForFunction(
		() => {
			const has = (selector: string): boolean => document.querySelector(selector) !== null;
			const isFilled = (name: string): boolean =>
				Number(document.querySelector(`[data-${name}]`)?.getAttribute("data-filled")) > 0;
			return (
				has('[data-map="ready"]') &&
				document.querySelector("[data-sentence]")?.textContent !== "" &&
				isFilled("river") &&
				isFilled("pulse")
			);
		},
		undefined,
		{ polling: "raf", timeout: 120_000 },
	);
	return (await page.evaluate(() => performance.now())) / 1000;
}

function firstRow(seconds: number[]): Measured {
	const work = `demo with its past; address entered -> sentence, map, river, pulses; ${seconds.length} visits with an empty cache, ${seconds.map((one) => one.toFixed(1)).join(", ")} s; drawn by the processor, server on the same cores`;
	const figure = percentile(seconds, 0.5);
	return { row: "wall, first picture", work, figure, unit: "s", targets: [atMost(figure, FIRST_PICTURE_S, "s")] };
}

async function longRows(page: Page, ms: number): Promise<Measured[]> {
	const session = await page.context().newCDPSession(page);
	await session.send("Performance.enable");
	// Each delta is one binary frame of the socket.
	let deltas = 0;
	session.on("Network.webSocketFrameReceived", ({ response }) => {
		if (response.opcode === 2) deltas += 1;
	});
	await session.send("Network.enable");
	// The tour and the scenario are part of it: the whole time counts, not a quiet stretch.
	await pause(Math.min(60_000, ms / 2));
	const early = { heap: await heapMB(session), script: await scriptMs(session), deltas, at: Date.now() };
	await pause(ms - Math.min(60_000, ms / 2));
	const script = (await scriptMs(session)) - early.script;
	const ticks = deltas - early.deltas;
	const hours = (Date.now() - early.at) / 3_600_000;
	const heap = await heapMB(session);
	const growth = (heap - early.heap) / hours;
	const stretch = `${(ms / 60_000).toFixed(1)} min of wall at ${VIEW.width}x${VIEW.height}, hands off`;
	return [
		{
			row: "wall, tick",
			work: `${stretch}; all JavaScript of the page's main thread, tour and scenarios with it, over ${ticks} deltas`,
			figure: script / ticks,
			unit: "ms of JavaScript a delta",
			targets: [atMost(script / ticks, TICK_MS, "ms")],
		},
		{ row: "wall, memory", work: `${stretch}; heap after a full collection`, figure: heap, unit: "MB" },
		{
			row: "wall, growth",
			work: `${stretch}; from ${early.heap.toFixed(1)} MB after a minute`,
			figure: growth,
			unit: "MB an hour",
			targets: [atMost(growth, GROWTH_MB_AN_HOUR, "MB an hour")],
		},
	];
}

async function heapMB(session: CDPSession): Promise<number> {
	await session.send("HeapProfiler.collectGarbage");
	return (await metric(session, "JSHeapUsedSize")) / 1e6;
}

async function scriptMs(session: CDPSession): Promise<number> {
	return (await metric(session, "ScriptDuration")) * 1000;
}

async function metric(session: CDPSession, name: string): Promise<number> {
	const { metrics } = await session.send("Performance.getMetrics");
	const found = metrics.find((one) => one.name === name);
	if (found === undefined) throw new Error(`Chromium does not measure ${name}`);
	return found.value;
}
