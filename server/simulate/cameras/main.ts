// The demo's own snapshot service as a separate program: GET /{asset}.jpg on a Unix socket answers what that video camera sees now.
// It knows of the server only what GET /api/assets tells anyone. Ends on SIGTERM, SIGINT, and when its supervisor goes.
import { fstatSync } from "node:fs";
import { setPriority } from "node:os";
import { readCameraArgs, USAGE } from "./args.ts";
import { openService } from "./service.ts";

/** Niceness: a picture may be late, an alarm may not. */
const LOW_PRIORITY = 10;

function fail(lines: readonly string[]): never {
	for (const line of lines) console.error(line);
	process.exit(1);
}

async function main(): Promise<void> {
	const options = readCameraArgs(process.argv.slice(2));
	if (options === "help") {
		console.log(USAGE);
		return;
	}
	if ("length" in options) fail([...options, "", USAGE]);
	lowerPriority();
	const service = await openService({ ...options, now: Date.now, complain: (line) => console.error(line) });
	console.log(`cameras: ${options.listen} <- ${options.url}`);
	const why = await ending();
	await service.close();
	console.log(`cameras: ended: ${why}`);
}

function lowerPriority(): void {
	try {
		setPriority(LOW_PRIORITY);
	} catch (error) {
		console.error(`cameras: runs at ordinary priority: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** When it is time to go, and why. */
function ending(): Promise<string> {
	return new Promise((resolve) => {
		for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve(signal));
		process.on("disconnect", () => resolve("its parent has gone"));
		// A child of Node's spawn has a socket as its input, a terminal or a shell's pipe is none: only then is its end our end.
		if (!isSocket(0)) return;
		process.stdin.on("end", () => resolve("its supervisor has gone"));
		process.stdin.on("error", () => resolve("its supervisor has gone"));
		process.stdin.resume();
	});
}

function isSocket(descriptor: number): boolean {
	try {
		return fstatSync(descriptor).isSocket();
	} catch {
		// Started without any input: nobody to follow.
		return false;
	}
}

try {
	await main();
	process.exit(0);
} catch (error) {
	fail([error instanceof Error ? error.message : String(error)]);
}
