// Where the fourteen city glyphs stand: at their city, or as near as their neighbours allow, with a leader line back to it. No two
// bodies overlap, and no leader line runs through a body (沈阳-抚顺, 鞍山-辽阳 lie closer than a ring is wide). Pure; an
// annealing of some thousand steps with a fixed seed, done when something changed, not per frame.

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

const SWEEPS = 420;
/** Each hotter and longer than the one before; the first without a fault is taken. */
const ATTEMPTS = 9;
/** Where a layout stands already, fewer: a wall must not stop for a second whenever a count changes on a day of many. */
const ATTEMPTS_AGAIN = 3;
/** Step and tolerance at the start, in units of the gap; both fall to nothing. */
const FIRST_STEP = 9;
const FIRST_HEAT = 40;
/** What a fault weighs against a glyph that strays by its own radius (weight 10). */
const ON_EACH_OTHER = 300;
const LINE_THROUGH = 300;
const LINES_CROSS = 120;
const LED_BACK = 8;
/** Two neighbours seen in another direction than on the map, by more than TURN_FREE: a reader would take one city for the other. */
const TURNED = 400;
const TURN_FREE = Math.cos((65 * Math.PI) / 180);
/** Neighbours: cities nearer than this many radii. */
const NEIGHBOURS = 4.5;

/** A body and where it stands. */
interface Placed {
	readonly body: Body;
	readonly x: number;
	readonly y: number;
}

interface Moving extends Placed {
	x: number;
	y: number;
}

/** Share of the way that is left, and how hot it began. */
interface Glow {
	readonly left: number;
	readonly heat: number;
}

type Box = readonly [number, number, number, number];

/**
 * @param gap between two bodies, px. The layout of twice the sizes is twice the layout.
 * @param before the last layout: what need not move stays where it was.
 */
export function layoutGlyphs(bodies: readonly Body[], gap: number, before: readonly Spot[] = []): Spot[] {
	const known = new Map(before.map((spot) => [spot.code, spot]));
	const settled = bodies.map((body): Moving => {
		const spot = known.get(body.code);
		return spot === undefined
			? { body, x: body.x, y: body.y }
			: { body, x: body.x + spot.atX - spot.x, y: body.y + spot.atY - spot.y };
	});
	if (known.size > 0) anneal(settled, gap, 0, seeded(0));
	let best = settled;
	let fewest = known.size > 0 ? faultsOf(settled) : Number.POSITIVE_INFINITY;
	const attempts = known.size > 0 ? ATTEMPTS_AGAIN : ATTEMPTS;
	for (let attempt = 0; attempt < attempts && fewest > 0; attempt++) {
		const moving = bodies.map((body): Moving => ({ body, x: body.x, y: body.y }));
		// Where it is crowded, closer is better than on each other.
		anneal(moving, gap / (1 + attempt / 3), 1 + attempt / 2, seeded(attempt));
		const faults = faultsOf(moving);
		if (faults >= fewest) continue;
		fewest = faults;
		best = moving;
	}
	return best.map(({ body, x, y }) => ({ ...body, atX: x, atY: y, leader: leaderOf(body, x, y) }));
}

/** The layout as it was, gone with its cities: cheap enough for every frame of a flight. */
export function carried(bodies: readonly Body[], before: readonly Spot[]): Spot[] {
	const known = new Map(before.map((spot) => [spot.code, spot]));
	return bodies.map((body) => {
		const spot = known.get(body.code);
		const [atX, atY] = spot === undefined ? [body.x, body.y] : [body.x + spot.atX - spot.x, body.y + spot.atY - spot.y];
		return { ...body, atX, atY, leader: leaderOf(body, atX, atY) };
	});
}

/** @param heat 0: only what is better is taken, from near by. */
function anneal(moving: readonly Moving[], gap: number, heat: number, chance: () => number): void {
	const sweeps = SWEEPS * Math.max(1, heat);
	for (let sweep = 0; sweep < sweeps; sweep++) {
		const left = 1 - sweep / sweeps;
		for (const one of moving) nudge(one, moving, gap, { left, heat }, chance);
	}
}

/** Pairs that overlap, and lines through bodies. */
function faultsOf(settled: readonly Moving[]): number {
	let faults = 0;
	for (const a of settled) {
		const leader = leaderOf(a.body, a.x, a.y);
		for (const b of settled) {
			if (a === b) continue;
			if (overlap(a.body, a.x, a.y, b.body, b.x, b.y, 0) > 0) faults += 1;
			if (turnOf(a, b) > 0) faults += 1;
			if (leader !== null && runsThrough(leader, b.body, b.x, b.y, 0)) faults += 1;
		}
	}
	return faults;
}

/** One step of one body: taken when it is better, or not much worse while there is heat. */
function nudge(one: Moving, all: readonly Moving[], gap: number, { left, heat }: Glow, chance: () => number): void {
	const { x, y } = one;
	const before = cost(one, all, gap);
	if (before === 0) return;
	// Every third step goes straight towards home, so that no body stays away without need.
	const step = (0.1 + FIRST_STEP * Math.max(0.4, heat) * left * left) * gap;
	if (chance() < 0.34) {
		const share = chance();
		one.x += (one.body.x - x) * share;
		one.y += (one.body.y - y) * share;
	} else {
		one.x += (chance() - 0.5) * 2 * step;
		one.y += (chance() - 0.5) * 2 * step;
	}
	const worse = cost(one, all, gap) - before;
	if (worse > 0 && worse > FIRST_HEAT * heat * left ** 3 * -Math.log(chance() + 1e-9)) {
		one.x = x;
		one.y = y;
	}
}

