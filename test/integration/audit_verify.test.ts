// The audit chain in a real data folder: written in the commit of each act, witnessed, and every way of tampering with the file found
// by the tool with the record named.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../server/clock.ts";
import { writeWitness } from "../../server/store/audit_witness.ts";
import { openStore } from "../../server/store/sqlite.ts";
import { EMPTY } from "../contract/store_kit.ts";

const run = promisify(execFile);
const RECORDS = 40;
let sound: string;
let folder: string;

beforeAll(async () => {
	sound = await mkdtemp(join(tmpdir(), "liaowang-audit-"));
	for (const auditHash of ["sha256", "sm3"] as const) {
		const store = openStore({ folder: sound, clock: systemClock, auditHash });
		await store.load();
		for (let i = 0; i < RECORDS / 2; i++) {
			const record = { at: 1_790_000_000_000 + i, user: "li", action: "note", subject: `s${i}`, result: "ok" };
			await store.commit({ ...EMPTY, audits: [{ ...record, detail: `{"n":${i}}`, source: "test" }] });
			const head = store.state().audit;
			if (head !== null && i % 5 === 0) writeWitness(sound, { ...head, at: systemClock.now() });
		}
		const head = store.state().audit;
		if (head !== null) writeWitness(sound, { ...head, at: systemClock.now() });
		await store.close();
	}
	folder = await mkdtemp(join(tmpdir(), "liaowang-audit-"));
});
afterAll(async () => {
	for (const one of [sound, folder]) await rm(one, { recursive: true, force: true });
});

async function verify(): Promise<{ code: number; said: string }> {
	try {
		const { stdout } = await run(process.execPath, ["server/tools/verify_audit.ts", folder]);
		return { code: 0, said: stdout };
	} catch (error) {
		const { code, stderr } = error as { code: number; stderr: string };
		return { code, said: stderr };
	}
}

/** A fresh copy of the sound folder, changed. */
async function tampered(sql: readonly string[]): Promise<{ code: number; said: string }> {
	await cp(sound, folder, { recursive: true, force: true });
	const db = new DatabaseSync(join(folder, "liaowang.db"));
	for (const line of sql) db.exec(line);
	db.close();
	return verify();
}

test("an untouched log is whole, over a change of its hash from SHA-256 to SM3", async () => {
	const { code, said } = await tampered([]);
	expect(said).toContain(`${RECORDS} chained records`);
	expect(said).toContain("sm3:");
	expect(code).toBe(0);
});

test.each([
	["one field edited", ["UPDATE audit SET body = replace(body, '\"li\"', '\"xu\"') WHERE n = 17"], /record 17\b/],
	["the time beside it moved", ["UPDATE audit SET at = at + 1 WHERE n = 9"], /record 9\b/],
	["one removed", ["DELETE FROM audit WHERE n = 23"], /record 23\b/],
	["the tail cut off", ["DELETE FROM audit WHERE n > 35"], /36 to 40/],
	["a hash taken away", ["UPDATE audit SET prev = NULL, hash = NULL WHERE n = 30"], /to 30\b/],
	[
		"two exchanged",
		[
			"UPDATE audit SET n = -5 WHERE n = 5",
			"UPDATE audit SET n = 5 WHERE n = 6",
			"UPDATE audit SET n = 6 WHERE n = -5",
		],
		/4 to 5\b/,
	],
] as const)("T-55 %s: found by the tool, and named", async (_name, sql, named) => {
	const { code, said } = await tampered(sql);
	expect(said).toMatch(named);
	expect(code).toBe(2);
});

test("T-55 another database in its place is found by the witness", async () => {
	await cp(sound, folder, { recursive: true, force: true });
	for (const name of ["liaowang.db", "liaowang.db-wal", "liaowang.db-shm"])
		await rm(join(folder, name), { force: true });
	const store = openStore({ folder, clock: systemClock });
	await store.load();
	const record = { at: 1, user: "xu", action: "x", subject: "", result: "ok", detail: "{}", source: "" };
	await store.commit({ ...EMPTY, audits: Array.from({ length: RECORDS }, () => record) });
	await store.close();
	expect((await verify()).code).toBe(2);
});

test("the witness holds numbers and hashes only, and a line that was cut off hides no other", async () => {
	await cp(sound, folder, { recursive: true, force: true });
	const file = join(folder, "audit.head");
	const text = await readFile(file, "utf8");
	expect(
		text
			.trim()
			.split("\n")
			.every((line) => /^\d+ \d+ (sha256|sm3):[0-9a-f]{64}$/.test(line)),
	).toBe(true);
	await writeFile(file, `${text}179000`);
	expect((await verify()).code).toBe(0);
});

test("a folder without a log is said so", async () => {
	await rm(folder, { recursive: true, force: true });
	expect((await verify()).code).toBe(1);
});
