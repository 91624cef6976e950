// Judging one channel by one limit: deadband, delays, clears, suspect values; and the same against a slow re-telling.
import fc from "fast-check";
import { expect, test } from "vitest";
import { limit, source } from "./define.ts";
import type { Judged, Limit } from "./limit.ts";
import { dueAt, elapse, isValidAt, levelOf, limitSchema, newJudged, rateOf, step, thresholdOf } from "./limit.ts";
import type { Severity } from "./measure.ts";

const START = Date.parse("2026-11-22T08:00:00+08:00");
const MINUTE = 60_000;

function depth(change: Partial<Limit> = {}): Limit {
	const base = limit("depth", {
		measure: "depth",
		levels: { blue: 0.15, yellow: 0.27, red: 0.5 },
		deadband: 0.03,
		source: source("test", "test", "E"),
	});
	return { ...base, ...change };
}

/** Feeds [value, minute, mayClear?] one after the other; the severity after each. */
function run(
	rule: Limit,
	values: readonly (readonly [number, number, boolean?])[],
	state: Judged = newJudged(),
): Severity[] {
	return values.map(([value, minute, mayClear = true]) => {
		const before = state.severity;
		const changed = step(rule, state, value, START + minute * MINUTE, mayClear);
		expect(changed).toBe(state.severity !== before);
		return state.severity;
	});
}

test("the value itself reaches its level, the resolution below it does not", () => {
	const values = [0.149, 0.15, 0.269, 0.27, 0.499, 0.5, 9];
	expect(values.map((value) => levelOf(depth(), value, 0))).toEqual([0, 1, 1, 2, 2, 4, 4]);
	const low = depth({ direction: "below", levels: [{ severity: 2, value: 0.14 }], deadband: 0.01 });
	expect([0.141, 0.14, 0.1, -5].map((value) => levelOf(low, value, 0))).toEqual([0, 2, 2, 2]);
});

test("A3 a value inside the deadband changes nothing, upwards or downwards", () => {
	expect(
		run(depth(), [
			[0.15, 0],
			[0.121, 1],
			[0.149, 2],
			[0.15, 3],
			[0.12, 4],
			[0.149, 5],
			[0.15, 6],
		]),
	).toEqual([1, 1, 1, 1, 0, 0, 1]);
	const low = depth({ direction: "below", levels: [{ severity: 2, value: 0.14 }], deadband: 0.01 });
	// 0.14 + 0.01 is not 0.15 in binary; a reading of 0.15 leaves the level all the same.
	expect(
		run(low, [
			[0.14, 0],
			[0.149, 1],
			[0.15, 2],
		]),
	).toEqual([2, 2, 0]);
});

test("A3 random values between the deadband's edge and the next level never change the condition", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.integer({ min: 241, max: 499 }), fc.boolean())), (values) => {
			const state = newJudged();
			run(depth({ clearReadings: 1 }), [[0.27, 0]], state);
			for (const [index, [mm, mayClear]] of values.entries()) {
				step(depth(), state, mm / 1000, START + index, mayClear);
				expect(state.severity).toBe(2);
			}
		}),
	);
});

test("a fall goes to the level that still holds, a rise may skip levels", () => {
	expect(
		run(depth(), [
			[0.6, 0],
			[0.48, 1],
			[0.47, 2],
			[0.25, 3],
			[0.24, 4],
			[0.12, 5],
		]),
	).toEqual([4, 4, 2, 2, 1, 0]);
});

test("the on-delay starts at the first value beyond and is broken by a value inside", () => {
	const rule = depth({ onDelayMs: 2 * MINUTE });
	expect(
		run(rule, [
			[0.2, 0],
			[0.2, 1],
			[0.1, 1.5],
			[0.2, 2],
			[0.2, 3],
			[0.2, 4],
		]),
	).toEqual([0, 0, 0, 0, 0, 1]);
});

