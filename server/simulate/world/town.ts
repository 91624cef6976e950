// What metro points, bridges, rain gauges, low points, pumps and manhole covers measure. One pure function a kind.
import { fieldNumber, trait, type WorldAsset } from "./asset.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./moment.ts";
import { clamp, jitter, wander } from "./noise.ts";
import { traffic } from "./rhythm.ts";
import type { Scene, Values } from "./scene.ts";

export function metro(asset: WorldAsset, { moment }: Scene): Values {
	const { at } = moment;
	const breath = 0.06 * jitter(asset.seed, at);
	return {
		settlement: trait(asset, 1, 2, 17) * (1 + 0.03 * wander(asset.seed + 1, at, 40 * HOUR_MS)) + breath,
		settlementRate: trait(asset, 2, 0.05, 1) + 0.3 * wander(asset.seed + 2, at, 11 * HOUR_MS),
		convergence: trait(asset, 3, 1.5, 11) * (1 + 0.03 * wander(asset.seed + 3, at, 40 * HOUR_MS)) + breath,
		convergenceRate: trait(asset, 4, 0.05, 0.9) + 0.3 * wander(asset.seed + 4, at, 13 * HOUR_MS),
	};
}

export function bridge(asset: WorldAsset, { moment, sky }: Scene): Values {
	const { at } = moment;
	const closed = asset.record.fields?.status === "closed";
	const load = closed ? 0 : traffic(moment);
	const values: Values = {
		strain: trait(asset, 1, 14, 30) + 18 * load + 0.15 * Math.abs(sky.temperature - 10) + 2 * jitter(asset.seed, at),
		displacement:
			trait(asset, 2, 12, 28) + 12 * load + 0.2 * Math.abs(sky.temperature - 10) + jitter(asset.seed + 2, at),
		vibration: clamp(trait(asset, 3, 5, 12) + 24 * load + 4 * jitter(asset.seed + 3, at), 0, 60),
		deckWind: Math.max(0, sky.wind * trait(asset, 4, 1.05, 1.3) * (1 + 0.05 * jitter(asset.seed + 4, at))),
	};
	// One weighed vehicle in a while; most are far below the posted limit.
	if (!closed && jitter(asset.seed + 5, at) > 1 - 0.4 * load) {
		const limit = fieldNumber(asset, "limitWeight", 55);
		const share = 12 + 70 * ((jitter(asset.seed + 6, at) + 1) / 2) ** 2;
		values.load = (share * limit) / 100;
		values.loadShare = share;
	}
	return values;
}

function voltage(asset: WorldAsset, { moment }: Scene): number {
	return trait(asset, 21, 12.2, 13) + 0.3 * wander(asset.seed + 21, moment.at, 12 * HOUR_MS);
}

/** `rain5m` and `rainHour` are filled by the world, which knows the cells. */
export function gauge(asset: WorldAsset, scene: Scene): Values {
	return { voltage: voltage(asset, scene) };
}

/** A low point fills when the hour brings more than the drains take, by how low it lies, and drains away in the next. */
export function lowPoint(asset: WorldAsset, scene: Scene): Values {
	const takes = trait(asset, 1, 16, 30);
	const surplus = Math.max(0, scene.rainHour - takes) + 0.45 * Math.max(0, scene.rainBefore - takes);
	const dry = 0.004 + 0.003 * wander(asset.seed + 2, scene.moment.at, 6 * HOUR_MS);
	return { depth: clamp(dry + surplus * trait(asset, 3, 0.004, 0.014), 0, 1.2), voltage: voltage(asset, scene) };
}

export function drainPump(asset: WorldAsset, { moment, rainHour, rainBefore }: Scene): Values {
	// In dry weather the basin fills and is emptied a few times a day.
	const cycle = (moment.at / (trait(asset, 1, 3, 7) * HOUR_MS) + trait(asset, 2)) % 1;
	const dry = cycle < 0.85 ? -1.6 + 1.5 * (cycle / 0.85) : -0.1 - 1.5 * ((cycle - 0.85) / 0.15);
	const level =
		clamp(Math.max(dry, -0.6 + (rainHour + 0.5 * rainBefore) * trait(asset, 3, 0.015, 0.035)), -3, 0.45) +
		0.01 * jitter(asset.seed, moment.at);
	const running = cycle >= 0.85 || level > 0 ? 1 : 0;
	const capacity = fieldNumber(asset, "capacity", 8);
	return { level, running, flow: running * capacity * (level > 0 ? 0.95 : 0.35) };
}

export function manhole(asset: WorldAsset, { moment, rainHour, rainBefore }: Scene): Values {
	const { at } = moment;
	const wet = asset.record.fields?.purpose === "storm" || asset.record.fields?.purpose === "sewer";
	// A battery lasts three to five years.
	const days = (at / DAY_MS + trait(asset, 1, 0, 900)) % 900;
	return {
		open: 0,
		tilt: Math.round(trait(asset, 2, 0, 2.5)),
		level: clamp(
			trait(asset, 3, -3.2, -1.4) +
				(wet ? (rainHour + 0.5 * rainBefore) * 0.03 : 0) +
				0.05 * wander(asset.seed + 3, at, 5 * HOUR_MS),
			-6,
			-0.2,
		),
		methane: Math.max(0, (wet ? 1.8 : 0.3) * (1 + 0.7 * wander(asset.seed + 4, at, 4 * HOUR_MS))),
		battery: Math.round(100 - days * 0.075 + 0.5 * wander(asset.seed + 5, at, 20 * MINUTE_MS)),
	};
}

export function weatherStation(asset: WorldAsset, { moment, sky, fallen }: Scene): Values {
	const { at } = moment;
	// A storm cell over the station hides what the county still sees.
	const cell = Math.max(0, fallen - sky.band);
	return {
		temperature: sky.temperature - 0.12 * clamp(cell, 0, 20) + 0.15 * wander(asset.seed + 1, at, 20 * MINUTE_MS),
		humidity: clamp(sky.humidity + 2 * clamp(cell, 0, 10), 12, 98),
		windSpeed: Math.max(0, sky.wind * trait(asset, 2, 0.85, 1.15) + 0.3 * wander(asset.seed + 2, at, 12 * MINUTE_MS)),
		windDirection: (sky.direction + 8 * wander(asset.seed + 3, at, 25 * MINUTE_MS) + 360) % 360,
		rainHour: Math.round(fallen * 10) / 10,
		snowDepth: Math.round(sky.snowDepth * trait(asset, 4, 0.85, 1.15) * 10) / 10,
		visibility: clamp(sky.visibility / (1 + 0.12 * cell), 0.6, 30),
	};
}
