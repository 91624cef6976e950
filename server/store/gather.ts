// Readings of one channel out of the month files: chunks of finished hours and pieces of the running one. Shared by the
// reader's worker and the writer's. A damaged chunk is named, left out, and everything else is still given.
import { type BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk, HOUR_MS } from "./chunks.ts";
import { isCorrupt } from "./database.ts";
import { chunkRow, firstHourOf, hourOf, type MonthFile, type Months, monthName, monthOf, pieceRow } from "./months.ts";
import { chunkIn, entriesOf } from "./packs.ts";
import { DAY_HOURS, decodeDay, ROLL_MS } from "./rollup.ts";

const CHUNK_BEFORE = "SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1";
const PIECE_BEFORE = "SELECT key, body FROM piece WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1";
const CHUNKS_OF_HOUR = "SELECT key, body FROM chunk WHERE key BETWEEN ? AND ? ORDER BY key";
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
			const { channels } = wanted;
			if (channels !== null && channels.length <= LOOKUPS_MAX)
				lookUp(file, channels, low, high, finder(file, wanted, into, damaged));
			else {
				const known = channels === null ? null : new Set(channels);
				const take: Take = (hour, channel, chunk) => {
					if (known === null || known.has(channel))
						decodeChunk(chunk, file.firstHour + hour, channel, wanted.from, wanted.to, into);
				};
				scanHours(file, low, high, take, damaged);
			}
		} catch (error) {
			if (!isCorrupt(error)) throw error;
			damaged(`${monthName(month)}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}

type Take = (hour: number, channel: number, chunk: Uint8Array) => void;

function lookUp(file: MonthFile, channels: Uint32Array, low: number, high: number, find: Find): void {
	const chunk = file.sql(CHUNK_BEFORE);
	const piece = file.sql(PIECE_BEFORE);
	const parts = file.sql(PARTS).all(low, high);
	for (const channel of channels) {
		// Pieces first: they are deleted only when the chunk is there, so the later look finds it.
		for (const { hour, part } of parts) {
			const [h, p] = [Number(hour), Number(part)];
			find(h, channel, piece.get(pieceRow(h, p, 0), pieceRow(h, p, channel)));
		}
		for (let hour = low; hour <= high; hour++)
			find(hour, channel, chunk.get(chunkRow(hour, 0), chunkRow(hour, channel)));
	}
}

type Find = (hour: number, channel: number, row: Record<string, unknown> | undefined) => void;

function finder(file: MonthFile, wanted: Wanted, into: BlockBuilder, damaged: (what: string) => void): Find {
	return (hour, channel, row) => {
		if (row === undefined) return;
		try {
			const chunk = chunkIn(Number(row.key), row.body as Uint8Array, channel);
			if (chunk !== null) decodeChunk(chunk, file.firstHour + hour, channel, wanted.from, wanted.to, into);
		} catch (error) {
			tell(error, file, damaged);
		}
	};
}

/** Names what is damaged; throws everything else. */
function tell(error: unknown, file: MonthFile, damaged: (what: string) => void): void {
	if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
	damaged(`${monthName(file.month)}: ${error.message}`);
}

function scanHours(file: MonthFile, low: number, high: number, take: Take, damaged: (what: string) => void): void {
	const rows = (sql: string, from: number, to: number, hour: number) => {
		for (const { key, body } of file.sql(sql).iterate(from, to)) {
			try {
				for (const { channel, chunk } of entriesOf(Number(key), body as Uint8Array)) take(hour, channel, chunk);
			} catch (error) {
				tell(error, file, damaged);
			}
		}
	};
	for (const { hour, part } of file.sql(PARTS).all(low, high)) {
		const [h, p] = [Number(hour), Number(part)];
		rows(PIECES_OF_HOUR, pieceRow(h, p, 0), pieceRow(h, p, HIGHEST_CHANNEL), h);
	}
	for (let hour = low; hour <= high; hour++)
		rows(CHUNKS_OF_HOUR, chunkRow(hour, 0), chunkRow(hour, HIGHEST_CHANNEL), hour);
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
