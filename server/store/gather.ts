// Readings of one channel out of the month files: chunks of finished hours and pieces of the running one. Shared by the
// reader's worker and the writer's. A damaged chunk is named, left out, and everything else is still given.
import { type BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, HOUR_MS } from "./chunks.ts";
import { isCorrupt } from "./database.ts";
import {
	channelOfRow,
	chunkRow,
	firstHourOf,
	hourOf,
	type MonthFile,
	type Months,
	monthName,
	monthOf,
	pieceRow,
} from "./months.ts";
import { DAY_HOURS, decodeDay, ROLL_MS } from "./rollup.ts";

export const CHUNK_OF = "SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key";
const ONE_CHUNK = "SELECT body FROM chunk WHERE key = ?";
const ONE_PIECE = "SELECT body FROM piece WHERE key = ?";
const PIECES_OF_HOUR = "SELECT key, body FROM piece WHERE key BETWEEN ? AND ? ORDER BY key";
const PARTS = "SELECT hour, part FROM part WHERE hour BETWEEN ? AND ? ORDER BY hour, part";
const HIGHEST_CHANNEL = 2 ** 24 - 1;

export interface Wanted {
	/** Ascending; null: every channel. */
	readonly channels: Uint32Array | null;
	readonly from: number;
	/** Excluded. */
	readonly to: number;
}

/** More channels than this: whole hours are read in order and the rest is thrown away. */
const LOOKUPS_MAX = 48;

