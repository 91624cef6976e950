// The alarm's voice: WebAudio, armed by a click at the start of a shift, because browsers keep a page silent until then.
// Driven by events and the worker's looks, never by a paint. Whether it really runs is shown, and told to the server by the
// receipt "sounding"; a page that cannot sound says so in red.
import type { AlarmBook } from "./alarms.ts";
import { Change } from "./change.ts";
import type { Tone } from "./sound_plan.ts";
import { dueTone, isAudible, soundKey } from "./sound_plan.ts";

/** `off`: nobody armed it. `blocked`: armed, but the browser or the device keeps it silent. */
export type SoundState = "off" | "armed" | "blocked";

export interface Speaker {
	/** Must be called from a click. */
	arm(): Promise<void>;
	readonly isRunning: boolean;
	play(tone: Tone): void;
}

const VOLUME = 0.35;
/** A pulse's edges: without them every beep begins and ends with a click. */
const EDGE_S = 0.012;

export class WebSpeaker implements Speaker {
	private context: AudioContext | null = null;

	get isRunning(): boolean {
		return this.context?.state === "running";
	}

	async arm(): Promise<void> {
		this.context ??= new AudioContext();
		await this.context.resume();
	}

	play(tone: Tone): void {
		const context = this.context;
		if (context === null) return;
		for (const beep of tone.beeps) {
			const start = context.currentTime + 0.02 + beep.afterMs / 1000;
			const end = start + beep.forMs / 1000;
			const voice = context.createOscillator();
			const gain = context.createGain();
			voice.type = "triangle";
			voice.frequency.value = beep.hz;
			gain.gain.setValueAtTime(0, start);
			gain.gain.linearRampToValueAtTime(VOLUME, start + EDGE_S);
			gain.gain.setValueAtTime(VOLUME, end - EDGE_S);
			gain.gain.linearRampToValueAtTime(0, end);
			voice.connect(gain).connect(context.destination);
			voice.start(start);
			voice.stop(end);
		}
	}
}

export class Sound {
	readonly change = new Change();
	state: SoundState = "off";
	private wasArmed = false;
	private readonly playedAt = new Map<string, number>();
	private readonly silenced = new Set<string>();
	private readonly speaker: Speaker;
	private readonly alarms: AlarmBook;
	private readonly elapsed: () => number;
	private readonly sounding: (seq: number) => void;

	constructor(speaker: Speaker, alarms: AlarmBook, elapsed: () => number, sounding: (seq: number) => void) {
		this.speaker = speaker;
		this.alarms = alarms;
		this.elapsed = elapsed;
		this.sounding = sounding;
		alarms.heard.subscribe(() => this.look());
	}

	/** From a click. The short blue tone answers: the officer hears that it works. */
	async arm(test: Tone): Promise<void> {
		this.wasArmed = true;
		await this.speaker.arm();
		this.look();
		if (this.speaker.isRunning) this.speaker.play(test);
	}

	/** Stops the sound of what is open now, here only. What comes later sounds again. */
	silence(): void {
		for (const alarm of this.alarms.open) this.silenced.add(soundKey(alarm));
		this.change.bump();
	}

	/** Something asks for sound and nobody silenced it. */
	get isSounding(): boolean {
		return (
			this.state === "armed" &&
			this.alarms.open.some((alarm) => isAudible(alarm) && !this.silenced.has(soundKey(alarm)))
		);
	}

	/** Every event and every look of the worker. */
	look(): void {
		const state: SoundState = this.speaker.isRunning ? "armed" : this.wasArmed ? "blocked" : "off";
		if (state !== this.state) {
			this.state = state;
			this.change.bump();
		}
		this.forgetClosed();
		if (state !== "armed") return;
		const due = dueTone(this.alarms.open, this.playedAt, this.silenced, this.elapsed());
		if (due === null) return;
		const isFirst = !this.playedAt.has(soundKey(due.alarm));
		this.playedAt.set(soundKey(due.alarm), this.elapsed());
		this.speaker.play(due.tone);
		if (isFirst && due.alarm.seq !== null) this.sounding(due.alarm.seq);
	}

	private forgetClosed(): void {
		for (const key of this.playedAt.keys()) if (!this.isHeld(key)) this.playedAt.delete(key);
		for (const key of this.silenced) if (!this.isHeld(key)) this.silenced.delete(key);
	}

	/** By its key alone: at ten thousand open an event may not look at them all. */
	private isHeld(key: string): boolean {
		const alarm = this.alarms.find(key.slice(0, key.lastIndexOf("#")));
		return alarm !== undefined && soundKey(alarm) === key;
	}
}
