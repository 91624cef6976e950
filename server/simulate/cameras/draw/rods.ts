// Thin things (lattice booms, cables, railings) as lines with soft edges, over the shaded picture and behind what is nearer.
// And the mirror: wet ground and water show, in each column, what stands above their far edge. Both work on 8-bit RGBA. Hot.
import type { Light } from "./light.ts";
import { clamp, hash } from "./noise.ts";
import { type Depth, type Lens, NEAR } from "./raster.ts";
import { rodLight } from "./shade.ts";
import type { Sky } from "./sky.ts";
import type { Rod } from "./stage.ts";
import { level } from "./tone.ts";

export function drawRods(
	rods: readonly Rod[],
	lens: Lens,
	depth: Depth,
	sky: Sky,
	light: Light,
	mirror: Uint8Array,
	out: Uint8ClampedArray,
): void {
	const lit = rodLight(light);
	for (const rod of rods) {
		let a = lens.see(rod.a);
		let b = lens.see(rod.b);
		if (a[2] < NEAR && b[2] < NEAR) continue;
		if (a[2] < NEAR) a = cut(a, b);
		else if (b[2] < NEAR) b = cut(b, a);
		const { width, height, focal } = lens;
		const ax = width / 2 + (focal * a[0]) / a[2];
		const ay = height / 2 - (focal * a[1]) / a[2];
		const bx = width / 2 + (focal * b[0]) / b[2];
		const by = height / 2 - (focal * b[1]) / b[2];
		if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > width || Math.max(ay, by) < 0 || Math.min(ay, by) > height) continue;
		const middle = (a[2] + b[2]) / 2;
		const lost = 1 - Math.exp(-light.haze * middle);
		const h = clamp(((ax + bx) / 2) >> 2, 0, sky.width - 1) * 3;
		const tone = ([0, 1, 2] as const).map((k) => {
			const own = rod.tint[k] * lit[k]!;
			return level((own + (sky.haze[h + k]! - own) * lost) * light.exposure);
		});
		line(
			{
				ax,
				ay,
				bx,
				by,
				ia: 1 / a[2],
				ib: 1 / b[2],
				wa: (2 * rod.radius * focal) / a[2],
				wb: (2 * rod.radius * focal) / b[2],
			},
			tone as unknown as readonly [number, number, number],
			lens,
			depth,
			mirror,
			out,
		);
	}
}

function cut(behind: readonly number[], front: readonly number[]): [number, number, number] {
	const t = (NEAR - behind[2]!) / (front[2]! - behind[2]!);
	return [behind[0]! + (front[0]! - behind[0]!) * t, behind[1]! + (front[1]! - behind[1]!) * t, NEAR];
}

interface Stroke {
	readonly ax: number;
	readonly ay: number;
	readonly bx: number;
	readonly by: number;
	/** 1/distance and width in pixels at both ends. */
	readonly ia: number;
	readonly ib: number;
	readonly wa: number;
	readonly wb: number;
}

/** One pixel at a time along the longer direction, shared across the other by coverage. */
function line(
	s: Stroke,
	tone: readonly [number, number, number],
	lens: Lens,
	depth: Depth,
	mirror: Uint8Array,
	out: Uint8ClampedArray,
): void {
	const steep = Math.abs(s.by - s.ay) > Math.abs(s.bx - s.ax);
	const [p0, q0, p1, q1] = steep ? [s.ay, s.ax, s.by, s.bx] : [s.ax, s.ay, s.bx, s.by];
	const length = p1 - p0;
	if (Math.abs(length) < 1e-6) return;
	const [most, across] = steep ? [lens.height, lens.width] : [lens.width, lens.height];
	const first = Math.max(0, Math.floor(Math.min(p0, p1)));
	const last = Math.min(most - 1, Math.ceil(Math.max(p0, p1)) - 1);
	const slant = Math.hypot(1, (q1 - q0) / length);
	for (let p = first; p <= last; p++) {
		const t = clamp((p + 0.5 - p0) / length, 0, 1);
		const q = q0 + (q1 - q0) * t;
		const real = s.wa + (s.wb - s.wa) * t;
		const w = Math.max(1, real) * slant;
		const strength = Math.min(1, Math.max(real, 0.22));
		const inverse = s.ia + (s.ib - s.ia) * t;
		const from = Math.max(0, Math.floor(q - w / 2));
		const to = Math.min(across - 1, Math.floor(q + w / 2));
		for (let r = from; r <= to; r++) {
			const i = steep ? p * lens.width + r : r * lens.width + p;
			if (inverse * 1.004 < depth.inverse[i]!) continue;
			const cover = Math.min(q + w / 2, r + 1) - Math.max(q - w / 2, r);
			const alpha = strength * Math.min(1, cover);
			const o = i * 4;
			out[o]! += (tone[0] - out[o]!) * alpha;
			out[o + 1]! += (tone[1] - out[o + 1]!) * alpha;
			out[o + 2]! += (tone[2] - out[o + 2]!) * alpha;
			if (alpha > 0.5) mirror[i] = 0;
		}
	}
}

/** @param rough 0 still water .. 1 wet asphalt: how far a mirrored light is drawn out downwards. */
export function drawMirror(
	lens: Lens,
	mirror: Uint8Array,
	out: Uint8ClampedArray,
	rough: number,
	seconds: number,
): void {
	const { width, height } = lens;
	const wave = Math.floor(seconds * 4);
	for (let x = 0; x < width; x++) {
		let edge = 0;
		for (let y = 0; y < height; y++) {
			const i = y * width + x;
			const share = mirror[i]!;
			if (share === 0) {
				edge = y;
				continue;
			}
			const deep = y - edge;
			const jitter = (hash(x >> 1, y, wave) - 0.5) * (1 + deep * (0.02 + 0.1 * rough));
			const stretch = 1 + rough * 0.25;
			let r = 0;
			let g = 0;
			let b = 0;
			for (let k = -1; k <= 1; k++) {
				const from = clamp(
					Math.round(edge - deep * stretch - 1 + jitter + k * (1 + deep * 0.1 * rough)),
					0,
					height - 1,
				);
				const side = clamp(x + Math.round((hash(y, x >> 2, wave + k) - 0.5) * (1 + deep * 0.015)), 0, width - 1);
				const o = (Math.min(from, edge) * width + side) * 4;
				r += out[o]!;
				g += out[o + 1]!;
				b += out[o + 2]!;
			}
			const alpha = share / 255;
			const o = i * 4;
			out[o]! += (r / 3 - out[o]!) * alpha;
			out[o + 1]! += (g / 3 - out[o + 1]!) * alpha;
			out[o + 2]! += (b / 3 - out[o + 2]!) * alpha;
		}
	}
}
