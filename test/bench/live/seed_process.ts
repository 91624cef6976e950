// Makes the data folder that the live rows start from: the demo's catalogue at the wanted size, gateways that may speak for
// it, and the plan of what they send. A process of its own, so that its memory does not count as anybody's.
// Arguments: folder, assets.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import type { Reading } from "#model/reading.ts";
import { systemClock } from "../../../server/clock.ts";
import { readConfig } from "../../../server/config.ts";
import { startCore } from "../../../server/core.ts";
import { hashOf } from "../../../server/live/devices.ts";
import { loadSystems } from "../../../server/load_systems.ts";
import { openLog } from "../../../server/log.ts";
import type { DeviceRecord, Edit } from "../../../server/store/store.ts";
import type { Band } from "./plan.ts";
import { gatewayKeys, PLAN_FILE, planOf } from "./plan.ts";
import { tell } from "./processes.ts";

/** The smallest demo, so that the folder is a demo and screens need no sign-in; the rest is imported. */
const FIRST_ASSETS = 40;

const [folder = "", size = ""] = process.argv.slice(2);
const config = readConfig({ LIAOWANG_DATA: folder, LIAOWANG_MQTT_PORT: "off", LIAOWANG_HJ212_PORT: "off" });
if (Array.isArray(config)) throw new Error(JSON.stringify(config));
const core = await startCore({
	config,
	clock: systemClock,
	systems: await loadSystems(),
	log: openLog("seed"),
	demoAssets: FIRST_ASSETS,
	bus: false,
});
const { catalogue, devices, editor } = core.heart;
const { assets } = demoCatalogue({ assets: Number(size) });
const fresh = assets.filter((asset) => !catalogue.assets.has(asset.id));
const keys = gatewayKeys();
await editor.storeAssets(fresh, [], []);
for (const { id } of devices.list()) await core.heart.recorder.edit([{ type: "device.remove", id }], []);
const plan = planOf([...catalogue.assets.values()], keys);
const records = plan.gateways.flatMap(({ address, key, assets: own }) => {
	const probes = plan.probes.filter((probe) => probe.key === key).map(({ asset }) => ({ id: asset }));
	return [...own, ...probes].map(({ id }): DeviceRecord => recordOf(address, key, id));
});
await core.heart.recorder.edit(
	records.map((record): Edit => ({ type: "device.put", record })),
	[],
);
await speakOnce();
await writeFile(join(folder, PLAN_FILE), JSON.stringify(plan));
tell({ assets: catalogue.assets.size, channels: plan.channels, rows: catalogue.cells.rows });
await core.stop();
process.exit(0);

/** Every sensor has spoken: a province that runs, not one that is being switched on. */
async function speakOnce(): Promise<void> {
	const at = Date.now();
	for (const { address, key, assets: own } of plan.gateways) {
		const readings = own.flatMap(({ id, bands }) => (plan.bands[bands] ?? []).map((band) => readingOf(id, band, at)));
		for (const { key: speaker, asset, band } of plan.probes)
			if (speaker === key) readings.push(readingOf(asset, band, at));
		const taken = core.heart.pipeline.accept(readings, `http/${address}`);
		if (taken.rejected.length > 0) throw new Error(JSON.stringify(taken.rejected[0]));
		await taken.committed;
	}
}

function readingOf(asset: string, band: Band, at: number): Reading {
	return { asset, measure: band.measure, at, value: band.low, quality: "good" };
}

function recordOf(address: string, key: string, asset: string): DeviceRecord {
	return {
		id: `http/${address}/${asset}`,
		asset,
		door: "http",
		address,
		keyHash: hashOf(key),
		profile: null,
		demo: true,
	};
}
