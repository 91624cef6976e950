// Summer: a storm cell crosses a town. Gauges feel it in the order of its path; an underpass takes what its catchment sheds, its pump
// trips, the water rises by its balance, a cover upstream is lifted; a pump truck empties it, the cell goes on.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import type { WorldAsset } from "../world/asset.ts";
import type { Values } from "../world/scene.ts";
import { type Atlas, alongAndAcross } from "./atlas.ts";
import { type Basin, depthOf, fill } from "./basin.ts";
import { follow } from "./curves.ts";
import { type Figure, type Play, type Scenario, type Step, words } from "./scenario.ts";

export const AT = { rain: 0, trip: 35, flood: 150, lift: 210, truck: 390, ebb: 500, calm: 720 } as const;

const PLOT = [
	{ id: "rain", name: words("强降雨云团进入城区", "A storm cell enters the town") },
	{ id: "trip", name: words("排涝泵站跳闸", "The drain pump trips") },
	{ id: "flood", name: words("下穿通道积水上涨，25 cm 封闭", "The underpass floods, closed at 25 cm") },
	{ id: "lift", name: words("上游雨水井冒溢，井盖顶起", "A storm drain overflows and lifts its cover") },
	{ id: "truck", name: words("两台移动泵车到场强排", "Two pump trucks arrive") },
	{ id: "ebb", name: words("雨势减弱，积水消退", "The rain slackens, the water ebbs") },
	{ id: "calm", name: words("恢复平稳", "Calm again") },
] as const;

/** From the south-west, 45 km/h. */
export const BEARING = 55;
export const CELL_M_S = 12.5;
export const CELL_RADIUS_M = 5_000;
/** mm/h in its middle. */
export const PEAK_MM_H = 130;
/** The middle passes over the underpass then. */
const OVERHEAD_S = 240;
/** The cell grows while it comes. */
const GROW_S = 45;
const REACH_M = 12_000;
const GAUGES = 6;

export const UNDERPASS: Basin = { catchmentM2: 21_000, runoff: 0.9, widthM: 14, flatM: 12, slope: 0.04 };
/** Two fixed pumps; two trucks take 3,000 m³/h each. */
const PUMPS_M3_S = 0.3;
const TRUCKS_M3_S = 1.66;
const LOW_STREET: Basin = { catchmentM2: 16_000, runoff: 0.8, widthM: 20, flatM: 12, slope: 0.015 };
/** Gullies half blocked by leaves; a crew clears them. */
const GULLIES_M3_S = 0.09;
const CLEARED_M3_S = 0.4;

export const storm: Scenario = {
	id: "storm",
	name: words("短时强降雨与下穿通道积水", "Cloudburst and a flooded underpass"),
	summary: words(
		"云团自西南移过城区：雨量站按路径先后增大，排涝泵站跳闸，下穿通道积水按进出水量平衡上涨并越过 25 cm，雨水井盖被顶起；泵车强排后退水。",
		"A cell crosses the town from the south-west: gauges rise in its order, a drain pump trips, an underpass floods by its water balance past 25 cm, a cover is lifted; a pump truck empties it.",
	),
	season: "summer",
	minutes: 12,
	plot: PLOT,
	cast: (atlas, chance) => {
		const low = choose(atlas, chance);
		return low === undefined ? null : playOn(low, atlas);
	},
};

function choose(atlas: Atlas, chance: Chance): WorldAsset | undefined {
	const all = atlas.all("underpass").filter(atlas.isWell);
	const fits = all.filter(
		(low) =>
			atlas.near(low, "drainPump", REACH_M).some(atlas.isWell) &&
			drains(low, atlas).length > 0 &&
			atlas.near(low, "rainGauge", REACH_M).length >= 2,
	);
	const capital = fits.filter(({ city }) => city === "210100" || city === "210200");
	for (const list of [capital, fits, all]) if (list.length > 0) return chance.pick(list);
	return undefined;
}

function drains(low: WorldAsset, atlas: Atlas): readonly WorldAsset[] {
	return atlas
		.near(low, "manhole", 4_000)
		.filter((cover) => cover.record.fields?.purpose === "storm" && atlas.isWell(cover));
}

/** mm/h at an asset. */
export function rainAt(low: WorldAsset, asset: WorldAsset, s: number): number {
	if (s <= 0) return 0;
	const [along, across] = asset === low ? [0, 0] : alongAndAcross(low, asset, BEARING);
	const behind = along - CELL_M_S * (s - OVERHEAD_S);
	const nearness = (behind * behind + across * across) / (CELL_RADIUS_M * CELL_RADIUS_M);
	return PEAK_MM_H * Math.exp(-nearness) * (1 - Math.exp(-s / GROW_S));
}

const STEPS = 30;
/** mm that fell in the `ms` before second `s`. */
export function fallen(low: WorldAsset, asset: WorldAsset, s: number, ms: number): number {
	const width = ms / 1_000 / STEPS;
	let sum = 0;
	for (let n = 0; n < STEPS; n++) sum += rainAt(low, asset, s - (n + 0.5) * width);
	return (sum * width) / 3_600;
}

