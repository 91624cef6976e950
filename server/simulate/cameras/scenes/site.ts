// A building site seen from its gate, a mast, the edge of the pit, the yard or along the hoarding: one site, five places to stand.
import { Dice, hash } from "../draw/noise.ts";
import type { View } from "../draw/raster.ts";
import { type Rgb, Stage } from "../draw/stage.ts";
import { excavator, restingSlew, tipper, towerCrane } from "./crane.ts";
import { type CraneFacts, type Place, radians, type Scene } from "./place.ts";
import { gate, hoardings } from "./site_edge.ts";
import { PIT, pit } from "./site_pit.ts";
import { blocks, LED, person, SODIUM, streetCars, streetLamp, tree } from "./town.ts";

const EARTH: Rgb = [0.27, 0.215, 0.155];

/** Where a camera of a view may hang; its seed chooses. */
const STANDS: Readonly<Record<string, readonly View[]>> = {
	gate: [
		{ at: [-20, 6.2, -69], yaw: radians(-46), pitch: radians(-4), fov: radians(72) },
		{ at: [-71, 6.4, -69], yaw: radians(51), pitch: radians(-3), fov: radians(68) },
		{ at: [-44, 7.5, -69.5], yaw: radians(8), pitch: radians(-3), fov: radians(66) },
	],
	crane: [
		{ at: [-57, 17, -42], yaw: radians(43), pitch: radians(2), fov: radians(70) },
		{ at: [60, 21, -44], yaw: radians(-47), pitch: radians(-1), fov: radians(70) },
	],
	pit: [
		{ at: [-31, 11, -25], yaw: radians(47), pitch: radians(-17), fov: radians(74) },
		{ at: [31, 12, -24], yaw: radians(-50), pitch: radians(-18), fov: radians(74) },
	],
	yard: [
		{ at: [58, 9, -41], yaw: radians(-40), pitch: radians(-9), fov: radians(70) },
		{ at: [24, 8, -44], yaw: radians(38), pitch: radians(-8), fov: radians(70) },
	],
	fence: [
		{ at: [-34, 5, -56.5], yaw: radians(80), pitch: radians(-5), fov: radians(66) },
		{ at: [58, 5.4, -57], yaw: radians(-77), pitch: radians(-5), fov: radians(66) },
	],
};

export function site(place: Place): Scene {
	const dice = new Dice(place.seed);
	const stage = new Stage();
	const stand = dice.pick(STANDS[place.view] ?? STANDS.crane!);
	const view: View = {
		...stand,
		at: [
			stand.at[0] + dice.between(-2, 2),
			stand.at[1] + dice.between(-0.6, 1.4),
			stand.at[2] + dice.between(-0.8, 0.8),
		],
		yaw: stand.yaw + radians(dice.between(-5, 5)),
		pitch: stand.pitch + radians(dice.between(-1.5, 1)),
	};
	const turned = view.yaw - radians(place.bearing);
	grounds(stage);
	pit(stage, dice, place);
	const seed = place.seed;
	risingTower(stage, -43, 34, 30, 15, 5 + (seed % 9), 20 + (seed % 7), seed);
	risingTower(stage, 2, 40, 34, 15, 2 + (seed % 6), 9 + (seed % 12), seed + 1);
	risingTower(stage, 46, 33, 28, 15, 8 + (seed % 8), 27, seed + 2);
	cranes(stage, place, turned);
	cabins(stage, dice);
	yard(stage, dice);
	hoardings(stage, dice, place);
	gate(stage, dice, place);
	work(stage, dice, place);
	blocks(stage, dice, [-88, -84, 88, 84], 400);
	// Nothing hangs a camera behind a tree or a pole.
	const isFree = (x: number): boolean => view.at[2] > -66 || Math.abs(x - view.at[0]) > 8;
	for (let n = -4; n <= 4; n++) if (isFree(n * 24 + 8)) streetLamp(stage, n * 24 + 8, -72, 0, 1.8, SODIUM);
	for (let n = -8; n <= 8; n++) {
		const x = n * 11 + dice.between(-2, 2);
		if (dice.next() > 0.25 && isFree(x)) tree(stage, dice, x, -75, place);
	}
	streetCars(stage, place, -62, 3.4, 0.18 + 0.3 * (place.hour > 6 && place.hour < 22 ? 1 : 0));
	floodlights(stage);
	return { stage, view };
}

