// `kill -9` of a process that commits and compacts without rest, twenty times in the same folder, against its own ledger.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { seeded } from "../contract/store_kit.ts";
import { check, readLedger } from "./store_ledger.ts";

const KILLS = 20;
const CHILD = fileURLToPath(new URL("./store_child.ts", import.meta.url));

function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => child.once("exit", () => resolve()));
}

/** Resolves when the child says that its store is open. */
function open(child: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		child.stdout?.once("data", () => resolve());
		child.once("exit", (code) => reject(new Error(`the child ended with ${code} before its store was open`)));
	});
}

test("J2 after kill -9 at any moment every answered commit is there, once and whole", {
	timeout: 300_000,
}, async () => {
	const seed = Number(process.env.LIAOWANG_TEST_SEED ?? 20261122);
	console.info(`kill times from seed ${seed}`);
	const random = seeded(seed);
	const folder = await mkdtemp(join(tmpdir(), "liaowang-kill-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const ledger = join(folder, "ledger");
	const data = await mkdtemp(join(folder, "data-"));
	let stored = 0;
	for (let kill = 0; kill < KILLS; kill++) {
		const child = spawn(process.execPath, [CHILD, data, ledger, "0"], { stdio: ["pipe", "pipe", "inherit"] });
		const end = ended(child);
		await open(child);
		await new Promise((resolve) => setTimeout(resolve, 20 + random() * 400));
		child.kill("SIGKILL");
		await end;
		const found = await check(data, readLedger(ledger));
		expect(found.stored).toBeGreaterThanOrEqual(stored);
		stored = found.stored;
	}
	// The point of the exercise: hours were finished and compacted between the kills.
	expect(stored).toBeGreaterThan(300);
	console.info(
		`${KILLS} kills, ${stored} commits stored, ${readLedger(ledger).answered.size} answered, none lost, none twice`,
	);
});

test("J2 a first start that is killed leaves a folder that opens and works", { timeout: 120_000 }, async () => {
	const random = seeded(Number(process.env.LIAOWANG_TEST_SEED ?? 7));
	const folder = await mkdtemp(join(tmpdir(), "liaowang-kill-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	for (let kill = 0; kill < 10; kill++) {
		const data = await mkdtemp(join(folder, "data-"));
		const ledger = join(folder, `ledger-${kill}`);
		await writeFile(ledger, "");
		const child = spawn(process.execPath, [CHILD, data, ledger, "0"], { stdio: ["pipe", "ignore", "inherit"] });
		const end = ended(child);
		// The program takes about 0.1 s to load; tables are made in the next few hundredths.
		await new Promise((resolve) => setTimeout(resolve, 90 + random() * 150));
		child.kill("SIGKILL");
		await end;
		await check(data, readLedger(ledger));
	}
});
