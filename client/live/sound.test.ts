import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { AlarmBook } from "./alarms.ts";
import { Sound, type Speaker } from "./sound.ts";
import type { Tone } from "./sound_plan.ts";
import { dueTone, isAudible, type Manner, soundKey, TONES } from "./sound_plan.ts";
import { tabMemory } from "./tab_memory.ts";

function alarmOf(id: string, more: Partial<Alarm> = {}): Alarm {
	const quiet = { shelvedUntil: null, suppressedBy: null, outOfService: false };
	return {
		id,
		severity: 4,
		occurrence: 1,
		acknowledged: false,
		active: true,
		raisedAt: 0,
		seq: 7,
		...quiet,
		...more,
	} as Alarm;
}

function mannerOf(played: readonly [string, number][] = [], more: Partial<Manner> = {}): Manner {
	return {
		played: new Map(played.map(([key, at]) => [key, { at, times: 1 }])),
		silenced: new Map(),
		isTalking: false,
		...more,
	};
}

class TestSpeaker implements Speaker {
	isRunning = false;
	mayRun = true;
	readonly played: Tone[] = [];

	async arm(): Promise<void> {
		this.isRunning = this.mayRun;
	}

	readonly quiet: Tone[] = [];
	readonly said: string[] = [];

	play(tone: Tone, loudness: number): void {
		(loudness > 0.1 ? this.played : this.quiet).push(tone);
	}

	say(names: readonly string[]): void {
		this.said.push(names.join(" "));
	}
}

function desk(): { book: AlarmBook; speaker: TestSpeaker; sound: Sound; told: number[]; wait: (ms: number) => void } {
	const book = new AlarmBook();
	const speaker = new TestSpeaker();
	const told: number[] = [];
	let now = 0;
	const sound = new Sound({ speaker, alarms: book, elapsed: () => now, sounding: (seq) => told.push(seq) });
	/** The worker's ticks, one a second. */
	const wait = (ms: number): void => {
		for (const end = now + ms; now < end; ) {
			now += Math.min(1_000, end - now);
			sound.tick();
		}
	};
	return { book, speaker, sound, told, wait };
}

const blue = TONES[1] as Tone;

test("every level has its own tone, and red comes round soonest", () => {
	const every = [4, 3, 2].map((level) => TONES[level]?.everyMs ?? 0);
	expect(every).toEqual([...every].sort((a, b) => a - b));
	expect(TONES[1]?.everyMs).toBeNull();
	expect(new Set(TONES.map((tone) => JSON.stringify(tone?.beeps))).size).toBe(5);
});

test("an acknowledged, shelved, suppressed or out-of-service alarm is silent", () => {
	expect(isAudible(alarmOf("a"))).toBe(true);
	for (const more of [{ acknowledged: true }, { shelvedUntil: 5 }, { suppressedBy: "x" }, { outOfService: true }]) {
		expect(isAudible(alarmOf("a", more))).toBe(false);
	}
});

test("a red repeats until acknowledged; a rise of level sounds at once though its time has not come", () => {
	const manner = mannerOf([[soundKey(alarmOf("a")), 0]]);
	expect(dueTone([alarmOf("a")], manner, 4_000)).toBeNull();
	expect(dueTone([alarmOf("a")], manner, 5_000)?.tone).toBe(TONES[4]);
	expect(dueTone([alarmOf("a", { occurrence: 2 })], manner, 100)?.tone).toBe(TONES[4]);
});

test("a lesser alarm does not talk over a red that waits for its next turn", () => {
	const manner = mannerOf([[soundKey(alarmOf("red")), 0]]);
	expect(dueTone([alarmOf("red"), alarmOf("yellow", { severity: 2 })], manner, 1_000)).toBeNull();
});

test("on the phone a red sounds once, quietly; what is less waits", () => {
	const orange = alarmOf("orange", { severity: 3 });
	expect(dueTone([orange], mannerOf([], { isTalking: true }), 0)).toBeNull();
	expect(dueTone([alarmOf("a"), orange], mannerOf([], { isTalking: true }), 0)).toMatchObject({
		isQuiet: true,
		isSaid: false,
	});
	const played = mannerOf([[soundKey(alarmOf("a")), 0]], { isTalking: true });
	expect(dueTone([alarmOf("a"), orange], played, 60_000)).toBeNull();
	expect(dueTone([alarmOf("a"), alarmOf("b")], played, 60_000)).toMatchObject({ alarm: { id: "b" }, isQuiet: true });
});

