// Any season: gas leaks into a covered space. A well-mixed space fills towards the ratio of leak to draught with the time constant of
// its draught; the valve closes, a fan draws it out. A cover next door feels it later and less.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import type { WorldAsset } from "../world/asset.ts";
import type { Atlas } from "./atlas.ts";
import { follow } from "./curves.ts";
import { type Play, type Scenario, type Step, words } from "./scenario.ts";

export const AT = { leak: 0, watch: 45, danger: 330, shut: 400, air: 440, calm: 660 } as const;

const PLOT = [
	{ id: "leak", name: words("燃气渗入地下空间", "Gas seeps into a covered space") },
	{ id: "watch", name: words("甲烷超过 10 %LEL，派人核实", "Methane above 10 %LEL, a crew sets out") },
	{ id: "danger", name: words("超过 50 %LEL，警戒疏散", "Above 50 %LEL, the place is cleared") },
	{ id: "shut", name: words("关闭上游阀门", "The valve upstream closes") },
	{ id: "air", name: words("强制通风", "Forced ventilation") },
	{ id: "calm", name: words("恢复平稳", "Calm again") },
] as const;

/** A chamber of 12 m³ with 12 changes of air an hour, into which 5.4 m³/h of methane run: 3.75 % by volume in the end. */
const LEAK_M3_H = 5.4;
const SPACE_M3 = 12;
const CHANGES_H = 12;
export const TAU_S = 3_600 / CHANGES_H;
/** 5 % by volume is the lower explosive limit. */
export const END_LEL = (100 * (LEAK_M3_H / (SPACE_M3 * CHANGES_H))) / 0.05;
/** A fan of 720 m³/h. */
export const FAN_TAU_S = 60;
/** Through ducts and soil: how much arrives next door, and when. */
const NEXT_SHARE = 0.35;
const NEXT_AFTER_S = 90;
/** Of the whole leak only a part finds the space; the meter of the regulator sees all of it. */
const WHOLE_LEAK_M3_H = 46;

export const gasLeak: Scenario = {
	id: "gas-leak",
	name: words("燃气泄漏进入相邻空间", "Gas leak into a covered space"),
	summary: words(
		"燃气渗入道路井室：甲烷浓度按通风规律上升，依次越过 5、10、20、50 %LEL，相邻井盖随后升高；关阀、强制通风后下降。",
		"Gas seeps into a chamber under a road: methane climbs by the law of its draught past 5, 10, 20 and 50 %LEL, a cover next door follows; valve and fan bring it down.",
	),
	season: "any",
	minutes: 11,
	plot: PLOT,
	cast: (atlas, chance) => {
		const space = choose(atlas, chance);
		return space === undefined ? null : playOn(space, atlas);
	},
};

function choose(atlas: Atlas, chance: Chance): WorldAsset | undefined {
	const spaces = atlas.all("gasSpace").filter((space) => atlas.isWell(space));
	const fits = spaces.filter((space) => atlas.near(space, "manhole", 600).some(atlas.isWell));
	for (const list of [fits, spaces]) if (list.length > 0) return chance.pick(list);
	return undefined;
}

/** What the leak adds in the space after `s` seconds, %LEL. */
export function methane(s: number): number {
	return follow(
		0,
		[
			{ at: 0, to: END_LEL, tau: TAU_S },
			{ at: AT.shut, to: 0, tau: TAU_S },
			{ at: AT.air, to: 0, tau: FAN_TAU_S },
		],
		s,
	);
}

function playOn(space: WorldAsset, atlas: Atlas): Play {
	const cover = atlas.near(space, "manhole", 1_500)[0];
	const regulator = atlas.near(space, "regulator", 5_000)[0];
	return {
		lead: space,
		actors: [space, ...[cover, regulator].filter((asset) => asset !== undefined)],
		steps: PLOT.map((step): Step => ({ ...step, atMs: AT[step.id] * 1_000 })),
		lengthMs: AT.calm * 1_000,
		figures: [
			{
				id: "methane",
				name: words("井室甲烷", "Methane in the chamber"),
				unit: "%LEL",
				decimals: 1,
				of: (look) => look.value(space, "methane"),
			},
			{
				id: "next",
				name: words("相邻井盖甲烷", "Methane under the next cover"),
				unit: "%LEL",
				decimals: 1,
				of: (look) => (cover === undefined ? null : look.value(cover, "methane")),
			},
			{
				id: "flow",
				name: words("上游调压站流量", "Flow of the regulator upstream"),
				unit: "Nm³/h",
				decimals: 0,
				of: (look) => (regulator === undefined ? null : look.value(regulator, "flow")),
			},
		],
		bend: (asset, t, values) => {
			const s = t / 1_000;
			if (asset === space) values.methane = Math.min(100, (values.methane ?? 0) + methane(s));
			else if (asset === cover) values.methane = (values.methane ?? 0) + NEXT_SHARE * methane(s - NEXT_AFTER_S);
			else
				values.flow =
					(values.flow ?? 0) +
					follow(
						0,
						[
							{ at: 0, to: WHOLE_LEAK_M3_H, tau: 10 },
							{ at: AT.shut, to: 0, tau: 10 },
						],
						s,
					);
		},
	};
}
