// Which incidents one occurrence of an alarm was part of, at hand or in the archive: as their root, linked by hand, or joined by its
// cause. Called by the chain of responsibility. Reads only; what lies outside the caller's scope is not told.
import type { Alarm } from "#model/alarm.ts";
import { KEPT_DAYS } from "#model/archive.ts";
import type { Incident } from "#model/incident.ts";
import type { IncidentLineKind } from "#model/line_kind.ts";
import { type Entry, entrySubject, holds } from "#model/register.ts";
import type { Who } from "#model/rights.ts";
import { archivedSince } from "./archive.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";

const DAY_MS = 86_400_000;
/** Incidents whose logs are looked through for who joined them. */
const LOGS_MAX = 20;
const LINES_MAX = 5_000;
const JOINED: IncidentLineKind = "alarm.joined";

export interface IncidentOfAlarm {
	readonly id: string;
	readonly no: string;
	readonly title: string;
	readonly state: Incident["state"];
}

/** @param until when the next occurrence began, epoch ms; Infinity: there is none. */
export async function incidentsOf(
	{ mirror, store, clock }: Pick<HttpParts, "mirror" | "store" | "clock">,
	who: Who,
	raised: Pick<Alarm, "id" | "raisedAt">,
	until: number,
): Promise<IncidentOfAlarm[]> {
	const { id, raisedAt } = raised;
	const atHand = mirror.register.all<Incident>("incident").filter((entry) => holds(who.scope, entry));
	// What is in the archive was over so long ago that a younger alarm cannot have been part of it.
	const isOld = raisedAt < clock.now() - KEPT_DAYS * DAY_MS;
	const kept = isOld ? await archivedSince<Incident>(store, "incident", raisedAt, who.scope) : [];
	const found: Entry<Incident>[] = [];
	let looked = 0;
	for (const entry of [...atHand, ...kept]) {
		const { rootAlarm, alarms, joined, openedAt, closedAt } = entry.body;
		if (openedAt >= until || (closedAt !== null && closedAt < raisedAt)) continue;
		if (rootAlarm === id || alarms.includes(id)) found.push(entry);
		else if (joined > 0 && looked < LOGS_MAX) {
			looked += 1;
			if (await hasJoined(store, entry.id, raised, until)) found.push(entry);
		}
	}
	return found.map(({ id: own, body: { no, title, state } }) => ({ id: own, no, title, state }));
}

/** A line names the first twenty that joined with it, each with when it was raised. */
async function hasJoined(
	store: HttpParts["store"],
	incident: string,
	{ id, raisedAt }: Pick<Alarm, "id" | "raisedAt">,
	until: number,
): Promise<boolean> {
	const lines = await fromStore(store.lines(entrySubject("incident", incident), 0, LINES_MAX));
	return lines.some(({ kind, detail }) => {
		const named = kind === JOINED && Array.isArray(detail.named) ? (detail.named as readonly Named[]) : [];
		return named.some(({ alarm, at }) => alarm === id && at >= raisedAt && at < until);
	});
}

interface Named {
	readonly alarm: string;
	/** Epoch ms. */
	readonly at: number;
}
