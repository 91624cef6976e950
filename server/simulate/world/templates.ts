// What goes wrong in the demo, as data: values that cross limits and devices that fail. Each lane of a template has at most one asset
// in trouble at a time; episodes.ts gives each its turn. Levels are those of geodata/systems, with room beyond the threshold. The
// numbers make a province about as busy as one operator can bear (EEMUA 191, IEC 62682): some hundred alarms a day, 5 % of them high.
import { HOUR_MS, MINUTE_MS } from "./moment.ts";

export type Act =
	/** Goes to `value` within the ramp and back before the end. */
	| { readonly type: "set"; readonly measure: string; readonly value: number }
	/** Seconds since it began. */
	| { readonly type: "since"; readonly measure: string }
	/** A device that says nothing, or always the same, or more and more. */
	| { readonly type: "silence" }
	| { readonly type: "stuck" }
	| { readonly type: "drift"; readonly measure: string; readonly perHour: number }
	/** HJ 212 flags: T beyond the instrument's range (`value` is its end), D out of order: no value. */
	| { readonly type: "overRange"; readonly measure: string; readonly value: number }
	| { readonly type: "broken"; readonly measure: string }
	/** What it measures arrives this much later, all at once. */
	| { readonly type: "late"; readonly ms: number };

export interface Template {
	readonly id: string;
	readonly kinds: readonly string[];
	/** Assets in trouble at once. */
	readonly lanes: number;
	readonly slotMs: number;
	/** 0..1: slots in which it happens; all when it is not there. */
	readonly share?: number;
	readonly rampMs?: number;
	readonly when?: "heating" | "summer" | "work" | "nightWork";
	readonly acts: readonly Act[];
}

const set = (measure: string, value: number): Act => ({ type: "set", measure, value });
type Form = Omit<Template, "id" | "kinds" | "lanes" | "slotMs" | "acts">;

function trouble(
	id: string,
	kind: string,
	lanes: number,
	slotMs: number,
	acts: readonly Act[],
	form: Form = {},
): Template {
	return { id, kinds: [kind], lanes, slotMs, acts, ...form };
}

const nine = 9 * MINUTE_MS;

const RED: readonly Template[] = [
	trouble("leak", "gasSpace", 1, 40 * MINUTE_MS, [set("methane", 64)], { share: 0.015, rampMs: 4 * MINUTE_MS }),
	trouble("flood", "underpass", 1, HOUR_MS, [set("depth", 0.33)], { share: 0.03, rampMs: nine, when: "summer" }),
];

const ORANGE: readonly Template[] = [
	trouble("overpressure", "regulator", 1, 2 * HOUR_MS, [set("outletPressure", 3.26)], { share: 0.06, rampMs: nine }),
	trouble("open-cover", "manhole", 1, 3 * HOUR_MS, [set("open", 1), set("tilt", 38)], { share: 0.12 }),
	trouble("strain", "bridge", 1, 4 * HOUR_MS, [set("strain", 90)], { share: 0.08, rampMs: nine }),
	trouble("deep-moved", "pit", 1, 22 * HOUR_MS, [set("deepHorizontal", 51.5)], { share: 0.25, rampMs: HOUR_MS }),
	trouble("tsp", "dust", 1, 2 * HOUR_MS, [set("tsp", 930), set("pm10", 320)], {
		share: 0.12,
		rampMs: nine,
		when: "work",
	}),
	trouble("chlorine", "waterQuality", 1, 3 * HOUR_MS, [set("chlorine", 0.03)], { share: 0.1, rampMs: 20 * MINUTE_MS }),
];

