// The chain of responsibility (责任链) of one occurrence of an alarm: measured, received, judged, shown, sounded, carried further, seen, confirmed, called,
// handed over, arrived, closed; each with its time, its deadline and what is not on record. Pure: transitions, receipts, log lines
// and the reading come in, the time is an argument. Only what is recorded is done.
import type { Transition } from "./alarm.ts";
import { CALL_LINE, type CallDetail, callDetailSchema, isReached } from "./contact.ts";
import type { LogLine } from "./register.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export const chainSteps = [
	"measured",
	"received",
	"judged",
	"shown",
	"sounded",
	"carried",
	"seen",
	"confirmed",
	"called",
	"handed",
	"arrived",
	"closed",
] as const;
export type ChainStepId = (typeof chainSteps)[number];

/**
 * Within how long each step is due, ms by severity 1..4; null: not asked of this level. From the raise, but `received` from the
 * measuring and `shown`, `sounded` from the judging. Engineering defaults, source [E]: an alarm is on a screen within 2 s and heard
 * within 3 s; orange and red are looked at within 30 s; acknowledge 60, 15, 5, 2 min; call 60, 20, 10 min; arrive a quarter of the
 * time to handle, which is 72, 24, 4, 2 h. A city's own plan replaces them.
 */
export const CHAIN_DUE: Readonly<Record<ChainStepId, readonly (number | null)[]>> = {
	measured: [null, null, null, null, null],
	received: [null, 2 * MINUTE_MS, 2 * MINUTE_MS, MINUTE_MS, MINUTE_MS],
	judged: [null, null, null, null, null],
	shown: [null, 2 * SECOND_MS, 2 * SECOND_MS, 2 * SECOND_MS, 2 * SECOND_MS],
	sounded: [null, null, 3 * SECOND_MS, 3 * SECOND_MS, 3 * SECOND_MS],
	carried: [null, null, null, null, null],
	seen: [null, 60 * MINUTE_MS, 15 * MINUTE_MS, 30 * SECOND_MS, 30 * SECOND_MS],
	confirmed: [null, 60 * MINUTE_MS, 15 * MINUTE_MS, 5 * MINUTE_MS, 2 * MINUTE_MS],
	called: [null, null, 60 * MINUTE_MS, 20 * MINUTE_MS, 10 * MINUTE_MS],
	handed: [null, null, null, null, null],
	arrived: [null, 18 * HOUR_MS, 6 * HOUR_MS, HOUR_MS, 30 * MINUTE_MS],
	closed: [null, 72 * HOUR_MS, 24 * HOUR_MS, 4 * HOUR_MS, 2 * HOUR_MS],
};

export interface ScreenReceipt {
	readonly seq: number;
	readonly screen: string;
	readonly user: string;
	readonly stage: string;
	readonly at: number;
}

/** The reading that the judge had in hand. */
export interface ChainReading {
	readonly at: number;
	readonly receivedAt: number;
}

export interface ChainInput {
	/** Of this alarm, by seq; older occurrences may be among them. */
	readonly transitions: readonly Transition[];
	readonly receipts: readonly ScreenReceipt[];
	/** Of subject alarm:ID. */
	readonly lines: readonly LogLine[];
	readonly reading: ChainReading | null;
	/** null: the newest. */
	readonly occurrence: number | null;
	readonly now: number;
}

/** done and late: on record. overdue, waiting: asked of this level and not on record. absent: not on record, and nothing asks for it. */
export type StepState = "done" | "late" | "overdue" | "waiting" | "absent";

/** One thing that somebody or something did. */
export interface ChainDeed {
	readonly at: number;
	/** User, screen or nobody. */
	readonly by: string | null;
	/** Transition kind, receipt stage or kind of the log line. */
	readonly what: string;
	readonly text: string;
}

export interface ChainStep {
	readonly step: ChainStepId;
	readonly state: StepState;
	/** The first time that it happened. */
	readonly at: number | null;
	readonly by: string | null;
	readonly dueAt: number | null;
	/** How much after its deadline, ms; for what is overdue, by now. null: in time, or no deadline. */
	readonly lateMs: number | null;
	/** All that is on record for it, in time. */
	readonly deeds: readonly ChainDeed[];
}

