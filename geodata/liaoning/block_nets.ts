// The four nets of a model block: gas, water, heat and drain under its streets, their valves, covers and stations. Called by
// model_blocks.ts only. Mains keep to one side of their street, so two nets never share a trench.
import type { Box, Metres, Plan, PlanStreet } from "./block_plan.ts";
import { HALF_M } from "./block_plan.ts";

export const NETS = ["gas", "water", "heat", "drain"] as const;
export type Net = (typeof NETS)[number];

export interface PlanPoint {
	readonly net: Net;
	readonly name: string;
	readonly at: Metres;
}

export interface PlanNets {
	readonly lines: Record<Net, Metres[][]>;
	readonly valves: PlanPoint[];
	readonly manholes: PlanPoint[];
	/** Heat exchange stations and gas regulators, one for each quarter with homes. */
	readonly stations: PlanPoint[];
}

/** Side of the street that a net keeps to, metres from its middle: gas west and south, water east and north. */
function offset(net: Net, { widthM }: PlanStreet): number {
	switch (net) {
		case "gas":
			return -(widthM / 2 - 3);
		case "water":
			return widthM / 2 - 3;
		case "heat":
			return -(widthM / 2 - 8);
		case "drain":
			return 3;
	}
}

/** Heat mains lie under every second street; the other nets under all. */
function carries(net: Net, index: number): boolean {
	return net !== "heat" || index % 2 === 0;
}

const NAMES: Record<Net, string> = { gas: "燃气", water: "供水", heat: "供热", drain: "雨水" };
const COVER_EVERY_M = 90;

/** One main along a street, with a corner wherever another main of its net crosses. */
function main(net: Net, street: PlanStreet, others: readonly PlanStreet[], runsNorth: boolean): Metres[] {
	const own = street.at + offset(net, street);
	const stops = others.filter((_, index) => carries(net, index)).map((other) => other.at + offset(net, other));
	const all = [-HALF_M, ...stops.filter((stop) => Math.abs(stop) < HALF_M), HALF_M];
	return all.map((along): Metres => (runsNorth ? [own, along] : [along, own]));
}

function mains(plan: Plan, net: Net): Metres[][] {
	const along = (streets: readonly PlanStreet[], others: readonly PlanStreet[], runsNorth: boolean) =>
		streets.filter((_, index) => carries(net, index)).map((street) => main(net, street, others, runsNorth));
	return [...along(plan.north, plan.east, true), ...along(plan.east, plan.north, false)];
}

/** From the street south of a quarter into its middle. */
function branch(net: Net, plan: Plan, box: Box, slot: number): Metres[] {
	const x = (box.west + box.east) / 2 + (slot - 1) * 4;
	const candidates = plan.east
		.filter((_, index) => carries(net, index))
		.map((street) => street.at + offset(net, street))
		.sort((a, b) => Math.abs(a - box.south) - Math.abs(b - box.south));
	const from = candidates[0] ?? box.south;
	return [
		[x, from],
		[x, (box.south + box.north) / 2 + (slot - 1) * 14],
	];
}

function crossings(plan: Plan, net: Net): Metres[] {
	const north = plan.north.filter((_, index) => carries(net, index));
	const east = plan.east.filter((_, index) => carries(net, index));
	return north.flatMap((a) => east.map((b): Metres => [a.at + offset(net, a), b.at + offset(net, b)]));
}

/** Points every COVER_EVERY_M along a line, the first half a step in. */
function along(line: readonly Metres[]): Metres[] {
	const points: Metres[] = [];
	let next = COVER_EVERY_M / 2;
	let gone = 0;
	for (const [i, to] of line.entries()) {
		const from = line[i - 1];
		if (!from) continue;
		const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
		for (; next <= gone + length; next += COVER_EVERY_M) {
			const share = (next - gone) / length;
			points.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
		}
		gone += length;
	}
	return points;
}

const numbered = (net: Net, what: string, points: readonly Metres[]): PlanPoint[] =>
	points.map((point, index) => ({
		net,
		name: `${NAMES[net]}${what} ${String(index + 1).padStart(3, "0")}`,
		at: point,
	}));

/** `quarters`: the cells in which people live or work, in order. */
export function netsOf(plan: Plan, quarters: readonly Box[]): PlanNets {
	const lines: Record<Net, Metres[][]> = { gas: [], water: [], heat: [], drain: [] };
	for (const net of NETS) {
		const slot = NETS.indexOf(net);
		lines[net] = [...mains(plan, net), ...quarters.map((box) => branch(net, plan, box, slot))];
	}
	const inside = ([x, y]: Metres) => Math.abs(x) < HALF_M && Math.abs(y) < HALF_M;
	const chambers = (["gas", "water", "heat"] as const).flatMap((net) =>
		numbered(
			net,
			"井",
			crossings(plan, net)
				.filter(inside)
				.map(([x, y]): Metres => [x - 4 * Math.sign(x), y - 4 * Math.sign(y)]),
		),
	);
	return {
		lines,
		valves: (["gas", "water", "heat"] as const).flatMap((net) =>
			numbered(net, "阀门", crossings(plan, net).filter(inside)),
		),
		manholes: [...numbered("drain", "井", mains(plan, "drain").flatMap(along)), ...chambers],
		stations: (["heat", "gas"] as const).flatMap((net) =>
			quarters.map((box, index) => ({
				net,
				name: net === "heat" ? `样板换热站 ${index + 1}` : `样板调压箱 ${index + 1}`,
				at: branch(net, plan, box, NETS.indexOf(net))[1] ?? [box.west, box.south],
			})),
		),
	};
}
