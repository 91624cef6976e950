// How often each kind of device speaks, and of what: the natural rhythm of the demo. Data, and the arithmetic of another rate.
// Contracts of silence are in geodata/systems; every period here is a third of them or less.
import { HOUR_MS, MINUTE_MS } from "./world/moment.ts";

export interface Group {
	readonly measures: readonly string[];
	readonly everyMs: number;
	/** `change`: looked at this often, sent when it differs, at the first look, and once in half an hour. */
	readonly on?: "change";
	/** A sum over exactly this period: no rate makes it come more often. */
	readonly isExact?: boolean;
}

const NETWORK_MS = 30_000;
const SLOW_MS = 2 * MINUTE_MS;

const all = (everyMs: number, ...measures: string[]): Group => ({ measures, everyMs });

export const PLAN: Readonly<Record<string, readonly Group[]>> = {
	// HJ 212: real-time data each minute, five-minute data with the equivalent level.
	dust: [
		all(
			MINUTE_MS,
			"tsp",
			"pm10",
			"pm25",
			"noise",
			"temperature",
			"humidity",
			"airPressure",
			"windSpeed",
			"windDirection",
		),
		{ measures: ["leq"], everyMs: 5 * MINUTE_MS, isExact: true },
	],
	airStation: [
		{ measures: ["pm25", "pm10", "temperature", "humidity", "airPressure"], everyMs: HOUR_MS, isExact: true },
	],
	pit: [
		all(SLOW_MS, "topHorizontal", "topHorizontalRate", "topVertical", "deepHorizontal", "supportForce", "waterChange"),
	],
	// Lifting values are there only while something hangs on the hook.
	crane: [
		all(NETWORK_MS, "windSpeed", "tilt"),
		all(NETWORK_MS, "moment", "loadShare", "load", "height", "radius", "slew"),
	],
	camera: [all(MINUTE_MS, "frameAge"), { measures: ["online"], everyMs: MINUTE_MS, on: "change" }],
	metro: [all(SLOW_MS, "settlement", "settlementRate", "convergence", "convergenceRate")],
	regulator: [all(NETWORK_MS, "inletPressure", "outletPressure", "flow", "methane")],
	gasSpace: [all(NETWORK_MS, "methane"), all(5 * MINUTE_MS, "temperature")],
	waterMain: [all(NETWORK_MS, "pressure", "flow")],
	waterQuality: [all(5 * MINUTE_MS, "turbidity", "chlorine", "ph", "conductivity")],
	waterPlant: [all(NETWORK_MS, "pressure", "flow"), all(5 * MINUTE_MS, "turbidity", "chlorine", "ph", "conductivity")],
	heatSource: [all(NETWORK_MS, "supplyTemp", "returnTemp", "supplyPressure", "flow", "makeUpWater")],
	heatMain: [all(NETWORK_MS, "supplyTemp", "returnTemp", "flow", "pressure")],
	heatStation: [
		all(
			NETWORK_MS,
			"supplyTemp",
			"returnTemp",
			"supplyPressure",
			"returnPressure",
			"primarySupplyTemp",
			"primaryReturnTemp",
			"primarySupplyPressure",
			"primaryReturnPressure",
			"makeUpWater",
		),
	],
	heatRoom: [all(SLOW_MS, "roomTemp")],
	bridge: [all(NETWORK_MS, "strain", "displacement", "vibration", "deckWind"), all(NETWORK_MS, "load", "loadShare")],
	rainGauge: [{ measures: ["rain5m"], everyMs: 5 * MINUTE_MS, isExact: true }, all(10 * MINUTE_MS, "voltage")],
	rainStation: [{ measures: ["rainHour"], everyMs: HOUR_MS, isExact: true }],
	underpass: [all(MINUTE_MS, "depth"), all(10 * MINUTE_MS, "voltage")],
	floodPoint: [all(MINUTE_MS, "depth"), all(10 * MINUTE_MS, "voltage")],
	drainPump: [all(MINUTE_MS, "level", "flow"), { measures: ["running"], everyMs: MINUTE_MS, on: "change" }],
	manhole: [
		all(5 * MINUTE_MS, "level", "methane"),
		all(HOUR_MS, "battery"),
		{ measures: ["open", "tilt"], everyMs: MINUTE_MS, on: "change" },
	],
	weatherStation: [
		all(5 * MINUTE_MS, "temperature", "humidity", "windSpeed", "windDirection", "rainHour", "snowDepth", "visibility"),
	],
	cityForecast: [
		all(10 * MINUTE_MS, "temperature1h", "temperature3h", "temperature6h", "lowTonight", "rain1h", "rain3h", "rain6h"),
	],
};

/** Measures that are not there at every look. */
const SELDOM: ReadonlySet<string> = new Set(["moment", "load"]);
/** Share of looks at which they are, over a day. */
const SELDOM_SHARE = 0.12;

/** Readings a second of a group at its own rhythm, about. */
export function groupRate(group: Group): number {
	if (group.on === "change") return 0;
	const share = SELDOM.has(group.measures[0] ?? "") ? SELDOM_SHARE : 1;
	return (group.measures.length * share * 1000) / group.everyMs;
}

/** How much faster every group but the exact ones must go so that `kinds` together make `rate` readings a second. */
export function hurry(kinds: Iterable<string>, rate: number): number {
	let exact = 0;
	let free = 0;
	for (const kind of kinds) {
		for (const group of PLAN[kind] ?? []) {
			if (group.isExact === true) exact += groupRate(group);
			else free += groupRate(group);
		}
	}
	return free === 0 ? 1 : Math.max(rate - exact, rate * 0.01) / free;
}

/** Kinds that report an event at once and every ten seconds, as RTUs and alarms do (SL 651: additional report). */
const ALERT: ReadonlySet<string> = new Set(["underpass", "floodPoint", "drainPump", "manhole", "gasSpace", "crane"]);
const ALERT_MS = 10_000;
const STATE_MS = 1_000;
const LEAST_EVENT_MS = 1_000;

/**
 * How often a group reports while something happens to its device `speed` times faster than in life; null: not beyond its rhythm.
 * Networks keep theirs at life's speed: their rules rest on means of many samples.
 */
export function eventMs(kind: string, group: Group, speed: number): number | null {
	if (group.isExact === true) return null;
	if (group.on === "change") return STATE_MS;
	const period = Math.max(
		LEAST_EVENT_MS,
		Math.min(group.everyMs, ALERT.has(kind) ? ALERT_MS : Number.POSITIVE_INFINITY) / speed,
	);
	return period < group.everyMs ? period : null;
}
