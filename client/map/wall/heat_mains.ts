// The heat mains of a city as lines that flow: where they run, how wide, how warm, how fast. Pure; values are read from the page's
// table by the caller. The direction of a path is that of its supply: from what feeds it to what it feeds.
import { alongPath } from "#model/distance.ts";
import type { PageAsset } from "../../live/catalogue.ts";

export interface HeatMain {
	readonly index: number;
	readonly id: string;
	readonly city: string;
	readonly path: readonly (readonly [number, number])[];
	/** Metres from the start, per vertex. */
	readonly along: readonly number[];
	/** Nominal diameter, mm. */
	readonly dn: number;
	/** Rows of the measures, -1 where the main has none. */
	readonly supplyRow: number;
	readonly returnRow: number;
	readonly flowRow: number;
}

/** A wall draws a backbone, not a network. */
const SEGMENTS_MOST = 5_000;
const EARTH_M = 6_371_008.8;
/** Water of 100 °C, kg/m³. */
const WATER_DENSITY = 958;

export function heatMainsOf(assets: readonly PageAsset[]): HeatMain[] {
	const mains: HeatMain[] = [];
	let segments = 0;
	// The widest first: what is beyond the limit is the thinnest.
	const wide = assets.filter(({ kind, record }) => kind.id === "heatMain" && (record.path?.length ?? 0) > 1);
	wide.sort((a, b) => dnOf(b) - dnOf(a));
	for (const asset of wide) {
		const path = asset.record.path ?? [];
		segments += path.length - 1;
		if (segments > SEGMENTS_MOST) break;
		const row = (measure: string): number => {
			const offset = asset.measures.indexOf(measure);
			return offset < 0 ? -1 : asset.firstRow + offset;
		};
		mains.push({
			index: asset.index,
			id: asset.record.id,
			city: asset.city,
			path,
			along: alongPath(path),
			dn: dnOf(asset),
			supplyRow: row("supplyTemp"),
			returnRow: row("returnTemp"),
			flowRow: row("flow"),
		});
	}
	return mains;
}

function dnOf(asset: PageAsset): number {
	const dn = Number(asset.record.fields?.dn);
	return dn > 0 ? dn : 300;
}

/** Width on the wall, px at scale 1: DN 200 a thread, DN 1400 a band. */
export function widthOf(dn: number): number {
	return 3.6 + 7.4 * Math.min(1, Math.max(0, (dn - 200) / 1_200));
}

/** Mean speed of the water, m/s, from flow in t/h. */
export function velocityOf(flow: number, dn: number): number {
	const area = (Math.PI * (dn / 1_000) ** 2) / 4;
	return flow / 3.6 / (WATER_DENSITY / 1_000) / area / 1_000;
}

/** Classes of speed: a phase is kept per class, so that a main whose flow wavers does not jump. 0 stands still. */
export const SPEEDS = 8;
/** px/s at scale 1 of each class; look: under 20 px a second. */
export const SPEED_PX: readonly number[] = [0, 2.5, 5, 7.5, 10, 12.5, 15, 18];
/** Slower than this is a valve that leaks, not a flow, m/s. */
const STILL = 0.02;
/** A primary network is laid out for 1 to 2.5 m/s. */
const FASTEST = 2.2;

/** Class of speed 0..7, or null: nothing is known. */
export function speedOf(flow: number, dn: number): number | null {
	if (Number.isNaN(flow)) return null;
	const velocity = velocityOf(flow, dn);
	if (velocity < STILL) return 0;
	return Math.min(SPEEDS - 1, 1 + Math.floor((velocity / FASTEST) * (SPEEDS - 2)));
}

/** Share of the heat ramp: umber at 35 °C, ivory at 115 °C. */
export function warmthOf(temperature: number): number {
	return Math.min(1, Math.max(0, (temperature - 35) / 80));
}

/** A line beside the path, `metres` to its right: the return main. Corners keep the distance up to a sharp bend. */
export function beside(path: readonly (readonly [number, number])[], metres: number): [number, number][] {
	const first = path[0];
	if (first === undefined) return [];
	const cos = Math.cos((first[1] * Math.PI) / 180);
	const degree = (Math.PI * EARTH_M) / 180;
	const plane = path.map(([lon, lat]) => [lon * cos, lat] as const);
	return plane.map(([x, y], i) => {
		const [ax, ay] = normal(plane[i - 1] ?? [x, y], [x, y]) ?? normal([x, y], plane[i + 1] ?? [x, y]) ?? [0, 0];
		const [bx, by] = normal([x, y], plane[i + 1] ?? [x, y]) ?? [ax, ay];
		const length = Math.hypot(ax + bx, ay + by) || 1;
		const [mx, my] = [(ax + bx) / length, (ay + by) / length];
		const reach = metres / degree / Math.max(0.45, mx * ax + my * ay);
		return [(x + mx * reach) / cos, y + my * reach];
	});
}

/** Unit vector to the right of a step, or null when it goes nowhere. */
function normal(a: readonly [number, number], b: readonly [number, number]): [number, number] | null {
	const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
	return length === 0 ? null : [(b[1] - a[1]) / length, -(b[0] - a[0]) / length];
}
