// The line between the supervisor and a child: the child tells one line of JSON on standard output when it is ready, and ends
// when its standard input closes, so that no child outlives a supervisor that was killed.
import { flushCompileCache } from "node:module";
import type { Readable } from "node:stream";

/** Calls `end` once when the parent is gone or asks for an end. */
export function endWithParent(end: (reason: string) => void): void {
	let ended = false;
	const once = (reason: string) => () => {
		if (ended) return;
		ended = true;
		end(reason);
	};
	process.stdin.resume();
	process.stdin.on("end", once("the supervisor is gone"));
	process.stdin.on("close", once("the supervisor is gone"));
	process.stdin.on("error", once("the supervisor is gone"));
	process.on("SIGTERM", once("SIGTERM"));
	// Ctrl-C reaches the whole group: the supervisor decides the order of the end.
	process.on("SIGINT", () => undefined);
}

export function tellReady(facts: object): void {
	// A supervisor that died meanwhile is told by standard input; a broken pipe here must not hide that end.
	process.stdout.on("error", () => process.exit(1));
	process.stdout.write(`${JSON.stringify(facts)}\n`);
	// Now, not at the end: a child that is killed starts again as quickly as one that was stopped.
	setImmediate(flushCompileCache);
}

/** The first line of a child's output as JSON. Rejects when it ends without one. */
export function firstLine(output: Readable): Promise<unknown> {
	return new Promise((resolve, reject) => {
		let text = "";
		output.setEncoding("utf8");
		output.on("data", (chunk: string) => {
			text += chunk;
			const end = text.indexOf("\n");
			if (end < 0) return;
			try {
				resolve(JSON.parse(text.slice(0, end)));
			} catch (error) {
				reject(error instanceof Error ? error : new Error(String(error)));
			}
		});
		output.on("end", () => reject(new Error("it ended before it was ready")));
	});
}