function grounds(stage: Stage): void {
	const { x0, z0, x1, z1 } = PIT;
	for (const [ax, az, bx, bz] of [
		[-66, -50, x0, 50],
		[x1, -50, 66, 50],
		[x0, -50, x1, z0],
		[x0, z1, x1, 50],
	] as const)
		stage.floor(ax, az, bx, bz, 0, "earth", EARTH);
	// A hardened way from the gate along the pit.
	stage.floor(-48, -50, -40, 26, 0.03, "concrete", [0.33, 0.32, 0.3]);
	stage.floor(-48, -24, 62, -17, 0.035, "concrete", [0.33, 0.32, 0.3]);
	stage.floor(-460, -70, 460, -54, 0, "asphalt", [0.15, 0.15, 0.155]);
	stage.floor(-460, -54, 460, -50, 0.1, "concrete", [0.33, 0.32, 0.31]);
	stage.floor(-460, -78, 460, -70, 0.1, "concrete", [0.33, 0.32, 0.31]);
	for (let n = -30; n < 30; n++) stage.floor(n * 9, -62.08, n * 9 + 4, -61.92, 0.02, "paint", [0.62, 0.62, 0.6]);
	stage.floor(-460, -460, 460, -78, 0, "grass", [0.075, 0.1, 0.035]);
	stage.floor(-460, 50, 460, 460, 0, "grass", [0.075, 0.1, 0.035]);
	stage.floor(-460, -50, -66, 50, 0, "grass", [0.075, 0.1, 0.035]);
	stage.floor(66, -50, 460, 50, 0, "grass", [0.075, 0.1, 0.035]);
}

/** A tower under way: finished floors behind the net, an open skeleton above, formwork and bars on top. */
function risingTower(
	stage: Stage,
	x: number,
	z: number,
	w: number,
	d: number,
	open: number,
	floors: number,
	seed: number,
): void {
	const high = floors * 3;
	const netTop = Math.max(0, floors - (open % 5)) * 3;
	stage.box(x, z, w, d, 0, high, {
		wall: "skeleton",
		tint: [0.4, 0.39, 0.37],
		roof: "concrete",
		roofTint: [0.38, 0.36, 0.33],
		seed,
	});
	const from = Math.max(0, netTop - 24);
	const skin = 1.4;
	stage.box(x, z, w + skin * 2, d + skin * 2, from, netTop + 1.5, {
		wall: "net",
		tint: [0.032, 0.105, 0.05],
		roof: "plain",
		roofTint: [0.2, 0.2, 0.18],
		seed,
	});
	if (from > 0)
		stage.box(x, z, w + 0.4, d + 0.4, 0, from, {
			wall: seed % 2 === 0 ? "brick" : "skeleton",
			tint: [0.41, 0.385, 0.35],
			seed,
		});
	for (let n = 0; n < 40; n++) {
		const px = x + (hash(seed, n) - 0.5) * w;
		const pz = z + (hash(seed, n, 2) - 0.5) * d;
		stage.rod([px, high, pz], [px, high + 1.6, pz], 0.05, [0.23, 0.16, 0.11]);
	}
	for (let n = 0; n <= 8; n++) {
		const px = x - w / 2 - skin + ((w + skin * 2) * n) / 8;
		for (const side of [-1, 1])
			stage.rod(
				[px, netTop, z + side * (d / 2 + skin)],
				[px, high + 3, z + side * (d / 2 + skin)],
				0.05,
				[0.4, 0.36, 0.28],
			);
	}
}

function cranes(stage: Stage, place: Place, turned: number): void {
	const feet: [number, number, number][] = [
		[-24, 27, 62],
		[24, 29, 48],
		[52, 12, 78],
	];
	const known: CraneFacts[] = place.cranes.slice(0, feet.length);
	const count = Math.max(1, known.length);
	for (let n = 0; n < count; n++) {
		const [x, z, usual] = feet[n]!;
		const facts = known[n] ?? { slew: null, hook: null, radius: null, isLifting: false, jib: 55, mast: usual };
		const mast = Math.max(30, Math.min(96, facts.mast));
		const slew =
			facts.slew === null
				? restingSlew(place.weather.wind, place.weather.windFrom, place.seed + n) + turned
				: radians(facts.slew) + turned;
		towerCrane(stage, x, z, { ...facts, mast }, slew, place.isDark);
	}
}

/** Two storeys of white containers with blue roofs. */
function cabins(stage: Stage, dice: Dice): void {
	const roofTint: Rgb = [0.06, 0.16, 0.36];
	for (const x of [-63, -56.5]) {
		for (let n = 0; n < 5; n++) {
			const z = -30 + n * 12;
			stage.box(x, z, 5.4, 11.4, 0, 5.8, {
				wall: "facade",
				tint: [0.62, 0.63, 0.62],
				roof: "sheet",
				roofTint,
				seed: 40 + dice.int(0, 9),
			});
			stage.box(x, z, 6.2, 11.8, 5.75, 6, { wall: "plain", tint: roofTint, roof: "sheet", roofTint });
		}
	}
	for (let n = 0; n < 24; n++)
		stage.rod([-53.6, 2.9, -35 + n * 2.4], [-53.6, 3.9, -35 + n * 2.4], 0.03, [0.3, 0.4, 0.6]);
	stage.rod([-53.6, 3.9, -36], [-53.6, 3.9, 22], 0.035, [0.3, 0.4, 0.6]);
}

