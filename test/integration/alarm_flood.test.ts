// T-35, the server's half: 10,000 alarms in ten seconds from 3,000 devices, 50 of them red, and one red of another kind in the middle.
// Through the real pipeline, judge, recorder and store to a follower. Order and counts are asserted; what it took is annotated.
import { expect, test } from "vitest";
import type { Transition } from "#model/alarm.ts";
import { figuresOf } from "#model/alarm_sweep.ts";
import type { Kind, System } from "#model/catalogue.ts";
import type { Reading } from "#model/reading.ts";
import { connectLocal } from "../../server/bus/local.ts";
import { Mirror } from "../../server/bus/mirror.ts";
import { coreHost } from "../../server/live/host.ts";
import { Screens } from "../../server/live/screens.ts";
import { openReader } from "../../server/store/reader.ts";
import { faultsOfLog } from "../support/alarm_log.ts";
import { faultsOfLives } from "../support/alarm_reference.ts";
import { administrator, asset, startHeart } from "../support/heart.ts";
import { limitOf, measureOf, NOW } from "../support/systems.ts";
import { until } from "../support/until.ts";

const ASSETS = 1_000;
const MEASURES = 10;
const DEVICES = 3_000;
const SECONDS = 10;
const REDS = 50;
const ALL = ASSETS * MEASURES;

const names = Array.from({ length: MEASURES }, (_, i) => `m${i}`);

/** Ten values an asset; beyond 10 blue, beyond 40 red. */
const storm: Kind = {
	id: "station",
	name: { zh: "站", en: "station" },
	primary: "m0",
	geometry: "point",
	symbol: { icon: "站", radius: 5 },
	fields: [],
	measures: names.map((id) => measureOf(id)),
	limits: names.map((id) => limitOf(`${id}-high`, id)),
};
const gas: Kind = { ...storm, id: "gas", measures: [measureOf("methane")], primary: "methane" };
const system: System = {
	id: "storm",
	name: { zh: "风暴", en: "storm" },
	policy: ["W15"],
	order: 98,
	kinds: [storm, { ...gas, limits: [limitOf("methane-high", "methane")] }],
};

/** The n-th alarm's reading; every 200th is red. */
function readingOf(n: number, at: number): Reading {
	const value = n % (ALL / REDS) === 0 ? 45 : 15;
	return { asset: `s-${n % ASSETS}`, measure: `m${Math.floor(n / ASSETS)}`, at, value, quality: "good" };
}

test("T-35 of 10,000 alarms in ten seconds every one is stored and told once, in order, and a red is told with its own commit", {
	timeout: 60_000,
}, async ({ annotate }) => {
	const it = await startHeart({ systems: [system] });
	const { heart, clock } = it;
	const assets = Array.from({ length: ASSETS }, (_, i) => asset(`s-${i}`, { kind: "station" }));
	await heart.editor.putAssets(administrator, [...assets, asset("gas-1", { kind: "gas" })], "test");
	const heard: Transition[] = [];
	const mirror = new Mirror(connectLocal(coreHost(heart, new Screens(heart.alarms)), clock), clock);
	mirror.listen({ news: (transitions) => void heard.push(...transitions) });
	await mirror.whenReady();
	const began = performance.now();
	const committed: Promise<void>[] = [];
	let offeredBefore = 0;
	let redMs = 0;
	for (let second = 0; second < SECONDS; second++) {
		const at = NOW + second * 1_000;
		clock.advanceTo(at);
		const perSecond = ALL / SECONDS;
		for (let n = second * perSecond; n < (second + 1) * perSecond; n++) {
			committed.push(heart.pipeline.accept([readingOf(n, at)], `http/dev-${n % DEVICES}`).committed);
			if (n !== ALL / 2) continue;
			// Somewhere else, in the middle of it.
			offeredBefore = n + 1;
			const since = performance.now();
			const leak = { asset: "gas-1", measure: "methane", at, value: 50, quality: "good" } as const;
			const stored = heart.pipeline.accept([leak], "http/gas").committed;
			const timed = async (): Promise<void> => {
				await stored;
				redMs = performance.now() - since;
			};
			committed.push(timed());
		}
		// A turn of the loop, as between two packets of a network.
		await new Promise((done) => setImmediate(done));
	}
	await Promise.all(committed);
	const storedMs = performance.now() - began;
	await until("the follower heard all", () => heard.length === ALL + 1);
	const toldMs = performance.now() - began;
	await annotate(
		`red stored after ${redMs.toFixed(0)} ms; all stored ${storedMs.toFixed(0)}, told ${toldMs.toFixed(0)} ms`,
	);
	// The red overtakes nobody and waits for nobody who came after it.
	const place = heard.findIndex(({ alarm }) => alarm.asset === "gas-1");
	expect(place).toBe(offeredBefore);
	expect(heard[place]?.alarm).toMatchObject({ severity: 4, active: true, acknowledged: false });
	expect(faultsOfLog(heard)).toEqual([]);
	expect(faultsOfLives(heard)).toEqual([]);
	expect(new Set(heard.map(({ alarm }) => alarm.id)).size).toBe(ALL + 1);
	expect(heard.filter(({ alarm }) => alarm.severity === 4)).toHaveLength(REDS + 1);
	expect([mirror.alarmSeq, mirror.alarms.size]).toEqual([ALL + 1, ALL + 1]);
	const reader = openReader({ folder: it.folder });
	const log: Transition[] = [];
	while (log.length < ALL + 1) {
		const read = await reader.transitions(log.length, 5_000);
		if (read.length === 0) break;
		log.push(...read);
	}
	expect(log).toEqual(heard);
	const span = await reader.alarmSpan(NOW, NOW + 600_000, 100_000);
	const figures = figuresOf(span.before, span.steps, {
		from: NOW,
		to: NOW + 600_000,
		now: NOW + 600_000,
		operators: 1,
	});
	expect(figures).toMatchObject({ told: ALL + 1, mix: { counts: [ALL - REDS, 0, 0, REDS + 1] } });
	// The eleventh comes in the first second; ten minutes later it is still one flood.
	expect(figures.flood.spans).toMatchObject([{ from: NOW, to: NOW + 600_000, alarms: ALL + 1 }]);
	await reader.close();
	mirror.close();
	await it.close();
});
