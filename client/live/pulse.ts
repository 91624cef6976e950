// The pulse of fourteen cities as data: GET /api/pulse for the season's quantity, cities from north to south, and what each
// shows now from the page's own table. Pure but for `askPulse`; ui/parts/pulse draws it.
import type { Alarm } from "#model/alarm.ts";
import { cityOf } from "#model/ids.ts";
import type { Latest } from "#model/latest.ts";
import type { Measure, Severity } from "#model/measure.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "./ask.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Season } from "./pulse_season.ts";
import { goodValue } from "./river_forecast.ts";
import type { Named } from "./view_follower.ts";

export const PULSE_STEP_MS = 900_000;
export const PULSE_PAST_MS = 24 * 3_600_000;

/** A quantity of counties that is put together per city. */
export interface PulseQuantity {
	/** Key of its words and of its ramp. */
	readonly id: "heat" | "rain" | "dust" | "water";
	readonly kind: string;
	readonly measure: string;
	/** How counties make the figure of a city: rain is the worst one's. */
	readonly op: "mean" | "max";
	/** Ridges stand on zero instead of around their own middle. */
	readonly fromZero: boolean;
	/** Least spread that fills a ridge, in the measure's unit: noise must not look like weather. */
	readonly least: number;
}

const HEAT: PulseQuantity = {
	id: "heat",
	kind: "heatDistrict",
	measure: "supplyTempMean",
	op: "mean",
	fromZero: false,
	least: 3,
};
const RAIN: PulseQuantity = {
	id: "rain",
	kind: "floodDistrict",
	measure: "rain1hMax",
	op: "max",
	fromZero: true,
	least: 10,
};
const DUST: PulseQuantity = {
	id: "dust",
	kind: "dustDistrict",
	measure: "pm10Mean",
	op: "mean",
	fromZero: true,
	least: 150,
};
const WATER: PulseQuantity = {
	id: "water",
	kind: "waterDistrict",
	measure: "pressureMean",
	op: "mean",
	fromZero: false,
	least: 0.03,
};
const OF_SEASON: Readonly<Record<Season, PulseQuantity>> = { winter: HEAT, flood: RAIN, spring: DUST, autumn: WATER };

/** The season's quantity, or the first that this province has assets for; null: none of them. */
export function pulseQuantity(season: Season, catalogue: Catalogue): PulseQuantity | null {
	const kinds = new Set(catalogue.assets.map(({ kind }) => kind.id));
	return [OF_SEASON[season], HEAT, WATER, DUST, RAIN].find(({ kind }) => kinds.has(kind)) ?? null;
}

export interface PulseCity {
	readonly district: string;
	/** Lowest and highest county per step; null where nothing came in. */
	readonly min: readonly (number | null)[];
	readonly max: readonly (number | null)[];
}

export interface PulseData {
	readonly unit: string;
	readonly from: number;
	readonly step: number;
	readonly cities: readonly PulseCity[];
}

export async function askPulse(
	{ kind, measure }: PulseQuantity,
	now: number,
	signal: AbortSignal,
): Promise<PulseData | Problem> {
	const to = Math.ceil(now / PULSE_STEP_MS) * PULSE_STEP_MS;
	const query = new URLSearchParams({
		kind,
		measure,
		from: String(to - PULSE_PAST_MS),
		to: String(to),
		step: String(PULSE_STEP_MS),
	});
	const body = await ask(`/api/pulse?${query}`, { signal });
	return isProblem(body) ? body : readPulse(body);
}

export function readPulse(body: unknown): PulseData | Problem {
	const sent = (body ?? {}) as Partial<PulseData>;
	if (!Array.isArray(sent.cities) || typeof sent.from !== "number" || typeof sent.step !== "number") {
		return problem("bad-answer", "pulse without cities");
	}
	return { unit: sent.unit ?? "", from: sent.from, step: sent.step, cities: sent.cities };
}

/** Rows of the counties' figures: what the cities show now. */
export function pulseRows(catalogue: Catalogue, { kind, measure }: PulseQuantity): readonly Named[] {
	return catalogue.assets
		.filter((asset) => asset.kind.id === kind)
		.map(({ record }) => ({
			asset: record.id,
			measures: [measure],
		}));
}

/** City code -> its figure now; a city of which no county has a good value is not in it. */
export function pulseNow(catalogue: Catalogue, table: Latest, quantity: PulseQuantity): ReadonlyMap<string, number> {
	const values = new Map<string, number[]>();
	for (const asset of catalogue.assets) {
		if (asset.kind.id !== quantity.kind) continue;
		const value = goodValue(catalogue, table, asset, quantity.measure);
		if (value === null) continue;
		const known = values.get(asset.city);
		if (known === undefined) values.set(asset.city, [value]);
		else known.push(value);
	}
	const now = new Map<string, number>();
	for (const [city, all] of values) {
		now.set(city, quantity.op === "max" ? Math.max(...all) : all.reduce((sum, one) => sum + one, 0) / all.length);
	}
	return now;
}

export function pulseMeasure(catalogue: Catalogue, { kind, measure }: PulseQuantity): Measure | null {
	return catalogue.kind(kind)?.measures.find(({ id }) => id === measure) ?? null;
}

/** Worst active orange or red per city: its crest takes the level's colour. */
export function cityLevels(alarms: readonly Alarm[]): ReadonlyMap<string, Severity> {
	const levels = new Map<string, Severity>();
	for (const { district, severity, active } of alarms) {
		if (!active || severity < 3) continue;
		const city = cityOf(district);
		if (severity > (levels.get(city) ?? 0)) levels.set(city, severity);
	}
	return levels;
}

/** Share of the buckets of all cities that hold a value, 0..1. */
export function pulseFilled(pulse: PulseData): number {
	let all = 0;
	let filled = 0;
	for (const { min } of pulse.cities) {
		all += min.length;
		for (const value of min) if (value !== null) filled += 1;
	}
	return all === 0 ? 0 : filled / all;
}
