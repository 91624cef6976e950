// The page's own copy of the table and the rows whose status was touched since the painter last looked. Deltas come from wire.ts; nothing
// else writes here. Applying never waits for a paint: a hidden tab keeps its table right and paints when it is seen again.
import type { DeltaHeader } from "#model/delta.ts";
import { applyDelta, readHeader } from "#model/delta_read.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import type { Cursor } from "#model/protocol.ts";
import { ByteReader } from "#model/varint.ts";

const FIRST_ROWS = 4_096;

export class PageLatest {
	readonly table = new Latest(0);
	/** Rows whose status was touched since the last `drain`, each once. */
	private dirty = new Int32Array(FIRST_ROWS);
	private dirtyCount = 0;
	private isDirty = new Uint8Array(FIRST_ROWS);
	/** The whole table was replaced since the last `drain`: every asset is painted anew. */
	private replaced = false;

	/**
	 * A row whose severity or quality this delta changed (both columns then bear its revision), or that holds nothing: a whole
	 * slice may have emptied it. New values alone colour nothing, and they are the many.
	 */
	private readonly touch = (row: number): void => {
		const { statusRevision, rowRevision, quality } = this.table;
		if (statusRevision[row] !== rowRevision[row] && quality[row] !== Quality.none) return;
		if (row >= this.isDirty.length) this.grow(row + 1);
		if (this.isDirty[row] === 1) return;
		this.isDirty[row] = 1;
		this.dirty[this.dirtyCount] = row;
		this.dirtyCount += 1;
	};

	/** What the server is asked to go on from; null before the first delta. L4: only `apply` moves it. */
	cursor(): Cursor | null {
		return this.table.revision === 0 ? null : { epoch: this.table.epoch, revision: this.table.revision };
	}

	/**
	 * One packet of the readings lane. Hot.
	 * @returns "gap" when it does not follow what is held: nothing was changed, ask again. Throws RangeError on broken bytes.
	 */
	apply(bytes: Uint8Array): DeltaHeader | "gap" {
		const header = readHeader(new ByteReader(bytes));
		if (header.from === 0) this.replaced = true;
		else if (header.epoch !== this.table.epoch || header.from !== this.table.revision) return "gap";
		return applyDelta(this.table, bytes, this.touch);
	}

	/** After broken bytes: nothing held can be trusted, the next follow asks for everything. */
	forget(): void {
		this.table.clear(0);
		this.replaced = true;
	}

	/** Hands over the touched rows and starts anew. @returns true when everything was replaced (the rows are then moot). */
	drain(visit: (row: number) => void): boolean {
		const replaced = this.replaced;
		this.replaced = false;
		for (let i = 0; i < this.dirtyCount; i++) {
			const row = this.dirty[i]!;
			this.isDirty[row] = 0;
			if (!replaced) visit(row);
		}
		this.dirtyCount = 0;
		return replaced;
	}

	private grow(rows: number): void {
		let size = this.isDirty.length;
		while (size < rows) size *= 2;
		const dirty = new Int32Array(size);
		dirty.set(this.dirty);
		this.dirty = dirty;
		const isDirty = new Uint8Array(size);
		isDirty.set(this.isDirty);
		this.isDirty = isDirty;
	}
}
