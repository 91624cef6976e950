// What a street zoom shows where there is no street map: the graticule with its degrees, on which the style writes that there is none.
// An honest sheet instead of an empty one. Liaoning's land without the model blocks, which have a map. Called by build.ts.
import { MODEL_BLOCKS } from "../liaoning/model_blocks.ts";
import type { Bounds, Collection, Feature, Position, Ring } from "./geometry.ts";
import { collection, feature, polygonsOf } from "./geometry.ts";

/** Seconds of arc between the lines, coarse to fine. */
const STEPS = [60, 15, 5] as const;
const LIAONING: Bounds = [118.7, 38.5, 125.9, 43.6];
/** Long lines are cut here, so that a tile's label does not sit beyond its edge. */
const PIECE_DEGREES = 0.25;

const pad = (value: number) => String(value).padStart(2, "0");

/** 123°24′15″ */
export function arcText(seconds: number): string {
	const [degrees, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	return `${degrees}°${pad(minutes)}′${rest === 0 ? "" : `${pad(rest)}″`}`;
}

/** Where a line of the graticule is inside the rings by the even-odd rule, cut at every PIECE_DEGREES: pairs of from and to. */
export function inside(rings: readonly Ring[], at: number, axis: 0 | 1): [number, number][] {
	const crossings: number[] = [];
	for (const ring of rings)
		for (const [i, to] of ring.entries()) {
			const from = ring[i - 1];
			if (!from || from[axis] > at === to[axis] > at) continue;
			const other = axis === 0 ? 1 : 0;
			crossings.push(from[other] + ((at - from[axis]) / (to[axis] - from[axis])) * (to[other] - from[other]));
		}
	crossings.sort((a, b) => a - b);
	const pairs: [number, number][] = [];
	for (let i = 0; i + 1 < crossings.length; i += 2) pairs.push([crossings[i] ?? 0, crossings[i + 1] ?? 0]);
	return pairs;
}

function gridLine(rings: readonly Ring[], seconds: number, step: number, axis: 0 | 1): Feature | null {
	// A hair beside the whole second: no vertex of a border lies there, and every crossing counts once.
	const at = seconds / 3600 + 1e-7;
	const lines = inside(rings, at, axis).map(([from, to]): Position[] => {
		const points: Position[] = [];
		for (let along = from; along < to; along += PIECE_DEGREES) points.push(axis === 0 ? [at, along] : [along, at]);
		points.push(axis === 0 ? [at, to] : [to, at]);
		return points;
	});
	if (lines.length === 0) return null;
	const properties = { step, arc: arcText(seconds), axis: axis === 0 ? "lon" : "lat" };
	return feature({ type: "MultiLineString", coordinates: lines }, properties);
}

/** Lines over `land` without the model blocks: `step` (the coarsest that they belong to, seconds of arc), `axis` lon or lat, `arc`. */
export function graticule(land: Collection): Collection {
	const blocks = MODEL_BLOCKS.map(({ outline }) => outline.map(([lon, lat]): Position => [lon, lat]));
	// A block lies wholly on land: by the even-odd rule its ring is a hole.
	const rings = [...land.features.flatMap(({ geometry }) => polygonsOf(geometry)).flat(), ...blocks];
	const [west = 0, south = 0, east = 0, north = 0] = LIAONING.map((degrees) => Math.round(degrees * 3600));
	const lines: Feature[] = [];
	for (const [axis, from, to] of [
		[0, west, east],
		[1, south, north],
	] as const)
		for (let seconds = from; seconds <= to; seconds += 5) {
			const step = STEPS.find((one) => seconds % one === 0);
			const line = step === undefined ? null : gridLine(rings, seconds, step, axis);
			if (line) lines.push(line);
		}
	return collection(lines);
}