function cost(one: Moving, all: readonly Moving[], gap: number): number {
	const { body, x, y } = one;
	const away = Math.hypot(x - body.x, y - body.y) / body.radius;
	const leader = leaderOf(body, x, y);
	let sum = 10 * away * away + (leader === null ? 0 : LED_BACK);
	for (const other of all) {
		if (other === one) continue;
		sum += TURNED * turnOf(one, other);
		if (areFar(one, other, gap)) continue;
		const depth = overlap(body, x, y, other.body, other.x, other.y, gap);
		if (depth > 0) sum += ON_EACH_OTHER + 40 * (depth / gap);
		const theirs = leaderOf(other.body, other.x, other.y);
		if (leader !== null && runsThrough(leader, other.body, other.x, other.y, gap / 2)) sum += LINE_THROUGH;
		if (theirs !== null && runsThrough(theirs, body, x, y, gap / 2)) sum += LINE_THROUGH;
		if (leader !== null && theirs !== null && areCrossing(leader, theirs)) sum += LINES_CROSS;
	}
	return sum;
}

/** How much two neighbours have turned about each other: 0 not to speak of, 2 back to front. */
export function turnOf(a: Placed, b: Placed): number {
	const [dx, dy] = [b.body.x - a.body.x, b.body.y - a.body.y];
	const apart = Math.hypot(dx, dy);
	if (apart > NEIGHBOURS * a.body.radius || apart === 0) return 0;
	const [px, py] = [b.x - a.x, b.y - a.y];
	const cosine = (dx * px + dy * py) / (apart * (Math.hypot(px, py) || 1));
	return Math.max(0, TURN_FREE - cosine);
}

/** Too far for ring, foot or line to meet: most pairs, told cheaply. */
function areFar(a: Moving, b: Moving, gap: number): boolean {
	const reach = reachOf(a) + reachOf(b) + gap;
	const dx = a.x - b.x;
	const dy = a.y - b.y;
	return dx * dx + dy * dy > reach * reach;
}

function reachOf({ body, x, y }: Moving): number {
	return body.radius + body.footHeight + Math.abs(x - body.x) + Math.abs(y - body.y);
}

/** How deep two bodies stand in each other, px; 0 or less: apart by `gap` at least. A body is its ring and what stands below. */
export function overlap(a: Body, ax: number, ay: number, b: Body, bx: number, by: number, gap: number): number {
	const rings = a.radius + b.radius + gap - Math.hypot(ax - bx, ay - by);
	const [footA, footB] = [footOf(a, ax, ay), footOf(b, bx, by)];
	let depth = rings;
	if (footB !== null) depth = Math.max(depth, a.radius + gap - distanceTo(footB, ax, ay));
	if (footA !== null) depth = Math.max(depth, b.radius + gap - distanceTo(footA, bx, by));
	if (footA !== null && footB !== null) {
		const across = Math.min(footA[2], footB[2]) - Math.max(footA[0], footB[0]) + gap;
		const down = Math.min(footA[3], footB[3]) - Math.max(footA[1], footB[1]) + gap;
		depth = Math.max(depth, Math.min(across, down));
	}
	return depth;
}

/** Does a leader line run through the ring or the foot of a body? */
export function runsThrough(leader: Leader, body: Body, x: number, y: number, room: number): boolean {
	const foot = footOf(body, x, y);
	if (foot !== null && crosses(leader, foot, room)) return true;
	const { fromX, fromY, toX, toY } = leader;
	const dx = toX - fromX;
	const dy = toY - fromY;
	const at = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
	return Math.hypot(x - fromX - at * dx, y - fromY - at * dy) < body.radius + room;
}

/** What stands below the ring: left, top, right, bottom; null: nothing. */
function footOf({ radius, footWidth, footHeight }: Body, x: number, y: number): Box | null {
	return footHeight === 0 ? null : [x - footWidth / 2, y + radius, x + footWidth / 2, y + radius + footHeight];
}

function distanceTo([left, top, right, bottom]: Box, x: number, y: number): number {
	return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

function areCrossing(a: Leader, b: Leader): boolean {
	const side = (l: Leader, x: number, y: number): number =>
		(l.toX - l.fromX) * (y - l.fromY) - (l.toY - l.fromY) * (x - l.fromX);
	return side(a, b.fromX, b.fromY) * side(a, b.toX, b.toY) < 0 && side(b, a.fromX, a.fromY) * side(b, a.toX, a.toY) < 0;
}

/** Mulberry32: the same cities stand at the same places on every screen and after every reload. */
function seeded(seed: number): () => number {
	let state = 0x9e3779b9 + seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
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
function crosses({ fromX, fromY, toX, toY }: Leader, [left, top, right, bottom]: Box, room: number): boolean {
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
