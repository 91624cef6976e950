// The program that gives a new demo its past: plays thirty days, writes them as a backup file and restores it into the data folder.
// Started by the supervisor before core, for an empty folder; a process of its own, so that its memory goes with it. Everything
// unfinished lies in `.past` of the folder; who dies leaves only that.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEMO_SEED } from "#geodata/liaoning/demo/catalogue.ts";
import { DEMO_ASSETS, demoSeed } from "../demo.ts";
import { loadSystems } from "../load_systems.ts";
import { endWithParent, tellReady } from "../process_link.ts";
import { restore } from "../store/restore.ts";
import { WORK_FOLDER } from "./folder.ts";
import { makePast } from "./make.ts";
import { writePast } from "./write.ts";

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { folder: { type: "string" }, assets: { type: "string" }, days: { type: "string" } },
	});
	const { folder } = values;
	if (folder === undefined) throw new Error("--folder is missing");
	endWithParent(() => process.exit(1));
	const work = join(folder, WORK_FOLDER);
	await mkdir(join(work, "store"), { recursive: true, mode: 0o700 });
	const until = Math.floor(Date.now() / 1000) * 1000;
	const seed = demoSeed(Number(values.assets ?? DEMO_ASSETS), until);
	const past = await makePast({
		folder: join(work, "store"),
		systems: await loadSystems(),
		assets: seed.assets,
		seed: DEMO_SEED,
		until,
		...(values.days === undefined ? {} : { pastMs: Number(values.days) * 86_400_000 }),
	});
	const file = join(work, "history.backup");
	await writePast(join(work, "store"), file, seed, past);
	const { readings } = await restore(file, folder);
	await rm(work, { recursive: true });
	tellReady({ readings, transitions: past.log.length, from: past.from, until });
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		tellReady({ failed: error instanceof Error ? error.message : String(error) });
		process.exitCode = 1;
	},
);
