// Entry of the core process. Environment in, one ready line out; ends in order when its supervisor does.
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import { startCore } from "./core.ts";
import { loadSystems } from "./load_systems.ts";
import { openLog } from "./log.ts";
import { endWithParent, tellReady } from "./process_link.ts";

const log = openLog("core");
const config = readConfig(process.env);
if (Array.isArray(config)) throw new Error("the supervisor has checked the environment");

try {
	const core = await startCore({ config, clock: systemClock, systems: await loadSystems(), log, reach: true });
	// A start leaves more behind than it keeps; the memory is the machine's again before the load comes.
	globalThis.gc?.();
	endWithParent((reason) => {
		log.info(`core ends: ${reason}`);
		core.stop().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ err: error }, "core could not end in order");
				process.exit(1);
			},
		);
	});
	tellReady({
		demo: core.demo,
		setUpCode: core.setUpCode,
		doors: Object.fromEntries([...core.doors].map(([name, door]) => [name, door.address])),
		assets: core.heart.catalogue.assets.size,
	});
} catch (error) {
	tellReady({ failed: error instanceof Error ? error.message : String(error) });
	log.fatal({ err: error }, "core could not start");
	process.exit(1);
}