/** Steel, formwork, blocks, sand under its green net. */
function yard(stage: Stage, dice: Dice): void {
	for (let n = 0; n < 9; n++) {
		const x = 31 + (n % 3) * 9.5;
		const z = -38 + Math.floor(n / 3) * 6;
		const kind = dice.int(0, 3);
		if (kind === 0)
			for (let k = 0; k < 14; k++)
				stage.rod(
					[x - 4, 0.15 + (k % 4) * 0.14, z + (k - 7) * 0.13],
					[x + 4, 0.15 + (k % 4) * 0.14, z + (k - 7) * 0.13],
					0.08,
					[0.24, 0.14, 0.085],
				);
		else if (kind === 1)
			stage.box(x, z, 4.2, 2.4, 0, dice.between(0.9, 1.8), { wall: "stack", tint: [0.46, 0.31, 0.14], seed: n });
		else if (kind === 2)
			stage.box(x, z, 3.6, 2.6, 0, dice.between(1, 1.9), { wall: "stack", tint: [0.42, 0.4, 0.37], seed: n });
		else stage.box(x, z, 7, 1.6, 0, 0.9, { wall: "stack", tint: [0.3, 0.31, 0.33], seed: n });
	}
	for (const [x, z, r] of [
		[40, -6, 5],
		[50, -4, 4],
	] as const)
		stage.tube(x, z, r, 0.6, 0, r * 0.55, "net", [0.05, 0.15, 0.07]);
	stage.tube(57, -22, 1.5, 1.5, 2.5, 10, "sheet", [0.5, 0.5, 0.49]);
	stage.tube(57, -22, 0.3, 1.5, 1, 2.5, "sheet", [0.5, 0.5, 0.49]);
}

function work(stage: Stage, dice: Dice, place: Place): void {
	const swing = Math.sin(place.at / 5_000 + place.seed);
	excavator(
		stage,
		-15,
		3,
		-PIT.deep,
		radians(60) + (place.isWorking ? 0.5 * swing : 0),
		place.isWorking ? (swing + 1) / 2 : 0.2,
	);
	excavator(stage, 12, -4, -PIT.deep, radians(200) + (place.isWorking ? 0.4 * swing : 0), 0.4);
	const drive = place.isWorking ? ((place.at / 1000) * 3.2 + (place.seed % 60)) % 64 : 22;
	tipper(stage, -44, -46 + drive, 0.04, Math.PI, place.seed);
	tipper(stage, 10, -20.5, 0.04, Math.PI / 2, place.seed + 7);
	if (!place.isWorking) return;
	for (let n = 0; n < 16; n++) {
		const wander = place.at / 9_000 + n * 7.3;
		const x = dice.between(-44, 44) + Math.sin(wander) * 2.4;
		const z = dice.between(-46, -15) + Math.cos(wander * 0.8) * 2;
		person(stage, x, z, 0, n, true);
	}
	for (let n = 0; n < 8; n++)
		person(
			stage,
			dice.between(-20, 20) + Math.sin(place.at / 8_000 + n),
			dice.between(-9, 15),
			-PIT.deep,
			n + 50,
			true,
		);
	if (place.dust < 150) return;
	// Spray gun: a fan of fine drops over the pit.
	for (let n = 0; n < 26; n++) {
		const t = ((place.at / 1700 + n / 26) % 1) * 1;
		stage.puff({
			at: [-27 + t * 26, 2 + Math.sin(t * Math.PI) * 9, -15 + t * 9],
			radius: 1 + t * 4,
			tint: [0.9, 0.92, 0.95],
			alpha: 0.2 * (1 - t),
		});
	}
}

function floodlights(stage: Stage): void {
	for (const [x, z] of [
		[-28, 23],
		[27, 20],
		[30, -46],
	] as const) {
		stage.rod([x, 0, z], [x, 12, z], 0.12, [0.4, 0.4, 0.4]);
		stage.box(x, z, 1.6, 0.4, 11.6, 12.3, { wall: "plain", tint: [0.3, 0.3, 0.3] });
		stage.lamp({ at: [x, 11.5, z], colour: LED, reach: 46, power: 1, glow: 24 });
	}
}
