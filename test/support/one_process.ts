// A whole server in the process of the test: core with its store and its doors closed, web in front, a demo of sixty assets, in a folder
// of its own. Faster than server.ts, with the core at hand and a clock that the test may move; started and stopped by the test's hooks.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectLocal } from "../../server/bus/local.ts";
import { type Clock, systemClock } from "../../server/clock.ts";
import { readConfig } from "../../server/config.ts";
import { type Core, startCore } from "../../server/core.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { openLog } from "../../server/log.ts";
import { startWeb } from "../../server/web.ts";
import { Api } from "./api.ts";

const ASSETS = 60;

export interface OneProcess {
	readonly core: Core;
	/** "http://127.0.0.1:40123" */
	readonly url: string;
	/** Signed in with one of the demo's roles; a viewer is nobody. */
	as(role: string): Promise<Api>;
	stop(): Promise<void>;
}

export async function startOneProcess(clock: Clock = systemClock): Promise<OneProcess> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-one-process-"));
	const config = readConfig({
		PORT: "0",
		LIAOWANG_DATA: folder,
		LIAOWANG_MQTT_PORT: "off",
		LIAOWANG_HJ212_PORT: "off",
	});
	if (Array.isArray(config)) throw new Error(JSON.stringify(config));
	const log = openLog("test", "silent");
	const core = await startCore({ config, clock, systems: await loadSystems(), log, demoAssets: ASSETS, bus: false });
	const link = connectLocal(core.host, clock);
	const web = await startWeb({ config, clock, log, link, pageFolder: join(folder, "no-page") });
	await web.mirror.whenReady();
	const url = `http://127.0.0.1:${web.port}`;
	return {
		core,
		url,
		as: async (role) => {
			const api = new Api(url);
			if (role !== "viewer") await api.must("POST", "/api/session", { demo: role });
			return api;
		},
		stop: async () => {
			await web.close();
			await core.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
