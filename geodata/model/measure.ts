// What is measured: unit, resolution, plausible range, and when silence means trouble. A measure belongs to a kind of
// asset and is written down once, in the file of its system (geodata/systems).

export interface Text {
	readonly zh: string;
	readonly en: string;
}

export type Severity = 0 | 1 | 2 | 3 | 4;

export const QUALITY_NAMES = ["none", "good", "suspect", "bad", "stale"] as const;
export type QualityName = (typeof QUALITY_NAMES)[number];

/** Codes of the quality column, in memory, store and wire. `none`: the channel never had a reading. */
export const Quality = { none: 0, good: 1, suspect: 2, bad: 3, stale: 4 } as const;

export function qualityName(code: number): QualityName {
	return QUALITY_NAMES[code] ?? "none";
}

/**
 * How a channel is computed from others instead of being sent by a device.
 * `window`: over the channel's own past, of one measure of the same asset. `group`: over all assets of a kind in a district.
 */
export type Derive =
	| {
			readonly type: "window";
			readonly from: string;
			readonly op: "mean" | "sum" | "max" | "min";
			readonly windowMs: number;
			/** Usual distance of two readings of `from`; with `minShare` it says how many samples make the result good. */
			readonly periodMs: number;
			/** Share of the expected samples (0..1) below which the result is `suspect`: it may raise, never clear. */
			readonly minShare: number;
	  }
	| {
			/** Number of the last `m` samples of `from` at or beyond `value`; n-of-m rules limit this count. */
			readonly type: "nOfM";
			readonly from: string;
			readonly m: number;
			readonly windowMs: number;
			readonly direction: "above" | "below";
			readonly value: number;
	  }
	| {
			readonly type: "group";
			readonly kind: string;
			readonly measure: string;
			readonly op: "mean" | "sum" | "max" | "min" | "count";
			/** Recomputed at most this often. */
			readonly everyMs: number;
	  };

export interface Measure {
	readonly id: string;
	readonly name: Text;
	/** As written beside the value: "MPa", "µg/m³", "°C", "%LEL", "". */
	readonly unit: string;
	/** Values are kept as integer counts of 10^-scale units: the finest resolution any door sends. 0..6. */
	readonly scale: number;
	/** Decimals shown to people. */
	readonly decimals: number;
	/** Plausible range in units, both ends included; outside it a reading is stored as `suspect`. */
	readonly range: readonly [number, number];
	/** `periodic`: silence is a failure. `event`: silence is no news. */
	readonly contract: "periodic" | "event";
	/** A periodic channel is stale after this silence, ms. */
	readonly silentAfterMs: number;
	readonly derive?: Derive;
	/** What a door calls it, e.g. `{ hj212: "a34001" }`; `factor` multiplies the sent number into our unit. */
	readonly codes?: { readonly hj212?: string; readonly sl651?: string };
	/** Words for a value that is a state, e.g. 0 -> 关, 1 -> 开. */
	readonly states?: readonly { readonly value: number; readonly text: Text }[];
}

/** 10^scale for scale 0..6; a count divided by it is the nearest double of the decimal that was sent. */
export const SCALE_FACTOR = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** The nearest count; never -0, and held within MAX_COUNT: an absurd number stays a number that every copy can carry. */
export function toCount(value: number, scale: number): number {
	const count = Math.round(value * (SCALE_FACTOR[scale] ?? 1)) + 0;
	return Math.min(Math.max(count, -MAX_COUNT), MAX_COUNT);
}

export function toValue(count: number, scale: number): number {
	return count / (SCALE_FACTOR[scale] ?? 1);
}

/** Largest count that every copy of the table keeps exactly (varint and JSON safe). */
export const MAX_COUNT = 2 ** 52 - 1;
