// Which readings the bench's devices send: for each measure a band of values in which nothing is wrong, and for the alarm
// probes a value in which something is. Written once into the data folder by seed_process.ts, read by the feeds. Pure.
import type { Asset, Kind } from "#model/catalogue.ts";
import type { Measure } from "#model/measure.ts";

export interface Band {
	readonly measure: string;
	readonly decimals: number;
	readonly low: number;
	readonly high: number;
}

export interface Probe {
	readonly key: string;
	readonly asset: string;
	readonly band: Band;
	/** Raises an alarm at once. */
	readonly alarm: number;
}

export interface Gateway {
	readonly key: string;
	readonly address: string;
	readonly assets: readonly { readonly id: string; readonly bands: string }[];
}

export interface Plan {
	/** Channels that measure or derive something; the assets' own `state` rows not counted. */
	readonly channels: number;
	readonly gateways: readonly Gateway[];
	/** Bands by name; assets of one kind share them. */
	readonly bands: Readonly<Record<string, readonly Band[]>>;
	/** Assets that no gateway sends for. */
	readonly probes: readonly Probe[];
}

/** In the data folder. */
export const PLAN_FILE = "bench-plan.json";
const GATEWAYS = 10;
const PROBES = 400;

/** What a kind's sensors send; computed measures are the server's. */
export function bandsOf(kind: Kind): Band[] {
	return kind.measures.filter((measure) => measure.derive === undefined).map((measure) => calmBand(kind, measure));
}

/** Between the limits, away from them; at zero where the server adds the readings up. */
function calmBand(kind: Kind, measure: Measure): Band {
	let [low, high] = measure.range;
	for (const limit of kind.limits) {
		if (limit.type !== "level" || sourceOf(kind, limit.measure) !== measure.id) continue;
		for (const { value } of limit.levels) {
			if (limit.direction === "above") high = Math.min(high, value - limit.deadband);
			else low = Math.max(low, value + limit.deadband);
		}
	}
	const isAddedUp = kind.measures.some((other) => other.derive?.type === "window" && other.derive.op === "sum");
	const state = measure.states?.[0]?.value;
	if (state !== undefined) return { measure: measure.id, decimals: 0, low: state, high: state };
	if (isAddedUp || high <= Math.max(low, 0))
		return { measure: measure.id, decimals: measure.decimals, low: 0, high: 0 };
	// Swings around zero (settlement, slew) rest near it, not at the far end of what is plausible.
	const middle = Math.max(low, 0) + (high - Math.max(low, 0)) * 0.3;
	const step = 10 ** -measure.decimals;
	// What is limited by its rate stands still: a step between two readings close together is a steep fall.
	const isRated = kind.limits.some((limit) => limit.type === "rate" && sourceOf(kind, limit.measure) === measure.id);
	const base = rounded(middle, measure.decimals);
	return {
		measure: measure.id,
		decimals: measure.decimals,
		low: base,
		high: isRated ? base : rounded(Math.min(middle + 20 * step, high - (high - low) * 0.1), measure.decimals),
	};
}

/** A limit on a mean or a count is one on what the sensor sends. */
function sourceOf(kind: Kind, measure: string): string {
	const derive = kind.measures.find(({ id }) => id === measure)?.derive;
	return derive === undefined || derive.type === "group" ? measure : derive.from;
}

function rounded(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}

export function planOf(assets: readonly Asset[], keys: readonly string[]): Plan {
	const bands: Record<string, readonly Band[]> = {};
	const probes: Probe[] = [];
	const gateways = keys.map((key, index) => ({
		key,
		address: `bench-${index}`,
		assets: [] as { id: string; bands: string }[],
	}));
	let channels = 0;
	for (const [index, asset] of assets.entries()) {
		channels += asset.channels.length - 1;
		const { kind, record } = asset;
		bands[kind.id] ??= bandsOf(kind);
		const gateway = gateways[index % gateways.length];
		if (gateway === undefined) throw new Error("a plan needs a gateway");
		const alarm = probes.length < PROBES && index % 7 === 0 ? alarmOf(kind) : null;
		const band = bands[kind.id]?.find(({ measure }) => measure === alarm?.measure);
		if (alarm !== null && band !== undefined)
			probes.push({ key: gateway.key, asset: record.id, band, alarm: alarm.value });
		else if ((bands[kind.id]?.length ?? 0) > 0) gateway.assets.push({ id: record.id, bands: kind.id });
	}
	return { channels, gateways, bands, probes };
}

/** A value that one level limit without delay takes for the worst; null when the kind has none. */
function alarmOf(kind: Kind): { measure: string; value: number } | null {
	for (const limit of kind.limits) {
		const measure = kind.measures.find(({ id }) => id === limit.measure);
		if (measure === undefined || measure.derive !== undefined || measure.states !== undefined) continue;
		if (limit.type !== "level" || limit.direction !== "above" || limit.onDelayMs > 0) continue;
		if (limit.hours !== undefined || limit.season !== undefined) continue;
		const worst = Math.max(...limit.levels.map(({ value }) => value));
		const value = rounded(Math.min(worst + limit.deadband, measure.range[1]), measure.decimals);
		if (value >= worst) return { measure: measure.id, value };
	}
	return null;
}

export function gatewayKeys(): string[] {
	return Array.from({ length: GATEWAYS }, (_, index) => `bench-gateway-key-${index}`);
}
