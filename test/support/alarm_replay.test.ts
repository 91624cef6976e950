// The reference model is worth what it says about cases that a person can work out.
import { expect, test } from "vitest";
import { replay } from "./alarm_replay.ts";

const limit = {
	direction: "above",
	levels: [
		{ severity: 3, value: 25 },
		{ severity: 4, value: 50 },
	],
	deadband: 2,
	offDelayMs: 100,
	clearReadings: 2,
};
const told = (...values: number[]) =>
	replay(
		limit,
		values.map((value, i) => ({ at: i * 60, value })),
	).map(({ kind, severity, at }) => `${kind} ${severity} at ${at}`);

test("A3 raises at the threshold and holds inside the deadband", () => {
	expect(told(24.9, 25, 23.1, 23.1, 23.1, 23.1)).toEqual(["raised 3 at 60"]);
});

test("A3 clears on two readings beyond the deadband that are far enough apart", () => {
	expect(told(25, 23, 22)).toEqual(["raised 3 at 0"]);
	expect(told(25, 23, 22, 21)).toEqual(["raised 3 at 0", "cleared 0 at 180"]);
	expect(told(25, 23, 24, 22, 21, 20)).toEqual(["raised 3 at 0", "cleared 0 at 300"]);
});

test("A3 rises at once and falls only as far as every reading allowed", () => {
	expect(told(30, 51, 40, 10, 10)).toEqual(["raised 3 at 0", "rose 4 at 60", "fell 3 at 240"]);
});
