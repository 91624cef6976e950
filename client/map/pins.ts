// Orange and red are seen at every zoom. One that lies under a city glyph or a cluster stands on its rim, in the direction
// where it really is; those in the same direction share a pin of the worst level (their number stands in the counts below).
// Pure.
import { Ring } from "./layers/marker_layer.ts";

export interface Urgent {
	readonly index: number;
	readonly x: number;
	readonly y: number;
	readonly level: number;
	readonly ring: number;
}

export interface Disc {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
}

export interface Pin extends Urgent {
	/** Assets that share it. */
	readonly count: number;
}

/** Radius of a pin, and the distance of two on a rim, px at scale 1. */
export const PIN_RADIUS = 8;
const PIN_STEP = 20;
/** Half of the sector below a disc where its counts stand, radians. */
const FOOT = 1;

/** Worst last, so that it is drawn on top. */
export function pinsOf(urgent: readonly Urgent[], discs: readonly Disc[], scale: number): Pin[] {
	const free: Pin[] = [];
	const rims = new Map<string, Pin>();
	for (const one of urgent) {
		const at = discs.findIndex(({ x, y, radius }) => Math.hypot(one.x - x, one.y - y) < radius + PIN_RADIUS * scale);
		const disc = discs[at];
		if (disc === undefined) {
			free.push({ ...one, count: 1 });
			continue;
		}
		const pin = onRim(one, disc, scale);
		const key = `${at} ${pin.bin}`;
		const known = rims.get(key);
		rims.set(key, known === undefined ? pin.pin : worse(known, pin.pin));
	}
	return [...free, ...rims.values()].sort((a, b) => a.level - b.level);
}

function onRim(one: Urgent, disc: Disc, scale: number): { readonly bin: number; readonly pin: Pin } {
	const rim = disc.radius + (PIN_RADIUS - 1) * scale;
	const bins = Math.max(1, Math.floor((2 * Math.PI * rim) / (PIN_STEP * scale)));
	const angle = clearOfFoot(Math.atan2(one.y - disc.y, one.x - disc.x));
	const bin = ((Math.round((angle / (2 * Math.PI)) * bins) % bins) + bins) % bins;
	const shown = (bin * 2 * Math.PI) / bins;
	const pin = { ...one, x: disc.x + rim * Math.cos(shown), y: disc.y + rim * Math.sin(shown), count: 1 };
	return { bin, pin };
}

/** The foot of a disc holds its counts: what lies there stands beside them. */
function clearOfFoot(angle: number): number {
	const down = Math.PI / 2;
	if (Math.abs(angle - down) >= FOOT) return angle;
	return angle < down ? down - FOOT : down + FOOT;
}

function worse(a: Pin, b: Pin): Pin {
	const isB = b.level > a.level || (b.level === a.level && b.ring > a.ring);
	return { ...(isB ? b : a), count: a.count + b.count, ring: Math.max(a.ring, b.ring, Ring.none) };
}
