// needs: strace
// Power cuts, modelled: every write and sync of the child is recorded, and the folder is rebuilt as a disk may hold it at
// many moments. Whatever was answered by then is there. Control: a log that is not synced loses answers.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded } from "../contract/store_kit.ts";
import { amount, patience } from "../support/tier.ts";
import { check, readLedger } from "./store_ledger.ts";
import { imageAt, type Op, parseTrace, TRACED, writeImage } from "./store_trace.ts";

const CHILD = fileURLToPath(new URL("./store_child.ts", import.meta.url));
const ATTEMPTS = 200;
const CUTS = amount("LIAOWANG_TEST_CUTS", 12, 100);
let work: string;
let data: string;
let ops: Op[];

beforeAll(async () => {
	work = await mkdtemp(join(tmpdir(), "liaowang-power-"));
	data = await mkdtemp(join(work, "data-"));
	const [ledger, trace] = [join(work, "ledger"), join(work, "trace")];
	const args = ["-f", "-qq", "-y", "-xx", "-s", "1000000", "-o", trace, "-e", TRACED];
	const child = spawn("strace", [...args, process.execPath, CHILD, data, ledger, String(ATTEMPTS)], {
		stdio: ["pipe", "ignore", "inherit"],
	});
	const code = await new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", resolve);
	});
	expect(code).toBe(0);
	ops = parseTrace(await readFile(trace, "utf8"), data, ledger);
	expect(readLedger(ledger).answered.size).toBe(ATTEMPTS);
	expect(ops.filter(({ type }) => type === "note").length).toBe(2 * ATTEMPTS);
	expect(ops.filter(({ type }) => type === "sync").length).toBeGreaterThan(ATTEMPTS);
});

afterAll(() => rm(work, { recursive: true, force: true }));

/** Cuts the power after `end` operations and checks what is left. @returns answers that had to be there. */
async function cut(end: number, isSynced: (path: string) => boolean, keep: () => boolean): Promise<number> {
	const folder = await mkdtemp(join(work, "cut-"));
	const { files, ledger } = imageAt(ops, end, isSynced);
	writeImage(files, data, folder, keep);
	const file = `${folder}.ledger`;
	await writeFile(file, ledger);
	const kept = readLedger(file);
	try {
		await check(folder, kept);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	return kept.answered.size;
}

/** Places from the tenth answer to the end. */
function places(n: number, random: () => number): number[] {
	let answers = 0;
	const first = ops.findIndex((op) => op.type === "note" && op.text.startsWith("a") && ++answers === 10);
	return Array.from({ length: n }, () => first + Math.floor(random() * (ops.length - first)));
}

test("J1 after a power cut at any write every answered commit is there, once and whole", {
	timeout: patience(300_000),
}, async () => {
	const random = seeded(20261122);
	let answers = 0;
	for (const [i, place] of places(CUTS, random).entries()) {
		// Nothing that was not synced, or any half of it.
		const keep = i % 2 === 0 ? () => false : () => random() < 0.5;
		answers += await cut(place, () => true, keep);
	}
	console.info(`${CUTS} power cuts, ${answers} answers looked for, none lost`);
	expect(answers).toBeGreaterThan(CUTS * 20);
});

test("control: were the log not synced, answers would be lost and this would see it", {
	timeout: 120_000,
}, async () => {
	const random = seeded(5);
	const lost = await Promise.allSettled(
		places(2, random).map((place) =>
			cut(
				place,
				(path) => !path.endsWith("-wal"),
				() => false,
			),
		),
	);
	expect(lost.map(({ status }) => status)).toContain("rejected");
});
