// The edge of a building site: hoarding with its slogans, gate with wheel wash, guard's hut. Called by site.ts.
import type { Dice } from "../draw/noise.ts";
import type { Rgb, Stage } from "../draw/stage.ts";
import type { Place } from "./place.ts";
import { person } from "./town.ts";

const STEEL: readonly Rgb[] = [
	[0.055, 0.17, 0.42],
	[0.09, 0.3, 0.16],
	[0.5, 0.52, 0.53],
];

const PILLARS: readonly Rgb[] = [
	[0.5, 0.48, 0.45],
	[0.42, 0.3, 0.22],
	[0.34, 0.35, 0.37],
];
const BEAMS: readonly { readonly tint: Rgb; readonly text: string }[] = [
	{ tint: [0.42, 0.03, 0.025], text: "施工重地 注意安全" },
	{ tint: [0.03, 0.12, 0.34], text: "安全生产 文明施工" },
	{ tint: [0.42, 0.03, 0.025], text: "质量为本 安全为天" },
];

export function hoardings(stage: Stage, dice: Dice, place: Place): void {
	const tint = STEEL[place.seed % STEEL.length]!;
	const high = 2.6;
	const walls: [number, number, number, number][] = [
		[-66, -50, -52, -50],
		[-38, -50, 66, -50],
		[66, -50, 66, 50],
		[-66, 50, 66, 50],
		[-66, -50, -66, 50],
	];
	for (const [ax, az, bx, bz] of walls) {
		const long = Math.hypot(bx - ax, bz - az);
		const isAcross = az === bz;
		stage.box((ax + bx) / 2, (az + bz) / 2, isAcross ? long : 0.16, isAcross ? 0.16 : long, 0, high, {
			wall: "hoarding",
			tint,
		});
		if (az !== -50) continue;
		// Spray line and small lamps along the top towards the street.
		stage.rod([ax, high + 0.25, az], [bx, high + 0.25, az], 0.03, [0.5, 0.5, 0.5]);
		for (let x = ax + 2; x < bx; x += 6)
			stage.lamp({ at: [x, high + 0.2, az - 0.15], colour: [1, 0.75, 0.4], reach: 0, power: 0, glow: 5 });
	}
	const slogans = ["安全第一 预防为主", "文明施工 绿色建造", "扬尘治理 人人有责", "生命至上 安全发展"];
	const first = dice.int(0, 3);
	for (let n = 0; n < 4; n++) {
		const x = -30 + n * 24;
		stage.sign({
			a: [x, 2.05, -50.12],
			b: [x + 15, 2.05, -50.12],
			down: 1.25,
			text: slogans[(first + n) % slogans.length] ?? "",
			ink: [0.8, 0.8, 0.8],
			board: null,
		});
	}
}

/** Pillars with a beam, folding leaves half open, wheel wash behind, a hut and a barrier. */
export function gate(stage: Stage, dice: Dice, place: Place): void {
	const pillar = { wall: "concrete", tint: dice.pick(PILLARS) } as const;
	const beam = dice.pick(BEAMS);
	for (const x of [-52, -38]) stage.box(x, -50, 1.4, 1.4, 0, 6.6, pillar);
	stage.box(-45, -50, 15.4, 0.8, 5.6, 7.2, { wall: "plain", tint: beam.tint });
	stage.sign({
		a: [-51.6, 6.95, -50.45],
		b: [-38.4, 6.95, -50.45],
		down: 1.1,
		text: beam.text,
		ink: [0.85, 0.75, 0.2],
		board: null,
	});
	const open = place.isWorking ? 0.2 : 0.5;
	for (const side of [-1, 1]) {
		const long = 6.3 * open * 2 * 0.5 + 1.2;
		stage.box(-45 + side * (6.3 - long / 2), -50, long, 0.12, 0.1, 2.3, { wall: "hoarding", tint: [0.12, 0.22, 0.4] });
	}
	stage.floor(-49, -46, -41, -37, 0.05, "concrete", [0.25, 0.25, 0.25]);
	for (let n = 0; n < 14; n++)
		stage.rod([-48.5, 0.12, -45.5 + n * 0.62], [-41.5, 0.12, -45.5 + n * 0.62], 0.05, [0.12, 0.12, 0.12]);
	for (const x of [-49.6, -40.4]) stage.box(x, -41.5, 0.3, 9, 0, 1, { wall: "sheet", tint: [0.1, 0.3, 0.5] });
	if (place.isWorking && place.weather.temperature > 2)
		for (let n = 0; n < 14; n++)
			stage.puff({
				at: [-49 + dice.next() * 8, 0.5 + dice.next(), -46 + dice.next() * 9],
				radius: 1,
				tint: [0.9, 0.93, 0.95],
				alpha: 0.1,
			});
	stage.box(-34.5, -46.5, 3.4, 2.8, 0, 2.9, {
		wall: "plain",
		tint: [0.6, 0.6, 0.58],
		roof: "sheet",
		roofTint: [0.1, 0.2, 0.4],
	});
	stage.box(-34.5, -47.95, 2, 0.05, 1, 2.2, { wall: "plain", tint: [0.05, 0.06, 0.07] });
	stage.lamp({ at: [-34.5, 3.2, -48.2], colour: [1, 0.95, 0.85], reach: 16, power: 0.5, glow: 14 });
	stage.lamp({ at: [-45, 5.4, -50.8], colour: [1, 0.97, 0.9], reach: 24, power: 0.8, glow: 18 });
	for (let n = 0; n < 9; n++)
		stage.rod(
			[-50.5 + n * 1.3, 1.05, -51.3],
			[-49.2 + n * 1.3, 1.05, -51.3],
			0.07,
			n % 2 === 0 ? [0.7, 0.04, 0.03] : [0.8, 0.8, 0.78],
		);
	for (const x of [-50.6, -39]) stage.tube(x, -51.3, 0.2, 0.2, 0, 1.2, "plain", [0.7, 0.45, 0.02]);
	person(stage, -36.6, -51.6, 0.1, place.seed % 97, false);
	// Notice boards beside the gate, as every site has them.
	for (let n = 0; n < 5; n++)
		stage.box(-35 + n * 2.6 + 2, -50.2, 2, 0.06, 0.7, 2.1, {
			wall: "plain",
			tint: n % 2 === 0 ? [0.08, 0.22, 0.5] : [0.6, 0.6, 0.58],
		});
}
