// Makes the chunks of an hour out of its pieces once the hour is over. Chunks are written first and pieces deleted when all
// of them are there: a reading is in a piece, in the chunk, or in both, and a merge that was interrupted begins again.
// Called by the writer's maintenance.
import { BlockBuilder } from "./block.ts";
import { decodeChunk } from "./chunks.ts";
import { inTransaction } from "./database.ts";
import { isOver } from "./gather.ts";
import { HourWriter, setAside } from "./hour_writer.ts";
import { type MonthFile, type Months, pieceRow } from "./months.ts";
import { settle } from "./order.ts";
import { nextChannel, PackCursor } from "./packs.ts";

const HIGHEST_CHANNEL = 2 ** 24 - 1;
/** Rows deleted at once. */
const DELETE_ROWS = 300;
const NEXT_PIECE = "SELECT key, body FROM piece WHERE key > ? AND key <= ? ORDER BY key LIMIT 1";

/** Reused by every step of this thread. */
const gathered = new BlockBuilder(8192);

export class Merge {
	private readonly file: MonthFile;
	/** Hour of the month. */
	private readonly hour: number;
	private readonly parts: number[];
	private readonly damage: (what: string) => void;
	private readonly cursors: readonly PackCursor[];
	private merged = false;

	private constructor(file: MonthFile, hour: number, parts: number[], damage: (what: string) => void) {
		this.file = file;
		this.hour = hour;
		this.parts = parts;
		this.damage = damage;
		this.cursors = parts.map(
			(part) =>
				new PackCursor(
					file.sql(NEXT_PIECE),
					pieceRow(hour, part, 0),
					pieceRow(hour, part, HIGHEST_CHANNEL),
					(key, body, error) => setAside(file, key, body, error, damage),
				),
		);
	}

	/** The oldest finished hour that still has pieces, or null. */
	static find(months: Months, now: number, damage: (what: string) => void): Merge | null {
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
				damage,
			);
		}
		return null;
	}

	/** Works until `expired` says so. @returns true when the hour has no pieces left. */
	run(expired: () => boolean): boolean {
		return inTransaction(this.file.db, () => {
			if (!this.merged) this.merge(expired);
			while (!expired()) if (this.deleteStep()) return true;
			return false;
		});
	}

	private merge(expired: () => boolean): void {
		const writer = new HourWriter(this.file, this.hour, this.damage);
		do {
			const { channel, chunks } = nextChannel(this.cursors);
			const [first] = chunks;
			if (first === undefined) {
				this.merged = true;
				break;
			}
			if (chunks.length === 1 && writer.addChunk(channel, first)) continue;
			gathered.length = 0;
			for (const chunk of chunks)
				decodeChunk(chunk, this.file.firstHour + this.hour, channel, 0, Number.POSITIVE_INFINITY, gathered);
			const order = new Uint32Array(gathered.length);
			for (let i = 0; i < order.length; i++) order[i] = i;
			writer.add(channel, gathered.block, order, 0, settle(gathered.block, order, 0, order.length));
		} while (!expired());
		writer.end();
	}

	private deleteStep(): boolean {
		if (!this.merged) return false;
		const part = this.parts.at(-1);
		if (part === undefined) {
			this.file.sql("DELETE FROM part WHERE hour = ?").run(this.hour);
			return true;
		}
		const rows = this.file.sql(
			"DELETE FROM piece WHERE key IN (SELECT key FROM piece WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?)",
		);
		const [from, to] = [pieceRow(this.hour, part, 0), pieceRow(this.hour, part, HIGHEST_CHANNEL)];
		if (Number(rows.run(from, to, DELETE_ROWS).changes) < DELETE_ROWS) this.parts.pop();
		return false;
	}
}