test("the level at the end of the on-delay is raised, counted from the first value beyond", () => {
	const rule = depth({ onDelayMs: 2 * MINUTE });
	expect(
		run(rule, [
			[0.2, 0],
			[0.6, 1],
			[0.6, 2],
		]),
	).toEqual([0, 0, 4]);
	expect(
		run(rule, [
			[0.6, 0],
			[0.2, 1],
			[0.2, 2],
		]),
	).toEqual([0, 0, 1]);
});

test("a rise from a held level waits its own on-delay and keeps the lower one meanwhile", () => {
	const rule = depth({ onDelayMs: MINUTE });
	expect(
		run(rule, [
			[0.2, 0],
			[0.2, 1],
			[0.6, 2],
			[0.6, 2.5],
			[0.6, 3],
		]),
	).toEqual([0, 1, 1, 1, 4]);
});

test("the on-delay's timer raises without a further value; nothing waits, nothing is due", () => {
	const rule = depth({ onDelayMs: 2 * MINUTE });
	const state = newJudged();
	expect(dueAt(rule, state)).toBe(Number.POSITIVE_INFINITY);
	step(rule, state, 0.3, START, true);
	expect(dueAt(rule, state)).toBe(START + 2 * MINUTE);
	expect(elapse(rule, state, START + 2 * MINUTE - 1)).toBe(false);
	expect(elapse(rule, state, START + 2 * MINUTE)).toBe(true);
	expect(state.severity).toBe(2);
	expect(dueAt(rule, state)).toBe(Number.POSITIVE_INFINITY);
	expect(elapse(rule, state, START + 9 * MINUTE)).toBe(false);
});

test("the off-delay ends only with data: no timer clears, silence clears nothing", () => {
	const rule = depth({ offDelayMs: 2 * MINUTE });
	const state = newJudged();
	expect(
		run(
			rule,
			[
				[0.2, 0],
				[0.1, 1],
				[0.1, 2],
			],
			state,
		),
	).toEqual([1, 1, 1]);
	expect(elapse(rule, state, START + 1e9)).toBe(false);
	expect(dueAt(rule, state)).toBe(Number.POSITIVE_INFINITY);
	expect(run(rule, [[0.1, 3]], state)).toEqual([0]);
});

test("one corrupt reading does not clear where two are asked, and a value beyond starts the count again", () => {
	const rule = depth({ clearReadings: 2 });
	expect(
		run(rule, [
			[0.2, 0],
			[0, 1],
			[0.2, 2],
			[0, 3],
			[0.13, 4],
			[0, 5],
			[0, 6],
		]),
	).toEqual([1, 1, 1, 1, 1, 1, 0]);
});

test("the fall stops at the worst of the values that allowed it", () => {
	const rule = depth({ clearReadings: 3 });
	expect(
		run(rule, [
			[0.6, 0],
			[0, 1],
			[0.3, 2],
			[0, 3],
			[0, 4],
			[0, 5],
			[0, 6],
		]),
	).toEqual([4, 4, 4, 2, 2, 2, 0]);
});

test("a suspect value raises but never clears, never lowers and never breaks a rise that waits", () => {
	expect(run(depth(), [[0.2, 0, false]])).toEqual([1]);
	expect(
		run(depth(), [
			[0.6, 0],
			[0, 1, false],
			[0, 2, false],
			[0, 3, false],
		]),
	).toEqual([4, 4, 4, 4]);
	const slow = depth({ onDelayMs: 2 * MINUTE });
	expect(
		run(slow, [
			[0.6, 0],
			[0, 1, false],
			[0.6, 2],
		]),
	).toEqual([0, 0, 4]);
	// It does not lower what waits either: the level that is raised is that of the good value.
	expect(
		run(slow, [
			[0.6, 0],
			[0.2, 2, false],
		]),
	).toEqual([0, 4]);
	const careful = depth({ clearReadings: 2 });
	expect(
		run(careful, [
			[0.6, 0],
			[0, 1],
			[0, 2, false],
			[0, 3],
		]),
	).toEqual([4, 4, 4, 0]);
});

