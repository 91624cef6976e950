// The stipple and the drift against a storm of known size and speed.
import { expect, test } from "vitest";
import type { Sample } from "./grid.ts";
import { PROVINCE_FRAME } from "./grid.ts";
import { dotsOf, Rain } from "./rain.ts";

const everywhere = (): boolean => true;
const MINUTE = 60_000;

/** Gauges every 0.16 degrees; a round storm of 12 mm in 10 min in its middle. */
function storm(lon0: number, lat0: number): Sample[] {
	const samples: Sample[] = [];
	for (let lon = 119; lon < 126; lon += 0.16) {
		for (let lat = 38.8; lat < 43.6; lat += 0.16) {
			const far = Math.hypot((lon - lon0) * 0.75, lat - lat0);
			samples.push({ lon, lat, value: 12 * Math.exp(-far * far * 25) });
		}
	}
	return samples;
}

test("a storm that goes north-east is told so: direction and speed, and its front comes after it", () => {
	const rain = new Rain(everywhere);
	expect(rain.take(storm(121, 40.5), 0).drift).toBeNull();
	const { drift, fronts } = rain.take(storm(121.25, 40.65), 10 * MINUTE);
	expect(drift?.[0]).toBeCloseTo(0.025, 3);
	expect(drift?.[1]).toBeCloseTo(0.015, 3);
	const east = (minutes: number): number =>
		Math.max(...fronts.filter(({ level }) => level === minutes).flatMap(({ path }) => path.map(([lon]) => lon)));
	expect(east(60) - east(30)).toBeCloseTo(30 * 0.025, 1);
	expect(east(30)).toBeGreaterThan(121.25 + 30 * 0.025);
});

test("dots are as dense as the rain, none where it is dry, and stand still while the rain does", () => {
	const rain = new Rain(everywhere);
	const { dots } = rain.take(storm(122, 41), 0);
	const within = (radius: number, from: number): number => {
		let count = 0;
		for (let i = 0; i < dots.length; i += 2) {
			const far = Math.hypot((dots[i]! - 122) * 0.75, dots[i + 1]! - 41);
			if (far < radius && far >= from) count += 1;
		}
		return count / (radius * radius - from * from);
	};
	expect(within(0.15, 0)).toBeGreaterThan(2 * within(0.45, 0.3));
	expect(within(3, 1.2)).toBe(0);
	expect(new Rain(everywhere).take(storm(122, 41), 5).dots).toEqual(dots);
});

test("no rain: no dots, no drift; sea stays dry", () => {
	const rain = new Rain(everywhere);
	const dry = storm(122, 41).map((sample) => ({ ...sample, value: 0 }));
	rain.take(dry, 0);
	expect(rain.take(dry, 10 * MINUTE)).toEqual({ dots: new Float32Array(0), drift: null, fronts: [] });
	const values = new Float64Array(PROVINCE_FRAME.columns * PROVINCE_FRAME.rows).fill(5);
	expect(dotsOf({ ...PROVINCE_FRAME, values }, () => false)).toHaveLength(0);
});
