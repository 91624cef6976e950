import fc from "fast-check";
import { expect, test } from "vitest";
import {
	burstHeat,
	isBelow,
	type Labelled,
	makeStorm,
	type Storm,
	StormMaker,
	stormKinds,
} from "../../test/support/storms.ts";
import { amount, patience } from "../../test/support/tier.ts";
import { Causes } from "./causes.ts";
import type { CauseWorld } from "./causes_ties.ts";

const STORMS = amount("LIAOWANG_CAUSE_STORMS", 50, 5_000);

function worldOf({ assets }: Pick<Storm, "assets">): CauseWorld {
	return { asset: (id) => assets.get(id) };
}

function grouped(storm: Storm): Causes {
	const causes = new Causes(worldOf(storm));
	for (const { alarm } of storm.alarms) causes.set(alarm);
	return causes;
}

/** What must hold of any grouping of any alarms. */
function check(causes: Causes, alarms: readonly Labelled[]): void {
	const causeOf = new Map(alarms.map(({ alarm, cause }) => [alarm.id, cause]));
	const listed = new Set<string>();
	for (const group of causes.groups()) {
		const labels = new Set(group.members.map(({ alarm }) => causeOf.get(alarm.id)));
		const grave = group.members.filter(({ alarm }) => alarm.severity >= 3);
		// No grave alarm stands in a group of another cause.
		for (const { alarm } of grave)
			expect([...labels], `${alarm.rule} in ${group.key}`).toEqual([causeOf.get(alarm.id)]);
		const reds = group.members.filter(({ alarm }) => alarm.severity === 4).map(({ alarm }) => alarm.id);
		expect(group.reds.map(({ id }) => id)).toEqual(reds);
		expect(group.members[0]?.alarm).toBe(group.root);
		for (const { alarm, why } of group.members) {
			expect(listed.has(alarm.id)).toBe(false);
			listed.add(alarm.id);
			expect(why.key === "first" ? why.of : causeOf.has(why.of ?? "")).toBe(why.key === "first" ? null : true);
			expect(causes.groupOf(alarm.id)).toBe(group);
		}
	}
	// Nothing is lost: what is in no group stands alone, as it was.
	for (const { alarm } of alarms) expect(listed.has(alarm.id)).toBe(causes.groupOf(alarm.id) !== null);
}

const rootFound = (storm: Storm, causes: Causes): boolean => {
	const [largest] = [...causes.groups()].sort((a, b) => b.members.length - a.members.length);
	return (largest?.root.asset ?? largest?.root.subject) === storm.root;
};

test(
	"M5: in labelled storms no grave alarm of another cause is in a foreign group, no red is hidden, every member has its reason",
	() => {
		fc.assert(
			fc.property(fc.constantFrom(...stormKinds), fc.integer({ min: 1, max: 1_000_000 }), (kind, seed) => {
				const storm = makeStorm(kind, seed);
				const causes = grouped(storm);
				check(causes, storm.alarms);
				// It is a story: most of the storm stands in one group.
				const sizes = causes.groups().map(({ members }) => members.length);
				const ofStorm = storm.alarms.filter(({ cause }) => cause === "storm").length;
				expect(Math.max(...sizes)).toBeGreaterThanOrEqual(0.7 * ofStorm);
			}),
			{ numRuns: STORMS, seed: 20_261_122 },
		);
	},
	patience(20_000),
);

test(
	"M5: the root is the first of its group in at least 90 % of labelled storms",
	() => {
		const found = Array.from({ length: STORMS }, (_, n) => {
			const storm = makeStorm(stormKinds[n % stormKinds.length] ?? "heat", 7_000 + n);
			return rootFound(storm, grouped(storm)) ? "" : `${storm.kind} ${7_000 + n}`;
		});
		const missed = found.filter((text) => text !== "");
		expect(STORMS - missed.length, missed.join(", ")).toBeGreaterThanOrEqual(0.9 * STORMS);
	},
	patience(20_000),
);

