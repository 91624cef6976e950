import { expect, test } from "vitest";
import { ManualClock } from "./clock.ts";

test("timers fire in order of their time, each at its own time", () => {
	const clock = new ManualClock(1000);
	const fired: [string, number][] = [];
	clock.every(300, () => fired.push(["every", clock.now()]));
	clock.after(500, () => fired.push(["after", clock.now()]));
	const cancel = clock.after(400, () => fired.push(["cancelled", clock.now()]));
	cancel();
	clock.advanceTo(1700);
	expect(fired).toEqual([
		["every", 1300],
		["after", 1500],
		["every", 1600],
	]);
	expect(clock.now()).toBe(1700);
});

test("a jump fires what fell due once, at its end, and time never runs backwards", () => {
	const clock = new ManualClock(0);
	let count = 0;
	const stop = clock.every(10, () => {
		count += 1;
	});
	clock.jumpTo(1000);
	expect(count).toBe(1);
	clock.advanceTo(1010);
	expect(count).toBe(2);
	stop();
	clock.jumpTo(500);
	expect([clock.now(), count]).toEqual([1010, 2]);
});
