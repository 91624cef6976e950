// Every file of this folder keeps the rules of the model; a few thresholds are judged on both sides of their value.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Kind, System } from "#model/catalogue.ts";
import { assetId, wordId } from "#model/ids.ts";
import type { Limit } from "#model/limit.ts";
import { isValidAt, levelOf, limitSchema } from "#model/limit.ts";
import type { Severity } from "#model/measure.ts";
import { MAX_COUNT, SCALE_FACTOR, toCount } from "#model/measure.ts";

const folder = new URL("./", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const systems: System[] = [];
for (const file of files) {
	const loaded: Record<string, unknown> = await import(new URL(file, folder).href);
	expect(Object.keys(loaded), `${file} exports exactly one thing`).toEqual(["system"]);
	systems.push(loaded.system as System);
}
const kinds: Kind[] = systems.flatMap((system) => [...system.kinds]);

const words = z.object({ zh: z.string().min(1), en: z.string().min(1) }).strict();
const word = z.string().regex(/^[a-z][a-zA-Z0-9]{0,47}$/);
const positive = z.number().int().positive();
const deriveSchema = z.discriminatedUnion("type", [
	z
		.object({
			type: z.literal("window"),
			from: word,
			op: z.enum(["mean", "sum", "max", "min"]),
			windowMs: positive,
			periodMs: positive,
			minShare: z.number().min(0).max(1),
		})
		.strict(),
	z
		.object({
			type: z.literal("nOfM"),
			from: word,
			m: positive,
			windowMs: positive,
			direction: z.enum(["above", "below"]),
			value: z.number(),
		})
		.strict(),
	z
		.object({
			type: z.literal("group"),
			kind: word,
			measure: word,
			op: z.enum(["mean", "sum", "max", "min", "count"]),
			everyMs: positive,
		})
		.strict(),
]);
const measureSchema = z
	.object({
		id: word,
		name: words,
		unit: z.string().max(12),
		scale: z.number().int().min(0).max(6),
		decimals: z.number().int().min(0).max(6),
		range: z.tuple([z.number(), z.number()]),
		contract: z.enum(["periodic", "event"]),
		silentAfterMs: positive,
		derive: deriveSchema.optional(),
		codes: z
			.object({
				hj212: z.string().optional(),
				sl651: z
					.string()
					.regex(/^[0-9A-F]{2}$/)
					.optional(),
			})
			.strict()
			.optional(),
		states: z
			.array(z.object({ value: z.number().int(), text: words }).strict())
			.min(2)
			.optional(),
	})
	.strict();
const fieldSchema = z
	.object({
		id: word,
		name: words,
		type: z.enum(["text", "number", "date", "choice"]),
		unit: z.string().optional(),
		choices: z
			.array(z.object({ id: z.string().min(1), name: words }).strict())
			.min(2)
			.optional(),
	})
	.strict()
	.refine((field) => (field.type === "choice") === (field.choices !== undefined));
const kindSchema = z
	.object({
		id: word,
		name: words,
		primary: word,
		measures: z.array(measureSchema).min(1),
		limits: z.array(limitSchema.strict()),
		fields: z.array(fieldSchema),
		symbol: z.object({ icon: z.string().min(1), radius: z.number().min(3).max(12) }).strict(),
		geometry: z.enum(["point", "line", "area"]),
	})
	.strict();
const systemSchema = z
	.object({
		id: word,
		name: words,
		policy: z.array(z.string().regex(/^W(0[1-9]|1\d|2[0-6])$/)).min(1),
		order: positive,
		kinds: z.array(kindSchema).min(1),
	})
	.strict();

function unique(list: readonly unknown[], what: string): void {
	expect(new Set(list).size, `${what} are unique: ${list.join(" ")}`).toBe(list.length);
}

test("the ten systems are there, each in its place", () => {
	const order = systems.toSorted((a, b) => a.order - b.order).map((system) => system.id);
	expect(order).toEqual([
		"construction",
		"metro",
		"camera",
		"gas",
		"water",
		"heating",
		"bridge",
		"flood",
		"manhole",
		"weather",
	]);
	unique(
		systems.map((system) => system.order),
		"orders",
	);
});

test.each(files)("%s obeys the schemas and survives JSON unchanged", (file) => {
	const system = systems[files.indexOf(file)];
	expect(JSON.parse(JSON.stringify(system))).toEqual(system);
	expect(systemSchema.parse(system)).toEqual(system);
});

test("ids are unique and well-formed: systems, kinds over all systems, measures, limits and fields of a kind", () => {
	unique(
		systems.map((system) => system.id),
		"systems",
	);
	unique(
		kinds.map((kind) => kind.id),
		"kinds",
	);
	for (const kind of kinds) {
		const ids = kind.measures.map((measure) => measure.id);
		unique(ids, `measures of ${kind.id}`);
		unique(
			kind.limits.map((limit) => limit.id),
			`limits of ${kind.id}`,
		);
		unique(
			kind.fields.map((field) => field.id),
			`fields of ${kind.id}`,
		);
		for (const id of [...ids, kind.id]) expect(wordId.safeParse(id).success).toBe(true);
		// "state" is the row of what concerns an asset without a sensor.
		expect(ids).not.toContain("state");
		expect(assetId.safeParse(kind.id.toLowerCase()).success).toBe(true);
	}
});

test("HJ 212 and SL 651 codes lead to one measure of a kind", () => {
	for (const kind of kinds) {
		for (const door of ["hj212", "sl651"] as const) {
			const codes = kind.measures.flatMap((measure) => measure.codes?.[door] ?? []);
			unique(codes, `${door} codes of ${kind.id}`);
		}
	}
	const dust = kinds.find((kind) => kind.id === "dust");
	const codes = dust?.measures.flatMap((measure) => measure.codes?.hj212 ?? []);
	expect(codes).toEqual(
		expect.arrayContaining("a34001 a34002 a34004 LA Leq a01001 a01002 a01006 a01007 a01008".split(" ")),
	);
});

test("the primary measure, the sources of derived measures and the measures of limits exist", () => {
	for (const kind of kinds) {
		const find = (id: string) => kind.measures.find((measure) => measure.id === id);
		expect(find(kind.primary), `primary of ${kind.id}`).toBeDefined();
		for (const limit of kind.limits) expect(find(limit.measure), `${kind.id} ${limit.id}`).toBeDefined();
		for (const { id, derive } of kind.measures) {
			if (derive === undefined) continue;
			if (derive.type === "group") {
				const measures = kinds.find((other) => other.id === derive.kind)?.measures;
				expect(
					measures?.some((measure) => measure.id === derive.measure),
					`source of ${kind.id} ${id}`,
				).toBe(true);
			} else {
				const from = find(derive.from);
				expect(from, `source of ${kind.id} ${id}`).toBeDefined();
				// Derived from what was sent, never from another derived channel: the order of computing cannot matter.
				expect(from?.derive).toBeUndefined();
			}
		}
	}
});

test("a derived measure can hold what it is computed from", () => {
	for (const kind of kinds) {
		for (const { id, derive, range, scale } of kind.measures) {
			if (derive?.type === "nOfM") expect([range, scale], id).toEqual([[0, derive.m], 0]);
			if (derive?.type === "window") {
				const from = kind.measures.find((measure) => measure.id === derive.from);
				expect(from?.silentAfterMs, `period of ${id}`).toBeGreaterThanOrEqual(2 * derive.periodMs);
				expect(derive.windowMs % derive.periodMs, id).toBe(0);
				expect(scale, id).toBeGreaterThanOrEqual(from?.scale ?? 7);
			}
		}
	}
});

test("every value in range keeps its count exact, and no display shows more decimals than are kept", () => {
	for (const kind of kinds) {
		for (const { id, range, scale, decimals, states } of kind.measures) {
			expect(range[0], id).toBeLessThan(range[1]);
			expect(decimals, id).toBeLessThanOrEqual(scale);
			for (const end of range) expect(Math.abs(toCount(end, scale)), id).toBeLessThan(MAX_COUNT / 1000);
			for (const state of states ?? []) {
				expect(state.value, id).toBeGreaterThanOrEqual(range[0]);
				expect(state.value, id).toBeLessThanOrEqual(range[1]);
			}
		}
	}
});

test("levels grow with severity in the direction of the limit, can be reached and can be left again", () => {
	for (const kind of kinds) {
		for (const limit of kind.limits) {
			const name = `${kind.id} ${limit.id}`;
			const sign = limit.direction === "above" ? 1 : -1;
			for (const [index, level] of limit.levels.entries()) {
				const before = limit.levels[index - 1];
				if (before === undefined) continue;
				expect(level.severity, name).toBeGreaterThan(before.severity);
				expect(sign * level.value, name).toBeGreaterThan(sign * before.value);
				// A deadband wider than a step would hold a level for ever between its neighbours.
				expect(limit.deadband, name).toBeLessThan(sign * (level.value - before.value));
			}
			if (limit.type !== "level") continue;
			const measure = kind.measures.find((own) => own.id === limit.measure);
			const [low, high] = measure?.range ?? [0, 0];
			for (const { value } of limit.levels) {
				expect(value, name).toBeGreaterThanOrEqual(low);
				expect(value, name).toBeLessThanOrEqual(high);
				const left = value - sign * limit.deadband;
				expect(sign === 1 ? left > low || limit.deadband === 0 : left < high, name).toBe(true);
				// What a limit asks for can be told apart at the resolution that is kept.
				const count = value * (SCALE_FACTOR[measure?.scale ?? 0] ?? 1);
				expect(Math.abs(count - Math.round(count)), name).toBeLessThan(1e-6);
			}
		}
	}
});

test("rate limits name their unit of time, silence limits sit on periodic measures and wait as long as the measure", () => {
	for (const kind of kinds) {
		for (const limit of kind.limits) {
			expect(limit.rateMs !== undefined, `${kind.id} ${limit.id}`).toBe(limit.type === "rate");
			if (limit.type !== "silence") continue;
			const measure = kind.measures.find((own) => own.id === limit.measure);
			expect(measure?.contract).toBe("periodic");
			expect(measure?.derive).toBeUndefined();
			expect(limit.levels[0]?.value).toBe((measure?.silentAfterMs ?? 0) / 1000);
		}
		// One silent device is one alarm, whatever number of measures it sends.
		const silences = kind.limits.filter((limit) => limit.type === "silence").length;
		const sends = kind.measures.some((measure) => measure.derive === undefined && measure.contract === "periodic");
		expect(silences, kind.id).toBe(sends ? 1 : 0);
	}
});

test("each severity is used somewhere, and every limit cites a source and a clause", () => {
	const used = new Set(
		kinds.flatMap((kind) => kind.limits.flatMap((limit) => limit.levels.map((own) => own.severity))),
	);
	expect([...used].toSorted()).toEqual([1, 2, 3, 4]);
	for (const kind of kinds) {
		for (const { id, source } of kind.limits) {
			expect(source.standard.length, `${kind.id} ${id}`).toBeGreaterThan(2);
			expect(source.clause.length, `${kind.id} ${id}`).toBeGreaterThan(2);
		}
	}
});

test("gas, dust and methane are never cleared by a single reading", () => {
	const watched = /methane|tsp|pm10|Pressure/;
	for (const kind of kinds.filter((one) => ["dust", "regulator", "gasSpace", "manhole"].includes(one.id))) {
		for (const limit of kind.limits) {
			if (limit.type !== "silence" && watched.test(limit.measure)) {
				expect(limit.clearReadings, `${kind.id} ${limit.id}`).toBeGreaterThanOrEqual(2);
			}
		}
	}
});

test("a computed rain level says 雨量达到…标准 and never 预警信号", () => {
	const flood = systems.find((system) => system.id === "flood");
	const rules = flood?.kinds.flatMap((kind) => kind.limits.filter((limit) => /^rain\d+h$/.test(limit.measure))) ?? [];
	expect(rules.length).toBe(6);
	for (const rule of rules) {
		expect(rule.averaging).toMatch(/雨量达到.*标准/);
		expect(rule.averaging).not.toContain("预警信号");
	}
});

function find(kindId: string, limitId: string): Limit {
	const limit = kinds.find((kind) => kind.id === kindId)?.limits.find((one) => one.id === limitId);
	if (limit === undefined) throw new Error(`no limit ${kindId} ${limitId}`);
	return limit;
}

// kind, limit, value, level of a fresh condition, or of one that holds `held`.
const table: [string, string, number, Severity, Severity?][] = [
	["underpass", "depth-close", 0.24, 0],
	["underpass", "depth-close", 0.25, 4],
	["underpass", "depth-close", 0.23, 4, 4],
	["underpass", "depth-close", 0.22, 0, 4],
	["floodPoint", "depth-level", 0.14, 0],
	["floodPoint", "depth-level", 0.15, 1],
	["floodPoint", "depth-level", 0.27, 2],
	["floodPoint", "depth-rescue", 0.399, 0],
	["floodPoint", "depth-rescue", 0.4, 3],
	["floodPoint", "depth-rescue", 0.5, 4],
	["rainGauge", "rain-12h", 49.9, 0],
	["rainGauge", "rain-12h", 50, 1],
	["rainStation", "rain-6h", 49.9, 0],
	["rainStation", "rain-6h", 50, 2],
	["rainGauge", "rain-3h", 50, 3],
	["rainGauge", "rain-3h", 99.9, 3],
	["rainGauge", "rain-3h", 100, 4],
	["dust", "tsp-level", 639, 0],
	["dust", "tsp-level", 640, 2],
	["dust", "tsp-level", 799.9, 2],
	["dust", "tsp-level", 800, 3],
	["dust", "tsp-severe", 1_199, 0],
	["dust", "tsp-severe", 1_200, 4],
	["dust", "noise-day", 69.9, 0],
	["dust", "noise-day", 70, 2],
	["pit", "horizontal-level", 20.99, 0],
	["pit", "horizontal-level", 21, 1],
	["pit", "horizontal-level", 25.5, 2],
	["pit", "horizontal-level", 30, 3],
	["pit", "rate-jump", 6, 4],
	["crane", "moment-level", 89.9, 0],
	["crane", "moment-level", 90, 2],
	["crane", "load-level", 110, 4],
	["crane", "wind-level", 10.7, 1],
	["crane", "wind-level", 10.8, 2],
	["metro", "settlement-level", 25.4, 1],
	["metro", "settlement-level", 25.5, 2],
	["metro", "settlement-level", 30, 3],
	["gasSpace", "methane-watch", 4.9, 0],
	["gasSpace", "methane-watch", 5, 1],
	["gasSpace", "methane-leak", 1, 0],
	["gasSpace", "methane-leak", 2, 3],
	["gasSpace", "methane-danger", 2, 4],
	["regulator", "outlet-high", 2.874, 0],
	["regulator", "outlet-high", 2.875, 2],
	["regulator", "outlet-low", 1.875, 3],
	["regulator", "outlet-fall", -0.24, 0],
	["regulator", "outlet-fall", -0.25, 4],
	["waterMain", "pressure-low", 0.141, 0],
	["waterMain", "pressure-low", 0.14, 2],
	["waterMain", "pressure-low", 0.149, 2, 2],
	["waterMain", "pressure-low", 0.15, 0, 2],
	["waterMain", "pressure-fall", -0.05, 3],
	["waterPlant", "chlorine-low", 0.31, 0],
	["waterQuality", "chlorine-low", 0.31, 0],
	["waterQuality", "chlorine-low", 0.05, 3],
	["heatRoom", "room-low", 18.1, 0],
	["heatRoom", "room-low", 18, 2],
	["heatRoom", "room-cold", 16, 3],
	["heatRoom", "room-cold", 10, 4],
	["bridge", "strain-level", 84.9, 2],
	["bridge", "strain-level", 85, 3],
	["bridge", "wind-level", 24.5, 4],
	["camera", "frozen", 119, 0],
	["camera", "frozen", 120, 2],
	["camera", "offline", 1, 0],
	["camera", "offline", 0, 2],
	["manhole", "tilt-level", 14.9, 0],
	["manhole", "tilt-level", 15, 3],
	["manhole", "battery-low", 20, 1],
	["manhole", "cover-missing", 1, 0],
	["manhole", "cover-missing", 2, 4],
];

test.each(table)("%s %s at %d is level %d", (kind, limit, value, level, held = 0) => {
	expect(levelOf(find(kind, limit), value, held)).toBe(level);
});

test("noise is judged by the day limit from 06:00 to 22:00 of Shanghai, by the night limit otherwise", () => {
	for (const [time, day] of [
		["05:59:59.999", false],
		["06:00:00.000", true],
		["21:59:59.999", true],
		["22:00:00.000", false],
		["00:00:00.000", false],
	] as const) {
		const at = Date.parse(`2026-11-22T${time}+08:00`);
		expect(isValidAt(find("dust", "noise-day"), at), time).toBe(day);
		expect(isValidAt(find("dust", "noise-night"), at), time).toBe(!day);
	}
});

test("heating is judged from 1 November to 31 March of Shanghai", () => {
	for (const [time, inSeason] of [
		["2026-10-31T23:59:59+08:00", false],
		["2026-11-01T00:00:00+08:00", true],
		["2027-03-31T23:59:59+08:00", true],
		["2027-04-01T00:00:00+08:00", false],
	] as const) {
		expect(isValidAt(find("heatRoom", "room-low"), Date.parse(time)), time).toBe(inSeason);
	}
});
