// Reaching a person: which step an unacknowledged alarm takes when, as one pure function of the alarm, what the desks told,
// who is on duty and the time. Called by server/live/reach.ts once a second. It sends nothing, stores nothing, reads no clock.
import type { Alarm } from "./alarm.ts";
import type { Place, Scope } from "./rights.ts";
import { inScope } from "./rights.ts";

/** One office's screen where somebody may confirm, as the server knows it. */
export interface Desk {
	/** Id of its socket. */
	readonly screen: string;
	readonly user: string;
	readonly roles: readonly string[];
	readonly scope: Scope;
	/** Its sound runs: AudioContext.state is "running". False until it said so. */
	readonly armed: boolean;
	/** 通话中 until then, epoch ms; null: not on the phone. */
	readonly talkingUntil: number | null;
	/** Its page is in front. */
	readonly visible: boolean;
	/** When it last painted and when it was last reported, epoch ms. */
	readonly paintedAt: number;
	readonly seenAt: number;
}

/** Ways an alarm is carried further. `deaf`: at once, because no desk can sound it. */
export const stepKinds = ["deaf", "officer", "lead", "repeat"] as const;
export type StepKind = (typeof stepKinds)[number];

/** Times of one level. null: this step is not taken at this level. */
export interface LevelPlan {
	/** Not shown on an attended desk for this long: the next officer. */
	readonly renderedMs: number | null;
	/** Not acknowledged for this long: the shift's lead and the outside channels. */
	readonly ackMs: number | null;
	/** Then again and again, counted from that step. */
	readonly repeatMs: number | null;
	/** No desk can sound it: outside at once. */
	readonly deaf: boolean;
}

/** By severity, index 0 unused. */
export type EscalationPlan = readonly [LevelPlan, LevelPlan, LevelPlan, LevelPlan, LevelPlan];

const NEVER: LevelPlan = { renderedMs: null, ackMs: null, repeatMs: null, deaf: false };

/**
 * Where nobody has decided otherwise. Shown within 30 s and answered within 2 min for red: the times of the product's own
 * promise; orange 5, yellow 15, blue 60 min follow the usual classes of response to public emergencies. All editable.
 */
export const DEFAULT_PLAN: EscalationPlan = [
	NEVER,
	{ renderedMs: null, ackMs: 3_600_000, repeatMs: null, deaf: false },
	{ renderedMs: 60_000, ackMs: 900_000, repeatMs: null, deaf: false },
	{ renderedMs: 30_000, ackMs: 300_000, repeatMs: 600_000, deaf: true },
	{ renderedMs: 30_000, ackMs: 120_000, repeatMs: 120_000, deaf: true },
];

/** A desk is reported every two seconds: after this silence of it, it is gone. */
export const DESK_FRESH_MS = 10_000;
/** A page that is just loading again is not yet a deaf room: two reports long. */
export const DEAF_AFTER_MS = 4_000;
/** 通话中 lasts at most this long. */
export const TALKING_MS = 600_000;

export type Stage = "received" | "rendered" | "sounding";

/** What one desk said about one occurrence. */
export interface DeskReceipt {
	readonly screen: string;
	readonly user: string;
	readonly stage: Stage;
	readonly at: number;
	/** Nobody was attending: on the phone, or the page behind another. */
	readonly absent: boolean;
}

/** Who is on duty. `lead` may be one of the people. */
export interface Roster {
	readonly people: readonly string[];
	readonly lead: string | null;
	/** Under which name a signed-in user stands in the roster. */
	readonly users?: readonly { readonly user: string; readonly name: string }[];
}

/** An occurrence that waits for a person. */
export interface Call {
	readonly alarm: Pick<
		Alarm,
		"severity" | "district" | "system" | "acknowledged" | "shelvedUntil" | "suppressedBy" | "outOfService"
	>;
	/** When this occurrence began to call, epoch ms. */
	readonly since: number;
	readonly receipts: readonly DeskReceipt[];
	readonly done: readonly Done[];
}

export interface Done {
	readonly kind: StepKind;
	/** 0, and 1, 2, ... of repeats: which turn since the lead was called. */
	readonly turn: number;
	readonly at: number;
}

export interface Step {
	readonly kind: StepKind;
	readonly turn: number;
	readonly reason: "no-desk" | "unarmed" | "not-rendered" | "not-acknowledged";
	/** Names of people to reach. */
	readonly to: readonly string[];
	/** The outside channels carry it. */
	readonly outside: boolean;
}

