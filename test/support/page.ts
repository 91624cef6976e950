// What every page must do with what comes down, without a browser: apply deltas to a table of its own, keep the alarm list, know
// where it stands. Used behind a real socket (screen.ts) and behind two queues (socket_pair.ts).
import type { Alarm, Transition } from "../../geodata/model/alarm.ts";
import { isOpen } from "../../geodata/model/alarm.ts";
import type { DeltaJson } from "../../geodata/model/delta_json.ts";
import { applyDelta, readHeader } from "../../geodata/model/delta_read.ts";
import { Latest } from "../../geodata/model/latest.ts";
import type { Problem } from "../../geodata/model/problem.ts";
import type { AlarmList, AlarmNews, Beat, Cursor, Follow, Hello, Notice } from "../../geodata/model/protocol.ts";
import { ByteReader } from "../../geodata/model/varint.ts";

export type Down =
	| ["hello", Hello]
	| ["delta", Uint8Array | DeltaJson]
	| ["alarms", AlarmList]
	| ["alarm", AlarmNews]
	| ["urgent", Transition]
	| ["beat", Beat]
	| ["notice", Notice]
	| ["problem", Problem];

export type Up = ["follow", Partial<Follow>] | ["got", { revision: number }] | [string, unknown];

export class Page {
	readonly latest = new Latest(0);
	readonly alarms = new Map<string, Alarm>();
	readonly hellos: Hello[] = [];
	/** Reds that came ahead of their place. */
	readonly urgents: Transition[] = [];
	readonly beats: Beat[] = [];
	readonly notices: Notice[] = [];
	readonly problems: Problem[] = [];
	readonly news: AlarmNews[] = [];
	/** Deltas as received, headers only. */
	readonly deltas: { from: number; to: number; bytes: number }[] = [];
	readonly jsons: DeltaJson[] = [];
	/** Times that `prev` was not what we stand at. */
	gaps = 0;
	lists = 0;
	lastSeq: number | null = null;
	wish: Partial<Follow> = {};
	private cursorOf: Cursor | null = null;
	private scopeMoved = false;

	/** The cursor moves only when a delta is applied (L4). */
	get cursor(): Cursor | null {
		return this.cursorOf;
	}

	/** A new connection. A cursor belongs to one scope: if that moved on the last one, nobody knows which deltas still came. */
	reconnect(): void {
		if (this.scopeMoved) {
			this.cursorOf = null;
			this.lastSeq = null;
		}
		this.scopeMoved = false;
		// What core could not record dies with it: only the list tells whether it still stands.
		if ([...this.alarms.values()].some(({ seq }) => seq === null)) this.lastSeq = null;
	}

	/** What to send when the screen (re)connects or its view moved. */
	follow(change: Partial<Follow> = {}): Up {
		const { cursor = this.cursorOf, alarmSeq = this.lastSeq, ...wish } = change;
		if ("scope" in change && JSON.stringify(change.scope) !== JSON.stringify(this.wish.scope)) this.scopeMoved = true;
		this.wish = { ...this.wish, ...wish };
		return ["follow", { ...this.wish, cursor, alarmSeq }];
	}

	/** @returns what the page answers at once. */
	take([event, payload]: Down): Up[] {
		switch (event) {
			case "hello":
				this.hellos.push(payload);
				// Another life of core: until its list has come, the alarms held are nobody's word.
				if (payload.epoch !== this.cursorOf?.epoch) this.lastSeq = null;
				return [];
			case "delta":
				return [["got", { revision: payload instanceof Uint8Array ? this.apply(payload) : this.applyJson(payload) }]];
			case "alarms":
				this.lists += 1;
				this.alarms.clear();
				for (const alarm of payload.alarms) this.alarms.set(alarm.id, alarm);
				this.lastSeq = payload.seq;
				return [];
			case "alarm":
				return this.applyNews(payload);
			case "urgent":
				this.urgents.push(payload);
				return [];
			case "beat":
				this.beats.push(payload);
				return [];
			case "notice":
				this.notices.push(payload);
				return [];
			case "problem":
				this.problems.push(payload);
				return [];
		}
	}

	private apply(bytes: Uint8Array): number {
		const header = readHeader(new ByteReader(bytes));
		this.deltas.push({ from: header.from, to: header.to, bytes: bytes.length });
		applyDelta(this.latest, bytes);
		this.cursorOf = { epoch: header.epoch, revision: header.to };
		return header.to;
	}

	private applyJson(delta: DeltaJson): number {
		this.jsons.push(delta);
		this.cursorOf = { epoch: delta.epoch, revision: delta.to };
		return delta.to;
	}

	private applyNews(news: AlarmNews): Up[] {
		// A follow that crossed it on its way has it sent once more.
		if (news.seq !== null && this.lastSeq !== null && news.seq <= this.lastSeq) return [];
		this.news.push(news);
		if (news.seq !== null && news.prev !== this.lastSeq) {
			this.gaps += 1;
			return [["follow", { ...this.wish, cursor: this.cursorOf, alarmSeq: null }]];
		}
		if (news.seq !== null) this.lastSeq = news.seq;
		if (isOpen(news.alarm)) this.alarms.set(news.alarm.id, news.alarm);
		else this.alarms.delete(news.alarm.id);
		return [];
	}
}
