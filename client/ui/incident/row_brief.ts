// What one line of the list says of an incident beside its name: who came to harm first, then what its type counts. Pure.
import type { Incident } from "#model/incident.ts";
import { type FactField, incidentType } from "#model/incident_type.ts";

/** In this order; each only when it is more than nothing. */
const HARM = ["dead", "missing", "trapped", "injured", "moved"];
const MOST = 3;

export interface BriefFact {
	readonly field: FactField;
	readonly value: number;
	readonly isHarm: boolean;
}

/** At most three numbers of an incident that a reader of the list needs; what is unknown is left out. */
export function briefOf({ type, facts }: Pick<Incident, "type" | "facts">): BriefFact[] {
	const known = incidentType(type).facts.flatMap((field): BriefFact[] => {
		const value = facts[field.id];
		const isHarm = HARM.includes(field.id);
		if (typeof value !== "number" || field.id === "alarmsOpen" || (isHarm && value <= 0)) return [];
		return [{ field, value, isHarm }];
	});
	const harm = known.filter(({ isHarm }) => isHarm);
	harm.sort((a, b) => HARM.indexOf(a.field.id) - HARM.indexOf(b.field.id));
	return [...harm, ...known.filter(({ isHarm }) => !isHarm)].slice(0, MOST);
}
