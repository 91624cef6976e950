// What stands before a camera: flat faces, spheres, thin rods and lamps in metres (x east, y up, z north). Scenes put things on it,
// the rasteriser reads it. It draws nothing and knows no camera.

export type Point = readonly [x: number, y: number, z: number];
/** Linear light, 0..1 for a surface. */
export type Rgb = readonly [r: number, g: number, b: number];

/** How a face is textured; the tint gives the colour. */
export const materials = [
	"plain",
	"earth",
	"asphalt",
	"grass",
	"facade",
	"skeleton",
	"net",
	"concrete",
	"hoarding",
	"sheet",
	"water",
	"leaf",
	"stack",
	"gauge",
	"paint",
	"piles",
	"brick",
	"shop",
] as const;
export type Material = (typeof materials)[number];

export interface Face {
	/** Convex, flat; empty for a sphere. */
	readonly points: readonly Point[];
	readonly normal: Point;
	readonly material: number;
	readonly tint: Rgb;
	readonly seed: number;
	readonly isTwoSided: boolean;
	/** 0 flat, 1 round about the upright axis through `centre`, 2 sphere. */
	readonly round: 0 | 1 | 2;
	readonly centre: Point;
	readonly radius: number;
}

export interface Rod {
	readonly a: Point;
	readonly b: Point;
	/** Metres. */
	readonly radius: number;
	readonly tint: Rgb;
}

export interface Lamp {
	readonly at: Point;
	readonly colour: Rgb;
	/** Metres that its light reaches; 0: it is seen and lights nothing. */
	readonly reach: number;
	readonly power: number;
	/** Radius of the glow at 10 m, in pixels of a picture 960 wide. */
	readonly glow: number;
}

/** Mist, steam, dust: a soft ball of a colour. */
export interface Puff {
	readonly at: Point;
	readonly radius: number;
	readonly tint: Rgb;
	readonly alpha: number;
}

/** A space under a roof, open at its ends: the sky's light reaches into it only so far. */
export interface Roofed {
	readonly x0: number;
	readonly x1: number;
	readonly z0: number;
	readonly z1: number;
	readonly top: number;
}

/** Words on an upright board: from the upper left `a` to the upper right `b`, `down` metres high. */
export interface Sign {
	readonly a: Point;
	readonly b: Point;
	readonly down: number;
	readonly text: string;
	readonly ink: Rgb;
	/** null: written on what is behind. */
	readonly board: Rgb | null;
	/** Letters give light of their own. */
	readonly isLit?: boolean;
}

export interface BoxLook {
	readonly wall: Material;
	readonly tint: Rgb;
	readonly roof?: Material;
	readonly roofTint?: Rgb;
	/** Clockwise from north, radians. */
	readonly turn?: number;
	readonly seed?: number;
}

const NOWHERE: Point = [0, 0, 0];

export class Stage {
	readonly faces: Face[] = [];
	readonly rods: Rod[] = [];
	readonly lamps: Lamp[] = [];
	readonly puffs: Puff[] = [];
	readonly signs: Sign[] = [];
	readonly roofed: Roofed[] = [];

	/** Corners in order, seen from the front anticlockwise or not: the normal is turned by `up` where that is given. */
	flat(points: readonly Point[], material: Material, tint: Rgb, seed = 0, isTwoSided = true): void {
		const normal = normalOf(points);
		this.faces.push({
			points,
			normal,
			material: materials.indexOf(material),
			tint,
			seed,
			isTwoSided,
			round: 0,
			centre: NOWHERE,
			radius: 0,
		});
	}

	/** A level rectangle, its upper side. */
	floor(x0: number, z0: number, x1: number, z1: number, y: number, material: Material, tint: Rgb, seed = 0): void {
		const corners: Point[] = [
			[x0, y, z0],
			[x0, y, z1],
			[x1, y, z1],
			[x1, y, z0],
		];
		this.#push(corners, [0, 1, 0], material, tint, seed);
	}

