// The page's own list of open alarms, kept in order and counted event by event: a storm of ten thousand costs each event a few
// comparisons. Driven by the socket handler, never by a paint, because sound and the list must live in a hidden tab. A2: an
// event whose `prev` is beyond what is held is a gap, and wire.ts asks again.
import type { Alarm, Transition } from "#model/alarm.ts";
import { isOpen } from "#model/alarm.ts";
import type { AlarmList, AlarmNews } from "#model/protocol.ts";
import { type AlarmOrder, ORDERS, OrderedAlarms } from "./alarm_order.ts";
import { Change } from "./change.ts";
import { type Pace, Paced } from "./paced.ts";

/** Rows are drawn at most this often: a person cannot read faster. */
export const LIST_EVERY_MS = 200;

export type Heard = "applied" | "duplicate" | "gap";
export type NewsListener = (news: AlarmNews) => void;

export interface LevelCount {
	readonly all: number;
	readonly unacknowledged: number;
}

export class AlarmBook {
	/** For those who draw: at most five times a second (LIST_EVERY_MS); a new list is told at once. */
	readonly change: Change;
	/** For those who must act at once (sound, title): every event, before any paint. */
	readonly heard = new Change();
	/** Another list stands here than before: a first one, a new one, none. */
	readonly replaced = new Change();
	/** False until the first list came: an empty book is not good news yet. */
	isLoaded = false;
	private levels: MutableCount[] = noCounts();
	/** seq of the newest event applied. */
	private lastSeq = 0;
	/** Everything of the scope up to here was sent (beats). */
	private heldTo = 0;
	private readonly byId = new Map<string, Alarm>();
	/** Seqs that were heard ahead of their place. */
	private readonly ahead = new Set<number>();
	private readonly orders = new Map<AlarmOrder, OrderedAlarms>();
	/** Copies for readers, made when asked for and thrown away by the next event. */
	private readonly copies = new Map<AlarmOrder, readonly Alarm[]>();
	private readonly listeners = new Set<NewsListener>();
	private readonly paced: Paced;

	constructor(pace: Pace | null = null) {
		this.paced = new Paced(pace);
		this.change = this.paced.change;
	}

	/** Open alarms, worst first, then newest. The same array until the next event. */
	get open(): readonly Alarm[] {
		return this.ordered("level");
	}

	/** Open alarms by severity, index 0 unused. */
	get counts(): readonly LevelCount[] {
		return this.levels;
	}

	/** The open alarms in another order, kept from the first time that somebody asks. */
	ordered(order: AlarmOrder): readonly Alarm[] {
		const made = this.copies.get(order);
		if (made !== undefined) return made;
		let kept = this.orders.get(order);
		if (kept === undefined) {
			kept = new OrderedAlarms(ORDERS[order], this.byId.values());
			this.orders.set(order, kept);
		}
		const copy = [...kept.list];
		this.copies.set(order, copy);
		return copy;
	}

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
		this.empty();
		for (const alarm of list.alarms) if (isOpen(alarm)) this.byId.set(alarm.id, alarm);
		for (const alarm of this.byId.values()) this.count(alarm, 1);
		this.lastSeq = list.seq;
		this.heldTo = list.seq;
		this.isLoaded = true;
		this.tellAll();
	}

	/** One numbered change, or an unrecorded one (seq null: shown at once, A6). */
	hear(news: AlarmNews): Heard {
		if (news.seq !== null) {
			if (news.seq <= this.lastSeq) return "duplicate";
			if (news.prev > Math.max(this.lastSeq, this.heldTo)) return "gap";
			this.lastSeq = news.seq;
			// What went ahead already stands here, perhaps newer than this step of the same alarm.
			const held = this.byId.get(news.alarm.id)?.seq ?? null;
			if (this.ahead.delete(news.seq) || (held !== null && held > news.seq)) return "applied";
		}
		this.take(news);
		return "applied";
	}

	/**
	 * A red that rose while this page is being caught up. It stands at once; its own place in the chain is told later, and silently.
	 * @returns false: it is known already, or no list stands here yet.
	 */
	hearAhead(news: Transition): boolean {
		const { seq } = news;
		if (!this.isLoaded || (seq !== null && (seq <= this.lastSeq || this.ahead.has(seq)))) return false;
		if (seq !== null) this.ahead.add(seq);
		this.take({ ...news, prev: this.lastSeq });
		return true;
	}

	/** A beat: everything of this scope up to `seq` was sent. */
	sentUpTo(seq: number): void {
		if (seq > this.heldTo) this.heldTo = seq;
	}

	/** Another scope or another server life: the next list is waited for. */
	forget(): void {
		this.empty();
		this.lastSeq = 0;
		this.heldTo = 0;
		this.isLoaded = false;
		this.tellAll();
	}

	private take(news: AlarmNews): void {
		this.put(news.alarm);
		this.copies.clear();
		for (const listener of this.listeners) listener(news);
		this.heard.bump();
		this.paced.ask();
	}

	private put(alarm: Alarm): void {
		const before = this.byId.get(alarm.id);
		const isHeld = isOpen(alarm);
		for (const order of this.orders.values()) {
			if (before !== undefined) order.remove(before);
			if (isHeld) order.add(alarm);
		}
		if (before !== undefined) this.count(before, -1);
		if (isHeld) {
			this.byId.set(alarm.id, alarm);
			this.count(alarm, 1);
		} else this.byId.delete(alarm.id);
	}

	private count(alarm: Alarm, step: 1 | -1): void {
		const level = this.levels[alarm.severity];
		if (level === undefined) return;
		level.all += step;
		if (!alarm.acknowledged) level.unacknowledged += step;
	}

	private empty(): void {
		this.ahead.clear();
		this.byId.clear();
		this.orders.clear();
		this.copies.clear();
		this.levels = noCounts();
	}

	private tellAll(): void {
		this.replaced.bump();
		this.heard.bump();
		this.paced.tell();
	}
}

interface MutableCount {
	all: number;
	unacknowledged: number;
}

function noCounts(): MutableCount[] {
	return Array.from({ length: 5 }, () => ({ all: 0, unacknowledged: 0 }));
}
