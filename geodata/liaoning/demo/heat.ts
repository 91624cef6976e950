// District heating of the demo: one network for each town that grew together, with its sources, its mains from the sources to the
// stations, and the stations with their rooms. A station names its main, a main names what feeds it, so that a chain always ends at
// a source. Companies and estates are invented. Called by catalogue.ts.
import type { AssetRecord } from "#model/catalogue.ts";
import { COUNTIES } from "../district_table.ts";
import type { Position } from "../polygon.ts";
import { blockStations } from "./blocks.ts";
import type { Chance } from "./chance.ts";
import { type Draft, estate } from "./draft.ts";
import { addLater, addRoom, addSource, addStation, type Home, type Member } from "./heat_assets.ts";
import {
	type Branch,
	centreOf,
	cornered,
	grow,
	metres,
	metroPoints,
	middleOf,
	type Point,
	spreadOut,
} from "./heat_tree.ts";
import { WHOLE } from "./mix.ts";

interface Net {
	readonly points: readonly Point[];
	readonly branches: readonly Branch[];
	readonly sources: readonly AssetRecord[];
	readonly isMetro: boolean;
}

/** Seats this near have grown together; along a metro a little farther. */
const ONE_TOWN_M = 12_500;
const ONE_METRO_TOWN_M = 15_600;
/** A station this far from the metro gets a main of its own. */
const SPUR_FROM_M = 620;
const PLANTS_WITHIN_M = 9_500;
const HOMES_WITHIN_M = 12_000;
const METRO_CITIES: ReadonlySet<string> = new Set(["210100", "210200"]);

export function addHeat(draft: Draft, size: number): void {
	for (const members of towns(draft)) {
		const chance = draft.chance(`heat ${members[0]?.county.code}`);
		const isMetro = size >= WHOLE && METRO_CITIES.has(members[0]?.county.parent ?? "");
		const found = isMetro ? metroPoints(new Set(members.map(({ county }) => county.code))) : undefined;
		const metro = found?.points.some((_, at) => found.waysOf(at).length > 0) ? found : undefined;
		const allowed = metro === undefined ? [] : inner(metro.points, metro.waysOf, HOMES_WITHIN_M);
		const homes = members.flatMap((member) => homesOf(draft, member, chance, metro?.points ?? [], allowed));
		if (draft.block > 0) addLater(draft, homes, chance);
		else if (homes.length > 0) addTownHeat(draft, members, homes, chance, metro);
		// Rooms of a county without a station hang on none.
		for (const { county, index, ground } of members) {
			if (draft.count("heatStation", index) > 0) continue;
			for (let n = draft.count("heatRoom", index); n > 0; n--)
				addRoom(draft, county, ground, chance, estate(chance), ground.position(chance));
		}
	}
}

/** Counties of one city whose seats lie near one another. */
function towns(draft: Draft): Member[][] {
	const found: Member[][] = [];
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const reach = METRO_CITIES.has(county.parent ?? "") ? ONE_METRO_TOWN_M : ONE_TOWN_M;
		const near = found.find((town) =>
			town.some((other) => other.county.parent === county.parent && metres(other.ground.seat, ground.seat) < reach),
		);
		const member = { county, index, ground };
		if (near === undefined) found.push([member]);
		else near.push(member);
	}
	return found;
}

/** The estates of a county that get a station; along the metro they stand beside its stations. */
function homesOf(
	draft: Draft,
	{ county, index, ground }: Member,
	chance: Chance,
	points: readonly Point[],
	allowed: readonly number[],
): Home[] {
	const stations = draft.count("heatStation", index);
	const rooms = draft.count("heatRoom", index);
	const own = allowed.filter((at) => ground.holds(...(points[at]?.position ?? [0, 0])));
	const offset = chance.int(0, 7);
	const drawn = draft.block === 0 && allowed.length > 0 ? blockStations(county.code) : [];
	return Array.from({ length: stations }, (_, n) => {
		const given = drawn[n];
		const way = own[(offset + Math.floor((n * own.length) / stations)) % Math.max(1, own.length)] ?? -1;
		const point = given === undefined ? way : -1;
		const anchor = points[point]?.position;
		return {
			county,
			ground,
			estate: estate(chance),
			position: given ?? (anchor === undefined ? ground.inTown(chance) : ground.within(anchor, chance, 150, 520)),
			households: chance.int(25, 120) * 20,
			rooms: Math.floor(((n + 1) * rooms) / stations) - Math.floor((n * rooms) / stations),
			point,
		};
	});
}

function addTownHeat(
	draft: Draft,
	members: readonly Member[],
	homes: Home[],
	chance: Chance,
	metro: ReturnType<typeof metroPoints> | undefined,
): void {
	const net =
		metro === undefined ? spine(draft, members, homes, chance) : alongMetro(draft, members, homes, chance, metro);
	const mains = addMains(draft, net, homes, chance);
	for (const home of homes) {
		const main = mains.get(home.point);
		if (main === undefined) throw new Error(`${home.estate} hangs on no heat main`);
		addStation(draft, home, main, chance);
	}
}

/** One source a town, more for the large ones. */
function sourceCount(homes: readonly Home[]): number {
	return Math.min(6, 1 + Math.floor(homes.length / 8));
}

