import fc from "fast-check";
import { expect, test } from "vitest";
import { isTouring, TOUR_TIMES, type TourCase, type TourEvent, type TourState, tourNext, tourStart } from "./tour.ts";

const burst: TourCase = { id: "a", occurrence: 1, severity: 3, group: "heating 210100" };
const leak: TourCase = { id: "b", occurrence: 1, severity: 4, group: "gas 210200" };
const flood: TourCase = { id: "c", occurrence: 1, severity: 3, group: "flood 210300" };

/** Ticks once a second from `from` to `to`. */
function run(state: TourState, from: number, to: number, mayTour = true): TourState {
	let now = state;
	for (let at = from; at <= to; at += 1_000) now = tourNext(now, { type: "tick", at, mayTour });
	return now;
}

test("untouched for 30 s the tour begins by itself, goes round in 60 s and rests at the province", () => {
	let state = run(tourStart(0), 0, 29_000);
	expect(state.phase).toBe("rest");
	const seen: [string, number][] = [];
	for (let at = 30_000; at <= 200_000; at += 1_000) {
		const before = state.phase;
		state = tourNext(state, { type: "tick", at, mayTour: true });
		if (state.phase !== before) seen.push([state.phase, at / 1_000]);
	}
	expect(seen.slice(0, 5)).toEqual([
		["province", 30],
		["city", 36],
		["site", 60],
		["back", 82],
		["rest", 90],
	]);
	expect(seen[5]).toEqual(["province", 135]);
	expect(state.round).toBe(2);
});

test("any touch stops the tour, gives the province back, and the 30 s count anew", () => {
	let state = run(tourStart(0), 0, 40_000);
	expect(state.phase).toBe("city");
	state = tourNext(state, { type: "touched", at: 40_500 });
	expect(state.phase).toBe("rest");
	expect(run(state, 41_000, 69_000).phase).toBe("rest");
	for (let at = 41_000; at < 300_000; at += 10_000)
		state = tourNext(run(state, at, at + 9_000), { type: "touched", at });
	expect(state.phase).toBe("rest");
});

test("the button begins at once; without a place to go or with a dead picture nothing begins, and what goes comes home", () => {
	expect(tourNext(tourStart(0), { type: "asked", at: 1_000 }).phase).toBe("province");
	expect(run(tourStart(0), 0, 300_000, false).phase).toBe("rest");
	const away = run(tourStart(0), 0, 40_000);
	expect(tourNext(away, { type: "tick", at: 41_000, mayTour: false }).phase).toBe("rest");
});

test("an orange takes the wall from the tour, and gives it back when somebody has it", () => {
	let state = run(tourStart(0), 0, 40_000);
	state = tourNext(state, { type: "raised", at: 40_500, raised: burst });
	expect(state).toMatchObject({ phase: "case", taken: burst });
	// A hand on the mouse does not chase an alarm away; the stop key does.
	expect(tourNext(state, { type: "touched", at: 41_000 }).phase).toBe("case");
	expect(tourNext(state, { type: "stopped", at: 41_000 }).phase).toBe("rest");
	expect(tourNext(state, { type: "settled", at: 45_000, id: "other" }).phase).toBe("case");
	state = tourNext(state, { type: "settled", at: 45_000, id: "a" });
	expect(state).toMatchObject({ phase: "rest", taken: null });
});

test("a case that nobody acknowledges has the wall for a bounded time", () => {
	const state = tourNext(tourStart(0), { type: "raised", at: 0, raised: burst });
	expect(run(state, 1_000, TOUR_TIMES.case - 1_000).phase).toBe("case");
	expect(run(state, 1_000, TOUR_TIMES.case).phase).toBe("rest");
});

test("worse goes first; another event of the same level waits its turn; the same event does not come twice", () => {
	let state = tourNext(tourStart(0), { type: "raised", at: 0, raised: burst });
	state = tourNext(state, { type: "raised", at: 1_000, raised: { ...burst, id: "a2" } });
	expect(state.taken?.id).toBe("a");
	state = tourNext(state, { type: "raised", at: 2_000, raised: flood });
	expect(state).toMatchObject({ taken: burst, waiting: [flood] });
	state = tourNext(state, { type: "raised", at: 3_000, raised: leak });
	expect(state.taken).toEqual(leak);
	state = tourNext(state, { type: "settled", at: 9_000, id: "b" });
	expect(state).toMatchObject({ phase: "case", taken: flood });
	state = tourNext(state, { type: "settled", at: 12_000, id: "c" });
	expect(state.phase).toBe("rest");
	state = tourNext(state, { type: "raised", at: 20_000, raised: { ...flood, id: "c2" } });
	expect(state.phase).toBe("rest");
	expect(tourNext(state, { type: "raised", at: 21_000, raised: { ...flood, id: "c3", severity: 4 } }).phase).toBe(
		"case",
	);
	const later = 12_000 + TOUR_TIMES.sameEvent;
	expect(tourNext(state, { type: "raised", at: later, raised: { ...flood, id: "c4" } }).phase).toBe("case");
});

test("whatever happens, a case is on the wall exactly while one has it, and nothing piles up", () => {
	const anyCase = fc.record<TourCase>({
		id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
		occurrence: fc.nat(3),
		severity: fc.constantFrom(3, 4),
		group: fc.constantFrom("x", "y", "z", "u", "v", "w"),
	});
	const anyEvent = fc.oneof(
		fc.record({ type: fc.constant("tick" as const), mayTour: fc.boolean() }),
		fc.record({ type: fc.constantFrom("touched" as const, "asked" as const, "stopped" as const) }),
		fc.record({ type: fc.constant("raised" as const), raised: anyCase }),
		fc.record({ type: fc.constant("settled" as const), id: fc.constantFrom("a", "b", "c") }),
	);
	fc.assert(
		fc.property(fc.array(fc.tuple(anyEvent, fc.nat(70_000)), { maxLength: 60 }), (events) => {
			let at = 0;
			let state = tourStart(0);
			for (const [event, pause] of events) {
				at += pause;
				state = tourNext(state, { ...event, at } as TourEvent);
				expect(state.phase === "case").toBe(state.taken !== null);
				expect(isTouring(state) && state.taken !== null).toBe(false);
				expect(state.waiting.length).toBeLessThanOrEqual(5);
				expect(state.waiting.some(({ id }) => id === state.taken?.id)).toBe(false);
				expect(state.had.length).toBeLessThanOrEqual(6);
			}
			// Left alone, every state comes home.
			for (let step = 0; step < 12; step++) {
				at += 61_000;
				state = tourNext(state, { type: "tick", at, mayTour: false });
			}
			expect(state.phase).toBe("rest");
		}),
		{ numRuns: 500 },
	);
});
