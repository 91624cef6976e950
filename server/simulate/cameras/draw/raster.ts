// From a stage to a depth picture: for each pixel the nearest face and 1/distance. Convex faces are filled row by row; 1/z of a
// plane is linear over the picture, so the plane's own three numbers are all that a pixel needs. Also the sun's view, for shadows.
// Buffers are made once and used again. Hot.
import { cloudy } from "./noise.ts";
import { type Face, materials, type Point } from "./stage.ts";

const LEAF = materials.indexOf("leaf");

export interface View {
	readonly at: Point;
	/** Clockwise from north, radians. */
	readonly yaw: number;
	/** Upwards, radians. */
	readonly pitch: number;
	/** Across, radians. */
	readonly fov: number;
}

export class Lens {
	readonly width: number;
	readonly height: number;
	readonly focal: number;
	readonly at: Point;
	readonly right: Point;
	readonly up: Point;
	readonly forward: Point;

	constructor(view: View, width: number, height: number) {
		const [sy, cy, sp, cp] = [Math.sin(view.yaw), Math.cos(view.yaw), Math.sin(view.pitch), Math.cos(view.pitch)];
		this.width = width;
		this.height = height;
		this.focal = width / 2 / Math.tan(view.fov / 2);
		this.at = view.at;
		this.right = [cy, 0, -sy];
		this.up = [-sy * sp, cp, -cy * sp];
		this.forward = [sy * cp, sp, cy * cp];
	}

	/** Right, up and forward of the camera, metres. */
	see(p: Point): Point {
		const d: Point = [p[0] - this.at[0], p[1] - this.at[1], p[2] - this.at[2]];
		return [dot(d, this.right), dot(d, this.up), dot(d, this.forward)];
	}

	/** Pixel and distance; null behind the camera. */
	project(p: Point): Point | null {
		const [x, y, z] = this.see(p);
		if (z < NEAR) return null;
		return [this.width / 2 + (this.focal * x) / z, this.height / 2 - (this.focal * y) / z, z];
	}
}

export const NEAR = 0.4;

