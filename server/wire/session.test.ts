// One screen's session over two queues: what is sent when, and what is not. Every interleaving is written out; nothing sleeps.
import { expect, test } from "vitest";
import type { AlarmEvent } from "#model/alarm.ts";
import type { Severity } from "#model/measure.ts";
import { GOT_TIMEOUT_MS, VIEW_CELLS } from "#model/protocol.ts";
import { Province, someAssets } from "../../test/support/province.ts";
import { WebSide } from "../../test/support/web_side.ts";
import { ManualClock } from "../clock.ts";

const NOW = 1_790_000_000_000;

interface Scene {
	readonly clock: ManualClock;
	readonly province: Province;
	readonly web: WebSide;
	/** Core's tick, delivered. */
	tick(): void;
	write(row: number, value: number, severity?: number): void;
}

function scene(): Scene {
	const clock = new ManualClock(NOW);
	const province = new Province({ clock, assets: someAssets(6) });
	const web = new WebSide(clock, () => province);
	web.link.attach(province);
	web.link.flush();
	return {
		clock,
		province,
		web,
		tick: () => {
			province.followers.tick();
			web.link.flush();
		},
		write: (row, value, severity = 0) => province.latest.write(row, value, clock.now(), 1, severity),
	};
}

const condition = (severity: Severity): AlarmEvent => ({
	type: "condition",
	severity,
	at: NOW,
	value: 1,
	limit: 1,
	clause: null,
	why: "test",
	unverified: false,
});

test("L5: a follow is answered by one delta at once, even an empty one", () => {
	const { web } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	expect(pair.page.deltas).toEqual([{ from: 0, to: 0, bytes: expect.any(Number) }]);
	pair.follow();
	pair.settle();
	expect(pair.page.deltas).toHaveLength(2);
});

test("W1: while a delta is under way nothing more is sent; then one delta holds all that was missed", () => {
	const { web, write, tick } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	write(0, 10);
	tick();
	expect(pair.down.filter(([event]) => event === "delta")).toHaveLength(1);
	for (let i = 0; i < 5; i++) {
		write(0, 20 + i);
		write(1, 30 + i);
		tick();
	}
	expect(pair.down.filter(([event]) => event === "delta")).toHaveLength(1);
	pair.settle();
	expect(pair.page.deltas).toHaveLength(3);
	expect([pair.page.latest.value[0], pair.page.latest.value[1]]).toEqual([24, 34]);
});

test("W1: a got for another revision does not free the lane", () => {
	const { web, write, tick } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	write(0, 1);
	tick();
	expect(pair.session.got(999)).toBe(false);
	write(0, 2);
	tick();
	expect(pair.down.filter(([event]) => event === "delta")).toHaveLength(1);
});

test("W2: a screen that does not answer for ten seconds is dead, one that answered is not", () => {
	const { web, write, tick, clock } = scene();
	const silent = web.join();
	silent.follow();
	silent.deliverUp();
	const quick = web.join();
	quick.follow();
	quick.settle();
	clock.advanceTo(NOW + GOT_TIMEOUT_MS - 1);
	expect([silent.session.isDead(), quick.session.isDead()]).toEqual([false, false]);
	clock.advanceTo(NOW + GOT_TIMEOUT_MS);
	expect([silent.session.isDead(), quick.session.isDead()]).toEqual([true, false]);
	write(0, 1);
	tick();
	quick.settle();
	expect(quick.session.isDead()).toBe(false);
});

test("W3: a cell is encoded once per tick and detail, whoever follows it, and equal views share one packet", () => {
	const { web, write, tick, province } = scene();
	const pairs = Array.from({ length: 20 }, () => web.join());
	for (const pair of pairs) {
		pair.follow();
		pair.settle();
	}
	const { encoded } = web.pace.slices;
	const { packed } = web.pace;
	write(0, 1);
	write(1, 2);
	write(province.catalogue.cells.cells[3]!.start, 3);
	tick();
	expect(web.pace.slices.encoded - encoded).toBe(2);
	expect(web.pace.packed - packed).toBe(1);
	for (const pair of pairs) pair.settle();
	expect(pairs.every(({ page }) => page.latest.value[0] === 1)).toBe(true);
});

