// Writes the readings of the demo's past into month files, an hour at a time, and key frames beside them: the store's own forms,
// without the journal. For a folder that nobody has open; the copy that is kept is made by the store's backup and restore.

import { BlockBuilder } from "../store/block.ts";
import { HOUR_MS } from "../store/chunks.ts";
import { inTransaction } from "../store/database.ts";
import { encodeFrame } from "../store/frames.ts";
import { HourWriter } from "../store/hour_writer.ts";
import { hourOf, type MonthFile, Months, monthOf } from "../store/months.ts";
import { byChannel, settle } from "../store/order.ts";
import type { ReadingBlock } from "../store/store.ts";

/** Hours of one transaction. */
const HOURS_AT_ONCE = 6;

export class HistoryWriter {
	/** Readings written. */
	readings = 0;
	private readonly months: Months;
	/** Readings of hours that are not written yet. */
	private readonly hours = new Map<number, BlockBuilder>();
	private readonly spare: BlockBuilder[] = [];

	constructor(folder: string) {
		this.months = new Months(folder, "readings", true);
	}

	/** Hot. Order of arrival is kept per channel. */
	push(channel: number, at: number, count: number, quality: number): void {
		const hour = Math.floor(at / HOUR_MS);
		let builder = this.hours.get(hour);
		if (builder === undefined) {
			builder = this.spare.pop() ?? new BlockBuilder(1 << 17);
			builder.length = 0;
			this.hours.set(hour, builder);
		}
		builder.push(channel, at, count, quality, at);
	}

	/** Writes the hours that end by `until`, once there are enough of them. */
	flush(until: number, all: boolean): void {
		const over = [...this.hours.keys()].filter((hour) => all || (hour + 1) * HOUR_MS <= until).sort((a, b) => a - b);
		if (!all && over.length < HOURS_AT_ONCE) return;
		for (const [month, hours] of Map.groupBy(over, monthOf)) {
			const file = this.fileOf(month);
			inTransaction(file.db, () => {
				for (const hour of hours) this.write(file, hour);
			});
		}
	}

	keyFrame(at: number, frame: ReadingBlock, severity: Uint8Array): void {
		const file = this.fileOf(monthOf(hourOf(at)));
		file.sql("INSERT OR REPLACE INTO frame VALUES (?, ?)").run(at, encodeFrame(at, frame, severity));
	}

	close(): void {
		this.months.close();
	}

	private fileOf(month: number): MonthFile {
		const file = this.months.get(month, true);
		if (file === null) throw new Error(`the file of month ${month} cannot be made`);
		// Nothing of this folder outlives the program: the copy is synced.
		file.db.exec("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 4000;");
		return file;
	}

	private write(file: MonthFile, hour: number): void {
		const builder = this.hours.get(hour);
		if (builder === undefined) return;
		this.hours.delete(hour);
		const { block, length } = builder;
		const order = byChannel(block.channel, length);
		const writer = new HourWriter(file, hour - file.firstHour, (what) => {
			throw new Error(what);
		});
		for (let from = 0; from < length; ) {
			const channel = block.channel[order[from] ?? 0] ?? 0;
			let to = from + 1;
			while (to < length && block.channel[order[to] ?? 0] === channel) to += 1;
			writer.add(channel, block, order, from, settle(block, order, from, to));
			from = to;
		}
		writer.end();
		this.readings += length;
		this.spare.push(builder);
	}
}
