// The built page: made by Vite before the first start and whenever its sources changed, so that two commands are enough.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Everything the page is built from. */
const SOURCES = ["client", "geodata/model", "geodata/liaoning", "vite.config.ts", "package-lock.json"];
const STAMP = ".built-from";

/** @returns the build id: the same for the same sources. Rejects with Vite's own message. */
export async function buildClient(root: string, say: (line: string) => void): Promise<string> {
	const id = await sourcesHash(root);
	const stamp = join(root, "dist", STAMP);
	const built = await readFile(stamp, "utf8").catch(() => "");
	if (built === id) return id;
	say("正在构建页面（首次启动或源码有变，约半分钟）…");
	// In a process of its own: what the bundler needs in memory goes when it is done.
	await promisify(execFile)(
		process.execPath,
		[join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "error"],
		{ cwd: root },
	);
	await writeFile(stamp, id);
	return id;
}

async function sourcesHash(root: string): Promise<string> {
	const hash = createHash("sha256");
	for (const source of SOURCES) await addTo(hash, join(root, source), source);
	return hash.digest("hex").slice(0, 16);
}

async function addTo(hash: ReturnType<typeof createHash>, path: string, name: string): Promise<void> {
	const facts = await stat(path);
	if (facts.isDirectory()) {
		for (const entry of (await readdir(path)).sort()) await addTo(hash, join(path, entry), `${name}/${entry}`);
		return;
	}
	if (name.includes(".test.") || name.endsWith(".tsbuildinfo")) return;
	hash.update(name).update("\0");
	hash.update(facts.size > 262_144 ? `${facts.size}/${Math.round(facts.mtimeMs)}` : await readFile(path));
}