test("a tick that touches nothing a screen follows sends it nothing, and it loses nothing", () => {
	const { web, write, tick, province } = scene();
	const pair = web.join({ user: "dalian", roles: ["duty"], scope: { districts: ["210200"], systems: null } });
	pair.follow();
	pair.settle();
	const own = province.catalogue.cells.cells.find(({ district }) => district === "210202")!;
	for (let i = 0; i < 3; i++) {
		write(0, i);
		tick();
	}
	expect(pair.down).toHaveLength(0);
	write(own.start, 77);
	tick();
	pair.settle();
	expect(pair.page.latest.value[own.start]).toBe(77);
	expect(pair.page.latest.cells.at(0)).toBeUndefined();
});

test("cells in view come with values, the rest of the scope as status, rows promote their cells", () => {
	const { web, write, tick, province } = scene();
	const [first, second, third] = province.catalogue.cells.cells;
	const pair = web.join();
	pair.follow({ cells: [first!.id], rows: [third!.start] });
	pair.settle();
	for (const cell of [first!, second!, third!]) write(cell.start, 55, 2);
	tick();
	pair.settle();
	const { latest } = pair.page;
	expect([first, second, third].map((cell) => latest.severity[cell!.start])).toEqual([2, 2, 2]);
	expect([first, second, third].map((cell) => latest.value[cell!.start])).toEqual([55, 0, 55]);
	write(second!.start, 56, 2);
	tick();
	expect(pair.down).toHaveLength(0);
});

test("a cell that enters the view is sent whole, at once", () => {
	const { web, write, tick, province } = scene();
	const cell = province.catalogue.cells.cells[1]!;
	const pair = web.join();
	pair.follow({ cells: [] });
	pair.settle();
	write(cell.start, 5);
	write(cell.start + 1, 6);
	tick();
	pair.settle();
	expect(pair.page.latest.value[cell.start]).toBe(0);
	pair.follow({ cells: [cell.id] });
	pair.settle();
	expect([pair.page.latest.value[cell.start], pair.page.latest.value[cell.start + 1]]).toEqual([5, 6]);
});

test("a view of more cells than allowed is told that it is thinned and gets status alone", () => {
	const { web } = scene();
	const pair = web.join();
	pair.follow({ cells: Array.from({ length: VIEW_CELLS + 1 }, (_, i) => i) });
	pair.settle();
	expect(pair.page.notices).toEqual([
		{ type: "thinned", what: "values", detail: expect.stringContaining(`${VIEW_CELLS}`) },
	]);
	expect(pair.session.position.view!.detail.every((detail) => detail < 2)).toBe(true);
});

test("L4 L6: a reconnect goes on from its cursor; a cursor of another epoch or of the future starts from 0", () => {
	const { web, write, tick } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	write(0, 1, 1);
	tick();
	pair.settle();
	const again = web.join(undefined, pair.page);
	again.follow();
	again.settle();
	expect(again.page.deltas.at(-1)).toMatchObject({ from: 1, to: 1 });
	for (const cursor of [
		{ epoch: 6, revision: 1 },
		{ epoch: 7, revision: 2 },
	]) {
		const stranger = web.join();
		stranger.follow({ cursor });
		stranger.settle();
		expect(stranger.page.deltas).toMatchObject([{ from: 0, to: 1 }]);
	}
});

test("a restart of web voids no cursor", () => {
	const { web, write, tick, province, clock } = scene();
	const pair = web.join();
	pair.follow({ cells: [] });
	pair.settle();
	write(0, 9, 3);
	tick();
	pair.settle();
	web.close();
	const next = new WebSide(clock, () => province);
	next.link.attach(province);
	next.link.flush();
	write(4, 9, 2);
	province.followers.tick();
	next.link.flush();
	const again = next.join(undefined, pair.page);
	again.follow();
	again.settle();
	expect(again.page.deltas.at(-1)).toMatchObject({ from: 1, to: 2 });
	expect([again.page.latest.severity[0], again.page.latest.severity[4]]).toEqual([3, 2]);
});

