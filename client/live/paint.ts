// The paint loop: one requestAnimationFrame at a time, asked for by whoever changed something. Each frame drains the touched
// rows, brings the status board up to date and lets the map's paintables repaint what changed. React hears of readings at
// most 5 times a second. Nothing that must happen (alarms, sound, `got`) hangs on this loop.
import type { Catalogue } from "./catalogue.ts";
import { Change } from "./change.ts";
import type { PageLatest } from "./latest.ts";
import { type RowStates, StatusBoard } from "./status.ts";

/** React's rows at most this often: a person cannot read faster, and the chrome must not cost a frame. */
const REACT_EVERY_MS = 200;

/** Something that draws. `changed` and `count`: asset indexes whose status changed; null: look at everything. */
export interface Paintable {
	paint(changed: Int32Array | null, count: number): void;
}

export interface FrameClock {
	request(frame: (at: number) => void): void;
	now(): number;
}

export const browserFrames: FrameClock = {
	request: (frame) => {
		requestAnimationFrame(frame);
	},
	now: () => performance.now(),
};

export class Painter {
	/** Bumped at most 5 times a second while rows change. */
	readonly readings = new Change();
	readonly board = new StatusBoard();
	/** Revision on the screen, and the longest frame since the last report, ms. */
	paintedRevision = 0;
	private longestMs = 0;
	private readonly paintables = new Set<Paintable>();
	private isAsked = false;
	private isAllDue = true;
	/** Instead of the table's, for a page that gets no rows. */
	private own: RowStates | null = null;
	private toldAt = Number.NEGATIVE_INFINITY;
	private toldRevision = -1;
	private readonly latest: PageLatest;
	private readonly catalogue: Catalogue;
	private readonly frames: FrameClock;

	constructor(latest: PageLatest, catalogue: Catalogue, frames: FrameClock = browserFrames) {
		this.latest = latest;
		this.catalogue = catalogue;
		this.frames = frames;
		catalogue.change.subscribe(() => this.repaintAll());
	}

	add(paintable: Paintable): () => void {
		this.paintables.add(paintable);
		this.repaintAll();
		return () => {
			this.paintables.delete(paintable);
		};
	}

	/** Something changed: a frame is due. */
	request(): void {
		if (this.isAsked) return;
		this.isAsked = true;
		this.frames.request(this.frame);
	}

	/** The catalogue, a filter or the alarm rings changed: every asset is looked at again in the next frame. */
	repaintAll(): void {
		this.isAllDue = true;
		this.request();
	}

	/** States of rows from elsewhere than the table; null: the table has them. */
	show(states: RowStates | null): void {
		if (this.own === null && states === null) return;
		this.own = states;
		// The table has not moved, what is counted from its rows has.
		this.toldRevision = -1;
		this.repaintAll();
	}

	/** Longest frame since the last call, ms. */
	takeLongest(): number {
		const longest = this.longestMs;
		this.longestMs = 0;
		return longest;
	}

	private readonly frame = (at: number): void => {
		this.isAsked = false;
		const startedAt = this.frames.now();
		this.paintChanges();
		this.paintedRevision = this.latest.table.revision;
		this.longestMs = Math.max(this.longestMs, this.frames.now() - startedAt);
		this.tellReact(at);
	};

	private paintChanges(): void {
		const { table } = this.latest;
		if (this.catalogue.epoch !== table.epoch) {
			// Rows of one server life under names of another would be a lie: what stands stays until both agree.
			this.isAllDue = true;
			return;
		}
		if (this.isAllDue) {
			this.isAllDue = false;
			this.latest.drain(ignoreRow);
			this.board.reset(this.own ?? table, this.catalogue.columns);
			for (const paintable of this.paintables) paintable.paint(null, 0);
			return;
		}
		const extent = this.board.update(this.own ?? table, this.drain);
		if (extent === "some" && this.board.changedCount === 0) return;
		for (const paintable of this.paintables) {
			if (extent === "all") paintable.paint(null, 0);
			else paintable.paint(this.board.changed, this.board.changedCount);
		}
	}

	private readonly drain = (visit: (row: number) => void): boolean => this.latest.drain(visit);

	/** The last change before a quiet spell must be told too: a frame too early asks for another one. */
	private tellReact(at: number): void {
		if (this.toldRevision === this.latest.table.revision) return;
		if (at - this.toldAt < REACT_EVERY_MS) {
			this.request();
			return;
		}
		this.toldAt = at;
		this.toldRevision = this.latest.table.revision;
		this.readings.bump();
	}
}

function ignoreRow(): void {
	// Everything is about to be painted: single rows are moot.
}
