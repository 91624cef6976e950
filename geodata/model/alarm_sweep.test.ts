// Figures against numbers worked out by hand.
import { expect, test } from "vitest";
import type { TransitionKind } from "./alarm.ts";
import { type FigureState, type FigureStep, targetOf, targets } from "./alarm_figures.ts";
import { floodsOf } from "./alarm_load.ts";
import { figuresOf } from "./alarm_sweep.ts";

/** A whole ten minutes of the epoch. */
const START = 1_795_305_600_000;
const S = 1_000;
const MIN = 60_000;
const HOUR = 3_600_000;

const step = (second: number, alarm: string, kind: TransitionKind, severity = 2, hidden = false): FigureStep => ({
	alarm,
	kind,
	at: START + second * S,
	severity,
	...(hidden ? { hidden } : {}),
});

const state = (id: string, change: Partial<FigureState> = {}): FigureState => ({
	id,
	severity: 2,
	active: false,
	acknowledged: true,
	shelvedUntil: null,
	suppressedBy: null,
	outOfService: false,
	raisedAt: 0,
	...change,
});

function figures(steps: readonly FigureStep[], begin: readonly FigureState[] = [], minutes = 60, operators = 1) {
	return figuresOf(begin, steps, { from: START, to: START + minutes * MIN, now: START + minutes * MIN, operators });
}

test("load: counts per ten minutes, mean, peak and day, shared among operators", () => {
	// 3 in the first ten minutes, none, 1, then three quiet spans: 4 in an hour.
	const steps = [0, 10, 599].map((second, i) => step(second, `a${i}`, "raised"));
	steps.push(step(1_500, "a3", "rose", 3));
	expect(figures(steps)).toMatchObject({
		told: 4,
		load: { counts: [3, 0, 1, 0, 0, 0], mean: 4 / 6, perDay: 96, peak: 3, quiet: 5 / 6, manageable: 5 / 6 },
	});
	expect(figures(steps, [], 60, 2).load).toMatchObject({
		mean: 2 / 6,
		perDay: 48,
		peak: 1.5,
		quiet: 5 / 6,
		manageable: 1,
	});
});

test("a flood begins with the eleventh alarm in ten minutes and ends when fewer than five are younger than ten minutes", () => {
	// One every 30 s from 0: the eleventh at 300 s. Twelve in all, the last at 330 s.
	const times = Array.from({ length: 12 }, (_, i) => START + i * 30 * S);
	const span = { from: START, to: START + HOUR };
	// The eighth (210 s) is ten minutes old at 810 s: four are left.
	expect(floodsOf(times, span, 1)).toEqual([{ from: START + 300 * S, to: START + 810 * S, alarms: 12, peak: 12 }]);
	expect(floodsOf(times.slice(0, 10), span, 1)).toEqual([]);
	// Shared by two it takes 21.
	expect(floodsOf(times, span, 2)).toEqual([]);
	const share = figures(times.map((at, i) => ({ alarm: `a${i}`, kind: "raised", at, severity: 1 }))).flood.share;
	expect(share).toBeCloseTo(510 / 3600, 10);
});

test("a flood that runs at the end of the span ends with it; one that began before is cut at its begin", () => {
	const times = Array.from({ length: 30 }, (_, i) => START + i * 30 * S);
	expect(floodsOf(times, { from: START, to: START + 600 * S }, 1)).toEqual([
		{ from: START + 300 * S, to: START + 600 * S, alarms: 30, peak: 20 },
	]);
	// The thirtieth is at 870 s: five are left at 1320 s, four at 1350 s.
	expect(floodsOf(times, { from: START + 600 * S, to: START + HOUR }, 1)).toMatchObject([
		{ from: START + 600 * S, to: START + 1_350 * S },
	]);
});

test("what was shelved, suppressed or out of service when it came is told to nobody", () => {
	const steps = [
		step(10, "shelf", "raised"),
		step(20, "window", "raised", 2, true),
		step(30, "service", "raised"),
		step(40, "seen", "raised"),
		// Worse than what was shelved: it ends the shelf.
		step(50, "shelf", "rose", 3),
	];
	const begin = [state("shelf", { shelvedUntil: START + HOUR }), state("service", { outOfService: true })];
	const made = figures(steps, begin);
	expect(made).toMatchObject({ told: 2, hidden: 3, suppressed: ["window"], outOfService: ["service"], shelved: [] });
	expect(made.top.map(({ alarm }) => alarm).sort()).toEqual(["seen", "shelf"]);
});

