// A northern Chinese town around a scene: slab blocks in rows that face south, older walk-ups, shops, trees, street lamps, cars, people.
// Called by the scenes.
import { type Dice, hash } from "../draw/noise.ts";
import type { Point, Rgb, Stage } from "../draw/stage.ts";
import type { Place } from "./place.ts";

export const SODIUM: Rgb = [1, 0.62, 0.24];
export const LED: Rgb = [0.92, 0.95, 1];
const WALLS: readonly Rgb[] = [
	[0.52, 0.45, 0.36],
	[0.55, 0.5, 0.43],
	[0.42, 0.33, 0.27],
	[0.48, 0.47, 0.45],
	[0.56, 0.53, 0.47],
	[0.4, 0.27, 0.21],
];
const OLD: readonly Rgb[] = [
	[0.5, 0.36, 0.28],
	[0.5, 0.47, 0.4],
	[0.44, 0.42, 0.38],
	[0.55, 0.48, 0.33],
];

/** Blocks in rows about the origin, none within the clear rectangle. */
export function blocks(
	stage: Stage,
	dice: Dice,
	clear: readonly [x0: number, z0: number, x1: number, z1: number],
	far = 420,
): void {
	const rowStep = 52;
	for (let z = -far; z <= far; z += rowStep) {
		const tall = dice.next() > 0.4;
		let x = -far + dice.between(0, 30);
		while (x < far) {
			const wide = tall ? dice.between(26, 44) : dice.between(40, 68);
			const deep = tall ? dice.between(13, 17) : 11.5;
			const floors = tall ? dice.int(15, 33) : dice.int(5, 7);
			const zz = z + dice.between(-6, 6);
			const middle = x + wide / 2;
			const outside =
				middle + wide / 2 < clear[0] || middle - wide / 2 > clear[2] || zz + deep < clear[1] || zz - deep > clear[3];
			if (outside && Math.hypot(middle, zz) < far && dice.next() > 0.12)
				house(stage, dice, middle, zz, wide, deep, floors);
			x += wide + dice.between(tall ? 16 : 10, tall ? 34 : 18);
		}
	}
}

function house(stage: Stage, dice: Dice, x: number, z: number, wide: number, deep: number, floors: number): void {
	const top = floors * 2.95 + 1;
	const seed = dice.int(1, 4_000);
	const tint = floors > 8 ? dice.pick(WALLS) : dice.pick(OLD);
	const turn = dice.between(-0.05, 0.05);
	stage.box(x, z, wide, deep, 0, top, {
		wall: "facade",
		tint,
		roof: "concrete",
		roofTint: [0.3, 0.3, 0.3],
		seed,
		turn,
	});
	// Lift houses and water tanks on the roof break the edge.
	const units = floors > 8 ? 2 : 3;
	for (let n = 0; n < units; n++) {
		const at = x + (n - (units - 1) / 2) * (wide / units);
		if (floors > 8) stage.box(at, z, 6, 6, top, top + dice.between(3, 5.4), { wall: "plain", tint, seed, turn });
		else stage.box(at, z, 2.2, 1.6, top, top + 1.3, { wall: "plain", tint: [0.4, 0.38, 0.36], seed, turn });
	}
	if (floors <= 8)
		stage.box(x, z, wide + 0.8, deep + 0.8, top - 0.4, top, { wall: "plain", tint: [0.4, 0.38, 0.35], seed, turn });
}

/** Poplar or willow: bare in the cold, a head of leaves in the warm months. */
export function tree(stage: Stage, dice: Dice, x: number, z: number, place: Place, size = 1): void {
	const high = dice.between(6, 9.5) * size;
	const bark: Rgb = [0.2, 0.17, 0.14];
	stage.rod([x, 0, z], [x, high * 0.55, z], 0.14 * size, bark);
	const isBare = place.weather.temperature < 4;
	const branches = isBare ? 30 : 7;
	for (let n = 0; n < branches; n++) {
		const from = high * dice.between(0.25, 0.6);
		const angle = dice.next() * Math.PI * 2;
		const reach = dice.between(0.7, 2.1) * size;
		const end: Point = [x + Math.sin(angle) * reach, from + dice.between(0.9, 3.6) * size, z + Math.cos(angle) * reach];
		stage.rod([x, from, z], end, 0.045 * size, bark);
		if (!isBare) continue;
		for (let k = 0; k < 2; k++) {
			const twig = angle + dice.between(-1, 1);
			const s = dice.between(0.5, 1.2) * size;
			stage.rod(end, [end[0] + Math.sin(twig) * s, end[1] + s * 0.9, end[2] + Math.cos(twig) * s], 0.022 * size, bark);
		}
	}
	if (isBare) return;
	for (let n = 0; n < 15; n++) {
		const angle = dice.next() * Math.PI * 2;
		const out = dice.between(0, 1.7) * size;
		const r = dice.between(0.6, 1.35) * size;
		const up = high * dice.between(0.5, 0.95);
		const green = dice.between(0.8, 1.15);
		stage.ball(
			[x + Math.sin(angle) * out, up, z + Math.cos(angle) * out],
			r,
			"leaf",
			[0.07 * green, 0.13 * green, 0.035],
			n,
		);
	}
}