/** It asks for a person: nobody has seen it and nobody hides it. */
export function isCalling(alarm: Call["alarm"]): boolean {
	return (
		alarm.severity > 0 &&
		!alarm.acknowledged &&
		alarm.shelvedUntil === null &&
		alarm.suppressedBy === null &&
		!alarm.outOfService
	);
}

/** Connected now, and in whose scope the place is. */
export function isPresent(desk: Desk, place: Place, now: number): boolean {
	return now - desk.seenAt < DESK_FRESH_MS && inScope(desk.scope, place);
}

export function isTalking(desk: Pick<Desk, "talkingUntil">, now: number): boolean {
	return desk.talkingUntil !== null && desk.talkingUntil > now;
}

/** The step that is due now, or null. Call again after noting it as done: several may be due at one moment. */
export function nextStep(
	call: Call,
	desks: readonly Desk[],
	roster: Roster,
	plan: EscalationPlan,
	now: number,
): Step | null {
	if (!isCalling(call.alarm)) return null;
	const level = plan[call.alarm.severity];
	const waited = now - call.since;
	const lead = call.done.find(({ kind }) => kind === "lead");
	if (lead !== undefined) return repeatStep(call, lead, level, roster, now);
	const has = (kind: StepKind): boolean => call.done.some((done) => done.kind === kind);
	if (level.ackMs !== null && waited >= level.ackMs)
		return { kind: "lead", turn: 0, reason: "not-acknowledged", to: leadOf(roster), outside: true };
	if (level.deaf && waited >= DEAF_AFTER_MS && !has("deaf")) {
		// In a storm this is asked ten thousand times a second: the first desk that sounds ends it.
		const isHeard = desks.some((desk) => desk.armed && isPresent(desk, call.alarm, now));
		if (!isHeard) {
			const reason = desks.some((desk) => isPresent(desk, call.alarm, now)) ? "unarmed" : "no-desk";
			return { kind: "deaf", turn: 0, reason, to: roster.people.slice(0, 1), outside: true };
		}
	}
	if (level.renderedMs !== null && waited >= level.renderedMs && !has("officer") && !isSeen(call)) {
		const to = nextOfficer(call, desks, roster, now);
		// Nobody else is on duty here: the way out is outside.
		return { kind: "officer", turn: 0, reason: "not-rendered", to: to === null ? [] : [to], outside: to === null };
	}
	return null;
}

function repeatStep(call: Call, lead: Done, level: LevelPlan, roster: Roster, now: number): Step | null {
	if (level.repeatMs === null) return null;
	// Turns that were slept through (the server stood still) are not made up for: one call now, not ten.
	const turn = Math.floor((now - lead.at) / level.repeatMs);
	if (turn < 1 || call.done.some((done) => done.kind === "repeat" && done.turn >= turn)) return null;
	return { kind: "repeat", turn, reason: "not-acknowledged", to: leadOf(roster), outside: true };
}

/** It stood on a desk where somebody attends. */
function isSeen(call: Call): boolean {
	return call.receipts.some(({ stage, absent }) => stage === "rendered" && !absent);
}

function leadOf(roster: Roster): string[] {
	const lead = roster.lead ?? roster.people[0] ?? null;
	return lead === null ? [] : [lead];
}

/**
 * After the one who was called first, in the roster's order; those on the phone last. Without a roster: whoever sits at another
 * desk. null: there is nobody else.
 */
function nextOfficer(call: Call, desks: readonly Desk[], roster: Roster, now: number): string | null {
	const present = desks.filter((desk) => isPresent(desk, call.alarm, now));
	const nameOf = (user: string): string => roster.users?.find((one) => one.user === user)?.name ?? user;
	const receipt = call.receipts.find(({ stage }) => stage === "received");
	const called = receipt === undefined ? null : nameOf(receipt.user);
	const isRostered = roster.people.length > 0;
	const known = isRostered ? roster.people : [...new Set(present.map(({ user }) => user))];
	// Somebody outside the roster had it first: the roster begins with its own first.
	const first = called !== null && known.includes(called) ? called : isRostered ? (known[0] ?? null) : called;
	const from = first === null ? -1 : known.indexOf(first);
	const others = [...known.slice(from + 1), ...known.slice(0, Math.max(from, 0))].filter((name) => name !== first);
	const free = others.find((name) => {
		const own = present.filter(({ user }) => nameOf(user) === name);
		return own.length === 0 || own.some((desk) => !isTalking(desk, now));
	});
	return free ?? others[0] ?? null;
}
