// The status of each asset, from its rows: the worst severity; with none, stale when a periodic row is stale, or when none of
// them has ever spoken. Kept per asset and counted per city, so that glyphs, clusters and layers all tell one story. Fed by paint.ts
// alone; hot per changed row.

import type { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import type { Columns } from "./columns.ts";

/** 0 normal, 1..4 the severities, 5 stale. */
export const STALE = 5;
export const STATES = 6;

/** By row, as in the table. */
export type RowStates = Pick<Latest, "severity" | "quality">;

/** Hot: at most some dozen rows. */
export function assetStatus(table: RowStates, columns: Columns, index: number): number {
	const { severity, quality } = table;
	const { rowPeriodic } = columns;
	const first = columns.firstRow[index]!;
	const end = first + columns.rowCount[index]!;
	let worst = 0;
	let isStale = false;
	let periodic = 0;
	let spoke = 0;
	for (let row = first; row < end; row++) {
		// A row beyond the table is one that no slice has brought yet: severity and quality are undefined there.
		if (severity[row]! > worst) worst = severity[row]!;
		if (rowPeriodic[row] !== 1) continue;
		periodic += 1;
		// A channel that the device does not have never speaks; that alone does not make the asset hollow.
		if (quality[row]) spoke += 1;
		if (quality[row] === Quality.stale) isStale = true;
	}
	return worst === 0 && (isStale || (periodic > 0 && spoke === 0)) ? STALE : worst;
}

export class StatusBoard {
	/** Status per asset index. */
	status = new Uint8Array(0);
	/** Assets by city index and status, STATES per city. */
	cities = new Int32Array(0);
	/** Assets whose status changed in the last `begin`..: index list, each once. */
	changed = new Int32Array(0);
	changedCount = 0;
	private columns: Columns | null = null;
	private seen = new Uint8Array(0);
	private touched = new Int32Array(0);

	/** Another catalogue or a replaced table: everything is counted anew. */
	reset(table: RowStates, columns: Columns): void {
		this.columns = columns;
		this.status = new Uint8Array(columns.count);
		this.cities = new Int32Array(columns.cities.length * STATES);
		this.changed = new Int32Array(columns.count);
		this.touched = new Int32Array(columns.count);
		this.seen = new Uint8Array(columns.count);
		this.changedCount = 0;
		for (let index = 0; index < columns.count; index++) {
			const status = assetStatus(table, columns, index);
			this.status[index] = status;
			const slot = columns.city[index]! * STATES + status;
			this.cities[slot] = this.cities[slot]! + 1;
		}
	}

	/** Notes the assets of the touched rows, then judges each once. Hot. */
	update(table: RowStates, drain: (visit: (row: number) => void) => boolean): "all" | "some" {
		const columns = this.columns;
		if (columns === null) return "all";
		let count = 0;
		const replaced = drain((row) => {
			const index = columns.rowAsset[row] ?? -1;
			if (index < 0 || this.seen[index] === 1) return;
			this.seen[index] = 1;
			this.touched[count] = index;
			count += 1;
		});
		if (replaced) {
			this.reset(table, columns);
			return "all";
		}
		this.changedCount = 0;
		for (let i = 0; i < count; i++) {
			const index = this.touched[i]!;
			this.seen[index] = 0;
			this.judge(table, columns, index);
		}
		return "some";
	}

	private judge(table: RowStates, columns: Columns, index: number): void {
		const status = assetStatus(table, columns, index);
		const before = this.status[index]!;
		if (status === before) return;
		this.status[index] = status;
		const base = columns.city[index]! * STATES;
		this.cities[base + before] = this.cities[base + before]! - 1;
		this.cities[base + status] = this.cities[base + status]! + 1;
		this.changed[this.changedCount] = index;
		this.changedCount += 1;
	}
}
