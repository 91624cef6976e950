// Works of the networks: a heating plant with its chimney and steam, a gas station behind its fence.
import { Dice, hash } from "../draw/noise.ts";
import type { View } from "../draw/raster.ts";
import { type Rgb, Stage } from "../draw/stage.ts";
import { type Place, radians, type Scene } from "./place.ts";
import { blocks, LED, person, streetLamp, tree } from "./town.ts";

export function plant(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const view: View = {
		at: [dice.between(-64, -56), dice.between(11, 15), -82],
		yaw: radians(dice.between(30, 38)),
		pitch: radians(8),
		fov: radians(70),
	};
	stage.floor(-400, -400, 400, 400, 0, "concrete", [0.3, 0.295, 0.28]);
	stage.floor(-8, -80, 0, 60, 0.02, "asphalt", [0.15, 0.15, 0.155]);
	chimney(stage, 16, 34, dice.between(62, 74), place);
	boilerHouse(stage, dice);
	// Cooling tower or accumulator.
	stage.tube(-26, 40, 11, 11, 0, 24, "sheet", [0.5, 0.5, 0.49]);
	stage.tube(-26, 40, 11.1, 0.5, 24, 27, "sheet", [0.45, 0.45, 0.44]);
	pipes(stage);
	for (let n = 0; n < 8; n++)
		if (place.weather.temperature < 8)
			stage.puff({
				at: [-4 + n * 0.6, 16 + n * 2 + ((place.at / 900) % 2), 26],
				radius: 1.4 + n * 0.7,
				tint: [0.9, 0.9, 0.92],
				alpha: 0.16,
			});
	for (let n = 0; n < 6; n++) streetLamp(stage, 1.6, -44 + n * 20, -1.6, 0, LED, 8);
	for (let n = 0; n < 10; n++) tree(stage, dice, -12 + dice.between(-1, 1), -50 + n * 9, place, 0.8);
	for (let n = 0; n < 3; n++) person(stage, -4 + Math.sin(place.at / 7_000 + n) * 2, -20 + n * 9, 0, n, true);
	blocks(stage, dice, [-100, -120, 110, 100], 400);
	return { stage, view };
}

function chimney(stage: Stage, x: number, z: number, top: number, place: Place): void {
	const grey: Rgb = [0.43, 0.42, 0.4];
	stage.tube(x, z, 4.6, 3, 0, top - 24, "concrete", grey);
	for (let n = 0; n < 4; n++)
		stage.tube(
			x,
			z,
			3 - n * 0.1,
			2.9 - n * 0.1,
			top - 24 + n * 6,
			top - 18 + n * 6,
			"plain",
			n % 2 === 0 ? [0.55, 0.06, 0.04] : [0.62, 0.62, 0.6],
		);
	for (const y of [top - 24, top])
		stage.lamp({ at: [x - 3, y, z - 2], colour: [1, 0.05, 0.03], reach: 0, power: 0, glow: 9 });
	// Steam shows the more the colder it is, and goes with the wind.
	const cold = Math.min(1, Math.max(0, (16 - place.weather.temperature) / 26));
	if (cold === 0) return;
	const to = radians(place.weather.windFrom + 180);
	const wind = 1 + place.weather.wind;
	const count = Math.round(12 + 26 * cold);
	for (let n = 0; n < count; n++) {
		const t = (n + ((place.at / 600) % 1)) / count;
		const far = t * wind * 15 * (0.6 + cold);
		const swirl = Math.sin(n * 2.4 + place.at / 3_000) * t * 5;
		stage.puff({
			at: [x + Math.sin(to) * far + swirl, top + 1 + t * 26 * (4 / (3 + wind)) + hash(n) * 2, z + Math.cos(to) * far],
			radius: 2.4 + t * 13,
			tint: [0.92, 0.92, 0.94],
			alpha: 0.5 * cold * (1 - t) ** 1.2,
		});
	}
}

function boilerHouse(stage: Stage, dice: Dice): void {
	const blue: Rgb = [0.2, 0.3, 0.42];
	stage.box(24, 12, 44, 22, 0, 21, { wall: "sheet", tint: [0.5, 0.51, 0.5], roof: "sheet", roofTint: blue });
	stage.box(24, 0.9, 44.4, 0.3, 14, 16.4, { wall: "plain", tint: blue });
	stage.box(24, 0.8, 40, 0.3, 3, 9, { wall: "facade", tint: [0.45, 0.45, 0.44], seed: 12 });
	stage.box(8, 12, 9, 18, 0, 29, { wall: "sheet", tint: [0.46, 0.47, 0.47], roof: "sheet", roofTint: blue });
	// Coal conveyor, rising to the bunker.
	stage.flat(
		[
			[8, 25, 4],
			[8, 28, 4],
			[58, 5, -32],
			[58, 2, -32],
		],
		"sheet",
		[0.4, 0.41, 0.42],
	);
	stage.flat(
		[
			[8, 28, 4],
			[8, 28, 7],
			[58, 5, -29],
			[58, 5, -32],
		],
		"sheet",
		blue,
	);
	for (let n = 0; n < 4; n++)
		stage.rod([18 + n * 12, 0, -4 - n * 8], [18 + n * 12, 21 - n * 5.4, -4 - n * 8], 0.25, [0.35, 0.36, 0.37]);
	stage.box(66, -34, 22, 26, 0, 9, { wall: "sheet", tint: blue, roof: "sheet", roofTint: blue });
	stage.box(-24, 8, 22, 14, 0, 12.5, {
		wall: "facade",
		tint: [0.5, 0.44, 0.36],
		roof: "concrete",
		seed: dice.int(3, 90),
	});
	for (const x of [12, 24, 36])
		stage.lamp({ at: [x, 10, 0.2], colour: [1, 0.9, 0.7], reach: 26, power: 0.8, glow: 16 });
	stage.sign({
		a: [14, 19.6, 0.7],
		b: [36, 19.6, 0.7],
		down: 2.6,
		text: "供热 安全 民生",
		ink: [0.6, 0.05, 0.04],
		board: null,
	});
}

