import { expect, test } from "vitest";
import { DEMO_ASSETS, demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import { Fleet } from "./fleet.ts";
import type { Parcel, Sender } from "./parcel.ts";
import { Rota } from "./rota.ts";
import { World } from "./world/world.ts";

test("every entry has its turn once a period, however the clock's steps fall", () => {
	const entries = Array.from({ length: 97 }, (_, n) => n);
	const rota = new Rota(1_000, entries, (n) => n / 97, 12_345);
	const turns = entries.map(() => 0);
	let now = 12_345;
	for (const step of [1, 40, 50, 900, 9, 1_000, 333, 667, 0, 2_000]) {
		now += step;
		rota.due(now, (n) => turns[n]!++);
	}
	// 5 s have passed; the last step of 2 s was a pause, which is one round.
	expect(turns.every((count) => count === 4)).toBe(true);
});

function run(rate: number | null, seconds: number) {
	const world = new World(demoCatalogue({ assets: DEMO_ASSETS }).assets, 1, 0);
	const parcels: Parcel[] = [];
	const sender: Sender = {
		door: "http",
		offer: (parcel) => parcels.push(parcel),
		waiting: 0,
		stop: () => Promise.resolve(),
	};
	const senderOf = new Map(world.assets.map((asset) => [asset.record.id, sender]));
	let now = Date.parse("2026-11-23T10:00:00+08:00");
	const fleet = new Fleet({ world, senderOf, seed: 1, run: "r", rate, speed: 1, now: () => now });
	const perSecond: number[] = [];
	for (let second = 0; second < seconds; second++) {
		const before = parcels.reduce((sum, parcel) => sum + parcel.readings.length, 0);
		for (let tick = 0; tick < 20; tick++) {
			now += 50;
			fleet.tick();
		}
		perSecond.push(parcels.reduce((sum, parcel) => sum + parcel.readings.length, 0) - before);
	}
	return { parcels, perSecond };
}

test("the demo is heard whole within 15 s and then speaks evenly, about 170 readings a second", () => {
	const { parcels, perSecond } = run(null, 60);
	const early = new Set(
		parcels.filter(({ at }) => at <= Date.parse("2026-11-23T10:00:15+08:00")).map(({ asset }) => asset),
	);
	expect(early.size).toBeGreaterThan(2_590);
	const steady = perSecond.slice(20);
	expect(steady.reduce((a, b) => a + b, 0) / steady.length).toBeGreaterThan(140);
	expect(Math.max(...steady)).toBeLessThan(300);
	expect(Math.min(...steady)).toBeGreaterThan(80);
});

test("another rate is kept to a few per cent, and no channel says two things of one moment", () => {
	const { parcels, perSecond } = run(2_000, 40);
	const steady = perSecond.slice(20);
	expect(Math.abs(steady.reduce((a, b) => a + b, 0) / steady.length / 2_000 - 1)).toBeLessThan(0.06);
	const seen = new Set<string>();
	for (const { readings } of parcels) {
		for (const { asset, measure, at } of readings) {
			expect(seen.has(`${asset} ${measure} ${at}`)).toBe(false);
			seen.add(`${asset} ${measure} ${at}`);
		}
	}
});
