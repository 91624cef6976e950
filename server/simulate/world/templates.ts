// What goes wrong in the demo, as data: values that cross limits and devices that fail. Each lane of a template has one asset in
// trouble at a time; episodes.ts gives each its turn. Levels are those of geodata/systems, with room beyond the threshold.
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
	readonly rampMs?: number;
	readonly when?: "heating" | "summer" | "work" | "day" | "night";
	readonly acts: readonly Act[];
}

const set = (measure: string, value: number): Act => ({ type: "set", measure, value });

export const TEMPLATES: readonly Template[] = [
	// Red.
	{
		id: "leak",
		kinds: ["gasSpace"], // Two in turn: while one wanes the other is at its height.
		lanes: 2,
		slotMs: 2 * HOUR_MS,
		rampMs: 4 * MINUTE_MS,
		acts: [set("methane", 64)],
	},
	{
		id: "flood",
		kinds: ["underpass"],
		lanes: 1,
		slotMs: 2 * HOUR_MS,
		rampMs: 9 * MINUTE_MS,
		when: "summer",
		acts: [set("depth", 0.33)],
	},
	// Orange.
	{
		id: "overpressure",
		kinds: ["regulator"],
		lanes: 1,
		slotMs: 2 * HOUR_MS,
		rampMs: 9 * MINUTE_MS,
		acts: [set("outletPressure", 3.26)],
	},
	{ id: "open-cover", kinds: ["manhole"], lanes: 2, slotMs: 3 * HOUR_MS, acts: [set("open", 1), set("tilt", 38)] },
	{ id: "strain", kinds: ["bridge"], lanes: 1, slotMs: 4 * HOUR_MS, rampMs: 9 * MINUTE_MS, acts: [set("strain", 90)] },
	{ id: "settled", kinds: ["metro"], lanes: 1, slotMs: 24 * HOUR_MS, rampMs: HOUR_MS, acts: [set("settlement", 31.2)] },
	{
		id: "deep-moved",
		kinds: ["pit"],
		lanes: 1,
		slotMs: 24 * HOUR_MS,
		rampMs: HOUR_MS,
		acts: [set("deepHorizontal", 51.5)],
	},
	{
		id: "tsp",
		kinds: ["dust"],
		lanes: 1,
		slotMs: 2 * HOUR_MS,
		rampMs: 9 * MINUTE_MS,
		when: "work",
		acts: [set("tsp", 930), set("pm10", 320)],
	},
	{
		id: "chlorine",
		kinds: ["waterQuality"],
		lanes: 1,
		slotMs: 3 * HOUR_MS,
		rampMs: 20 * MINUTE_MS,
		acts: [set("chlorine", 0.03)],
	},
	// Yellow.
	{
		id: "offline",
		kinds: ["camera"],
		lanes: 2,
		slotMs: 3 * HOUR_MS,
		acts: [set("online", 0), { type: "since", measure: "frameAge" }],
	},
	{ id: "frozen", kinds: ["camera"], lanes: 1, slotMs: 2 * HOUR_MS, acts: [{ type: "since", measure: "frameAge" }] },
	// Slower than 0.05 MPa in 5 min: a poor supply, not a burst.
	{
		id: "poor-supply",
		kinds: ["waterMain"],
		lanes: 2,
		slotMs: 4 * HOUR_MS,
		rampMs: 50 * MINUTE_MS,
		acts: [set("pressure", 0.12)],
	},
	{
		id: "noise-day",
		kinds: ["dust"],
		lanes: 2,
		slotMs: 3 * HOUR_MS,
		when: "day",
		acts: [set("leq", 73.5), set("noise", 75)],
	},
	{
		id: "noise-night",
		kinds: ["dust"],
		lanes: 2,
		slotMs: 3 * HOUR_MS,
		when: "night",
		acts: [set("leq", 58.5), set("noise", 60)],
	},
	{
		id: "cool-supply",
		kinds: ["heatStation"],
		lanes: 2,
		slotMs: 6 * HOUR_MS,
		rampMs: HOUR_MS,
		when: "heating",
		acts: [set("supplyTemp", 38.4), set("returnTemp", 32)],
	},
	{
		id: "cold-room",
		kinds: ["heatRoom"],
		lanes: 3,
		slotMs: 12 * HOUR_MS,
		rampMs: 2 * HOUR_MS,
		when: "heating",
		acts: [set("roomTemp", 16.8)],
	},
	{
		id: "full-well",
		kinds: ["manhole"],
		lanes: 1,
		slotMs: 4 * HOUR_MS,
		rampMs: 30 * MINUTE_MS,
		acts: [set("level", 0.06)],
	},
	{
		id: "high-outlet",
		kinds: ["regulator"],
		lanes: 1,
		slotMs: 3 * HOUR_MS,
		rampMs: 9 * MINUTE_MS,
		acts: [set("outletPressure", 2.96)],
	},
	{
		id: "make-up",
		kinds: ["heatStation"],
		lanes: 1,
		slotMs: 6 * HOUR_MS,
		rampMs: 20 * MINUTE_MS,
		when: "heating",
		acts: [set("makeUpWater", 3.7)],
	},
	// Blue.
	{
		id: "watch-metro",
		kinds: ["metro"],
		lanes: 3,
		slotMs: 48 * HOUR_MS,
		rampMs: 2 * HOUR_MS,
		acts: [set("settlement", 22.6)],
	},
	{
		id: "watch-pit",
		kinds: ["pit"],
		lanes: 2,
		slotMs: 48 * HOUR_MS,
		rampMs: 2 * HOUR_MS,
		acts: [set("topHorizontal", 22.4)],
	},
	{
		id: "trace-gas",
		kinds: ["gasSpace"],
		lanes: 2,
		slotMs: 4 * HOUR_MS,
		rampMs: 10 * MINUTE_MS,
		acts: [set("methane", 7.2)],
	},
	{
		id: "spray",
		kinds: ["dust"],
		lanes: 2,
		slotMs: 2 * HOUR_MS,
		rampMs: 9 * MINUTE_MS,
		when: "work",
		acts: [set("pm10", 182), set("tsp", 480)],
	},
	{ id: "battery", kinds: ["manhole"], lanes: 3, slotMs: 48 * HOUR_MS, acts: [set("battery", 17)] },
	{
		id: "puddle",
		kinds: ["floodPoint"],
		lanes: 2,
		slotMs: 2 * HOUR_MS,
		rampMs: 10 * MINUTE_MS,
		when: "summer",
		acts: [set("depth", 0.19)],
	},
	// Devices.
	{
		id: "silence",
		kinds: ["dust", "waterMain", "heatStation", "camera", "underpass", "regulator"],
		lanes: 4,
		slotMs: 90 * MINUTE_MS,
		acts: [{ type: "silence" }],
	},
	{
		id: "stuck",
		kinds: ["dust", "waterMain", "heatStation"],
		lanes: 3,
		slotMs: 6 * HOUR_MS,
		acts: [{ type: "stuck" }],
	},
	{
		id: "drift",
		kinds: ["waterQuality"],
		lanes: 1,
		slotMs: 24 * HOUR_MS,
		acts: [{ type: "drift", measure: "ph", perHour: 0.02 }],
	},
	{
		id: "over-range",
		kinds: ["dust"],
		lanes: 1,
		slotMs: HOUR_MS,
		when: "work",
		acts: [{ type: "overRange", measure: "noise", value: 130 }],
	},
	{ id: "broken", kinds: ["dust"], lanes: 2, slotMs: 3 * HOUR_MS, acts: [{ type: "broken", measure: "pm25" }] },
	{
		id: "late",
		kinds: ["dust", "waterMain", "camera", "bridge"],
		lanes: 3,
		slotMs: HOUR_MS,
		acts: [{ type: "late", ms: 100_000 }],
	},
];
