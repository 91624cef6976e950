// Delta: the rows that changed between two revisions, as bytes. Layout with one hex example: docs/delta.md (a test reads it).
// A delta is a header, a directory of slices (one per cell) and their bodies; a body is encoded once per cell and tick and
// shared by every screen that follows the cell. Reading and applying: delta_read.ts.
import type { Cell } from "./cells.ts";
import { CELL_STEP } from "./cells.ts";
import type { Latest } from "./latest.ts";
import { Quality } from "./measure.ts";
import type { ByteWriter } from "./varint.ts";

/** What a slice holds. `changed`: rows after a revision; `whole`: the cell as it is, replacing it (a cell that enters the view). */
export const SliceKind = { statusChanged: 0, valuesChanged: 1, valuesWhole: 2, statusWhole: 3 } as const;
export type SliceKindCode = (typeof SliceKind)[keyof typeof SliceKind];

export interface Slice {
	readonly cell: Cell;
	readonly kind: SliceKindCode;
	readonly body: Uint8Array;
}

export interface DeltaHeader {
	readonly epoch: number;
	/** Revision the receiver must stand at; 0: this replaces everything. */
	readonly from: number;
	readonly to: number;
	/** Epoch ms that the rows' `at` are counted back from. */
	readonly base: number;
}

export const MAGIC_L = 0x4c;
export const MAGIC_W = 0x57;
export const VERSION = 1;

/** Bits of the status byte: quality 0-2, severity 3-5, no value 6; bit 7 (whole slices with values only): no time follows. */
export function statusByte(quality: number, severity: number, hasValue: boolean): number {
	return quality | (severity << 3) | (hasValue ? 0 : 64);
}

// Flags of a changed row: bit 0 last row of the slice, bit 1 a status byte follows, bit 2 `at` as the row before.
export const LAST = 1;
export const STATUS = 2;
export const SAME_AT = 4;
/** Bit 7 of the status byte of a whole slice with values. */
export const NO_TIME = 128;

/** Bytes of the rows of `cell` changed after `since`; empty when none. `base` must be the delta's. Hot. */
export function encodeValuesChanged(
	out: ByteWriter,
	latest: Latest,
	cell: Cell,
	since: number,
	base: number,
): Uint8Array {
	out.reset();
	const end = cell.start + cell.used;
	let slot = -1;
	let previousAt = Number.NaN;
	let flagOffset = -1;
	for (let row = cell.start; row < end; row++) {
		if (latest.rowRevision[row]! <= since) continue;
		const at = latest.at[row]!;
		const hasStatus = latest.statusRevision[row]! > since;
		const gap = row - cell.start - slot - 1;
		slot = row - cell.start;
		flagOffset = out.length;
		out.varint((gap << 3) | (at === previousAt ? SAME_AT : 0) | (hasStatus ? STATUS : 0));
		const value = latest.value[row]!;
		const hasValue = !Number.isNaN(value);
		if (hasStatus) out.byte(statusByte(latest.quality[row]!, latest.severity[row]!, hasValue));
		if (hasValue) out.zigzag(value);
		if (at !== previousAt) out.zigzag(base - at);
		previousAt = at;
	}
	if (flagOffset >= 0) out.bytes[flagOffset]! |= LAST;
	return out.take();
}

/** Bytes of the rows of `cell` whose status changed after `since`; empty when none. */
export function encodeStatusChanged(out: ByteWriter, latest: Latest, cell: Cell, since: number): Uint8Array {
	out.reset();
	const end = cell.start + cell.used;
	let slot = -1;
	let flagOffset = -1;
	for (let row = cell.start; row < end; row++) {
		if (latest.statusRevision[row]! <= since) continue;
		const gap = row - cell.start - slot - 1;
		slot = row - cell.start;
		flagOffset = out.length;
		out.varint(gap << 1);
		out.byte(statusByte(latest.quality[row]!, latest.severity[row]!, !Number.isNaN(latest.value[row]!)));
	}
	if (flagOffset >= 0) out.bytes[flagOffset]! |= LAST;
	return out.take();
}

/** The whole cell with values: capacity / 8, rows, then each row's status, value and time. */
export function encodeValuesWhole(out: ByteWriter, latest: Latest, cell: Cell, base: number): Uint8Array {
	out.reset();
	out.byte(cell.capacity / CELL_STEP);
	out.varint(cell.used);
	let previousAt = Number.NaN;
	for (let row = cell.start; row < cell.start + cell.used; row++) {
		const quality = latest.quality[row]!;
		const at = latest.at[row]!;
		const value = latest.value[row]!;
		const hasValue = !Number.isNaN(value);
		// A row without any reading has no time; any other has its own or that of the last row that had one.
		const never = quality === Quality.none && at === 0;
		const noTime = never || (at === previousAt && quality !== Quality.none);
		out.byte(statusByte(quality, latest.severity[row]!, hasValue) | (noTime ? NO_TIME : 0));
		if (hasValue) out.zigzag(value);
		if (noTime) continue;
		out.zigzag(base - at);
		previousAt = at;
	}
	return out.take();
}

/** The whole cell at detail status: capacity / 8, rows, then runs of equal status. */
export function encodeStatusWhole(out: ByteWriter, latest: Latest, cell: Cell): Uint8Array {
	out.reset();
	out.byte(cell.capacity / CELL_STEP);
	out.varint(cell.used);
	let run = 0;
	let current = -1;
	for (let row = cell.start; row < cell.start + cell.used; row++) {
		const status = statusByte(latest.quality[row]!, latest.severity[row]!, !Number.isNaN(latest.value[row]!));
		if (status === current) {
			run += 1;
			continue;
		}
		if (run > 0) {
			out.byte(current);
			out.varint(run);
		}
		current = status;
		run = 1;
	}
	if (run > 0) {
		out.byte(current);
		out.varint(run);
	}
	return out.take();
}

/**
 * One packet from encoded slices in rising order of `cell.start`, each cell once, none empty; anything else is a bug and throws.
 * Hot: copies bytes only.
 */
export function packDelta(out: ByteWriter, header: DeltaHeader, slices: readonly Slice[]): Uint8Array {
	out.reset();
	out.byte(MAGIC_L);
	out.byte(MAGIC_W);
	out.byte(VERSION);
	out.byte(0);
	out.u32(header.epoch);
	out.varint(header.from);
	out.varint(header.to - header.from);
	out.varint(header.base);
	out.varint(slices.length);
	let block = 0;
	let end = 0;
	for (const slice of slices) {
		const own = slice.cell.start / CELL_STEP;
		if (slice.cell.start < end || slice.body.length === 0)
			throw new Error(`slice of cell ${slice.cell.id} out of order or empty`);
		end = slice.cell.start + slice.cell.capacity;
		out.varint((own - block) * 4 + slice.kind);
		block = own;
	}
	for (const slice of slices) out.raw(slice.body);
	return out.take();
}
