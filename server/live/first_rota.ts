// The province's first roster: the one that the data folder's setting has, put into the register once, so that people go on from what
// they had; in a demo without one, the demo's. Called by core at its start; a roster that people changed since is never touched.
import { parseRota, ROTA_SETTING, type Rota } from "#model/duty.ts";
import { SYSTEM } from "./act_engine.ts";
import type { Heart } from "./heart.ts";

/** One id for the life of a folder: told at every start, it happens once. */
const COMMAND = "rota-of-the-folder-1";
const PROVINCE = "210000";

/**
 * @param demo what a folder without one gets; null: none, somebody enters it.
 * Throws when the register refuses a roster that the setting's own check let through: our own bug.
 */
export async function bringRota(
	heart: Pick<Heart, "acts" | "register">,
	settings: ReadonlyMap<string, string>,
	demo: Rota | null,
): Promise<void> {
	const rota = parseRota(settings.get(ROTA_SETTING) ?? null) ?? demo;
	if (rota === null || heart.register.find("rota", PROVINCE) !== null) return;
	const body = { commandId: COMMAND, district: PROVINCE, rota };
	const answer = await heart.acts.run({ who: SYSTEM, name: "shift.rota", body, source: "start" });
	// A store that is away now is asked again at the next start; until then the setting itself stands.
	if (!answer.ok && answer.problem !== "unrecorded") throw new Error(`the roster of the folder: ${answer.problem}`);
}
