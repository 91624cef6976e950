// What the operator sees of a run: one line every ten seconds, and each trouble of a device at most once a minute.
import { type Crew, DOORS } from "./crew.ts";

/** "17:40:10 http 1200 sent 1180 acknowledged 0 refused 20 waiting | mqtt ..." in readings. */
export function statusLine(crew: Crew, now: number): string {
	const time = new Date(now + 8 * 3_600_000).toISOString().slice(11, 19);
	const parts = DOORS.map((door) => {
		const { sent, acknowledged, refused, resent, dropped } = crew.tallies[door];
		const waiting = crew.senders.reduce((sum, sender) => sum + (sender.door === door ? sender.waiting : 0), 0);
		const rare = [resent > 0 ? ` ${resent} resent` : "", dropped > 0 ? ` ${dropped} dropped (box full)` : ""].join("");
		return `${door} ${sent} sent ${acknowledged} acknowledged ${refused} refused ${waiting} waiting${rare}`;
	});
	return `simulate ${time} ${parts.join(" | ")}`;
}

const MINUTE_MS = 60_000;
/** A dead server is one trouble, not two hundred. */
const MOST_A_MINUTE = 8;

export class Complaints {
	readonly #write: (line: string) => void;
	readonly #saidAt = new Map<string, number>();
	#minute = 0;
	#said = 0;
	#untold = 0;

	constructor(write: (line: string) => void) {
		this.#write = write;
	}

	say(source: string, what: string, now: number): void {
		const key = `${source} ${what}`;
		if (now - (this.#saidAt.get(key) ?? Number.NEGATIVE_INFINITY) < MINUTE_MS) return;
		if (this.#saidAt.size > 5_000) this.#saidAt.clear();
		this.#saidAt.set(key, now);
		const minute = Math.floor(now / MINUTE_MS);
		if (minute !== this.#minute) {
			if (this.#untold > 0) this.#write(`simulate: ${this.#untold} more troubles of that minute are not listed`);
			this.#minute = minute;
			this.#said = 0;
			this.#untold = 0;
		}
		if (this.#said >= MOST_A_MINUTE) {
			this.#untold += 1;
			return;
		}
		this.#said += 1;
		this.#write(`simulate: ${source}: ${what}`);
	}
}
