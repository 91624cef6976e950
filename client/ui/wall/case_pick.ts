// Which alarm the wall has in hand, which come next, and how far a case is on its chain. Pure: the list and the time come in.
import type { Alarm } from "#model/alarm.ts";
import { callSteps } from "#model/chain.ts";
import type { Incident } from "#model/incident.ts";
import type { LogLine } from "#model/register.ts";

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

/** The sentence is about blue ones only when it counts them. */
const SPOKEN_LEAST = 2;

/** What the sentence is about: the worst that holds. While a case has the wall and nothing is worse, that case: head and card are one. */
export function spokenOf(open: readonly Alarm[], taken: string | null): Alarm | null {
	const cases = casesInHand(open).filter(({ active, severity }) => active && severity >= SPOKEN_LEAST);
	const worst = cases[0] ?? null;
	return cases.find(({ id, severity }) => id === taken && severity === worst?.severity) ?? worst;
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

/** What somebody recorded besides the alarm itself; null: nobody did. */
export interface Recorded {
	readonly called: Deed | null;
	readonly arrived: Deed | null;
	readonly reported: Deed | null;
}

interface Deed {
	readonly at: number;
	readonly by: string | null;
}

const NOTHING: Recorded = { called: null, arrived: null, reported: null };

/** Calls and arrivals from log lines since `since`; the written report to the province from the incident's own clock. */
export function recordedOf(lines: readonly LogLine[], since: number, incident: Incident | null): Recorded {
	const { called, arrived } = callSteps(lines, since);
	const sentAt = incident?.clocks.find(({ id }) => id === "province-report")?.doneAt ?? null;
	const line = lines.find(({ kind, at }) => kind === "report" && at === sentAt);
	return { called, arrived, reported: sentAt === null ? null : { at: sentAt, by: line?.by ?? null } };
}

/** Only what is recorded is done: the raise by the system, the acknowledgement by a person, calls, arrivals and reports by log lines. */
export function chainOf(alarm: Alarm, now: number, recorded: Recorded = NOTHING): readonly ChainLink[] {
	const acknowledged = alarm.acknowledged
		? { at: alarm.acknowledgedAt ?? alarm.raisedAt, by: alarm.acknowledgedBy }
		: null;
	const received = { at: alarm.raisedAt, by: null };
	return linksOf(alarm.severity, alarm.raisedAt, { received, acknowledged, ...recorded }, now);
}

/**
 * The same of an incident: received when it was opened; seen by whoever opened it, or when its root alarm was acknowledged. A clock of
 * its own goes before the general deadline.
 */
export function chainOfIncident(
	incident: Incident,
	root: Alarm | null,
	lines: readonly LogLine[],
	now: number,
): readonly ChainLink[] {
	const opened = lines.find(({ kind }) => kind === "opened");
	const byHand = opened === undefined || opened.by === "system" ? null : { at: incident.openedAt, by: opened.by };
	const acknowledged =
		root?.acknowledged === true ? { at: root.acknowledgedAt ?? incident.openedAt, by: root.acknowledgedBy } : byHand;
	// A call is received by whoever took it.
	const received = root === null ? (byHand ?? { at: incident.openedAt, by: null }) : { at: root.raisedAt, by: null };
	const recorded = recordedOf(lines, 0, incident);
	const links = linksOf(incident.level, incident.openedAt, { received, acknowledged, ...recorded }, now);
	const clock = incident.clocks.find(({ id }) => id === "province-report");
	if (clock === undefined || clock.doneAt !== null) return links;
	return links.map((link) => (link.step === "reported" ? { ...link, left: clock.dueAt - now } : link));
}

function linksOf(
	severity: number,
	since: number,
	deeds: Readonly<Record<ChainStep, Deed | null>>,
	now: number,
): readonly ChainLink[] {
	return CHAIN.flatMap((step): ChainLink[] => {
		const within = CHAIN_WITHIN[step][severity] ?? null;
		const deed = deeds[step];
		if (deed !== null) return [{ step, at: deed.at, by: deed.by, left: null }];
		if (within === null) return [];
		return [{ step, at: null, by: null, left: since + within - now }];
	});
}
