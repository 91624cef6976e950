// The whole server as a user starts it: `node server/main.ts` in a process of its own, on free ports, in a temporary folder.
// Used by integration, fault and browser tests. It kills only what it started, and finds core, web and simulator by /proc.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFailed } from "vitest";
import { until } from "./until.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** The first start of a checkout builds the page. */
const START_MS = 180_000;
const STOP_MS = 30_000;

export type Part = "core" | "web" | "simulate" | "cameras" | "past";
const FILE_OF: Readonly<Record<Part, string>> = {
	core: "core_process.ts",
	web: "web_process.ts",
	simulate: "simulate/main.ts",
	cameras: "simulate/cameras/main.ts",
	past: "past/main.ts",
};

export interface ServerOptions {
	/** Kept at the end; a temporary one, removed at the end, when not given. */
	readonly folder?: string;
	/** False: an empty real folder with a set-up code; nothing drives it. */
	readonly demo?: boolean;
	/** A new demo is given its thirty days first; without, it begins now. */
	readonly past?: boolean;
	readonly env?: Readonly<Record<string, string>>;
	/** False where no test is running (a hook): a failed test prints the log otherwise. */
	readonly tells?: boolean;
}

export class TestServer {
	readonly folder: string;
	readonly process: ChildProcess;
	/** Lines of standard output. */
	readonly lines: string[] = [];
	/** Standard error, the log. */
	log = "";
	private readonly temporary: boolean;
	private rest = "";
	private readonly ended: Promise<number | null>;

	constructor(folder: string, temporary: boolean, env: Readonly<Record<string, string>>) {
		this.folder = folder;
		this.temporary = temporary;
		this.process = spawn(process.execPath, ["server/main.ts"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
		this.process.stdout?.setEncoding("utf8").on("data", (chunk: string) => this.read(chunk));
		this.process.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
			this.log = `${this.log}${chunk}`.slice(-400_000);
		});
		this.ended = new Promise((done) => this.process.once("close", (code) => done(code)));
	}

	get pid(): number {
		return this.process.pid ?? 0;
	}

	get isRunning(): boolean {
		return this.process.exitCode === null && this.process.signalCode === null;
	}

	/** The six lines that a start ends with. */
	get welcome(): readonly string[] {
		return this.lines.slice(-6);
	}

	/** "http://localhost:40123" */
	get url(): string {
		return this.words(/^瞭望已启动：(\S+)/);
	}

	get hj212(): { readonly host: string; readonly port: number } {
		const [host = "", port = ""] = this.words(/HJ 212 ([^，\s]+)/).split(/:(?=\d+$)/);
		return { host, port: Number(port) };
	}

	get mqtt(): string {
		return `mqtt://${this.words(/MQTT ([^，\s]+)/)}`;
	}

	get setUpCode(): string {
		return this.words(/设立管理员：(\S+)/);
	}

	/** Exit code once it has ended with all its output. */
	exited(): Promise<number | null> {
		return this.ended;
	}

	/** Process id of a part; waits until it runs. */
	async part(part: Part): Promise<number> {
		return until(`${part} runs`, async () => {
			for (const pid of await childrenOf(this.pid)) if (await isPart(pid, part)) return pid;
			return undefined;
		});
	}

	/** Every child there is now. */
	children(): Promise<number[]> {
		return childrenOf(this.pid);
	}

	/** SIGKILL of a part. @returns its process id. */
	async kill(part: Part): Promise<number> {
		const pid = await this.part(part);
		process.kill(pid, "SIGKILL");
		return pid;
	}

	/** /readyz says so. */
	async ready(timeoutMs = 30_000): Promise<void> {
		await until("/readyz is 200", async () => (await statusOf(`${this.url}/readyz`)) === 200 || undefined, timeoutMs);
	}

	/** Ctrl-C, then no process of it is left. A child that outlives its supervisor is killed and told. */
	async stop(): Promise<void> {
		const children = await childrenOf(this.pid);
		if (this.isRunning) this.process.kill("SIGINT");
		const late = setTimeout(() => this.process.kill("SIGKILL"), STOP_MS);
		await this.ended;
		clearTimeout(late);
		const left = children.filter(isAlive);
		for (const pid of left) process.kill(pid, "SIGKILL");
		if (this.temporary) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
		if (left.length > 0) throw new Error(`${left.length} processes outlived their supervisor`);
	}

	private words(pattern: RegExp): string {
		for (const line of this.lines) {
			const found = pattern.exec(line)?.[1];
			if (found !== undefined) return found;
		}
		throw new Error(`the server did not say ${pattern}; it said:\n${this.lines.join("\n")}\n${this.log.slice(-2_000)}`);
	}

	private read(chunk: string): void {
		const lines = (this.rest + chunk).split("\n");
		this.rest = lines.pop() ?? "";
		this.lines.push(...lines);
	}
}

/** What a person needs who looks into a failure: printed by vitest when the test has failed. */
function tellOnFailure(server: TestServer): void {
	onTestFailed(() => console.error(`${server.lines.join("\n")}\n${server.log.slice(-4_000)}`));
}

/** Starts it without waiting for anything. */
export async function launchServer(options: ServerOptions = {}): Promise<TestServer> {
	const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "liaowang-")));
	const env = {
		PATH: process.env.PATH ?? "",
		HOME: process.env.HOME ?? "",
		TMPDIR: tmpdir(),
		PORT: "0",
		LIAOWANG_DATA: folder,
		LIAOWANG_MQTT_PORT: "0",
		LIAOWANG_HJ212_PORT: "0",
		LIAOWANG_DEMO_PAST: options.past === true ? "1" : "0",
		...(options.demo === undefined ? {} : { LIAOWANG_DEMO: options.demo ? "1" : "0" }),
		...options.env,
	};
	return new TestServer(folder, options.folder === undefined, env);
}

/** Starts it and waits for its six lines and /readyz. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const server = await launchServer(options);
	if (options.tells ?? true) tellOnFailure(server);
	try {
		await until(
			"the server says how to stop it",
			() => {
				if (!server.isRunning) throw new Error(`it ended:\n${server.lines.join("\n")}\n${server.log.slice(-2_000)}`);
				return server.lines.at(-1)?.startsWith("停止：") || undefined;
			},
			START_MS,
		);
		await server.ready();
		return server;
	} catch (error) {
		await server.stop();
		throw error;
	}
}

/** Status of a GET, 0 when nobody answers. */
export async function statusOf(url: string): Promise<number> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}

/** Also false for a process that has ended and waits for its parent to notice. */
export async function isAliveNow(pid: number): Promise<boolean> {
	const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	return stat !== "" && !/\) Z /.test(stat);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function childrenOf(pid: number): Promise<number[]> {
	const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
	return text.split(" ").filter(Boolean).map(Number);
}

async function isPart(pid: number, part: Part): Promise<boolean> {
	const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
	return words.split("\0").some((word) => word.endsWith(`/server/${FILE_OF[part]}`));
}