test("nothing sounds before the click, and then what is open sounds and is told once as sounding", async () => {
	const { book, speaker, sound, told, wait } = desk();
	book.replace({ seq: 7, alarms: [alarmOf("leak")] });
	wait(10_000);
	expect(speaker.played).toHaveLength(0);
	expect(sound.state).toBe("off");
	await sound.arm(blue);
	expect(sound.state).toBe("armed");
	wait(5_000);
	expect(told).toEqual([7]);
	expect(speaker.played.filter((tone) => tone === TONES[4])).toHaveLength(2);
});

test("a browser that refuses is shown as blocked, never as armed", async () => {
	const { speaker, sound } = desk();
	speaker.mayRun = false;
	await sound.arm(blue);
	expect(sound.state).toBe("blocked");
});

test("T-42 silence lasts half a minute, then what nobody acknowledged sounds again; the next alarm sounds at once", async () => {
	const { book, speaker, sound, wait } = desk();
	await sound.arm(blue);
	book.replace({ seq: 7, alarms: [alarmOf("a")] });
	sound.silence();
	const before = speaker.played.length;
	wait(29_000);
	expect(speaker.played).toHaveLength(before);
	expect(sound.isSounding).toBe(false);
	book.replace({ seq: 8, alarms: [alarmOf("a"), alarmOf("b")] });
	expect(speaker.played).toHaveLength(before + 1);
	book.replace({ seq: 9, alarms: [alarmOf("a")] });
	wait(2_000);
	expect(speaker.played).toHaveLength(before + 2);
	expect(sound.isSounding).toBe(true);
});

test("T-42 on the phone the desk is quiet for ten minutes and then sounds again by itself", async () => {
	const { book, speaker, sound, wait } = desk();
	await sound.arm(blue);
	sound.talk(true);
	book.replace({ seq: 7, alarms: [alarmOf("a")] });
	wait(599_000);
	expect(speaker.quiet).toHaveLength(1);
	expect(speaker.played).toEqual([blue]);
	expect(sound.isSounding).toBe(false);
	wait(6_000);
	expect(sound.talkingMs).toBe(0);
	expect(speaker.played.length).toBeGreaterThan(1);
});

test("T-42 the words are said with the first tone and again now and then, with the level first", async () => {
	const { book, speaker, sound, wait } = desk();
	await sound.arm(blue);
	book.replace({ seq: 7, alarms: [alarmOf("a", { system: "gas" })] });
	wait(20_000);
	expect(speaker.said).toEqual(["ready", "level-4 system-gas", "level-4 system-gas repeat"]);
	book.replace({ seq: 8, alarms: [alarmOf("b", { system: "unheard-of", severity: 3 })] });
	expect(speaker.said.at(-1)).toBe("level-3");
});

test("T-42 a context that the browser suspends is noticed within two seconds", async () => {
	const { speaker, sound, wait } = desk();
	await sound.arm(blue);
	speaker.isRunning = false;
	wait(2_000);
	expect(sound.state).toBe("blocked");
});

test("T-42 from room to room the desk stays armed and the officer on the phone; a browser that refuses is blocked, not off", async () => {
	const cells = new Map<string, string>();
	let now = 1_700_000_000_000;
	const store = {
		getItem: (key: string) => cells.get(key) ?? null,
		setItem: (key: string, text: string) => cells.set(key, text),
	};
	const room = (mayRun: boolean) => {
		const speaker = new TestSpeaker();
		speaker.mayRun = mayRun;
		const memory = tabMemory(store as unknown as Storage, () => now);
		const sound = new Sound({ speaker, alarms: new AlarmBook(), elapsed: () => 5, sounding: () => undefined, memory });
		return { speaker, sound };
	};
	const first = room(true);
	await first.sound.goOn();
	expect(first.sound.state).toBe("off");
	await first.sound.arm(blue);
	first.sound.talk(true);
	now += 60_000;
	const second = room(true);
	await second.sound.goOn();
	expect([second.sound.state, second.sound.talkingMs, second.speaker.played]).toEqual(["armed", 540_000, []]);
	now += 600_000;
	const third = room(false);
	await third.sound.goOn();
	expect([third.sound.state, third.sound.talkingMs]).toEqual(["blocked", 0]);
});
