import { expect, test } from "vitest";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { ruleLevels, ruleManner } from "./rule_text.ts";

/** Shows the key and what was filled in. */
const t = ((key: string, more: Record<string, unknown> = {}): string =>
	`${key}(${Object.values(more).join(" ")})`.replaceAll("\u00a0", " ")) as unknown as Parameters<typeof ruleLevels>[0];

function limitOf(more: Partial<Limit>): Limit {
	return {
		id: "high",
		measure: "pressure",
		type: "level",
		direction: "above",
		levels: [
			{ severity: 4, value: 0.6 },
			{ severity: 2, value: 0.05 },
		],
		deadband: 0,
		onDelayMs: 0,
		offDelayMs: 0,
		clearReadings: 1,
		...more,
	} as Limit;
}

const pressure = { id: "pressure", unit: "MPa", decimals: 1 } as Measure;

test("levels mildest first, and a limit is never rounded away by the list's decimals", () => {
	expect(ruleLevels(t, limitOf({}), pressure)).toEqual([
		{ severity: 2, text: "asset.above(0.05 MPa)" },
		{ severity: 4, text: "asset.above(0.6 MPa)" },
	]);
});

test("a rate is per its unit of time, a silence is a time", () => {
	const rate = limitOf({ type: "rate", direction: "below", rateMs: 86_400_000, levels: [{ severity: 3, value: -2 }] });
	expect(ruleLevels(t, rate, pressure)[0]?.text).toBe("asset.below(−2.0 MPa/d)");
	const silence = limitOf({ type: "silence", levels: [{ severity: 1, value: 180 }] });
	expect(ruleLevels(t, silence, pressure)[0]?.text).toBe("asset.silence(3 min)");
});

test("what keeps a rule from crying wolf is said, and nothing else", () => {
	expect(ruleManner(t, limitOf({}), pressure)).toBe("");
	const manner = ruleManner(
		t,
		limitOf({ averaging: "5 min", deadband: 0.02, onDelayMs: 15_000, clearReadings: 2 }),
		pressure,
	);
	expect(manner).toBe("5 min · asset.delay(15 s) · asset.deadband(0.02 MPa) · asset.clear(2)");
});
