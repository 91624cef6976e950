// Where the fourteen ridges stand: one common scale for all cities, so that a small city's fall is as deep as a big one's.
// Pure: pixels out of values. A silent stretch breaks a ridge into runs.
import type { PulseCity, PulseData, PulseQuantity } from "../../../live/pulse.ts";

export interface RidgeRun {
	/** x, y of the highest county, y of the middle, y of the lowest; four numbers a point. */
	readonly points: Float64Array;
}

export interface Ridge {
	readonly district: string;
	/** Foot of the row, px. */
	readonly foot: number;
	/** As high as it may rise, px. */
	readonly top: number;
	readonly runs: readonly RidgeRun[];
}

export interface RidgeBox {
	readonly width: number;
	readonly height: number;
	readonly rows: number;
}

/** Share of its row that a ridge may fill. */
const RISE = 0.86;
/** Of a city's day between its lowest and highest county: what lies beyond is an outlier, drawn at the edge of its row. */
const LOW = 0.05;
const HIGH = 0.95;
/** Room below and above the usual day, in usual spreads. */
const ROOM = 0.08;

/** In the order of `cities`; a city that the answer does not hold has no run. */
export function ridges(
	pulse: PulseData,
	cities: readonly string[],
	quantity: PulseQuantity,
	box: RidgeBox,
): readonly Ridge[] {
	const known = new Map(pulse.cities.map((city) => [city.district, city]));
	const row = box.height / box.rows;
	const high = row * RISE;
	const span = commonSpan(pulse.cities, quantity);
	return cities.map((district, index) => {
		const foot = row * (index + 1) - row * 0.12;
		const city = known.get(district);
		if (city === undefined) return { district, foot, top: foot - high, runs: [] };
		// A city's usual value lies in the middle of its row: one fallen county does not move the whole ridge.
		const base = quantity.fromZero ? 0 : quantile(middles(city), 0.5) - span / 2;
		const y = (value: number): number => foot - Math.min(1, Math.max(0, (value - base) / span)) * high;
		return { district, foot, top: foot - high, runs: runsOf(city, pulse, box.width, y) };
	});
}

function runsOf(city: PulseCity, pulse: PulseData, width: number, y: (value: number) => number): readonly RidgeRun[] {
	const runs: RidgeRun[] = [];
	const steps = city.min.length;
	let points: number[] = [];
	const close = (): void => {
		if (points.length >= 8) runs.push({ points: Float64Array.from(points) });
		points = [];
	};
	for (let step = 0; step < steps; step++) {
		const min = city.min[step] ?? null;
		const max = city.max[step] ?? null;
		if (min === null || max === null) {
			close();
			continue;
		}
		const x = steps < 2 ? 0 : (step / (steps - 1)) * width;
		points.push(x, y(max), y((min + max) / 2), y(min));
	}
	close();
	return pulse.step > 0 ? runs : [];
}

/** The usual city's spread, at least what the quantity asks for; of what stands on zero the highest of all. */
function commonSpan(cities: readonly PulseCity[], { fromZero, least }: PulseQuantity): number {
	if (fromZero) {
		let highest = least;
		for (const city of cities) for (const value of city.max) if (value !== null && value > highest) highest = value;
		return highest;
	}
	const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
	const spreads = cities.map(({ min, max }) => quantile(known(max), HIGH) - quantile(known(min), LOW));
	const usual = quantile(
		spreads.filter((spread) => !Number.isNaN(spread)),
		0.6,
	);
	return Math.max(least, (Number.isNaN(usual) ? 0 : usual) * (1 + 2 * ROOM));
}

function middles({ min, max }: PulseCity): number[] {
	return min.flatMap((low, step) => {
		const high = max[step] ?? null;
		return low === null || high === null ? [] : [(low + high) / 2];
	});
}

/** NaN of nothing. */
function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}
