// Who feeds which row, and when it was last heard: per door ("hj212"), per device ("hj212/210102A...") and per row. The watchdog
// reads it, so that a silent door or gateway becomes one alarm and not five hundred. Written by the pipeline only.

export class Sources {
	/** Last frame of each door and device, epoch ms. */
	readonly heardAt = new Map<string, number>();
	/** Doors and devices of which a frame has come in this life of core; of the others silence is counted, and nothing is over. */
	readonly spoken = new Set<string>();
	/** Rows that a device has fed. */
	readonly rowsOf = new Map<string, Set<number>>();
	/** Device of each row. */
	readonly sourceOf: (string | undefined)[] = [];
	/** When each row last had a newest reading, epoch ms; 0 never. */
	spokeAt = new Float64Array(1024);

	/** A frame of a device, or of a door as a whole, has arrived. */
	heard(source: string, now: number): void {
		// The door first: whoever walks this map meets a door before its devices.
		const slash = source.indexOf("/");
		const door = slash > 0 ? source.slice(0, slash) : source;
		this.heardAt.set(door, now);
		this.heardAt.set(source, now);
		this.spoken.add(door).add(source);
	}

	/** A device that may speak from now on: its silence counts from here. */
	expect(source: string, now: number): void {
		const door = doorOf(source);
		if (!this.heardAt.has(door)) this.heardAt.set(door, now);
		if (!this.heardAt.has(source)) this.heardAt.set(source, now);
	}

	fed(source: string, row: number): void {
		const before = this.sourceOf[row];
		if (before === source) return;
		if (before !== undefined) this.rowsOf.get(before)?.delete(row);
		this.sourceOf[row] = source;
		const rows = this.rowsOf.get(source) ?? new Set<number>();
		rows.add(row);
		this.rowsOf.set(source, rows);
	}

	spoke(row: number, now: number): void {
		if (row >= this.spokeAt.length) this.fit(row + 1);
		this.spokeAt[row] = now;
	}

	fit(rows: number): void {
		let size = this.spokeAt.length;
		if (rows <= size) return;
		while (size < rows) size *= 2;
		const wider = new Float64Array(size);
		wider.set(this.spokeAt);
		this.spokeAt = wider;
	}
}

export function doorOf(source: string): string {
	const slash = source.indexOf("/");
	return slash < 0 ? source : source.slice(0, slash);
}
