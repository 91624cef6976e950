// A road that dips under a railway: the water stands in the dip as deep as the gauge says, the staff on the pier shows it, and the board
// over the entrance says what the rule says (25 cm: closed).
import { Dice } from "../draw/noise.ts";
import type { View } from "../draw/raster.ts";
import { type Point, type Rgb, Stage } from "../draw/stage.ts";
import { type Place, radians, type Scene, traffic } from "./place.ts";
import { blocks, car, LED, laneCars, streetLamp, tree } from "./town.ts";

/** Lowest point of the road, metres below the street. */
const DIP = 4;
/** The dip: down from FROM, level between LOW and HIGH, up until TO. */
const [FROM, LOW, HIGH, TO] = [-2, 27, 45, 74] as const;
const HALF = 8;
/** Rule of the city: closed at this depth, m. */
const CLOSED_M = 0.25;

export function underpass(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const view: View = {
		at: [dice.between(3.6, 5.4), dice.between(2, 2.7), dice.between(-1, 1.5)],
		yaw: radians(dice.between(-9, -5)),
		pitch: radians(-8),
		fov: radians(64),
	};
	road(stage);
	walls(stage);
	bridge(stage, dice);
	water(stage, place);
	board(stage, place);
	const isOpen = place.depth < CLOSED_M;
	if (isOpen) {
		const lanes = [
			{ x: -5.4, way: -1 },
			{ x: -2, way: -1 },
			{ x: 2, way: 1 },
			{ x: 5.4, way: 1 },
		] as const;
		laneCars(stage, place, lanes, 0.5 * traffic(place.hour), height);
	} else barrier(stage, place);
	if (place.depth > 0.45) car(stage, -2.2, 34, { heading: Math.PI, seed: place.seed, isDark: false, y: -DIP });
	blocks(stage, dice, [-34, -500, 34, 96], 360);
	stage.floor(-400, -400, -HALF - 1, 400, 0.02, "concrete", [0.3, 0.3, 0.29]);
	stage.floor(HALF + 1, -400, 400, 400, 0.02, "concrete", [0.3, 0.3, 0.29]);
	for (const side of [-1, 1]) {
		for (let n = 0; n < 5; n++) streetLamp(stage, side * 11, n * 26 + 4, -side * 2, 0, LED, 8);
		for (let n = 0; n < 9; n++)
			tree(stage, dice, side * dice.between(14, 17), n * 12 + dice.between(-2, 2), place, 0.8);
	}
	for (const x of [-4, 4]) stage.lamp({ at: [x, 0.35, 36], colour: [1, 0.9, 0.7], reach: 16, power: 0.8, glow: 10 });
	return { stage, view };
}

/** Height of the road at z. */
function height(z: number): number {
	if (z <= FROM || z >= TO) return 0;
	if (z < LOW) return (-DIP * (z - FROM)) / (LOW - FROM);
	if (z > HIGH) return (-DIP * (TO - z)) / (TO - HIGH);
	return -DIP;
}

function road(stage: Stage): void {
	const tint: Rgb = [0.145, 0.145, 0.15];
	const strip = (
		x0: number,
		x1: number,
		z0: number,
		z1: number,
		lift: number,
		material: "asphalt" | "paint",
		colour: Rgb,
	): void =>
		stage.flat(
			[
				[x0, height(z0) + lift, z0],
				[x0, height(z1) + lift, z1],
				[x1, height(z1) + lift, z1],
				[x1, height(z0) + lift, z0],
			],
			material,
			colour,
		);
	const bends = [-60, FROM, LOW, HIGH, TO, 260];
	for (let n = 0; n + 1 < bends.length; n++) strip(-HALF, HALF, bends[n] ?? 0, bends[n + 1] ?? 0, 0, "asphalt", tint);
	const white: Rgb = [0.58, 0.58, 0.56];
	for (let z = -20; z < 140; z += 7) {
		for (const x of [-3.7, 3.7]) strip(x - 0.08, x + 0.08, z, z + 3, 0.015, "paint", white);
		for (const x of [-0.16, 0.1]) strip(x, x + 0.1, z, z + 7, 0.015, "paint", [0.6, 0.46, 0.06]);
	}
}

