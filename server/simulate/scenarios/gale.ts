// Spring: a squall line crosses a town. Gusts leap at its front, crane after crane on its way; loose ground lifts with the third power
// of the wind, sprays bind it; behind the line it grows calm.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import { trait, type WorldAsset } from "../world/asset.ts";
import type { Values } from "../world/scene.ts";
import { type Atlas, alongAndAcross, metresApart } from "./atlas.ts";
import { follow, swell } from "./curves.ts";
import { type Figure, type Play, type Scenario, type Step, words } from "./scenario.ts";

export const AT = { front: 0, stop: 50, free: 100, dust: 125, spray: 270, pass: 500, calm: 720 } as const;

const PLOT = [
	{ id: "front", name: words("飑线前锋到达，阵风骤增", "The front of a squall line arrives") },
	{ id: "stop", name: words("阵风超过 13.8 m/s，停止吊装", "Gusts above 13.8 m/s, lifting stops") },
	{ id: "free", name: words("超过 17.2 m/s，解除回转制动", "Above 17.2 m/s, jibs swing free") },
	{ id: "dust", name: words("工地扬尘抬升", "Dust rises from the sites") },
	{ id: "spray", name: words("喷淋、雾炮启动抑尘", "Sprays and fog cannons start") },
	{ id: "pass", name: words("大风过境，风力减弱", "The gale has passed") },
	{ id: "calm", name: words("恢复平稳", "Calm again") },
] as const;

/** From the north-west to the south-east, as squall lines of a Liaoning spring go. */
export const BEARING = 125;
export const LINE_M_S = 20;
/** Before the first crane. */
const FIRST_S = 15;
const RISE_S = 25;
/** The strong wind behind the front lasts so long, then dies away. */
const STRONG_S = 200;
const DECAY_S = 110;
/** 3 s gust at the height of a jib, Beaufort 8 to 9. */
const GUST_M_S = 20.5;
/** Two metres above the ground, mean of a minute, as a share of the gust aloft. */
const GROUND_SHARE = 0.58;
/** Ground wind that begins to lift what lies loose, m/s. */
const THRESHOLD_M_S = 5.5;
/** µg/m³ of TSP per (m/s)³ beyond it: sand on a building plot. */
const LIFT = 5;
/** Sprays bind two thirds. */
const SPRAYED = 0.66;
const SPRAY_TAU_S = 40;
const REACH_M = 9_000;
const CITIES = ["210100", "210200", "210700", "210900"];
const MOST_CRANES = 8;

export const gale: Scenario = {
	id: "gale",
	name: words("大风与扬尘", "Gale and dust"),
	summary: words(
		"飑线自西北向东南过境：塔机阵风按先后顺序越过 10.8、13.8、17.2 m/s，停止吊装；工地扬尘抬升，喷淋、雾炮启动后回落；大风过后恢复。",
		"A squall line crosses from the north-west: gusts at the cranes pass 10.8, 13.8 and 17.2 m/s one after the other, lifting stops; dust rises and falls again once sprays run.",
	),
	season: "spring",
	minutes: 12,
	plot: PLOT,
	cast: (atlas, chance) => {
		const first = choose(atlas, chance);
		return first === null ? null : playOn(first, atlas);
	},
};

/** The town where most cranes stand within the line's reach. */
function choose(atlas: Atlas, chance: Chance): WorldAsset | null {
	const cranes = atlas.all("crane").filter(atlas.isWell);
	const withCompany = cranes.map((crane) => [atlas.near(crane, "crane", REACH_M).length, crane] as const);
	const town = withCompany.filter(([, crane]) => CITIES.includes(crane.city));
	const list = (town.length > 0 ? town : withCompany).toSorted((a, b) => b[0] - a[0]).slice(0, 12);
	return list.length === 0 ? null : chance.pick(list)[1];
}

/** Second at which the front reaches an asset, counted from the first crane. */
export function frontAt(first: WorldAsset, asset: WorldAsset): number {
	return FIRST_S + alongAndAcross(first, asset, BEARING)[0] / LINE_M_S;
}

/** 0..1: how much of the gale is there. */
export function galeAt(sinceFront: number): number {
	return swell(0, RISE_S, STRONG_S, DECAY_S, sinceFront);
}

