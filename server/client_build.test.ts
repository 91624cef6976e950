// Two starts in one checkout build the page at the same moment; each puts a whole page in place.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { putInPlace } from "./client_build.ts";

test("S1 however many starts put their page in place at once, one whole page stands there and nothing is left beside it", async () => {
	const root = await mkdtemp(join(tmpdir(), "page-"));
	onTestFinished(() => rm(root, { recursive: true, force: true }));
	const place = join(root, "dist");
	const page = async (name: string): Promise<string> => {
		const made = join(root, `dist.${name}`);
		await mkdir(join(made, "assets"), { recursive: true });
		for (const file of ["index.html", "assets/a.js", "assets/b.js"]) await writeFile(join(made, file), name);
		return made;
	};
	for (let round = 0; round < 20; round++) {
		const made = await Promise.all(Array.from({ length: 8 }, (_, i) => page(`${round}-${i}`)));
		await Promise.all(made.map((one) => putInPlace(one, place)));
		expect(await readdir(root)).toEqual(["dist"]);
		const texts = await Promise.all(
			["index.html", "assets/a.js", "assets/b.js"].map((file) => readFile(join(place, file), "utf8")),
		);
		expect(new Set(texts).size).toBe(1);
		expect(texts[0]).toMatch(new RegExp(`^${round}-`));
	}
});
