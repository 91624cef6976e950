// Cells: runs of at most 256 adjacent rows of one district and one system. Scope, view and layer visibility are lists of
// cells; changes are encoded once per cell and tick. A cell is a table entry, not arithmetic: rows never move within an epoch.
// Used by server and page alike; the page learns its cells from whole slices.

/** Cell starts and capacities are multiples of this, so that a slice's address is small on the wire. */
export const CELL_STEP = 8;
export const CELL_ROWS = 256;

export interface Cell {
	readonly id: number;
	/** First row; a multiple of CELL_STEP. */
	readonly start: number;
	/** Rows reserved; a multiple of CELL_STEP, at most CELL_ROWS. */
	readonly capacity: number;
	readonly district: string;
	readonly system: string;
	/** Rows in use, counted from `start`; tombstones included. */
	used: number;
}

export class CellTable {
	readonly cells: Cell[] = [];
	/** One past the last reserved row. */
	rows = 0;
	/** Cell id + 1 of each block of CELL_STEP rows; 0 none. */
	private blocks = new Int32Array(64);

	/** Forgets every cell: the table belongs to one epoch. */
	reset(): void {
		this.cells.length = 0;
		this.rows = 0;
		this.blocks.fill(0);
	}

	/** Reserves a new cell at the end. Called by the packer at a start and when a channel finds no free slot. */
	open(capacity: number, district: string, system: string): Cell {
		return this.define(this.rows, capacity, district, system);
	}

	/** Records a cell that another copy of the table has opened. Throws on overlap: that is a bug, not input. */
	define(start: number, capacity: number, district: string, system: string): Cell {
		if (start % CELL_STEP !== 0) throw new Error(`cell start ${start} is not a multiple of ${CELL_STEP}`);
		const size = Math.ceil(capacity / CELL_STEP) * CELL_STEP;
		if (size < CELL_STEP || size > CELL_ROWS) throw new Error(`cell capacity ${capacity} is outside 1..${CELL_ROWS}`);
		const end = start + size;
		this.growTo(end);
		for (let block = start / CELL_STEP; block < end / CELL_STEP; block++) {
			if (this.blocks[block] !== 0) throw new Error(`rows ${start}..${end} overlap an existing cell`);
		}
		const cell: Cell = { id: this.cells.length, start, capacity: size, district, system, used: 0 };
		this.cells.push(cell);
		this.blocks.fill(cell.id + 1, start / CELL_STEP, end / CELL_STEP);
		if (end > this.rows) this.rows = end;
		return cell;
	}

	/** @returns the cell that holds `row`, or undefined. */
	at(row: number): Cell | undefined {
		return this.cells[(this.blocks[Math.floor(row / CELL_STEP)] ?? 0) - 1];
	}

	/** Cell id of `row`, -1 when none. Hot. */
	idAt(row: number): number {
		return (this.blocks[Math.floor(row / CELL_STEP)] ?? 0) - 1;
	}

	/** Takes `count` adjacent slots of `cell`. @returns the first row, or -1 when it does not fit. */
	take(cell: Cell, count: number): number {
		if (cell.used + count > cell.capacity) return -1;
		const row = cell.start + cell.used;
		cell.used += count;
		return row;
	}

	private growTo(rows: number): void {
		const need = Math.ceil(rows / CELL_STEP);
		if (need <= this.blocks.length) return;
		let size = this.blocks.length;
		while (size < need) size *= 2;
		const next = new Int32Array(size);
		next.set(this.blocks);
		this.blocks = next;
	}
}

/** Hilbert index of a WGS-84 point on a 2^16 grid over Liaoning (117..127 E, 37..45 N): neighbours on the curve are neighbours on the map. */
export function hilbertIndex(lon: number, lat: number): number {
	const side = 65_536;
	let x = clamp(Math.floor(((lon - 117) / 10) * side), side);
	let y = clamp(Math.floor(((lat - 37) / 8) * side), side);
	let index = 0;
	for (let s = side / 2; s >= 1; s /= 2) {
		const rx = (x & s) > 0 ? 1 : 0;
		const ry = (y & s) > 0 ? 1 : 0;
		index += s * s * ((3 * rx) ^ ry);
		if (ry === 0) {
			if (rx === 1) {
				x = s * 2 - 1 - (x & (s * 2 - 1));
				y = s * 2 - 1 - (y & (s * 2 - 1));
			}
			const swap = x;
			x = y;
			y = swap;
		}
		x &= s - 1;
		y &= s - 1;
	}
	return index;
}

function clamp(value: number, side: number): number {
	return Math.max(0, Math.min(side - 1, value));
}
