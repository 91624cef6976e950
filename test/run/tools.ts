// The programs of the machine that tests need beside npm's packages. A test file says so in its first lines,
// `// needs: chromium strace`; what is missing is installed by apt when that is possible, otherwise it is named
// with the command that installs it, and the step fails. Nothing is skipped.
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";

type Tool = {
	/** Any of these on the PATH is enough. */
	commands: string[];
	/** Packages of Debian and Ubuntu. */
	packages: string[];
	/** A service that the package starts although we only want the program. */
	service?: string;
};

const TOOLS: Record<string, Tool> = {
	chromium: { commands: ["chromium", "chromium-browser", "google-chrome"], packages: ["chromium"] },
	strace: { commands: ["strace"], packages: ["strace"] },
	mosquitto: { commands: ["mosquitto"], packages: ["mosquitto"], service: "mosquitto" },
	unshare: { commands: ["unshare"], packages: ["util-linux"] },
	faketime: { commands: ["faketime"], packages: ["faketime"] },
	sqlite3: { commands: ["sqlite3"], packages: ["sqlite3"] },
	// The word processor alone, without its windows: about 50 packages instead of 200.
	libreoffice: { commands: ["soffice"], packages: ["libreoffice-writer-nogui"] },
	openssl: { commands: ["openssl"], packages: ["openssl"] },
	pdftotext: { commands: ["pdftotext"], packages: ["poppler-utils"] },
};

/** What these test files say that they need. A word that is no known tool is an error of the test file. */
export async function neededBy(files: string[]): Promise<string[]> {
	const words = new Set<string>();
	for (const file of files) {
		const text = await fs.readFile(file, "utf8");
		for (const match of text.matchAll(/^\/\/ needs: (.*)$/gm))
			for (const word of match[1]!.trim().split(/[\s,]+/)) words.add(word);
	}
	const unknown = [...words].filter((word) => !Object.hasOwn(TOOLS, word));
	if (unknown.length > 0) throw new Error(`unknown tool after "needs:": ${unknown.join(", ")}; see test/run/tools.ts`);
	return [...words].sort();
}

/** Sees to it that the tools are there. `missing` holds one line for each tool that is not, each a failure. */
export async function provideTools(files: string[]): Promise<{ notes: string[]; missing: string[] }> {
	const needed = await neededBy(files);
	const absent = await absentOf(needed);
	if (absent.length === 0) return { notes: [], missing: [] };
	const packages = absent.flatMap((name) => TOOLS[name]!.packages);
	const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;
	if (!(await canInstall()))
		return { notes: [], missing: absent.map((name) => `${name} is missing; as root on Debian or Ubuntu: ${command}`) };
	const notes = [`installing ${absent.join(", ")}: ${command}`];
	await apt(["update"]);
	const said = await apt(["install", "-y", "--no-install-recommends", ...packages]);
	for (const name of absent) if (TOOLS[name]!.service) await run("service", [TOOLS[name]!.service, "stop"]);
	const still = await absentOf(absent);
	const lastWords = said.trimEnd().split("\n").slice(-5).join("\n");
	return { notes, missing: still.map((name) => `${name} could not be installed with: ${command}\n${lastWords}`) };
}

async function absentOf(names: string[]): Promise<string[]> {
	const absent: string[] = [];
	for (const name of names) if (!(await anyOnPath(TOOLS[name]!.commands))) absent.push(name);
	return absent;
}

async function anyOnPath(commands: string[]): Promise<boolean> {
	// Debian keeps brokers and the like in sbin, which an ordinary PATH leaves out.
	const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin", "/usr/local/sbin"];
	for (const folder of folders)
		for (const command of commands) if (await isExecutable(path.join(folder, command))) return true;
	return false;
}

const isExecutable = (file: string) =>
	fs.access(file, fs.constants.X_OK).then(
		() => true,
		() => false,
	);

async function canInstall(): Promise<boolean> {
	if (process.getuid?.() !== 0 || !(await anyOnPath(["apt-get"]))) return false;
	const release = await fs.readFile("/etc/os-release", "utf8").catch(() => "");
	return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

const apt = (args: string[]) =>
	run("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=120", ...args], { DEBIAN_FRONTEND: "noninteractive" });

/** The program's output; that it failed is seen by what is still absent afterwards. */
function run(file: string, args: string[], env: Record<string, string> = {}): Promise<string> {
	return new Promise((resolve) => {
		const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 26, timeout: 600_000 };
		execFile(file, args, options, (error, stdout, stderr) => resolve(`${stdout}${stderr}${error?.message ?? ""}`));
	});
}
