// Latest: the newest state of every channel, one row each, in typed arrays. Server and page run this class; "what changed
// since my cursor" is the snapshot, the live delta, the slow screen's catch-up and the reconnect. Hot: no objects per write.
// It never looks at a clock and never decides what is true: the pipeline writes it on the server, deltas write it elsewhere.
import type { Cell } from "./cells.ts";
import { CellTable } from "./cells.ts";
import { Quality } from "./measure.ts";

const FIRST_ROWS = 1024;
const FIRST_CELLS = 64;

export class Latest {
	/** The life of this table; a cursor of another epoch is void. */
	epoch: number;
	/** Count of writes in this epoch. */
	revision = 0;
	readonly cells: CellTable;
	/** Integer counts of 10^-scale units; NaN: no value. */
	value = new Float64Array(FIRST_ROWS).fill(Number.NaN);
	/** Epoch ms of the reading; 0: never. */
	at = new Float64Array(FIRST_ROWS);
	quality = new Uint8Array(FIRST_ROWS);
	severity = new Uint8Array(FIRST_ROWS);
	/** Revision of the last change of any column of the row. */
	rowRevision = new Float64Array(FIRST_ROWS);
	/** Revision of the last change of severity, quality, or of having a value. */
	statusRevision = new Float64Array(FIRST_ROWS);
	/** Newest rowRevision and statusRevision within each cell. */
	cellRevision = new Float64Array(FIRST_CELLS);
	cellStatusRevision = new Float64Array(FIRST_CELLS);

	constructor(epoch: number, cells: CellTable = new CellTable()) {
		this.epoch = epoch;
		this.cells = cells;
		this.fit();
	}

	/** Makes room for every row and cell of the cell table; call after cells were opened. */
	fit(): void {
		if (this.cells.rows > this.at.length) this.growRows(this.cells.rows);
		if (this.cells.cells.length > this.cellRevision.length) {
			const size = grown(this.cellRevision.length, this.cells.cells.length);
			this.cellRevision = copied(this.cellRevision, new Float64Array(size));
			this.cellStatusRevision = copied(this.cellStatusRevision, new Float64Array(size));
		}
	}

	/** One reading or judgement. L1: raises `revision` by exactly one and stamps the row. */
	write(row: number, count: number, at: number, quality: number, severity: number): void {
		this.revision += 1;
		this.put(row, count, at, quality, severity, this.revision);
	}

	/** Changes the judged severity alone. @returns false, writing nothing, when it is already so. */
	judge(row: number, severity: number): boolean {
		if (this.severity[row] === severity) return false;
		this.write(row, this.value[row]!, this.at[row]!, this.quality[row]!, severity);
		return true;
	}

	/** Marks a row stale: last value and its time are kept (Q1). @returns false when it has no reading or is stale already. */
	stale(row: number): boolean {
		const quality = this.quality[row];
		if (quality === Quality.none || quality === Quality.stale) return false;
		this.write(row, this.value[row]!, this.at[row]!, Quality.stale, this.severity[row]!);
		return true;
	}

	/** Sets all columns at a given revision; used by `write` and by deltas, which carry their own revision. */
	put(row: number, count: number, at: number, quality: number, severity: number, revision: number): void {
		const statusChanged =
			this.quality[row] !== quality ||
			this.severity[row] !== severity ||
			Number.isNaN(this.value[row]!) !== Number.isNaN(count);
		// -0 would travel as 0 and make the copies differ by a bit.
		this.value[row] = count + 0;
		this.at[row] = at;
		this.quality[row] = quality;
		this.severity[row] = severity;
		this.rowRevision[row] = revision;
		const cell = this.cells.idAt(row);
		this.cellRevision[cell] = revision;
		if (statusChanged) {
			this.statusRevision[row] = revision;
			this.cellStatusRevision[cell] = revision;
		}
	}

	/** Forgets everything: a delta from 0 replaces the table (L3). Cells belong to the epoch and go with it. */
	clear(epoch: number): void {
		if (epoch !== this.epoch) this.cells.reset();
		this.epoch = epoch;
		this.revision = 0;
		this.value.fill(Number.NaN);
		for (const column of [
			this.at,
			this.quality,
			this.severity,
			this.rowRevision,
			this.statusRevision,
			this.cellRevision,
			this.cellStatusRevision,
		]) {
			column.fill(0);
		}
	}

	/** Empties the rows of one cell before a whole slice fills them. */
	clearCell(cell: Cell): void {
		const end = cell.start + cell.capacity;
		this.value.fill(Number.NaN, cell.start, end);
		this.at.fill(0, cell.start, end);
		this.quality.fill(0, cell.start, end);
		this.severity.fill(0, cell.start, end);
	}

	/** Stamps every used row of a cell that was replaced as a whole: what became empty is news to those who follow this table. */
	stampCell(cell: Cell, revision: number): void {
		const end = cell.start + cell.used;
		this.rowRevision.fill(revision, cell.start, end);
		this.statusRevision.fill(revision, cell.start, end);
		this.cellRevision[cell.id] = revision;
		this.cellStatusRevision[cell.id] = revision;
	}

	private growRows(rows: number): void {
		const size = grown(this.at.length, rows);
		const value = new Float64Array(size).fill(Number.NaN);
		value.set(this.value);
		this.value = value;
		this.at = copied(this.at, new Float64Array(size));
		this.quality = copied(this.quality, new Uint8Array(size));
		this.severity = copied(this.severity, new Uint8Array(size));
		this.rowRevision = copied(this.rowRevision, new Float64Array(size));
		this.statusRevision = copied(this.statusRevision, new Float64Array(size));
	}
}

function grown(from: number, need: number): number {
	let size = from;
	while (size < need) size *= 2;
	return size;
}

function copied<T extends { set(source: ArrayLike<number>): void }>(source: ArrayLike<number>, target: T): T {
	target.set(source);
	return target;
}