test("no sequence of suspect values ever lowers a condition", () => {
	const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.boolean()), { maxLength: 40 });
	fc.assert(
		fc.property(values, fc.integer({ min: 0, max: 3 }), (list, delay) => {
			const rule = depth({ onDelayMs: delay, offDelayMs: delay, clearReadings: 1 + delay });
			const state = newJudged();
			for (const [index, [mm, mayClear]] of list.entries()) {
				const before = state.severity;
				step(rule, state, mm / 1000, START + index, mayClear);
				if (!mayClear) expect(state.severity).toBeGreaterThanOrEqual(before);
			}
		}),
	);
});

interface Value {
	readonly value: number;
	readonly at: number;
	readonly mayClear: boolean;
}

/** The same told slowly: keeps every value since the last change and looks back over all of them. */
class Retelling {
	severity: Severity = 0;
	private values: Value[] = [];
	private readonly rule: Limit;

	constructor(rule: Limit) {
		this.rule = rule;
	}

	private target({ value }: Value): Severity {
		const sign = this.rule.direction === "above" ? 1 : -1;
		const reached = this.rule.levels.filter((level) => {
			const beyond = sign * (value - level.value);
			return beyond >= 0 || (level.severity <= this.severity && beyond > -this.rule.deadband);
		});
		return Math.max(0, ...reached.map((level) => level.severity)) as Severity;
	}

	/** The values beyond the held level that no good value inside has answered. */
	private waiting(): Value[] {
		const answered = this.values.findLastIndex((value) => value.mayClear && this.target(value) <= this.severity);
		return this.values.slice(answered + 1).filter((value) => this.target(value) > this.severity);
	}

	private raiseTo(): Severity {
		let level: Severity = 0;
		for (const value of this.waiting()) {
			const target = this.target(value);
			level = value.mayClear || target > level ? target : level;
		}
		return level;
	}

	private change(severity: Severity): void {
		this.severity = severity;
		this.values = [];
	}

	add(value: Value): void {
		this.values.push(value);
		const target = this.target(value);
		if (target > this.severity) {
			this.timer(value.at);
			return;
		}
		if (!value.mayClear || target === this.severity) return;
		// Good values below the held level, back to the last one that was not.
		const stop = this.values.findLastIndex((one) => {
			const level = this.target(one);
			return level > this.severity || (one.mayClear && level === this.severity);
		});
		const calm = this.values.slice(stop + 1).filter((one) => one.mayClear);
		if (calm.length < this.rule.clearReadings || value.at - calm[0]!.at < this.rule.offDelayMs) return;
		this.change(Math.max(...calm.map((one) => this.target(one))) as Severity);
	}

	timer(now: number): void {
		const first = this.waiting()[0];
		if (first !== undefined && now - first.at >= this.rule.onDelayMs) this.change(this.raiseTo());
	}
}

const rules: fc.Arbitrary<Limit> = fc
	.record({
		direction: fc.constantFrom("above" as const, "below" as const),
		severities: fc.subarray([1, 2, 3, 4] as const, { minLength: 1 }),
		steps: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 4, maxLength: 4 }),
		deadband: fc.integer({ min: 0, max: 8 }),
		onDelayMs: fc.integer({ min: 0, max: 6 }),
		offDelayMs: fc.integer({ min: 0, max: 6 }),
		clearReadings: fc.integer({ min: 1, max: 4 }),
	})
	.map(({ direction, severities, steps, ...rest }) => {
		let value = 10;
		const levels = severities.map((severity, index) => {
			value += steps[index]!;
			return { severity, value: direction === "above" ? value : 40 - value };
		});
		return depth({ direction, levels, ...rest });
	});
const inputs = fc.array(
	fc.record({
		value: fc.integer({ min: 0, max: 42 }),
		afterMs: fc.integer({ min: 0, max: 4 }),
		kind: fc.constantFrom("good", "good", "good", "suspect", "timer"),
	}),
	{ maxLength: 60 },
);

