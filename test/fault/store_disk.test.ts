// needs: strace
// A disk that fails under the store: the sync says EIO, a write says ENOSPC, once or for a while. Nothing that was answered is
// lost, nothing that was refused comes back, the state says so in words, and it heals by itself.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { check, readLedger } from "./store_ledger.ts";

const CHILD = fileURLToPath(new URL("./store_child.ts", import.meta.url));
const ATTEMPTS = 150;

/** Runs the child to its end with system calls failing as told (strace's `inject=`). */
async function run(inject: string) {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-disk-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const ledger = join(folder, "ledger");
	const data = await mkdtemp(join(folder, "data-"));
	const call = inject.slice(0, inject.indexOf(":"));
	const args = ["-f", "-qq", "-o", join(folder, "trace"), "-e", `trace=${call}`, "-e", `inject=${inject}`];
	const child = spawn("strace", [...args, process.execPath, CHILD, data, ledger, String(ATTEMPTS)], {
		stdio: ["pipe", "ignore", "inherit"],
	});
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", resolve);
	});
	expect(code).toBe(0);
	const kept = readLedger(ledger);
	expect(kept.answered.size + kept.refused.size).toBe(ATTEMPTS);
	await check(data, kept);
	return kept;
}

// The first syncs make the file and its tables; the 20th is that of a folder, whose answer SQLite does not ask for.
for (const when of ["19", "21", "22", "30", "47", "80", "113", "151", "40..45", "90+20"]) {
	test(`J1 a sync that fails (EIO at ${when}) is a refusal, and the store heals`, async () => {
		const kept = await run(`fsync:error=EIO:when=${when}`);
		expect(kept.faults.join()).toContain("EIO");
		expect(kept.answered.size).toBeGreaterThan(ATTEMPTS / 2);
	});
}

for (const when of ["120", "133", "200", "350", "601", "400..406"]) {
	test(`J1 a full disk (ENOSPC at write ${when}) is a refusal, and the store heals`, async () => {
		const kept = await run(`pwrite64:error=ENOSPC:when=${when}`);
		expect(kept.faults.join()).toContain("ENOSPC");
		expect(kept.answered.size).toBeGreaterThan(ATTEMPTS / 2);
	});
}
