import fc from "fast-check";
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { parsePayload, parseTopic } from "./payload.ts";

const AT = Date.UTC(2026, 10, 22);
const parse = (payload: string | Uint8Array) => parsePayload(Buffer.from(payload), "dust-1");

test("a payload gives one reading per value, each with its own quality", () => {
	const sent = { at: AT, v: { tsp: 36, noise: 130, pm10: null }, q: { noise: "suspect", pm10: "good" } };
	expect(parse(JSON.stringify(sent))).toEqual({
		readings: [
			{ asset: "dust-1", measure: "tsp", at: AT, value: 36, quality: "good" },
			{ asset: "dust-1", measure: "noise", at: AT, value: 130, quality: "suspect" },
			{ asset: "dust-1", measure: "pm10", at: AT, value: null, quality: "bad" },
		],
		rejected: [],
	});
});

test("T-23 hostile keys are refused one by one and the values beside them stay", () => {
	const parsed = parse(`{"at":${AT},"v":{"__proto__":{"tsp":1},"tsp":5},"q":{"__proto__":"bad","toString":"good"}}`);
	expect(isProblem(parsed)).toBe(false);
	if (isProblem(parsed)) return;
	expect(parsed.readings.map(({ measure, value, quality }) => [measure, value, quality])).toEqual([["tsp", 5, "good"]]);
	expect(parsed.rejected.map(({ problem }) => problem)).toEqual(["bad-measure", "no-value"]);
});

test("T-23 whatever bytes come, the answer is a Problem or readings of finite values", () => {
	const json = fc.json({ maxDepth: 4 });
	const shaped = fc
		.record({ at: fc.anything(), v: fc.anything(), q: fc.anything() }, { requiredKeys: [] })
		.map((value) => JSON.stringify(value) ?? "");
	fc.assert(
		fc.property(fc.oneof(json, shaped, fc.uint8Array({ maxLength: 64 })), (bytes) => {
			const parsed = parse(bytes);
			if (isProblem(parsed)) return;
			for (const { value, at, asset } of parsed.readings) {
				expect(asset).toBe("dust-1");
				expect(value === null || Number.isFinite(value)).toBe(true);
				expect(Number.isInteger(at)).toBe(true);
			}
		}),
		{ numRuns: 2000 },
	);
});

test("a topic names district, kind and asset, and nothing else is one", () => {
	expect(parseTopic("lw/v1/210102/dust/dust-1")).toEqual({ district: "210102", kind: "dust", asset: "dust-1" });
	const wrong = [
		"lw/v1/210102/dust",
		"lw/v1/210102/dust/d/x",
		"/lw/v1/210102/dust/d",
		"lw/v1/21010/dust/d",
		"LW/v1/210102/dust/d",
	];
	const more = ["lw/v1/210102/dust/", "lw/v1/210102/dust/D", "lw/v1/210102/dust/d\n", "lw/v1/+/dust/d", "lw/v1/#"];
	for (const topic of [...wrong, ...more]) expect([topic, isProblem(parseTopic(topic))]).toEqual([topic, true]);
});
