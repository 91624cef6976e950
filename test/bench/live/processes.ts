// Child processes of the bench: started with Node 24, pinned to a core, heard by lines of JSON, their CPU and memory read
// from /proc. What is measured (servers) runs on the first core, what measures (devices, screens) on the others.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../../..");
const cores = availableParallelism();
/** With a single core there is nothing to keep apart. */
export const pinned = cores > 1 && process.platform === "linux";

/** CPU list for taskset. */
const PLACE = { measured: "0", measuring: cores > 2 ? `1-${cores - 1}` : "1" } as const;

export interface ChildOptions {
	readonly place: keyof typeof PLACE;
	readonly args?: readonly string[];
	readonly nodeArgs?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

const living = new Set<Child>();

/** After a row, however it ended: nothing of it may run beside the next one. */
export async function killAll(): Promise<void> {
	for (const child of [...living]) await child.kill();
}

export class Child {
	readonly process: ChildProcess;
	/** Standard error, the last of it: shown when it fails. */
	errors = "";
	private readonly name: string;
	private rest = "";
	private readonly lines: unknown[] = [];
	private readonly waiting: { resolve(line: unknown): void; reject(error: Error): void }[] = [];
	private readonly ended: Promise<void>;
	private isEnded = false;

	constructor(file: string, options: ChildOptions) {
		this.name = file;
		const node = [process.execPath, ...(options.nodeArgs ?? []), join(ROOT, file), ...(options.args ?? [])];
		const command = pinned ? ["taskset", "-c", PLACE[options.place], ...node] : node;
		this.process = spawn(command[0] ?? "", command.slice(1), {
			cwd: ROOT,
			stdio: ["pipe", "pipe", "pipe"],
			env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...options.env },
		});
		living.add(this);
		this.process.stdout?.setEncoding("utf8").on("data", (chunk: string) => this.read(chunk));
		this.process.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
			this.errors = `${this.errors}${chunk}`.slice(-20_000);
		});
		// A child that has just died does not read: its exit is the news.
		this.process.stdin?.on("error", () => undefined);
		this.ended = new Promise((done) => {
			this.process.once("close", () => {
				this.isEnded = true;
				living.delete(this);
				for (const one of this.waiting.splice(0)) one.reject(this.failure());
				done();
			});
		});
	}

	/** taskset becomes the program it starts: the process id is Node's. */
	get pid(): number {
		return this.process.pid ?? 0;
	}

	/** The next line of output as JSON. Rejects with its last words when it ends first. */
	next<T>(): Promise<T> {
		if (this.lines.length > 0) return Promise.resolve(this.lines.shift() as T);
		if (this.isEnded) return Promise.reject(this.failure());
		return new Promise((done, reject) => this.waiting.push({ resolve: done as (line: unknown) => void, reject }));
	}

	/** One question, one answer. */
	ask<T>(question: object): Promise<T> {
		this.process.stdin?.write(`${JSON.stringify(question)}\n`);
		return this.next<T>();
	}

	async kill(): Promise<void> {
		this.process.kill("SIGKILL");
		await this.ended;
	}

	/** Closes its input, by which it ends in order; kills what does not within ten seconds. */
	async end(): Promise<void> {
		this.process.stdin?.end();
		const late = setTimeout(() => this.process.kill("SIGKILL"), 10_000);
		await this.ended;
		clearTimeout(late);
	}

	/** Nanoseconds of CPU of all its living threads. */
	cpuNs(): number {
		let total = 0;
		for (const thread of readdirSync(`/proc/${this.pid}/task`)) {
			total += Number(readFileSync(`/proc/${this.pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
		}
		return total;
	}

	/** Resident memory, MB. */
	rssMB(): number {
		const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))?.[1];
		return Number(line) / 1024;
	}

	private failure(): Error {
		return new Error(`${this.name} ended: ${this.errors.slice(-2_000)}`);
	}

	private read(chunk: string): void {
		const parts = (this.rest + chunk).split("\n");
		this.rest = parts.pop() ?? "";
		for (const part of parts) {
			if (part === "") continue;
			const line: unknown = JSON.parse(part);
			const first = this.waiting.shift();
			if (first === undefined) this.lines.push(line);
			else first.resolve(line);
		}
	}
}

/** This process measures. Where taskset cannot move it, it stays where it is. */
export function pinSelf(): void {
	if (pinned) spawnSync("taskset", ["-pc", PLACE.measuring, String(process.pid)], { stdio: "ignore" });
}

/** The child's side: answers questions one after the other, ends with its input. */
export async function serveParent(answer: (question: never) => Promise<object> | object): Promise<void> {
	let rest = "";
	for await (const chunk of process.stdin.setEncoding("utf8") as AsyncIterable<string>) {
		const parts = (rest + chunk).split("\n");
		rest = parts.pop() ?? "";
		for (const part of parts) tell(await answer(JSON.parse(part) as never));
	}
	process.exit(0);
}

export function tell(line: object): void {
	process.stdout.write(`${JSON.stringify(line)}\n`);
}

export function pause(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
}
