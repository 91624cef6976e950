import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../config.ts";
import type { DoorContext } from "./door.ts";
import { openHttpDoor } from "./http.ts";

test("S1 the longest master key that the environment takes opens the HTTP door", async () => {
	const key = "k".repeat(256);
	expect(readConfig({ LIAOWANG_INGEST_KEY: key })).toMatchObject({ ingestKey: key });
	expect(readConfig({ LIAOWANG_INGEST_KEY: `${key}k` })).toMatchObject([{ where: "LIAOWANG_INGEST_KEY" }]);
	const folder = await mkdtemp(join(tmpdir(), "liaowang-http-"));
	const path = join(folder, "door.sock");
	const context = {
		check: (_door: string, _address: null, given: string) => ({
			source: given,
			assets: null,
			asset: null,
			profile: null,
		}),
		paceMs: () => 0,
		frame: () => undefined,
		refused: () => undefined,
		accept: () => ({ accepted: 0, rejected: [], committed: Promise.resolve() }),
	};
	const door = await openHttpDoor({ path }, context as unknown as DoorContext);
	onTestFinished(async () => {
		await door.close();
		await rm(folder, { recursive: true, force: true });
	});
	const status = await new Promise<number | undefined>((resolve, reject) => {
		const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
		const asked = request({ socketPath: path, path: "/api/readings", method: "POST", headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		});
		asked.once("error", reject);
		asked.end('{"readings":[]}');
	});
	expect(status).toBe(200);
});
