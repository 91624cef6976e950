// Which cells have assets in the view: what the page follows at detail values when they are few. Pure.
import type { PageAsset } from "./catalogue.ts";

/** west, south, east, north of each cell's assets, 4 per cell; a cell without any touches nothing. */
export function cellBounds(assets: readonly PageAsset[], cells: number): Float64Array<ArrayBuffer> {
	const bounds = new Float64Array(cells * 4);
	for (let at = 0; at < bounds.length; at += 4) {
		bounds.fill(Number.POSITIVE_INFINITY, at, at + 2);
		bounds.fill(Number.NEGATIVE_INFINITY, at + 2, at + 4);
	}
	for (const { cell, record } of assets) {
		const at = cell * 4;
		if (at + 3 >= bounds.length) continue;
		bounds[at] = Math.min(bounds[at]!, record.lon);
		bounds[at + 1] = Math.min(bounds[at + 1]!, record.lat);
		bounds[at + 2] = Math.max(bounds[at + 2]!, record.lon);
		bounds[at + 3] = Math.max(bounds[at + 3]!, record.lat);
	}
	return bounds;
}

export interface Box {
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

/** Ids of the cells that touch the box when they are at most `most`; else [] (status only). */
export function cellsIn(bounds: Float64Array, box: Box, most: number): number[] {
	const ids: number[] = [];
	for (let cell = 0; cell * 4 < bounds.length; cell++) {
		const at = cell * 4;
		const touches =
			bounds[at]! <= box.east &&
			bounds[at + 2]! >= box.west &&
			bounds[at + 1]! <= box.north &&
			bounds[at + 3]! >= box.south;
		if (!touches) continue;
		if (ids.length === most) return [];
		ids.push(cell);
	}
	return ids;
}