/** One burst, heard as 10,000 alarms of mains, stations and rooms in any order of their clocks. */
function bigBurst(): { storm: Storm; hole: string } {
	const make = new StormMaker(11);
	const mains = make.heatNet("big", 0, 0, 400, 10, 2);
	// The trunk's first branch: most of the net hangs below it.
	const hole = mains[1];
	if (hole === undefined) throw new Error("no main to burst");
	burstHeat(make, mains, hole, 15);
	const below = mains.filter((one) => isBelow(one, hole));
	const wanted = 10_000 - 1;
	for (const main of below)
		for (const station of main.stations) {
			if (make.alarms.length < wanted) make.alarm(station, "supply-low", 3, 1_800 + make.random.int(3_600));
			if (make.alarms.length < wanted) make.alarm(station, "pressure-fall", 3, 60 + make.random.int(60));
		}
	for (const main of below)
		for (const room of main.rooms)
			if (make.alarms.length < wanted) make.alarm(room, "room-cold", 4, 9_000 + make.random.int(30_000));
	for (let n = 0; make.alarms.length < wanted; n++) {
		const room = below[n % below.length]?.rooms[0];
		if (room !== undefined) make.alarm(room, `room-low-${n}`, 2, 9_000 + make.random.int(30_000));
	}
	const gas = make.asset("gas", "gasSpace", "gas", 50, 50);
	make.alarm(gas, "methane-danger", 4, 120, "gas");
	return { storm: make.finish("heat", hole.asset.id), hole: hole.asset.id };
}

test("M5: 10,000 alarms of one burst become at most five groups, at a cost of some looks each; the gas red stands alone", () => {
	const { storm, hole } = bigBurst();
	const causes = grouped(storm);
	expect(storm.alarms.length).toBe(10_000);
	const groups = causes.groups();
	expect(groups.length).toBeLessThanOrEqual(5);
	expect(groups.reduce((sum, { members }) => sum + members.length, 0)).toBe(9_999);
	expect(groups[0]?.root.asset).toBe(hole);
	expect(causes.groupOf(storm.alarms.find(({ cause }) => cause === "gas")?.alarm.id ?? "")).toBeNull();
	// Depth of the net, a few marks and looks each: it does not grow with the number of alarms that are open.
	expect(causes.work / 10_000).toBeLessThan(150);
});

test("M5: heard in another order, or as a list after a reconnect, the same alarms stand together", () => {
	const storm = makeStorm("heat", 5);
	const live = grouped(storm);
	const anew = new Causes(worldOf(storm));
	anew.replace(storm.alarms.map(({ alarm }) => alarm).reverse());
	const seen = (causes: Causes): string[][] =>
		causes.groups().map(({ root, members }) => [root.id, ...members.map(({ alarm }) => alarm.id).sort()]);
	expect(seen(anew)).toEqual(seen(live));
});

test("M5: an acknowledged member stays, a finished one leaves, and the group ends with the last", () => {
	const storm = makeStorm("site", 3);
	const causes = grouped(storm);
	const group = causes.groups().find(({ root }) => root.asset === storm.root);
	const ids = group?.members.map(({ alarm }) => alarm) ?? [];
	expect(ids.length).toBeGreaterThan(3);
	for (const alarm of ids) causes.set({ ...alarm, acknowledged: true });
	expect(causes.groupOf(ids[0]?.id ?? "")?.members.every(({ alarm }) => alarm.acknowledged)).toBe(true);
	const [first, ...rest] = ids;
	for (const alarm of rest) causes.set({ ...alarm, active: false, acknowledged: true });
	expect(causes.groupOf(first?.id ?? "")).toBeNull();
	check(
		causes,
		storm.alarms.filter(({ alarm }) => !rest.includes(alarm)),
	);
	if (first !== undefined) causes.set({ ...first, active: false, acknowledged: true });
	expect(causes.groups().some(({ key }) => key === group?.key)).toBe(false);
});

