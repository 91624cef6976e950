// The hand-written parser of the hot path says what the public schema says; hostile input is a Problem, never a throw.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isProblem } from "./problem.ts";
import type { Reading } from "./reading.ts";
import { parseAt, parseReading, readingSchema } from "./reading.ts";

const AT = Date.parse("2026-11-22T08:00:00+08:00");

function accepted(input: unknown): Reading {
	const reading = parseReading(input);
	if (isProblem(reading)) throw new Error(`refused: ${reading.problem} ${reading.detail}`);
	return reading;
}

test("a reading in the public form", () => {
	const form = { asset: "spare-http", measure: "pressure", at: AT, value: 0.31 };
	expect(accepted(form)).toEqual({ ...form, quality: "good" });
	expect(accepted({ ...form, at: "2026-11-22T08:00:00+08:00" }).at).toBe(AT);
	expect(accepted({ ...form, at: "2026-11-22T00:00Z" }).at).toBe(AT);
	expect(accepted({ ...form, quality: "suspect" }).quality).toBe("suspect");
});

test("no value is bad, whatever the device says, and never zero", () => {
	const form = { asset: "a", measure: "m", at: AT, value: null };
	for (const quality of [undefined, "good", "suspect", "bad"]) {
		const input = quality === undefined ? form : { ...form, quality };
		expect(accepted(input)).toMatchObject({ value: null, quality: "bad" });
	}
});

test.each([
	[1_795_305_600, "seconds"],
	[0, "calendar"],
	[-1, "calendar"],
	[253_402_300_800_000, "calendar"],
	[8_640_000_000_000_000, "calendar"],
	[AT + 0.5, "integer"],
	["2026-11-22T08:00:00", "offset"],
	["2026-11-22", "offset"],
	["22/11/2026 08:00", "offset"],
	["2026-02-30T08:00:00Z", "calendar"],
	["2026-02-29T08:00:00Z", "calendar"],
	["2026-13-01T08:00:00Z", "calendar"],
	["1969-12-31T23:59:59Z", "calendar"],
	["2026-11-22T08:00:00+99:00", "calendar"],
	[null, "missing"],
	[undefined, "missing"],
	[Number.NaN, "integer"],
	[new Date(AT), "missing"],
])("at %s is refused", (at, word) => {
	const answer = parseAt(at);
	expect(isProblem(answer) && answer.problem === "bad-time" && answer.where === "at").toBe(true);
	expect(JSON.stringify(answer)).toContain(word);
});

test("29 February of a leap year and the last millisecond of 9999 are times", () => {
	expect(parseAt("2028-02-29T00:00:00Z")).toBe(Date.UTC(2028, 1, 29));
	expect(parseAt("9999-12-31T23:59:59.999Z")).toBe(253_402_300_799_999);
	expect(parseAt(10_000_000_000)).toBe(10_000_000_000);
});

const digits = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
const isoText = fc
	.tuple(
		fc.constantFrom("2026", "2028", "1970", "0000", "9999"),
		digits(13),
		digits(32),
		digits(25),
		digits(61),
		fc.constantFrom("Z", "+08:00", "-25:00", ""),
	)
	.map(([year, month, day, hour, minute, zone]) => `${year}-${month}-${day}T${hour}:${minute}${zone}`);
const times = fc.oneof(
	fc.integer({ min: AT - 1e9, max: AT + 1e9 }),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	isoText,
	fc.constantFrom(0, -0, 1, -1, 9_999_999_999, 10_000_000_000, 253_402_300_799_999, 253_402_300_800_000),
	fc.double(),
	fc.maxSafeInteger(),
	fc.anything(),
);
const names = fc.oneof(
	fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/),
	fc.stringMatching(/^[a-zA-Z0-9_-]{0,70}$/),
	fc.constantFrom(
		"__proto__",
		"constructor",
		"toString",
		"a\n",
		"",
		"和平",
		"a/b",
		"A".repeat(48),
		"a".repeat(49),
		"a".repeat(64),
		"a".repeat(65),
	),
	fc.anything(),
);
const values = fc.oneof(
	fc.double(),
	fc.constantFrom(null, 0, -0, 1e308, Number.NaN, Number.POSITIVE_INFINITY),
	fc.anything(),
);
const qualities = fc.oneof(
	fc.constantFrom(undefined, "good", "suspect", "bad"),
	fc.constantFrom("stale", "none", null, "__proto__"),
	fc.anything(),
);
const shaped = fc.record(
	{
		asset: names,
		measure: names,
		at: times,
		value: values,
		quality: qualities,
		["__proto__"]: fc.anything(),
		extra: fc.anything(),
	},
	{ requiredKeys: [], noNullPrototype: true },
);
const good = fc.record(
	{
		asset: fc.oneof(
			fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/),
			fc.integer({ min: 63, max: 65 }).map((length) => "a".repeat(length)),
		),
		measure: fc.oneof(
			fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,47}$/),
			fc.integer({ min: 47, max: 49 }).map((length) => "m".repeat(length)),
		),
		at: times,
		value: values,
		quality: qualities,
	},
	{ requiredKeys: ["asset", "measure", "at", "value"], noNullPrototype: true },
);
/** As it comes off the wire: JSON makes `__proto__` an own key. */
const hostileJson = fc
	.constantFrom(
		`{"__proto__":{"asset":"a","measure":"m","at":${AT},"value":1}}`,
		`{"__proto__":null,"asset":"a","measure":"m","at":${AT},"value":1}`,
		`{"asset":"__proto__","measure":"m","at":${AT},"value":1}`,
		`{"asset":"a","measure":"__proto__","at":${AT},"value":1}`,
		`{"asset":"constructor","measure":"constructor","at":${AT},"value":1}`,
		`{"asset":"a","measure":"m","at":{"valueOf":1},"value":{"toString":"x"}}`,
		`[{"asset":"a","measure":"m","at":${AT},"value":1}]`,
	)
	.map((text) => JSON.parse(text) as unknown);

test("parseReading accepts exactly what readingSchema accepts, and reads the same from it", () => {
	let taken = 0;
	fc.assert(
		fc.property(fc.oneof(good, shaped, hostileJson, fc.anything()), (input) => {
			const reading = parseReading(input);
			const parsed = readingSchema.safeParse(input);
			expect(isProblem(reading)).toBe(!parsed.success);
			if (isProblem(reading) || !parsed.success) return;
			taken += 1;
			const { asset, measure, at, value, quality } = parsed.data;
			expect(reading).toEqual({
				asset,
				measure,
				at: typeof at === "string" ? Date.parse(at) : at,
				value,
				quality: value === null ? "bad" : (quality ?? "good"),
			});
		}),
		{ numRuns: 5_000 },
	);
	// The property says something only when both answers occur.
	expect(taken).toBeGreaterThan(200);
	expect(taken).toBeLessThan(4_800);
});

test("hostile keys change no prototype", () => {
	const input = JSON.parse(
		`{"__proto__":{"polluted":1},"asset":"constructor","measure":"toString","at":${AT},"value":1}`,
	);
	expect(accepted(input)).toEqual({ asset: "constructor", measure: "toString", at: AT, value: 1, quality: "good" });
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