test("a row that was emptied while web was away is empty on a page that comes back with its cursor", () => {
	const { web, write, tick, province, clock } = scene();
	const { firstRow } = province.catalogue.assets.get("gauge-210102-1")!;
	const pair = web.join();
	pair.follow({ cells: [] });
	pair.settle();
	write(firstRow, 9, 3);
	tick();
	pair.settle();
	expect(pair.page.latest.severity[firstRow]).toBe(3);
	web.close();
	province.remove("gauge-210102-1");
	const next = new WebSide(clock, () => province);
	next.link.attach(province);
	next.link.flush();
	const again = next.join(undefined, pair.page);
	again.follow();
	again.settle();
	expect([again.page.latest.severity[firstRow], again.page.latest.quality[firstRow]]).toEqual([0, 0]);
});

test("L3: a restart of core says hello anew, empties the table and tells the list", () => {
	const { web, write, tick, clock } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	write(0, 9, 3);
	tick();
	pair.settle();
	web.link.cut();
	pair.settle();
	expect(pair.page.notices.at(-1)).toMatchObject({ type: "link", core: "lost" });
	web.link.attach(new Province({ clock, epoch: 8, assets: someAssets(6) }));
	web.link.flush();
	pair.settle();
	expect(pair.page.hellos.map(({ epoch }) => epoch)).toEqual([7, 8]);
	expect(pair.page.cursor).toEqual({ epoch: 8, revision: 0 });
	expect(pair.page.latest.quality[0]).toBe(0);
	expect(pair.page.lists).toBe(2);
	expect(pair.page.notices.at(-1)).toMatchObject({ type: "link", core: "live" });
});

test("a screen that comes before core is greeted and served when core is there", () => {
	const clock = new ManualClock(NOW);
	const province = new Province({ clock, assets: someAssets(6) });
	const web = new WebSide(clock, () => province);
	const pair = web.join();
	pair.follow();
	pair.settle();
	expect(pair.page.hellos).toHaveLength(0);
	expect(pair.page.notices).toMatchObject([{ type: "link", core: "lost" }]);
	web.link.attach(province);
	web.link.flush();
	pair.settle();
	expect(pair.page.hellos).toHaveLength(1);
	expect(pair.page.deltas).toHaveLength(1);
	expect(pair.page.lists).toBe(1);
});

test("A2: alarms go out at once and each, with the seq before it in this scope", () => {
	const { web, province } = scene();
	const pair = web.join({ user: "dalian", roles: ["duty"], scope: { districts: ["210200"], systems: null } });
	pair.follow();
	pair.settle();
	for (const asset of ["gauge-210102-1", "gauge-210202-1", "gauge-210102-3", "gauge-210203-1"]) {
		province.alarm(asset, condition(3));
	}
	province.alarm("gauge-210202-1", condition(4));
	web.link.flush();
	pair.settle();
	expect(pair.page.news.map(({ seq, prev, kind }) => [seq, prev, kind])).toEqual([
		[2, 0, "raised"],
		[4, 2, "raised"],
		[5, 4, "rose"],
	]);
	pair.session.beat();
	pair.settle();
	expect(pair.page.beats.at(-1)).toEqual({ now: NOW, revision: 0, alarmSeq: 5 });
});

test("A2: after a reconnect what was missed is replayed, with what came meanwhile behind it and nothing twice", async () => {
	const { web, province } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	province.alarm("gauge-210102-1", condition(2));
	web.link.flush();
	pair.settle();
	web.leave(pair);
	for (let i = 1; i <= 4; i++) province.alarm("gauge-210102-1", condition(i % 2 === 0 ? 2 : 3));
	const again = web.join(undefined, pair.page);
	again.follow();
	again.deliverUp();
	// The log holds it already, and core tells it while the log is being read.
	web.link.flush();
	await new Promise((resolve) => setImmediate(resolve));
	again.settle();
	expect(again.page.news.map(({ seq, prev }) => [seq, prev])).toEqual([
		[1, 0],
		[2, 1],
		[3, 2],
		[4, 3],
		[5, 4],
	]);
	expect(again.page.gaps).toBe(0);
	expect(again.page.lists).toBe(1);
});

