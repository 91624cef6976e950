// Smooth lines through authored anchors. Pure; used for rivers and backbones, never for borders.
import { round } from "./crs.ts";
import type { Position } from "./geometry.ts";

const STEPS = 12;

/** A centripetal-like Catmull-Rom curve: passes through every anchor, twelve points to a span, rounded to a metre. */
export function smoothLine(anchors: readonly Position[]): Position[] {
	const points: Position[] = [];
	for (let i = 0; i + 1 < anchors.length; i++) {
		const [b, c] = [anchors[i], anchors[i + 1]];
		if (!b || !c) break;
		const a = anchors[i - 1] ?? b;
		const d = anchors[i + 2] ?? c;
		for (let step = 0; step < STEPS; step++) {
			const t = step / STEPS;
			const at = (axis: 0 | 1) => {
				const [p, q, r, s] = [a[axis], b[axis], c[axis], d[axis]];
				// Tangents of 0.4 instead of 0.5: no overshoot where anchors lie unevenly.
				const [m, n] = [0.4 * (r - p), 0.4 * (s - q)];
				return (
					(2 * t ** 3 - 3 * t ** 2 + 1) * q +
					(t ** 3 - 2 * t ** 2 + t) * m +
					(-2 * t ** 3 + 3 * t ** 2) * r +
					(t ** 3 - t ** 2) * n
				);
			};
			points.push([round(at(0)), round(at(1))]);
		}
	}
	const last = anchors.at(-1);
	return last ? [...points, last] : points;
}
