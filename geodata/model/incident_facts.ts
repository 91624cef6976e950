// What an incident's type needs to know, worked out from the table and the nets: households cut off, hours to cold, gas and its cordon,
// deepest water, ring, wind; which cameras look there; what is nearest. Called by core when values move and by the page for its lists.
// Pure: it is handed a view of the world and keeps nothing. A fact that cannot be known is null, never a guess.
import type { CauseAsset, Point } from "./causes_ties.ts";
import { bearingBetween, metresBetween } from "./distance.ts";
import { COLD_C, DANGER_C, hoursUntil, piecesOf, USUAL_ROOM_C } from "./heat_outage.ts";
import { cityOf } from "./ids.ts";
import type { IncidentFacts, IncidentTypeId } from "./incident.ts";
import { incidentType } from "./incident_type.ts";

export interface FactWorld {
	/** Every asset of a kind. */
	all(kind: string): readonly CauseAsset[];
	/** The newest good value of an asset's measure; null: none, or not to be trusted. */
	value(asset: string, measure: string): number | null;
}

export interface FactQuestion {
	readonly type: IncidentTypeId;
	readonly place: Point & { readonly district: string };
	/** Assets of its alarms, the root's first. */
	readonly assets: readonly CauseAsset[];
	/** Of its alarms, how many still hold or wait for a person. */
	readonly alarmsOpen: number;
	readonly methane?: KnownMethane;
}

/** %LEL. A whiff that blew away has not made the place safe: a cordon is never made smaller by a reading, only by a person. */
export interface KnownMethane {
	/** The worst that its alarms were judged by and that the incident has known; null: none. */
	readonly worst: number | null;
	/** What a person wrote instead. */
	readonly said: number | null;
}

/** Engineering defaults (E): how far values count as those of the place, and the cordon by the worst methane. */
const AROUND_M = 5_000;
const RAIN_M = 10_000;
const GALE_M = 25_000;
const WATER_FLOOR_MPA = 0.14;
const CLOSE_M = 0.25;
const CORDON: readonly (readonly [fromLel: number, metres: number])[] = [
	[50, 100],
	[20, 50],
	[0, 30],
];

/** Every computed fact of the type; of a person's own facts nothing. */
export function factsOf(question: FactQuestion, world: FactWorld): IncidentFacts {
	const own = { ...weatherAt(question.place, world), ...byType[question.type](question, world) };
	const facts: Record<string, number | string | null> = { alarmsOpen: question.alarmsOpen };
	for (const { id, from, decimals } of incidentType(question.type).facts) {
		if (from !== "computed" || id === "alarmsOpen") continue;
		const value = own[id] ?? null;
		// Rounded as it is shown: a fact moves when its reader would see it move.
		facts[id] = typeof value === "number" ? Number(value.toFixed(decimals)) : value;
	}
	return facts;
}

type Facts = Record<string, number | string | null>;
type OfType = (question: FactQuestion, world: FactWorld) => Facts;

