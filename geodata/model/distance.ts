// How far apart two places are and in which direction, on the plane of the place. Good to half a percent within a province's city; no geodesy.

/** Degrees east and north, WGS-84. */
type LonLat = readonly [lon: number, lat: number];

const DEGREE_M = 111_320;

/** Metres. */
export function metresBetween(a: LonLat, b: LonLat): number {
	const east = (a[0] - b[0]) * Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
	return Math.hypot(east, a[1] - b[1]) * DEGREE_M;
}

/** Degrees clockwise from north, 0 up to 360. */
export function bearingBetween(from: LonLat, to: LonLat): number {
	const east = (to[0] - from[0]) * Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
	return ((Math.atan2(east, to[1] - from[1]) * 180) / Math.PI + 360) % 360;
}

/** Metres from the start of a path, per vertex: 0 first, the whole length last. */
export function alongPath(path: readonly LonLat[]): number[] {
	let sum = 0;
	return path.map((point, i) => {
		sum += metresBetween(path[i - 1] ?? point, point);
		return sum;
	});
}