/** A street lamp on a pole; its arm reaches towards (dx, dz). */
export function streetLamp(stage: Stage, x: number, z: number, dx: number, dz: number, colour: Rgb, high = 9): void {
	const grey: Rgb = [0.35, 0.36, 0.37];
	stage.rod([x, 0, z], [x, high, z], 0.09, grey);
	stage.rod([x, high, z], [x + dx, high + 0.5, z + dz], 0.06, grey);
	const at: Point = [x + dx, high + 0.35, z + dz];
	stage.box(at[0], at[2], 0.5, 0.5, high + 0.38, high + 0.56, { wall: "plain", tint: [0.5, 0.5, 0.5] });
	stage.lamp({ at, colour, reach: 26, power: 0.3, glow: 26 });
}

const PAINT: readonly Rgb[] = [
	[0.7, 0.7, 0.7],
	[0.06, 0.06, 0.065],
	[0.3, 0.31, 0.32],
	[0.27, 0.035, 0.03],
	[0.08, 0.14, 0.3],
	[0.55, 0.52, 0.45],
];

export interface CarLook {
	/** Direction it drives to, radians clockwise from north. */
	readonly heading: number;
	readonly seed: number;
	readonly isDark: boolean;
	/** Height of the ground under it. */
	readonly y?: number;
}

/** A saloon, a van or a bus by its seed, with its lamps. */
export function car(stage: Stage, x: number, z: number, { heading, seed, isDark, y = 0 }: CarLook): void {
	const chance = hash(seed, 3);
	const tint = chance > 0.93 ? ([0.12, 0.2, 0.17] as const) : PAINT[Math.floor(hash(seed, 4) * PAINT.length)]!;
	const [s, c] = [Math.sin(heading), Math.cos(heading)];
	const at = (side: number, ahead: number, up: number): Point => [
		x + side * c + ahead * s,
		y + up,
		z - side * s + ahead * c,
	];
	const look = { wall: "plain", tint, turn: heading, seed } as const;
	const isBus = chance > 0.93;
	const isVan = !isBus && chance > 0.78;
	const [long, wide, high] = isBus ? [10.5, 2.5, 3] : isVan ? [5.2, 1.9, 2.1] : [4.6, 1.82, 0.92];
	stage.box(x, z, wide, long, y + 0.32, y + high, look);
	stage.box(x, z, wide * 0.96, long * 0.9, y + 0.14, y + 0.34, {
		wall: "plain",
		tint: [0.03, 0.03, 0.03],
		turn: heading,
	});
	const window: Rgb = [0.035, 0.04, 0.045];
	if (isBus || isVan) {
		const [px, , pz] = at(0, 0, 0);
		stage.box(px, pz, wide + 0.03, long * 0.86, y + high * 0.52, y + high * 0.82, {
			wall: "plain",
			tint: window,
			turn: heading,
		});
	} else {
		cabin(stage, at, wide, long, high, tint);
	}
	for (const side of [-1, 1]) {
		for (const end of [-1, 1]) {
			const [wx, , wz] = at(side * wide * 0.47, end * long * 0.31, 0);
			stage.box(wx, wz, 0.22, 0.66, y + 0.02, y + 0.66, { wall: "plain", tint: [0.02, 0.02, 0.02], turn: heading });
		}
		if (!isDark) continue;
		const white = at(side * wide * 0.38, long / 2 + 0.06, 0.66);
		stage.lamp({ at: white, colour: [1, 0.96, 0.86], reach: 0, power: 0, glow: 13 });
		stage.lamp({
			at: at(side * wide * 0.4, -long / 2 - 0.06, 0.8),
			colour: [1, 0.07, 0.04],
			reach: 0,
			power: 0,
			glow: 12,
		});
	}
	if (isDark) stage.lamp({ at: at(0, long / 2 + 6, 0.7), colour: [1, 0.95, 0.85], reach: 10, power: 0.16, glow: 0 });
}

