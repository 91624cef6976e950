import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "./lock.ts";

let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "liaowang-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("S1 one holder at a time; released is free", async () => {
	const path = join(folder, "lock.sock");
	const first = await takeLock(path);
	expect(first).not.toBeNull();
	expect(await takeLock(path)).toBeNull();
	await first?.release();
	const second = await takeLock(path);
	expect(second).not.toBeNull();
	await second?.release();
});

test("S1 a killed holder leaves no lock behind", async () => {
	const path = join(folder, "lock.sock");
	const program = `require("net").createServer().listen(${JSON.stringify(path)}, () => console.log("held"))`;
	const holder = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
	await once(holder.stdout, "data");
	expect(await takeLock(path)).toBeNull();
	holder.kill("SIGKILL");
	await once(holder, "exit");
	const lock = await takeLock(path);
	expect(lock).not.toBeNull();
	await lock?.release();
});
