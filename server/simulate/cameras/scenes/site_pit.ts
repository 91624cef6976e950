// The foundation pit of a site: piles, capping beam, struts, railing, the slab under way. Called by site.ts.
import type { Dice } from "../draw/noise.ts";
import type { Rgb, Stage } from "../draw/stage.ts";
import type { Place } from "./place.ts";

/** Metres in the site's own frame. */
export const PIT = { x0: -24, z0: -12, x1: 24, z1: 18, deep: 8 } as const;

export function pit(stage: Stage, dice: Dice, place: Place): void {
	const { x0, z0, x1, z1, deep } = PIT;
	const grey: Rgb = [0.36, 0.345, 0.32];
	stage.floor(x0, z0, x1, z1, -deep, "earth", [0.23, 0.185, 0.135]);
	stage.flat(
		[
			[x0, -deep, z0],
			[x1, -deep, z0],
			[x1, -1, z0],
			[x0, -1, z0],
		],
		"piles",
		grey,
	);
	stage.flat(
		[
			[x0, -deep, z1],
			[x1, -deep, z1],
			[x1, -1, z1],
			[x0, -1, z1],
		],
		"piles",
		grey,
	);
	stage.flat(
		[
			[x0, -deep, z0],
			[x0, -deep, z1],
			[x0, -1, z1],
			[x0, -1, z0],
		],
		"piles",
		grey,
	);
	stage.flat(
		[
			[x1, -deep, z0],
			[x1, -deep, z1],
			[x1, -1, z1],
			[x1, -1, z0],
		],
		"piles",
		grey,
	);
	// Capping beam and the struts of the first level, with their columns.
	const cap = { wall: "concrete", tint: [0.43, 0.42, 0.4] as Rgb } as const;
	stage.box((x0 + x1) / 2, z0 - 0.5, x1 - x0 + 2, 1, -1, 0.25, cap);
	stage.box((x0 + x1) / 2, z1 + 0.5, x1 - x0 + 2, 1, -1, 0.25, cap);
	stage.box(x0 - 0.5, (z0 + z1) / 2, 1, z1 - z0 + 2, -1, 0.25, cap);
	stage.box(x1 + 0.5, (z0 + z1) / 2, 1, z1 - z0 + 2, -1, 0.25, cap);
	for (const x of [-13, 0.5, 14]) {
		stage.box(x, (z0 + z1) / 2, 0.9, z1 - z0, -2.4, -1.5, cap);
		for (const z of [-5, 5]) stage.box(x, z, 0.6, 0.6, -deep, -2.4, { wall: "plain", tint: [0.3, 0.2, 0.13] });
	}
	for (const [cx, cz, t] of [
		[x0, z0, 0.78],
		[x1, z0, -0.78],
	] as const)
		stage.box(cx + Math.sign(-cx) * 4.6, cz + 4.6, 0.8, 13, -2.4, -1.6, { ...cap, turn: -t });
	railing(stage, x0 - 1.4, z0 - 1.4, x1 + 1.4, z1 + 1.4);
	slab(stage, dice, place);
}

function slab(stage: Stage, dice: Dice, place: Place): void {
	const { deep } = PIT;
	// Foundation slab under way: mats of steel, starter bars.
	for (let n = 0; n < 60; n++) {
		const x = 2 + (n % 12) * 1.6;
		const z = 8 + Math.floor(n / 12) * 1.7;
		stage.rod([x, -deep, z], [x, -deep + 1.5, z], 0.03, [0.22, 0.13, 0.08]);
	}
	for (let n = 0; n < 9; n++)
		stage.floor(
			-20 + n * 1.9,
			9,
			-18.6 + n * 1.9,
			16,
			-deep + 0.05 + dice.next() * 0.05,
			"concrete",
			[0.37, 0.36, 0.34],
		);
	if (place.weather.rain > 4 && !place.weather.isSnow)
		stage.floor(-22, -11, -6, 2, -deep + 0.04, "water", [0.2, 0.16, 0.11]);
}

function railing(stage: Stage, x0: number, z0: number, x1: number, z1: number): void {
	const corners: [number, number][] = [
		[x0, z0],
		[x1, z0],
		[x1, z1],
		[x0, z1],
	];
	for (let k = 0; k < 4; k++) {
		const [ax, az] = corners[k]!;
		const [bx, bz] = corners[(k + 1) % 4]!;
		const posts = Math.round(Math.hypot(bx - ax, bz - az) / 2);
		for (let n = 0; n < posts; n++) {
			const x = ax + ((bx - ax) * n) / posts;
			const z = az + ((bz - az) * n) / posts;
			stage.rod([x, 0, z], [x, 1.25, z], 0.035, n % 2 === 0 ? [0.6, 0.05, 0.04] : [0.7, 0.7, 0.68]);
		}
		for (const y of [0.6, 1.2]) stage.rod([ax, y, az], [bx, y, bz], 0.03, [0.62, 0.5, 0.06]);
	}
}