/** From station to station, from one or two plants at the edge of the town. */
function spine(draft: Draft, members: readonly Member[], homes: Home[], chance: Chance): Net {
	const points = homes.map((home) => ({ label: home.estate, position: home.position }));
	for (const [at, home] of homes.entries()) home.point = at;
	const all = points.map((_, at) => at);
	const sources = spreadOut(points, all, sourceCount(homes)).map((at, number) => {
		const home = homes[at];
		const member = members.find(({ county }) => county === home?.county) ?? members[0];
		if (member === undefined || home === undefined) throw new Error("a town without counties");
		return addSource(draft, member, member.ground.within(home.position, chance, 300, 900), number, chance);
	});
	const starts = points.flatMap((point, to) =>
		sources.map((source, number) => ({ to, source: number, cost: metres(point.position, [source.lon, source.lat]) })),
	);
	return { points, branches: grow(points, starts, () => all), sources, isMetro: false };
}

/** From metro station to metro station; what no way reaches gets none, and a home hangs on the nearest that is reached. */
function alongMetro(
	draft: Draft,
	members: readonly Member[],
	homes: Home[],
	chance: Chance,
	{ points, waysOf }: ReturnType<typeof metroPoints>,
): Net {
	const roots = spreadOut(points, inner(points, waysOf, PLANTS_WITHIN_M), sourceCount(homes));
	const sources = roots.map((at, number) => {
		const position = points[at]?.position ?? [0, 0];
		const member = members.find(({ ground }) => ground.holds(position[0], position[1])) ?? members[0];
		if (member === undefined) throw new Error("a town without counties");
		return addSource(
			draft,
			member,
			member.ground.within(position, chance, 400, 900),
			number,
			chance,
			points[at]?.label,
		);
	});
	const starts = roots.map((to, source) => ({ to, source, cost: 0 }));
	const branches = grow(points, starts, waysOf);
	const ends = [...points];
	const spurs: Branch[] = [];
	for (const home of homes) {
		if (!branches.some(({ to }) => to === home.point)) home.point = nearest(home.position, branches, points);
		const branch = branches.find(({ to }) => to === home.point);
		const from = points[home.point]?.position;
		if (branch === undefined || from === undefined || metres(from, home.position) < SPUR_FROM_M) continue;
		spurs.push({ to: ends.length, from: home.point, source: branch.source });
		home.point = ends.length;
		ends.push({ label: home.estate, position: home.position });
	}
	return { points: ends, branches: pruned([...branches, ...spurs], homes), sources, isMetro: true };
}

/** Points on some way, not too far from the middle of them all: nobody pipes heat to the last stop of a line. */
function inner(points: readonly Point[], waysOf: (at: number) => readonly number[], within: number): number[] {
	const joined = points.flatMap((_, at) => (waysOf(at).length > 0 ? [at] : []));
	const centre = centreOf(points, joined);
	return joined.filter((at) => metres(points[at]?.position ?? centre, centre) < within);
}

function nearest(position: Position, branches: readonly Branch[], points: readonly Point[]): number {
	let best = -1;
	let least = Number.POSITIVE_INFINITY;
	for (const { to } of branches) {
		const distance = metres(position, points[to]?.position ?? position);
		if (distance >= least) continue;
		least = distance;
		best = to;
	}
	return best;
}

/** Only what leads to a home: nobody lays a main to nowhere. */
function pruned(branches: readonly Branch[], homes: readonly Home[]): Branch[] {
	const needed = new Set(homes.map(({ point }) => point));
	return branches
		.toReversed()
		.filter(({ to, from }) => {
			if (!needed.has(to)) return false;
			needed.add(from);
			return true;
		})
		.toReversed();
}

const SIZES = [
	[24_000, 1200],
	[14_000, 1000],
	[8_000, 800],
	[4_500, 600],
	[2_400, 450],
] as const;

/** Mains by the point they end at, parents first. */
function addMains(draft: Draft, net: Net, homes: readonly Home[], chance: Chance): Map<number, AssetRecord> {
	const households = new Map<number, number>();
	for (const { point, households: own } of homes) households.set(point, (households.get(point) ?? 0) + own);
	for (const { to, from } of net.branches.toReversed())
		households.set(from, (households.get(from) ?? 0) + (households.get(to) ?? 0));
	const mains = new Map<number, AssetRecord>();
	for (const { to, from, source: number } of net.branches) {
		const source = net.sources[number];
		const end = net.points[to];
		if (source === undefined || end === undefined) continue;
		const begin = net.points[from]?.position ?? [source.lon, source.lat];
		const path = net.isMetro ? [begin, end.position] : cornered(begin, end.position, chance.next() < 0.5);
		const place = middleOf(path);
		if (place === undefined) throw new Error(`a heat main to ${end.label} lies nowhere`);
		const served = households.get(to) ?? 0;
		const way = from < 0 ? `${source.name}至${end.label}` : `${net.points[from]?.label}至${end.label}`;
		const again = draft.number(`heat main ${place.county.code} ${way}`);
		const main = draft.add(place.county, {
			kind: "heatMain",
			name: `${way}${again > 1 ? again : ""}供热干线`,
			position: place.position,
			path,
			site: `${source.name}供热管网`,
			fields: {
				dn: SIZES.find(([least]) => served >= least)?.[1] ?? 300,
				upstream: from < 0 ? source.id : (mains.get(from)?.id ?? source.id),
				source: source.name,
				households: served,
				length: Math.round(lengthOf(path)),
			},
		});
		mains.set(to, main);
		draft.heatMains.push(main);
	}
	return mains;
}

function lengthOf(path: readonly Position[]): number {
	return path.reduce((sum, to, index) => sum + metres(path[index - 1] ?? to, to), 0);
}
