import { expect, test } from "vitest";
import { parseRota, type Rota, shiftAt, shiftsBetween } from "./duty.ts";

const rota: Rota = {
	changes: ["08:00", "20:00"],
	teams: [
		{ name: "甲班", people: ["王志强"] },
		{ name: "乙班", people: ["李敏"] },
		{ name: "丙班", people: ["张伟"] },
	],
};
const HOUR = 3_600_000;
/** Midnight of 2026-11-22 in Shenyang. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 16);

test("a shift runs from its change to the next, over midnight, in civil time of Liaoning", () => {
	const begins = (hour: number): number => (shiftAt(rota, MIDNIGHT + hour * HOUR).at - MIDNIGHT) / HOUR;
	expect([0, 7.99, 8, 19.99, 20, 23.9].map(begins)).toEqual([-4, -4, 8, 8, 20, 20]);
});

test("shifts of a span are those that begin in it, and teams take turns without a gap", () => {
	const shifts = shiftsBetween(rota, MIDNIGHT + 8 * HOUR, MIDNIGHT + 44 * HOUR);
	expect(shifts.map(({ at }) => (at - MIDNIGHT) / HOUR)).toEqual([8, 20, 32]);
	expect(new Set(shifts.map(({ name }) => name)).size).toBe(3);
	for (const shift of shifts)
		for (const hours of [0, 6, 11.9]) expect(shiftAt(rota, shift.at + hours * HOUR)).toEqual(shift);
});

test("what is no rota is none", () => {
	expect(parseRota(null)).toBeNull();
	expect(parseRota("{")).toBeNull();
	expect(parseRota('{"changes":["8:00"],"teams":[]}')).toBeNull();
	expect(parseRota(JSON.stringify(rota))).toEqual(rota);
});