test("A3 the step agrees with a slow re-telling for every limit and every sequence of values and timers", () => {
	fc.assert(
		fc.property(rules, inputs, (rule, list) => {
			const state = newJudged();
			const slow = new Retelling(rule);
			let at = START;
			for (const { value, afterMs, kind } of list) {
				at += afterMs;
				if (kind === "timer") {
					expect(dueAt(rule, state) <= at).toBe(elapse(rule, state, at));
					slow.timer(at);
				} else {
					step(rule, state, value, at, kind === "good");
					slow.add({ value, at, mayClear: kind === "good" });
				}
				expect(state.severity).toBe(slow.severity);
			}
		}),
		{ numRuns: 3_000 },
	);
});

test("rates are changes per the limit's unit of time; without time there is no rate", () => {
	const rule = depth({ type: "rate", rateMs: 5 * MINUTE });
	expect(rateOf(rule, 0.3, START + MINUTE, 0.31, START)).toBeCloseTo(-0.05, 12);
	expect(rateOf(rule, 0.3, START, 0.31, START)).toBeNull();
	expect(rateOf(rule, 0.3, START - 1, 0.31, START)).toBeNull();
	expect(rateOf(depth(), 0.3, START + 1, 0.31, START)).toBeNull();
});

test("a threshold is that of the severity, or none", () => {
	expect(([0, 1, 2, 3, 4] as const).map((severity) => thresholdOf(depth(), severity))).toEqual([
		null,
		0.15,
		0.27,
		null,
		0.5,
	]);
});

test("validity includes its first millisecond and excludes its last", () => {
	const rule = depth({ validFrom: START, validTo: START + 10 });
	expect([-1, 0, 9, 10].map((ms) => isValidAt(rule, START + ms))).toEqual([false, true, true, false]);
	expect(isValidAt(depth(), -1e12)).toBe(true);
});

/** What a clock in Shanghai shows, by the machine's own calendar. */
const shanghai = new Intl.DateTimeFormat("en-GB", {
	timeZone: "Asia/Shanghai",
	month: "2-digit",
	day: "2-digit",
	hour: "2-digit",
	minute: "2-digit",
	hourCycle: "h23",
});

function clock(at: number): { time: string; day: string } {
	const part = Object.fromEntries(shanghai.formatToParts(at).map(({ type, value }) => [type, value]));
	return { time: `${part.hour}:${part.minute}`, day: `${part.month}-${part.day}` };
}

function within(now: string, from: string, to: string, toIncluded: boolean): boolean {
	const beforeEnd = toIncluded ? now <= to : now < to;
	return from <= to ? from <= now && beforeEnd : from <= now || beforeEnd;
}

test("hours and seasons follow the clock of Shanghai, over midnight and over the new year, leap days included", () => {
	const pad = (value: number): string => String(value).padStart(2, "0");
	const time = fc
		.tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
		.map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
	const day = fc
		.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
		.map(([month, date]) => `${pad(month)}-${pad(date)}`);
	// Shanghai kept UTC+8 without summer time from 1992 on.
	const at = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2130, 0, 1) });
	fc.assert(
		fc.property(at, time, time, day, day, (now, from, to, first, last) => {
			const shown = clock(now);
			expect(isValidAt(depth({ hours: { from, to } }), now)).toBe(within(shown.time, from, to, false));
			expect(isValidAt(depth({ season: { from: first, to: last } }), now)).toBe(within(shown.day, first, last, true));
		}),
		{ numRuns: 3_000 },
	);
	const leap = depth({ season: { from: "02-29", to: "02-29" } });
	expect(isValidAt(leap, Date.parse("2028-02-29T12:00:00+08:00"))).toBe(true);
	expect(isValidAt(leap, Date.parse("2028-03-01T00:00:00+08:00"))).toBe(false);
});

test("the schema refuses times that no clock shows", () => {
	const parse = (change: object): boolean => limitSchema.safeParse({ ...depth(), ...change }).success;
	expect(parse({ hours: { from: "22:00", to: "06:00" } })).toBe(true);
	expect(parse({ hours: { from: "24:00", to: "06:00" } })).toBe(false);
	expect(parse({ hours: { from: "6:00", to: "22:00" } })).toBe(false);
	expect(parse({ season: { from: "11-01", to: "03-31" } })).toBe(true);
	expect(parse({ season: { from: "13-01", to: "03-31" } })).toBe(false);
});
