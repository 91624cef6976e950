// Backup beside a store that goes on writing, restore into an empty folder, and the two commands as a person calls them.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { Store } from "../../server/store/store.ts";
import { anAlarm, anAsset, aTransition, EMPTY, NOW, rowsOf, toRows } from "./store_kit.ts";
import { aLine, anEntry } from "./store_register.ts";

const ROOT = join(import.meta.dirname, "../..");

async function aFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-backup-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

interface Said {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

function tool(name: "backup" | "restore", data: string, ...args: string[]): Promise<Said> {
	const env = { PATH: process.env.PATH, LIAOWANG_DATA: data };
	return new Promise((resolve) => {
		execFile(process.execPath, [join(ROOT, `server/tools/${name}.ts`), ...args], { env }, (error, out, err) =>
			resolve({ code: Number(error?.code ?? 0), out, err }),
		);
	});
}

async function commit(store: Store, n: number): Promise<void> {
	await store.commit({
		...EMPTY,
		readings: rowsOf([
			[1, NOW + n * 60_000, n],
			[2, NOW + n * 60_000, -n],
		]),
		transitions: [aTransition(n, anAlarm(`a-${n % 3}`, { occurrence: n }))],
		edits: [{ type: "asset.put", record: anAsset(`asset-${n % 5}`, `三好桥${n}`) }],
	});
}

/** What a folder holds, from a fresh start. */
async function contents(folder: string) {
	const store = openStore({ folder, clock: new ManualClock(NOW) });
	const loaded = await store.load();
	const reader = openReader({ folder });
	const rows = toRows(await store.readings(Uint32Array.of(1, 2), 0)).map((row) => row.slice(0, 3).join(" "));
	const log = await reader.transitions(0, 100_000);
	const found = await reader.search("三好桥", 10);
	const state = store.state();
	await reader.close();
	await store.close();
	return { loaded, rows, log, found, state };
}

function expectedRows(last: number): string[] {
	const of = (channel: number, sign: number) =>
		Array.from({ length: last }, (_, i) => `${channel} ${NOW + (i + 1) * 60_000} ${sign * (i + 1)}`);
	return [...of(1, 1), ...of(2, -1)];
}

test("a backup taken while commits and compaction go on holds everything answered before it, and nothing in parts", async () => {
	const folder = await aFolder();
	const clock = new ManualClock(NOW);
	const store = openStore({ folder, clock });
	await store.load();
	let n = 0;
	const step = async () => {
		n += 1;
		await commit(store, n);
		clock.advanceTo(NOW + n * 60_000);
		await store.maintain(clock.now());
	};
	while (n < 200) await step();
	await store.maintain(clock.now());
	let done = false;
	const file = join(await aFolder(), "a.tar");
	const making = store.backup(file).finally(() => {
		done = true;
	});
	let beside = 0;
	while (!done) {
		await step();
		beside += 1;
	}
	const made = await making;
	await store.close();
	expect(beside).toBeGreaterThan(3);
	const target = await aFolder();
	expect(await tool("restore", target, file)).toMatchObject({ code: 0, err: "" });
	const { loaded, rows, log, found, state } = await contents(target);
	expect(state).toMatchObject({ open: true, synchronous: 2, fault: null });
	expect(loaded.lastSeq).toBeGreaterThanOrEqual(200);
	expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: loaded.lastSeq }, (_, i) => i + 1));
	// The month files are copied after the main file: an hour that was compacted between the two is there with readings of
	// later commits. Each of them is true, none is missing in between, and their own transitions are not in the copy.
	const held = rows.length / 2;
	expect(held).toBeGreaterThanOrEqual(loaded.lastSeq);
	expect(held).toBeLessThanOrEqual(n);
	expect(rows).toEqual(expectedRows(held));
	expect(made.readings).toBeGreaterThanOrEqual(2 * 200);
	expect(found).toHaveLength(5);
	expect((await readdir(target)).filter((name) => name.startsWith("."))).toEqual([]);
});

