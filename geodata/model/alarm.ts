// The life of an alarm as one pure function (ISA-18.2, IEC 62682): active or not x acknowledged or not, shelved, suppressed,
// out of service, occurrence. Called by live/alarms for conditions and by live/commands for what people do.
// It decides; it stores nothing, sends nothing and reads no clock.
import type { Severity } from "./measure.ts";
import type { Problem } from "./problem.ts";
import { problem } from "./problem.ts";

export interface Alarm {
	/** Permanent: one alarm per (subject, rule). */
	readonly id: string;
	readonly subject: string;
	readonly rule: string;
	/** The level that holds, or, once cleared, the last one that held. */
	readonly severity: Severity;
	readonly active: boolean;
	readonly acknowledged: boolean;
	/** Counts raises and rises of level; an acknowledgement names the occurrence it has seen. */
	readonly occurrence: number;
	readonly raisedAt: number;
	readonly clearedAt: number | null;
	/** Value and threshold at the last change, in the measure's unit. */
	readonly value: number | null;
	readonly limit: number | null;
	readonly clause: string | null;
	readonly why: string;
	/** Raised by a suspect value: 未核实. */
	readonly unverified: boolean;
	readonly acknowledgedBy: string | null;
	readonly acknowledgedAt: number | null;
	readonly assignedTo: string | null;
	readonly shelvedUntil: number | null;
	readonly shelvedBy: string | null;
	/** Reason while suppressed by rule or design; null otherwise. */
	readonly suppressedBy: string | null;
	readonly outOfService: boolean;
	/** Place and class for scope, lists and grouping; copied from the asset when raised. */
	readonly system: string;
	readonly district: string;
	/** Asset id, or null when the subject is not an asset or channel. */
	readonly asset: string | null;
	readonly name: string;
	readonly measure: string | null;
	readonly unit: string;
	/** Of an alarm of silence: the gateway that it hangs on, under a name without its address; absent when it is not known. */
	readonly behind?: string;
	/** seq of the last transition; null while it could not be recorded. */
	readonly seq: number | null;
}

/** What stays fixed for a (subject, rule); given when the alarm is first raised. */
export interface AlarmPlace {
	readonly id: string;
	readonly subject: string;
	readonly rule: string;
	readonly system: string;
	readonly district: string;
	readonly asset: string | null;
	readonly name: string;
	readonly measure: string | null;
	readonly unit: string;
}

export interface Condition {
	readonly type: "condition";
	readonly severity: Severity;
	readonly at: number;
	readonly value: number | null;
	readonly limit: number | null;
	readonly clause: string | null;
	readonly why: string;
	readonly unverified: boolean;
}

interface Acting {
	/** Which one the person has seen. */
	readonly occurrence: number;
	readonly by: string;
	readonly at: number;
}

export type AlarmCommand =
	| (Acting & { readonly type: "acknowledge"; readonly note?: string })
	| (Acting & { readonly type: "shelve"; readonly until: number; readonly note: string })
	| (Acting & { readonly type: "unshelve"; readonly note?: string })
	| (Acting & { readonly type: "assign"; readonly to: string | null; readonly note?: string })
	| (Acting & { readonly type: "comment"; readonly note: string })
	| (Acting & { readonly type: "out-of-service"; readonly on: boolean; readonly note: string });

export type AlarmEvent =
	| Condition
	| AlarmCommand
	| { readonly type: "shelf-ended"; readonly at: number }
	| { readonly type: "suppress"; readonly at: number; readonly reason: string }
	| { readonly type: "unsuppress"; readonly at: number };