test("an alarm seq of the future, or one too long ago, is answered with the list", () => {
	const { web, province } = scene();
	for (let i = 0; i < 2_100; i++) province.alarm("gauge-210102-1", condition(i % 2 === 0 ? 3 : 2));
	web.link.flush();
	for (const alarmSeq of [2_101, 5]) {
		const pair = web.join();
		pair.follow({ alarmSeq, cursor: { epoch: 7, revision: 0 } });
		pair.settle();
		expect(pair.page.lists).toBe(1);
		expect(pair.page.lastSeq).toBe(2_100);
	}
});

test("A6: what could not be recorded is shown at once, without a number, and again when it has one", () => {
	const { web, province } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	province.alarm("gauge-210102-1", condition(4), false);
	web.link.flush();
	pair.settle();
	expect(pair.page.news.at(-1)).toMatchObject({ seq: null, kind: "raised" });
	expect(pair.page.alarms.get("alarm-gauge-210102-1")?.severity).toBe(4);
	expect(pair.page.lastSeq).toBe(0);
});

test("a screen that takes no packets is not buried in alarms, and is caught up from the log", async () => {
	const { web, province } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	pair.waiting = 300;
	for (let i = 0; i < 50; i++) province.alarm("gauge-210102-1", condition(i % 2 === 0 ? 3 : 2));
	web.link.flush();
	expect(pair.down).toHaveLength(0);
	expect(pair.session.lane.alarmSeq).toBe(0);
	pair.waiting = 0;
	pair.session.lane.resume();
	await new Promise((resolve) => setImmediate(resolve));
	pair.settle();
	expect(pair.page.news).toHaveLength(50);
	expect(pair.page.gaps).toBe(0);
});

test("T-35 a red that rises while a screen is behind goes ahead of its place, and is told in it later", async () => {
	const { web, province } = scene();
	const pair = web.join();
	pair.follow();
	pair.settle();
	pair.waiting = 300;
	for (let i = 0; i < 20; i++) province.alarm("gauge-210102-1", condition(i % 2 === 0 ? 3 : 2));
	province.alarm("gauge-210102-3", condition(4));
	web.link.flush();
	expect(pair.down.map(([event]) => event)).toEqual(["urgent"]);
	pair.settle();
	expect(pair.page.urgents).toMatchObject([{ kind: "raised", alarm: { severity: 4 } }]);
	// Nothing is without bound: a screen that takes nothing at all is sent no more.
	pair.waiting = 400;
	province.alarm("gauge-210102-5", condition(4));
	web.link.flush();
	expect(pair.down).toHaveLength(0);
	pair.waiting = 0;
	pair.session.lane.resume();
	await new Promise((resolve) => setImmediate(resolve));
	pair.settle();
	expect(pair.page.news).toHaveLength(22);
	expect(pair.page.gaps).toBe(0);
});

test("form json carries the same rows in units", () => {
	const { web, write, tick } = scene();
	const pair = web.join();
	pair.follow({ form: "json" });
	pair.settle();
	write(0, 12_345, 2);
	tick();
	pair.settle();
	expect(pair.page.jsons.at(-1)).toEqual({
		epoch: 7,
		from: 0,
		to: 1,
		rows: [0],
		value: [123.45],
		at: [NOW],
		quality: ["good"],
		severity: [2],
		whole: [],
	});
});

test("another scope on the same connection replaces table and list", () => {
	const { web, province, write, tick } = scene();
	province.alarm("gauge-210102-1", condition(3));
	web.link.flush();
	const pair = web.join();
	pair.follow();
	pair.settle();
	write(0, 5, 1);
	tick();
	pair.settle();
	pair.follow({ scope: { districts: ["210202"], systems: null } });
	pair.settle();
	expect(pair.page.latest.quality[0]).toBe(0);
	expect(pair.page.deltas.at(-1)).toMatchObject({ from: 0 });
	expect([...pair.page.alarms.keys()]).toEqual([]);
});
