// Reading a delta and applying it to a table; the layout is in delta.ts and docs/delta.md. Broken bytes throw RangeError and
// nothing else: both ends are ours. After a throw the table is void until a delta from 0 replaces it.
import type { Cell } from "./cells.ts";
import { CELL_ROWS, CELL_STEP } from "./cells.ts";
import type { DeltaHeader } from "./delta.ts";
import { LAST, MAGIC_L, MAGIC_W, NO_TIME, SAME_AT, SliceKind, STATUS, VERSION } from "./delta.ts";
import type { Latest } from "./latest.ts";
import { Quality } from "./measure.ts";
import { ByteReader } from "./varint.ts";

/** Twenty times the largest province planned for; a start beyond is a broken byte, and its columns would fill the memory. */
const MAX_ROWS = 2 ** 22;

export function readHeader(reader: ByteReader): DeltaHeader {
	if (reader.byte() !== MAGIC_L || reader.byte() !== MAGIC_W) throw new RangeError("not a delta");
	const version = reader.byte();
	if (version !== VERSION) throw new RangeError(`delta version ${version}, this build reads ${VERSION}`);
	reader.byte();
	const epoch = reader.u32();
	const from = reader.varint();
	const to = from + reader.varint();
	return { epoch, from, to, base: reader.varint() };
}

/** Called for each row that a delta touched, after its columns are set. */
export type RowVisitor = (row: number, detail: "status" | "values") => void;

/**
 * Applies a packed delta (L3, L4). The caller has checked that `from` is 0 or its own revision in the same epoch.
 * Rows are stamped with the delta's `to`. @returns the header.
 */
export function applyDelta(latest: Latest, bytes: Uint8Array, visit?: RowVisitor): DeltaHeader {
	const reader = new ByteReader(bytes);
	const header = readHeader(reader);
	if (header.from === 0) latest.clear(header.epoch);
	else if (header.epoch !== latest.epoch || header.from !== latest.revision) {
		throw new RangeError(`delta ${header.epoch}.${header.from} does not follow ${latest.epoch}.${latest.revision}`);
	}
	const count = reader.varint();
	if (count > reader.end - reader.offset)
		throw new RangeError(`${count} slices in ${reader.end - reader.offset} bytes`);
	const starts = new Float64Array(count);
	const kinds = new Uint8Array(count);
	let block = 0;
	for (let i = 0; i < count; i++) {
		const entry = reader.varint();
		kinds[i] = entry % 4;
		block += Math.floor(entry / 4);
		starts[i] = block * CELL_STEP;
	}
	for (let i = 0; i < count; i++) readSlice(latest, reader, header, starts[i]!, kinds[i]!, visit);
	if (reader.offset !== reader.end) throw new RangeError(`${reader.end - reader.offset} bytes after the last slice`);
	latest.revision = header.to;
	return header;
}

function readSlice(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	start: number,
	kind: number,
	visit?: RowVisitor,
): void {
	if (kind === SliceKind.valuesChanged || kind === SliceKind.statusChanged) {
		const cell = latest.cells.at(start);
		if (cell === undefined || cell.start !== start) throw new RangeError(`changes of an unknown cell at row ${start}`);
		if (kind === SliceKind.valuesChanged) readValuesChanged(latest, reader, header, cell, visit);
		else readStatusChanged(latest, reader, header, cell, visit);
		return;
	}
	const cell = wholeCell(latest, start, reader.byte() * CELL_STEP, reader.varint());
	if (kind === SliceKind.valuesWhole) readValuesWhole(latest, reader, header, cell, visit);
	else readStatusWhole(latest, reader, header, cell, visit);
	latest.stampCell(cell, header.to);
}

