import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isNew, WORK_FOLDER } from "./folder.ts";

async function folderWith(...names: string[]): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-new-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	for (const name of names) {
		if (name.endsWith("/")) await mkdir(join(folder, name));
		else await writeFile(join(folder, name), "x");
	}
	return folder;
}

test("S5 an empty folder is new, also with a lock in it; one with a store is not", async () => {
	expect(await isNew(await folderWith())).toBe(true);
	expect(await isNew(await folderWith("lock.sock"))).toBe(true);
	expect(await isNew(await folderWith("liaowang.db"))).toBe(false);
});

test("S5 what a start left that died in the middle goes, and only that", async () => {
	const half = await folderWith(
		`${WORK_FOLDER}/`,
		".restoring/",
		"readings-2026-11.db",
		"demo-devices.json",
		"lock.sock",
		"policy.json",
	);
	expect(await isNew(half)).toBe(true);
	expect((await readdir(half)).sort()).toEqual(["lock.sock", "policy.json"]);
	// The main file comes last: everything was there, only the tidying was missing.
	const whole = await folderWith(`${WORK_FOLDER}/`, "readings-2026-11.db", "demo-devices.json", "liaowang.db");
	expect(await isNew(whole)).toBe(false);
	expect((await readdir(whole)).sort()).toEqual(["demo-devices.json", "liaowang.db", "readings-2026-11.db"]);
	// Without the mark the files are somebody's own.
	const own = await folderWith("readings-2026-11.db");
	expect(await isNew(own)).toBe(true);
	expect(await readdir(own)).toEqual(["readings-2026-11.db"]);
});
