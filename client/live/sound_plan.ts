// Which tone is due when: pure, so that it can be proved without ears. A level has its own rhythm and pitch; it repeats
// until every open alarm of it is acknowledged, or silenced here for a while. Red before orange before yellow before blue.
import type { Alarm } from "#model/alarm.ts";

/** One beep: offset from the tone's start, length, both ms; pitch in Hz. */
export interface Beep {
	readonly afterMs: number;
	readonly forMs: number;
	readonly hz: number;
}

export interface Tone {
	readonly beeps: readonly Beep[];
	/** From the start of one to the start of the next, ms; null: once per occurrence. */
	readonly everyMs: number | null;
}

/** 消音 lasts this long, then what nobody has acknowledged sounds again. */
export const SILENT_MS = 30_000;
/** The words are said with the first tone of an alarm and with every fourth after it. */
const SAID_EVERY = 4;

/** By severity. Pulse counts and pauses follow IEC 60601-1-8 (high: groups of five; medium: three; low: one or two). */
export const TONES: readonly (Tone | null)[] = [
	null,
	{ beeps: [{ afterMs: 0, forMs: 220, hz: 523 }], everyMs: null },
	{ beeps: [0, 320].map((afterMs) => ({ afterMs, forMs: 200, hz: 587 })), everyMs: 30_000 },
	{ beeps: [0, 260, 520].map((afterMs, i) => ({ afterMs, forMs: 180, hz: i === 1 ? 740 : 659 })), everyMs: 12_000 },
	{
		beeps: [0, 170, 340, 620, 790].map((afterMs, i) => ({ afterMs, forMs: 130, hz: i < 3 ? 880 : 1047 })),
		everyMs: 5_000,
	},
];

/** How long a tone is, ms: words begin after it. */
export function lengthOf(tone: Tone): number {
	return Math.max(...tone.beeps.map(({ afterMs, forMs }) => afterMs + forMs));
}

/** An alarm asks for sound: nobody has seen it and nobody hides it. */
export function isAudible(alarm: Alarm): boolean {
	return !alarm.acknowledged && alarm.shelvedUntil === null && alarm.suppressedBy === null && !alarm.outOfService;
}

export function soundKey(alarm: Alarm): string {
	return `${alarm.id}#${alarm.occurrence}`;
}

export interface Played {
	/** When its last tone began, monotonic ms. */
	readonly at: number;
	readonly times: number;
}

/** How this desk may sound now. */
export interface Manner {
	readonly played: ReadonlyMap<string, Played>;
	/** Keys silenced here, until when (monotonic ms). */
	readonly silenced: ReadonlyMap<string, number>;
	/** The officer is on the phone: only a red, once, quietly. */
	readonly isTalking: boolean;
}

export interface Due {
	readonly alarm: Alarm;
	readonly tone: Tone;
	readonly isQuiet: boolean;
	/** The words are said after it. */
	readonly isSaid: boolean;
}

/** The tone that is due now, or null. `open` is sorted worst first; `now` is monotonic ms. */
export function dueTone(open: readonly Alarm[], { played, silenced, isTalking }: Manner, now: number): Due | null {
	for (const alarm of open) {
		const tone = TONES[alarm.severity];
		if (tone === null || tone === undefined || !isAudible(alarm)) continue;
		const key = soundKey(alarm);
		if ((silenced.get(key) ?? 0) > now) continue;
		const before = played.get(key);
		if (isTalking) {
			if (alarm.severity < 4) return null;
			if (before === undefined) return { alarm, tone, isQuiet: true, isSaid: false };
			continue;
		}
		if (before === undefined) return { alarm, tone, isQuiet: false, isSaid: true };
		if (tone.everyMs === null) continue;
		// A worse alarm that waits for its next turn is not talked over by a lesser one.
		const isSaid = before.times % SAID_EVERY === 0;
		return now - before.at >= tone.everyMs ? { alarm, tone, isQuiet: false, isSaid } : null;
	}
	return null;
}