function playOn(middle: WorldAsset, atlas: Atlas): Play {
	const cranes = [middle, ...atlas.near(middle, "crane", REACH_M)]
		.filter(atlas.isWell)
		.slice(0, MOST_CRANES)
		.toSorted((a, b) => alongAndAcross(middle, a, BEARING)[0] - alongAndAcross(middle, b, BEARING)[0]);
	const first = cranes[0] ?? middle;
	const sites = new Set(cranes.map(({ record }) => record.site));
	const dust = atlas
		.near(middle, "dust", REACH_M)
		.filter((asset) => sites.has(asset.record.site) && atlas.isWell(asset));
	const weather = atlas.near(middle, "weatherStation", REACH_M);
	const lead = dust[0];
	return {
		lead: first,
		actors: [...cranes, ...dust, ...weather],
		steps: PLOT.map((step): Step => ({ ...step, atMs: AT[step.id] * 1_000 })),
		lengthMs: AT.calm * 1_000,
		figures: figuresOf(cranes, dust),
		bend: (asset, t, values) => {
			const since = t / 1_000 - frontAt(first, asset);
			const strength = galeAt(since);
			if (asset.kind === "crane") bendCrane(asset, strength, values);
			else if (asset.kind === "dust") bendDust(asset, strength, t / 1_000, values);
			else bendWeather(strength, values, lead === undefined ? 0 : metresApart(asset, lead));
		},
	};
}

function bendCrane(crane: WorldAsset, strength: number, values: Values): void {
	const { windSpeed = 0, tilt = 0 } = values;
	const gust = windSpeed + Math.max(0, GUST_M_S * trait(crane, 41, 0.74, 1.06) - windSpeed) * strength;
	values.windSpeed = gust;
	values.tilt = tilt + 0.003 * (gust - windSpeed);
	if (gust < 13.8) return;
	// Nothing hangs on the hook in such a wind.
	for (const measure of ["moment", "loadShare", "load", "height", "radius", "slew"]) delete values[measure];
}

/** TSP that the wind lifts, µg/m³: the flux of sand goes with the third power beyond a threshold. */
export function lifted(groundWind: number): number {
	return LIFT * Math.max(0, groundWind - THRESHOLD_M_S) ** 3;
}

function bendDust(station: WorldAsset, strength: number, s: number, values: Values): void {
	const { windSpeed = 0, tsp = 0, pm10 = 0, pm25 = 0 } = values;
	const exposure = trait(station, 42, 0.94, 1.08);
	const wind = windSpeed + Math.max(0, GUST_M_S * GROUND_SHARE * exposure - windSpeed) * strength;
	const bound = follow(0, [{ at: AT.spray, to: SPRAYED, tau: SPRAY_TAU_S }], s);
	const more = Math.max(0, lifted(wind) - lifted(windSpeed)) * (1 - bound);
	values.windSpeed = wind;
	values.windDirection = (BEARING + 180) % 360;
	values.tsp = tsp + more;
	values.pm10 = pm10 + 0.36 * more;
	values.pm25 = pm25 + 0.05 * more;
}

/** A weather station tells the mean of ten minutes. */
function bendWeather(strength: number, values: Values, wayM: number): void {
	const { windSpeed = 0, visibility } = values;
	values.windSpeed = windSpeed + Math.max(0, 0.5 * GUST_M_S - windSpeed) * strength;
	values.windDirection = (BEARING + 180) % 360;
	if (visibility !== undefined) values.visibility = visibility * (1 - 0.5 * strength * Math.exp(-wayM / 20_000));
}

function figuresOf(cranes: readonly WorldAsset[], dust: readonly WorldAsset[]): readonly Figure[] {
	const known = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null);
	const most = (values: readonly (number | null)[]): number | null => {
		const list = known(values);
		return list.length === 0 ? null : Math.max(...list);
	};
	return [
		{
			id: "gust",
			name: words("塔机最大阵风", "Strongest gust at a crane"),
			unit: "m/s",
			decimals: 1,
			of: (look) => most(cranes.map((crane) => look.value(crane, "windSpeed"))),
		},
		{
			id: "stopped",
			name: words("停止吊装塔机", "Cranes that must not lift"),
			unit: "",
			decimals: 0,
			of: (look) => known(cranes.map((crane) => look.value(crane, "windSpeed"))).filter((wind) => wind >= 13.8).length,
		},
		{
			id: "tsp",
			name: words("工地最高 TSP", "Highest TSP of a site"),
			unit: "µg/m³",
			decimals: 0,
			of: (look) => most(dust.map((station) => look.value(station, "tsp"))),
		},
		{
			id: "sprays",
			name: words("启动喷淋工地", "Sites with sprays on"),
			unit: "",
			decimals: 0,
			of: (_, t) => (t >= AT.spray * 1_000 && t < AT.pass * 1_000 + 120_000 ? dust.length : 0),
		},
	];
}
