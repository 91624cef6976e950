// How long readings stay: a month whose last hour is older than `retention.rawDays` (or the oldest, when the files outgrow
// `retention.diskBytes`) is rolled up to five-minute values and its file is dropped; rollups stay 13 months.
// In slices, called by maintenance. A month is dropped only after its rollup is synced; repeating the work changes nothing.
import type { DatabaseSync } from "node:sqlite";
import { BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, HOUR_MS } from "./chunks.ts";
import { inTransaction } from "./database.ts";
import { chunkRow, firstHourOf, hourOf, type MonthFile, type Months, monthOf } from "./months.ts";
import { settle } from "./order.ts";
import { nextChannel, PackCursor } from "./packs.ts";
import { DAY_HOURS, encodeDay, roll } from "./rollup.ts";

export interface Terms {
	readonly rawDays: number;
	/** 0: no cap. */
	readonly diskBytes: number;
	readonly rollupMonths: number;
}

export const DEFAULT_TERMS: Terms = { rawDays: 35, diskBytes: 0, rollupMonths: 13 };

/** Terms out of the settings; a value that is no positive number is the default. */
export function readTerms(setting: (name: string) => string | null): Terms {
	const number = (name: string, instead: number) => {
		const value = Number(setting(name) ?? Number.NaN);
		return Number.isFinite(value) && value > 0 ? value : instead;
	};
	return {
		rawDays: number("retention.rawDays", DEFAULT_TERMS.rawDays),
		diskBytes: number("retention.diskBytes", DEFAULT_TERMS.diskBytes),
		rollupMonths: number("retention.rollupMonths", DEFAULT_TERMS.rollupMonths),
	};
}

/** The month to roll up and drop next, or null. The running month stays whatever the cap says. */
export function monthToDrop(months: Months, terms: Terms, fileBytes: number, now: number): number | null {
	const oldest = months.list()[0];
	if (oldest === undefined || oldest >= monthOf(hourOf(now))) return null;
	const end = firstHourOf(oldest + 1) * HOUR_MS;
	const isOld = end <= now - terms.rawDays * 86_400_000;
	const isFull = terms.diskBytes > 0 && fileBytes > terms.diskBytes;
	return isOld || isFull ? oldest : null;
}

/** Deletes rollups that are too old. */
export function dropRollups(rollups: Months, terms: Terms, now: number): void {
	const current = monthOf(hourOf(now));
	for (const month of rollups.list()) if (month < current - terms.rollupMonths) rollups.drop(month);
}

/** Every key frame is kept this long, then one an hour. */
const FRAMES_MS = 2 * 86_400_000;
/** How far back thinning looks: a server that was off for a week catches up. */
const FRAMES_BACK_MS = 9 * 86_400_000;
/** A repeated command is answered from memory of the first this long. */
const ANSWERS_MS = 14 * 86_400_000;

/** Small things that would grow for ever: key frames between the hours, old answers, sessions that are over. */
export function prune(db: DatabaseSync, months: Months, now: number): void {
	const [from, to] = [now - FRAMES_BACK_MS, now - FRAMES_MS];
	for (const month of new Set([monthOf(hourOf(from)), monthOf(hourOf(to))])) {
		months
			.get(month, false)
			?.sql(
				`DELETE FROM frame WHERE at >= cast(? AS INTEGER) AND at < cast(? AS INTEGER) AND EXISTS
				(SELECT 1 FROM frame AS earlier WHERE earlier.at < frame.at AND earlier.at >= frame.at - frame.at % ${HOUR_MS})`,
			)
			.run(from, to);
	}
	inTransaction(db, () => {
		db.prepare("DELETE FROM answer WHERE at < ?").run(now - ANSWERS_MS);
		db.prepare("DELETE FROM session WHERE expires_at < ?").run(now);
	});
}

const HIGHEST_CHANNEL = 2 ** 24 - 1;
const NEXT_CHUNK = "SELECT key, body FROM chunk WHERE key > ? AND key <= ? ORDER BY key LIMIT 1";

/** Reused by every step of this thread. */
const gathered = new BlockBuilder(8192);

export class RollUp {
	readonly month: number;
	private readonly months: Months;
	private readonly rollups: Months;
	private readonly damage: (what: string) => void;
	private day = 0;
	/** Cursors over the hours of the day at hand. */
	private hours: PackCursor[] | null = null;

	constructor(month: number, months: Months, rollups: Months, damage: (what: string) => void) {
		this.month = month;
		this.months = months;
		this.rollups = rollups;
		this.damage = damage;
	}

	/** Works until `expired` says so. @returns true when the month is rolled up and dropped. */
	run(expired: () => boolean): boolean {
		const file = this.months.get(this.month, false);
		if (file === null) return true;
		const days = (firstHourOf(this.month + 1) - file.firstHour) / DAY_HOURS;
		const target = this.rollups.get(this.month, true)!;
		const source = Number(file.sql("SELECT value FROM mark WHERE name = 'source'").get()?.value);
		inTransaction(target.db, () => {
			do this.step(file, target, source);
			while (this.day < days && !expired());
		});
		if (this.day < days) return false;
		this.months.drop(this.month);
		return true;
	}

	/** One channel of the day at hand. */
	private step(file: MonthFile, target: MonthFile, source: number): void {
		this.hours ??= this.openDay(file);
		const { channel, chunks, sources } = nextChannel(this.hours);
		if (chunks.length === 0) {
			this.hours = null;
			this.day += 1;
			return;
		}
		gathered.length = 0;
		for (let i = 0; i < chunks.length; i++) {
			const hour = file.firstHour + this.day * DAY_HOURS + sources[i]!;
			decodeChunk(chunks[i]!, hour, channel, 0, Number.POSITIVE_INFINITY, gathered);
		}
		const order = new Uint32Array(gathered.length);
		for (let i = 0; i < order.length; i++) order[i] = i;
		const key = chunkRow(this.day, channel);
		const rolled = roll(gathered.block, order, 0, settle(gathered.block, order, 0, order.length));
		target.sql("INSERT OR REPLACE INTO day VALUES (?, ?, ?)").run(key, source, encodeDay(rolled, key));
	}

	private openDay(file: MonthFile): PackCursor[] {
		return Array.from({ length: DAY_HOURS }, (_, hourOfDay) => {
			const hour = this.day * DAY_HOURS + hourOfDay;
			const [from, to] = [chunkRow(hour, 0), chunkRow(hour, HIGHEST_CHANNEL)];
			return new PackCursor(file.sql(NEXT_CHUNK), from, to, (_key, _body, error) => {
				if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
				this.damage(error.message);
			});
		});
	}
}
