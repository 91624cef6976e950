// Fills an empty data folder with the demonstration province and writes its device keys where the simulator finds them.
// The demo's assets go the same way as an administrator's import; a folder is demo or real for life.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import type { DoorName } from "#model/catalogue.ts";
import { hashOf } from "./live/devices.ts";
import type { Heart } from "./live/heart.ts";
import type { DeviceRecord, Edit } from "./store/store.ts";

export const DEMO_DEVICES_FILE = "demo-devices.json";

export interface DemoDevice {
	readonly door: DoorName;
	readonly address: string;
	readonly key: string;
	readonly assets: readonly string[];
}

/** One commit: assets, channels, devices, audit record. @returns the devices with their keys. */
export async function seedDemo(heart: Heart, folder: string, assets: number): Promise<readonly DemoDevice[]> {
	const made = assets === 0 ? { assets: [], devices: [] } : demoCatalogue({ assets });
	const devices = made.devices.map((device): DemoDevice => ({ ...device, key: device.key ?? newKey(device.door) }));
	const records = devices.flatMap((device) => device.assets.map((asset) => recordOf(device, asset)));
	const edits: Edit[] = [
		{ type: "setting.put", name: "folder", value: "demo" },
		...records.map((record): Edit => ({ type: "device.put", record })),
	];
	const audit = {
		at: heart.clock.now(),
		user: "system",
		action: "demo.seed",
		subject: `${made.assets.length} assets`,
		result: "ok",
		detail: "{}",
		source: "start",
	};
	// The keys first: a start that dies between the two seeds anew only if the folder is still empty.
	const file = join(folder, DEMO_DEVICES_FILE);
	await writeFile(file, JSON.stringify({ devices }), { mode: 0o600 });
	await heart.editor.storeAssets(made.assets, edits, [audit]);
	for (const record of records) heart.editor.adopt(record);
	return devices;
}

function recordOf(device: DemoDevice, asset: string): DeviceRecord {
	return {
		id: `${device.door}/${device.address}/${asset}`,
		asset,
		door: device.door,
		address: device.address,
		keyHash: hashOf(device.key),
		profile: null,
		demo: true,
	};
}

function newKey(door: DoorName): string {
	if (door === "hj212") return String(100_000 + (randomBytes(4).readUInt32LE() % 900_000));
	if (door === "sl651") return randomBytes(2).toString("hex").toUpperCase();
	return randomBytes(18).toString("base64url");
}
