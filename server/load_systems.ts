// Finds the systems: every file of geodata/systems that exports `system`. Adding a system is adding a file there; nothing here
// or in the page knows their names.
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { System } from "#model/catalogue.ts";
import { limitSchema } from "#model/limit.ts";

export const BUILT_IN = join(dirname(dirname(fileURLToPath(import.meta.url))), "geodata", "systems");

/** Throws, naming the file, when one does not export a system whose limits obey the schema: that is our bug, not input. */
export async function loadSystems(folders: readonly string[] = [BUILT_IN]): Promise<System[]> {
	const systems: System[] = [];
	for (const folder of folders) {
		const files = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts")).sort();
		for (const name of files) {
			const loaded: unknown = await import(pathToFileURL(join(folder, name)).href);
			const system = (loaded as { system?: System }).system;
			if (system === undefined) throw new Error(`${join(folder, name)} exports no "system"`);
			for (const kind of system.kinds) for (const limit of kind.limits) limitSchema.parse(limit);
			if (systems.some((known) => known.id === system.id))
				throw new Error(`system ${system.id} is defined twice, again in ${name}`);
			systems.push(system);
		}
	}
	return systems;
}