export interface Chain {
	readonly occurrence: number;
	readonly severity: number;
	readonly raisedAt: number;
	readonly steps: readonly ChainStep[];
	/** Log lines that belong to no step: notes, photos, escalations, in time. */
	readonly others: readonly ChainDeed[];
}

/** null: no such occurrence on record. */
export function chainOfAlarm(input: ChainInput): Chain | null {
	const own = occurrenceOf(input.transitions, input.occurrence);
	const raise = own[0];
	if (raise === undefined) return null;
	const { occurrence, raisedAt } = raise.alarm;
	const severity = own.reduce((worst, { alarm }) => Math.max(worst, alarm.severity), 0);
	const end = endOf(input.transitions, occurrence);
	const lines = input.lines.filter(({ at }) => at >= raisedAt && at < end);
	const deeds = deedsOf(input, own, lines);
	const judgedAt = deeds.judged[0]?.at ?? raisedAt;
	const origin = (step: ChainStepId): number => {
		if (step === "received") return input.reading?.at ?? raisedAt;
		return step === "shown" || step === "sounded" ? judgedAt : raisedAt;
	};
	const steps = chainSteps.map((step): ChainStep => {
		const within = CHAIN_DUE[step][severity] ?? null;
		return stepOf(step, deeds[step], within === null ? null : origin(step) + within, input.now);
	});
	const isUsed = (one: ChainDeed): boolean =>
		Object.values(deeds).some((list) => list.some((deed) => deed.at === one.at && deed.what === one.what));
	const others = [...own.filter(({ kind }) => !RAISES.includes(kind)).map(transitionDeed), ...lines.map(lineDeed)]
		.filter((one) => !isUsed(one))
		.sort((a, b) => a.at - b.at);
	return { occurrence, severity, raisedAt, steps, others };
}

export interface CallSteps {
	readonly called: { readonly at: number; readonly by: string } | null;
	readonly arrived: { readonly at: number; readonly by: string } | null;
}

/** The first call since `since` that reached somebody, and the first that heard of an arrival; for cards that show no more. */
export function callSteps(lines: readonly LogLine[], since: number): CallSteps {
	const calls = callsOf(lines.filter(({ at }) => at >= since));
	const first = (fits: (call: CallDetail) => boolean): CallSteps["called"] => {
		const found = calls.find(({ call }) => fits(call));
		return found === undefined ? null : { at: found.line.at, by: found.line.by };
	};
	return { called: first(({ result }) => isReached(result)), arrived: first(({ result }) => result === "arrived") };
}

/** Calls among log lines, in the order given. */
export function callsOf(lines: readonly LogLine[]): { readonly line: LogLine; readonly call: CallDetail }[] {
	return lines.flatMap((line) => {
		if (line.kind !== CALL_LINE) return [];
		const parsed = callDetailSchema.safeParse(line.detail);
		return parsed.success ? [{ line, call: parsed.data }] : [];
	});
}

function occurrenceOf(transitions: readonly Transition[], wanted: number | null): readonly Transition[] {
	const newest = transitions.reduce((last, { alarm }) => Math.max(last, alarm.occurrence), 0);
	return transitions.filter(({ alarm }) => alarm.occurrence === (wanted ?? newest));
}

/** When the next occurrence began: what came then belongs to it. */
function endOf(transitions: readonly Transition[], occurrence: number): number {
	return transitions.find(({ alarm }) => alarm.occurrence > occurrence)?.at ?? Number.POSITIVE_INFINITY;
}

const RAISES: readonly string[] = ["raised", "rose"];
/** Kinds of the lines that say how an alarm was carried further when nobody reacted, and what came of each message outside. */
const STEP_LINE = "reach.step";
const DELIVERY_LINE = "reach.delivery";

type Deeds = Readonly<Record<ChainStepId, readonly ChainDeed[]>>;

