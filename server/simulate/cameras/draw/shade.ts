// The light pass: each pixel of a depth picture becomes a colour: skin, sun and shadow, sky light with corners darkened, lamps, haze.
// Writes 8-bit RGBA and, for wet ground and water, how much of a mirror it is. Hot: about a million pixels a picture.
import type { Light } from "./light.ts";
import { clamp, cloudy } from "./noise.ts";
import { paint } from "./paint.ts";
import { type Depth, type Lens, NOTHING } from "./raster.ts";
import type { Shadow } from "./shadow.ts";
import { type Mood, skin, spot } from "./skin.ts";
import { SKY_STEP, type Sky } from "./sky.ts";
import { type Face, type Lamp, materials, type Point, type Roofed, type Stage } from "./stage.ts";
import { level } from "./tone.ts";

/** Cell of the corner-darkening pass, pixels. */
const AO_STEP = 4;
const DISC = [
	0.35, 0.1, -0.28, 0.31, -0.55, -0.22, 0.12, -0.62, 0.72, 0.38, -0.2, 0.85, -0.9, 0.18, 0.62, -0.7,
] as const;

export class Shader {
	readonly #aoWidth: number;
	readonly #ao: Float32Array;
	readonly mirror: Uint8Array;
	/** Lamps that may reach each block of the picture, row by row. */
	readonly #lampsOf: (readonly Lamp[])[];
	readonly #blocksAcross: number;
	#isLit = false;
	#roofed: readonly Roofed[] = [];
	#at: Point = [0, 0, 0];

	constructor(width: number, height: number) {
		this.#aoWidth = Math.ceil(width / AO_STEP) + 2;
		this.#ao = new Float32Array(this.#aoWidth * (Math.ceil(height / AO_STEP) + 2));
		this.mirror = new Uint8Array(width * height);
		this.#blocksAcross = Math.ceil(width / BLOCK);
		this.#lampsOf = new Array(this.#blocksAcross * Math.ceil(height / BLOCK)).fill([]);
	}

	run(stage: Stage, lens: Lens, depth: Depth, sky: Sky, shadow: Shadow, mood: Mood, out: Uint8ClampedArray): void {
		this.#corners(stage.faces, lens, depth);
		this.#isLit = mood.light.isLampTime;
		if (this.#isLit) spreadLamps(stage.lamps, lens, this.#lampsOf, this.#blocksAcross);
		this.#roofed = stage.roofed;
		this.#at = lens.at;
		const { width, height, focal, at, right, up, forward } = lens;
		for (let y = 0; y < height; y++) {
			const py = (height / 2 - y - 0.5) / focal;
			const bx = forward[0] + up[0] * py;
			const by = forward[1] + up[1] * py;
			const bz = forward[2] + up[2] * py;
			for (let x = 0; x < width; x++) {
				const i = y * width + x;
				const index = depth.face[i]!;
				if (index === NOTHING) {
					this.#skyPixel(sky, x, y, i, mood.light.exposure, out);
					continue;
				}
				const px = (x + 0.5 - width / 2) / focal;
				const z = 1 / depth.inverse[i]!;
				const rx = bx + right[0] * px;
				const ry = by + right[1] * px;
				const rz = bz + right[2] * px;
				spot.x = at[0] + rx * z;
				spot.y = at[1] + ry * z;
				spot.z = at[2] + rz * z;
				spot.distance = z * Math.sqrt(rx * rx + ry * ry + rz * rz);
				spot.pixel = spot.distance / focal;
				this.#pixel(stage.faces[index]!, x, y, i, ry * z, sky, shadow, mood, out);
			}
		}
	}

	#pixel(
		face: Face,
		x: number,
		y: number,
		i: number,
		down: number,
		sky: Sky,
		shadow: Shadow,
		mood: Mood,
		out: Uint8ClampedArray,
	): void {
		orient(face, this.#at);
		spot.r = face.tint[0];
		spot.g = face.tint[1];
		spot.b = face.tint[2];
		spot.seed = face.seed;
		paint(face.material, mood);
		const { light } = mood;
		const { sunColour, ambient, bounce, toSun } = light;
		const { nx, ny, nz } = spot;
		const ao = this.#corner(x, y) * (this.#roofed.length === 0 ? 1 : under(this.#roofed));
		const sky01 = (0.5 + 0.5 * ny) * ao;
		const low = (0.5 - 0.5 * ny) * ao;
		let r = ambient[0] * sky01 + bounce[0] * low;
		let g = ambient[1] * sky01 + bounce[1] * low;
		let b = ambient[2] * sky01 + bounce[2] * low;
		const facing = nx * toSun[0] + ny * toSun[1] + nz * toSun[2];
		if (facing > 0 && sunColour[0] > 0.01) {
			const k = facing * shadow.lit(spot.x, spot.y, spot.z, nx, ny, nz);
			r += sunColour[0] * k;
			g += sunColour[1] * k;
			b += sunColour[2] * k;
		}
		lampLight.r = r;
		lampLight.g = g;
		lampLight.b = b;
		if (this.#isLit) lampsAt(this.#lampsOf[Math.floor(y / BLOCK) * this.#blocksAcross + Math.floor(x / BLOCK)]!, ao);
		r = lampLight.r * skin.r + skin.er;
		g = lampLight.g * skin.g + skin.eg;
		b = lampLight.b * skin.b + skin.eb;
		// Haze lies lower than thirty metres above the ground more than higher.
		const lost = 1 - Math.exp(-light.haze * spot.distance);
		const h = (x >> 2) * 3;
		const e = light.exposure;
		const o = i * 4;
		out[o] = level((r + (sky.haze[h]! - r) * lost) * e);
		out[o + 1] = level((g + (sky.haze[h + 1]! - g) * lost) * e);
		out[o + 2] = level((b + (sky.haze[h + 2]! - b) * lost) * e);
		out[o + 3] = 255;
		this.mirror[i] = skin.mirror > 0 ? mirrorOf(skin.mirror, down, lost) : 0;
	}

	#skyPixel(sky: Sky, x: number, y: number, i: number, e: number, out: Uint8ClampedArray): void {
		const fx = (x % SKY_STEP) / SKY_STEP;
		const fy = (y % SKY_STEP) / SKY_STEP;
		const row = sky.width * 3;
		const c = (y >> 2) * row + (x >> 2) * 3;
		const o = i * 4;
		for (let k = 0; k < 3; k++) {
			const top = sky.cells[c + k]! * (1 - fx) + sky.cells[c + k + 3]! * fx;
			const bottom = sky.cells[c + row + k]! * (1 - fx) + sky.cells[c + row + k + 3]! * fx;
			out[o + k] = level((top * (1 - fy) + bottom * fy) * e);
		}
		out[o + 3] = 255;
		this.mirror[i] = 0;
	}

	/** How open each place is to the sky: neighbours that stand before its own plane take light away. */
	#corners(faces: readonly Face[], lens: Lens, depth: Depth): void {
		const { width, height } = lens;
		for (let cy = 0; cy * AO_STEP < height + AO_STEP; cy++) {
			for (let cx = 0; cx < this.#aoWidth; cx++) {
				const x = Math.min(width - 1, cx * AO_STEP);
				const y = Math.min(height - 1, cy * AO_STEP);
				this.#ao[cy * this.#aoWidth + cx] = openness(faces, lens, depth, x, y);
			}
		}
	}

