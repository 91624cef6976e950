// The supervisor's end of the program that makes the demo's past: starts it once, waits for its line, and ends it with the rest.
// Nothing of it stays when it fails: the demo then begins now.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Environment } from "../config.ts";
import { firstLine } from "../process_link.ts";
import { CHILD_ENVIRONMENT } from "../supervisor.ts";

/** What the program tells when everything is in the folder. */
export interface PastFacts {
	readonly readings: number;
	readonly transitions: number;
}

/** One hour of readings of the province at a time, and the log: far below Node's own limit for a large machine. */
const FLAGS = ["--max-old-space-size=1500", "--max-semi-space-size=16"];

export class PastMaker {
	/** Resolves when the past is in the folder; rejects with the cause in words. */
	readonly made: Promise<PastFacts>;
	private readonly child: ChildProcess;

	constructor(folder: string, env: Environment) {
		this.child = spawn(process.execPath, [...FLAGS, join(import.meta.dirname, "main.ts"), "--folder", folder], {
			stdio: ["pipe", "pipe", "inherit"],
			env: { ...CHILD_ENVIRONMENT, ...env },
		});
		// A broken pipe to a child that has just died is no news: its missing line is.
		this.child.stdin?.on("error", () => undefined);
		this.made = this.wait();
	}

	/** Closes the child's input, which ends it, and waits. */
	end(): Promise<void> {
		const { child } = this;
		if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
		return new Promise((resolve) => {
			child.once("exit", () => resolve());
			child.stdin?.end();
		});
	}

	private async wait(): Promise<PastFacts> {
		if (this.child.stdout === null) throw new Error("the program has no output");
		const facts = (await firstLine(this.child.stdout)) as PastFacts & { readonly failed?: string };
		if (typeof facts.failed === "string") throw new Error(facts.failed);
		return facts;
	}
}
