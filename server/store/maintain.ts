// What the store does between commits, one slice at a time: compaction of the journal, merging of finished hours, deletion.
// Called by the writer for `maintain`; a slice works for a few milliseconds so that a commit never waits long behind it.
import type { DatabaseSync } from "node:sqlite";
import { HOUR_MS } from "./chunks.ts";
import { inTransaction, isCorrupt } from "./database.ts";
import { GRACE_MS } from "./gather.ts";
import { Merge } from "./merge.ts";
import { hourOf, type Months } from "./months.ts";
import { dropRollups, monthToDrop, prune, RollUp, readTerms } from "./retention.ts";
import { type Rooms, SEGMENT_READINGS, Segment } from "./segment.ts";

/** Work of one slice, ms; the sync at its end comes on top. */
const SLICE_MS = 10;
/** Journal rows of one round, so that counting them stays one slice. */
const ROUND_ROWS = 40_000;
/** Journal rows deleted at once; each is up to a hundred kilobytes of pages. */
const DELETE_ROWS = 100;

/** After the end of an hour its last readings are still on their way, ms. */
const ARRIVAL_MS = 5_000;

/** Further ahead of the last look at retention: the server was off for long, or its clock is wrong. */
const JUMP_MS = 3 * 86_400_000;
const TRUST_MS = 86_400_000;

/** What maintenance needs of the writer. */
export interface Ledger extends Rooms {
	readonly compacted: number;
	readonly nextId: number;
	readonly journalReadings: number;
	readonly rollups: Months;
	setting(name: string): string | null;
	fileBytes(): number;
	/** `hour`: everything older than its end is compacted. */
	closeRound(upto: number, readings: number, hour: number): void;
}

export class Maintenance {
	private readonly ledger: Ledger;
	private segment: Segment | null = null;
	private merge: Merge | null = null;
	private rollUp: RollUp | null = null;
	private retainedHour = 0;
	/** When a jump of the clock was first seen, on the monotonic clock. */
	private jumpedAt: number | null = null;
	private deleting = true;
	/** Hour in which everything of the journal was last compacted. */
	private roundHour: number;

	constructor(ledger: Ledger) {
		this.ledger = ledger;
		this.roundHour = readMark(ledger.db, "round_hour");
	}

	/** @returns true when more is waiting. */
	slice(now: number): boolean {
		try {
			return this.work(now);
		} catch (error) {
			// Whatever was half done begins again from what is on the disk.
			this.segment = null;
			this.merge = null;
			this.rollUp = null;
			if (!isCorrupt(error)) throw error;
			const damaged = [...this.ledger.months.setAsideDamaged(), ...this.ledger.rollups.setAsideDamaged()];
			// Nothing to set aside: it is the main file, and that is for a person with a backup.
			if (damaged.length === 0) throw error;
			for (const what of damaged) this.ledger.damage(what);
			return true;
		}
	}

	private work(now: number): boolean {
		const end = performance.now() + SLICE_MS;
		const expired = () => performance.now() >= end;
		if (this.deleting) {
			this.deleting = this.deleteRows(expired);
			return true;
		}
		if (this.segment === null) this.segment = this.nextSegment(now);
		if (this.segment !== null) {
			if (this.segment.run(expired)) this.closeRound(this.segment);
			return true;
		}
		if (this.merge === null) this.merge = Merge.find(this.ledger.months, now, this.ledger.damage);
		if (this.merge !== null) {
			if (this.merge.run(expired)) this.merge = null;
			return true;
		}
		return this.retain(now, expired);
	}

	/** Looks once an hour, and again after each month that it dropped. */
	private retain(now: number, expired: () => boolean): boolean {
		const { ledger } = this;
		if (this.rollUp === null) {
			if (hourOf(now) === this.retainedHour || !this.isTrusted(now)) return false;
			const terms = readTerms((name) => ledger.setting(name));
			dropRollups(ledger.rollups, terms, now);
			prune(ledger.db, ledger.months, now);
			const month = monthToDrop(ledger.months, terms, ledger.fileBytes(), now);
			if (month === null) {
				this.retainedHour = hourOf(now);
				writeMark(ledger.db, "retained_at", now);
				return false;
			}
			this.rollUp = new RollUp(month, ledger.months, ledger.rollups, ledger.damage);
		}
		if (this.rollUp.run(expired)) this.rollUp = null;
		return true;
	}

	/** A clock that jumped ahead must not make everything too old to keep: deletion waits until it has stood a day. */
	private isTrusted(now: number): boolean {
		const last = readMark(this.ledger.db, "retained_at");
		if (last === 0 || now - last <= JUMP_MS) {
			this.jumpedAt = null;
			return true;
		}
		this.jumpedAt ??= performance.now();
		return performance.now() - this.jumpedAt >= TRUST_MS;
	}

	/**
	 * A round begins when the journal is long, or once an hour when the hour before it is over. The hourly one ends with what
	 * arrived in that hour: its chunks are then written once, and the running hour's readings wait in the journal.
	 */
	private nextSegment(now: number): Segment | null {
		const { ledger } = this;
		const hour = hourOf(now - GRACE_MS);
		const isLong = ledger.journalReadings >= SEGMENT_READINGS;
		// A clock that was set back: rounds go on from its hour.
		if (hour < this.roundHour) this.roundHour = hour;
		if (!isLong && hour <= this.roundHour) return null;
		const end = isLong ? Number.POSITIVE_INFINITY : hour * HOUR_MS + ARRIVAL_MS;
		let upto = ledger.compacted;
		let readings = 0;
		let rows = 0;
		let all = true;
		const journal = ledger.db.prepare("SELECT id, received, n FROM journal WHERE id > ? ORDER BY id");
		for (const { id, received, n } of journal.iterate(ledger.compacted)) {
			// A time ahead of now comes from a clock that was set back: it must not hold up the rounds.
			if (Number(received) >= end && Number(received) <= now) break;
			// One commit may be larger than a round; it is then a round of its own.
			all = rows < ROUND_ROWS && (readings === 0 || readings + Number(n) <= SEGMENT_READINGS);
			if (!all) break;
			readings += Number(n);
			upto = Number(id);
			rows += 1;
		}
		if (!isLong && all) this.roundHour = hour;
		return upto === ledger.compacted ? null : new Segment(ledger, ledger.compacted, upto, readings, now);
	}

	private closeRound(segment: Segment): void {
		this.ledger.closeRound(segment.upto, segment.readings, this.roundHour);
		// Late readings came into the month that is being rolled up: begin again, so that they are in it.
		if (this.rollUp !== null && segment.touched.has(this.rollUp.month)) this.rollUp = null;
		this.segment = null;
		this.deleting = true;
	}

	/** @returns true when rows are left. */
	private deleteRows(expired: () => boolean): boolean {
		const { db, compacted } = this.ledger;
		const statement = db.prepare(
			"DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE id <= ? ORDER BY id LIMIT ?)",
		);
		return inTransaction(db, () => {
			do if (Number(statement.run(compacted, DELETE_ROWS).changes) < DELETE_ROWS) return false;
			while (!expired());
			return true;
		});
	}
}

function readMark(db: DatabaseSync, name: string): number {
	return Number(db.prepare("SELECT value FROM mark WHERE name = ?").get(name)?.value ?? 0);
}

function writeMark(db: DatabaseSync, name: string, value: number): void {
	inTransaction(db, () => db.prepare("INSERT OR REPLACE INTO mark VALUES (?, ?)").run(name, value));
}
