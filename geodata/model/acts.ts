// Every act of the product by name, put together from the tables of its domains. Adding a domain is adding its line here and the
// line of its plans in server/live/act_plans.ts.
import type { ActTable } from "./act.ts";
import { archiveActs } from "./archive.ts";
import { contactActs } from "./contact_acts.ts";
import { incidentActs } from "./incident_acts.ts";
import { reachActs } from "./outlet.ts";
import { photoActs } from "./photo.ts";
import { shiftActs } from "./shift.ts";
import { windowActs } from "./window.ts";

export const acts = {
	...archiveActs,
	...contactActs,
	...incidentActs,
	...photoActs,
	...reachActs,
	...shiftActs,
	...windowActs,
} as const satisfies ActTable;
export type ActName = keyof typeof acts;

export const actNames = Object.keys(acts) as ActName[];
