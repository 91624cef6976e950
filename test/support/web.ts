// A real web process's inside on a free port, in front of a province instead of a core. For tests of HTTP and of real sockets.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectLocal } from "../../server/bus/local.ts";
import type { Clock } from "../../server/clock.ts";
import { systemClock } from "../../server/clock.ts";
import type { Environment } from "../../server/config.ts";
import { readConfig } from "../../server/config.ts";
import { openLog } from "../../server/log.ts";
import type { ReadStore } from "../../server/store/store.ts";
import type { Web } from "../../server/web.ts";
import { startWeb } from "../../server/web.ts";
import { Province, someAssets } from "./province.ts";
import type { ScreenOptions } from "./screen.ts";
import { Screen } from "./screen.ts";

export interface TestWeb {
	readonly url: string;
	readonly folder: string;
	readonly province: Province;
	readonly web: Web;
	/** A screen that is closed with this web. */
	screen(options?: ScreenOptions): Screen;
	/** GET, parsed. */
	get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: any; headers: Headers }>;
	send(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<{ status: number; body: any; headers: Headers }>;
	close(): Promise<void>;
}

export async function openWeb(
	options: { province?: Province; env?: Environment; store?: ReadStore; pageFolder?: string; clock?: Clock } = {},
): Promise<TestWeb> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-web-"));
	const config = readConfig({ PORT: "0", LIAOWANG_DATA: folder, ...options.env });
	if (Array.isArray(config)) throw new Error(JSON.stringify(config));
	const clock = options.clock ?? systemClock;
	const province = options.province ?? new Province({ clock, assets: someAssets(12) });
	const web = await startWeb({
		config,
		clock,
		log: openLog("test", "silent"),
		link: connectLocal(province, clock),
		store: options.store ?? province.store(),
		pageFolder: options.pageFolder ?? join(folder, "no-page"),
	});
	await web.mirror.whenReady();
	// As core does: a core that says nothing counts as lost.
	const stopState = clock.every(1_000, () => province.followers.state());
	const url = `http://127.0.0.1:${web.port}`;
	const screens: Screen[] = [];
	const send: TestWeb["send"] = async (method, path, body, headers = {}) => {
		const response = await fetch(url + path, {
			method,
			headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
			...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
		return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
	};
	return {
		url,
		folder,
		province,
		web,
		screen(screenOptions) {
			const screen = new Screen(url, screenOptions);
			screens.push(screen);
			return screen;
		},
		get: (path, headers) => send("GET", path, undefined, headers),
		send,
		async close() {
			stopState();
			for (const screen of screens) screen.close();
			await web.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
