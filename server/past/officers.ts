// The invented officers of the demo: who is on duty when, how long it takes until somebody acknowledges, and what they write. Every
// throw of chance depends on the alarm and its occurrence alone, so that the same past comes out of the same seed.
import { Chance, hashText } from "#geodata/liaoning/demo/chance.ts";
import type { Alarm } from "#model/alarm.ts";
import { type Rota, shiftAt } from "#model/duty.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Usual time until an acknowledgement, shortest and longest, by severity 1..4. */
const DELAYS: readonly (readonly [number, number])[] = [
	[4 * MINUTE_MS, 45 * MINUTE_MS],
	[2 * MINUTE_MS, 16 * MINUTE_MS],
	[35 * SECOND_MS, 5 * MINUTE_MS],
	[18 * SECOND_MS, 95 * SECOND_MS],
];
/** One in so many is overlooked for a while. */
const OVERLOOKED = 24;
/** By night it takes longer. */
const NIGHT = 1.6;
/** One comment for so many acknowledgements of yellow and worse. */
const COMMENTED = 5;

const SEEN_NOTES = ["已电话核实", "已通知现场值班人员", "已派人到场查看", "持续关注", "已通报区县值班室"];
const LATER_NOTES = [
	"现场反馈：正在处置",
	"现场反馈：设备检修，已登记",
	"复核视频画面，无人员聚集",
	"责任单位已到场",
	"数值回落，继续观察",
];

export interface Act {
	readonly type: "acknowledge" | "comment";
	readonly at: number;
	readonly alarm: string;
	readonly occurrence: number;
	readonly by: string;
	readonly note: string | null;
}

/** What officers will do about a raise: acknowledge it and perhaps say something later. */
export function actsFor(rota: Rota, alarm: Alarm, seed: number): Act[] {
	const chance = new Chance(hashText(`${alarm.subject} ${alarm.rule} ${alarm.raisedAt} ${alarm.occurrence}`, seed));
	const [least, most] = DELAYS[Math.max(1, alarm.severity) - 1] ?? [MINUTE_MS, 10 * MINUTE_MS];
	const hour = ((alarm.raisedAt + 8 * 3_600_000) % 86_400_000) / 3_600_000;
	const slow = hour < 5.5 ? NIGHT : 1;
	const overlooked = chance.int(1, OVERLOOKED) === 1 ? 4 : 1;
	// Most are quick: the square leans to the short side.
	const delay = (least + (most - least) * chance.next() ** 2) * slow * overlooked;
	const seenAt = alarm.raisedAt + Math.round(delay / SECOND_MS) * SECOND_MS;
	const base = { alarm: alarm.id, occurrence: alarm.occurrence };
	const note = alarm.severity >= 2 && chance.next() < 0.6 ? chance.pick(SEEN_NOTES) : null;
	const acts: Act[] = [{ ...base, type: "acknowledge", at: seenAt, by: someoneOn(rota, seenAt, chance), note }];
	if (alarm.severity >= 2 && chance.int(1, COMMENTED) === 1) {
		const at = seenAt + chance.int(6, 40) * MINUTE_MS;
		acts.push({ ...base, type: "comment", at, by: someoneOn(rota, at, chance), note: chance.pick(LATER_NOTES) });
	}
	return acts;
}

function someoneOn(rota: Rota, at: number, chance: Chance): string {
	return chance.pick(shiftAt(rota, at).people);
}

/** What is still to be done, earliest first. */
export class Agenda {
	private readonly acts: Act[] = [];

	add(act: Act): void {
		// The last of those that are not later; few wait at a time.
		let index = this.acts.length;
		while (index > 0 && (this.acts[index - 1]?.at ?? 0) > act.at) index -= 1;
		this.acts.splice(index, 0, act);
	}

	/** Takes the first that is due by `at`. */
	due(at: number): Act | undefined {
		const first = this.acts[0];
		return first === undefined || first.at > at ? undefined : this.acts.shift();
	}
}
