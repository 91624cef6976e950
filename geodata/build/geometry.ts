// The little GeoJSON that the build needs, and distances on it. Pure; metres are good to 0.3 % within Liaoning.

/** lon, lat in degrees. */
export type Position = [number, number];
export type Ring = Position[];
export type Geometry =
	| { type: "Point"; coordinates: Position }
	| { type: "LineString"; coordinates: Position[] }
	| { type: "MultiLineString"; coordinates: Position[][] }
	| { type: "Polygon"; coordinates: Ring[] }
	| { type: "MultiPolygon"; coordinates: Ring[][] };
export type Properties = Record<string, string | number | boolean | null>;
export type Feature<G extends Geometry = Geometry> = {
	type: "Feature";
	id?: number;
	properties: Properties;
	geometry: G;
};
export type Collection<G extends Geometry = Geometry> = { type: "FeatureCollection"; features: Feature<G>[] };
/** west, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

export function feature<G extends Geometry>(geometry: G, properties: Properties = {}): Feature<G> {
	return { type: "Feature", properties, geometry };
}

export function collection<G extends Geometry>(features: Feature<G>[]): Collection<G> {
	return { type: "FeatureCollection", features };
}

/** Every line of a geometry; polygons give their rings, points nothing. */
export function linesOf(geometry: Geometry): Position[][] {
	switch (geometry.type) {
		case "Point":
			return [];
		case "LineString":
			return [geometry.coordinates];
		case "MultiLineString":
		case "Polygon":
			return geometry.coordinates;
		case "MultiPolygon":
			return geometry.coordinates.flat();
	}
}

/** Polygons of a geometry, each a list of rings; others give nothing. */
export function polygonsOf(geometry: Geometry): Ring[][] {
	if (geometry.type === "Polygon") return [geometry.coordinates];
	return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

const METRES_PER_DEGREE = 111_195; // mean Earth radius 6,371 km

/** Metres between two positions; flat, good to 0.3 % over a few kilometres. */
export function metresBetween(a: Position, b: Position): number {
	const dx = (b[0] - a[0]) * Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
	return Math.hypot(dx, b[1] - a[1]) * METRES_PER_DEGREE;
}

/** Square kilometres inside a ring, always positive. */
export function areaKm2(ring: Ring): number {
	let sum = 0;
	for (const [i, [x, y]] of ring.entries()) {
		const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
		sum += (nextX - x) * (2 + Math.sin((y * Math.PI) / 180) + Math.sin((nextY * Math.PI) / 180));
	}
	return Math.abs((((sum * Math.PI) / 180) * 6371 ** 2) / 2);
}

/** Answers "how far is the nearest of these lines" for many points: a grid of cells of about 2 km. */
export class LineIndex {
	readonly #cells = new Map<string, [Position, Position][]>();
	readonly #cell = 0.02; // degrees

	constructor(lines: Iterable<Position[]>) {
		for (const line of lines)
			for (const [i, to] of line.entries()) {
				const from = line[i - 1];
				if (from) this.#add(from, to);
			}
	}

	#add(from: Position, to: Position): void {
		const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / this.#cell));
		let last = "";
		for (let step = 0; step <= steps; step++) {
			const share = step / steps;
			const key = this.#key(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, 0, 0);
			if (key === last) continue;
			last = key;
			const cell = this.#cells.get(key);
			if (cell) cell.push([from, to]);
			else this.#cells.set(key, [[from, to]]);
		}
	}

	#key(lon: number, lat: number, dx: number, dy: number): string {
		return `${Math.floor(lon / this.#cell) + dx},${Math.floor(lat / this.#cell) + dy}`;
	}

	/** Metres to the nearest line, or Infinity when there is none within about `reach` metres. */
	distance(point: Position, reach: number): number {
		const rings = Math.ceil(reach / (this.#cell * METRES_PER_DEGREE * Math.cos((point[1] * Math.PI) / 180))) + 1;
		let best = Number.POSITIVE_INFINITY;
		for (let dx = -rings; dx <= rings; dx++)
			for (let dy = -rings; dy <= rings; dy++)
				for (const [a, b] of this.#cells.get(this.#key(point[0], point[1], dx, dy)) ?? [])
					best = Math.min(best, metresToSegment(point, a, b));
		return best;
	}
}

function metresToSegment(point: Position, a: Position, b: Position): number {
	const squeeze = Math.cos((point[1] * Math.PI) / 180);
	const dx = (b[0] - a[0]) * squeeze;
	const dy = b[1] - a[1];
	const length = dx * dx + dy * dy;
	const along = length === 0 ? 0 : ((point[0] - a[0]) * squeeze * dx + (point[1] - a[1]) * dy) / length;
	const share = Math.max(0, Math.min(1, along));
	return metresBetween(point, [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
}
