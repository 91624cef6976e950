// What the bench ran on: without it no figure means anything.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { pinned, ROOT } from "./live/processes.ts";
import type { Report } from "./row.ts";

/** Packages whose version decides a figure. */
const PACKAGES = ["socket.io", "socket.io-client", "express", "deck.gl", "maplibre-gl", "aedes"];

export function machineFacts(): Omit<Report["machine"], "load"> {
	return {
		cpu: cpus()[0]?.model ?? "unknown",
		cores: cpus().length,
		memoryGB: Math.round(totalmem() / 2 ** 30),
		system: `${type()} ${release()}`,
		pinned,
	};
}

export function loadNow(): number {
	return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

export function versions(): Record<string, string> {
	const found: Record<string, string> = { node: process.version, liaowang: versionOf(join(ROOT, "package.json")) };
	for (const name of PACKAGES) found[name] = versionOf(join(ROOT, "node_modules", name, "package.json"));
	found.commit = commit();
	return found;
}

function versionOf(file: string): string {
	return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Where git or the history is not there (a downloaded archive), the version alone says what ran. */
function commit(): string {
	try {
		return execFileSync("git", ["-C", ROOT, "rev-parse", "--short", "HEAD"], {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
		}).trim();
	} catch (error) {
		return `unknown (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`;
	}
}