export const transitionKinds = [
	"raised",
	"rose",
	"fell",
	"cleared",
	"acknowledged",
	"shelved",
	"unshelved",
	"shelf-ended",
	"suppressed",
	"unsuppressed",
	"assigned",
	"commented",
	"out-of-service",
	"in-service",
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

export interface Change {
	readonly kind: TransitionKind;
	readonly alarm: Alarm;
	readonly at: number;
	readonly by: string | null;
	readonly note: string | null;
}

/** A stored, numbered change. `seq` is null while the store could not commit it. */
export interface Transition extends Change {
	readonly seq: number | null;
	readonly commandId: string | null;
}

const SILENCE: ReadonlySet<string> = new Set(["silent", "offline", "frozen", "door-silent", "gateway-silent"]);

/** Says that nothing is heard, and so on what it hangs (`behind`). */
export function isSilenceRule(rule: string): boolean {
	return SILENCE.has(rule);
}

/** Longest shelf, ms (8 h); the alarm comes back by itself. */
export const SHELVE_MAX_MS = 8 * 3_600_000;

/** Not yet finished: it holds, or nobody has seen it, or it is out of service. */
export function isOpen(alarm: Pick<Alarm, "active" | "acknowledged" | "outOfService">): boolean {
	return alarm.active || !alarm.acknowledged || alarm.outOfService;
}

/**
 * The next state. @returns the change, null when the event changes nothing, or a Problem for a command that does not apply
 * ("changed": raised again since `occurrence`; "not-shelvable"; "already", for an acknowledgement with who and when). `alarm` is null before the first raise.
 */
export function next(alarm: Alarm | null, place: AlarmPlace, event: AlarmEvent): Change | Problem | null {
	if (event.type === "condition") return condition(alarm, place, event);
	if (alarm === null) return problem("not-found", "no such alarm");
	switch (event.type) {
		case "shelf-ended":
			return alarm.shelvedUntil === null || event.at < alarm.shelvedUntil
				? null
				: change("shelf-ended", unshelved(alarm), event.at);
		case "suppress":
			// Nothing hides a red that holds.
			if (alarm.active && alarm.severity === 4) return problem("not-suppressible", "a red alarm is never suppressed");
			return alarm.suppressedBy === event.reason
				? null
				: change("suppressed", { ...alarm, suppressedBy: event.reason }, event.at);
		case "unsuppress":
			return alarm.suppressedBy === null ? null : change("unsuppressed", { ...alarm, suppressedBy: null }, event.at);
		default:
			return command(alarm, event);
	}
}

function condition(alarm: Alarm | null, place: AlarmPlace, event: Condition): Change | null {
	const held = alarm?.active === true ? alarm.severity : 0;
	if (event.severity === held) return null;
	const facts = {
		value: event.value,
		limit: event.limit,
		why: event.why,
		unverified: event.unverified,
		clause: event.clause,
	};
	if (alarm === null || event.severity > held) {
		const base = alarm ?? fresh(place);
		const kind = held === 0 ? "raised" : "rose";
		const raised: Alarm = {
			...base,
			...facts,
			severity: event.severity,
			active: true,
			acknowledged: false,
			acknowledgedBy: null,
			acknowledgedAt: null,
			occurrence: base.occurrence + 1,
			raisedAt: event.at,
			clearedAt: null,
			// Worse than what was shelved is news: it ends the shelf it would be hidden under.
			...(event.severity > base.severity ? { shelvedUntil: null, shelvedBy: null } : {}),
			// Whoever suppresses decides anew, for what has begun now; never about a red.
			...(kind === "raised" || event.severity === 4 ? { suppressedBy: null } : {}),
			// A new raise after the old one was finished belongs to nobody yet.
			...(kind === "raised" && base.acknowledged ? { assignedTo: null } : {}),
		};
		return change(kind, raised, event.at);
	}
	if (event.severity === 0) {
		return change(
			"cleared",
			{ ...alarm, active: false, clearedAt: event.at, value: event.value, why: event.why },
			event.at,
		);
	}
	return change("fell", { ...alarm, ...facts, severity: event.severity }, event.at);
}

function fresh(place: AlarmPlace): Alarm {
	return {
		...place,
		severity: 0,
		active: false,
		acknowledged: true,
		occurrence: 0,
		raisedAt: 0,
		clearedAt: null,
		value: null,
		limit: null,
		clause: null,
		why: "",
		unverified: false,
		acknowledgedBy: null,
		acknowledgedAt: null,
		assignedTo: null,
		shelvedUntil: null,
		shelvedBy: null,
		suppressedBy: null,
		outOfService: false,
		seq: null,
	};
}

function command(alarm: Alarm, event: AlarmCommand): Change | Problem {
	// A4: what the officer saw is not what stands now. A comment is about the alarm as a whole and is never lost.
	if (event.type !== "comment" && event.occurrence !== alarm.occurrence) {
		return problem("changed", `the alarm was raised again: occurrence ${alarm.occurrence}, not ${event.occurrence}`);
	}
	const made = (kind: TransitionKind, after: Alarm): Change =>
		change(kind, after, event.at, event.by, event.note ?? null);
	switch (event.type) {
		case "acknowledge":
			if (alarm.acknowledged) {
				const { acknowledgedBy: by, acknowledgedAt: at } = alarm;
				return { ...problem("already", `acknowledged by ${by ?? "nobody"}`), by, at };
			}
			return made("acknowledged", { ...alarm, acknowledged: true, acknowledgedBy: event.by, acknowledgedAt: event.at });
		case "shelve":
			if (alarm.severity === 4) return problem("not-shelvable", "a red alarm cannot be shelved");
			if (event.until <= event.at || event.until > event.at + SHELVE_MAX_MS) {
				return problem("bad-until", "a shelf ends within 8 hours from now", "until");
			}
			return made("shelved", { ...alarm, shelvedUntil: event.until, shelvedBy: event.by });
		case "unshelve":
			if (alarm.shelvedUntil === null) return problem("already", "the alarm is not shelved");
			return made("unshelved", unshelved(alarm));
		case "assign":
			return made("assigned", { ...alarm, assignedTo: event.to });
		case "comment":
			return made("commented", alarm);
		case "out-of-service":
			if (alarm.outOfService === event.on)
				return problem("already", event.on ? "already out of service" : "already in service");
			return made(event.on ? "out-of-service" : "in-service", { ...alarm, outOfService: event.on });
	}
}

function unshelved(alarm: Alarm): Alarm {
	return { ...alarm, shelvedUntil: null, shelvedBy: null };
}

function change(
	kind: TransitionKind,
	alarm: Alarm,
	at: number,
	by: string | null = null,
	note: string | null = null,
): Change {
	return { kind, alarm, at, by, note };
}