/** The cell of a whole slice, made known on its first sight, and emptied. */
function wholeCell(latest: Latest, start: number, capacity: number, used: number): Cell {
	if (start > MAX_ROWS || capacity < CELL_STEP || capacity > CELL_ROWS || used > capacity) {
		throw new RangeError(`no cell of ${used}/${capacity} rows at ${start}`);
	}
	const cell = latest.cells.at(start) ?? newCell(latest, start, capacity);
	if (cell.start !== start || cell.capacity !== capacity) throw new RangeError(`row ${start} lies in another cell`);
	// Tombstones count as used: a cell never shrinks within an epoch, what is above `used` was never written.
	cell.used = used;
	latest.clearCell(cell);
	return cell;
}

function newCell(latest: Latest, start: number, capacity: number): Cell {
	for (let row = start; row < start + capacity; row += CELL_STEP) {
		if (latest.cells.idAt(row) >= 0) throw new RangeError(`rows ${start}..${start + capacity} overlap another cell`);
	}
	const cell = latest.cells.define(start, capacity, "", "");
	latest.fit();
	return cell;
}

/** The next changed row of a cell; a row in a slot that was free so far makes the slot used. */
function rowOf(cell: Cell, previous: number, gap: number): number {
	const row = previous + gap + 1;
	const slots = row - cell.start + 1;
	if (slots > cell.capacity) throw new RangeError(`row ${row} lies outside its cell`);
	if (slots > cell.used) cell.used = slots;
	return row;
}

function readValuesChanged(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	cell: Cell,
	visit?: RowVisitor,
): void {
	let row = cell.start - 1;
	let at = 0;
	for (;;) {
		const flags = reader.varint();
		row = rowOf(cell, row, Math.floor(flags / 8));
		let quality = latest.quality[row]!;
		let severity = latest.severity[row]!;
		let hasValue = !Number.isNaN(latest.value[row]!);
		if ((flags & STATUS) !== 0) {
			const status = reader.byte();
			quality = status & 7;
			severity = (status >> 3) & 7;
			hasValue = (status & 64) === 0;
		}
		const value = hasValue ? reader.zigzag() : Number.NaN;
		if ((flags & SAME_AT) === 0) at = header.base - reader.zigzag();
		latest.put(row, value, at, quality, severity, header.to);
		visit?.(row, "values");
		if ((flags & LAST) !== 0) return;
	}
}

function readStatusChanged(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	cell: Cell,
	visit?: RowVisitor,
): void {
	let row = cell.start - 1;
	for (;;) {
		const flags = reader.varint();
		row = rowOf(cell, row, Math.floor(flags / 2));
		putStatus(latest, row, reader.byte(), header.to);
		visit?.(row, "status");
		if ((flags & LAST) !== 0) return;
	}
}

function readValuesWhole(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	cell: Cell,
	visit?: RowVisitor,
): void {
	let at = 0;
	for (let row = cell.start; row < cell.start + cell.used; row++) {
		const status = reader.byte();
		const quality = status & 7;
		const value = (status & 64) === 0 ? reader.zigzag() : Number.NaN;
		if ((status & NO_TIME) === 0) at = header.base - reader.zigzag();
		// A row that never had a reading has no time, whatever stood before it.
		const own = (status & NO_TIME) !== 0 && quality === Quality.none ? 0 : at;
		latest.put(row, value, own, quality, (status >> 3) & 7, header.to);
		visit?.(row, "values");
	}
}

function readStatusWhole(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	cell: Cell,
	visit?: RowVisitor,
): void {
	let row = cell.start;
	const end = cell.start + cell.used;
	while (row < end) {
		const status = reader.byte();
		const run = reader.varint();
		if (run < 1 || run > end - row) throw new RangeError(`a run of ${run} rows in ${end - row}`);
		for (const next = row + run; row < next; row++) {
			putStatus(latest, row, status, header.to);
			visit?.(row, "status");
		}
	}
}

/** At detail status the value's content is not known here; only whether there is one. */
function putStatus(latest: Latest, row: number, status: number, revision: number): void {
	const known = latest.value[row]!;
	const value = (status & 64) !== 0 ? Number.NaN : Number.isNaN(known) ? 0 : known;
	latest.put(row, value, latest.at[row]!, status & 7, (status >> 3) & 7, revision);
}
