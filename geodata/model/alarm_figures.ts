// The figures by which an alarm system is judged (ISA-18.2, IEC 62682, EEMUA 191): what they are, their thresholds, and what good is
// according to whom. Computed by alarm_sweep.ts, answered by GET /api/alarms/figures, shown by the page of figures. Holds no words.
import type { TransitionKind } from "./alarm.ts";
import type { Severity } from "./measure.ts";

/** Loads are counted per ten minutes and operator. */
export const LOAD_STEP_MS = 600_000;
/** More than so many in ten minutes begin a flood (ISA-18.2-2009), fewer than so many end it (practice). */
export const FLOOD_BEGINS = 10;
export const FLOOD_ENDS = 5;
/** So many times between alarm and normal within a minute is chattering. */
export const CHATTER_TRANSITIONS = 3;
export const CHATTER_SPAN_MS = 60_000;
/** Over before anybody can act. */
export const FLEETING_MS = 10_000;
/** In alarm for longer than this. */
export const STALE_MS = 86_400_000;
export const TOP_COUNT = 10;

/** "standard": the named text says so; "practice": usual in the field, no text verified; "own": set by this product, editable. */
export type Basis = "standard" | "practice" | "own";

export interface Target {
	readonly id:
		| "load-mean"
		| "load-day"
		| "load-peak"
		| "load-manageable"
		| "flood-share"
		| "mix-high"
		| "mix-medium"
		| "mix-low"
		| "chattering"
		| "fleeting"
		| "stale"
		| "top-share"
		| "acknowledge-4"
		| "acknowledge-3"
		| "acknowledge-2"
		| "acknowledge-1";
	/** In the figure's own unit: alarms, a share of 1, or ms. */
	readonly value: number;
	/** Whether the figure should be at most or about the value. */
	readonly sense: "at-most" | "about";
	readonly basis: Basis;
	readonly source: string;
}

/** Of one operator. */
export const targets: readonly Target[] = [
	{ id: "load-mean", value: 1, sense: "at-most", basis: "standard", source: "ISA-18.2-2009, IEC 62682:2014" },
	{ id: "load-day", value: 144, sense: "at-most", basis: "standard", source: "IEC 62682:2014; ISA-18.2-2009: 150" },
	{ id: "load-peak", value: 10, sense: "at-most", basis: "standard", source: "ISA-18.2-2009" },
	{ id: "load-manageable", value: 2, sense: "at-most", basis: "practice", source: "EEMUA 191" },
	{ id: "flood-share", value: 0.01, sense: "at-most", basis: "practice", source: "ISA-18.2" },
	{ id: "mix-high", value: 0.05, sense: "about", basis: "standard", source: "ISA-18.2-2009, EEMUA 191" },
	{ id: "mix-medium", value: 0.15, sense: "about", basis: "standard", source: "ISA-18.2-2009, EEMUA 191" },
	{ id: "mix-low", value: 0.8, sense: "about", basis: "standard", source: "ISA-18.2-2009, EEMUA 191" },
	{ id: "chattering", value: 0, sense: "at-most", basis: "practice", source: "ISA-18.2" },
	{ id: "fleeting", value: 0, sense: "at-most", basis: "practice", source: "ISA-18.2" },
	{ id: "stale", value: 5, sense: "at-most", basis: "practice", source: "ISA-18.2" },
	{ id: "top-share", value: 0.05, sense: "at-most", basis: "practice", source: "ISA-18.2" },
	{ id: "acknowledge-4", value: 2 * 60_000, sense: "at-most", basis: "own", source: "" },
	{ id: "acknowledge-3", value: 5 * 60_000, sense: "at-most", basis: "own", source: "" },
	{ id: "acknowledge-2", value: 15 * 60_000, sense: "at-most", basis: "own", source: "" },
	{ id: "acknowledge-1", value: 60 * 60_000, sense: "at-most", basis: "own", source: "" },
];

export function targetOf(id: Target["id"]): number {
	return targets.find((target) => target.id === id)?.value ?? Number.NaN;
}

/** A transition in short, by seq. */
export interface FigureStep {
	readonly alarm: string;
	readonly kind: TransitionKind;
	readonly at: number;
	readonly severity: number;
	/** Of a raise or rise: it began inside a maintenance window. */
	readonly hidden?: boolean;
}

/** An alarm as it stood before its first step. */
export interface FigureState {
	readonly id: string;
	readonly severity: number;
	readonly active: boolean;
	readonly acknowledged: boolean;
	readonly shelvedUntil: number | null;
	readonly suppressedBy: string | null;
	readonly outOfService: boolean;
	readonly raisedAt: number;
}

export interface FigureSpan {
	/** Epoch ms; the figures are of [from, to), or up to now. */
	readonly from: number;
	readonly to: number;
	readonly now: number;
	/** Among how many people the load is shared. */
	readonly operators: number;
}

export interface Flood {
	readonly from: number;
	readonly to: number;
	/** Alarms told in it. */
	readonly alarms: number;
	/** Most within any ten minutes of it. */
	readonly peak: number;
}

/** An alarm that a figure names, worst first. */
export interface Named {
	readonly alarm: string;
	readonly count: number;
}

export interface AcknowledgeFigures {
	readonly severity: Exclude<Severity, 0>;
	/** Told and acknowledged. */
	readonly count: number;
	/** ms; null: none. */
	readonly medianMs: number | null;
	readonly p90Ms: number | null;
	/** Acknowledged in time, of those acknowledged or already late; null: none. */
	readonly inTime: number | null;
	/** Raised again before anybody acknowledged. */
	readonly again: number;
	/** Not acknowledged at the end, and of these later than the target. */
	readonly waiting: number;
	readonly late: number;
}

/** What is told to a person: not what was shelved, suppressed or out of service when it came. Rates are per operator. */
export interface AlarmFigures {
	readonly from: number;
	/** Where the span ends, at the latest now. */
	readonly to: number;
	readonly operators: number;
	readonly told: number;
	/** Raised while shelved, suppressed or out of service: in no other figure. */
	readonly hidden: number;
	readonly load: {
		/** Alarms of each ten minutes from `from` on. */
		readonly counts: readonly number[];
		readonly mean: number;
		readonly perDay: number;
		readonly peak: number;
		/** Of the ten-minute spans: at most 1, at most 2, more. */
		readonly quiet: number;
		readonly manageable: number;
	};
	readonly flood: { readonly share: number; readonly spans: readonly Flood[] };
	/** By severity 1..4, and as the three priorities: red, orange, the rest. */
	readonly mix: {
		readonly counts: readonly [number, number, number, number];
		readonly high: number;
		readonly medium: number;
		readonly low: number;
	};
	/** `count`: most transitions within a minute. */
	readonly chattering: readonly Named[];
	/** `count`: how often. */
	readonly fleeting: readonly Named[];
	/** `count`: ms in alarm. */
	readonly stale: readonly Named[];
	/** `count`: times told. */
	readonly top: readonly Named[];
	readonly topShare: number;
	/** At the end of the span. */
	readonly shelved: readonly string[];
	readonly suppressed: readonly string[];
	readonly outOfService: readonly string[];
	/** Red first. */
	readonly acknowledge: readonly AcknowledgeFigures[];
}