test("the commands: beside a running server and without one; whole, or not at all", { timeout: 120_000 }, async () => {
	const folder = await aFolder();
	const store = openStore({ folder, clock: new ManualClock(NOW) });
	await store.load();
	for (let n = 1; n <= 20; n++) await commit(store, n);
	await writeFile(join(folder, "demo-devices.json"), "{}");
	const place = await aFolder();
	const [running, stopped] = [join(place, "running.tar"), join(place, "stopped.tar")];
	const said = await tool("backup", folder, running);
	expect(said).toMatchObject({ code: 0, err: "" });
	expect(said.out).toContain("已备份 40 条读数");
	await store.close();
	expect(await tool("backup", folder, stopped)).toMatchObject({ code: 0, err: "" });
	for (const file of [running, stopped]) {
		const target = join(await aFolder(), "new");
		expect((await tool("restore", target, file)).out).toContain("已恢复 40 条读数");
		expect((await contents(target)).rows).toEqual(expectedRows(20));
		expect(await readFile(join(target, "demo-devices.json"), "utf8")).toBe("{}");
		// Once more: now it holds something.
		const again = await tool("restore", target, file);
		expect(again.code).toBe(1);
		expect(again.err).toContain("不是空的");
	}
	expect(await readdir(place)).toEqual(["running.tar", "stopped.tar"]);
});

test("a backup carries the register: entries, log lines and photos", { timeout: 120_000 }, async () => {
	const folder = await aFolder();
	const store = openStore({ folder, clock: new ManualClock(NOW) });
	await store.load();
	const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7) % 256);
	const place = { district: "210102", system: "gas", asset: null };
	const photo = { id: "p1", subject: "incident:i1", at: NOW, by: "李", type: "image/jpeg", ...place, bytes } as const;
	await store.commit({
		...EMPTY,
		edits: [
			{ type: "entry.put", entry: anEntry("i1", 1) },
			{ type: "line.add", line: aLine(1, "incident:i1"), revision: 1 },
			{ type: "photo.add", photo },
		],
	});
	const file = join(await aFolder(), "a.tar");
	await store.backup(file);
	await store.close();
	const target = await aFolder();
	expect(await tool("restore", target, file)).toMatchObject({ code: 0, err: "" });
	const { loaded } = await contents(target);
	expect(loaded.entries).toEqual([anEntry("i1", 1)]);
	const reader = openReader({ folder: target });
	expect(await reader.lines("incident:i1", 0, 10)).toEqual([aLine(1, "incident:i1")]);
	expect(await reader.photo("p1")).toEqual(photo);
	await reader.close();
});

test("a backup that was changed or cut is refused and leaves the folder empty", { timeout: 120_000 }, async () => {
	const folder = await aFolder();
	const store = openStore({ folder, clock: new ManualClock(NOW) });
	await store.load();
	for (let n = 1; n <= 5; n++) await commit(store, n);
	const file = join(await aFolder(), "a.tar");
	await store.backup(file);
	await store.close();
	const whole = await readFile(file);
	const refused = async (bytes: Buffer | null) => {
		if (bytes !== null) await writeFile(file, bytes);
		const target = await aFolder();
		const said = await tool("restore", target, file);
		expect(said.code).toBe(1);
		expect(said.err).toContain("恢复失败");
		expect(await readdir(target)).toEqual([]);
	};
	const flipped = Buffer.from(whole);
	flipped[Math.floor(whole.length / 2)]! ^= 4;
	await refused(flipped);
	const renamed = Buffer.from(whole);
	renamed[0]! ^= 1;
	await refused(renamed);
	await refused(Buffer.from("no backup at all"));
	await writeFile(file, whole);
	await truncate(file, whole.length - 2_000);
	await refused(null);
});

test("what cannot be done is said in words and exit 1", async () => {
	const empty = await aFolder();
	const place = await aFolder();
	const none = await tool("backup", empty, join(place, "a.tar"));
	expect(none.code).toBe(1);
	expect(none.err).toContain("liaowang.db");
	expect((await tool("backup", empty)).err).toContain("npm run backup -- FILE");
	expect((await tool("restore", empty, join(place, "missing.tar"))).err).toContain("恢复失败");
	await mkdir(join(place, "folder"));
	expect(await readdir(place)).toEqual(["folder"]);
});
