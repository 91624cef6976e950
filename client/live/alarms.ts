// The page's own list of open alarms: replaced per event, sorted worst first, then newest. Driven by the socket handler,
// never by a paint, because sound and the list must live in a hidden tab. A2: an event whose `prev` is beyond what is held
// is a gap, and wire.ts asks again.
import type { Alarm } from "#model/alarm.ts";
import { isOpen } from "#model/alarm.ts";
import type { AlarmList, AlarmNews } from "#model/protocol.ts";
import { Change } from "./change.ts";

export type Heard = "applied" | "duplicate" | "gap";
export type NewsListener = (news: AlarmNews) => void;

export interface LevelCount {
	readonly all: number;
	readonly unacknowledged: number;
}

export class AlarmBook {
	readonly change = new Change();
	/** Open alarms, worst first, then newest. A new array per change. */
	open: readonly Alarm[] = [];
	/** False until the first list came: an empty book is not good news yet. */
	isLoaded = false;
	/** Open alarms by severity, index 0 unused. */
	counts: readonly LevelCount[] = noCounts();
	/** seq of the newest event applied. */
	private lastSeq = 0;
	/** Everything of the scope up to here was sent (beats). */
	private heldTo = 0;
	private readonly byId = new Map<string, Alarm>();
	private readonly listeners = new Set<NewsListener>();

	/** What a reconnect asks from; null: the whole list. */
	get seq(): number | null {
		return this.isLoaded ? Math.max(this.lastSeq, this.heldTo) : null;
	}

	/** Called for each event as it is heard, before any paint. */
	onNews(listener: NewsListener): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	find(id: string): Alarm | undefined {
		return this.byId.get(id);
	}

	/** The open list as of a seq replaces everything. */
	replace(list: AlarmList): void {
		this.byId.clear();
		for (const alarm of list.alarms) if (isOpen(alarm)) this.byId.set(alarm.id, alarm);
		this.lastSeq = list.seq;
		this.heldTo = list.seq;
		this.isLoaded = true;
		this.settle();
	}

	/** One numbered change, or an unrecorded one (seq null: shown at once, A6). */
	hear(news: AlarmNews): Heard {
		if (news.seq !== null) {
			if (news.seq <= this.lastSeq) return "duplicate";
			if (news.prev > Math.max(this.lastSeq, this.heldTo)) return "gap";
			this.lastSeq = news.seq;
		}
		if (isOpen(news.alarm)) this.byId.set(news.alarm.id, news.alarm);
		else this.byId.delete(news.alarm.id);
		this.settle();
		for (const listener of this.listeners) listener(news);
		return "applied";
	}

	/** A beat: everything of this scope up to `seq` was sent. */
	sentUpTo(seq: number): void {
		if (seq > this.heldTo) this.heldTo = seq;
	}

	/** Another scope or another server life: the next list is waited for. */
	forget(): void {
		this.byId.clear();
		this.lastSeq = 0;
		this.heldTo = 0;
		this.isLoaded = false;
		this.settle();
	}

	private settle(): void {
		this.open = [...this.byId.values()].sort(worstThenNewest);
		this.counts = countLevels(this.open);
		this.change.bump();
	}
}

export function worstThenNewest(a: Alarm, b: Alarm): number {
	return b.severity - a.severity || b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1);
}

export function countLevels(alarms: readonly Alarm[]): readonly LevelCount[] {
	const counts = noCounts();
	for (const alarm of alarms) {
		const level = counts[alarm.severity];
		if (level === undefined) continue;
		level.all += 1;
		if (!alarm.acknowledged) level.unacknowledged += 1;
	}
	return counts;
}

function noCounts(): { all: number; unacknowledged: number }[] {
	return Array.from({ length: 5 }, () => ({ all: 0, unacknowledged: 0 }));
}
