// The sun's own depth picture: what it sees is lit, the rest lies in shadow. One square of the ground about the middle of the scene.
// Buffers are made once. Hot: `lit` once a pixel by day.
import { Depth, dot } from "./raster.ts";
import type { Point, Stage } from "./stage.ts";

const SIZE = 1024;
/** Metres from the middle to the edge. */
const REACH = 130;
const SCALE = SIZE / (2 * REACH);
/** Metres that a surface is lifted towards the sun before it is asked, against its own shadow. */
const BIAS = 0.5;

export class Shadow {
	readonly #near = new Float32Array(SIZE * SIZE);
	readonly #rows = new Depth(1, SIZE);
	#toSun: Point = [0, 1, 0];
	#u: Point = [1, 0, 0];
	#v: Point = [0, 0, 1];
	#cu = 0;
	#cv = 0;
	#isOn = false;

	/** @param isOn false: no sun, everything counts as lit. */
	fill(stage: Stage, toSun: Point, middle: Point, isOn: boolean): void {
		this.#isOn = isOn;
		if (!isOn) return;
		this.#toSun = toSun;
		const level = Math.hypot(toSun[0], toSun[2]) || 1;
		this.#u = [toSun[2] / level, 0, -toSun[0] / level];
		const [ux, , uz] = this.#u;
		this.#v = [-toSun[1] * uz, toSun[0] * uz - toSun[2] * ux, toSun[1] * ux];
		this.#cu = dot(middle, this.#u);
		this.#cv = dot(middle, this.#v);
		this.#near.fill(-1e9);
		for (const face of stage.faces) {
			if (face.round === 2) this.#ball(face.centre, face.radius);
			else this.#face(face.points, face.normal);
		}
		for (const rod of stage.rods) if (rod.radius > 0.04) this.#rod(rod.a, rod.b);
	}

	#place(p: Point): readonly [number, number] {
		return [(dot(p, this.#u) - this.#cu) * SCALE + SIZE / 2, (dot(p, this.#v) - this.#cv) * SCALE + SIZE / 2];
	}

	#face(points: readonly Point[], n: Point): void {
		const along = dot(n, this.#toSun);
		if (Math.abs(along) < 1e-3) return;
		const corners = points.map((p) => this.#place(p));
		const xs = corners.map(([x]) => x);
		if (Math.max(...xs) < 0 || Math.min(...xs) > SIZE) return;
		const d = dot(n, points[0]!);
		const a = -dot(n, this.#u) / along / SCALE;
		const b = -dot(n, this.#v) / along / SCALE;
		const c = (d - dot(n, this.#u) * (this.#cu - REACH) - dot(n, this.#v) * (this.#cv - REACH)) / along;
		const [top, bottom] = this.#rows.span(corners);
		for (let y = top; y <= bottom; y++) {
			const [left, right] = this.#rows.ends(y);
			const x0 = Math.max(0, Math.ceil(left - 0.5));
			const x1 = Math.min(SIZE - 1, Math.ceil(right - 0.5) - 1);
			for (let x = x0; x <= x1; x++) {
				const t = a * (x + 0.5) + b * (y + 0.5) + c;
				if (t > this.#near[y * SIZE + x]!) this.#near[y * SIZE + x] = t;
			}
		}
	}

	#ball(centre: Point, radius: number): void {
		const [cx, cy] = this.#place(centre);
		const r = radius * SCALE;
		const t = dot(centre, this.#toSun);
		for (let y = Math.max(0, Math.floor(cy - r)); y <= Math.min(SIZE - 1, cy + r); y++) {
			for (let x = Math.max(0, Math.floor(cx - r)); x <= Math.min(SIZE - 1, cx + r); x++) {
				if ((x - cx) ** 2 + (y - cy) ** 2 > r * r) continue;
				if (t > this.#near[y * SIZE + x]!) this.#near[y * SIZE + x] = t;
			}
		}
	}

	#rod(a: Point, b: Point): void {
		const [ax, ay] = this.#place(a);
		const [bx, by] = this.#place(b);
		const [ta, tb] = [dot(a, this.#toSun), dot(b, this.#toSun)];
		const steps = Math.min(2 * SIZE, Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay), 1)));
		for (let i = 0; i <= steps; i++) {
			const s = i / steps;
			const x = Math.floor(ax + (bx - ax) * s);
			const y = Math.floor(ay + (by - ay) * s);
			if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) continue;
			const t = ta + (tb - ta) * s;
			if (t > this.#near[y * SIZE + x]!) this.#near[y * SIZE + x] = t;
		}
	}

	/** 1 lit, 0 in shadow; between at an edge. The normal lifts the place off its own surface. */
	lit(x: number, y: number, z: number, nx: number, ny: number, nz: number): number {
		if (!this.#isOn) return 1;
		const px = x + nx * BIAS;
		const py = y + ny * BIAS;
		const pz = z + nz * BIAS;
		const u = (px * this.#u[0] + pz * this.#u[2] - this.#cu) * SCALE + SIZE / 2 - 0.5;
		const v = (px * this.#v[0] + py * this.#v[1] + pz * this.#v[2] - this.#cv) * SCALE + SIZE / 2 - 0.5;
		const u0 = Math.floor(u);
		const v0 = Math.floor(v);
		if (u0 < 0 || v0 < 0 || u0 >= SIZE - 1 || v0 >= SIZE - 1) return 1;
		const t = px * this.#toSun[0] + py * this.#toSun[1] + pz * this.#toSun[2] + 0.22;
		const i = v0 * SIZE + u0;
		const near = this.#near;
		const fu = u - u0;
		const fv = v - v0;
		const top = (near[i]! <= t ? 1 - fu : 0) + (near[i + 1]! <= t ? fu : 0);
		const bottom = (near[i + SIZE]! <= t ? 1 - fu : 0) + (near[i + SIZE + 1]! <= t ? fu : 0);
		return top * (1 - fv) + bottom * fv;
	}
}
