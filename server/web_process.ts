// Entry of the web process. Environment in, one ready line out; ends in order when its supervisor does.
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import { openLog } from "./log.ts";
import { endWithParent, tellReady } from "./process_link.ts";
import { startWeb } from "./web.ts";

const log = openLog("web");
const config = readConfig(process.env);
if (Array.isArray(config)) throw new Error("the supervisor has checked the environment");

try {
	const web = await startWeb({ config, clock: systemClock, log });
	// Core's whole catalogue came as text; what is left of it is collected before the screens come.
	web.mirror.whenReady().then(
		() => globalThis.gc?.(),
		(error: unknown) => log.error({ err: error }, "core was not awaited"),
	);
	endWithParent((reason) => {
		log.info(`web ends: ${reason}`);
		web.close().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ err: error }, "web could not end in order");
				process.exit(1);
			},
		);
	});
	const scheme = config.tls === null ? "http" : "https";
	const host =
		config.host === "127.0.0.1" || config.host === "0.0.0.0" || config.host === "::" ? "localhost" : config.host;
	tellReady({ port: web.port, url: `${scheme}://${host}:${web.port}` });
} catch (error) {
	tellReady({ failed: error instanceof Error ? error.message : String(error) });
	log.fatal({ err: error }, "web could not start");
	process.exit(1);
}
