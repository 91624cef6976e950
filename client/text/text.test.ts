import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

function keys(words: object, before = ""): string[] {
	return Object.entries(words).flatMap(([key, value]) =>
		typeof value === "string" ? [`${before}${key}`] : keys(value as object, `${before}${key}.`),
	);
}

function texts(words: object): string[] {
	return Object.values(words).flatMap((value) => (typeof value === "string" ? [value] : texts(value as object)));
}

function places(text: string): string[] {
	return (text.match(/\{\{\w+\}\}/g) ?? []).sort();
}

test("both languages have the same keys and fill in the same words", () => {
	expect(keys(en)).toEqual(keys(zh));
	expect(texts(en).map(places)).toEqual(texts(zh).map(places));
});

test("no panel has words of its own: Chinese stands in the text files alone", async () => {
	const folder = join(import.meta.dirname, "../ui");
	const files = (await readdir(folder, { recursive: true })).filter(
		(name) => /\.tsx?$/.test(name) && !name.includes(".test."),
	);
	expect(files.length).toBeGreaterThan(20);
	for (const file of files) {
		const source = await readFile(join(folder, file), "utf8");
		const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
		// District suffixes are data of names, not words of the page.
		expect(code.replace("[区县市]", "").match(/\p{Script=Han}+/gu) ?? [], file).toEqual([]);
	}
});
