// What may bind an alarm to others of one cause: ties, worked out once per alarm from its asset, its place in a network and its rule.
// A tie has a window of time; what is serious is bound only by a network, a site or nearness, never by mere coincidence.
// Called by causes.ts. Pure; figures are data.
import { type Alarm, isSilenceRule } from "./alarm.ts";

export type CauseKind = "heat" | "water" | "quality" | "gas" | "leak" | "power" | "weather" | "site" | "asset";

/** Why an alarm belongs to a cause, by key; words are the page's. */
export type WhyKey =
	| "first"
	| "downstream"
	| "upstream"
	| "same-main"
	| "beside"
	| "same-net"
	| "near"
	| "same-weather"
	| "after-weather"
	| "same-gateway"
	| "same-county-silent"
	| "same-site"
	| "same-asset";

export type CauseAlarm = Pick<
	Alarm,
	| "id"
	| "subject"
	| "rule"
	| "severity"
	| "active"
	| "acknowledged"
	| "outOfService"
	| "occurrence"
	| "raisedAt"
	| "system"
	| "district"
	| "asset"
	| "name"
	| "measure"
	| "suppressedBy"
	| "behind"
>;

export interface CauseAsset {
	readonly id: string;
	readonly kind: string;
	readonly system: string;
	readonly district: string;
	readonly lon: number;
	readonly lat: number;
	readonly site?: string | undefined;
	readonly fields?: Readonly<Record<string, string | number>> | undefined;
}

/** What the grouping may ask about the world. */
export interface CauseWorld {
	asset(id: string): CauseAsset | undefined;
}

/** Found by others under `key`. `point`: only within the radius of who looks. */
export interface Mark {
	readonly key: string;
	readonly point?: Point;
}

export interface Point {
	readonly lon: number;
	readonly lat: number;
}

/** Binds to a group whose mark of that key is not older than the window. */
export interface Tie {
	readonly key: string;
	readonly why: WhyKey;
	readonly windowMs: number;
	/** Only to alarms at least that near, m; without a radius place does not matter. */
	readonly radiusM?: number;
	/** Only while the very alarm that left the mark is still open. */
	readonly whileOpen?: true;
}

