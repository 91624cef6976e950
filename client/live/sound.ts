// The alarm's voice: tones and spoken words, armed by a click at the start of a shift, because browsers keep a page silent until
// then. Driven by events and the worker's looks, never by a paint. Whether it really runs is looked at every second, shown, and
// told to the server (desk_presence.ts, and the receipt "sounding"); a page that cannot sound says so in red.
import type { Alarm } from "#model/alarm.ts";
import type { PhraseName } from "#model/phrases.ts";
import { phrasesFor } from "#model/phrases.ts";
import { TALKING_MS } from "#model/reach.ts";
import type { AlarmBook } from "./alarms.ts";
import { Change } from "./change.ts";
import type { Played, Tone } from "./sound_plan.ts";
import { dueTone, isAudible, lengthOf, SILENT_MS, soundKey } from "./sound_plan.ts";

/** `off`: nobody armed it. `blocked`: armed, but the browser or the device keeps it silent. */
export type SoundState = "off" | "armed" | "blocked";

export interface Speaker {
	/** Must be called from a click. */
	arm(): Promise<void>;
	readonly isRunning: boolean;
	/** @param loudness 0 to 1. */
	play(tone: Tone, loudness: number): void;
	/** Recorded words, one after the other. */
	say(names: readonly PhraseName[], afterMs: number): void;
}

/** What outlives one page of a tab. */
export interface SoundMemory {
	read(): { readonly isArmed: boolean; readonly talkingMs: number };
	write(kept: { readonly isArmed: boolean; readonly talkingMs: number }): void;
}

export interface SoundParts {
	readonly speaker: Speaker;
	readonly alarms: AlarmBook;
	/** Monotonic ms. */
	readonly elapsed: () => number;
	/** The first tone of an occurrence is under way. */
	readonly sounding: (seq: number) => void;
	/** More than the recordings can say, where the machine has a voice of its own. */
	readonly speak?: (alarm: Alarm) => void;
	readonly memory?: SoundMemory;
}

const LOUD = 0.35;
const QUIET = 0.06;

export class Sound {
	readonly change = new Change();
	state: SoundState = "off";
	private wasArmed = false;
	private talkingTo: number | null = null;
	private readonly played = new Map<string, Played>();
	private readonly silenced = new Map<string, number>();
	private readonly parts: SoundParts;

	constructor(parts: SoundParts) {
		this.parts = parts;
		const { alarms } = parts;
		alarms.replaced.subscribe(() => this.look());
		// A storm is ten thousand of these: only what could sound now is looked at.
		alarms.onNews(({ alarm }) => {
			if (isAudible(alarm) && !this.played.has(soundKey(alarm))) this.look();
		});
	}

	/** The page before this one in the tab: armed there, armed here, without a word; a browser that refuses is shown as blocked. */
	async goOn(): Promise<void> {
		const kept = this.parts.memory?.read();
		if (kept === undefined) return;
		if (kept.talkingMs > 0) this.talkingTo = this.parts.elapsed() + Math.min(kept.talkingMs, TALKING_MS);
		if (!kept.isArmed) return;
		this.wasArmed = true;
		await this.parts.speaker.arm();
		this.look();
	}

	/** From a click. The short blue tone answers: the officer hears that it works. */
	async arm(test: Tone): Promise<void> {
		this.wasArmed = true;
		this.keep();
		await this.parts.speaker.arm();
		this.look();
		if (!this.parts.speaker.isRunning) return;
		this.parts.speaker.play(test, LOUD);
		this.parts.speaker.say(["ready"], lengthOf(test));
	}

	/** 消音: what is open now is silent for half a minute, here only. What comes later sounds at once. */
	silence(): void {
		const until = this.parts.elapsed() + SILENT_MS;
		for (const alarm of this.parts.alarms.open) if (isAudible(alarm)) this.silenced.set(soundKey(alarm), until);
		this.change.bump();
	}

	/** 通话中, for ten minutes or until ended; the server is told. */
	talk(isTalking: boolean): void {
		this.talkingTo = isTalking ? this.parts.elapsed() + TALKING_MS : null;
		this.keep();
		this.change.bump();
		this.look();
	}

	/** Left of 通话中, ms; 0: not on the phone. */
	get talkingMs(): number {
		return this.talkingTo === null ? 0 : Math.max(0, this.talkingTo - this.parts.elapsed());
	}

	/** Left of 消音, ms. */
	get silentMs(): number {
		const now = this.parts.elapsed();
		return Math.max(0, ...[...this.silenced.values()].map((until) => until - now));
	}

	/** Somebody is called by name: the desk says so whatever it is doing. */
	call(): void {
		if (this.state === "armed") this.parts.speaker.say(["call"], 0);
	}

	/** Something asks for sound and nobody silenced it. */
	get isSounding(): boolean {
		if (this.state !== "armed" || this.talkingMs > 0) return false;
		const now = this.parts.elapsed();
		return this.parts.alarms.open.some((alarm) => isAudible(alarm) && (this.silenced.get(soundKey(alarm)) ?? 0) <= now);
	}

	/** Every second: is it still true, has anything run out, what is due. */
	tick(): void {
		this.forget();
		if (this.talkingTo !== null && this.talkingMs === 0) this.talk(false);
		if (this.talkingTo !== null || this.silenced.size > 0) this.change.bump();
		this.look();
	}

	/** Every event that could sound, and every tick. */
	look(): void {
		const { speaker, alarms, elapsed, sounding, speak } = this.parts;
		const state: SoundState = speaker.isRunning ? "armed" : this.wasArmed ? "blocked" : "off";
		if (state !== this.state) {
			this.state = state;
			this.change.bump();
		}
		if (state !== "armed") return;
		const now = elapsed();
		const manner = { played: this.played, silenced: this.silenced, isTalking: this.talkingMs > 0 };
		const due = dueTone(alarms.open, manner, now);
		if (due === null) return;
		const key = soundKey(due.alarm);
		const times = (this.played.get(key)?.times ?? 0) + 1;
		this.played.set(key, { at: now, times });
		speaker.play(due.tone, due.isQuiet ? QUIET : LOUD);
		if (due.isSaid) {
			speaker.say(times > 1 ? [...phrasesFor(due.alarm), "repeat"] : phrasesFor(due.alarm), lengthOf(due.tone));
			speak?.(due.alarm);
		}
		if (times === 1 && due.alarm.seq !== null) sounding(due.alarm.seq);
	}

	private keep(): void {
		this.parts.memory?.write({ isArmed: this.wasArmed, talkingMs: this.talkingMs });
	}

	private forget(): void {
		if (this.played.size + this.silenced.size === 0) return;
		const now = this.parts.elapsed();
		const open = new Set(this.parts.alarms.open.map(soundKey));
		for (const key of this.played.keys()) if (!open.has(key)) this.played.delete(key);
		for (const [key, until] of this.silenced) if (!open.has(key) || until <= now) this.silenced.delete(key);
	}
}