	/** Upright; w along its own x, d along its own z. */
	box(cx: number, cz: number, w: number, d: number, y0: number, y1: number, look: BoxLook): void {
		const turn = look.turn ?? 0;
		const seed = look.seed ?? 0;
		const [s, c] = [Math.sin(turn), Math.cos(turn)];
		const corner = (a: number, b: number, y: number): Point => [
			cx + (a * w * c + b * d * s) / 2,
			y,
			cz + (-a * w * s + b * d * c) / 2,
		];
		const ring: [number, number][] = [
			[-1, -1],
			[1, -1],
			[1, 1],
			[-1, 1],
		];
		for (let i = 0; i < 4; i++) {
			const [a, b] = [ring[i]!, ring[(i + 1) % 4]!];
			const points = [corner(...a, y0), corner(...b, y0), corner(...b, y1), corner(...a, y1)];
			const out: Point = [
				((a[0] + b[0]) / 2) * c + ((a[1] + b[1]) / 2) * s,
				0,
				-((a[0] + b[0]) / 2) * s + ((a[1] + b[1]) / 2) * c,
			];
			this.#push(points, out, look.wall, look.tint, seed * 4 + i);
		}
		const top = ring.map(([a, b]) => corner(a, b, y1));
		this.#push(top, [0, 1, 0], look.roof ?? "plain", look.roofTint ?? look.tint, seed);
		if (y0 > 0.3)
			this.#push(
				ring.map(([a, b]) => corner(a, b, y0)),
				[0, -1, 0],
				"plain",
				look.tint,
				seed,
			);
	}

	/** Upright cylinder or cone stump. */
	tube(
		cx: number,
		cz: number,
		r0: number,
		r1: number,
		y0: number,
		y1: number,
		material: Material,
		tint: Rgb,
		seed = 0,
	): void {
		const sides = 14;
		const at = (i: number, r: number, y: number): Point => {
			const a = (i / sides) * Math.PI * 2;
			return [cx + Math.sin(a) * r, y, cz + Math.cos(a) * r];
		};
		for (let i = 0; i < sides; i++) {
			const points = [at(i, r0, y0), at(i + 1, r0, y0), at(i + 1, r1, y1), at(i, r1, y1)];
			const a = ((i + 0.5) / sides) * Math.PI * 2;
			const normal: Point = [Math.sin(a), 0, Math.cos(a)];
			this.#push(points, normal, material, tint, seed, { round: 1, centre: [cx, 0, cz], radius: (r0 + r1) / 2 });
		}
		this.#push(
			Array.from({ length: sides }, (_, i) => at(i, r1, y1)),
			[0, 1, 0],
			material,
			tint,
			seed,
		);
	}

	ball(centre: Point, radius: number, material: Material, tint: Rgb, seed = 0): void {
		this.#push([], [0, 1, 0], material, tint, seed, { round: 2, centre, radius });
	}

	rod(a: Point, b: Point, radius: number, tint: Rgb): void {
		this.rods.push({ a, b, radius, tint });
	}

	lamp(lamp: Lamp): void {
		this.lamps.push(lamp);
	}

	sign(sign: Sign): void {
		this.signs.push(sign);
	}

	puff(puff: Puff): void {
		this.puffs.push(puff);
	}

	#push(
		points: readonly Point[],
		normal: Point,
		material: Material,
		tint: Rgb,
		seed: number,
		shape: Pick<Face, "round" | "centre" | "radius"> = { round: 0, centre: NOWHERE, radius: 0 },
	): void {
		// The plane's own normal, turned to the side that is told: a leaning wall of a cone is not quite upright.
		let exact = normal;
		if (points.length > 0) {
			const own = normalOf(points);
			const side = own[0] * normal[0] + own[1] * normal[1] + own[2] * normal[2];
			exact = side < 0 ? [-own[0], -own[1], -own[2]] : own;
		}
		const face = {
			points,
			normal: exact,
			material: materials.indexOf(material),
			tint,
			seed,
			isTwoSided: false,
			...shape,
		};
		this.faces.push(face);
	}
}

function normalOf(points: readonly Point[]): Point {
	const [a, b, c] = [points[0]!, points[1]!, points[2]!];
	const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
	const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
	const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
	const length = Math.hypot(...n) || 1;
	return [n[0] / length, n[1] / length, n[2] / length];
}