	#corner(x: number, y: number): number {
		const fx = (x % AO_STEP) / AO_STEP;
		const fy = (y % AO_STEP) / AO_STEP;
		const i = (y >> 2) * this.#aoWidth + (x >> 2);
		const ao = this.#ao;
		const w = this.#aoWidth;
		return (ao[i]! * (1 - fx) + ao[i + 1]! * fx) * (1 - fy) + (ao[i + w]! * (1 - fx) + ao[i + w + 1]! * fx) * fy;
	}
}

/** Share of the sky's light under a roof: falls off from the open ends. */
function under(roofed: readonly Roofed[]): number {
	for (let n = 0; n < roofed.length; n++) {
		const one = roofed[n]!;
		if (spot.x < one.x0 || spot.x > one.x1 || spot.z < one.z0 || spot.z > one.z1 || spot.y > one.top) continue;
		const deep = Math.min(spot.z - one.z0, one.z1 - spot.z);
		return 0.14 + 0.7 * Math.exp(-deep / 2.2);
	}
	return 1;
}

/** Side of a block, pixels. */
const BLOCK = 80;

/** Each lamp goes to the blocks that the ball of its reach covers. */
function spreadLamps(lamps: readonly Lamp[], lens: Lens, blocks: (readonly Lamp[])[], across: number): void {
	const lists: Lamp[][] = blocks.map(() => []);
	const down = blocks.length / across;
	for (const lamp of lamps) {
		const [x, y, z] = lens.see(lamp.at);
		if (lamp.reach === 0 || z < -lamp.reach) continue;
		// Near ones may be anywhere; a ball further off is a circle, a little larger towards the edges.
		const isNear = z < lamp.reach * 1.2;
		const radius = (lens.focal * lamp.reach * 1.25) / (z - lamp.reach * 0.8);
		const px = lens.width / 2 + (lens.focal * x) / z;
		const py = lens.height / 2 - (lens.focal * y) / z;
		const first = (centre: number): number => (isNear ? 0 : Math.max(0, Math.floor((centre - radius) / BLOCK)));
		const last = (centre: number, most: number): number =>
			isNear ? most - 1 : Math.min(most - 1, Math.floor((centre + radius) / BLOCK));
		for (let row = first(py); row <= last(py, down); row++)
			for (let column = first(px); column <= last(px, across); column++) lists[row * across + column]?.push(lamp);
	}
	for (const [index, list] of lists.entries()) blocks[index] = list;
}

