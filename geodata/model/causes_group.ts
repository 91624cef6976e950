// What a group of alarms is: as the engine keeps it and as people read it, root first, every member with its reason, reds besides.
// Called by causes.ts; the shapes are read by core and page. Pure.
import { rootOf } from "./causes_root.ts";
import type { CauseAlarm, CauseKind, Point, Ties, WhyKey } from "./causes_ties.ts";
import { metresBetween } from "./distance.ts";

/** Why a member belongs here, for words of the page: `of` is the alarm through which it was bound. */
export interface Why {
	readonly key: WhyKey;
	readonly of: string | null;
	readonly metres: number | null;
}

export interface CauseMember {
	readonly alarm: CauseAlarm;
	readonly why: Why;
}

export interface CauseGroup {
	/** "heat:a17": its kind when it began and its first alarm. Kept while the group lives; keys of groups merged into it are `aliases`. */
	readonly key: string;
	readonly aliases: readonly string[];
	readonly kind: CauseKind;
	readonly root: CauseAlarm;
	/** Root first, then in the order they rose. */
	readonly members: readonly CauseMember[];
	/** Every red among them: shown by itself, whatever becomes of the group. */
	readonly reds: readonly CauseAlarm[];
	readonly worst: number;
	readonly firstAt: number;
	readonly lastAt: number;
	/** Grows with every change of the group. */
	readonly revision: number;
}

/** So many make a group; fewer stay alarms by themselves. One silence is a device, three at once are a cause. */
export const LEAST_MEMBERS: Readonly<Record<CauseKind, number>> = {
	heat: 2,
	water: 2,
	quality: 2,
	gas: 2,
	leak: 2,
	power: 3,
	weather: 2,
	site: 2,
	asset: 2,
};

/** A member as the engine keeps it. */
export interface Member {
	alarm: CauseAlarm;
	readonly ties: Ties;
	readonly why: Why;
	/** When it rose first; a rise of level moves `raisedAt`. */
	readonly firstAt: number;
	group: number;
}

/** A group as the engine keeps it. */
export interface Group {
	readonly number: number;
	key: string;
	aliases: string[];
	/** Numbers of groups merged into it. */
	readonly absorbed: number[];
	kind: CauseKind;
	readonly members: Map<string, Member>;
	firstAt: number;
	lastAt: number;
	/** Where it began; bounds how far it reaches. */
	seed: { readonly lon: number; readonly lat: number } | null;
	readonly extentM: number | null;
	revision: number;
	seen: CauseGroup | null;
}

/** Within what such a cause reaches from where it began. */
export function isNear(group: Group, point: Point | null, otherExtentM: number | null): boolean {
	const extentM = group.extentM ?? otherExtentM;
	if (extentM === null || group.seed === null || point === null) return true;
	return metresBetween([group.seed.lon, group.seed.lat], [point.lon, point.lat]) <= extentM;
}

/** As it reads: root first, every member with its reason. O(members log members). */
export function seenOf(group: Group): CauseGroup | null {
	const members = [...group.members.values()];
	const root = rootOf(members);
	if (root === null) return null;
	members.sort(
		(a, b) =>
			Number(b.alarm === root) - Number(a.alarm === root) ||
			a.firstAt - b.firstAt ||
			(a.alarm.id < b.alarm.id ? -1 : 1),
	);
	let worst = 0;
	for (const { alarm } of members) worst = Math.max(worst, alarm.severity);
	return {
		key: group.key,
		aliases: group.aliases,
		kind: group.kind,
		root,
		members: members.map(({ alarm, why }) => ({ alarm, why })),
		reds: members.filter(({ alarm }) => alarm.severity === 4).map(({ alarm }) => alarm),
		worst,
		firstAt: group.firstAt,
		lastAt: group.lastAt,
		revision: group.revision,
	};
}