/** Retaining walls with a railing on top, as high as the street. */
function walls(stage: Stage): void {
	for (const side of [-1, 1]) {
		const x = side * (HALF + 0.5);
		const ends = [FROM, LOW, HIGH, TO] as const;
		for (let n = 0; n < 3; n++) {
			const [a, b] = [ends[n] ?? 0, ends[n + 1] ?? 0];
			stage.flat(
				[
					[x, height(a) - 0.1, a],
					[x, height(b) - 0.1, b],
					[x, 0, b],
					[x, 0, a],
				],
				"concrete",
				[0.42, 0.41, 0.385],
			);
		}
		stage.box(x + side * 0.25, (FROM + TO) / 2, 0.5, TO - FROM, 0, 0.55, {
			wall: "concrete",
			tint: [0.45, 0.44, 0.42],
		});
		for (let z = FROM; z <= TO; z += 2) stage.rod([x, 0.5, z], [x, 1.5, z], 0.035, [0.55, 0.56, 0.57]);
		for (const y of [0.95, 1.5]) stage.rod([x, y, FROM], [x, y, TO], 0.035, [0.55, 0.56, 0.57]);
		// The staff, on the wall before the bridge where a driver sees it.
		stage.box(side * (HALF + 0.42), 25.6, 0.12, 0.55, -DIP - 0.2, -DIP + 2, {
			wall: "gauge",
			tint: [0.8, 0.8, 0.8],
			seed: DIP / 4,
		});
	}
	stage.flat(
		[
			[HALF - 0.25, -DIP, 27.4],
			[HALF + 0.4, -DIP, 27.4],
			[HALF + 0.4, -DIP + 2, 27.4],
			[HALF - 0.25, -DIP + 2, 27.4],
		],
		"gauge",
		[0.8, 0.8, 0.8],
		DIP,
	);
	stage.flat(
		[
			[-0.3, -DIP, 28.4],
			[0.3, -DIP, 28.4],
			[0.3, -DIP + 2, 28.4],
			[-0.3, -DIP + 2, 28.4],
		],
		"gauge",
		[0.8, 0.8, 0.8],
		DIP,
	);
}

function bridge(stage: Stage, dice: Dice): void {
	const concrete: Rgb = [0.4, 0.385, 0.36];
	stage.roofed.push({ x0: -HALF - 1, x1: HALF + 1, z0: 28.98, z1: 43.02, top: 0.75 });
	stage.box(0, 36, 60, 14, 0.7, 2.3, { wall: "concrete", tint: concrete, roof: "earth", roofTint: [0.2, 0.19, 0.18] });
	stage.box(0, 36, 0.9, 14, -DIP, 0.7, { wall: "concrete", tint: concrete });
	for (const side of [-1, 1])
		stage.box(side * (HALF + 4.06), 36, 7, 14.4, -DIP, 0.8, { wall: "concrete", tint: concrete });
	// Yellow and black along the lower edge of the girder.
	for (let n = 0; n < 32; n++)
		stage.box(-HALF + 0.25 + n * 0.5, 28.94, 0.5, 0.04, 0.72, 1.12, {
			wall: "plain",
			tint: n % 2 === 0 ? [0.7, 0.5, 0.02] : [0.03, 0.03, 0.03],
		});
	for (let n = 0; n < 20; n++) stage.rod([-28 + n * 3, 2.3, 29.4], [-28 + n * 3, 3.5, 29.4], 0.04, [0.4, 0.42, 0.45]);
	stage.rod([-30, 3.5, 29.4], [30, 3.5, 29.4], 0.05, [0.4, 0.42, 0.45]);
	for (const x of [-18, 14]) {
		stage.rod([x, 2.3, 41], [x, 9, 41], 0.14, [0.4, 0.4, 0.4]);
		stage.rod([x, 8.2, 41], [x + 2.4, 8.6, 36], 0.06, [0.4, 0.4, 0.4]);
	}
	for (const y of [7.4, 8.6]) stage.rod([-60, y, 36.5], [60, y, 36.5], 0.025, [0.1, 0.1, 0.1]);
	const seed = dice.int(1, 50);
	stage.sign({
		a: [-6.6, 2.05, 28.9],
		b: [-1.4, 2.05, 28.9],
		down: 0.8,
		text: "限高 4.5 m",
		ink: [0.85, 0.85, 0.85],
		board: [0.55, 0.03, 0.03],
	});
	stage.sign({
		a: [1.6, 2.05, 28.9],
		b: [6.4, 2.05, 28.9],
		down: 0.8,
		text: `${seed} 号下穿通道`,
		ink: [0.85, 0.85, 0.85],
		board: [0.03, 0.16, 0.42],
	});
}

