// A town street from a pole: shops, pavement, manhole covers in the carriageway; water stands on it as deep as a flood gauge says.
import { Dice } from "../draw/noise.ts";
import type { View } from "../draw/raster.ts";
import { type Rgb, Stage } from "../draw/stage.ts";
import { type Place, radians, type Scene, traffic } from "./place.ts";
import { blocks, laneCars, person, SODIUM, streetLamp, tree } from "./town.ts";

const HALF = 7;

export function street(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const view: View = {
		at: [dice.between(6.5, 8), dice.between(5.6, 6.8), -6],
		yaw: radians(dice.between(-17, -12)),
		pitch: radians(-12),
		fov: radians(66),
	};
	stage.floor(-HALF, -60, HALF, 400, 0, "asphalt", [0.15, 0.15, 0.155]);
	for (let z = -10; z < 200; z += 7)
		for (const x of [-3.4, 3.4]) stage.floor(x - 0.07, z, x + 0.07, z + 3, 0.012, "paint", [0.58, 0.58, 0.56]);
	for (const x of [-0.22, 0.1]) stage.floor(x, -20, x + 0.1, 260, 0.013, "paint", [0.6, 0.46, 0.06]);
	for (let n = 0; n < 7; n++)
		stage.floor(-HALF + 0.5 + n * 2, 30, -HALF + 1.4 + n * 2, 34, 0.013, "paint", [0.6, 0.6, 0.58]);
	for (const side of [-1, 1]) sideOf(stage, dice, side, place);
	covers(stage, dice);
	const lanes = [
		{ x: -5.2, way: -1 },
		{ x: -1.8, way: -1 },
		{ x: 1.8, way: 1 },
		{ x: 5.2, way: 1 },
	] as const;
	if (place.depth < 0.4) laneCars(stage, place, lanes, 0.7 * traffic(place.hour));
	// Low points of a street fill from the kerb.
	if (place.depth > 0.03)
		stage.floor(-HALF - 6, 6, HALF + 6, 60 + place.depth * 60, place.depth, "water", [0.1, 0.08, 0.055]);
	const walkers = Math.round(9 * traffic(place.hour));
	for (let n = 0; n < walkers; n++) {
		const side = n % 2 === 0 ? 1 : -1;
		const z = ((n * 17 + (place.at / 1000) * 1.2 * (n % 3 === 0 ? 1 : -1)) % 90) + 6;
		person(stage, side * dice.between(HALF + 1, HALF + 4), (z + 90) % 90, 0.15, place.seed + n, false);
	}
	blocks(stage, dice, [-26, -400, 26, 400], 400);
	return { stage, view };
}

function sideOf(stage: Stage, dice: Dice, side: number, place: Place): void {
	const inner = side * HALF;
	const outer = side * (HALF + 6);
	stage.floor(Math.min(inner, outer), -60, Math.max(inner, outer), 400, 0.15, "concrete", [0.36, 0.35, 0.34]);
	stage.box(inner + side * 0.1, 170, 0.22, 460, 0, 0.16, { wall: "concrete", tint: [0.45, 0.44, 0.42] });
	let z = 4;
	while (z < 230) {
		const long = dice.between(24, 46);
		const floors = dice.int(5, 7);
		const tints: readonly Rgb[] = [
			[0.5, 0.36, 0.28],
			[0.52, 0.48, 0.4],
			[0.45, 0.43, 0.4],
		];
		const tint = dice.pick(tints);
		const x = side * (HALF + 6 + 6);
		stage.box(x, z + long / 2, 12, long, 0, floors * 2.95, {
			wall: "facade",
			tint,
			roof: "concrete",
			roofTint: [0.3, 0.3, 0.3],
			seed: dice.int(1, 999),
		});
		stage.box(x - side * 6.4, z + long / 2, 1, long - 1, 0, 4, {
			wall: "shop",
			tint: [0.35, 0.33, 0.3],
			seed: dice.int(1, 99),
		});
		z += long + dice.between(3, 9);
	}
	for (let n = 0; n < 8; n++) streetLamp(stage, side * (HALF + 0.7), 10 + n * 26, -side * 2.2, 0, SODIUM, 9);
	for (let n = 0; n < 16; n++) tree(stage, dice, side * (HALF + 1.7), 5 + n * 9, place, 0.75);
}

/** Round covers, a little proud of the asphalt. */
function covers(stage: Stage, dice: Dice): void {
	for (let n = 0; n < 9; n++)
		stage.tube(
			dice.between(-6, 6),
			4 + n * 7 + dice.between(-2, 2),
			0.42,
			0.42,
			0,
			0.025,
			"plain",
			[0.06, 0.058, 0.055],
		);
}
