// What of an entry's body a page may see: names and numbers of people are masked before an answer leaves the server. A kind without
// a line here is sent as it is. Called by web (GET /api/register); who may see more asks by an act that is on record.
import { maskPerson, maskUnit } from "./contact.ts";
import { maskIncident } from "./incident.ts";
import type { Entry, RecordKind } from "./register.ts";
import type { Who } from "./rights.ts";

export type Mask = (body: never, who: Who) => unknown;

const masks: Readonly<Partial<Record<RecordKind, Mask>>> = {
	unit: maskUnit,
	person: maskPerson,
	incident: maskIncident,
};

/** The entry as this person's page may hold it. */
export function masked(entry: Entry, who: Who): Entry {
	const mask = masks[entry.kind];
	return mask === undefined ? entry : { ...entry, body: mask(entry.body as never, who) };
}