/** Appends what the month files hold; order is free, repeats may be among them. */
export function gather(months: Months, wanted: Wanted, into: BlockBuilder, damaged: (what: string) => void): void {
	const first = hourOf(wanted.from);
	const last = hourOf(wanted.to - 1);
	for (const month of months.list()) {
		const start = firstHourOf(month);
		if (start > last || firstHourOf(month + 1) <= first) continue;
		const low = Math.max(0, first - start);
		const high = Math.min(firstHourOf(month + 1) - start - 1, last - start);
		try {
			const file = months.get(month, false);
			if (file === null) continue;
			const take = taker(file, wanted, into, damaged);
			if (wanted.channels === null || wanted.channels.length > LOOKUPS_MAX)
				scanHours(file, wanted.channels, low, high, take);
			else lookUp(file, wanted.channels, low, high, take);
		} catch (error) {
			if (!isCorrupt(error)) throw error;
			damaged(`${monthName(month)}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}

type Take = (hour: number, channel: number, body: unknown) => void;

function taker(file: MonthFile, wanted: Wanted, into: BlockBuilder, damaged: (what: string) => void): Take {
	return (hour, channel, body) => {
		try {
			decodeChunk(body as Uint8Array, file.firstHour + hour, channel, wanted.from, wanted.to, into);
		} catch (error) {
			if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
			damaged(error.message);
		}
	};
}

function lookUp(file: MonthFile, channels: Uint32Array, low: number, high: number, take: Take): void {
	const chunk = file.sql(ONE_CHUNK);
	const piece = file.sql(ONE_PIECE);
	const parts = file.sql(PARTS).all(low, high);
	for (const channel of channels) {
		// Pieces first: the merge of an hour moves them into the chunk in one transaction, so the later look finds them.
		for (const { hour, part } of parts) {
			const row = piece.get(pieceRow(Number(hour), Number(part), channel));
			if (row !== undefined) take(Number(hour), channel, row.body);
		}
		for (let hour = low; hour <= high; hour++) {
			const row = chunk.get(chunkRow(hour, channel));
			if (row !== undefined) take(hour, channel, row.body);
		}
	}
}

function scanHours(file: MonthFile, channels: Uint32Array | null, low: number, high: number, take: Take): void {
	const wanted = channels === null ? null : new Set(channels);
	const rows = (sql: string, from: number, to: number, hour: number) => {
		for (const { key, body } of file.sql(sql).iterate(from, to)) {
			const channel = channelOfRow(Number(key));
			if (wanted === null || wanted.has(channel)) take(hour, channel, body);
		}
	};
	for (const { hour, part } of file.sql(PARTS).all(low, high)) {
		const [h, p] = [Number(hour), Number(part)];
		rows(PIECES_OF_HOUR, pieceRow(h, p, 0), pieceRow(h, p, HIGHEST_CHANNEL), h);
	}
	for (let hour = low; hour <= high; hour++) rows(CHUNK_OF, chunkRow(hour, 0), chunkRow(hour, HIGHEST_CHANNEL), hour);
}

/**
 * Appends five-minute minima and maxima of months whose readings are dropped: the minimum at the start of the five minutes,
 * the maximum in their middle. @returns true when there were any.
 */
export function gatherRolled(
	months: { readonly readings: Months; readonly rollups: Months },
	wanted: { readonly channel: number; readonly from: number; readonly to: number },
	into: BlockBuilder,
	damaged: (what: string) => void,
): boolean {
	const { channel, from, to } = wanted;
	let any = false;
	for (const month of months.rollups.list()) {
		const start = firstHourOf(month);
		if (start * HOUR_MS >= to || firstHourOf(month + 1) * HOUR_MS <= from) continue;
		const file = months.rollups.get(month, false);
		if (file === null) continue;
		// While a month is being rolled up, its own readings are still there.
		const present = months.readings.get(month, false)?.sql("SELECT value FROM mark WHERE name = 'source'").get();
		const low = Math.max(0, Math.floor((hourOf(from) - start) / DAY_HOURS));
		const high = Math.min(31, Math.floor((hourOf(to - 1) - start) / DAY_HOURS));
		for (let day = low; day <= high; day++) {
			for (const { source, body } of file
				.sql("SELECT source, body FROM day WHERE key = ?")
				.all(chunkRow(day, channel))) {
				if (source === present?.value) continue;
				const dayStart = (start + day * DAY_HOURS) * HOUR_MS;
				any = takeDay(body as Uint8Array, chunkRow(day, channel), dayStart, wanted, into, damaged) || any;
			}
		}
	}
	return any;
}

function takeDay(
	body: Uint8Array,
	key: number,
	dayStart: number,
	wanted: { readonly channel: number; readonly from: number; readonly to: number },
	into: BlockBuilder,
	damaged: (what: string) => void,
): boolean {
	const before = into.length;
	try {
		for (const { at, min, max, quality } of decodeDay(body, key, dayStart)) {
			if (at < wanted.from || at >= wanted.to) continue;
			into.push(wanted.channel, at, min, quality, at);
			if (max > min) into.push(wanted.channel, at + ROLL_MS / 2, max, quality, at);
		}
	} catch (error) {
		if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
		damaged(error.message);
	}
	return into.length > before;
}

/** Appends readings whose time no month file is made for. */
export function gatherStray(rows: Iterable<Record<string, unknown>>, into: BlockBuilder): void {
	for (const row of rows) {
		const count = row.has_count === 1 ? Number(row.count) : Number.NaN;
		into.push(Number(row.channel), Number(row.at), count, Number(row.quality), Number(row.received_at));
	}
}

/** An hour is finished when this much has passed after its end, so that most late readings are in. */
export const GRACE_MS = 120_000;

export function isOver(hour: number, now: number): boolean {
	return (hour + 1) * HOUR_MS + GRACE_MS <= now;
}

/** Months before and after now for which files are made: 13 months of past, a little of a fast clock. */
const PAST_MONTHS = 14;
const FUTURE_MONTHS = 1;

/** Hours [low, high) that are kept in month files; readings of any other time are kept in table `stray`. */
export function hoursWithFiles(now: number): [low: number, high: number] {
	const current = monthOf(hourOf(now));
	return [firstHourOf(current - PAST_MONTHS), firstHourOf(current + FUTURE_MONTHS + 1)];
}
