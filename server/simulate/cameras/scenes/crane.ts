// Tower cranes, excavators and trucks of a site. The crane's jib stands where the live slew says; the hook where the load hangs.
import { hash } from "../draw/noise.ts";
import type { Point, Rgb, Stage } from "../draw/stage.ts";
import { type CraneFacts, radians } from "./place.ts";

const YELLOW: Rgb = [0.72, 0.44, 0.035];
const GREY: Rgb = [0.42, 0.43, 0.44];

/** @param slew where the jib points in the scene, radians clockwise from its north. */
export function towerCrane(stage: Stage, x: number, z: number, facts: CraneFacts, slew: number, isDark: boolean): void {
	const { mast: top, jib } = facts;
	const half = 0.85;
	const step = 2.5;
	for (let y = 0; y < top; y += step) {
		const up = Math.min(top, y + step);
		for (let k = 0; k < 4; k++) {
			const a = corner(x, z, half, k);
			const b = corner(x, z, half, k + 1);
			stage.rod([a[0], y, a[1]], [a[0], up, a[1]], 0.1, YELLOW);
			stage.rod([a[0], y, a[1]], [b[0], up, b[1]], 0.05, YELLOW);
			stage.rod([a[0], up, a[1]], [b[0], up, b[1]], 0.05, YELLOW);
		}
	}
	stage.box(x, z, 4.4, 4.4, 0, 1.2, { wall: "concrete", tint: [0.42, 0.41, 0.4] });
	const [s, c] = [Math.sin(slew), Math.cos(slew)];
	const at = (ahead: number, side: number, y: number): Point => [x + s * ahead + c * side, y, z + c * ahead - s * side];
	const head = top + 7.5;
	boom(stage, at, top + 1, jib, 1.1);
	boom(stage, at, top + 1, -14, 0.9);
	for (let k = 0; k < 4; k++) {
		const [cx, cz] = corner(x, z, half, k);
		stage.rod([cx, top, cz], at(0, 0, head), 0.08, YELLOW);
	}
	stage.rod(at(0, 0, head), at(jib * 0.66, 0, top + 2.2), 0.045, GREY);
	stage.rod(at(0, 0, head), at(jib * 0.3, 0, top + 2.2), 0.045, GREY);
	stage.rod(at(0, 0, head), at(-13, 0, top + 1.2), 0.045, GREY);
	const [wx, , wz] = at(-12, 0, 0);
	stage.box(wx, wz, 2.2, 3, top - 1.6, top + 1.2, { wall: "concrete", tint: [0.36, 0.36, 0.36], turn: slew });
	const [cx, , cz] = at(1.4, 1.5, 0);
	stage.box(cx, cz, 1.3, 1.6, top - 1.2, top + 1, { wall: "plain", tint: [0.75, 0.73, 0.66], turn: slew });
	const [gx, , gz] = at(1.9, 1.5, 0);
	stage.box(gx, gz, 1.34, 0.7, top - 0.5, top + 0.7, { wall: "plain", tint: [0.04, 0.05, 0.06], turn: slew });
	hook(stage, at, top, facts);
	if (!isDark) return;
	const red: Rgb = [1, 0.06, 0.03];
	for (const place of [at(0, 0, head + 0.3), at(jib, 0, top + 1.5), at(-14, 0, top + 1.5)])
		stage.lamp({ at: place, colour: red, reach: 0, power: 0, glow: 8 });
	if (hash(Math.round(x), Math.round(z)) > 0.35)
		stage.lamp({ at: at(2, 0, top - 1.8), colour: [0.95, 0.97, 1], reach: 95, power: 1.5, glow: 40 });
}

function corner(x: number, z: number, half: number, k: number): readonly [number, number] {
	const n = ((k % 4) + 4) % 4;
	return [x + (n === 0 || n === 3 ? -half : half), z + (n < 2 ? -half : half)];
}

type At = (ahead: number, side: number, y: number) => Point;

/** Triangular lattice: two lower chords, one upper, zigzags between. */
function boom(stage: Stage, at: At, y: number, length: number, high: number): void {
	const way = Math.sign(length);
	const most = Math.abs(length);
	const step = 2.2;
	for (let d = 0; d < most; d += step) {
		const e = Math.min(most, d + step);
		const middle = (d + e) / 2;
		const h = high * (1 - 0.35 * (d / most));
		for (const side of [-0.6, 0.6]) {
			stage.rod(at(d * way, side, y), at(e * way, side, y), 0.07, YELLOW);
			stage.rod(at(d * way, side, y), at(middle * way, 0, y + h), 0.04, YELLOW);
			stage.rod(at(middle * way, 0, y + h), at(e * way, side, y), 0.04, YELLOW);
		}
		stage.rod(at((d - step / 2) * way, 0, y + h), at(middle * way, 0, y + h), 0.08, YELLOW);
		stage.rod(at(d * way, -0.6, y), at(e * way, 0.6, y), 0.035, YELLOW);
	}
}

