// needs: strace
// A disk that fails under the store: the sync says EIO, a write says ENOSPC, once or for a while. Nothing that was answered is
// lost, nothing that was refused comes back, the state says so in words, and it heals by itself.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { check, readLedger } from "./store_ledger.ts";

const CHILD = fileURLToPath(new URL("./store_child.ts", import.meta.url));
const ATTEMPTS = 150;

/** Runs the child to its end under strace. @returns the folder, its ledger and the trace. */
async function traced(...expressions: string[]) {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-disk-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const [ledger, trace] = [join(folder, "ledger"), join(folder, "trace")];
	const data = await mkdtemp(join(folder, "data-"));
	const args = ["-f", "-y", "-qq", "-o", trace, ...expressions.flatMap((one) => ["-e", one])];
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
	return { data, ledger, trace };
}

/** With system calls failing as told (strace's `inject=`). */
async function run(inject: string) {
	const call = inject.slice(0, inject.indexOf(":"));
	const { data, ledger } = await traced(`trace=${call}`, `inject=${inject}`);
	const kept = readLedger(ledger);
	expect(kept.answered.size + kept.refused.size).toBe(ATTEMPTS);
	await check(data, kept);
	return kept;
}

/** Of the syncs of a sound run, in order: whether it is one of a file. SQLite does not ask what the sync of a folder answers. */
let ofFile: readonly boolean[] | null = null;
async function fileSync(atLeast: number): Promise<number> {
	if (ofFile === null) {
		const lines = (await readFile((await traced("trace=fsync")).trace, "utf8")).split("\n");
		ofFile = lines.flatMap((line) => {
			const path = /fsync\(\d+<([^>]+)>/.exec(line)?.[1];
			return path === undefined ? [] : [basename(path).includes(".")];
		});
	}
	const found = ofFile.findIndex((isFile, i) => isFile && i + 1 >= atLeast) + 1;
	expect(found, `a sync of a file from ${atLeast} on, of ${ofFile.length}`).toBeGreaterThan(0);
	return found;
}

// The first syncs make the file and its tables: a store that cannot begin is another test's matter.
for (const when of [19, 21, 30, 47, 80, 113, 151]) {
	test(`J1 a sync that fails (EIO at the first of a file from ${when} on) is a refusal, and the store heals`, async () => {
		await eio(String(await fileSync(when)));
	});
}
for (const when of ["40..45", "90+20"])
	test(`J1 syncs that fail (EIO at ${when}) are refusals, and the store heals`, () => eio(when));

async function eio(when: string): Promise<void> {
	const kept = await run(`fsync:error=EIO:when=${when}`);
	expect(kept.faults.join()).toContain("EIO");
	expect(kept.answered.size).toBeGreaterThan(ATTEMPTS / 2);
}

for (const when of ["120", "133", "200", "350", "601", "400..406"]) {
	test(`J1 a full disk (ENOSPC at write ${when}) is a refusal, and the store heals`, async () => {
		const kept = await run(`pwrite64:error=ENOSPC:when=${when}`);
		expect(kept.faults.join()).toContain("ENOSPC");
		expect(kept.answered.size).toBeGreaterThan(ATTEMPTS / 2);
	});
}
