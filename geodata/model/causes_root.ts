// Which alarm of a group is its root, and how the group reads: the asset nearest to where such causes begin, there the one with the
// gravest evidence among those that spoke first, then the earliest. Called by causes.ts when a group is looked at. Pure.
import type { CauseAlarm, CauseKind, Ties } from "./causes_ties.ts";

/** Clocks and periods of devices: what rises within this of the first is "at the same time", ms. */
export const SAME_TIME_MS = 60_000;

/** In a network a wave is at its neighbours before the next sample; a front, a cut or a site is told by its first alarm. */
const BY_EVIDENCE: ReadonlySet<CauseKind> = new Set(["heat", "water", "gas", "leak"]);

export interface Candidate {
	readonly alarm: CauseAlarm;
	readonly ties: Ties;
	readonly firstAt: number;
}

interface Place {
	readonly asset: string;
	readonly rank: number;
	readonly depth: number;
	firstAt: number;
	/** Sum of the levels of what was raised there early on: a main at the hole falls and stays low, its neighbours only fall. */
	evidence: number;
	/** The gravest of its alarms, the earliest of those. */
	alarm: CauseAlarm;
}

/** @returns null for no members. O(members). */
export function rootOf(members: Iterable<Candidate>): CauseAlarm | null {
	const places = placesOf(members);
	let rank = Number.POSITIVE_INFINITY;
	for (const place of places) rank = Math.min(rank, place.rank);
	const top = places.filter((place) => place.rank === rank);
	let first = Number.POSITIVE_INFINITY;
	for (const place of top) first = Math.min(first, place.firstAt);
	let best: Place | null = null;
	for (const place of top) {
		if (place.firstAt - first > SAME_TIME_MS) continue;
		if (best === null || isBefore(place, best)) best = place;
	}
	return best?.alarm ?? null;
}

function isBefore(a: Place, b: Place): boolean {
	if (a.evidence !== b.evidence) return a.evidence > b.evidence;
	if (a.firstAt !== b.firstAt) return a.firstAt < b.firstAt;
	if (a.depth !== b.depth) return a.depth < b.depth;
	return a.asset < b.asset;
}

function placesOf(members: Iterable<Candidate>): Place[] {
	const places = new Map<string, Place>();
	const list = [...members].sort((a, b) => a.firstAt - b.firstAt);
	const start = list[0]?.firstAt ?? 0;
	for (const { alarm, ties, firstAt } of list) {
		const asset = alarm.asset ?? alarm.subject;
		const known = places.get(asset);
		if (known === undefined) {
			const { rank, depth } = ties;
			const evidence = BY_EVIDENCE.has(ties.kind) ? alarm.severity : 0;
			places.set(asset, { asset, rank, depth, firstAt, evidence, alarm });
			continue;
		}
		// What comes later is a consequence: it makes nothing a root that was not one.
		if (BY_EVIDENCE.has(ties.kind) && firstAt - start <= 2 * SAME_TIME_MS) known.evidence += alarm.severity;
		if (alarm.severity > known.alarm.severity) known.alarm = alarm;
	}
	return [...places.values()];
}