const YELLOW: readonly Template[] = [
	trouble("moved-metro", "metro", 1, 22 * HOUR_MS, [set("settlement", 26.7)], { rampMs: HOUR_MS }),
	trouble("offline", "camera", 1, 2 * HOUR_MS, [set("online", 0), { type: "since", measure: "frameAge" }], {
		share: 0.4,
	}),
	trouble("frozen", "camera", 1, 2 * HOUR_MS, [{ type: "since", measure: "frameAge" }], { share: 0.12 }),
	// Slower than 0.05 MPa in 5 min: a poor supply, not a burst.
	trouble("poor-supply", "waterMain", 2, 5 * HOUR_MS, [set("pressure", 0.12)], { share: 0.35, rampMs: 50 * MINUTE_MS }),
	trouble("noise-day", "dust", 1, 3 * HOUR_MS, [set("leq", 73.5), set("noise", 75)], { share: 0.7, when: "work" }),
	trouble("noise-night", "dust", 1, 3 * HOUR_MS, [set("leq", 58.5), set("noise", 60)], {
		share: 0.5,
		when: "nightWork",
	}),
	trouble("cool-supply", "heatStation", 2, 6 * HOUR_MS, [set("supplyTemp", 38.4), set("returnTemp", 32)], {
		share: 0.5,
		rampMs: HOUR_MS,
		when: "heating",
	}),
	trouble("cold-room", "heatRoom", 2, 20 * HOUR_MS, [set("roomTemp", 16.8)], { rampMs: 2 * HOUR_MS, when: "heating" }),
	trouble("full-well", "manhole", 1, 4 * HOUR_MS, [set("level", 0.06)], { share: 0.3, rampMs: 30 * MINUTE_MS }),
	trouble("high-outlet", "regulator", 1, 3 * HOUR_MS, [set("outletPressure", 2.96)], { share: 0.15, rampMs: nine }),
	trouble("make-up", "heatStation", 1, 6 * HOUR_MS, [set("makeUpWater", 3.7)], {
		share: 0.5,
		rampMs: 20 * MINUTE_MS,
		when: "heating",
	}),
];

const BLUE: readonly Template[] = [
	trouble("watch-metro", "metro", 3, 22 * HOUR_MS, [set("settlement", 22.6)], { rampMs: 2 * HOUR_MS }),
	trouble("watch-pit", "pit", 2, 22 * HOUR_MS, [set("topHorizontal", 22.4)], { rampMs: 2 * HOUR_MS }),
	trouble("trace-gas", "gasSpace", 2, 3 * HOUR_MS, [set("methane", 7.2)], { rampMs: 10 * MINUTE_MS }),
	trouble("spray", "dust", 2, 2 * HOUR_MS, [set("pm10", 182), set("tsp", 480)], { rampMs: nine, when: "work" }),
	trouble("battery", "manhole", 3, 22 * HOUR_MS, [set("battery", 17)]),
	trouble("puddle", "floodPoint", 1, 2 * HOUR_MS, [set("depth", 0.19)], {
		share: 0.5,
		rampMs: 10 * MINUTE_MS,
		when: "summer",
	}),
];

const DEVICES: readonly Template[] = [
	{
		id: "silence",
		kinds: ["dust", "waterMain", "heatStation", "camera", "underpass", "regulator"],
		lanes: 5,
		slotMs: 100 * MINUTE_MS,
		share: 0.8,
		acts: [{ type: "silence" }],
	},
	{
		id: "stuck",
		kinds: ["dust", "waterMain", "heatStation"],
		lanes: 3,
		slotMs: 6 * HOUR_MS,
		acts: [{ type: "stuck" }],
	},
	trouble("drift", "waterQuality", 1, 24 * HOUR_MS, [{ type: "drift", measure: "ph", perHour: 0.02 }]),
	trouble("over-range", "dust", 1, HOUR_MS, [{ type: "overRange", measure: "noise", value: 130 }], { when: "work" }),
	trouble("broken", "dust", 2, 3 * HOUR_MS, [{ type: "broken", measure: "pm25" }]),
	{
		id: "late",
		kinds: ["dust", "waterMain", "camera", "bridge"],
		lanes: 3,
		slotMs: HOUR_MS,
		acts: [{ type: "late", ms: 100_000 }],
	},
];

export const TEMPLATES: readonly Template[] = [...RED, ...ORANGE, ...YELLOW, ...BLUE, ...DEVICES];
