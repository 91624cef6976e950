// Every relative link in every document of the project leads to a file, and to a heading that is there.
// A document that names a file which moved is worse than none.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const IGNORED = new Set(["node_modules", ".git", "dist", "data", "coverage"]);
const documents = fs.globSync("**/*.md", { cwd: ROOT, exclude: (name) => IGNORED.has(path.basename(name)) }).sort();

/** Text without fenced and inline code, where brackets mean something else. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

/** Targets of [text](target), ![text](target) and [name]: target. */
function targets(text: string): string[] {
	const inline = [...prose(text).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
	const named = [...prose(text).matchAll(/^\s{0,3}\[[^\]]+\]:\s+(\S+)/gm)];
	return [...inline, ...named].map((match) => match[1]!);
}

/** GitHub's name for a heading: lower case, punctuation dropped, spaces to hyphens. */
const anchor = (heading: string) =>
	heading
		.replace(/[`*]/g, "")
		.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, "")
		.replace(/\s/g, "-");

const anchors = (text: string) =>
	new Set([...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6}\s+(.*)$/gm)].map((match) => anchor(match[1]!)));

/** What is wrong with one link of one document, or null. */
function broken(document: string, target: string): string | null {
	if (/^[a-z][a-z+.-]*:/i.test(target)) return null; // http:, mailto: are the world's
	const [file = "", fragment] = decodeURI(target).split("#");
	const found = file === "" ? path.join(ROOT, document) : path.resolve(ROOT, path.dirname(document), file);
	if (!fs.existsSync(found)) return `${target}: no such file`;
	if (!found.startsWith(ROOT)) return `${target}: outside the project`;
	if (fragment && found.endsWith(".md") && !anchors(fs.readFileSync(found, "utf8")).has(fragment))
		return `${target}: no such heading`;
	return null;
}

test.each(documents)("H6 every link of %s leads somewhere", (document) => {
	const text = fs.readFileSync(path.join(ROOT, document), "utf8");
	expect(targets(text).flatMap((target) => broken(document, target) ?? [])).toEqual([]);
});

test("H6 a dead link is seen", () => {
	expect(broken("README.md", "no/such/file.md")).toContain("no such file");
	expect(broken("README.md", "https://example.org/")).toBeNull();
	expect(targets("see [a](b.md#c) and ![d](<e.png>)\n[f]: g.md\n`[h](i)`\n")).toEqual(["b.md#c", "e.png", "g.md"]);
	expect(anchor("3. Rules `that` hold, everywhere")).toBe("3-rules-that-hold-everywhere");
});
