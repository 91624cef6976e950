// Rows "page": JavaScript per tick of a page that follows everything, from the packet to the uploaded colours, in headless
// Chromium; against objects and accessors on the same deck.gl. And "first picture": how long a person waits for the map.
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "vite";
import { buildClient } from "../../../server/client_build.ts";
import { drawn, openBrowser } from "../../support/browser.ts";
import { pause, ROOT } from "../live/processes.ts";
import { Stage } from "../live/stage.ts";
import { type PageWorld, pageWorld } from "../page/world.ts";
import { atMost, atMostShare, type Effort, type Measured, percentile } from "../row.ts";
import { withFolder } from "../store_load.ts";

const MOST_MS = 5;
const SHARE = 1 / 12;
const FIRST_PICTURE_S = 3;
const START = '<!doctype html><script type="module" src="/script/page.js"></script>';

export function page(effort: Effort): Promise<Measured[]> {
	return withFolder(async (folder) => {
		const ticks = effort.quick ? 5 : 120;
		const world = effort.quick ? await pageWorld(300, 100, ticks) : await pageWorld(50_000, 20_000, ticks);
		await bundle(folder);
		const server = await serve(world, folder);
		const browser = await openBrowser();
		try {
			const visited = await browser.newPage();
			const faults: string[] = [];
			visited.on("pageerror", (error) => faults.push(error.message));
			await visited.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
			await visited.waitForFunction(() => typeof window.benchPage === "function");
			const times = await visited.evaluate((count) => window.benchPage(count), ticks);
			if (faults.length > 0) throw new Error(faults.join("; "));
			return rowsFor(world, times);
		} finally {
			await browser.close();
			server.close();
		}
	});
}

/** The page's scripts, built as the product's own page is. */
async function bundle(folder: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: "error",
		root: ROOT,
		build: {
			target: "chrome109",
			outDir: folder,
			emptyOutDir: true,
			minify: true,
			lib: { entry: join(ROOT, "test/bench/page/page.ts"), formats: ["es"], fileName: "page" },
		},
		define: { "process.env.NODE_ENV": '"production"' },
	});
}

async function serve(world: PageWorld, folder: string): Promise<Server> {
	const scripts = new Map<string, string>();
	for (const name of await readdir(folder)) scripts.set(name, await readFile(join(folder, name), "utf8"));
	const server = createServer((request, response) => {
		const [, what, name = ""] = (request.url ?? "/").split("/");
		const tick = Number(name);
		if (what === "") send(response, "text/html", START);
		else if (what === "script") send(response, "text/javascript", scripts.get(name) ?? "");
		else if (what === "catalogue") send(response, "application/json", world.catalogue);
		else if (what === "delta") send(response, "application/octet-stream", world.deltas[tick] ?? "");
		else if (what === "updates") send(response, "application/json", world.updates[tick] ?? "");
		else response.writeHead(404).end();
	});
	return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
	response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
}

interface Times {
	readonly ours: number[];
	readonly objects: number[];
	readonly channelObjects: number[];
}

function rowsFor({ channels, rowsPerTick }: PageWorld, { ours, objects, channelObjects }: Times): Measured[] {
	const work = `${channels} channels, ${rowsPerTick} changed a tick, half of the assets in another colour, every point by itself; ${ours.length} ticks; apply, judge, paint, upload; drawing left out`;
	return [0.5, 0.99].map((share) => {
		const figure = percentile(ours, share);
		const asset = { name: "objects and accessors, a point per asset", figure: percentile(objects, share) };
		const channel = { name: "objects and accessors, a point per channel", figure: percentile(channelObjects, share) };
		return {
			row: `page, p${share * 100}`,
			work,
			figure,
			unit: "ms of JavaScript a tick",
			baseline: [asset, channel],
			targets: [atMost(figure, MOST_MS, "ms"), atMostShare(figure, Number(SHARE.toFixed(4)), channel)],
		};
	});
}

/** The built page over the real server with the whole catalogue: address entered -> the map with its points is drawn. */
export async function firstPicture(effort: Effort): Promise<Measured[]> {
	await buildClient(ROOT, (line) => void process.stderr.write(`${line}\n`));
	const stage = await Stage.open(effort.quick ? 300 : 50_000);
	const browser = await openBrowser();
	try {
		await stage.drive(effort.quick ? 200 : 2_000);
		await pause(2_000);
		const seconds: number[] = [];
		// Each visit in a context of its own: nothing is in the browser's cache.
		for (let visit = 0; visit < (effort.quick ? 1 : 5); visit++) {
			const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
			const visited = await context.newPage();
			await visited.goto(stage.url, { waitUntil: "commit" });
			await visited.waitForFunction(() => (window.__liaowang?.painter.paintedRevision ?? 0) > 0, undefined, {
				polling: "raf",
				timeout: 60_000,
			});
			await drawn(visited);
			seconds.push((await visited.evaluate(() => performance.now())) / 1000);
			await context.close();
		}
		const figure = percentile(seconds, 0.5);
		return [
			{
				row: "first picture",
				work: `${stage.channels} channels; address entered -> table applied, assets painted, map drawn; ${seconds.length} visits with an empty cache, ${seconds.map((one) => one.toFixed(1)).join(", ")} s; drawn by the processor`,
				figure,
				unit: "s",
				targets: [atMost(figure, FIRST_PICTURE_S, "s")],
			},
		];
	} finally {
		await browser.close();
		await stage.close();
	}
}
