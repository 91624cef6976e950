// The weather at a camera: its county's station, what the dust station of the place says of the air, and what stands for a value that
// nobody measures (cloud, visibility without a station): each rule is named where it is used.
import { metresBetween } from "#model/distance.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Weather } from "./draw/light.ts";
import { clamp, ramp } from "./draw/noise.ts";
import { type Feature, newestOf, type Reader } from "./reader.ts";

const KEEP_MS = 20_000;

export async function weatherAt(reader: Reader, camera: Feature, near: readonly Feature[]): Promise<Weather | Problem> {
	const stations = await reader.list("kind=weatherStation&limit=500", KEEP_MS);
	if (isProblem(stations)) return stations;
	return weatherOf(nearest(camera, stations), near);
}

function nearest(camera: Feature, stations: readonly Feature[]): Feature | undefined {
	const { district } = camera.properties;
	const rank = (one: Feature): number =>
		metresBetween(camera.position, one.position) + (one.properties.district === district ? 0 : 50_000);
	let best: Feature | undefined;
	for (const one of stations) if (best === undefined || rank(one) < rank(best)) best = one;
	return best;
}

/** Exported for tests. */
export function weatherOf(station: Feature | undefined, near: readonly Feature[]): Weather {
	const of = (kind: string, measure: string): number | null =>
		newestOf(
			near.find((one) => one.properties.kind === kind && newestOf(one, measure) !== null),
			measure,
		)?.value ?? null;
	const told = (measure: string): number | null => newestOf(station, measure)?.value ?? null;
	const temperature = told("temperature") ?? of("dust", "temperature") ?? 12;
	const humidity = told("humidity") ?? of("dust", "humidity") ?? 55;
	const pm10 = of("dust", "pm10") ?? of("airStation", "pm10") ?? 60;
	const pm25 = of("dust", "pm25") ?? of("airStation", "pm25") ?? 35;
	const rain = Math.max(told("rainHour") ?? 0, (of("rainGauge", "rain5m") ?? 0) * 12);
	const visibilityKm = told("visibility");
	return {
		temperature,
		rain,
		// Wet snow falls up to a degree or so above freezing.
		isSnow: rain > 0 && temperature < 0.8,
		snowDepth: told("snowDepth") ?? 0,
		visibility: visibilityKm === null ? hazeM(pm25, pm10, humidity) : visibilityKm * 1000,
		wind: told("windSpeed") ?? of("dust", "windSpeed") ?? 2,
		windFrom: told("windDirection") ?? of("dust", "windDirection") ?? 225,
		// Nobody measures cloud: damp air and rain have more of it.
		cloud: clamp(ramp(35, 95, humidity) * 0.75 + 0.12 + (rain > 0 ? 0.5 : 0), 0, 1),
		pm10,
	};
}

/** Koschmieder with a mass extinction of 4 m²/g for fine and 0.6 m²/g for coarse particles, growing with humidity. Metres. */
function hazeM(pm25: number, pm10: number, humidity: number): number {
	const growth = 1 + 2.2 * ramp(60, 98, humidity);
	const perM = (pm25 * 4 * growth + Math.max(0, pm10 - pm25) * 0.6 + 12) / 1e6;
	return clamp(3.912 / perM, 80, 30_000);
}
