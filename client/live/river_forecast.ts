// What the next hours bring, as the city forecasts say it: three points ahead and tonight's range, of the season's quantity.
// Read from the page's own table; the rows are named to the wire, because the wall follows the province without values.
import type { Latest } from "#model/latest.ts";
import { Quality, SCALE_FACTOR } from "#model/measure.ts";
import type { Catalogue, PageAsset } from "./catalogue.ts";
import type { Named } from "./view_follower.ts";

export type ForecastQuantity = "temperature" | "rain";

export interface Forecast {
	readonly quantity: ForecastQuantity;
	/** Hours ahead (0 = now, when stations tell) and the mean over the cities. */
	readonly points: readonly { readonly hours: number; readonly value: number }[];
	/** Lowest and highest city: tonight's minimum, or the rain of six hours. */
	readonly low: number;
	readonly high: number;
}

const HOURS = [1, 3, 6] as const;
const CITY_KIND = "cityForecast";
const STATION_KIND = "weatherStation";

/** Rows that a forecast needs: 14 cities, and one station a city for what it is now. */
export function forecastRows(catalogue: Catalogue, quantity: ForecastQuantity): readonly Named[] {
	const ahead = HOURS.map((hours) => `${quantity}${hours}h`);
	const measures = quantity === "temperature" ? [...ahead, "lowTonight"] : ahead;
	return [
		...catalogue.assets
			.filter(({ kind }) => kind.id === CITY_KIND)
			.map(({ record }) => ({ asset: record.id, measures })),
		...stations(catalogue).map(({ record }) => ({ asset: record.id, measures: [nowMeasure(quantity)] })),
	];
}

/** null while fewer than half of the cities have spoken. */
export function forecastOf(catalogue: Catalogue, table: Latest, quantity: ForecastQuantity): Forecast | null {
	const cities = catalogue.assets.filter(({ kind }) => kind.id === CITY_KIND);
	const values = (measure: string, assets: readonly PageAsset[]): number[] =>
		assets.flatMap((asset) => goodValue(catalogue, table, asset, measure) ?? []);
	const ahead = HOURS.map((hours) => ({ hours, values: values(`${quantity}${hours}h`, cities) }));
	if (cities.length === 0 || ahead.some((one) => one.values.length * 2 < cities.length)) return null;
	const here = values(nowMeasure(quantity), stations(catalogue));
	const points = ahead.map(({ hours, values: all }) => ({ hours: hours as number, value: mean(all) }));
	if (here.length > 0) points.unshift({ hours: 0, value: mean(here) });
	const spread = values(quantity === "temperature" ? "lowTonight" : "rain6h", cities);
	if (spread.length === 0) return null;
	return { quantity, points, low: Math.min(...spread), high: Math.max(...spread) };
}

/** Value of a channel in its unit; null when it is not known or not good. */
export function goodValue(catalogue: Catalogue, table: Latest, asset: PageAsset, measure: string): number | null {
	const offset = asset.measures.indexOf(measure);
	if (offset < 0) return null;
	const row = asset.firstRow + offset;
	const quality = table.quality[row];
	const count = table.value[row];
	// A row that came as status alone has no time and a value that means nothing yet.
	if (quality !== Quality.good || count === undefined || Number.isNaN(count) || !((table.at[row] ?? 0) > 0))
		return null;
	const scale = catalogue.measure(asset, offset)?.scale ?? 0;
	return count / (SCALE_FACTOR[scale] ?? 1);
}

function nowMeasure(quantity: ForecastQuantity): string {
	return quantity === "temperature" ? "temperature" : "rainHour";
}

/** One station a city: the first of each. */
function stations(catalogue: Catalogue): readonly PageAsset[] {
	const first = new Map<string, PageAsset>();
	for (const asset of catalogue.assets) {
		if (asset.kind.id === STATION_KIND && !first.has(asset.city)) first.set(asset.city, asset);
	}
	return [...first.values()];
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