const nothing: OfType = () => ({});
const byType: Readonly<Record<IncidentTypeId, OfType>> = {
	heat: heatFacts,
	gas: gasFacts,
	water: ({ place, assets }, world) => {
		const near = thingsNear(world.all("waterMain"), place, AROUND_M);
		const points = new Map(
			[...near, ...assets.filter(({ kind }) => kind === "waterMain")].map((asset) => [asset.id, asset]),
		);
		const pressures = [...points.keys()].map((id) => world.value(id, "pressure")).filter((value) => value !== null);
		return {
			pressureLow: least(pressures),
			lowPoints: pressures.filter((value) => value < WATER_FLOOR_MPA).length,
		};
	},
	flood: ({ place }, world) => {
		const depths = (kind: string): number[] => valuesNear(world, kind, "depth", place, AROUND_M);
		return {
			depth: most([...depths("underpass"), ...depths("floodPoint")]),
			closed: depths("underpass").filter((depth) => depth >= CLOSE_M).length,
			rainHour: most(valuesNear(world, "rainGauge", "rain1h", place, RAIN_M)),
			pumpsDown: valuesNear(world, "drainPump", "running", place, RAIN_M).filter((state) => state === 2).length,
		};
	},
	site: ({ assets }, world) => {
		const site = assets[0]?.site;
		const cranes = site === undefined ? [] : world.all("crane").filter((crane) => crane.site === site);
		return { site: site ?? null, gust: most(cranes.map(({ id }) => world.value(id, "windSpeed"))) };
	},
	metro: ({ assets }, world) => {
		const works = assets.filter(({ kind }) => kind === "metro");
		const furthest = (measure: string): number | null =>
			most(works.map(({ id }) => Math.abs(world.value(id, measure) ?? Number.NaN)));
		return {
			...fieldsOf(works[0], ["line", "section", "ring"]),
			settlement: furthest("settlement"),
			settlementRate: furthest("settlementRate"),
		};
	},
	bridge: ({ assets }) =>
		fieldsOf(
			assets.find(({ kind }) => kind === "bridge"),
			["limitWeight", "detour"],
		),
	road: nothing,
	dust: ({ assets }, world) => {
		const stations = assets.filter(({ kind }) => kind === "dust");
		const worst = (measure: string): number | null => most(stations.map(({ id }) => world.value(id, measure)));
		return { tsp: worst("tsp"), pm10: worst("pm10") };
	},
	weather: ({ place, assets }, world) => ({
		gust: most(valuesNear(world, "crane", "windSpeed", place, GALE_M)),
		sites: new Set(assets.filter(({ system }) => system === "construction").map(({ site, id }) => site ?? id)).size,
		rainHour: most(valuesNear(world, "rainGauge", "rain1h", place, RAIN_M)),
	}),
	other: nothing,
};

/** Of the nearest station that says something. */
function weatherAt(place: Point, world: FactWorld): Facts {
	const stations = nearestTo(world.all("weatherStation"), place, Number.POSITIVE_INFINITY);
	const first = (measure: string): number | null => {
		for (const { thing } of stations) {
			const value = world.value(thing.id, measure);
			if (value !== null) return value;
		}
		return null;
	};
	return { windSpeed: first("windSpeed"), windDirection: first("windDirection"), outdoor: first("temperature") };
}

/** Stations that hang below the root, by the net; of a station that failed by itself, itself. */
export function stationsBelow(root: CauseAsset, world: Pick<FactWorld, "all">): readonly CauseAsset[] {
	if (root.kind === "heatStation") return [root];
	if (root.kind !== "heatMain" && root.kind !== "heatSource") return [];
	const children = new Map<string, string[]>();
	for (const main of world.all("heatMain")) {
		const above = String(main.fields?.upstream ?? "");
		const list = children.get(above);
		if (list === undefined) children.set(above, [main.id]);
		else list.push(main.id);
	}
	// A set that is walked while it grows: each main once, even in a net that was drawn as a ring.
	const below = new Set([root.id]);
	for (const id of below) for (const child of children.get(id) ?? []) below.add(child);
	return world.all("heatStation").filter(({ fields }) => below.has(String(fields?.main ?? "")));
}

function heatFacts({ place, assets }: FactQuestion, world: FactWorld): Facts {
	const root = assets[0];
	const stations = root === undefined ? [] : stationsBelow(root, world);
	const sum = (field: string): number | null =>
		stations.length === 0 ? null : stations.reduce((all, { fields }) => all + Number(fields?.[field] ?? 0), 0);
	const isCut = new Set(stations.map(({ id }) => id));
	const rooms = world.all("heatRoom").filter(({ fields }) => isCut.has(String(fields?.station ?? "")));
	const measured = rooms.map(({ id }) => world.value(id, "roomTemp")).filter((value) => value !== null);
	const room = measured.length === 0 ? USUAL_ROOM_C : measured.reduce((all, value) => all + value, 0) / measured.length;
	const city = world.all("cityForecast").find(({ district }) => cityOf(district) === cityOf(place.district));
	const ahead = [1, 3, 6].flatMap((hours) => {
		const value = city === undefined ? null : world.value(city.id, `temperature${hours}h`);
		return value === null ? [] : [[hours, value] as const];
	});
	const outdoor = weatherAt(place, world).outdoor;
	const pieces = piecesOf(typeof outdoor === "number" ? outdoor : null, ahead);
	return {
		households: sum("households") ?? numberOf(root?.fields?.households),
		stations: root === undefined ? null : stations.length,
		area: sum("area"),
		hoursToCold: pieces === null ? null : hoursUntil(room, COLD_C, pieces),
		hoursToDanger: pieces === null ? null : hoursUntil(room, DANGER_C, pieces),
	};
}