/** Windows that lean inwards and a roof. */
function cabin(
	stage: Stage,
	at: (side: number, ahead: number, up: number) => Point,
	wide: number,
	long: number,
	high: number,
	tint: Rgb,
): void {
	const ring = (k: number, front: number, back: number, up: number): Point[] => [
		at(-wide * k, back, up),
		at(wide * k, back, up),
		at(wide * k, front, up),
		at(-wide * k, front, up),
	];
	const low = ring(0.46, long * 0.2, -long * 0.37, high);
	const top = ring(0.4, long * 0.07, -long * 0.31, 1.44);
	const glass: Rgb = [0.035, 0.04, 0.047];
	for (let k = 0; k < 4; k++) {
		const n = (k + 1) % 4;
		stage.flat([low[k]!, low[n]!, top[n]!, top[k]!], "plain", glass);
		stage.rod(low[k]!, top[k]!, 0.05, tint);
	}
	stage.flat(top, "plain", tint);
}

/** Someone in a waistcoat and helmet, or in a dark coat. */
export function person(stage: Stage, x: number, z: number, y: number, seed: number, isWorker: boolean): void {
	const coat: Rgb = isWorker ? [0.75, 0.22, 0.03] : [0.06 + 0.2 * hash(seed), 0.06, 0.08 + 0.15 * hash(seed, 2)];
	stage.box(x, z, 0.36, 0.26, y, y + 0.82, { wall: "plain", tint: [0.05, 0.06, 0.09], seed });
	stage.box(x, z, 0.5, 0.3, y + 0.8, y + 1.44, { wall: "plain", tint: coat, seed });
	stage.ball([x, y + 1.6, z], 0.15, "plain", isWorker ? [0.75, 0.6, 0.05] : [0.25, 0.17, 0.12], seed);
}

export interface Lane {
	readonly x: number;
	/** 1 away from the camera, -1 towards it. */
	readonly way: 1 | -1;
}

/** Cars along lanes that run north, moving with the clock; `ground` gives the height of the road. */
export function laneCars(
	stage: Stage,
	place: Place,
	lanes: readonly Lane[],
	density: number,
	ground: (z: number) => number = () => 0,
): void {
	const gap = 24;
	for (const [index, { x, way }] of lanes.entries()) {
		const shift = (place.at / 1000) * way * (9 + 3 * hash(index, place.seed));
		for (let n = -1; n <= 9; n++) {
			const slot = n + Math.floor(-shift / gap);
			if (hash(slot, index, place.seed) > density) continue;
			const z = slot * gap + shift + hash(slot, 9, index) * 12;
			car(stage, x, z, {
				heading: way === 1 ? 0 : Math.PI,
				seed: hash(slot, index, 5) * 1e6,
				isDark: place.isDark,
				y: ground(z),
			});
		}
	}
}

/** Cars along a straight street z = const, moving with the clock: two lanes each way, none but by chance at night. */
export function streetCars(stage: Stage, place: Place, z0: number, laneWidth: number, density: number): void {
	const seconds = place.at / 1000;
	const gap = 26;
	for (let lane = 0; lane < 4; lane++) {
		const isEast = lane < 2;
		const speed = (isEast ? 1 : -1) * (8 + 3 * hash(lane, place.seed));
		const shift = seconds * speed;
		const z = z0 + (lane - 1.5) * laneWidth;
		for (let n = -7; n <= 7; n++) {
			const slot = n + Math.floor(-shift / gap);
			if (hash(slot, lane, place.seed) > density) continue;
			const x = slot * gap + shift + hash(slot, 9, lane) * 14;
			car(stage, x, z, {
				heading: isEast ? Math.PI / 2 : -Math.PI / 2,
				seed: hash(slot, lane, 5) * 1e6,
				isDark: place.isDark,
			});
		}
	}
}
