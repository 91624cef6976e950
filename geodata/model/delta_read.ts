// Reading a delta and applying it to a table; the layout is in delta.ts and docs/delta.md. Broken bytes throw RangeError:
// both ends are ours.
import type { Cell } from "./cells.ts";
import { CELL_STEP } from "./cells.ts";
import type { DeltaHeader } from "./delta.ts";
import { LAST, MAGIC_L, MAGIC_W, SAME_AT, SliceKind, STATUS, VERSION } from "./delta.ts";
import type { Latest } from "./latest.ts";
import { ByteReader } from "./varint.ts";

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
	if (kind === SliceKind.valuesChanged) readValuesChanged(latest, reader, header, start, visit);
	else if (kind === SliceKind.statusChanged) readStatusChanged(latest, reader, header, start, visit);
	else {
		const cell = wholeCell(latest, start, reader.byte() * CELL_STEP, reader.varint());
		if (kind === SliceKind.valuesWhole) readValuesWhole(latest, reader, header, cell, visit);
		else readStatusWhole(latest, reader, header, cell, visit);
	}
}

/** The cell of a whole slice, made known on its first sight, and emptied. */
function wholeCell(latest: Latest, start: number, capacity: number, used: number): Cell {
	const cell = latest.cells.at(start) ?? latest.cells.define(start, capacity, "", "");
	latest.fit();
	cell.used = used;
	latest.clearCell(cell);
	return cell;
}

function readValuesChanged(
	latest: Latest,
	reader: ByteReader,
	header: DeltaHeader,
	start: number,
	visit?: RowVisitor,
): void {
	let row = start - 1;
	let at = 0;
	for (;;) {
		const flags = reader.varint();
		row += Math.floor(flags / 8) + 1;
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
	start: number,
	visit?: RowVisitor,
): void {
	let row = start - 1;
	for (;;) {
		const flags = reader.varint();
		row += (flags >> 1) + 1;
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
		const value = (status & 64) === 0 ? reader.zigzag() : Number.NaN;
		if ((status & 128) === 0) at = header.base - reader.zigzag();
		const quality = status & 7;
		// A row that never had a reading has no time, whatever stood before it.
		const own = quality === 0 ? 0 : at;
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
		for (let run = reader.varint(); run > 0; run--) {
			putStatus(latest, row, status, header.to);
			visit?.(row, "status");
			row += 1;
		}
	}
}

/** At detail status the value's content is not known here; only whether there is one. */
function putStatus(latest: Latest, row: number, status: number, revision: number): void {
	const known = latest.value[row]!;
	const value = (status & 64) !== 0 ? Number.NaN : Number.isNaN(known) ? 0 : known;
	latest.put(row, value, latest.at[row]!, status & 7, (status >> 3) & 7, revision);
}
