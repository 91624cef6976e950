// A map that is slow to draw leaves the page its time; a quick one draws at once; nothing that changed stays undrawn.
import { expect, test } from "vitest";
import { MapPace } from "./pace.ts";

/** A page whose frames come when the test says so. */
function page() {
	const frames: (() => void)[] = [];
	const timers: { at: number; act: () => void }[] = [];
	let time = 0;
	let drawn = 0;
	const pace: MapPace = new MapPace({
		now: () => time,
		request: (frame) => void frames.push(() => frame(time)),
		later: (ms, act) => void timers.push({ at: time + ms, act }),
		draw: () => {
			drawn += 1;
			pace.drew();
		},
	});
	return {
		pace,
		drawn: () => drawn,
		/** The next frame of the page, this much later. */
		frame(ms: number): void {
			time += ms;
			for (const frame of frames.splice(0)) frame();
		},
		pass(ms: number): void {
			time += ms;
			for (const timer of timers.filter(({ at }) => at <= time)) {
				timers.splice(timers.indexOf(timer), 1);
				timer.act();
			}
		},
	};
}

test("S1 a quick map draws every change at the next frame", () => {
	const { pace, drawn, frame, pass } = page();
	for (let i = 1; i <= 5; i++) {
		pace.request();
		expect(drawn()).toBe(i);
		frame(16);
		frame(16);
		pass(0);
	}
});

test("T-35 after a frame of 300 ms the map rests 1,200 ms, however much changes meanwhile, and then draws all of it once", () => {
	const { pace, drawn, frame, pass } = page();
	pace.request();
	for (let i = 0; i < 50; i++) pace.request();
	frame(150);
	frame(150);
	for (let i = 0; i < 50; i++) pace.request();
	pass(1_190);
	expect(drawn()).toBe(1);
	pass(10);
	expect(drawn()).toBe(2);
});

test("T-35 a frame of ten seconds does not leave the picture old for longer than two more", () => {
	const { pace, drawn, frame, pass } = page();
	pace.request();
	frame(5_000);
	frame(5_000);
	pace.request();
	pass(1_990);
	expect(drawn()).toBe(1);
	pass(10);
	expect(drawn()).toBe(2);
});

test("S1 what changed while a frame was being drawn is drawn after it", () => {
	const { pace, drawn, frame, pass } = page();
	pace.request();
	pace.request();
	expect(drawn()).toBe(1);
	frame(16);
	frame(16);
	pass(0);
	expect(drawn()).toBe(2);
});

test("S1 a frame that a person asked for is measured too", () => {
	const { pace, drawn, frame, pass } = page();
	pace.drew();
	frame(100);
	frame(100);
	pace.request();
	expect(drawn()).toBe(0);
	pass(800);
	expect(drawn()).toBe(1);
});

test("S1 a page that nobody saw for a while draws as soon as it is seen", () => {
	const { pace, drawn, frame, pass } = page();
	pace.request();
	pace.request();
	frame(60_000);
	frame(16);
	pass(0);
	expect(drawn()).toBe(2);
});