/** m³/s that leave the underpass, had it water enough. */
export function pumpedOut(s: number): number {
	if (s < AT.trip) return PUMPS_M3_S;
	if (s < AT.truck) return 0;
	return TRUCKS_M3_S + (s < AT.ebb ? 0 : PUMPS_M3_S);
}

function playOn(low: WorldAsset, atlas: Atlas): Play {
	const gauges = atlas.near(low, "rainGauge", 2 * REACH_M).slice(0, GAUGES);
	const pump = atlas.near(low, "drainPump", REACH_M).find(atlas.isWell);
	const cover = drains(low, atlas)[0];
	const street = atlas.near(low, "floodPoint", REACH_M).find(atlas.isWell);
	const weather = atlas.near(low, "weatherStation", 2 * REACH_M).slice(0, 3);
	const others = [pump, cover, street].filter((asset) => asset !== undefined);
	const seconds = AT.calm + 120;
	const inUnderpass = fill(UNDERPASS, seconds, (s) => rainAt(low, low, s), pumpedOut);
	const inStreet =
		street === undefined
			? new Float64Array(seconds + 1)
			: fill(
					LOW_STREET,
					seconds,
					(s) => rainAt(low, street, s),
					(s) => (s < AT.truck ? GULLIES_M3_S : CLEARED_M3_S),
				);
	const bends = new Map<WorldAsset, (s: number, values: Values) => void>([
		[low, (s, values) => (values.depth = (values.depth ?? 0) + depthOf(UNDERPASS, at(inUnderpass, s)))],
	]);
	if (street !== undefined)
		bends.set(street, (s, values) => (values.depth = (values.depth ?? 0) + depthOf(LOW_STREET, at(inStreet, s))));
	if (pump !== undefined) bends.set(pump, (s, values) => bendPump(s, values, pump));
	if (cover !== undefined) bends.set(cover, bendCover);
	for (const gauge of gauges)
		bends.set(gauge, (s, values) => (values.rain5m = (values.rain5m ?? 0) + tenths(fallen(low, gauge, s, 300_000))));
	for (const station of weather)
		bends.set(station, (s, values) => (values.rainHour = (values.rainHour ?? 0) + fallen(low, station, s, 3_600_000)));
	return {
		lead: low,
		actors: [low, ...others, ...gauges, ...weather],
		steps: PLOT.map((step): Step => ({ ...step, atMs: AT[step.id] * 1_000 })),
		lengthMs: AT.calm * 1_000,
		figures: figuresOf(low, gauges, pump),
		bend: (asset, t, values) => bends.get(asset)?.(t / 1_000, values),
	};
}

function at(table: Float64Array, s: number): number {
	return table[Math.max(0, Math.min(table.length - 1, Math.round(s)))] ?? 0;
}

/** As a gauge tips. */
function tenths(mm: number): number {
	return Math.round(mm * 10) / 10;
}

/** The basin fills, the pump runs, trips, and stands until it is mended. */
function bendPump(s: number, values: Values, pump: WorldAsset): void {
	const { level = -1.5 } = values;
	const capacity = Number(pump.record.fields?.capacity ?? 8);
	values.level = follow(
		level,
		[
			{ at: 0, to: Math.max(level, 0.2), tau: 20 },
			{ at: AT.trip, to: 1.5, tau: 150 },
			{ at: AT.ebb, to: level, tau: 60 },
		],
		s,
	);
	const isTripped = s >= AT.trip && s < AT.ebb;
	values.running = isTripped ? 2 : s < AT.ebb + 150 ? 1 : (values.running ?? 0);
	values.flow = isTripped ? 0 : s < AT.ebb + 150 ? 0.95 * capacity : (values.flow ?? 0);
}

function bendCover(s: number, values: Values): void {
	const { level = -2 } = values;
	values.level = follow(
		level,
		[
			{ at: 20, to: 0.12, tau: 60 },
			{ at: AT.truck, to: level, tau: 60 },
		],
		s,
	);
	if (s < AT.lift || s >= AT.ebb) return;
	values.open = 1;
	values.tilt = 24;
}

function figuresOf(low: WorldAsset, gauges: readonly WorldAsset[], pump: WorldAsset | undefined): readonly Figure[] {
	return [
		{
			id: "depth",
			name: words("下穿通道积水", "Depth in the underpass"),
			unit: "m",
			decimals: 2,
			of: (look) => look.value(low, "depth"),
		},
		{
			id: "rain",
			name: words("此处雨强", "Rain here"),
			unit: "mm/h",
			decimals: 0,
			of: (_, t) => rainAt(low, low, t / 1_000),
		},
		{
			id: "gauge",
			name: words("5 分钟最大雨量", "Most rain in 5 min"),
			unit: "mm",
			decimals: 1,
			of: (_, t) => Math.max(0, ...gauges.map((gauge) => fallen(low, gauge, t / 1_000, 300_000))),
		},
		{
			id: "pump",
			name: words("泵站排水流量", "Flow of the pump station"),
			unit: "m³/s",
			decimals: 1,
			of: (look) => (pump === undefined ? null : look.value(pump, "flow")),
		},
	];
}
