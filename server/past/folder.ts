// Whether a data folder is new, and clearing away what a start left that died while it made the demo's past. Asked by the supervisor
// before anybody opens the folder. It removes only what such a start put there.
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_DEVICES_FILE } from "../demo.ts";
import { MAIN_FILE } from "../store/database.ts";
import { UNFINISHED_RESTORE } from "../store/restore.ts";

/** Holds everything unfinished; while it is there, the folder was empty when the start began. */
export const WORK_FOLDER = ".past";

/** @returns true when the folder holds no store: a demo that is made now may have a past. */
export async function isNew(folder: string): Promise<boolean> {
	const hasStore = existsSync(join(folder, MAIN_FILE));
	if (!existsSync(join(folder, WORK_FOLDER))) return !hasStore;
	// The main file comes last: with it everything is there, without it nothing may stay.
	if (!hasStore) {
		for (const name of await readdir(folder))
			if (/^(readings|rollup)-\d{4}-\d{2}\.db/.test(name) || name === DEMO_DEVICES_FILE || name === UNFINISHED_RESTORE)
				await rm(join(folder, name), { recursive: true, force: true });
	}
	await rm(join(folder, WORK_FOLDER), { recursive: true, force: true });
	return !hasStore;
}
