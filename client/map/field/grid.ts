// A field over the province from scattered measurements: Barnes' scheme, two passes, on a grid of 0.05 degrees. Pure; run in a worker
// (field.worker.ts). What it gives is computed, not measured, and is marked so wherever it is shown (推算).

export interface Sample {
	readonly lon: number;
	readonly lat: number;
	readonly value: number;
}

export interface Frame {
	readonly west: number;
	readonly south: number;
	readonly columns: number;
	readonly rows: number;
	/** Degrees between two nodes. */
	readonly step: number;
}

/** Values by row from the south, then by column from the west; NaN where no station is near enough. */
export interface Grid extends Frame {
	readonly values: Float64Array;
}

export const STEP = 0.05;
/** Liaoning and half a degree around it: a contour ends at the border, not before. */
export const PROVINCE_FRAME: Frame = { west: 118.4, south: 38.3, columns: 157, rows: 114, step: STEP };

/** Barnes 1964: weight exp(-d²/κ); the second pass with a sharper one brings back the detail that the first smoothed away. */
const SHARPER = 0.3;
/** Beyond this many √κ a station says nothing. */
const REACH = 3;

/** @param radiusKm √κ of the first pass: about the distance of two stations. */
export function barnes(samples: readonly Sample[], frame: Frame, radiusKm: number): Grid {
	const first = new Float64Array(frame.columns * frame.rows);
	const kappa = radiusKm * radiusKm;
	weigh(samples, frame, kappa, first);
	const residues = samples.map((sample) => {
		const known = at({ ...frame, values: first }, sample.lon, sample.lat);
		return { ...sample, value: Number.isNaN(known) ? 0 : sample.value - known };
	});
	const second = new Float64Array(first.length);
	weigh(residues, frame, kappa * SHARPER, second);
	for (let i = 0; i < first.length; i++) {
		const more = second[i]!;
		if (!Number.isNaN(more)) first[i] = first[i]! + more;
	}
	return { ...frame, values: first };
}

function weigh(samples: readonly Sample[], frame: Frame, kappa: number, into: Float64Array): void {
	const middle = frame.south + (frame.rows * frame.step) / 2;
	const kmLat = 111.2;
	const kmLon = kmLat * Math.cos((middle * Math.PI) / 180);
	const farthest = REACH * REACH * kappa;
	for (let row = 0; row < frame.rows; row++) {
		const lat = frame.south + row * frame.step;
		for (let column = 0; column < frame.columns; column++) {
			const lon = frame.west + column * frame.step;
			let sum = 0;
			let weights = 0;
			for (const sample of samples) {
				const dx = (sample.lon - lon) * kmLon;
				const dy = (sample.lat - lat) * kmLat;
				const square = dx * dx + dy * dy;
				if (square > farthest) continue;
				const weight = Math.exp(-square / kappa);
				sum += weight * sample.value;
				weights += weight;
			}
			into[row * frame.columns + column] = weights === 0 ? Number.NaN : sum / weights;
		}
	}
}

/** The field at a place, between the four nodes around it; NaN outside. */
export function at(grid: Grid, lon: number, lat: number): number {
	const x = (lon - grid.west) / grid.step;
	const y = (lat - grid.south) / grid.step;
	const column = Math.floor(x);
	const row = Math.floor(y);
	if (column < 0 || row < 0 || column + 1 >= grid.columns || row + 1 >= grid.rows) return Number.NaN;
	const node = (dx: number, dy: number): number => grid.values[(row + dy) * grid.columns + column + dx]!;
	const [fx, fy] = [x - column, y - row];
	return (node(0, 0) * (1 - fx) + node(1, 0) * fx) * (1 - fy) + (node(0, 1) * (1 - fx) + node(1, 1) * fx) * fy;
}

/** Levels for about five lines over the field: a round step that a person would choose. */
export function levelsOf(grid: Grid, wanted = 5): number[] {
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (const value of grid.values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	if (!(high > low)) return [];
	const step = [0.5, 1, 2, 3, 5, 10].find((one) => (high - low) / one <= wanted + 1) ?? 20;
	const levels: number[] = [];
	for (let level = Math.ceil(low / step) * step; level < high; level += step) levels.push(level + 0);
	return levels;
}