export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Nearest face and 1/z per pixel; `face` is NOTHING where there is sky. */
export class Depth {
	readonly width: number;
	readonly height: number;
	readonly inverse: Float32Array;
	readonly face: Uint16Array;
	/** 1/z = a·x + b·y + c of each face, in pixels. */
	a = new Float64Array(0);
	b = new Float64Array(0);
	c = new Float64Array(0);
	readonly #left: Float32Array;
	readonly #right: Float32Array;

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.inverse = new Float32Array(width * height);
		this.face = new Uint16Array(width * height);
		this.#left = new Float32Array(height);
		this.#right = new Float32Array(height);
	}

	fill(faces: readonly Face[], lens: Lens): void {
		this.inverse.fill(0);
		this.face.fill(NOTHING);
		if (faces.length >= NOTHING) throw new Error("too many faces for 16 bits");
		if (this.a.length < faces.length) {
			this.a = new Float64Array(faces.length);
			this.b = new Float64Array(faces.length);
			this.c = new Float64Array(faces.length);
		}
		for (const [index, face] of faces.entries()) {
			if (face.round === 2) this.#ball(face, index, lens);
			else this.#plane(face, index, lens);
		}
	}

	#plane(face: Face, index: number, lens: Lens): void {
		const p = face.points[0]!;
		const n = face.normal;
		const away = n[0] * (p[0] - lens.at[0]) + n[1] * (p[1] - lens.at[1]) + n[2] * (p[2] - lens.at[2]);
		// Its back, or seen edge on.
		if (Math.abs(away) < 1e-6 || (away > 0 && !face.isTwoSided)) return;
		const outline = clipped(face.points.map((one) => lens.see(one)));
		if (outline.length < 3) return;
		const { focal, width, height } = lens;
		const a = dot(n, lens.right) / focal / away;
		const b = -dot(n, lens.up) / focal / away;
		const c = dot(n, lens.forward) / away - (a * width) / 2 - (b * height) / 2;
		this.a[index] = a;
		this.b[index] = b;
		this.c[index] = c;
		const corners = outline.map(([x, y, z]) => [width / 2 + (focal * x) / z, height / 2 - (focal * y) / z] as const);
		const [top, bottom] = this.span(corners);
		const { inverse, face: faces } = this;
		for (let y = top; y <= bottom; y++) {
			const x0 = Math.max(0, Math.ceil(this.#left[y]! - 0.5));
			const x1 = Math.min(width - 1, Math.ceil(this.#right[y]! - 0.5) - 1);
			let i = y * width + x0;
			let iz = a * (x0 + 0.5) + b * (y + 0.5) + c;
			for (let x = x0; x <= x1; x++, i++, iz += a) {
				if (iz > inverse[i]!) {
					inverse[i] = iz;
					faces[i] = index;
				}
			}
		}
	}

	/** Left and right end of each row of a convex outline. @returns first and last row. */
	span(corners: readonly (readonly [x: number, y: number])[]): readonly [top: number, bottom: number] {
		const left = this.#left;
		const right = this.#right;
		let low = Number.POSITIVE_INFINITY;
		let high = Number.NEGATIVE_INFINITY;
		for (const [, y] of corners) {
			low = Math.min(low, y);
			high = Math.max(high, y);
		}
		const top = Math.max(0, Math.ceil(low - 0.5));
		const bottom = Math.min(this.height - 1, Math.ceil(high - 0.5) - 1);
		for (let y = top; y <= bottom; y++) {
			left[y] = 1e9;
			right[y] = -1e9;
		}
		for (let i = 0; i < corners.length; i++) {
			const [ax, ay] = corners[i]!;
			const [bx, by] = corners[(i + 1) % corners.length]!;
			if (ay === by) continue;
			const first = Math.max(top, Math.ceil(Math.min(ay, by) - 0.5));
			const last = Math.min(bottom, Math.ceil(Math.max(ay, by) - 0.5) - 1);
			const slope = (bx - ax) / (by - ay);
			for (let y = first; y <= last; y++) {
				const x = ax + (y + 0.5 - ay) * slope;
				if (x < left[y]!) left[y] = x;
				if (x > right[y]!) right[y] = x;
			}
		}
		return [top, bottom];
	}

	/** Of the last span(). */
	ends(row: number): readonly [left: number, right: number] {
		return [this.#left[row]!, this.#right[row]!];
	}

	#ball(face: Face, index: number, lens: Lens): void {
		const [x, y, z] = lens.see(face.centre);
		const r = face.radius;
		if (z < r + NEAR) return;
		const { focal, width, height } = lens;
		const isLeafy = face.material === LEAF;
		const cx = width / 2 + (focal * x) / z;
		const cy = height / 2 - (focal * y) / z;
		const reach = ((focal * r) / z) * 1.05;
		const [top, bottom] = [Math.max(0, Math.floor(cy - reach)), Math.min(height - 1, Math.ceil(cy + reach))];
		const [from, to] = [Math.max(0, Math.floor(cx - reach)), Math.min(width - 1, Math.ceil(cx + reach))];
		for (let py = top; py <= bottom; py++) {
			for (let px = from; px <= to; px++) {
				const dx = (px + 0.5 - cx) / reach;
				const dy = (py + 0.5 - cy) / reach;
				const inside = 1 - dx * dx - dy * dy;
				if (inside <= 0) continue;
				// Leaves end where they end, not in a circle; here and there the sky shows through.
				if (isLeafy && inside < 0.75 * cloudy(dx * 26 + index * 17, dy * 26 + index * 5) ** 2 * 2.2) continue;
				const iz = 1 / (z - r * Math.sqrt(inside));
				const i = py * width + px;
				if (iz > this.inverse[i]!) {
					this.inverse[i] = iz;
					this.face[i] = index;
				}
			}
		}
	}
}

export const NOTHING = 0xffff;

/** The part of an outline in front of the camera. */
function clipped(points: readonly Point[]): Point[] {
	const out: Point[] = [];
	for (let i = 0; i < points.length; i++) {
		const a = points[i]!;
		const b = points[(i + 1) % points.length]!;
		if (a[2] >= NEAR) out.push(a);
		if (a[2] >= NEAR !== b[2] >= NEAR) {
			const t = (NEAR - a[2]) / (b[2] - a[2]);
			out.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, NEAR]);
		}
	}
	return out;
}