test("the mix is by level and as three priorities", () => {
	const levels = [4, 3, 3, 2, 2, 2, 1, 1, 1, 1];
	const { mix } = figures(levels.map((severity, i) => step(i * 60, `a${i}`, "raised", severity)));
	expect(mix).toEqual({ counts: [4, 3, 2, 1], high: 0.1, medium: 0.2, low: 0.7 });
});

test("chattering is three turns within a minute, fleeting is over before ten seconds, stale is longer than a day", () => {
	const steps = [
		step(0, "chatter", "raised"),
		step(20, "chatter", "cleared"),
		step(40, "chatter", "raised"),
		// Sixty seconds after the first turn: that one no longer counts.
		step(60, "chatter", "cleared"),
		step(0, "slow", "raised"),
		step(30, "slow", "cleared"),
		step(61, "slow", "raised"),
		step(100, "fleeting", "raised"),
		step(109, "fleeting", "cleared"),
		step(300, "fleeting", "raised"),
		step(310, "fleeting", "cleared"),
	];
	const begin = [
		state("old", { active: true, raisedAt: START - 25 * HOUR }),
		state("young", { active: true, raisedAt: START - 22 * HOUR }),
		state("shelved", { active: true, raisedAt: START - 99 * HOUR, shelvedUntil: START + HOUR }),
	];
	const made = figures(steps, begin);
	expect(made.chattering).toEqual([{ alarm: "chatter", count: 3 }]);
	expect(made.fleeting).toEqual([{ alarm: "fleeting", count: 1 }]);
	expect(made.stale).toEqual([{ alarm: "old", count: 26 * HOUR }]);
});

test("the ten worst sources with the share of the first", () => {
	const steps: FigureStep[] = [];
	for (let source = 1; source <= 12; source++)
		for (let n = 0; n < source; n++) steps.push(step(source * 60 + n * 90, `a${source}`, "raised"));
	const made = figures(
		steps.toSorted((a, b) => a.at - b.at),
		[],
		120,
	);
	expect(made.top.map(({ alarm, count }) => [alarm, count])).toEqual(
		Array.from({ length: 10 }, (_, i) => [`a${12 - i}`, 12 - i]),
	);
	// 1 + 2 + ... + 12 = 78.
	expect(made.topShare).toBeCloseTo(12 / 78, 10);
});

test("time to acknowledge by level: median, nine tenths, in time, waiting and late, raised again before", () => {
	const steps: FigureStep[] = [];
	// Red: 1 to 10 minutes; target 2 minutes: two of ten in time, and one more that waits too long.
	for (let n = 1; n <= 10; n++) {
		steps.push(step(n, `r${n}`, "raised", 4));
		steps.push(step(n + n * 60, `r${n}`, "acknowledged", 4));
	}
	steps.push(step(1_000, "late", "raised", 4), step(3_590, "fresh", "raised", 4));
	// Yellow: raised again before anybody came, then seen after a minute.
	steps.push(step(2_000, "y", "raised"), step(2_010, "y", "cleared"), step(2_020, "y", "raised"));
	steps.push(step(2_080, "y", "acknowledged"));
	const made = figures(steps.toSorted((a, b) => a.at - b.at)).acknowledge;
	expect(made.map(({ severity }) => severity)).toEqual([4, 3, 2, 1]);
	expect(made[0]).toEqual({
		severity: 4,
		count: 10,
		medianMs: 5 * MIN,
		p90Ms: 9 * MIN,
		inTime: 2 / 11,
		again: 0,
		waiting: 2,
		late: 1,
	});
	expect(made[1]).toMatchObject({ count: 0, medianMs: null, p90Ms: null, inTime: null });
	expect(made[2]).toMatchObject({ count: 1, medianMs: MIN, inTime: 1, again: 1, waiting: 0 });
});

test("a clock ahead dates nothing later than the next step of the same alarm or than now", () => {
	const steps = [step(9_999, "ahead", "raised"), step(60, "ahead", "acknowledged"), step(120, "ahead", "cleared")];
	const made = figures(steps);
	expect(made.load.counts[0]).toBe(1);
	expect(made.acknowledge[2]).toMatchObject({ count: 1, medianMs: 0 });
	expect(figures([step(99_999, "far", "raised")]).told).toBe(0);
});

test("an empty span has figures too, and every target says on what it rests", () => {
	expect(figures([])).toMatchObject({ told: 0, load: { mean: 0, peak: 0, quiet: 1 }, flood: { share: 0, spans: [] } });
	for (const target of targets) {
		expect(target.value).toBeGreaterThanOrEqual(0);
		expect(target.basis === "own" || target.source !== "").toBe(true);
	}
	expect(targetOf("acknowledge-4")).toBe(120_000);
});
