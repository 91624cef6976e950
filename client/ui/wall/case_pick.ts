// Which alarm the wall has in hand, which come next, and how far a case is on its chain. Pure: the list and the time come in.
import type { Alarm } from "#model/alarm.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Of one level the world goes before the instruments that look at it. */
const INSTRUMENTS = "camera";

/** Worst first; of one level what still holds, then what nobody has seen; then the newest. What is shelved or out of service is nobody's case. */
export function casesInHand(open: readonly Alarm[]): readonly Alarm[] {
	return open
		.filter((alarm) => alarm.shelvedUntil === null && alarm.suppressedBy === null && !alarm.outOfService)
		.filter((alarm) => alarm.active || !alarm.acknowledged)
		.sort(
			(a, b) =>
				b.severity - a.severity ||
				Number(b.active) - Number(a.active) ||
				Number(a.system === INSTRUMENTS) - Number(b.system === INSTRUMENTS) ||
				Number(a.acknowledged) - Number(b.acknowledged) ||
				b.raisedAt - a.raisedAt ||
				(a.id < b.id ? -1 : 1),
		);
}

export interface CaseGroup {
	readonly first: Alarm;
	readonly count: number;
}

/** Alarms that would read the same (level, place, words, state) are one line that says how many; in the order of the first of each. */
export function grouped(cases: readonly Alarm[], words: (alarm: Alarm) => string): readonly CaseGroup[] {
	const groups = new Map<string, { first: Alarm; count: number }>();
	for (const alarm of cases) {
		const key = [alarm.severity, alarm.active, alarm.acknowledged, alarm.district, words(alarm)].join("|");
		const known = groups.get(key);
		if (known === undefined) groups.set(key, { first: alarm, count: 1 });
		else known.count += 1;
	}
	return [...groups.values()];
}

export const CHAIN = ["received", "acknowledged", "called", "arrived", "reported"] as const;
export type ChainStep = (typeof CHAIN)[number];

/**
 * Within how long of the raise each step is due, ms by severity 1..4; null: not asked of this level. Engineering defaults, source
 * [E]: acknowledge 60, 15, 5, 2 min; file 60, 20, 10 min; handle 72, 24, 4, 2 h, of which arriving takes the first quarter.
 * A city's own plan replaces them.
 */
export const CHAIN_WITHIN: Readonly<Record<ChainStep, readonly (number | null)[]>> = {
	received: [null, 0, 0, 0, 0],
	acknowledged: [null, 60 * MINUTE_MS, 15 * MINUTE_MS, 5 * MINUTE_MS, 2 * MINUTE_MS],
	called: [null, null, 60 * MINUTE_MS, 20 * MINUTE_MS, 10 * MINUTE_MS],
	arrived: [null, 18 * HOUR_MS, 6 * HOUR_MS, HOUR_MS, 30 * MINUTE_MS],
	reported: [null, 72 * HOUR_MS, 24 * HOUR_MS, 4 * HOUR_MS, 2 * HOUR_MS],
};

export interface ChainLink {
	readonly step: ChainStep;
	/** When it was recorded; null: nobody has recorded it. */
	readonly at: number | null;
	readonly by: string | null;
	/** ms left until it is due, negative when overdue; null: done, or not asked of this level. */
	readonly left: number | null;
}

/** Only what is recorded is done: the raise by the system, the acknowledgement by a person. */
export function chainOf(alarm: Alarm, now: number): readonly ChainLink[] {
	return CHAIN.flatMap((step): ChainLink[] => {
		const within = CHAIN_WITHIN[step][alarm.severity] ?? null;
		if (within === null) return [];
		if (step === "received") return [{ step, at: alarm.raisedAt, by: null, left: null }];
		if (step === "acknowledged" && alarm.acknowledged) {
			return [{ step, at: alarm.acknowledgedAt ?? alarm.raisedAt, by: alarm.acknowledgedBy, left: null }];
		}
		return [{ step, at: null, by: null, left: alarm.raisedAt + within - now }];
	});
}
