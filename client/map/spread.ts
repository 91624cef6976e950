// City glyphs that would overlap (沈阳-抚顺, 鞍山-辽阳) are pushed apart; a leader line leads back to the place. Pure.

export interface Anchor {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
}

export interface Spot {
	x: number;
	y: number;
}

const ROUNDS = 60;

/** Where each glyph is drawn: at its anchor, or as near as its neighbours allow. `gap` px between rims. */
export function spread(anchors: readonly Anchor[], gap: number): Spot[] {
	const spots = anchors.map(({ x, y }) => ({ x, y }));
	for (let round = 0; round < ROUNDS; round++) {
		if (!push(anchors, spots, gap)) break;
	}
	return spots;
}

/** @returns true when something still touched. */
function push(anchors: readonly Anchor[], spots: Spot[], gap: number): boolean {
	let touched = false;
	for (const [i, a] of spots.entries()) {
		for (let j = i + 1; j < spots.length; j++) {
			const b = spots[j];
			const need = (anchors[i]?.radius ?? 0) + (anchors[j]?.radius ?? 0) + gap;
			if (b === undefined) continue;
			const dx = b.x - a.x;
			const dy = b.y - a.y;
			const distance = Math.hypot(dx, dy);
			if (distance >= need - 0.5) continue;
			touched = true;
			// Two at one place part along a fixed line, so that they do not dance from frame to frame.
			const ux = distance < 0.01 ? 1 : dx / distance;
			const uy = distance < 0.01 ? 0 : dy / distance;
			const shift = (need - distance) / 2;
			a.x -= ux * shift;
			a.y -= uy * shift;
			b.x += ux * shift;
			b.y += uy * shift;
		}
	}
	return touched;
}