export interface Ties {
	readonly kind: CauseKind;
	readonly marks: readonly Mark[];
	/** Most telling first. */
	readonly ties: readonly Tie[];
	readonly point: Point | null;
	/** Groups of such alarms do not reach further than this from where they began, m; null: a network has no such bound. */
	readonly extentM: number | null;
	/** Smaller: nearer to where such a cause begins (source, main, station, room). Ranks of one group compare. */
	readonly rank: number;
	/** Depth below the source, within a rank. */
	readonly depth: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Engineering defaults (E), m and ms. */
const FIGURES = {
	/** A wave of pressure and the clocks of devices. */
	netMs: 30 * MINUTE_MS,
	/** What hangs below a main that failed cools for hours. */
	downstreamMs: 24 * HOUR_MS,
	siteMs: 30 * MINUTE_MS,
	assetMs: 60 * MINUTE_MS,
	silenceMs: 10 * MINUTE_MS,
	weatherMs: 30 * MINUTE_MS,
	waterM: 5_000,
	waterExtentM: 10_000,
	gasMs: 15 * MINUTE_MS,
	leakM: 600,
	leakExtentM: 1_500,
	weatherM: 12_000,
	weatherExtentM: 25_000,
	/** Pumps, covers and dust suffer from weather that is this near. */
	sufferM: 3_000,
} as const;

/** Rules that measure the weather itself, then water where it should not be. */
const WEATHER_RULE = /^(wind-level|rain-\d+h|visibility-low)$/;
const WATER_RULE = /^(depth-|level-high$|water-level$)/;
const DUST_RULE = /^(tsp-|pm10-)/;
const LEAK_RULE = /^methane-/;
/** Too hot, too high: never what a burst does downstream. */
const OVER_RULE = /-high$|^(primary|secondary)-pressure$/;
/** Turbid water is stirred up by a burst; too little chlorine or another pH is not. */
const QUALITY_RULE = /^(chlorine|ph)-/;
/** Systems whose `site` is a place of some hundred metres and not a whole network. */
const SITE_SYSTEMS: ReadonlySet<string> = new Set(["construction", "metro", "camera"]);
/** Higher pressure feeds lower. */
const PRESSURE_CLASS: readonly unknown[] = ["high", "subHighA", "subHighB", "mediumA", "mediumB"];
const MOST_DEPTH = 64;

/** @returns null for an alarm without a place in the world that could bind it to another (trouble of the system itself). */
export function tiesOf(alarm: CauseAlarm, world: CauseWorld): Ties | null {
	if (isSilenceRule(alarm.rule)) return silenceTies(alarm, world);
	const asset = alarm.asset === null ? undefined : world.asset(alarm.asset);
	// A battery wears out by itself, whatever else befalls its device.
	if (asset === undefined || alarm.rule === "battery-low") return null;
	if (LEAK_RULE.test(alarm.rule)) return leakTies(asset);
	if (WEATHER_RULE.test(alarm.rule)) return weatherTies(asset, 0);
	if (WATER_RULE.test(alarm.rule)) return weatherTies(asset, 1);
	if (asset.system === "heating" && !OVER_RULE.test(alarm.rule)) return heatTies(asset, world);
	if (asset.system === "water") return waterTies(asset, QUALITY_RULE.test(alarm.rule) ? "quality" : "water");
	if (asset.system === "gas") return gasTies(asset);
	if (asset.system === "flood" || asset.system === "manhole" || DUST_RULE.test(alarm.rule)) return sufferTies(asset);
	if (SITE_SYSTEMS.has(asset.system) && asset.site !== undefined) return siteTies(asset);
	return bound("asset", asset, [], []);
}

/** The same asset binds within one class of rules, always. */
function bound(
	kind: CauseKind,
	asset: CauseAsset,
	ties: readonly Tie[],
	marks: readonly Mark[],
	more: { extentM?: number; rank?: number; depth?: number } = {},
): Ties {
	const own = `asset:${kind}:${asset.id}`;
	return {
		kind,
		marks: [{ key: own }, ...marks],
		ties: [{ key: own, why: "same-asset", windowMs: FIGURES.assetMs }, ...ties],
		point: { lon: asset.lon, lat: asset.lat },
		extentM: more.extentM ?? null,
		rank: more.rank ?? 0,
		depth: more.depth ?? 0,
	};
}

/** A main or a source by itself, a station by its main, a room by its station; outwards to the source. */
export function heatChain(asset: CauseAsset, world: CauseWorld): readonly string[] {
	let at: CauseAsset | undefined = asset;
	if (at.kind === "heatRoom") at = world.asset(String(at.fields?.station ?? ""));
	if (at?.kind === "heatStation") at = world.asset(String(at.fields?.main ?? ""));
	const chain: string[] = [];
	while (at !== undefined && !chain.includes(at.id) && chain.length < MOST_DEPTH) {
		chain.push(at.id);
		at = world.asset(String(at.fields?.upstream ?? ""));
	}
	return chain;
}

const HEAT_RANK: Readonly<Record<string, number>> = { heatSource: 0, heatMain: 0, heatStation: 1, heatRoom: 2 };

function heatTies(asset: CauseAsset, world: CauseWorld): Ties {
	const chain = heatChain(asset, world);
	const [main, feeder] = chain;
	if (main === undefined) return bound("heat", asset, [], [], { rank: 3 });
	const isMain = asset.id === main;
	const above = chain.slice(1);
	const netMs = FIGURES.netMs;
	const below = (id: string): Tie => ({
		key: `heat:main:${id}`,
		why: "downstream",
		windowMs: FIGURES.downstreamMs,
		whileOpen: true,
	});
	const ties: Tie[] = [...(isMain ? [] : [below(main)]), ...above.map(below)];
	ties.push({ key: `heat:at:${main}`, why: "same-main", windowMs: netMs });
	if (isMain) ties.push({ key: `heat:below:${main}`, why: "upstream", windowMs: netMs });
	// Mains feel the wave of their neighbour; a cold room under one main says nothing about the next.
	if (isMain && feeder !== undefined) ties.push({ key: `heat:fed:${feeder}`, why: "beside", windowMs: netMs });
	const marks: Mark[] = [{ key: `heat:at:${main}` }, ...above.map((id) => ({ key: `heat:below:${id}` }))];
	if (!isMain) marks.push({ key: `heat:below:${main}` });
	if (isMain) marks.push({ key: `heat:main:${main}` });
	if (isMain && feeder !== undefined) marks.push({ key: `heat:fed:${feeder}` });
	return bound("heat", asset, ties, marks, { rank: HEAT_RANK[asset.kind] ?? 3, depth: chain.length });
}

function waterTies(asset: CauseAsset, sort: "water" | "quality"): Ties {
	const key = `${sort}:${asset.site ?? ""}`;
	const tie: Tie = { key, why: "near", windowMs: FIGURES.netMs, radiusM: FIGURES.waterM };
	const rank = asset.kind === "waterQuality" ? 1 : 0;
	return bound(sort, asset, [tie], [pointMark(key, asset)], { extentM: FIGURES.waterExtentM, rank });
}

/** Pressure behind regulators of one net falls together within minutes. */
function gasTies(asset: CauseAsset): Ties {
	if (asset.site === undefined) return bound("gas", asset, [], []);
	const key = `gas:${asset.site}`;
	const depth = PRESSURE_CLASS.indexOf(asset.fields?.pressureClass);
	const tie: Tie = { key, why: "same-net", windowMs: FIGURES.gasMs };
	return bound("gas", asset, [tie], [{ key }], { depth: depth < 0 ? PRESSURE_CLASS.length : depth });
}

function leakTies(asset: CauseAsset): Ties {
	const tie: Tie = { key: "leak", why: "near", windowMs: FIGURES.gasMs, radiusM: FIGURES.leakM };
	return bound("leak", asset, [tie], [pointMark("leak", asset)], { extentM: FIGURES.leakExtentM });
}

function weatherTies(asset: CauseAsset, rank: number): Ties {
	const windowMs = FIGURES.weatherMs;
	const ties: Tie[] = [
		{ key: "weather", why: "same-weather", windowMs, radiusM: FIGURES.weatherM },
		{ key: "suffers", why: "after-weather", windowMs, radiusM: FIGURES.sufferM },
	];
	const marks = [pointMark("weather", asset), pointMark("weather-near", asset)];
	return bound("weather", asset, ties, marks, { extentM: FIGURES.weatherExtentM, rank });
}

/** A pump, a cover, dust: only ever with weather, never with each other. */
function sufferTies(asset: CauseAsset): Ties {
	const tie: Tie = {
		key: "weather-near",
		why: "after-weather",
		windowMs: FIGURES.weatherMs,
		radiusM: FIGURES.sufferM,
	};
	return bound("asset", asset, [tie], [pointMark("suffers", asset)], { extentM: FIGURES.weatherExtentM, rank: 2 });
}

function siteTies(asset: CauseAsset): Ties {
	const key = `site:${asset.district}:${asset.site}`;
	return bound("site", asset, [{ key, why: "same-site", windowMs: FIGURES.siteMs }], [{ key }]);
}

function silenceTies(alarm: CauseAlarm, world: CauseWorld): Ties | null {
	const windowMs = FIGURES.silenceMs;
	const asset = alarm.asset === null ? undefined : world.asset(alarm.asset);
	if (alarm.asset !== null && asset === undefined) return null;
	const source = alarm.behind ?? null;
	const ties: Tie[] = [];
	const marks: Mark[] = [];
	if (source !== null) {
		const door = source.split("/")[0] ?? source;
		// Only a gateway's or a door's own alarm explains silences: one key may stand for thousands of living devices.
		for (const above of new Set(asset === undefined ? [door] : [source, door])) {
			if (asset === undefined && above === source) continue;
			ties.push({ key: `gateway:${above}`, why: "same-gateway", windowMs: FIGURES.assetMs, whileOpen: true });
			marks.push({ key: `behind:${above}` });
		}
		if (asset === undefined) {
			ties.push({ key: `behind:${source}`, why: "same-gateway", windowMs });
			marks.push({ key: `gateway:${source}` });
		}
	}
	// A power cut: many silences of one county at once. What is serious by itself is not explained by coincidence.
	if (asset !== undefined && alarm.severity <= 2) {
		const key = `silent:${asset.district}`;
		ties.push({ key, why: "same-county-silent", windowMs });
		marks.push({ key });
	}
	return {
		kind: "power",
		marks,
		ties,
		point: asset === undefined ? null : { lon: asset.lon, lat: asset.lat },
		extentM: null,
		rank: asset === undefined ? 0 : 1,
		depth: source?.includes("/") === true ? 1 : 0,
	};
}

function pointMark(key: string, asset: CauseAsset): Mark {
	return { key, point: { lon: asset.lon, lat: asset.lat } };
}
