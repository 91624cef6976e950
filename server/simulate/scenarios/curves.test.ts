import fc from "fast-check";
import { expect, test } from "vitest";
import { type Basin, depthOf, fill, inflow, volumeAt } from "./basin.ts";
import { follow, type Leg, orifice, relax } from "./curves.ts";

/** The same differential equation, stepped in small steps by the explicit method: shares nothing with the closed form. */
function stepped(start: number, legs: readonly Leg[], until: number): number {
	const dt = 0.002;
	let value = start;
	for (let n = 0; n < Math.round(until / dt); n++) {
		const leg = legs.findLast(({ at }) => at <= n * dt);
		if (leg !== undefined) value += ((leg.to - value) / leg.tau) * dt;
	}
	return value;
}

test("a chain of first-order answers is the solution of its differential equation, and does not leap at a joint", () => {
	const number = fc.double({ min: -5, max: 5, noNaN: true });
	const tau = fc.double({ min: 0.5, max: 8, noNaN: true });
	fc.assert(
		fc.property(
			number,
			number,
			number,
			tau,
			tau,
			fc.double({ min: 0.1, max: 12, noNaN: true }),
			(a, b, c, t1, t2, s) => {
				const legs = [
					{ at: 1, to: b, tau: t1 },
					{ at: 5, to: c, tau: t2 },
				];
				expect(Math.abs(follow(a, legs, s) - stepped(a, legs, s))).toBeLessThan(0.03);
				expect(Math.abs(follow(a, legs, 5 + 1e-7) - follow(a, legs, 5 - 1e-7))).toBeLessThan(1e-5);
			},
		),
		{ numRuns: 40 },
	);
});

test("after one time constant 1/e of the way is left", () => {
	expect(relax(100, 20, 50, 50)).toBeCloseTo(20 + 80 / Math.E, 10);
	expect(relax(100, 20, -1, 50)).toBe(100);
});

test("an orifice of 0.012 m² under 0.84 MPa lets out about 1,060 t an hour", () => {
	// Torricelli by hand: sqrt(2 g h) with 85.6 m of water is 40.99 m/s; times 0.6 times 0.012.
	expect(orifice(0.012, 0.84) * 3_600).toBeCloseTo(0.6 * 0.012 * 40.987 * 3_600, 0);
	expect(orifice(0.012, -1)).toBe(0);
});

const SAG: Basin = { catchmentM2: 20_000, runoff: 0.9, widthM: 14, flatM: 12, slope: 0.04 };

test("the depth in a sag is the inverse of the volume over its box and its two wedges", () => {
	for (const depth of [0, 0.05, 0.15, 0.25, 0.27, 0.5, 1])
		expect(depthOf(SAG, volumeAt(SAG, depth))).toBeCloseTo(depth, 9);
	// By hand: 14 m * (12 m * 0.25 m + 0.25 m * 0.25 m / 0.04).
	expect(volumeAt(SAG, 0.25)).toBeCloseTo(14 * (3 + 1.5625), 9);
});

test("a low point keeps what comes in less what goes out, and is never less than empty", () => {
	const steady = fill(
		SAG,
		600,
		() => 60,
		() => 0.1,
	);
	// 0.9 * 20,000 m² * 60 mm/h = 0.3 m³/s in, 0.1 out.
	expect(inflow(SAG, 60)).toBeCloseTo(0.3, 12);
	expect(steady[600]).toBeCloseTo(0.2 * 600, 6);
	const pumped = fill(
		SAG,
		300,
		(s) => (s < 100 ? 60 : 0),
		(s) => (s < 100 ? 0 : 1),
	);
	expect(pumped[100]).toBeCloseTo(30, 6);
	expect(pumped[130]).toBeCloseTo(0, 6);
	expect(Math.min(...pumped)).toBe(0);
});
