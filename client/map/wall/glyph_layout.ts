// Where the fourteen city glyphs stand: at their city, or as near as their neighbours allow, with a leader line back to it. No two
// bodies overlap, and no leader line runs through a body (沈阳-抚顺, 鞍山-辽阳 lie closer than a ring is wide). Pure; some
// hundred rounds over fourteen bodies, done when something changed, not per frame.

export interface Body {
	readonly code: string;
	/** The city itself, CSS px. */
	readonly x: number;
	readonly y: number;
	/** Outer rim of the ring. */
	readonly radius: number;
	/** What stands below the ring: counts of the levels. */
	readonly footWidth: number;
	readonly footHeight: number;
}

export interface Spot extends Body {
	/** Middle of the ring as drawn. */
	readonly atX: number;
	readonly atY: number;
	/** From the rim to the city; null: the city lies under its own ring. */
	readonly leader: Leader | null;
}

export interface Leader {
	readonly fromX: number;
	readonly fromY: number;
	readonly toX: number;
	readonly toY: number;
}

const ROUNDS = 420;
/** Share of the way home that a body is drawn per round, fading out. */
const HOME = 0.05;

interface Moving {
	readonly body: Body;
	x: number;
	y: number;
}

/** @param gap between two bodies, px. */
export function layoutGlyphs(bodies: readonly Body[], gap: number): Spot[] {
	const moving: Moving[] = bodies.map((body) => ({ body, x: body.x, y: body.y }));
	for (let round = 0; round < ROUNDS; round++) {
		const pull = round < ROUNDS / 2 ? HOME * (1 - (2 * round) / ROUNDS) : 0;
		for (const one of moving) {
			one.x += (one.body.x - one.x) * pull;
			one.y += (one.body.y - one.y) * pull;
		}
		const touched = part(moving, gap) || clearLeaders(moving, gap);
		if (!touched && pull === 0) break;
	}
	return moving.map(({ body, x, y }) => ({ ...body, atX: x, atY: y, leader: leaderOf(body, x, y) }));
}

/** left, top, right, bottom of a body at x, y. */
export function boxOf(body: Body, x: number, y: number): readonly [number, number, number, number] {
	const half = Math.max(body.radius, body.footWidth / 2);
	return [x - half, y - body.radius, x + half, y + body.radius + body.footHeight];
}

function part(moving: readonly Moving[], gap: number): boolean {
	let touched = false;
	for (const [i, a] of moving.entries()) {
		for (const b of moving.slice(i + 1)) {
			const [al, at, ar, ab] = boxOf(a.body, a.x, a.y);
			const [bl, bt, br, bb] = boxOf(b.body, b.x, b.y);
			const across = Math.min(ar, br) - Math.max(al, bl) + gap;
			const down = Math.min(ab, bb) - Math.max(at, bt) + gap;
			if (across <= 0.25 || down <= 0.25) continue;
			touched = true;
			// Along the shorter way out; two at one place part along the line between their cities.
			if (across < down) shift(a, b, Math.sign(b.x - a.x || b.body.x - a.body.x || 1) * across, 0);
			else shift(a, b, 0, Math.sign(b.y - a.y || b.body.y - a.body.y || 1) * down);
		}
	}
	return touched;
}

/** Moves both by half of the step, apart. */
function shift(a: Moving, b: Moving, dx: number, dy: number): void {
	a.x -= dx / 2;
	a.y -= dy / 2;
	b.x += dx / 2;
	b.y += dy / 2;
}

/** A body that stands on another one's leader line steps aside. */
function clearLeaders(moving: readonly Moving[], gap: number): boolean {
	let touched = false;
	for (const one of moving) {
		const leader = leaderOf(one.body, one.x, one.y);
		if (leader === null) continue;
		for (const other of moving) {
			if (other === one || !crosses(leader, boxOf(other.body, other.x, other.y), gap / 2)) continue;
			touched = true;
			const dx = leader.toX - leader.fromX;
			const dy = leader.toY - leader.fromY;
			const length = Math.hypot(dx, dy) || 1;
			const side = (other.x - leader.fromX) * -dy + (other.y - leader.fromY) * dx < 0 ? -1 : 1;
			const step = 3 * side;
			other.x += (-dy / length) * step;
			other.y += (dx / length) * step;
			one.x -= (-dy / length) * step;
			one.y -= (dx / length) * step;
		}
	}
	return touched;
}

export function leaderOf(body: Body, x: number, y: number): Leader | null {
	const dx = body.x - x;
	const dy = body.y - y;
	const distance = Math.hypot(dx, dy);
	if (distance <= body.radius) return null;
	return {
		fromX: x + (dx / distance) * body.radius,
		fromY: y + (dy / distance) * body.radius,
		toX: body.x,
		toY: body.y,
	};
}

/** Does the line run through the box, widened by `room`? Liang-Barsky. */
export function crosses(
	{ fromX, fromY, toX, toY }: Leader,
	[left, top, right, bottom]: readonly [number, number, number, number],
	room: number,
): boolean {
	let enter = 0;
	let leave = 1;
	const edges = [
		[-(toX - fromX), fromX - (left - room)],
		[toX - fromX, right + room - fromX],
		[-(toY - fromY), fromY - (top - room)],
		[toY - fromY, bottom + room - fromY],
	] as const;
	for (const [slope, distance] of edges) {
		if (slope === 0) {
			if (distance < 0) return false;
			continue;
		}
		const at = distance / slope;
		if (slope < 0) enter = Math.max(enter, at);
		else leave = Math.min(leave, at);
		if (enter > leave) return false;
	}
	return true;
}
