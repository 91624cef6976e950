// Every act of the product with its plan. The compiler refuses an act without one. Adding a domain is adding its line here.
import type { acts } from "#model/acts.ts";
import type { Plans } from "./act.ts";
import { archivePlans } from "./acts/archive.ts";
import { contactPlans } from "./acts/contact.ts";
import { incidentPlans } from "./acts/incident.ts";
import { photoPlans } from "./acts/photo.ts";
import { reachPlans } from "./acts/reach.ts";
import { shiftPlans } from "./acts/shift.ts";
import { windowPlans } from "./acts/window.ts";

export const actPlans: Plans<typeof acts> = {
	...archivePlans,
	...contactPlans,
	...incidentPlans,
	...photoPlans,
	...reachPlans,
	...shiftPlans,
	...windowPlans,
};
