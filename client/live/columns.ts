// The assets as typed arrays: what the painter and the map read per frame. Built once per catalogue change by catalogue.ts;
// never changed afterwards, so that the map can keep one wrapper for positions.
import type { Measure } from "#model/measure.ts";
import { SCALE_FACTOR } from "#model/measure.ts";

export interface Columns {
	readonly count: number;
	/** lon, lat per asset, WGS-84 degrees. */
	readonly position: Float64Array;
	readonly firstRow: Int32Array;
	readonly rowCount: Uint16Array;
	/** Index into the systems in their order. */
	readonly system: Uint8Array;
	/** Index into `cities`. */
	readonly city: Uint8Array;
	/** Radius in px at z 12. */
	readonly radius: Uint8Array;
	/** 1 for a single point; 0 for a line or an area, which are drawn by their path. */
	readonly isPoint: Uint8Array;
	/** City codes in rising order. */
	readonly cities: readonly string[];
	/** Asset index of a row, -1 where none stands. */
	readonly rowAsset: Int32Array;
	/** 10^scale of a row's measure: value = count / factor. */
	readonly rowFactor: Float64Array;
	/** 1 when silence of the row is a failure (periodic measure). */
	readonly rowPeriodic: Uint8Array;
}

interface Placed {
	readonly record: { readonly lon: number; readonly lat: number };
	readonly system: string;
	readonly city: string;
	readonly firstRow: number;
	readonly measures: readonly string[];
	readonly kind: {
		readonly measures: readonly Measure[];
		readonly symbol: { readonly radius: number };
		readonly geometry: string;
	};
}

export function emptyColumns(): Columns {
	return columnsOf([], []);
}

/** Allocates everything; called once per catalogue change. */
export function columnsOf(assets: readonly Placed[], systems: readonly string[]): Columns {
	const count = assets.length;
	let rows = 0;
	for (const asset of assets) rows = Math.max(rows, asset.firstRow + asset.measures.length);
	const cities = [...new Set(assets.map(({ city }) => city))].sort();
	const columns: Columns = {
		count,
		position: new Float64Array(count * 2),
		firstRow: new Int32Array(count),
		rowCount: new Uint16Array(count),
		system: new Uint8Array(count),
		city: new Uint8Array(count),
		radius: new Uint8Array(count),
		isPoint: new Uint8Array(count),
		cities,
		rowAsset: new Int32Array(rows).fill(-1),
		rowFactor: new Float64Array(rows).fill(1),
		rowPeriodic: new Uint8Array(rows),
	};
	const systemIndex = new Map(systems.map((id, index) => [id, index]));
	const cityIndex = new Map(cities.map((code, index) => [code, index]));
	for (const [index, asset] of assets.entries()) {
		columns.position[index * 2] = asset.record.lon;
		columns.position[index * 2 + 1] = asset.record.lat;
		columns.firstRow[index] = asset.firstRow;
		columns.rowCount[index] = asset.measures.length;
		columns.system[index] = systemIndex.get(asset.system) ?? 0;
		columns.city[index] = cityIndex.get(asset.city) ?? 0;
		columns.radius[index] = asset.kind.symbol.radius;
		columns.isPoint[index] = asset.kind.geometry === "point" ? 1 : 0;
		fillRows(columns, asset, index);
	}
	return columns;
}

function fillRows(columns: Columns, asset: Placed, index: number): void {
	for (const [offset, id] of asset.measures.entries()) {
		const row = asset.firstRow + offset;
		const measure = asset.kind.measures.find((known) => known.id === id);
		columns.rowAsset[row] = index;
		columns.rowFactor[row] = SCALE_FACTOR[measure?.scale ?? 0] ?? 1;
		columns.rowPeriodic[row] = measure?.contract === "periodic" ? 1 : 0;
	}
}
