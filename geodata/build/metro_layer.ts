// Metro lines and stations of Shenyang and Dalian as features: lines through the anchors of liaoning/metro.ts, one point per station
// with how many lines meet there. Called by build.ts.
import type { MetroLine } from "../liaoning/metro.ts";
import { METRO_LINES } from "../liaoning/metro.ts";
import type { Collection, Feature, Position } from "./geometry.ts";
import { collection, feature, metresBetween } from "./geometry.ts";

/** Platforms of one station in two lists lie within this. */
const SAME_STATION_M = 700;
/** "sy-1-east" goes on where "sy-1" ends, when the ends are this near. */
const JOIN_M = 6000;

/** 6 of "sy-6", 1 of "sy-1-east". */
function numberOf({ id }: MetroLine): string {
	return id.split("-")[1] ?? "";
}

/** The main part of a line that has a part of its own in the list: its nearer end is where the part begins. */
function joint(line: MetroLine, at: Position): Position[] {
	const kin = METRO_LINES.filter(
		(other) => other !== line && other.city === line.city && numberOf(other) === numberOf(line),
	);
	const ends = kin
		.flatMap(({ stations }) => [stations[0], stations.at(-1)])
		.flatMap((end): Position[] => (end ? [[end[1], end[2]]] : []));
	const near = ends.filter((end) => metresBetween(end, at) < JOIN_M);
	return near.sort((a, b) => metresBetween(a, at) - metresBetween(b, at)).slice(0, 1);
}

export function metroLines(): Collection {
	return collection(
		METRO_LINES.map((line) => {
			const own = line.stations.map(([, lon, lat]): Position => [lon, lat]);
			const [first, last] = [own[0], own.at(-1)];
			const isPart = line.id.split("-").length > 2;
			const before = isPart && first ? joint(line, first) : [];
			const after = isPart && last && before.length === 0 ? joint(line, last) : [];
			const coordinates = [...before, ...own, ...after];
			const number = numberOf(line);
			const properties = {
				id: line.id,
				zh: `${number} 号线`,
				en: `Line ${number}`,
				state: line.state,
				city: Number(line.city),
			};
			return feature({ type: "LineString", coordinates }, properties);
		}),
	);
}

/** Points with `zh`, `lines` (how many meet), `on` (which, as text), `rank` 0 interchange, 1 end of a line, 2 every third, 3 the rest. */
export function metroStations(): Collection {
	const stations: { name: string; at: Position; lines: Map<string, boolean>; rank: number }[] = [];
	for (const line of METRO_LINES)
		for (const [index, [name, lon, lat]] of line.stations.entries()) {
			const at: Position = [lon, lat];
			const isEnd = index === 0 || index === line.stations.length - 1;
			const rank = isEnd ? 1 : index % 3 === 0 ? 2 : 3;
			let station = stations.find((one) => one.name === name && metresBetween(one.at, at) < SAME_STATION_M);
			if (!station) {
				station = { name, at, lines: new Map(), rank };
				stations.push(station);
			}
			station.rank = Math.min(station.rank, rank);
			const number = numberOf(line);
			station.lines.set(number, (station.lines.get(number) ?? false) || line.state === "running");
		}
	return collection(
		stations.map(({ name, at, lines, rank }): Feature => {
			const on = [...lines].map(([number, isRunning]) => `${number} 号线${isRunning ? "" : "（在建）"}`).join(" · ");
			const isBuilding = ![...lines.values()].includes(true);
			const properties = { zh: name, on, lines: lines.size, rank: lines.size > 1 ? 0 : rank, building: isBuilding };
			return feature({ type: "Point", coordinates: at }, properties);
		}),
	);
}