test("M5: what happens an hour later at the same site is another cause; a room under a main that burst is not", () => {
	const make = new StormMaker(1);
	const on = { site: "工地" };
	make.alarm(make.asset("pit", "pit", "construction", 0, 0, on), "rate-jump", 4, 0);
	make.alarm(make.asset("crane", "crane", "construction", 0, 0, on), "moment-level", 4, 3_700);
	// Nor does a battery have to do with the cover that it feeds.
	const cover = make.asset("cover", "manhole", "manhole", 0, 50_000);
	make.alarm(cover, "cover-open", 3, 0);
	make.alarm(cover, "battery-low", 1, 0);
	const mains = make.heatNet("n", 9_000, 0, 2, 1, 1);
	const [trunk] = mains;
	if (trunk === undefined) throw new Error("no main");
	make.alarm(trunk.asset, "pressure-fall", 3, 0);
	make.alarm(trunk.rooms[0] ?? trunk.asset, "room-cold", 4, 6 * 3_600);
	const causes = grouped(make.finish("site", "pit"));
	expect(causes.groups().map(({ kind, members }) => [kind, members.map(({ why }) => why.key)])).toEqual([
		["heat", ["first", "downstream"]],
	]);
});

test("M5: two silent devices are two devices; the third of a county within ten minutes is a cause; a gateway's alarm is its root", () => {
	const make = new StormMaker(1);
	for (let n = 0; n < 3; n++) make.alarm(make.asset(`d${n}`, "waterMain", "water", 3_000 * n, 0), "silent", 1, 100 * n);
	const causes = new Causes(worldOf(make));
	const counts = make.alarms.map(({ alarm }) => {
		causes.set(alarm);
		return causes.groups().length;
	});
	expect(counts).toEqual([0, 0, 1]);
	const lost = makeStorm("gateway", 4);
	expect(grouped(lost).groups()[0]).toMatchObject({ kind: "power", root: { subject: "device:mqtt/gateway-7" } });
});

test("M5: a crane that the wind takes to the next level stays the one that it reached first", () => {
	const make = new StormMaker(1);
	const cranes = [0, 1, 2].map((n) => make.asset(`k${n}`, "crane", "construction", 900 * n, 0));
	for (const [n, crane] of cranes.entries()) make.alarm(crane, "wind-level", 2, 10 * n);
	const causes = new Causes(worldOf(make));
	for (const { alarm } of make.alarms) causes.set(alarm);
	const [first] = make.alarms;
	if (first === undefined) throw new Error("no alarm");
	causes.set({ ...first.alarm, severity: 4, occurrence: 2, raisedAt: first.alarm.raisedAt + 90_000 });
	expect(causes.groups()[0]).toMatchObject({ root: { asset: "k0", severity: 4 }, reds: [{ asset: "k0" }] });
});

test("M5: what has come and gone leaves nothing behind", () => {
	const make = new StormMaker(2);
	const [trunk, branch] = make.heatNet("n", 0, 0, 2, 1, 1);
	if (trunk === undefined || branch === undefined) throw new Error("no mains");
	const causes = new Causes(worldOf(make));
	const marks: number[] = [];
	for (let day = 0; day < 2_000; day++) {
		make.alarms.length = 0;
		make.alarm(branch.asset, "pressure-fall", 3, 86_400 * day);
		make.alarm(branch.stations[0] ?? branch.asset, "supply-low", 2, 86_400 * day + 600);
		for (const { alarm } of make.alarms) causes.set(alarm);
		expect(causes.groups().length).toBe(1);
		for (const { alarm } of make.alarms) causes.set({ ...alarm, active: false, acknowledged: true });
		marks.push(causes.marks);
	}
	expect(Math.max(...marks)).toBeLessThan(400);
});
