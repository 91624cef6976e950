// The lines of the alarm list: first every unacknowledged red, also those that the filter would hide; then what passes the filter in
// the order given, alarms of one cause folded into one line. Pure. Whatever is not on a line of its own is counted.
// It may never leave out, or fold away, a red that nobody has acknowledged.
import type { Alarm } from "#model/alarm.ts";
import type { Severity } from "#model/measure.ts";
import { type ListFilter, passes } from "./list_filter.ts";

/** Alarms of one cause, as somebody else has found them. */
export interface AlarmGroup {
	readonly key: string;
	/** Of cause; a key of the words. */
	readonly word: string;
	/** Id of the alarm that came first in the chain; null when it is not among the open ones. */
	readonly root: string | null;
	readonly members: readonly string[];
}

export interface AlarmLine {
	readonly kind: "alarm";
	readonly key: string;
	readonly alarm: Alarm;
	/** On top although the filter hides it: a red. */
	readonly isOutside: boolean;
	/** Key of the group that it belongs to; "" for none. */
	readonly group: string;
	/** Stands below its group's opened line. */
	readonly isMember: boolean;
}

export interface GroupLine {
	readonly kind: "group";
	readonly key: string;
	readonly group: string;
	readonly word: string;
	/** Root first, then worst first; only what is folded here. */
	readonly members: readonly Alarm[];
	readonly root: Alarm;
	/** By severity, index 0 unused: folded ones. */
	readonly counts: readonly number[];
	readonly unacknowledged: number;
	/** Reds of the same cause, each on a line of its own. */
	readonly reds: number;
	readonly isOpen: boolean;
}

export type ListLine = AlarmLine | GroupLine;

export interface Hidden {
	readonly count: number;
	/** Of these, shelved, suppressed or out of service and nothing else against them. */
	readonly quiet: number;
	readonly worst: Severity;
	readonly unacknowledged: number;
}

export interface ListPicture {
	readonly lines: readonly ListLine[];
	/** Alarms that pass the filter, folded ones too, in the order given. */
	readonly passed: readonly Alarm[];
	readonly hidden: Hidden;
	/** Unacknowledged reds that stand on top although the filter hides them. */
	readonly outside: number;
}

export interface ListQuestion {
	/** Every open alarm in the order wanted. */
	readonly open: readonly Alarm[];
	readonly filter: ListFilter;
	readonly groups: readonly AlarmGroup[];
	/** Keys of the groups that are unfolded. */
	readonly unfolded: ReadonlySet<string>;
	readonly wordsOf: (alarm: Alarm) => string;
}

/** From this many on a cause is worth a line; fewer stand for themselves. */
const FOLD_FROM = 2;
const RED = 4;

export function listPicture({ open, filter, groups, unfolded, wordsOf }: ListQuestion): ListPicture {
	const passed: Alarm[] = [];
	const outside: Alarm[] = [];
	const hidden = { count: 0, quiet: 0, worst: 0 as Severity, unacknowledged: 0 };
	const loud: ListFilter = { ...filter, withQuiet: true };
	for (const alarm of open) {
		if (passes(alarm, filter, wordsOf)) {
			passed.push(alarm);
			continue;
		}
		if (isWaitingRed(alarm)) {
			outside.push(alarm);
			continue;
		}
		hidden.count += 1;
		if (passes(alarm, loud, wordsOf)) hidden.quiet += 1;
		if (alarm.severity > hidden.worst) hidden.worst = alarm.severity;
		if (!alarm.acknowledged) hidden.unacknowledged += 1;
	}
	const folds = foldsOf(passed, groups);
	const lines: ListLine[] = outside.map((alarm) => lineOf(alarm, folds.groupOf(alarm), true));
	const told = new Set<string>();
	// In whatever order the list is: what may cost lives comes before it.
	for (const alarm of [...passed.filter(isWaitingRed), ...passed.filter((one) => !isWaitingRed(one))]) {
		const group = folds.groupOf(alarm);
		const folded = folds.members.get(group);
		if (folded === undefined || alarm.severity === RED) {
			lines.push(lineOf(alarm, group));
			continue;
		}
		if (told.has(group)) continue;
		told.add(group);
		for (const line of groupLines(group, folded, folds, unfolded.has(group))) lines.push(line);
	}
	return { lines, passed, hidden, outside: outside.length };
}

