// Makes the chunks of an hour out of its pieces once the hour is over. Pieces and chunks are in one file, so each slice is
// one transaction: a reading is in a piece or in the chunk, never in neither. Called by the writer's maintenance.
import { BlockBuilder, DamagedError } from "./block.ts";
import { decodeChunk } from "./chunks.ts";
import { inTransaction } from "./database.ts";
import { isOver } from "./gather.ts";
import { channelOfRow, type MonthFile, type Months, pieceRow } from "./months.ts";
import { byChannel, settle } from "./order.ts";
import { mergeChunk } from "./segment.ts";

/** Channel ids of one step; bounds the memory of a slice together with the length of an hour. */
const STEP = 128;
const HIGHEST_CHANNEL = 2 ** 24 - 1;

export class Merge {
	private readonly file: MonthFile;
	private readonly hour: number;
	private readonly parts: number[];
	private readonly damaged: (what: string) => void;
	private next = 0;

	private constructor(file: MonthFile, hour: number, parts: number[], damaged: (what: string) => void) {
		this.file = file;
		this.hour = hour;
		this.parts = parts;
		this.damaged = damaged;
	}

	/** The oldest finished hour that still has pieces, or null. */
	static find(months: Months, now: number, damaged: (what: string) => void): Merge | null {
		for (const month of months.list()) {
			const file = months.get(month, false);
			const row = file?.sql("SELECT hour FROM part ORDER BY hour LIMIT 1").get();
			if (file === null || row === undefined) continue;
			const hour = Number(row.hour);
			if (!isOver(file.firstHour + hour, now)) continue;
			const parts = file.sql("SELECT part FROM part WHERE hour = ? ORDER BY part").all(hour);
			return new Merge(
				file,
				hour,
				parts.map(({ part }) => Number(part)),
				damaged,
			);
		}
		return null;
	}

	/** Works until `expired` says so. @returns true when the hour has no pieces left. */
	run(expired: () => boolean): boolean {
		return inTransaction(this.file.db, () => {
			do {
				const first = this.firstChannel();
				if (first === null) {
					this.file.sql("DELETE FROM part WHERE hour = ?").run(this.hour);
					return true;
				}
				this.step(first, Math.min(first + STEP - 1, HIGHEST_CHANNEL));
				this.next = first + STEP;
			} while (!expired());
			return false;
		});
	}

	private firstChannel(): number | null {
		let first: number | null = null;
		if (this.next > HIGHEST_CHANNEL) return null;
		for (const part of this.parts) {
			const row = this.file
				.sql("SELECT min(key) AS key FROM piece WHERE key BETWEEN ? AND ?")
				.get(pieceRow(this.hour, part, this.next), pieceRow(this.hour, part, HIGHEST_CHANNEL));
			if (row?.key === null || row === undefined) continue;
			const channel = channelOfRow(Number(row.key));
			if (first === null || channel < first) first = channel;
		}
		return first;
	}

	private step(low: number, high: number): void {
		const gathered = new BlockBuilder(4096);
		const absolute = this.file.firstHour + this.hour;
		for (const part of this.parts) {
			const [from, to] = [pieceRow(this.hour, part, low), pieceRow(this.hour, part, high)];
			for (const { key, body } of this.file
				.sql("SELECT key, body FROM piece WHERE key BETWEEN ? AND ? ORDER BY key")
				.iterate(from, to)) {
				try {
					decodeChunk(body as Uint8Array, absolute, channelOfRow(Number(key)), 0, Number.POSITIVE_INFINITY, gathered);
				} catch (error) {
					if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
					this.file.sql("INSERT INTO damaged (key, body) VALUES (?, ?)").run(Number(key), body as Uint8Array);
					this.damaged(error.message);
				}
			}
			this.file.sql("DELETE FROM piece WHERE key BETWEEN ? AND ?").run(from, to);
		}
		this.write(gathered);
	}

	private write(gathered: BlockBuilder): void {
		const { block, length } = gathered;
		const order = byChannel(block.channel, length);
		for (let from = 0; from < length; ) {
			const channel = block.channel[order[from]!]!;
			let to = from + 1;
			while (to < length && block.channel[order[to]!] === channel) to += 1;
			mergeChunk(this.file, this.hour, channel, block, order, from, settle(block, order, from, to), this.damaged);
			from = to;
		}
	}
}
