// Where a screen stands in the table: what it follows, what it holds, and whether a delta is under way. No I/O.
// Written by session.ts (follow, got) and pace.ts (sent).
import type { Cursor, Follow } from "#model/protocol.ts";
import type { Scope } from "#model/rights.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { View, Views } from "./view.ts";
import { atStatus } from "./view.ts";

export class Position {
	/** null: it has not followed yet. */
	view: View | null = null;
	/** What the screen holds after everything sent so far; null: nothing. */
	held: View | null = null;
	form: Follow["form"] = "binary";
	/** Revision of the last delta sent: the screen stands there once it has applied it (L4). */
	sent = 0;
	/** Revision of the last delta that it says it has applied. */
	private applied = 0;
	/** Its cells are told up to here; at least `sent`, because a tick without news for it sends nothing. */
	seen = 0;
	/** The next delta replaces everything (L3). */
	reset = true;
	/** A follow is answered by one delta, even an empty one (L5). */
	owed = false;
	/** W1: revision of the delta under way, or null. */
	inFlight: number | null = null;
	inFlightSince = 0;
	/** The mirror's `shapes` when last sent to; null: only the cursor tells. */
	shapes: number | null = null;
	private epoch = 0;

	/** A new wish. The screen is at `cursor`, or wants everything (null). */
	follow(mirror: Mirror, views: Views, scope: Scope, wish: Follow): View {
		const before = this.view;
		this.view = views.of({ scope, cells: wish.cells, ...(wish.rows === undefined ? {} : { rows: wish.rows }) });
		this.form = wish.form;
		this.owed = true;
		if (before === null) this.begin(mirror, this.view, wish.cursor);
		else if (!this.continues(before, this.view, wish.cursor)) this.reset = true;
		return this.view;
	}

	/** The table is another one: whatever the screen holds is void (L6). */
	newEpoch(): void {
		this.reset = true;
		this.owed = this.view !== null;
	}

	/** Cells came: the same wish may hold more of them. */
	renew(views: Views): void {
		if (this.view !== null) this.view = views.of(this.view.wish);
	}

	/**
	 * A first follow: a cursor of this table goes on from there. What a screen followed before is not known here: its states are
	 * current as of its cursor, its values may be of any age, so cells at values are sent whole.
	 */
	private begin(mirror: Mirror, view: View, cursor: Cursor | null): void {
		const { latest } = mirror;
		this.reset = cursor === null || cursor.epoch !== latest.epoch || cursor.revision > latest.revision;
		if (cursor === null || this.reset) return;
		this.epoch = latest.epoch;
		this.sent = cursor.revision;
		this.applied = cursor.revision;
		this.seen = cursor.revision;
		this.shapes = null;
		this.held = atStatus(view);
	}

	/** Whether a later follow of this session goes on, or the screen has lost something and starts over. */
	private continues(before: View, after: View, cursor: Cursor | null): boolean {
		if (cursor === null) return false;
		// A delta may have crossed this follow on its way: then the screen still named the one before.
		const known = cursor.revision === this.sent || cursor.revision === this.applied;
		if (!this.reset && (cursor.epoch !== this.epoch || !known)) return false;
		// Another scope: rows that left it would stand still and look alive.
		return JSON.stringify(before.wish.scope) === JSON.stringify(after.wish.scope);
	}

	/** The screen has applied a delta. @returns false when that is not the one under way. */
	got(revision: number): boolean {
		if (this.inFlight !== revision) return false;
		this.inFlight = null;
		this.applied = revision;
		return true;
	}

	/** A delta up to `to` is on its way. */
	took(mirror: Mirror, view: View, to: number, now: number): void {
		this.epoch = mirror.latest.epoch;
		this.held = view;
		this.shapes = mirror.shapes;
		this.sent = to;
		this.seen = to;
		this.reset = false;
		this.owed = false;
		this.inFlight = to;
		this.inFlightSince = now;
	}
}
