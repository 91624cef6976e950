// The demo's own snapshot service as a separate program: GET /{asset}.jpg on a Unix socket answers what that video camera sees now.
// It knows of the server only what GET /api/assets tells anyone. Ends on SIGTERM, SIGINT, and when its supervisor goes.
import { setPriority } from "node:os";
import { Ending } from "../ending.ts";
import { trustOwnAuthority } from "../own_authority.ts";
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
	trustOwnAuthority(process.env.LIAOWANG_TLS_CERT ?? "");
	const service = await openService({ ...options, now: Date.now, complain: (line) => console.error(line) });
	console.log(`cameras: ${options.listen} <- ${options.url}`);
	const why = await new Ending().reason;
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

try {
	await main();
	process.exit(0);
} catch (error) {
	fail([error instanceof Error ? error.message : String(error)]);
}