function lampsAt(lamps: readonly Lamp[], ao: number): void {
	for (let l = 0; l < lamps.length; l++) {
		const lamp = lamps[l]!;
		const dx = lamp.at[0] - spot.x;
		const dz = lamp.at[2] - spot.z;
		const dy = lamp.at[1] - spot.y;
		const d2 = dx * dx + dy * dy + dz * dz;
		const reach2 = lamp.reach * lamp.reach;
		if (d2 >= reach2) continue;
		const d = Math.sqrt(d2) + 0.01;
		const facing = clamp((dx * spot.nx + dy * spot.ny + dz * spot.nz) / d, 0, 1) * 0.9 + 0.1;
		const fade = 1 - d2 / reach2;
		const k = (lamp.power * facing * fade * fade * (0.4 + 0.6 * ao)) / (1 + d2 * 0.012);
		lampLight.r += lamp.colour[0] * k;
		lampLight.g += lamp.colour[1] * k;
		lampLight.b += lamp.colour[2] * k;
	}
}

const lampLight = { r: 0, g: 0, b: 0 };

function openness(faces: readonly Face[], lens: Lens, depth: Depth, x: number, y: number): number {
	const i = y * lens.width + x;
	const index = depth.face[i]!;
	if (index === NOTHING || faces[index]!.round === 2) return 1;
	const z = 1 / depth.inverse[i]!;
	const a = depth.a[index]!;
	const b = depth.b[index]!;
	const c = depth.c[index]!;
	let taken = 0;
	for (let ring = 0; ring < 2; ring++) {
		const radius = clamp((lens.focal * (ring === 0 ? 0.7 : 3.2)) / z, 2, ring === 0 ? 26 : 90);
		for (let s = 0; s < DISC.length; s += 2) {
			const sx = Math.round(x + DISC[s]! * radius);
			const sy = Math.round(y + DISC[s + 1]! * radius);
			if (sx < 0 || sy < 0 || sx >= lens.width || sy >= lens.height) continue;
			const inverse = depth.inverse[sy * lens.width + sx]!;
			const expected = a * (sx + 0.5) + b * (sy + 0.5) + c;
			if (inverse <= expected * 1.002 || expected <= 0) continue;
			const before = 1 / expected - 1 / inverse;
			const far = ring === 0 ? 1.6 : 7;
			if (before > 0.04 && before < far * 3) taken += before < far ? 1 : 1 - (before - far) / (2 * far);
		}
	}
	return 1 - 0.74 * (taken / DISC.length);
}

/** The normal at `spot`: of the plane, of a tube about its axis, of a ball with rough skin. */
function orient(face: Face, at: Point): void {
	if (face.round === 0) {
		const [nx, ny, nz] = face.normal;
		// A sheet that is seen from both sides turns the side to the camera that the camera sees.
		const away = face.isTwoSided && nx * (at[0] - spot.x) + ny * (at[1] - spot.y) + nz * (at[2] - spot.z) < 0;
		const side = away ? -1 : 1;
		spot.nx = nx * side;
		spot.ny = ny * side;
		spot.nz = nz * side;
		return;
	}
	const dx = spot.x - face.centre[0];
	const dz = spot.z - face.centre[2];
	if (face.round === 1) {
		if (face.normal[1] > 0.9) {
			spot.nx = 0;
			spot.ny = 1;
			spot.nz = 0;
			return;
		}
		const d = Math.hypot(dx, dz) || 1;
		spot.nx = dx / d;
		spot.ny = 0;
		spot.nz = dz / d;
		return;
	}
	const dy = spot.y - face.centre[1];
	const d = Math.hypot(dx, dy, dz) || 1;
	const rough = face.material === LEAF_ROUGH ? (cloudy(spot.x * 6, spot.z * 6 + spot.y * 9) - 0.5) * 1.6 : 0;
	spot.nx = dx / d + rough;
	spot.ny = dy / d + rough * 0.6;
	spot.nz = dz / d - rough;
	const n = Math.hypot(spot.nx, spot.ny, spot.nz) || 1;
	spot.nx /= n;
	spot.ny /= n;
	spot.nz /= n;
}

const LEAF_ROUGH = materials.indexOf("leaf");

/** Fresnel by the slant of the view onto level ground; 0..255. */
function mirrorOf(wet: number, down: number, lost: number): number {
	const cosine = clamp(-down / spot.distance, 0, 1);
	const fresnel = 0.06 + 0.94 * (1 - cosine) ** 4;
	return Math.round(255 * clamp(wet * fresnel, 0, 0.94) * (1 - lost));
}

/** Light on a thin rod, which has no one normal. */
export function rodLight(light: Light): readonly [number, number, number] {
	const s = 0.5;
	return [
		light.ambient[0] * 0.8 + light.sunColour[0] * s,
		light.ambient[1] * 0.8 + light.sunColour[1] * s,
		light.ambient[2] * 0.8 + light.sunColour[2] * s,
	];
}
