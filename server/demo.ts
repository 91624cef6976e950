// Fills an empty data folder with the demonstration province and writes its device keys where the simulator finds them.
// The demo's assets go the same way as an administrator's import; a folder is demo or real for life.
import { randomBytes } from "node:crypto";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import { demoContacts } from "#geodata/liaoning/demo/contacts.ts";
import { spareDevices } from "#geodata/liaoning/demo/devices.ts";
import type { AuditRecord } from "#model/audit.ts";
import type { AssetRecord, DoorName } from "#model/catalogue.ts";
import { SYSTEM } from "./live/act_engine.ts";
import { hashOf } from "./live/devices.ts";
import type { Heart } from "./live/heart.ts";
import type { DeviceRecord, Edit } from "./store/store.ts";

export const DEMO_DEVICES_FILE = "demo-devices.json";
/** Assets of the demo that a start makes. */
export const DEMO_ASSETS = 3000;

export interface DemoDevice {
	readonly door: DoorName;
	readonly address: string;
	readonly key: string;
	readonly assets: readonly string[];
}

/** What an empty folder is filled with. */
export interface DemoSeed {
	readonly assets: readonly AssetRecord[];
	/** With their keys in the open. */
	readonly devices: readonly DemoDevice[];
	readonly records: readonly DeviceRecord[];
	/** The folder's kind and the devices. */
	readonly edits: readonly Edit[];
	readonly audit: AuditRecord;
}

/** Keys are new for every folder. `assets` 0: an empty catalogue marked demo. */
export function demoSeed(assets: number, at: number): DemoSeed {
	const made = assets === 0 ? { assets: [], devices: [] } : demoCatalogue({ assets });
	const devices = made.devices.map((device): DemoDevice => ({ ...device, key: device.key ?? newKey(device.door) }));
	const records = devices.flatMap((device) => device.assets.map((asset) => recordOf(device, asset)));
	const edits: Edit[] = [
		{ type: "setting.put", name: "folder", value: "demo" },
		...records.map((record): Edit => ({ type: "device.put", record })),
	];
	const subject = `${made.assets.length} assets`;
	const audit = { at, user: "system", action: "demo.seed", subject, result: "ok", detail: "{}", source: "start" };
	return { assets: made.assets, devices, records, edits, audit };
}

export async function writeDevices(folder: string, devices: readonly DemoDevice[]): Promise<void> {
	await writeFile(join(folder, DEMO_DEVICES_FILE), JSON.stringify({ devices }), { mode: 0o600 });
}

/** One commit: assets, channels, devices, audit record. @returns the devices with their keys. */
export async function seedDemo(heart: Heart, folder: string, assets: number): Promise<readonly DemoDevice[]> {
	const seed = demoSeed(assets, heart.clock.now());
	// The keys first: a start that dies between the two seeds anew only if the folder is still empty.
	await writeDevices(folder, seed.devices);
	await heart.editor.storeAssets(seed.assets, seed.edits, [seed.audit]);
	for (const record of seed.records) heart.editor.adopt(record);
	return seed.devices;
}

/**
 * A folder that came out of a backup has the demo's devices, and none of their keys: those lie in a file beside the store, where
 * only the simulator reads them. They get new ones, or nothing would ever report again. The commit goes first: a start that dies
 * after it finds no file either, and does it anew.
 */
export async function renewKeys(heart: Heart, folder: string): Promise<void> {
	const file = join(folder, DEMO_DEVICES_FILE);
	const isThere = await access(file).then(
		() => true,
		() => false,
	);
	const old = Map.groupBy(
		heart.devices.list().filter(({ demo }) => demo),
		({ door, address }) => `${door}/${address}`,
	);
	if (isThere || old.size === 0) return;
	const fixed = new Map(spareDevices().map(({ door, address, key }) => [`${door}/${address}`, key]));
	const devices = [...old].flatMap(([name, [first, ...others]]): DemoDevice[] => {
		if (first === undefined) return [];
		const { door, address } = first;
		const assets = [first, ...others].map(({ asset }) => asset);
		return [{ door, address, key: fixed.get(name) ?? newKey(door), assets }];
	});
	const records = devices.flatMap((device) => device.assets.map((asset) => recordOf(device, asset)));
	const edits = records.map((record): Edit => ({ type: "device.put", record }));
	const at = heart.clock.now();
	const subject = `${devices.length} devices`;
	await heart.recorder.edit(edits, [
		{ at, user: "system", action: "demo.keys", subject, result: "ok", detail: "{}", source: "start" },
	]);
	for (const record of records) heart.editor.adopt(record);
	await writeDevices(folder, devices);
}

/** One id for the life of a folder: told at every start of a demo, it happens once, and what people removed stays away. */
const CONTACTS_COMMAND = "demo-contacts-1";

/** The invented contact book, for the places where assets stand. */
export async function seedContacts(heart: Heart): Promise<void> {
	const districts = [...heart.catalogue.assets.values()].map(({ record }) => record.district);
	if (districts.length === 0) return;
	const body = { commandId: CONTACTS_COMMAND, ...demoContacts(districts) };
	const answer = await heart.acts.run({ who: SYSTEM, name: "contact.import", body, source: "start" });
	// A store that is away now is away for the book too; it is told again at the next start.
	if (!answer.ok && answer.problem !== "unrecorded")
		throw new Error(`the demo's contact book: ${answer.problem} ${answer.where ?? ""}`);
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
