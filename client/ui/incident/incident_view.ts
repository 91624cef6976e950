// What the incident pages show, reckoned from the register: the order of the list, how each clock stands, which hand-overs wait for
// this desk. Pure; entries and the time come in. Decides nothing: what may be done is the server's to say.
import type { CauseGroup } from "#model/causes_group.ts";
import { cityOf } from "#model/ids.ts";
import type { Incident, IncidentClock, IncidentTask, Tier } from "#model/incident.ts";
import { tiers } from "#model/incident.ts";
import { clocksDue } from "#model/incident_clock.ts";
import { systemOf } from "#model/incident_type.ts";
import { type Entry, holds } from "#model/register.ts";
import type { Scope } from "#model/rights.ts";
import { civilDay } from "../../live/civil.ts";

export type IncidentEntry = Entry<Incident>;
export type TaskEntry = Entry<IncidentTask>;

export type ClockStanding = "done" | "running" | "soon" | "overdue";

/** Within the last so much of its time, and never later than this before the end, a clock is "soon". */
const SOON_SHARE = 0.25;
const SOON_MOST_MS = 30 * 60_000;

export function standingOf(clock: Pick<IncidentClock, "startAt" | "dueAt" | "doneAt">, now: number): ClockStanding {
	if (clock.doneAt !== null) return "done";
	const left = clock.dueAt - now;
	if (left < 0) return "overdue";
	return left <= Math.min(SOON_MOST_MS, (clock.dueAt - clock.startAt) * SOON_SHARE) ? "soon" : "running";
}

/** The clock that is due first; null when none runs. */
export function nextClock(incident: Incident, now: number): IncidentClock | null {
	return clocksDue(incident.clocks, now)[0]?.clock ?? null;
}

/** The clocks of reports as they stand beside the buttons: running ones by what is due first, then done ones, newest first. */
export function shownClocks({ clocks }: Incident): readonly IncidentClock[] {
	return [...clocks].sort(
		(a, b) =>
			Number(a.doneAt !== null) - Number(b.doneAt !== null) ||
			(a.doneAt === null ? a.dueAt - b.dueAt : (b.doneAt ?? 0) - a.doneAt),
	);
}

/** Gravest first; of one level what is overdue, then what is due first, then the newest. */
export function openOrder(entries: readonly IncidentEntry[], now: number): readonly IncidentEntry[] {
	const due = ({ body }: IncidentEntry): number => nextClock(body, now)?.dueAt ?? Number.MAX_SAFE_INTEGER;
	return entries
		.filter(({ body }) => body.state === "open")
		.sort((a, b) => b.body.level - a.body.level || due(a) - due(b) || b.body.openedAt - a.body.openedAt);
}

export interface Month {
	/** "2026-11", civil time of Asia/Shanghai. */
	readonly month: string;
	readonly entries: readonly IncidentEntry[];
}

export function closedByMonth(entries: readonly IncidentEntry[]): readonly Month[] {
	const months = new Map<string, IncidentEntry[]>();
	const closed = entries
		.filter(({ body }) => body.state === "closed")
		.sort((a, b) => (b.body.closedAt ?? 0) - (a.body.closedAt ?? 0));
	for (const entry of closed) {
		const month = civilDay(entry.body.closedAt ?? entry.at).slice(0, 7);
		const known = months.get(month);
		if (known === undefined) months.set(month, [entry]);
		else known.push(entry);
	}
	return [...months].map(([month, list]) => ({ month, entries: list }));
}

interface Person {
	readonly user: string;
	readonly scope: Scope;
}

/** This desk answers for the district in the trade of the incident: it may hand over, close and reopen what is owned there. */
export function speaksFor(me: Person | null, incident: Incident, district: string): boolean {
	return me !== null && holds(me.scope, { district, system: systemOf(incident.type) });
}

/** A hand-over waits for this desk: its place is within the scope, and somebody else offered it. */
export function isOfferedToMe(incident: Incident, me: Person | null): boolean {
	const { offer } = incident;
	if (offer === null || incident.state === "closed" || offer.by === me?.user) return false;
	return speaksFor(me, incident, offer.district);
}

export function offersFor(entries: readonly IncidentEntry[], me: Person | null): readonly IncidentEntry[] {
	return entries
		.filter(({ body }) => isOfferedToMe(body, me))
		.sort((a, b) => b.body.level - a.body.level || a.at - b.at);
}

/** Where an incident can be handed: one level up or down from its owner, and the district that answers there. */
export function handOvers(
	incident: Incident,
): readonly { readonly tier: Tier; readonly district: string; readonly isUp: boolean }[] {
	const at = tiers.indexOf(incident.tier);
	const place = incident.place.district;
	const districtAt = (tier: Tier): string => (tier === "province" ? "210000" : tier === "city" ? cityOf(place) : place);
	const isCity = place === cityOf(place);
	return [tiers[at + 1], tiers[at - 1]].flatMap((tier) => {
		// A place that names no county has no county to hand it to.
		if (tier === undefined || (tier === "county" && isCity)) return [];
		return [{ tier, district: districtAt(tier), isUp: tiers.indexOf(tier) > at }];
	});
}

/** What the walls show: the newest of those pushed that are still open. */
export function pushedIncident(entries: readonly IncidentEntry[]): IncidentEntry | null {
	const pushed = entries.filter(({ body }) => body.state === "open" && body.pushed !== null);
	return pushed.reduce<IncidentEntry | null>(
		(last, one) => (last === null || (one.body.pushed?.at ?? 0) > (last.body.pushed?.at ?? 0) ? one : last),
		null,
	);
}

/** Its alarms that are known by id, the root first. */
export function alarmIds({ rootAlarm, alarms }: Incident): readonly string[] {
	return rootAlarm === null ? alarms : [rootAlarm, ...alarms.filter((id) => id !== rootAlarm)];
}

/**
 * The open incident an alarm belongs to, by its root, by hand or as a member of its cause; else the newest closed one that names it;
 * null: none yet.
 */
export function incidentOf(
	entries: readonly IncidentEntry[],
	alarmId: string,
	group: CauseGroup | null = null,
): IncidentEntry | null {
	const mine = entries.filter(
		({ body }) =>
			body.rootAlarm === alarmId ||
			body.alarms.includes(alarmId) ||
			(body.state === "open" && group !== null && isOfCause(body, group)),
	);
	const open = mine.filter(({ body }) => body.state === "open");
	return [...(open.length > 0 ? open : mine)].sort((a, b) => b.body.openedAt - a.body.openedAt)[0] ?? null;
}

function isOfCause({ cause, rootAlarm }: Incident, { key, aliases, members }: CauseGroup): boolean {
	if (cause !== null && (cause === key || aliases.includes(cause))) return true;
	return rootAlarm !== null && members.some(({ alarm }) => alarm.id === rootAlarm);
}

/** Open ones by deadline, then what is over, newest first. */
export function tasksOf(tasks: readonly TaskEntry[], incident: string): readonly TaskEntry[] {
	return tasks
		.filter(({ body }) => body.incident === incident)
		.sort(
			(a, b) =>
				Number(a.body.state !== "open") - Number(b.body.state !== "open") ||
				(a.body.state === "open" ? a.body.dueAt - b.body.dueAt : b.at - a.at),
		);
}
