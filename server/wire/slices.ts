// W3: a cell's changes are encoded once per tick, at each detail and for each revision that screens stand at, whoever follows.
// Hot: called once per screen and dirty cell; encodes lazily, so what nobody looks at costs nothing.
import type { Slice } from "#model/delta.ts";
import {
	encodeStatusChanged,
	encodeStatusWhole,
	encodeValuesChanged,
	encodeValuesWhole,
	SliceKind,
} from "#model/delta.ts";
import { ByteWriter } from "#model/varint.ts";
import type { Mirror } from "../bus/mirror.ts";
import { Detail } from "./view.ts";

/** The key of the set that holds whole cells. */
const WHOLE = -1;

/** Encoded cells since one revision, by cell id; null: nothing changed, undefined: not asked for yet. */
interface SliceSet {
	readonly since: number;
	readonly values: (Slice | null | undefined)[];
	readonly status: (Slice | null | undefined)[];
}

export class Slices {
	/** Cells encoded since the start. */
	encoded = 0;
	private readonly mirror: Mirror;
	private readonly writer = new ByteWriter(65_536);
	private readonly sets = new Map<number, SliceSet>();
	private recent: SliceSet | null = null;

	constructor(mirror: Mirror) {
		this.mirror = mirror;
	}

	/** The table has moved: nothing encoded before holds. */
	clear(): void {
		this.sets.clear();
		this.recent = null;
	}

	/** What changed in a cell after `since`, or null. */
	changed(id: number, detail: number, since: number): Slice | null {
		const set = this.set(since);
		const column = detail === Detail.values ? set.values : set.status;
		let slice = column[id];
		if (slice === undefined) {
			slice = this.encodeChanged(id, detail, since);
			column[id] = slice;
		}
		return slice;
	}

	whole(id: number, detail: number): Slice {
		const set = this.set(WHOLE);
		const column = detail === Detail.values ? set.values : set.status;
		let slice = column[id];
		if (slice === undefined || slice === null) {
			slice = this.encodeWhole(id, detail);
			column[id] = slice;
		}
		return slice;
	}

	private set(since: number): SliceSet {
		if (this.recent?.since === since) return this.recent;
		let set = this.sets.get(since);
		if (set === undefined) {
			const size = this.mirror.latest.cells.cells.length;
			set = { since, values: new Array(size), status: new Array(size) };
			this.sets.set(since, set);
		}
		this.recent = set;
		return set;
	}

	private encodeChanged(id: number, detail: number, since: number): Slice | null {
		const { latest, base } = this.mirror;
		const cell = latest.cells.cells[id]!;
		if (detail === Detail.values) {
			if (latest.cellRevision[id]! <= since) return null;
			this.encoded += 1;
			const body = encodeValuesChanged(this.writer, latest, cell, since, base);
			return body.length === 0 ? null : { cell, kind: SliceKind.valuesChanged, body };
		}
		if (latest.cellStatusRevision[id]! <= since) return null;
		this.encoded += 1;
		const body = encodeStatusChanged(this.writer, latest, cell, since);
		return body.length === 0 ? null : { cell, kind: SliceKind.statusChanged, body };
	}

	private encodeWhole(id: number, detail: number): Slice {
		const { latest, base } = this.mirror;
		const cell = latest.cells.cells[id]!;
		this.encoded += 1;
		return detail === Detail.values
			? { cell, kind: SliceKind.valuesWhole, body: encodeValuesWhole(this.writer, latest, cell, base) }
			: { cell, kind: SliceKind.statusWhole, body: encodeStatusWhole(this.writer, latest, cell) };
	}
}