function gasFacts({ place, assets, methane: known }: FactQuestion, world: FactWorld): Facts {
	const methane = known?.said ?? most([known?.worst ?? null, ...assets.map(({ id }) => world.value(id, "methane"))]);
	const cordonM = methane === null ? null : (CORDON.find(([from]) => methane >= from)?.[1] ?? null);
	const served = assets.map(({ fields }) => numberOf(fields?.users)).filter((users) => users !== null);
	return {
		methane,
		cordonM,
		spaces: cordonM === null ? null : thingsNear(world.all("gasSpace"), place, cordonM).length,
		households: served.length === 0 ? null : served.reduce((all, users) => all + users, 0),
	};
}

export interface LookingCamera<T> {
	readonly camera: T;
	readonly metres: number;
	/** Turned towards the place; null: nobody wrote down where it is turned. */
	readonly looks: boolean | null;
}

/** Cameras within reach: those that look there first, then the nearest. */
export function camerasAt<T extends Point & Pick<CauseAsset, "fields">>(
	cameras: readonly T[],
	place: Point,
	withinM: number,
): LookingCamera<T>[] {
	const rank = (looks: boolean | null): number => (looks === true ? 0 : looks === null ? 1 : 2);
	return nearestTo(cameras, place, withinM)
		.map(({ thing, metres }) => ({ camera: thing, metres, looks: looksAt(thing, place) }))
		.sort((a, b) => rank(a.looks) - rank(b.looks) || a.metres - b.metres);
}

function looksAt(camera: Point & Pick<CauseAsset, "fields">, place: Point): boolean | null {
	const bearing = numberOf(camera.fields?.bearing);
	if (bearing === null) return null;
	const view = numberOf(camera.fields?.view) ?? 60;
	const towards = bearingBetween([camera.lon, camera.lat], [place.lon, place.lat]);
	const apart = Math.abs(((towards - bearing + 540) % 360) - 180);
	return apart <= view / 2;
}

/** What stands within a distance, nearest first: teams, stores, stations, cameras. */
export function nearestTo<T extends Point>(
	things: readonly T[],
	place: Point,
	withinM: number,
): { readonly thing: T; readonly metres: number }[] {
	return things
		.map((thing) => ({ thing, metres: metresBetween([thing.lon, thing.lat], [place.lon, place.lat]) }))
		.filter(({ metres }) => metres <= withinM)
		.sort((a, b) => a.metres - b.metres);
}

function thingsNear<T extends Point>(things: readonly T[], place: Point, withinM: number): T[] {
	return nearestTo(things, place, withinM).map(({ thing }) => thing);
}

function valuesNear(world: FactWorld, kind: string, measure: string, place: Point, withinM: number): number[] {
	return thingsNear(world.all(kind), place, withinM)
		.map(({ id }) => world.value(id, measure))
		.filter((value) => value !== null);
}

function fieldsOf(asset: CauseAsset | undefined, ids: readonly string[]): Facts {
	return Object.fromEntries(ids.map((id) => [id, asset?.fields?.[id] ?? null]));
}

function numberOf(value: string | number | undefined): number | null {
	return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function most(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
	return known.length === 0 ? null : Math.max(...known);
}

function least(values: readonly number[]): number | null {
	return values.length === 0 ? null : Math.min(...values);
}
