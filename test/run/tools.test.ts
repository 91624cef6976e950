// A test file names the programs it needs; the driver reads that and nothing else.
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { neededBy } from "./tools.ts";

async function fileWith(text: string): Promise<string> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), "tools-"));
	onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
	const file = path.join(folder, "a.test.ts");
	await fs.writeFile(file, text);
	return file;
}

test("H8 gathers the tools of all files, each once", async () => {
	const one = await fileWith("// needs: chromium strace\n");
	const two = await fileWith("// What it proves.\n// needs: strace\n");
	expect(await neededBy([one, two])).toEqual(["chromium", "strace"]);
});

test("H8 a file that says nothing needs nothing", async () => {
	expect(await neededBy([await fileWith("const text = 'needs: chromium';\n")])).toEqual([]);
});

test("H8 a tool that nobody knows is an error, not a skip", async () => {
	const file = await fileWith("// needs: chromum\n");
	await expect(neededBy([file])).rejects.toThrow("chromum");
});