function isWaitingRed(alarm: Alarm): boolean {
	return alarm.severity === RED && !alarm.acknowledged;
}

function lineOf(alarm: Alarm, group: string, isOutside = false, isMember = false): AlarmLine {
	return { kind: "alarm", key: alarm.id, alarm, isOutside, group, isMember };
}

interface Folds {
	/** Key of the group of an alarm, "" for none. */
	groupOf(alarm: Alarm): string;
	readonly groups: ReadonlyMap<string, AlarmGroup>;
	/** By group, in the order of the list: what is folded. Only groups that are worth it. */
	readonly members: ReadonlyMap<string, readonly Alarm[]>;
	readonly reds: ReadonlyMap<string, number>;
}

function foldsOf(passed: readonly Alarm[], groups: readonly AlarmGroup[]): Folds {
	const keyById = new Map<string, string>();
	for (const { key, members } of groups) for (const id of members) if (!keyById.has(id)) keyById.set(id, key);
	const members = new Map<string, Alarm[]>();
	const reds = new Map<string, number>();
	for (const alarm of passed) {
		const key = keyById.get(alarm.id);
		if (key === undefined) continue;
		const folded = members.get(key);
		if (alarm.severity === RED) reds.set(key, (reds.get(key) ?? 0) + 1);
		else if (folded === undefined) members.set(key, [alarm]);
		else folded.push(alarm);
	}
	for (const [key, folded] of members) if (folded.length < FOLD_FROM) members.delete(key);
	return {
		groupOf: ({ id }) => keyById.get(id) ?? "",
		groups: new Map(groups.map((group) => [group.key, group])),
		members,
		reds,
	};
}

function groupLines(key: string, folded: readonly Alarm[], folds: Folds, isOpen: boolean): ListLine[] {
	const group = folds.groups.get(key);
	const root = folded.find(({ id }) => id === group?.root) ?? folded[0];
	if (root === undefined || group === undefined) return [];
	const members = [root, ...folded.filter((alarm) => alarm !== root)];
	const counts = [0, 0, 0, 0, 0];
	let unacknowledged = 0;
	for (const { severity, acknowledged } of members) {
		counts[severity] = (counts[severity] ?? 0) + 1;
		if (!acknowledged) unacknowledged += 1;
	}
	const head: GroupLine = {
		kind: "group",
		key: `group:${key}`,
		group: key,
		word: group.word,
		members,
		root,
		counts,
		unacknowledged,
		reds: folds.reds.get(key) ?? 0,
		isOpen,
	};
	return isOpen ? [head, ...members.map((alarm) => lineOf(alarm, key, false, true))] : [head];
}

/**
 * While the pointer rests on a button the rows keep their places: nobody acknowledges what slid under the hand. Lines that are
 * gone leave, new ones go to the end until the hand is lifted; new reds are told apart, to be said above the list.
 */
export function heldLines(
	lines: readonly ListLine[],
	order: readonly string[],
): { readonly lines: readonly ListLine[]; readonly newReds: readonly Alarm[] } {
	const byKey = new Map(lines.map((line) => [line.key, line]));
	const held = order.flatMap((key) => {
		const line = byKey.get(key);
		byKey.delete(key);
		return line === undefined ? [] : [line];
	});
	const fresh = [...byKey.values()];
	const newReds = fresh.flatMap((line) => (line.kind === "alarm" && isWaitingRed(line.alarm) ? [line.alarm] : []));
	return { lines: [...held, ...fresh], newReds };
}