function water(stage: Stage, place: Place): void {
	if (place.depth < 0.02) return;
	const y = -DIP + place.depth;
	const slope = (LOW - FROM) / DIP;
	const z0 = LOW - place.depth * slope;
	const z1 = HIGH + (place.depth * (TO - HIGH)) / DIP;
	stage.floor(-HALF - 0.5, z0, HALF + 0.5, z1, y, "water", [0.105, 0.08, 0.05]);
}

/** Light-emitting board over the lanes: what the rule says of this depth. */
function board(stage: Stage, place: Place): void {
	const cm = Math.round(place.depth * 100);
	const isClosed = place.depth >= CLOSED_M;
	const text = isClosed ? `积水 ${cm} cm 禁止通行` : cm >= 3 ? `积水 ${cm} cm 减速慢行` : "路面正常 注意限高";
	const grey: Rgb = [0.3, 0.31, 0.32];
	for (const x of [-HALF - 1.6, HALF + 1.6]) stage.rod([x, 0, 17], [x, 4.7, 17], 0.12, grey);
	stage.rod([-HALF - 1.6, 4.6, 17], [HALF + 1.6, 4.6, 17], 0.1, grey);
	stage.box(-1.5, 17, 8.6, 0.25, 2.95, 4.5, { wall: "plain", tint: [0.015, 0.015, 0.015] });
	const ink: Rgb = isClosed ? [3, 0.12, 0.06] : cm >= 15 ? [2.4, 1.2, 0.05] : [0.3, 2.2, 0.5];
	stage.sign({ a: [-5.4, 4.3, 16.86], b: [2.4, 4.3, 16.86], down: 1.1, text, ink, board: null, isLit: true });
}

/** Cones and a barrier before the dip, a lamp that turns. */
function barrier(stage: Stage, place: Place): void {
	for (let n = 0; n < 9; n++) {
		const x = -7.2 + n * 1.8;
		stage.tube(x, 7.5, 0.22, 0.04, height(7.5), height(7.5) + 0.75, "plain", [0.72, 0.12, 0.03]);
	}
	const y = height(9);
	const at = (x: number, up: number): Point => [x, y + up, 9];
	for (let n = 0; n < 12; n++)
		stage.rod(at(-7.2 + n * 1.2, 1), at(-6 + n * 1.2, 1), 0.09, n % 2 === 0 ? [0.72, 0.03, 0.02] : [0.75, 0.75, 0.73]);
	for (const x of [-7.2, 0, 7.2]) stage.rod(at(x, 0), at(x, 1.1), 0.06, [0.6, 0.6, 0.6]);
	if (Math.floor(place.at / 1000) % 2 === 0)
		for (const x of [-7.2, 7.2])
			stage.lamp({ at: at(x, 1.25), colour: [1, 0.1, 0.05], reach: 9, power: 0.6, glow: 16 });
}
