// Shapes of what a store answers about the past: curves, what alarms did, buckets. Types alone, shared by store and routes.
import type { Alarm, Transition, TransitionKind } from "./alarm.ts";

export interface HistoryPoint {
	readonly at: number;
	/** Count of 10^-scale units; null: no value. */
	readonly count: number | null;
	readonly quality: number;
}

export interface History {
	readonly points: readonly HistoryPoint[];
	/** True when minima and maxima stand for more readings than points. */
	readonly thinned: boolean;
	/** What could not be read because its checksum is wrong, in words; absent when nothing is missing. */
	readonly damaged?: readonly string[];
}

/** A transition in short. */
export interface AlarmStep {
	readonly seq: number;
	/** Alarm id. */
	readonly alarm: string;
	readonly kind: TransitionKind;
	readonly at: number;
	/** The level that holds after it, or the last that held. */
	readonly severity: number;
	readonly district: string;
	readonly system: string;
	/** Of a raise or rise: it began suppressed. */
	readonly hidden?: boolean;
}

export interface AlarmSpan {
	/** Seq that the steps follow; what has not changed since stands as it stands now. */
	readonly since: number;
	/** State as of `since` of each alarm among the steps that had one. */
	readonly before: readonly Alarm[];
	/** By seq, without gaps. */
	readonly steps: readonly AlarmStep[];
	/** Raises and rises to orange or red in the span, whole. */
	readonly named: readonly Transition[];
	/** Something was left out: too many, or damaged. */
	readonly cut: boolean;
}

/** Per channel (rows) and step (columns); NaN: nothing came in. */
export interface Buckets {
	readonly min: Float64Array;
	readonly max: Float64Array;
}

/** One alarm as the log has it. */
export interface AlarmStory {
	/** By seq. */
	readonly transitions: readonly Transition[];
	/** Of those transitions, by time. */
	readonly receipts: readonly {
		readonly seq: number;
		readonly screen: string;
		readonly stage: string;
		readonly user: string;
		readonly at: number;
	}[];
}
