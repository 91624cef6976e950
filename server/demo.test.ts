import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { startHeart, type TestHeart } from "../test/support/heart.ts";
import { DEMO_DEVICES_FILE, type DemoDevice, renewKeys, seedDemo } from "./demo.ts";
import { loadSystems } from "./load_systems.ts";

/** Those of the folder's devices whose key opens nothing. */
async function shutOut({ heart, folder }: TestHeart): Promise<DemoDevice[]> {
	const text = await readFile(join(folder, DEMO_DEVICES_FILE), "utf8");
	const { devices } = JSON.parse(text) as { devices: DemoDevice[] };
	expect(new Set(devices.flatMap(({ assets }) => assets)).size).toBeGreaterThan(30);
	return devices.filter(({ door, address, key, assets }) => {
		const grant = heart.devices.check(door, address, key);
		return isProblem(grant) || assets.some((asset) => grant.assets?.has(asset) !== true);
	});
}

test("S5 a demo that came out of a backup gives its devices new keys, once, and its spares keep theirs", async () => {
	const it = await startHeart({ systems: await loadSystems() });
	onTestFinished(() => it.close());
	const { heart, folder } = it;
	const seeded = await seedDemo(heart, folder, 40);
	await renewKeys(heart, folder);
	expect(await shutOut(it)).toEqual([]);
	const before = await readFile(join(folder, DEMO_DEVICES_FILE), "utf8");
	expect(JSON.parse(before)).toEqual({ devices: seeded });

	// A backup holds the store alone.
	await rm(join(folder, DEMO_DEVICES_FILE));
	await renewKeys(heart, folder);
	expect(await shutOut(it)).toEqual([]);
	const gateway = seeded.find(({ door, assets }) => door === "mqtt" && assets.length > 1);
	expect(gateway).toBeDefined();
	expect(heart.devices.check("mqtt", gateway?.address ?? "", gateway?.key ?? "")).toMatchObject({ problem: "bad-key" });
	expect(heart.devices.check("hj212", "210102A0000000000000D001", "123456")).toMatchObject({ asset: "spare-hj212" });
});
