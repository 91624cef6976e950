// When a program of the demo ends, and why: by a signal, with its supervisor, or after a given time. Used by the programs alone.
import { fstatSync } from "node:fs";

export class Ending {
	readonly reason: Promise<string>;
	#end: (why: string) => void = () => undefined;

	constructor() {
		this.reason = new Promise((resolve) => {
			this.#end = resolve;
		});
		for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => this.#end(signal));
		process.on("disconnect", () => this.#end("its parent has gone"));
		// A child of Node's spawn has a socket as its input, a terminal or a shell's pipe is none: only then is its end our end.
		if (!isSocket(0)) return;
		process.stdin.on("end", () => this.#end("its supervisor has gone"));
		process.stdin.on("error", () => this.#end("its supervisor has gone"));
		process.stdin.resume();
	}

	after(ms: number): void {
		setTimeout(() => this.#end("its time is over"), ms);
	}
}

function isSocket(descriptor: number): boolean {
	try {
		return fstatSync(descriptor).isSocket();
	} catch {
		// Started without any input: nobody to follow.
		return false;
	}
}
