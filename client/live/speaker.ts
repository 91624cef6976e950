// The page's loudspeaker: WebAudio for tones and recorded words, and, as an extra that a person switches on, the machine's own
// Chinese voice for the name of the place. Knows nothing of alarms but their names.
import type { Alarm } from "#model/alarm.ts";
import { isPhrase, type PhraseName } from "#model/phrases.ts";
import { ask } from "./ask.ts";
import { Change } from "./change.ts";
import type { Speaker } from "./sound.ts";
import type { Tone } from "./sound_plan.ts";

/** A pulse's edges: without them every beep begins and ends with a click. */
const EDGE_S = 0.012;
const PAUSE_S = 0.08;
const WORDS_LOUDNESS = 0.9;

const RECORDED = import.meta.glob<string>("../sound/*.ogg", { query: "?url", import: "default", eager: true });

export class WebSpeaker implements Speaker {
	/** Ran, stands, was closed: told when the browser changes it by itself. */
	readonly change = new Change();
	private context: AudioContext | null = null;
	private readonly words = new Map<PhraseName, AudioBuffer>();
	private isLoading = false;
	/** When the words under way end, in the context's time. */
	private saidUntil = 0;

	get isRunning(): boolean {
		return this.context?.state === "running";
	}

	async arm(): Promise<void> {
		if (this.context === null || this.context.state === "closed") {
			this.context = new AudioContext();
			this.context.onstatechange = () => this.change.bump();
		}
		await this.context.resume();
		if (!this.isLoading) {
			this.isLoading = true;
			await this.load(this.context);
		}
	}

	play(tone: Tone, loudness: number): void {
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
			gain.gain.linearRampToValueAtTime(loudness, start + EDGE_S);
			gain.gain.setValueAtTime(loudness, end - EDGE_S);
			gain.gain.linearRampToValueAtTime(0, end);
			voice.connect(gain).connect(context.destination);
			voice.start(start);
			voice.stop(end);
		}
	}

	say(names: readonly PhraseName[], afterMs: number): void {
		const context = this.context;
		if (context === null) return;
		let at = context.currentTime + 0.02 + afterMs / 1000 + PAUSE_S;
		// Words under way are not talked over: these are said another time, the tone was heard.
		if (this.saidUntil > at) return;
		for (const name of names) {
			const buffer = this.words.get(name);
			if (buffer === undefined) continue;
			const voice = context.createBufferSource();
			const gain = context.createGain();
			voice.buffer = buffer;
			gain.gain.value = WORDS_LOUDNESS;
			voice.connect(gain).connect(context.destination);
			voice.start(at);
			at += buffer.duration + PAUSE_S;
		}
		this.saidUntil = at;
	}

	/** Built-in recordings, and the operator's own in their place. One that does not play is left out: the tone remains. */
	private async load(context: AudioContext): Promise<void> {
		const answer = await ask("/api/reach/phrases");
		const given = (answer as { phrases?: unknown }).phrases;
		const replaced = new Set(Array.isArray(given) ? given.map(String) : []);
		const loads = Object.entries(RECORDED).map(async ([path, url]) => {
			const name = path.slice(path.lastIndexOf("/") + 1, -".ogg".length);
			if (!isPhrase(name)) return;
			const own = replaced.has(name) ? await decoded(context, `/api/reach/phrases/${name}`) : null;
			const buffer = own ?? (await decoded(context, url));
			if (buffer !== null) this.words.set(name, buffer);
		});
		await Promise.all(loads);
	}
}

async function decoded(context: AudioContext, url: string): Promise<AudioBuffer | null> {
	try {
		const response = await fetch(url);
		return response.ok ? await context.decodeAudioData(await response.arrayBuffer()) : null;
	} catch {
		return null;
	}
}

const SWITCH_KEY = "liaowang.sound.speech";

/** The machine's own voice (Web Speech): only one that lives on this machine; nothing is sent away to be spoken. */
export class MachineVoice {
	readonly change = new Change();

	constructor() {
		if ("speechSynthesis" in globalThis) speechSynthesis.onvoiceschanged = () => this.change.bump();
	}

	get isThere(): boolean {
		return this.voice() !== null;
	}

	get isOn(): boolean {
		return localStorage.getItem(SWITCH_KEY) === "on" && this.isThere;
	}

	turn(isOn: boolean): void {
		localStorage.setItem(SWITCH_KEY, isOn ? "on" : "off");
		this.change.bump();
	}

	speak(alarm: Alarm): void {
		const voice = this.isOn ? this.voice() : null;
		if (voice === null || speechSynthesis.speaking) return;
		const words = new SpeechSynthesisUtterance(`${alarm.name}，${alarm.why}`);
		words.voice = voice;
		words.lang = voice.lang;
		speechSynthesis.speak(words);
	}

	private voice(): SpeechSynthesisVoice | null {
		if (!("speechSynthesis" in globalThis)) return null;
		const voices = speechSynthesis.getVoices();
		return voices.find(({ localService, lang }) => localService && /^(zh|cmn)/i.test(lang)) ?? null;
	}
}
