// The water balance of a low point: rain from its catchment in, pump out, and how deep the water then stands in the sag of the road.
// Solved once when a storm is cast, second by second; read by time. Pure.

export interface Basin {
	/** m² that drain to it, and the share of rain that runs off. */
	readonly catchmentM2: number;
	readonly runoff: number;
	/** Road width, length of its flat bottom, and slope of its ramps. */
	readonly widthM: number;
	readonly flatM: number;
	readonly slope: number;
}

/** m³ that stand in the sag at a depth: a box over the flat part, two wedges over the ramps. */
export function volumeAt(basin: Basin, depth: number): number {
	return basin.widthM * (basin.flatM * depth + (depth * depth) / basin.slope);
}

/** The inverse of volumeAt, m. */
export function depthOf({ widthM, flatM, slope }: Basin, volume: number): number {
	if (volume <= 0) return 0;
	return (slope * (Math.sqrt(flatM * flatM + (4 * volume) / (widthM * slope)) - flatM)) / 2;
}

/** m³/s that run in at a rain of mm/h. */
export function inflow(basin: Basin, mmPerHour: number): number {
	return (basin.runoff * basin.catchmentM2 * mmPerHour) / 3_600_000;
}

/** Volume by second 0..seconds, m³. `rain` mm/h, `pump` m³/s that could be taken out. */
export function fill(
	basin: Basin,
	seconds: number,
	rain: (s: number) => number,
	pump: (s: number) => number,
): Float64Array {
	const volume = new Float64Array(seconds + 1);
	for (let s = 1; s <= seconds; s++) {
		// The middle of the second: exact for what is linear in it.
		const net = inflow(basin, rain(s - 0.5)) - pump(s - 0.5);
		volume[s] = Math.max(0, volume[s - 1]! + net);
	}
	return volume;
}
