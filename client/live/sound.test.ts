import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { AlarmBook } from "./alarms.ts";
import { Sound, type Speaker } from "./sound.ts";
import type { Tone } from "./sound_plan.ts";
import { dueTone, isAudible, soundKey, TONES } from "./sound_plan.ts";

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

const NOBODY: ReadonlySet<string> = new Set();

class TestSpeaker implements Speaker {
	isRunning = false;
	mayRun = true;
	readonly played: Tone[] = [];

	async arm(): Promise<void> {
		this.isRunning = this.mayRun;
	}

	play(tone: Tone): void {
		this.played.push(tone);
	}
}

function desk(): { book: AlarmBook; speaker: TestSpeaker; sound: Sound; told: number[]; wait: (ms: number) => void } {
	const book = new AlarmBook();
	const speaker = new TestSpeaker();
	const told: number[] = [];
	let now = 0;
	const sound = new Sound(
		speaker,
		book,
		() => now,
		(seq) => told.push(seq),
	);
	const wait = (ms: number): void => {
		now += ms;
		sound.look();
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
	const played = new Map([[soundKey(alarmOf("a")), 0]]);
	expect(dueTone([alarmOf("a")], played, NOBODY, 4_000)).toBeNull();
	expect(dueTone([alarmOf("a")], played, NOBODY, 5_000)?.tone).toBe(TONES[4]);
	expect(dueTone([alarmOf("a", { occurrence: 2 })], played, NOBODY, 100)?.tone).toBe(TONES[4]);
});

test("a lesser alarm does not talk over a red that waits for its next turn", () => {
	const played = new Map([[soundKey(alarmOf("red")), 0]]);
	expect(dueTone([alarmOf("red"), alarmOf("yellow", { severity: 2 })], played, NOBODY, 1_000)).toBeNull();
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

test("silence stops what is open now; the next alarm sounds again", async () => {
	const { book, speaker, sound, wait } = desk();
	await sound.arm(blue);
	book.replace({ seq: 7, alarms: [alarmOf("a")] });
	sound.silence();
	const before = speaker.played.length;
	wait(60_000);
	expect(speaker.played).toHaveLength(before);
	expect(sound.isSounding).toBe(false);
	book.replace({ seq: 8, alarms: [alarmOf("a"), alarmOf("b")] });
	expect(speaker.played).toHaveLength(before + 1);
});