function deedsOf({ reading, receipts }: ChainInput, own: readonly Transition[], lines: readonly LogLine[]): Deeds {
	const raise = own.filter(({ kind }) => RAISES.includes(kind));
	const seqs = new Set(raise.map(({ seq }) => seq));
	const heard = receipts.filter(({ seq }) => seqs.has(seq)).sort((a, b) => a.at - b.at);
	const stage = (wanted: string): ChainDeed[] =>
		heard
			.filter((one) => one.stage === wanted)
			.map(({ at, user, screen }) => ({ at, by: user, what: wanted, text: screen }));
	const of = (...kinds: readonly string[]): ChainDeed[] =>
		own.filter(({ kind }) => kinds.includes(kind)).map(transitionDeed);
	const calls = callsOf(lines);
	const acts = [
		...own.filter(({ by }) => by !== null).map(transitionDeed),
		...stage("seen"),
		...calls.map(({ line }) => lineDeed(line)),
	];
	// Judged in the commit that stored the reading: never before it was here.
	const judged = raise.map((one) => ({ ...transitionDeed(one), at: Math.max(one.at, reading?.receivedAt ?? one.at) }));
	return {
		measured: reading === null ? [] : [{ at: reading.at, by: null, what: "measured", text: "" }],
		received: reading === null ? [] : [{ at: reading.receivedAt, by: null, what: "received", text: "" }],
		judged,
		shown: stage("rendered"),
		sounded: stage("sounding"),
		carried: lines.filter(isCarried).map(lineDeed),
		seen: acts.sort((a, b) => a.at - b.at).slice(0, 1),
		confirmed: of("acknowledged"),
		called: calls.map(({ line }) => lineDeed(line)),
		handed: of("assigned"),
		arrived: calls.filter(({ call }) => call.result === "arrived").map(({ line }) => lineDeed(line)),
		closed: closedDeeds(own),
	};
}

/** Closed when it no longer holds and somebody has seen it: the later of the two. */
function closedDeeds(own: readonly Transition[]): ChainDeed[] {
	const last = own.at(-1);
	if (last === undefined || last.alarm.active || !last.alarm.acknowledged) return [];
	const end = own.filter(({ kind }) => kind === "cleared" || kind === "acknowledged").at(-1);
	return end === undefined ? [] : [transitionDeed(end)];
}

function stepOf(step: ChainStepId, deeds: readonly ChainDeed[], dueAt: number | null, now: number): ChainStep {
	// A call that reached nobody is on record and is not the step.
	const first = step === "called" ? deeds.find(({ what }) => what !== "call-failed") : deeds[0];
	const past = dueAt === null ? null : (first?.at ?? now) - dueAt;
	const lateMs = past === null || past <= 0 ? null : past;
	const state =
		first === undefined
			? dueAt === null
				? "absent"
				: lateMs === null
					? "waiting"
					: "overdue"
			: lateMs === null
				? "done"
				: "late";
	return { step, state, at: first?.at ?? null, by: first?.by ?? null, dueAt, lateMs, deeds };
}

function isCarried({ kind, detail }: LogLine): boolean {
	return kind === STEP_LINE || (kind === DELIVERY_LINE && detail.state !== "waiting");
}

/** Its own time: the line is dated when it could be stored. */
function carriedDeed(line: LogLine): ChainDeed {
	const { at, step, state, to, name, outlet, why } = line.detail;
	const isStep = line.kind === STEP_LINE;
	const whom = isStep ? (Array.isArray(to) ? to.map(String) : []) : [String(name ?? outlet ?? "")];
	return {
		at: typeof at === "number" ? at : line.at,
		by: null,
		what: isStep ? `step-${String(step)}` : `delivery-${String(state)}`,
		text: [whom.filter((word) => word !== "").join("、"), state === "failed" && typeof why === "string" ? why : ""]
			.filter((word) => word !== "")
			.join("："),
	};
}

function transitionDeed({ at, by, kind, note, alarm }: Transition): ChainDeed {
	const text = kind === "assigned" ? (alarm.assignedTo ?? "") : "";
	return { at, by, what: kind, text: [text, note ?? ""].filter((word) => word !== "").join(" · ") };
}

function lineDeed(line: LogLine): ChainDeed {
	if (isCarried(line)) return carriedDeed(line);
	const [call] = callsOf([line]);
	if (call === undefined) {
		const { text, note } = line.detail;
		return {
			at: line.at,
			by: line.by,
			what: line.kind.replaceAll(".", "-"),
			text: typeof text === "string" ? text : typeof note === "string" ? note : "",
		};
	}
	const { name, unitName, number, note } = call.call;
	const whom = [unitName, name, number, note].filter((word) => word !== "").join(" · ");
	return {
		at: line.at,
		by: line.by,
		what: isReached(call.call.result) ? `call-${call.call.result}` : "call-failed",
		text: whom,
	};
}
