// The figure that the wall's glyphs tell: supply temperature of the heat stations in winter, rain of the gauges in the rainy months,
// dust of the sites in spring and autumn. Which rows are wanted for it, and the ticks of a city's ring. Pure.
import type { Catalogue, PageAsset } from "../../live/catalogue.ts";
import type { Named } from "../../live/view_follower.ts";
import type { RampName } from "./ramps.ts";

/** The nature of the season: what lies over the land. */
export type Field = "isotherms" | "rain" | "none";

export interface Figure {
	readonly kind: string;
	readonly measure: string;
	readonly ramp: RampName;
	/** Ends of the ramp, in the measure's unit. */
	readonly range: readonly [number, number];
}

export const FIGURES: Record<Field, Figure> = {
	// Secondary supply of late November is 42 to 55 °C.
	isotherms: { kind: "heatStation", measure: "supplyTemp", ramp: "heat", range: [36, 57] },
	rain: { kind: "rainGauge", measure: "rain1h", ramp: "water", range: [0, 40] },
	none: { kind: "dust", measure: "pm10", ramp: "dust", range: [20, 260] },
};

/** Groups of a ring at most; one holds several stations in a big city. */
const GROUPS_MOST = 72;
/** A ring is drawn with about so many ticks: a group of a small city has several side by side. */
const TICKS = 54;

/** One tick: the station, or the stations, that lie in its direction from the middle of their city. */
export interface Tick {
	/** Their mean within the figure's range, 0..1; null: none of them has a value. */
	readonly share: number | null;
}

/** Stations of the figure per city code, by bearing from their middle, north first and clockwise. */
export type Rings = ReadonlyMap<string, readonly (readonly number[])[]>;

/** Row lists per tick; once per catalogue. */
export function ringsOf(assets: readonly PageAsset[], figure: Figure): Rings {
	const byCity = new Map<string, PageAsset[]>();
	for (const asset of assets) {
		if (asset.kind.id !== figure.kind || !asset.measures.includes(figure.measure)) continue;
		const list = byCity.get(asset.city) ?? [];
		list.push(asset);
		byCity.set(asset.city, list);
	}
	return new Map([...byCity].map(([city, list]) => [city, groups(list, figure.measure)]));
}

function groups(list: readonly PageAsset[], measure: string): number[][] {
	const mid = (pick: (asset: PageAsset) => number): number =>
		list.reduce((sum, asset) => sum + pick(asset), 0) / list.length;
	const [lon, lat] = [mid(({ record }) => record.lon), mid(({ record }) => record.lat)];
	const cos = Math.cos((lat * Math.PI) / 180);
	const turned = list
		.map((asset) => {
			const angle = Math.atan2((asset.record.lon - lon) * cos, asset.record.lat - lat);
			return { row: asset.firstRow + asset.measures.indexOf(measure), angle: angle < 0 ? angle + 2 * Math.PI : angle };
		})
		.sort((a, b) => a.angle - b.angle);
	const count = Math.min(GROUPS_MOST, turned.length);
	const ticks: number[][] = Array.from({ length: count }, () => []);
	for (const [at, { row }] of turned.entries()) ticks[Math.floor((at * count) / turned.length)]?.push(row);
	return ticks;
}

/** The ring as of now. `valueAt`: the row's value in its unit, or NaN when it is not known or not fresh. */
export function ticksOf(
	rings: Rings,
	city: string,
	{ range: [low, high] }: Figure,
	valueAt: (row: number) => number,
): Tick[] {
	const groups = rings.get(city) ?? [];
	const each = Math.max(1, Math.round(TICKS / Math.max(1, groups.length)));
	return groups.flatMap((rows) => {
		let sum = 0;
		let known = 0;
		for (const row of rows) {
			const value = valueAt(row);
			if (Number.isNaN(value)) continue;
			sum += value;
			known += 1;
		}
		const share = known === 0 ? null : Math.min(1, Math.max(0, (sum / known - low) / (high - low)));
		return Array.from({ length: each }, () => ({ share }));
	});
}

/** Rows to name for the figure: one per cell is enough, because a named row brings its whole cell. */
export function wantedFor(catalogue: Pick<Catalogue, "assets">, kind: string, measure: string): Named[] {
	const seen = new Set<number>();
	const wanted: Named[] = [];
	for (const asset of catalogue.assets) {
		if (asset.kind.id !== kind || seen.has(asset.cell) || !asset.measures.includes(measure)) continue;
		seen.add(asset.cell);
		wanted.push({ asset: asset.record.id, measures: [measure] });
	}
	return wanted;
}
