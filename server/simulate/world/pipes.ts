// What gas and water measure. One pure function a kind. Pressures are smooth to the last digit: what falls fast means a burst, however
// close two readings lie.
import { fieldNumber, trait, type WorldAsset } from "./asset.ts";
import { HOUR_MS, MINUTE_MS } from "./moment.ts";
import { clamp, jitter, wander } from "./noise.ts";
import { gasDemand, waterDemand } from "./rhythm.ts";
import type { Scene, Values } from "./scene.ts";

/** MPa by class of inlet, in the middle of GB 50028's ranges. */
const INLET: Readonly<Record<string, number>> = {
	mediumB: 0.15,
	mediumA: 0.31,
	subHighB: 0.6,
	subHighA: 1.15,
	high: 2.2,
};

export function regulator(asset: WorldAsset, { moment, sky }: Scene): Values {
	const { at } = moment;
	const demand = gasDemand(moment);
	const inlet = INLET[String(asset.record.fields?.pressureClass)] ?? 0.3;
	// Wall boilers of the outskirts burn more in frost.
	const warmth = 1 + clamp((8 - sky.dayMean) * 0.02, 0, 0.6);
	return {
		inletPressure: inlet * (1 - 0.025 * demand + 0.01 * wander(asset.seed + 1, at, HOUR_MS)),
		outletPressure: 2.5 * (1.02 - 0.03 * demand + 0.03 * wander(asset.seed + 2, at, 2 * HOUR_MS)),
		flow:
			fieldNumber(asset, "users", 800) *
			0.12 *
			demand *
			warmth *
			(1 + 0.05 * wander(asset.seed + 3, at, 6 * MINUTE_MS)),
		methane: Math.max(0, 0.6 + trait(asset, 4, -0.4, 0.6) + 0.4 * wander(asset.seed + 4, at, 40 * MINUTE_MS)),
	};
}

export function gasSpace(asset: WorldAsset, { moment, sky }: Scene): Values {
	// Sewers breathe a little biogas.
	const biogas = asset.record.fields?.space === "sewer" ? 1.6 : 0.4;
	const { at } = moment;
	return {
		methane: Math.max(0, biogas * (1 + 0.7 * wander(asset.seed + 1, at, 3 * HOUR_MS)) + 0.1 * jitter(asset.seed, at)),
		temperature: 11 + 0.35 * sky.dayMean + trait(asset, 2, -2, 2),
	};
}

export function waterMain(asset: WorldAsset, { moment }: Scene): Values {
	const { at } = moment;
	const demand = waterDemand(moment);
	const diameter = fieldNumber(asset, "diameter", 400) / 1000;
	return {
		pressure:
			trait(asset, 1, 0.29, 0.44) -
			0.05 * demand +
			0.006 * wander(asset.seed + 1, at, HOUR_MS) +
			0.002 * wander(asset.seed + 5, at, 12 * MINUTE_MS),
		// About 0.7 m/s at the mean of a day.
		flow:
			2_000 *
			diameter *
			diameter *
			demand *
			trait(asset, 2, 0.6, 1.2) *
			(1 + 0.03 * wander(asset.seed + 2, at, 5 * MINUTE_MS)),
	};
}

function quality(asset: WorldAsset, { moment, sky }: Scene, chlorine: number): Values {
	const { at } = moment;
	return {
		turbidity: trait(asset, 11, 0.12, 0.42) * (1 + 0.15 * wander(asset.seed + 11, at, 5 * HOUR_MS)),
		// Warm water loses its chlorine sooner.
		chlorine:
			chlorine * (1 - 0.006 * clamp(sky.dayMean, 0, 25)) * (1 + 0.08 * wander(asset.seed + 12, at, 7 * HOUR_MS)),
		ph: trait(asset, 13, 7.1, 7.7) + 0.06 * wander(asset.seed + 13, at, 9 * HOUR_MS),
		conductivity: trait(asset, 14, 280, 620) + 12 * wander(asset.seed + 14, at, 12 * HOUR_MS),
	};
}

export function waterQuality(asset: WorldAsset, scene: Scene): Values {
	return quality(asset, scene, trait(asset, 1, 0.18, 0.55));
}

export function waterPlant(asset: WorldAsset, scene: Scene): Values {
	const { moment } = scene;
	const demand = waterDemand(moment);
	return {
		...quality(asset, scene, trait(asset, 1, 0.6, 1.0)),
		pressure: trait(asset, 2, 0.4, 0.48) - 0.02 * demand + 0.002 * wander(asset.seed + 2, moment.at, HOUR_MS),
		flow:
			(fieldNumber(asset, "capacity", 100_000) / 24) *
			0.72 *
			demand *
			(1 + 0.02 * wander(asset.seed + 3, moment.at, 9 * MINUTE_MS)),
	};
}
