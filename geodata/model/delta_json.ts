// The JSON twin of a delta: the same rows as columns, values in units. For `GET /api/latest`, `form: "json"` and people.

import type { Cell } from "./cells.ts";
import type { DeltaHeader } from "./delta.ts";
import type { Latest } from "./latest.ts";
import type { QualityName } from "./measure.ts";
import { qualityName, SCALE_FACTOR } from "./measure.ts";

export interface DeltaJson {
	readonly epoch: number;
	/** Revision the receiver must stand at; 0: this replaces everything. */
	readonly from: number;
	readonly to: number;
	readonly rows: number[];
	/** In the measure's unit; null: no value, or the row is followed at detail status. */
	readonly value: (number | null)[];
	/** Epoch ms; null: never, or detail status. */
	readonly at: (number | null)[];
	readonly quality: QualityName[];
	readonly severity: number[];
	/** First rows of cells that this delta replaces as a whole. */
	readonly whole: number[];
}

export interface CellPick {
	readonly cell: Cell;
	readonly detail: "status" | "values";
	/** Replace the cell: every row of it, changed or not. */
	readonly whole: boolean;
}

/** @param scaleOf decimal scale of a row's measure. Cells in rising order of start. */
export function deltaJson(
	latest: Latest,
	header: DeltaHeader,
	picks: readonly CellPick[],
	scaleOf: (row: number) => number,
): DeltaJson {
	const json: DeltaJson = {
		epoch: header.epoch,
		from: header.from,
		to: header.to,
		rows: [],
		value: [],
		at: [],
		quality: [],
		severity: [],
		whole: [],
	};
	for (const { cell, detail, whole } of picks) {
		if (whole) json.whole.push(cell.start);
		const revisions = detail === "values" ? latest.rowRevision : latest.statusRevision;
		for (let row = cell.start; row < cell.start + cell.used; row++) {
			if (!whole && revisions[row]! <= header.from) continue;
			const count = latest.value[row]!;
			const at = latest.at[row]!;
			json.rows.push(row);
			json.value.push(detail === "status" || Number.isNaN(count) ? null : count / SCALE_FACTOR[scaleOf(row)]!);
			json.at.push(detail === "status" || at === 0 ? null : at);
			json.quality.push(qualityName(latest.quality[row]!));
			json.severity.push(latest.severity[row]!);
		}
	}
	return json;
}
