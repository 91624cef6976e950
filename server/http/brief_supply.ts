// Heat, water, gas and weather of the morning brief, from stored readings: lowest and highest by the hour, and the newest forecast that
// was known at the brief's end. Called by brief_facts.ts.
import { CITIES } from "#geodata/liaoning/district_table.ts";
import { type Brief, DAY_MS, type Extreme, type Source, type Supply } from "#model/brief.ts";
import { cityOf } from "#model/ids.ts";
import { type Measure, toValue } from "#model/measure.ts";
import { inScope, type Scope } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import { placeName } from "../documents/names.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** Channels of one question to the store: others have their turn between. */
const AT_ONCE = 16;
/** A quantity of more assets than this is left to the planner's questions. */
const ASSETS_MAX = 400;
/** A forecast older than this at the brief's end is none. */
const FORECAST_MS = 3 * HOUR_MS;

/** What a leader asks in the morning: is it warm, is there water, is there gas. */
const QUANTITIES = [
	["heatDistrict", "supplyTempMean", "区县平均供水温度"],
	["heatRoom", "roomTemp", "居民室温"],
	["waterDistrict", "pressureMean", "区县平均供水压力"],
	["regulator", "outletPressure", "燃气调压站出口压力"],
] as const;

interface Span {
	readonly from: number;
	readonly to: number;
	readonly scope: Scope;
}

export async function supplyOf(
	parts: HttpParts,
	span: Span,
): Promise<{ readonly figures: Supply[]; readonly sources: Source[] }> {
	const figures: Supply[] = [];
	const routes: string[] = [];
	for (const [kind, measureId, name] of QUANTITIES) {
		const known = parts.mirror.catalogue.kinds.get(kind);
		const measure = known?.measures.get(measureId);
		const assets = assetsOf(parts, kind, span.scope);
		if (known === undefined || measure === undefined || assets.length === 0 || assets.length > ASSETS_MAX) continue;
		figures.push({ ...(await figureOf(parts, assets, measure, span)), kind, name, system: known.system.id });
		routes.push(`/api/pulse?kind=${kind}&measure=${measureId}&from=${span.from}&to=${span.to}&step=${HOUR_MS}`);
	}
	return { figures, sources: routes.length === 0 ? [] : [{ id: "supply", route: routes.join("；") }] };
}

function assetsOf({ mirror }: HttpParts, kind: string, scope: Scope): AssetView[] {
	const assets: AssetView[] = [];
	for (const asset of mirror.catalogue.assets.values()) {
		const { record, system } = asset;
		if (record.kind === kind && inScope(scope, { district: record.district, system, asset: record.id }))
			assets.push(asset);
	}
	return assets;
}

type Figure = Omit<Supply, "kind" | "name" | "system">;

async function figureOf(parts: HttpParts, assets: readonly AssetView[], measure: Measure, span: Span): Promise<Figure> {
	const day = new DayOf(measure);
	const index = assets[0]?.measures.indexOf(measure.id) ?? 0;
	for (let start = 0; start < assets.length; start += AT_ONCE) {
		const some = assets.slice(start, start + AT_ONCE);
		const channels = Uint32Array.from(some, (asset) => asset.channels[index] ?? 0);
		const buckets = await fromStore(parts.store.buckets(channels, span.from - DAY_MS, span.to, HOUR_MS));
		for (const [row, asset] of some.entries())
			for (let column = 0; column < 2 * HOURS; column++) {
				const place = row * 2 * HOURS + column;
				day.take(asset, column - HOURS, buckets.min[place] ?? Number.NaN, buckets.max[place] ?? Number.NaN);
			}
	}
	return day.figure(assets.length, span.from);
}

/** Gathers lowest and highest over assets and hours; hours below 0 are of the day before. */
class DayOf {
	private readonly measure: Measure;
	private readonly hours: { min: number; max: number }[] = Array.from({ length: HOURS }, none);
	private readonly before = none();
	private readonly own = none();
	private low: { district: string; hour: number } | null = null;
	private high: { district: string; hour: number } | null = null;
	private readonly speaking = new Set<string>();

	constructor(measure: Measure) {
		this.measure = measure;
	}

	take(asset: AssetView, hour: number, min: number, max: number): void {
		if (Number.isNaN(min) || Number.isNaN(max)) return;
		const { district, id } = asset.record;
		if (hour < 0) {
			widen(this.before, min, max);
			return;
		}
		this.speaking.add(id);
		if (min < this.own.min) this.low = { district, hour };
		if (max > this.own.max) this.high = { district, hour };
		widen(this.own, min, max);
		const cell = this.hours[hour];
		if (cell !== undefined) widen(cell, min, max);
	}

	figure(channels: number, from: number): Figure {
		const { unit, decimals, scale, id } = this.measure;
		const value = (count: number): number => toValue(count, scale);
		const known = (count: number): number | null => (Number.isFinite(count) ? value(count) : null);
		const extreme = (count: number, where: { district: string; hour: number } | null): Extreme | null =>
			where === null
				? null
				: {
						value: value(count),
						district: where.district,
						name: placeName(where.district),
						at: from + where.hour * HOUR_MS,
					};
		return {
			measure: id,
			unit,
			decimals,
			low: extreme(this.own.min, this.low),
			high: extreme(this.own.max, this.high),
			lowBefore: known(this.before.min),
			highBefore: known(this.before.max),
			hours: this.hours.map(({ min, max }) => (Number.isFinite(min) ? { min: value(min), max: value(max) } : null)),
			reporting: this.speaking.size,
			channels,
		};
	}
}

function none(): { min: number; max: number } {
	return { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

function widen(cell: { min: number; max: number }, min: number, max: number): void {
	cell.min = Math.min(cell.min, min);
	cell.max = Math.max(cell.max, max);
}

const FORECAST_KIND = "cityForecast";

/** The newest forecast at the end of the span, of each city. */
export async function weatherOf(
	parts: HttpParts,
	{ to, scope }: Span,
): Promise<{ readonly cities: Brief["weather"][number][]; readonly sources: Source[] }> {
	const assets = assetsOf(parts, FORECAST_KIND, scope);
	const cities: Brief["weather"][number][] = [];
	for (const { code, short } of CITIES) {
		const asset = assets.find(({ record }) => cityOf(record.district) === code);
		if (asset === undefined) continue;
		const [low, rain] = await Promise.all([newest(parts, asset, "lowTonight", to), newest(parts, asset, "rain6h", to)]);
		cities.push({ district: code, name: short.zh, low, rain });
	}
	const route = `/api/assets/{id}/history?measure=lowTonight&from=${to - FORECAST_MS}&to=${to}`;
	return { cities, sources: cities.length === 0 ? [] : [{ id: "weather", route }] };
}

async function newest({ mirror, store }: HttpParts, asset: AssetView, id: string, to: number): Promise<number | null> {
	const channel = asset.channels[asset.measures.indexOf(id)];
	const measure = mirror.catalogue.measureOf(asset, id);
	if (channel === undefined || measure === null) return null;
	const { points } = await fromStore(store.history(channel, to - FORECAST_MS, to, 200));
	const last = points.filter(({ count }) => count !== null).at(-1);
	return last === undefined || last.count === null ? null : toValue(last.count, measure.scale);
}
