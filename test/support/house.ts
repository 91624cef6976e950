// Core and web together in this process, over a real store in a temporary folder and real sockets on a free port: a real folder
// with a first administrator, people and assets as the test says. No device doors but HTTP.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetRecord } from "#model/catalogue.ts";
import { isProblem } from "#model/problem.ts";
import type { Role, Scope, Who } from "#model/rights.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import { connectLocal } from "../../server/bus/local.ts";
import { systemClock } from "../../server/clock.ts";
import { readConfig } from "../../server/config.ts";
import type { Core } from "../../server/core.ts";
import { startCore } from "../../server/core.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { openLog } from "../../server/log.ts";
import { openReader } from "../../server/store/reader.ts";
import type { Web } from "../../server/web.ts";
import { startWeb } from "../../server/web.ts";
import { Api, PASSWORD } from "./api.ts";
import { Screen } from "./screen.ts";

/** Whoever starts the house. */
export const ROOT: Who = { user: "root", roles: ["administrator"], scope: WHOLE_PROVINCE };

export interface House {
	readonly url: string;
	readonly core: Core;
	readonly web: Web;
	/** The first administrator, signed in. */
	readonly root: Api;
	/** A person with a password of their own. */
	make(name: string, roles: readonly Role[], scope: Scope): Promise<void>;
	signIn(name: string, password?: string): Promise<Api>;
	screen(api: Api): Screen;
	close(): Promise<void>;
}

export async function openHouse(assets: readonly AssetRecord[]): Promise<House> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-house-"));
	const env = { PORT: "0", LIAOWANG_DATA: folder, LIAOWANG_DEMO: "0" };
	const config = readConfig({ ...env, LIAOWANG_MQTT_PORT: "off", LIAOWANG_HJ212_PORT: "off" });
	if (Array.isArray(config)) throw new Error(JSON.stringify(config));
	const log = openLog("test", "silent");
	const clock = systemClock;
	const core = await startCore({ config, clock, systems: await loadSystems(), log, bus: false, reach: true });
	const web = await startWeb({
		config,
		clock,
		log,
		link: connectLocal(core.host, clock),
		store: openReader({ folder }),
		pageFolder: join(folder, "no-page"),
	});
	await web.mirror.whenReady();
	const url = `http://127.0.0.1:${web.port}`;
	const root = new Api(url);
	await root.must("POST", "/api/setup", { code: core.setUpCode, name: "root", password: PASSWORD });
	if (assets.length > 0) {
		const answer = await core.heart.editor.putAssets(ROOT, assets, "test");
		if (isProblem(answer) || answer.rejected.length > 0) throw new Error(JSON.stringify(answer).slice(0, 500));
	}
	const screens: Screen[] = [];
	return {
		url,
		core,
		web,
		root,
		async make(name, roles, scope) {
			const answer = await core.heart.accounts.putUser(ROOT, { name, roles, scope }, PASSWORD, true, "test");
			if (isProblem(answer)) throw new Error(`${name}: ${JSON.stringify(answer)}`);
		},
		async signIn(name, password = PASSWORD) {
			const api = new Api(url);
			await api.must("POST", "/api/session", { name, password });
			return api;
		},
		screen(api) {
			const screen = new Screen(url, { cookie: api.cookie });
			screens.push(screen);
			return screen;
		},
		async close() {
			for (const screen of screens) screen.close();
			await web.close();
			await core.stop();
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}