/** Insulated mains on their trestle, supply and return. */
function pipes(stage: Stage): void {
	for (const [z, tint] of [
		[-3, [0.58, 0.59, 0.6]],
		[-5, [0.58, 0.59, 0.6]],
	] as const) {
		stage.rod([-60, 5, z], [46, 5, z], 0.6, tint);
		stage.rod([46, 5, z], [46, 1, z + 3], 0.6, tint);
	}
	for (let n = 0; n < 12; n++) {
		const x = -56 + n * 9;
		for (const z of [-2, -6]) stage.rod([x, 0, z], [x, 4.4, z], 0.12, [0.25, 0.27, 0.3]);
		stage.rod([x, 4.3, -1.6], [x, 4.3, -6.4], 0.12, [0.25, 0.27, 0.3]);
	}
}

export function gas(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const view: View = {
		at: [dice.between(-16, -13), dice.between(5.4, 6.6), -15],
		yaw: radians(dice.between(40, 47)),
		pitch: radians(-8),
		fov: radians(72),
	};
	stage.floor(-400, -400, 400, 400, -0.02, "grass", [0.08, 0.11, 0.04]);
	stage.floor(-22, -20, 40, 34, 0, "concrete", [0.26, 0.255, 0.245]);
	const yellow: Rgb = [0.7, 0.45, 0.02];
	for (const z of [0, 3.2]) {
		stage.rod([-12, 1.1, z], [18, 1.1, z], 0.22, yellow);
		for (let n = 0; n < 6; n++) {
			stage.rod([-11 + n * 5, 0, z], [-11 + n * 5, 0.9, z], 0.09, [0.3, 0.3, 0.3]);
			stage.tube(-8.6 + n * 5, z, 0.42, 0.42, 0.7, 1.5, "plain", n % 2 === 0 ? [0.55, 0.05, 0.03] : yellow);
			stage.rod([-8.6 + n * 5, 1.5, z], [-8.6 + n * 5, 2.1, z], 0.05, [0.3, 0.3, 0.3]);
			stage.tube(-8.6 + n * 5, z, 0.4, 0.4, 2.05, 2.15, "plain", [0.5, 0.05, 0.03]);
		}
	}
	for (let n = 0; n < 4; n++) stage.rod([-6 + n * 7, 1.1, 0], [-6 + n * 7, 1.1, 3.2], 0.18, yellow);
	for (const z of [9, 14.5])
		stage.box(4, z, 9, 3.2, 0, 3, {
			wall: "plain",
			tint: [0.6, 0.6, 0.57],
			roof: "sheet",
			roofTint: [0.45, 0.05, 0.04],
		});
	for (const [x, z] of [
		[24, 16],
		[24, 33],
	] as const) {
		stage.ball([x, 9, z], 6.4, "plain", [0.62, 0.63, 0.63]);
		for (let k = 0; k < 8; k++) {
			const a = (k / 8) * Math.PI * 2;
			stage.rod(
				[x + Math.sin(a) * 6, 0, z + Math.cos(a) * 6],
				[x + Math.sin(a) * 6, 9, z + Math.cos(a) * 6],
				0.24,
				[0.55, 0.56, 0.56],
			);
		}
	}
	fence(stage);
	stage.sign({
		a: [-0.4, 2.6, 7.35],
		b: [8.4, 2.6, 7.35],
		down: 1.1,
		text: "严禁烟火 闲人免进",
		ink: [0.7, 0.04, 0.03],
		board: null,
	});
	for (const [x, z] of [
		[-14, 8],
		[14, -8],
		[20, 8],
	] as const)
		streetLamp(stage, x, z, 0.6, -0.6, LED, 7);
	for (let n = 0; n < 9; n++) tree(stage, dice, -20 + n * 8, 44 + dice.between(-3, 3), place);
	if (place.hour > 8 && place.hour < 17.5) person(stage, -4 + Math.sin(place.at / 6_000) * 3, -2, 0, 4, true);
	blocks(stage, dice, [-60, -70, 80, 80], 380);
	return { stage, view };
}

function fence(stage: Stage): void {
	const grey: Rgb = [0.5, 0.52, 0.52];
	for (let n = 0; n < 30; n++) {
		const x = -20 + n * 2;
		stage.rod([x, 0, 38], [x, 2.4, 38], 0.04, grey);
		stage.rod([38, 0, -20 + n * 2], [38, 2.4, -20 + n * 2], 0.04, grey);
	}
	for (const y of [0.3, 1, 1.7, 2.4]) {
		stage.rod([-20, y, 38], [38, y, 38], 0.02, grey);
		stage.rod([38, y, -20], [38, y, 38], 0.02, grey);
	}
}
