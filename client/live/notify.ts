// What tells of alarms while the page is behind others: the tab's title, its icon with a count in the level's colour, and the
// desktop's own notification once a person has allowed it. Driven by the socket's events and the worker's seconds, never by a
// paint. The words are handed in by the page; it knows no language.
import type { Alarm } from "#model/alarm.ts";
import type { AlarmBook } from "./alarms.ts";
import { Change } from "./change.ts";
import { isAudible, soundKey } from "./sound_plan.ts";

/** `insecure`: plain http beyond this machine; browsers give notifications to https only. */
export type NotifyState = "insecure" | "off" | "on" | "denied";

export interface NotifyWords {
	title(alarm: Alarm): string;
	/** When several came at one moment. */
	more(count: number): string;
}

/** What a browser gives; tests hand in their own. */
export interface Desktop {
	readonly state: NotifyState;
	ask(): Promise<void>;
	show(title: string, body: string, tag: string, stays: boolean): void;
	setTitle(text: string): void;
	setIcon(level: number, count: number): void;
	/** Nobody looks at the page now. */
	readonly isAway: boolean;
}

/** Orange and red; what is less can wait until somebody looks. */
const NOTIFY_FROM = 3;
const TITLE_EVERY_MS = 200;

export class Notify {
	readonly change = new Change();
	private words: NotifyWords | null = null;
	private readonly alarms: AlarmBook;
	private readonly desktop: Desktop;
	private readonly elapsed: () => number;
	private titleAt = Number.NEGATIVE_INFINITY;
	/** What the page calls itself; empty until it said so. */
	private page = "";
	private isPrinting = false;
	private title = "";
	private icon = "";
	/** Came since the last second and were not notified. */
	private fresh: Alarm[] = [];
	private readonly known = new Set<string>();

	constructor(alarms: AlarmBook, desktop: Desktop, elapsed: () => number) {
		this.alarms = alarms;
		this.desktop = desktop;
		this.elapsed = elapsed;
		alarms.onNews(({ alarm }) => this.hear(alarm));
		alarms.heard.subscribe(() => {
			// Ten thousand events are not ten thousand titles; the second's tick writes the last one.
			if (this.elapsed() - this.titleAt >= TITLE_EVERY_MS) this.writeTitle();
		});
	}

	get state(): NotifyState {
		return this.desktop.state;
	}

	/** From a click. */
	async ask(): Promise<void> {
		await this.desktop.ask();
		this.change.bump();
	}

	/** The only owner of the tab's title: the page gives its name, the count comes before it. */
	entitle(page: string): void {
		this.page = page;
		this.writeTitle();
		this.writeIcon();
	}

	/** On paper, and as the name of its file, the page's name stands alone. */
	print(isPrinting: boolean): void {
		this.isPrinting = isPrinting;
		this.writeTitle();
	}

	/** In the language of the page; until then nothing is shown. */
	speak(words: NotifyWords): void {
		this.words = words;
		this.tick();
	}

	/** Once a second, in the worker's time. */
	tick(): void {
		this.writeTitle();
		this.writeIcon();
		this.show();
	}

	private hear(alarm: Alarm): void {
		if (!isAudible(alarm) || alarm.severity < NOTIFY_FROM || this.known.has(soundKey(alarm))) return;
		if (this.known.size > 20_000) this.known.clear();
		this.known.add(soundKey(alarm));
		this.fresh.push(alarm);
	}

	/** One notification a second at most: the worst that came, and how many with it. */
	private show(): void {
		const fresh = this.fresh;
		this.fresh = [];
		const worst = [...fresh].sort((a, b) => b.severity - a.severity)[0];
		if (worst === undefined || this.words === null || this.desktop.state !== "on" || !this.desktop.isAway) return;
		const more = fresh.length > 1 ? `\n${this.words.more(fresh.length - 1)}` : "";
		this.desktop.show(this.words.title(worst), `${worst.why}${more}`, soundKey(worst), worst.severity === 4);
	}

	private waiting(): { level: number; count: number } {
		const counts = this.alarms.counts;
		let level = 0;
		let count = 0;
		for (let severity = 1; severity < counts.length; severity++) {
			const open = counts[severity]?.unacknowledged ?? 0;
			count += open;
			if (open > 0) level = severity;
		}
		return { level, count };
	}

	private writeTitle(): void {
		if (this.page === "") return;
		const count = this.isPrinting ? 0 : this.waiting().count;
		const title = count === 0 ? this.page : `(${count}) ${this.page}`;
		this.titleAt = this.elapsed();
		if (title === this.title) return;
		this.title = title;
		this.desktop.setTitle(title);
	}

	private writeIcon(): void {
		if (this.page === "") return;
		const { level, count } = this.waiting();
		const icon = `${level} ${Math.min(count, 100)}`;
		if (icon === this.icon) return;
		this.icon = icon;
		this.desktop.setIcon(level, count);
	}
}
