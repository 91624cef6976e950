// Any season: a water main bursts. The pressure falls there and, by the way, at its neighbours, the flow jumps by what leaves through
// the hole, the works give more; then valves, repair and flushing.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import { fieldNumber, type WorldAsset } from "../world/asset.ts";
import type { Values } from "../world/scene.ts";
import { type Atlas, metresApart } from "./atlas.ts";
import { follow, orifice } from "./curves.ts";
import { type Play, type Scenario, type Step, words } from "./scenario.ts";

export const AT = { burst: 0, spread: 40, isolate: 240, repair: 480, flush: 540, calm: 660 } as const;
const SHUT_AT = AT.isolate + 45;

const PLOT = [
	{ id: "burst", name: words("供水干管爆管，流量突增", "A water main bursts, its flow jumps") },
	{ id: "spread", name: words("相邻测点压力下降", "Pressure falls next door") },
	{ id: "isolate", name: words("关阀止水", "Valves close") },
	{ id: "repair", name: words("抢修完成，充水（演示压缩）", "Mended, the main fills again (shortened)") },
	{ id: "flush", name: words("冲洗排浊", "Flushing") },
	{ id: "calm", name: words("恢复平稳", "Calm again") },
] as const;

/** Share of its pressure that the burst point keeps until it is closed. */
const KEPT = 0.3;
/** The fall that is left after this way is 1/e of that at the hole. */
export const REACH_M = 2_500;
const WAVE_M_S = 1_000;
/** A crack of a fifteenth of the pipe's own opening. */
const HOLE_SHARE = 1 / 15;
const NEIGHBOURS = 4;

export const waterBurst: Scenario = {
	id: "water-burst",
	name: words("供水干管爆管", "Burst of a water main"),
	summary: words(
		"一条供水干管爆管：测点压力骤降、流量突增，相邻测点按距离依次下降，水厂出水增加，附近水质浑浊度上升；关阀、修复、冲洗后恢复。",
		"A water main bursts: pressure falls and flow jumps there, neighbours follow by distance, the works give more, turbidity rises nearby; then valves, repair and flushing.",
	),
	season: "any",
	minutes: 11,
	plot: PLOT,
	cast: (atlas, chance) => {
		const main = chooseMain(atlas, chance);
		return main === undefined ? null : playOn(main, atlas);
	},
};

function chooseMain(atlas: Atlas, chance: Chance): WorldAsset | undefined {
	const mains = atlas.all("waterMain").filter((main) => atlas.isWell(main));
	const fits = mains.filter((main) => {
		const next = atlas.near(main, "waterMain", 1_800).slice(0, 2);
		return fieldNumber(main, "diameter", 0) >= 400 && next.length === 2 && next.every(atlas.isWell);
	});
	for (const list of [fits, mains]) if (list.length > 0) return chance.pick(list);
	return undefined;
}

function playOn(main: WorldAsset, atlas: Atlas): Play {
	const neighbours = atlas.near(main, "waterMain").slice(0, NEIGHBOURS);
	const plant = atlas.near(main, "waterPlant")[0];
	const quality = atlas.near(main, "waterQuality", 2_500)[0];
	const actors = [main, ...neighbours, ...[plant, quality].filter((asset) => asset !== undefined)];
	const holeM2 = HOLE_SHARE * Math.PI * (fieldNumber(main, "diameter", 400) / 2_000) ** 2;
	return {
		lead: main,
		actors,
		steps: PLOT.map((step): Step => ({ ...step, atMs: AT[step.id] * 1_000 })),
		lengthMs: AT.calm * 1_000,
		figures: [
			{
				id: "pressure",
				name: words("爆管点压力", "Pressure at the burst"),
				unit: "MPa",
				decimals: 2,
				of: (look) => look.value(main, "pressure"),
			},
			{
				id: "flow",
				name: words("爆管点流量", "Flow at the burst"),
				unit: "m³/h",
				decimals: 0,
				of: (look) => look.value(main, "flow"),
			},
			{
				id: "neighbour",
				name: words("最近测点压力", "Pressure next door"),
				unit: "MPa",
				decimals: 2,
				of: (look) => (neighbours[0] === undefined ? null : look.value(neighbours[0], "pressure")),
			},
			{
				id: "lost",
				name: words("漏失水量", "Water lost"),
				unit: "m³",
				decimals: 0,
				of: (look, t) => {
					const pressure = look.value(main, "pressure");
					return pressure === null ? null : lostM3(holeM2, t / 1_000);
				},
			},
		],
		bend: (asset, t, values) => {
			const s = t / 1_000;
			if (asset === main) atTheHole(s, values, holeM2);
			else if (asset.kind === "waterMain") nextDoor(s, values, metresApart(main, asset));
			else if (asset.kind === "waterPlant") values.flow = (values.flow ?? 0) + 3_600 * leak(holeM2, s);
			else if (asset.kind === "waterQuality") stirred(s, values);
		},
	};
}

/** Against the usual 0.3 MPa of a town net, m³/s, while it runs. */
const TOWN_MPA = 0.3;
export function leak(holeM2: number, s: number): number {
	return follow(
		0,
		[
			{ at: 0, to: orifice(holeM2, TOWN_MPA * KEPT), tau: 6 },
			{ at: AT.isolate, to: 0, tau: 20 },
		],
		s,
	);
}

/** The integral of `leak`, m³. */
export function lostM3(holeM2: number, s: number): number {
	const full = orifice(holeM2, TOWN_MPA * KEPT);
	const running = Math.min(s, AT.isolate);
	const before = full * (running - 6 * (1 - Math.exp(-running / 6)));
	if (s <= AT.isolate) return before;
	return before + leak(holeM2, AT.isolate) * 20 * (1 - Math.exp(-(s - AT.isolate) / 20));
}

function atTheHole(s: number, values: Values, holeM2: number): void {
	const { pressure = 0, flow = 0 } = values;
	values.pressure = follow(
		pressure,
		[
			{ at: 0, to: KEPT * pressure, tau: 8 },
			{ at: SHUT_AT, to: 0.01, tau: 25 },
			{ at: AT.repair, to: pressure, tau: 30 },
		],
		s,
	);
	const through = follow(
		flow,
		[
			{ at: AT.isolate, to: 0, tau: 20 },
			{ at: AT.repair, to: flow, tau: 30 },
		],
		s,
	);
	values.flow = through + 3_600 * leak(holeM2, s);
}

function nextDoor(s: number, values: Values, wayM: number): void {
	const { pressure = 0 } = values;
	const low = pressure * (1 - (1 - KEPT) * Math.exp(-wayM / REACH_M));
	values.pressure = follow(
		pressure,
		[
			{ at: wayM / WAVE_M_S, to: low, tau: 10 + wayM / 300 },
			{ at: SHUT_AT, to: pressure, tau: 30 },
		],
		s,
	);
}

/** Water that turns round takes up what lies in the pipes; flushing takes it out. */
function stirred(s: number, values: Values): void {
	values.turbidity =
		(values.turbidity ?? 0) +
		follow(
			0,
			[
				{ at: 45, to: 1.1, tau: 120 },
				{ at: AT.flush, to: 0, tau: 45 },
			],
			s,
		);
}
