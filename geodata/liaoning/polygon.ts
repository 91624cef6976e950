// Point in polygon and the reading of TopoJSON arcs. Pure; used by districts.ts, the build and anyone who joins by place.

/** lon, lat in degrees, WGS-84. */
export type Position = readonly [number, number];
/** Outer ring first, then holes; the last position repeats the first. */
export type Polygon = readonly (readonly Position[])[];

/** The part of TopoJSON (specification 1.0) that the build writes: quantised arcs, polygons only. */
export type Topology = {
	readonly transform: { readonly scale: readonly number[]; readonly translate: readonly number[] };
	readonly arcs: readonly (readonly (readonly number[])[])[];
	readonly objects: Readonly<Record<string, { readonly geometries: readonly TopologyGeometry[] }>>;
};
export type TopologyGeometry = { readonly id: number; readonly type: string; readonly arcs: readonly unknown[] };

/** Even-odd rule over all rings, so that holes are outside. A point on a border belongs to at most one side, by its position. */
export function contains(polygon: Polygon, lon: number, lat: number): boolean {
	let inside = false;
	for (const ring of polygon) {
		let previous = ring.at(-1);
		for (const point of ring) {
			if (previous && point[1] > lat !== previous[1] > lat) {
				const crossing = point[0] + ((lat - point[1]) * (previous[0] - point[0])) / (previous[1] - point[1]);
				if (lon < crossing) inside = !inside;
			}
			previous = point;
		}
	}
	return inside;
}

function decodeArc(topology: Topology, arc: readonly (readonly number[])[]): Position[] {
	const [scaleX = 1, scaleY = 1] = topology.transform.scale;
	const [left = 0, bottom = 0] = topology.transform.translate;
	let x = 0;
	let y = 0;
	return arc.map(([dx = 0, dy = 0]) => {
		x += dx;
		y += dy;
		return [x * scaleX + left, y * scaleY + bottom];
	});
}

/** Polygons by feature id for one object of the topology. Throws when it is not there: the file is our own. */
export function decodePolygons(topology: Topology, object: string): Map<number, Polygon[]> {
	const geometries = topology.objects[object]?.geometries;
	if (!geometries) throw new Error(`the topology has no object ${object}`);
	const arcs = topology.arcs.map((arc) => decodeArc(topology, arc));
	const ring = (indexes: readonly number[]): Position[] => {
		const points: Position[] = [];
		for (const index of indexes) {
			const arc = arcs[index < 0 ? ~index : index] ?? [];
			// Neighbouring arcs share their end point.
			points.push(...(index < 0 ? [...arc].reverse() : arc).slice(points.length === 0 ? 0 : 1));
		}
		return points;
	};
	const polygons = new Map<number, Polygon[]>();
	for (const { id, type, arcs: shape } of geometries) {
		const parts = type === "Polygon" ? [shape] : shape;
		polygons.set(
			id,
			(parts as readonly (readonly (readonly number[])[])[]).map((rings) => rings.map(ring)),
		);
	}
	return polygons;
}
