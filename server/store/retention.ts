// How long readings stay: a month whose last hour is older than `retention.rawDays` (or the oldest, when the files outgrow
// `retention.diskBytes`) is rolled up to five-minute values and its file is dropped; rollups stay 13 months.
// In slices, called by maintenance. A month is dropped only after its rollup is synced; repeating the work changes nothing.
import { BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, HOUR_MS } from "./chunks.ts";
import { inTransaction } from "./database.ts";
import { channelOfRow, chunkRow, firstHourOf, hourOf, type MonthFile, type Months, monthOf } from "./months.ts";
import { byChannel, settle } from "./order.ts";
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

/** Channel ids of one step. */
const STEP = 256;
const HIGHEST_CHANNEL = 2 ** 24 - 1;

export class RollUp {
	readonly month: number;
	private readonly months: Months;
	private readonly rollups: Months;
	private readonly damage: (what: string) => void;
	private day = 0;
	private next = 0;

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

	private step(file: MonthFile, target: MonthFile, source: number): void {
		const first = this.firstChannel(file);
		if (first === null) {
			this.day += 1;
			this.next = 0;
			return;
		}
		const last = Math.min(first + STEP - 1, HIGHEST_CHANNEL);
		const gathered = this.gather(file, first, last);
		const order = byChannel(gathered.block.channel, gathered.length);
		const insert = target.sql("INSERT OR REPLACE INTO day VALUES (?, ?, ?)");
		for (let from = 0; from < gathered.length; ) {
			const channel = gathered.block.channel[order[from]!]!;
			let to = from + 1;
			while (to < gathered.length && gathered.block.channel[order[to]!] === channel) to += 1;
			const key = chunkRow(this.day, channel);
			insert.run(
				key,
				source,
				encodeDay(roll(gathered.block, order, from, settle(gathered.block, order, from, to)), key),
			);
			from = to;
		}
		this.next = last + 1;
	}

	private firstChannel(file: MonthFile): number | null {
		let first: number | null = null;
		for (let hour = this.day * DAY_HOURS; hour < (this.day + 1) * DAY_HOURS && this.next <= HIGHEST_CHANNEL; hour++) {
			const row = file
				.sql("SELECT min(key) AS key FROM chunk WHERE key BETWEEN ? AND ?")
				.get(chunkRow(hour, this.next), chunkRow(hour, HIGHEST_CHANNEL));
			if (row === undefined || row.key === null) continue;
			const channel = channelOfRow(Number(row.key));
			if (first === null || channel < first) first = channel;
		}
		return first;
	}

	private gather(file: MonthFile, first: number, last: number): BlockBuilder {
		const gathered = new BlockBuilder(8192);
		for (let hour = this.day * DAY_HOURS; hour < (this.day + 1) * DAY_HOURS; hour++) {
			const rows = file.sql("SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key");
			for (const { key, body } of rows.iterate(chunkRow(hour, first), chunkRow(hour, last))) {
				try {
					const blob = body as Uint8Array;
					decodeChunk(blob, file.firstHour + hour, channelOfRow(Number(key)), 0, Number.POSITIVE_INFINITY, gathered);
				} catch (error) {
					if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
					this.damage(error.message);
				}
			}
		}
		return gathered;
	}
}
