// What may move: phases by class of speed, in the time of the data, on a machine that can.
import { expect, test } from "vitest";
import { SPEED_PX } from "./heat_mains.ts";
import { Motion } from "./motion.ts";

const FRESH = 500;
const STALE = 60_000;

function run(motion: Motion, ms: number, frameMs: number, ageMs: number, isSuspended = false, scale = 1): number {
	let moved = 0;
	for (let at = 0; at <= ms; at += frameMs) if (motion.step(at, ageMs, isSuspended, scale, 1e9)) moved += 1;
	return moved;
}

test("a dash goes as many px a second as its class says, twice as many on a wall twice as high, and class 0 stands", () => {
	const small = new Motion("full");
	const big = new Motion("full");
	run(small, 3_000, 50, FRESH);
	run(big, 3_000, 50, FRESH, false, 2);
	for (const [speed, px] of SPEED_PX.entries()) {
		expect(small.phases[speed]).toBeCloseTo(px * 3, 6);
		expect(big.phases[speed]).toBeCloseTo(px * 6, 6);
	}
	expect(small.phases[0]).toBe(0);
	expect(Math.max(...SPEED_PX)).toBeLessThan(20);
});

test("nothing moves when the data are old, in a take-over, or where the processor draws", () => {
	for (const [tier, age, isSuspended] of [
		["full", STALE, false],
		["full", Number.POSITIVE_INFINITY, false],
		["full", FRESH, true],
		["still", FRESH, false],
	] as const) {
		const motion = new Motion(tier);
		expect(run(motion, 2_000, 40, age, isSuspended)).toBe(0);
		expect(motion.phases).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
	}
});

test("a full machine is asked for 30 pictures a second, a weak one for 10", () => {
	const full = run(new Motion("full"), 2_000, 1_000 / 60, FRESH);
	const weak = run(new Motion("weak"), 2_000, 1_000 / 60, FRESH);
	expect(full).toBeGreaterThan(55);
	expect(full).toBeLessThanOrEqual(62);
	expect(weak).toBeGreaterThan(17);
	expect(weak).toBeLessThanOrEqual(21);
});

test("a long stall is not caught up with: the picture does not jump", () => {
	const motion = new Motion("full");
	motion.step(0, FRESH, false, 1, 1e9);
	motion.step(60_000, FRESH, false, 1, 1e9);
	expect(motion.phases[7]).toBeLessThanOrEqual(18 * 0.25);
});

test("a machine that cannot keep up steps down, once per look, and never up", () => {
	const motion = new Motion("full");
	for (let i = 0; i < 45; i++) motion.frame(80);
	expect(motion.tier).toBe("weak");
	for (let i = 0; i < 45; i++) motion.frame(300);
	expect(motion.tier).toBe("still");
	for (let i = 0; i < 200; i++) motion.frame(5);
	expect(motion.tier).toBe("still");
});
