// The bench runs: two cheap rows at tiny sizes print a table and write a file that obeys its schema. Nothing here looks at a
// figure: a busy machine may be as slow as it likes.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { reportSchema } from "../bench/row.ts";

const ROOT = resolve(import.meta.dirname, "../..");

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "liaowang-bench-smoke-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function bench(...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
	return new Promise((done) => {
		const child = spawn(process.execPath, ["test/bench/main.ts", ...args], { cwd: ROOT });
		let out = "";
		let errors = "";
		child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
			out += chunk;
		});
		child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
			errors += chunk;
		});
		child.once("close", (code) => done({ code, out, errors }));
	});
}

test("the bench measures over real processes, prints its table and writes its file", async () => {
	const file = join(folder, "bench.json");
	const { code, out, errors } = await bench("--quick", "--rows", "door_hj212,bytes", "--out", file);
	expect(code, errors).toBe(0);
	const report = reportSchema.parse(JSON.parse(await readFile(file, "utf8")));
	expect(report.failed).toEqual([]);
	expect(report.quick).toBe(true);
	expect(report.rows.map(({ row }) => row)).toEqual(["door, HJ 212", "bytes, adjacent rows", "bytes, scattered rows"]);
	for (const row of report.rows) {
		expect(row.figure, row.row).toBeGreaterThan(0);
		expect(row.baselines.length, row.row).toBeGreaterThan(0);
		expect(out).toContain(row.row);
	}
	expect(out).toContain(`written to ${file}`);
});

test("a row that is not there is named, and nothing is measured", async () => {
	const { code, errors } = await bench("--rows", "fan-in");
	expect(code).toBe(1);
	expect(errors).toContain("no row fan-in");
});
