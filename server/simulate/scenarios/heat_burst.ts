// Winter: a primary heat main bursts. The pressure falls with the wave and the way, the source feeds what it can, everything below
// stands still and the stations cool with the water that is in them; valves close, a link feeds from the other side, the main comes
// back. Time constants are those of the things themselves (heat_physics.ts); only the repair is shorter than life, and says so.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import type { WorldAsset } from "../world/asset.ts";
import type { Values } from "../world/scene.ts";
import { type Atlas, metresApart } from "./atlas.ts";
import { HeatNet, householdsOf } from "./heat_net.ts";
import { AT, BEND, hoursToCold, type Part, type Role, stationCools } from "./heat_physics.ts";
import { type Figure, type Play, type Scenario, type Step, words } from "./scenario.ts";

const PLOT = [
	{ id: "burst", name: words("一次网干线爆管，压力骤降", "A primary main bursts, its pressure falls") },
	{ id: "feed", name: words("热源补水突增", "Make-up water at the source rises") },
	{ id: "cut", name: words("下游断流，换热站开始降温", "Flow downstream stops, stations begin to cool") },
	{ id: "isolate", name: words("关断两侧阀门，隔离漏点", "Valves on both sides close") },
	{ id: "link", name: words("联通管反送，下游恢复循环", "A link feeds from the other side") },
	{ id: "repair", name: words("焊口修复，干线充水升压（演示压缩）", "Weld mended, the main fills again (shortened)") },
	{ id: "calm", name: words("恢复平稳", "Calm again") },
] as const;

/** A station counts as hit once its supply has fallen by so much. */
const FELT_K = 3;

export const heatBurst: Scenario = {
	id: "heat-burst",
	name: words("供热一次网爆管", "Burst of a primary heat main"),
	summary: words(
		"一条一次网干线爆管：本段与相邻干线压力骤降，热源补水突增，下游断流，换热站按水容量逐步降温，受影响户数累计；关阀、联通反送、修复后回升。",
		"A primary main bursts: pressure falls there and next door, the source feeds more water, flow downstream stops, stations cool and households count up until valves, a link and the repair bring heat back.",
	),
	season: "winter",
	minutes: 12,
	plot: PLOT,
	cast: (atlas, chance) => {
		const net = new HeatNet(atlas);
		const main = chooseMain(atlas, net, chance);
		return main === undefined ? null : playOn(main, net);
	},
};

/** Towns whose mains run where the map knows the ground. */
const CITIES = ["210100", "210200"];
/** Mains that may hang below: a whole town without heat is another story, and dozens of alarms of one cause help nobody. */
const MOST_BELOW = 7;
const LEAST_HOUSEHOLDS = 2_500;
const CHOICE = 4;

/** A main that hurts: fed by another main, with some mains, stations and thousands of households below, all of them well. */
function chooseMain(atlas: Atlas, net: HeatNet, chance: Chance): WorldAsset | undefined {
	const withHouseholds = net.mains
		.filter((main) => net.feeder(main) !== undefined)
		.map((main) => ({ main, households: householdsOf(net.stationsOf(net.below(main))) }))
		.toSorted((a, b) => b.households - a.households);
	const fits = withHouseholds.filter(({ main, households }) => {
		const below = net.below(main);
		if (households < LEAST_HOUSEHOLDS || below.length < 2 || below.length > MOST_BELOW) return false;
		if (net.feeder(main)?.kind !== "heatMain") return false;
		return [...below, ...net.wayBack(main), ...net.stationsOf(below)].every(atlas.isWell);
	});
	const inTown = fits.filter(({ main }) => CITIES.includes(main.city));
	for (const list of [inTown, fits]) if (list.length > 0) return chance.pick(list.slice(0, CHOICE)).main;
	return withHouseholds[0]?.main;
}

function playOn(main: WorldAsset, net: HeatNet): Play {
	const roles = new Map<WorldAsset, Role>([[main, { part: "burst", wayM: 0 }]]);
	const add = (asset: WorldAsset, part: Part, wayM: number): void => {
		if (!roles.has(asset)) roles.set(asset, { part, wayM });
	};
	const way = net.wayBack(main);
	for (const asset of way) add(asset, asset.kind === "heatSource" ? "source" : "above", net.wayM(main, asset));
	const feeder = net.feeder(main);
	if (feeder !== undefined) for (const sister of net.fedBy(feeder)) add(sister, "beside", metresApart(main, sister));
	const below = net.below(main);
	for (const asset of below) add(asset, "below", net.wayM(asset, main));
	const stations = net.stationsOf(below);
	for (const station of stations) add(station, "station", metresApart(main, station));
	const actors = [...roles.keys()];
	return {
		lead: main,
		actors,
		steps: PLOT.map((step): Step => ({ ...step, atMs: AT[step.id] * 1_000 })),
		lengthMs: AT.calm * 1_000,
		figures: figuresOf(main, stations, actors),
		bend: (asset, t, values) => {
			const role = roles.get(asset);
			if (role !== undefined) BEND[role.part](asset, t / 1_000, values, role.wayM);
		},
	};
}

function figuresOf(
	main: WorldAsset,
	stations: readonly WorldAsset[],
	actors: readonly WorldAsset[],
): readonly Figure[] {
	const source = actors.find(({ kind }) => kind === "heatSource");
	const lowest = (values: readonly (number | null)[]): number | null => {
		const known = values.filter((value) => value !== null);
		return known.length === 0 ? null : Math.min(...known);
	};
	/** Without what the weather does in these minutes: the fall since the water stood still, by its own closed form. */
	const isHit = (station: WorldAsset, t: number): boolean => {
		const values: Values = { supplyTemp: 50, returnTemp: 40 };
		stationCools(station, t / 1_000, values, metresApart(main, station));
		return (values.supplyTemp ?? 50) < 50 - FELT_K;
	};
	return [
		{
			id: "pressure",
			name: words("干线压力", "Pressure of the main"),
			unit: "MPa",
			decimals: 2,
			of: (look) => look.value(main, "pressure"),
		},
		{
			id: "makeUp",
			name: words("热源补水", "Make-up water"),
			unit: "t/h",
			decimals: 1,
			of: (look) => (source === undefined ? null : look.value(source, "makeUpWater")),
		},
		{
			id: "temperature",
			name: words("下游最低二次供温", "Coolest supply downstream"),
			unit: "°C",
			decimals: 1,
			of: (look) => lowest(stations.map((station) => look.value(station, "supplyTemp"))),
		},
		{
			id: "households",
			name: words("受影响户数", "Households affected"),
			unit: "",
			decimals: 0,
			of: (_, t) => householdsOf(stations.filter((station) => isHit(station, t))),
		},
		{
			id: "hours",
			name: words("若不恢复，室温降至 16 °C", "Without heat, rooms at 16 °C in"),
			unit: "h",
			decimals: 1,
			of: (look) => hoursToCold(look.sky(main.city).temperature),
		},
	];
}
