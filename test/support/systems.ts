// A small system made for tests: one measure of each behaviour that the heart must handle, with short delays.
import type { Kind, System } from "#model/catalogue.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";

export const NOW = Date.UTC(2026, 10, 22, 0, 0, 0);

export function measureOf(id: string, more: Partial<Measure> = {}): Measure {
	return {
		id,
		name: { zh: id, en: id },
		unit: "u",
		scale: 3,
		decimals: 1,
		range: [-1000, 1000],
		contract: "periodic",
		silentAfterMs: 60_000,
		...more,
	};
}

export function limitOf(id: string, measure: string, more: Partial<Limit> = {}): Limit {
	return {
		id,
		measure,
		type: "level",
		direction: "above",
		levels: [
			{ severity: 1, value: 10 },
			{ severity: 2, value: 20 },
			{ severity: 3, value: 30 },
			{ severity: 4, value: 40 },
		],
		deadband: 1,
		onDelayMs: 0,
		offDelayMs: 0,
		clearReadings: 1,
		source: { standard: "test", clause: "1", confidence: "E" },
		validFrom: null,
		validTo: null,
		setBy: "test",
		...more,
	};
}

export const probe: Kind = {
	id: "probe",
	name: { zh: "探头", en: "probe" },
	primary: "level",
	geometry: "point",
	symbol: { icon: "探", radius: 5 },
	fields: [],
	measures: [
		measureOf("level"),
		measureOf("slow"),
		measureOf("flow", { silentAfterMs: 600_000 }),
		measureOf("mean5", {
			silentAfterMs: 900_000,
			derive: { type: "window", from: "flow", op: "mean", windowMs: 300_000, periodMs: 60_000, minShare: 0.75 },
		}),
		measureOf("hits", {
			scale: 0,
			silentAfterMs: 900_000,
			derive: { type: "nOfM", from: "flow", m: 3, windowMs: 300_000, direction: "above", value: 100 },
		}),
		measureOf("open", { scale: 0, contract: "event" }),
	],
	limits: [
		limitOf("level-high", "level"),
		limitOf("slow-high", "slow", {
			onDelayMs: 30_000,
			offDelayMs: 30_000,
			clearReadings: 2,
			levels: [{ severity: 3, value: 10 }],
		}),
		limitOf("mean-high", "mean5", { levels: [{ severity: 2, value: 50 }] }),
		limitOf("open", "open", { levels: [{ severity: 4, value: 1 }], deadband: 0 }),
		limitOf("silent", "level", { type: "silence", deadband: 0, levels: [{ severity: 2, value: 120 }] }),
	],
};

export const county: Kind = {
	id: "probeCounty",
	name: { zh: "区县指标", en: "county figures" },
	primary: "meanLevel",
	geometry: "point",
	symbol: { icon: "县", radius: 5 },
	fields: [],
	measures: [
		measureOf("meanLevel", {
			silentAfterMs: 600_000,
			derive: { type: "group", kind: "probe", measure: "level", op: "mean", everyMs: 10_000 },
		}),
	],
	limits: [],
};

export const testSystem: System = {
	id: "testing",
	name: { zh: "试验", en: "testing" },
	policy: ["W15"],
	order: 99,
	kinds: [probe, county],
};
