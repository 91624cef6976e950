// The scenarios of the demo, and which belong to a season: its own first, those of any season after it.
import type { Season } from "../world/moment.ts";
import { gale } from "./gale.ts";
import { gasLeak } from "./gas_leak.ts";
import { heatBurst } from "./heat_burst.ts";
import type { Scenario } from "./scenario.ts";
import { storm } from "./storm.ts";
import { waterBurst } from "./water_burst.ts";

export const SCENARIOS: readonly Scenario[] = [heatBurst, gale, storm, waterBurst, gasLeak];

export function scenariosOf(season: Season): readonly Scenario[] {
	return [
		...SCENARIOS.filter((scenario) => scenario.season === season),
		...SCENARIOS.filter((scenario) => scenario.season === "any"),
	];
}
