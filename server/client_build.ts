// The built page: made by Vite before the first start and whenever its sources changed, so that two commands are enough.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
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
	// Beside the old one, and put in its place when it is whole: another start of the same folder may be doing the same, and a server
	// that runs goes on serving what it has.
	const made = join(root, `dist.${process.pid}`);
	try {
		// In a process of its own: what the bundler needs in memory goes when it is done.
		await promisify(execFile)(
			process.execPath,
			[join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "error", "--outDir", made],
			{ cwd: root },
		);
		await writeFile(join(made, STAMP), id);
		await putInPlace(made, join(root, "dist"));
	} finally {
		await rm(made, { recursive: true, force: true });
	}
	return id;
}

/** Renames `made` to `place`. What stands there is replaced; of several at once any one stays, whole. */
export async function putInPlace(made: string, place: string): Promise<void> {
	const old = `${made}.old`;
	for (;;) {
		await rename(place, old).catch(unless("ENOENT"));
		await rm(old, { recursive: true, force: true });
		const isThere = await rename(made, place).then(
			() => true,
			(error: NodeJS.ErrnoException) => {
				// Another start was quicker since the line above.
				if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return false;
				throw error;
			},
		);
		if (isThere) return;
	}
}

function unless(code: string): (error: NodeJS.ErrnoException) => void {
	return (error) => {
		if (error.code !== code) throw error;
	};
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
