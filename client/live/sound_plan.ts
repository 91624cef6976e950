// Which tone is due when: pure, so that it can be proved without ears. A level has its own rhythm and pitch; it repeats
// until every open alarm of it is acknowledged or silenced here. Red before orange before yellow before blue.
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

/** An alarm asks for sound: nobody has seen it and nobody hides it. */
export function isAudible(alarm: Alarm): boolean {
	return !alarm.acknowledged && alarm.shelvedUntil === null && alarm.suppressedBy === null && !alarm.outOfService;
}

export function soundKey(alarm: Alarm): string {
	return `${alarm.id}#${alarm.occurrence}`;
}

export interface Due {
	readonly alarm: Alarm;
	readonly tone: Tone;
}

/**
 * The tone that is due now, or null. `playedAt`: when each key's tone began; `silenced`: keys that a person silenced here.
 * `now` and the values of `playedAt` are monotonic ms. `open` is sorted worst first.
 */
export function dueTone(
	open: readonly Alarm[],
	playedAt: ReadonlyMap<string, number>,
	silenced: ReadonlySet<string>,
	now: number,
): Due | null {
	for (const alarm of open) {
		const tone = TONES[alarm.severity];
		if (tone === null || tone === undefined || !isAudible(alarm) || silenced.has(soundKey(alarm))) continue;
		const played = playedAt.get(soundKey(alarm));
		if (played === undefined) return { alarm, tone };
		if (tone.everyMs === null) continue;
		// A worse alarm that waits for its next turn is not talked over by a lesser one.
		return now - played >= tone.everyMs ? { alarm, tone } : null;
	}
	return null;
}
