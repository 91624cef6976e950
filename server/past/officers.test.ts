import { expect, test } from "vitest";
import { DEMO_ROTA } from "#geodata/liaoning/demo/rota.ts";
import type { Alarm } from "#model/alarm.ts";
import { shiftAt } from "#model/duty.ts";
import { type Act, Agenda, actsFor } from "./officers.ts";

/** 2026-11-22 14:00 in Shenyang. */
const NOW = Date.UTC(2026, 10, 22, 6);
const MINUTE = 60_000;

function raised(severity: 1 | 2 | 3 | 4, n: number): Alarm {
	return {
		...({} as Alarm),
		id: `a${n}`,
		subject: `channel:probe-${n}/value`,
		rule: "level",
		severity,
		occurrence: n,
		raisedAt: NOW + n * 7 * MINUTE,
	};
}

function delays(severity: 1 | 2 | 3 | 4): number[] {
	return Array.from({ length: 300 }, (_, n) => {
		const alarm = raised(severity, n);
		return (actsFor(DEMO_ROTA, alarm, 1)[0]?.at ?? 0) - alarm.raisedAt;
	}).sort((a, b) => a - b);
}

test("S5 the worse the level, the sooner somebody acknowledges; nobody does it before it is there", () => {
	const middle = ([1, 2, 3, 4] as const).map((severity) => delays(severity)[150] ?? 0);
	expect(middle).toEqual(middle.toSorted((a, b) => b - a));
	expect(delays(4)[285]).toBeLessThan(8 * MINUTE);
	for (const severity of [1, 2, 3, 4] as const) expect(delays(severity)[0]).toBeGreaterThan(10_000);
});

test("S5 whoever acts is on duty when it is done, and the same alarm gives the same acts", () => {
	for (let n = 0; n < 300; n++) {
		const alarm = raised(3, n);
		const acts = actsFor(DEMO_ROTA, alarm, 1);
		expect(actsFor(DEMO_ROTA, alarm, 1)).toEqual(acts);
		for (const { at, by, occurrence } of acts) {
			expect(shiftAt(DEMO_ROTA, at).people).toContain(by);
			expect(occurrence).toBe(n);
		}
	}
});

test("S5 an agenda hands out what is due, earliest first", () => {
	const agenda = new Agenda();
	const act = (at: number): Act => ({ type: "acknowledge", at, alarm: "a", occurrence: 1, by: "x", note: null });
	for (const at of [5, 1, 9, 5, 3]) agenda.add(act(at));
	const taken: number[] = [];
	for (let one = agenda.due(5); one !== undefined; one = agenda.due(5)) taken.push(one.at);
	expect(taken).toEqual([1, 3, 5, 5]);
	expect(agenda.due(8)).toBeUndefined();
	expect(agenda.due(9)?.at).toBe(9);
});
