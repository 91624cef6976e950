// The deck of a city bridge with its stays, the river below and the town on the other bank.
import { Dice } from "../draw/noise.ts";
import type { View } from "../draw/raster.ts";
import { type Point, type Rgb, Stage } from "../draw/stage.ts";
import { type Place, radians, type Scene, traffic } from "./place.ts";
import { blocks, LED, laneCars, person, streetLamp } from "./town.ts";

const HALF = 9;
/** Water below the deck. */
const RIVER = -9;

export function bridge(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const view: View = {
		at: [dice.between(-8.4, -6.6), dice.between(6.2, 8), -4],
		yaw: radians(dice.between(6, 11)),
		pitch: radians(-6),
		fov: radians(66),
	};
	deck(stage);
	stays(stage, dice);
	const lanes = [
		{ x: -6, way: -1 },
		{ x: -2.4, way: -1 },
		{ x: 2.4, way: 1 },
		{ x: 6, way: 1 },
	] as const;
	laneCars(stage, place, lanes, 0.65 * traffic(place.hour));
	for (let n = 0; n < 5; n++)
		person(stage, HALF + 1.6, 12 + n * 19 + ((place.at / 900 + n * 5) % 17), 0.2, place.seed + n, false);
	const isFrozen = place.weather.temperature < -6;
	// Ice holds what falls on it; open water mirrors.
	stage.floor(
		-500,
		-60,
		500,
		300,
		RIVER,
		isFrozen ? "concrete" : "water",
		isFrozen ? [0.55, 0.58, 0.6] : [0.075, 0.095, 0.085],
	);
	stage.floor(-600, 300, 600, 700, RIVER + 3, "grass", [0.08, 0.11, 0.04]);
	stage.box(0, 302, 1_200, 4, RIVER, RIVER + 4, { wall: "concrete", tint: [0.4, 0.39, 0.37] });
	far(stage, dice);
	return { stage, view };
}

function deck(stage: Stage): void {
	stage.floor(-HALF, -60, HALF, 420, 0, "asphalt", [0.15, 0.15, 0.155]);
	const white: Rgb = [0.6, 0.6, 0.58];
	for (let z = -20; z < 200; z += 8)
		for (const x of [-4.2, 4.2]) stage.floor(x - 0.08, z, x + 0.08, z + 4, 0.015, "paint", white);
	for (const x of [-0.25, 0.13]) stage.floor(x, -60, x + 0.12, 300, 0.016, "paint", [0.6, 0.46, 0.06]);
	for (const side of [-1, 1]) {
		stage.box(side * (HALF + 1.5), 150, 3, 420, -1.2, 0.2, {
			wall: "concrete",
			tint: [0.42, 0.41, 0.39],
			roof: "concrete",
			roofTint: [0.38, 0.37, 0.35],
		});
		const x = side * (HALF + 2.9);
		for (let z = -10; z < 190; z += 1.6) stage.rod([x, 0.2, z], [x, 1.35, z], 0.03, [0.62, 0.63, 0.64]);
		for (const y of [0.55, 0.95, 1.35]) stage.rod([x, y, -60], [x, y, 300], y > 1.2 ? 0.05 : 0.025, [0.62, 0.63, 0.64]);
		for (let n = 0; n < 8; n++) streetLamp(stage, side * (HALF + 0.2), 8 + n * 26, -side * 2, 0, LED, 9);
	}
}

/** Two pylons with a harp of stays to both sides. */
function stays(stage: Stage, dice: Dice): void {
	const white: Rgb = [0.62, 0.62, 0.6];
	const top = dice.between(34, 46);
	for (const z of [62, 190]) {
		for (const side of [-1, 1]) {
			const x = side * (HALF + 0.6);
			stage.box(x, z, 2, 2.6, RIVER, top, { wall: "concrete", tint: white });
			for (let n = 1; n <= 9; n++) {
				const from: Point = [x, top - n * 2, z];
				for (const way of [-1, 1]) stage.rod(from, [x, 0.4, z + way * (6 + (10 - n) * 5.4)], 0.075, [0.5, 0.51, 0.52]);
			}
		}
		stage.box(0, z, HALF * 2 + 3, 1.6, top - 6, top - 3.6, { wall: "concrete", tint: white });
	}
}

function far(stage: Stage, dice: Dice): void {
	const shifted = new Stage();
	blocks(shifted, dice, [-14, -1_000, 14, -40], 300);
	for (const face of shifted.faces) {
		const points = face.points.map(([x, y, z]): Point => [x * 1.25, y + RIVER + 3, z + 620]);
		stage.faces.push({ ...face, points });
	}
}