function hook(stage: Stage, at: At, top: number, facts: CraneFacts): void {
	const out = Math.min(facts.jib - 2, Math.max(5, facts.radius ?? facts.jib * 0.4));
	const low = Math.min(top - 3, Math.max(1.5, facts.hook ?? top - 9));
	const black: Rgb = [0.06, 0.06, 0.06];
	for (const side of [-0.35, 0.35]) stage.rod(at(out, side, top + 1), at(out, side * 0.3, low + 1), 0.022, black);
	const [tx, , tz] = at(out, 0, 0);
	stage.box(tx, tz, 1.2, 1.6, top + 0.2, top + 0.8, { wall: "plain", tint: [0.2, 0.2, 0.2] });
	stage.box(tx, tz, 0.55, 0.55, low, low + 1, { wall: "plain", tint: [0.65, 0.42, 0.03] });
	if (!facts.isLifting) return;
	for (const [a, b] of [
		[-1.6, 0],
		[1.6, 0],
	] as const)
		stage.rod(at(out, 0, low), at(out + a, b, low - 1.8), 0.025, black);
	stage.box(tx, tz, 1, 4.4, low - 2.4, low - 1.8, { wall: "stack", tint: [0.36, 0.25, 0.17], seed: 3 });
}

/** An excavator on its tracks; `reach` swings its arm. */
export function excavator(stage: Stage, x: number, z: number, y: number, turn: number, reach: number): void {
	const tint: Rgb = [0.75, 0.4, 0.03];
	const [s, c] = [Math.sin(turn), Math.cos(turn)];
	const at = (ahead: number, side: number, up: number): Point => [
		x + s * ahead + c * side,
		y + up,
		z + c * ahead - s * side,
	];
	for (const side of [-1.15, 1.15]) {
		const [tx, , tz] = at(0, side, 0);
		stage.box(tx, tz, 0.6, 4, y, y + 0.9, { wall: "plain", tint: [0.045, 0.045, 0.045], turn });
	}
	const [bx, , bz] = at(-0.6, 0, 0);
	stage.box(bx, bz, 2.6, 3.4, y + 1, y + 2.1, { wall: "plain", tint, turn });
	const [cx, , cz] = at(0.6, -0.75, 0);
	stage.box(cx, cz, 1.1, 1.6, y + 2, y + 3.1, { wall: "plain", tint: [0.05, 0.06, 0.07], roofTint: tint, turn });
	const elbow = at(3.4, 0.2, 4.6);
	const wrist = at(5 + reach * 1.5, 0.2, 1.4 + reach * 1.2);
	stage.rod(at(1, 0.2, 2), elbow, 0.24, tint);
	stage.rod(elbow, wrist, 0.19, tint);
	const [kx, ky, kz] = wrist;
	stage.box(kx, kz, 1.2, 0.9, ky - 1, ky, { wall: "plain", tint: [0.1, 0.09, 0.08], turn });
}

/** A tipper with its load. */
export function tipper(stage: Stage, x: number, z: number, y: number, turn: number, seed: number): void {
	const [s, c] = [Math.sin(turn), Math.cos(turn)];
	const at = (ahead: number, side: number): readonly [number, number] => [
		x + s * ahead + c * side,
		z + c * ahead - s * side,
	];
	const tint: Rgb = hash(seed) > 0.5 ? [0.5, 0.06, 0.03] : [0.12, 0.25, 0.1];
	const [hx, hz] = at(3.4, 0);
	stage.box(hx, hz, 2.4, 1.9, y + 0.7, y + 2.9, { wall: "plain", tint, turn });
	const [wx, wz] = at(3.95, 0);
	stage.box(wx, wz, 2.1, 0.86, y + 1.8, y + 2.6, { wall: "plain", tint: [0.04, 0.045, 0.05], turn });
	const [bx, bz] = at(-0.7, 0);
	stage.box(bx, bz, 2.4, 5.6, y + 1.1, y + 2.7, {
		wall: "sheet",
		tint: [0.28, 0.27, 0.22],
		roof: "earth",
		roofTint: [0.2, 0.16, 0.11],
		turn,
	});
	for (const ahead of [3.2, -1, -2.3])
		for (const side of [-1, 1]) {
			const [tx, tz] = at(ahead, side);
			stage.box(tx, tz, 0.42, 1.05, y, y + 1.05, { wall: "plain", tint: [0.03, 0.03, 0.03], turn });
		}
}

/** Where a jib points when nobody has said: with the wind when it blows hard (the slewing brake is released), else as it was left. */
export function restingSlew(wind: number, windFrom: number, seed: number): number {
	return wind > 8 ? radians(windFrom + 180) : hash(seed, 17) * Math.PI * 2;
}
