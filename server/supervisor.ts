// The supervisor: starts core, web and, in the demo, the simulator; starts a child that ended again, with growing pauses; ends
// all of them together. It holds no data and opens no public port.
import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Environment } from "./config.ts";
import type { Log } from "./log.ts";
import { firstLine } from "./process_link.ts";

const FIRST_PAUSE_MS = 100;
/** Of a child that was ready: devices and screens wait for it. */
const LONGEST_PAUSE_MS = 1_000;
/** Of a child that cannot even start. */
const LONGEST_FAILED_PAUSE_MS = 5_000;
/** A child that lived this long starts again at once. */
const SETTLED_MS = 30_000;
/**
 * What a person may override. Node keeps what it has read, stripped of types and compiled, so that only the first start pays for
 * it: half of a start's CPU. glibc keeps freed memory per arena, and makes an arena for every thread unless told otherwise.
 */
export const CHILD_ENVIRONMENT = {
	NODE_COMPILE_CACHE: join(dirname(import.meta.dirname), "node_modules", ".cache", "liaowang"),
	MALLOC_ARENA_MAX: "2",
};
/** Half the young heap that Node takes by itself: 50 MB less in core for a few hundredths more CPU. `gc`: after a start, see core_process.ts. */
export const NODE_FLAGS = ["--max-semi-space-size=8", "--expose-gc"];
/** In order first; what does not end by then is killed. */
const END_MS = 10_000;

export interface ChildPlan {
	readonly name: string;
	/** File beside this one. */
	readonly file: string;
	readonly args: readonly string[];
	/** Set anew for each start, e.g. ports that the first start was given by the kernel. */
	readonly env: () => Environment;
	/** False: the child says nothing when it is ready (the simulator). */
	readonly tellsReady: boolean;
	/** Every start's ready line. */
	readonly ready?: (facts: unknown) => void;
}

export class Child {
	/** Resolves with the first ready line; rejects when the first start fails. */
	readonly first: Promise<unknown>;
	private readonly plan: ChildPlan;
	private readonly log: Log;
	private process: ChildProcess | null = null;
	private pause = FIRST_PAUSE_MS;
	private isReady = false;
	private ending = false;
	private timer: NodeJS.Timeout | null = null;

	constructor(plan: ChildPlan, log: Log) {
		this.plan = plan;
		this.log = log;
		this.first = this.start();
	}

	get pid(): number | null {
		return this.process?.pid ?? null;
	}

	/** Closes the child's input and waits; kills it when it does not end. */
	end(): Promise<void> {
		this.ending = true;
		if (this.timer !== null) clearTimeout(this.timer);
		const child = this.process;
		if (child === null || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
		return new Promise((resolve) => {
			const late = setTimeout(() => child.kill("SIGKILL"), END_MS);
			child.once("exit", () => {
				clearTimeout(late);
				resolve();
			});
			child.stdin?.end();
		});
	}

	private async start(): Promise<unknown> {
		const { plan } = this;
		const startedAt = performance.now();
		const child = spawn(process.execPath, [...NODE_FLAGS, join(import.meta.dirname, plan.file), ...plan.args], {
			stdio: ["pipe", plan.tellsReady ? "pipe" : "ignore", "inherit"],
			env: { ...CHILD_ENVIRONMENT, ...process.env, ...plan.env() },
		});
		this.process = child;
		this.isReady = false;
		// A broken pipe to a child that has just died is no news: its exit is.
		child.stdin?.on("error", (error) => this.log.debug({ err: error }, `${plan.name} input`));
		child.once("exit", (code, signal) => this.ended(code, signal, performance.now() - startedAt));
		if (child.stdout === null) return undefined;
		const facts = await firstLine(child.stdout);
		const failed = (facts as { failed?: unknown } | null)?.failed;
		if (typeof failed === "string") throw new Error(failed);
		this.isReady = true;
		plan.ready?.(facts);
		return facts;
	}

	private ended(code: number | null, signal: NodeJS.Signals | null, livedMs: number): void {
		if (this.ending) return;
		const longest = this.isReady ? LONGEST_PAUSE_MS : LONGEST_FAILED_PAUSE_MS;
		this.pause = livedMs > SETTLED_MS ? FIRST_PAUSE_MS : Math.min(this.pause * 2, longest);
		this.log.error(
			`${this.plan.name} ended (${signal ?? `code ${code}`}) after ${Math.round(livedMs)} ms; starting it again in ${this.pause} ms`,
		);
		this.timer = setTimeout(() => {
			this.start().catch((error: unknown) => this.log.error({ err: error }, `${this.plan.name} could not start`));
		}, this.pause);
	}
}
