import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { makeStorm, type Storm } from "../../test/support/storms.ts";
import { AlarmBook } from "./alarms.ts";
import type { PageAsset } from "./catalogue.ts";
import { PageCauses } from "./causes.ts";
import { Change } from "./change.ts";

const whole = (alarm: Storm["alarms"][number]["alarm"]): Alarm => ({
	clearedAt: null,
	value: null,
	limit: null,
	clause: null,
	why: "",
	unverified: false,
	acknowledgedBy: null,
	acknowledgedAt: null,
	assignedTo: null,
	shelvedUntil: null,
	shelvedBy: null,
	unit: "",
	seq: null,
	...alarm,
});

function page(storm: Storm) {
	let known: Storm["assets"] = storm.assets;
	const change = new Change();
	const catalogue = {
		change,
		find: (id: string): PageAsset | undefined => {
			const asset = known.get(id);
			return asset === undefined ? undefined : ({ record: asset, system: asset.system } as unknown as PageAsset);
		},
	};
	const book = new AlarmBook();
	return {
		book,
		causes: new PageCauses(book, catalogue),
		know: (assets: Storm["assets"]) => {
			known = assets;
			change.bump();
		},
	};
}

const hear = (book: AlarmBook, alarm: Alarm, seq: number): unknown =>
	book.hear({ seq, prev: seq - 1, kind: "raised", at: alarm.raisedAt, by: null, note: null, commandId: null, alarm });

test("M5: groups follow the book event by event and tell when they changed", () => {
	const storm = makeStorm("heat", 21);
	const { book, causes } = page(storm);
	book.replace({ seq: 0, alarms: [] });
	const before = causes.change.version;
	for (const [i, { alarm }] of storm.alarms.entries()) hear(book, whole(alarm), i + 1);
	const [group] = causes.groups;
	expect(group?.root.asset).toBe(storm.root);
	expect(causes.change.version).toBeGreaterThan(before);
	expect(causes.groupFor(group?.key ?? "", null)).toBe(group);
	expect(causes.groupFor(null, group?.root.id ?? "")).toBe(group);
	expect(causes.groupFor("heat:unknown", null)).toBeNull();
	// A comment changes no group but is a change of its member.
	const member = whole(storm.alarms.find(({ alarm }) => alarm.id === group?.root.id)?.alarm as Alarm);
	hear(book, { ...member, acknowledged: true }, storm.alarms.length + 1);
	expect(causes.groups[0]?.root.acknowledged).toBe(true);
});

test("M5: alarms that came before the catalogue are grouped once it is there", () => {
	const storm = makeStorm("water", 8);
	const { book, causes, know } = page(storm);
	know(new Map());
	book.replace({ seq: 9, alarms: storm.alarms.map(({ alarm }) => whole(alarm)) });
	expect(causes.groups).toEqual([]);
	know(storm.assets);
	expect(causes.groups[0]?.root.asset).toBe(storm.root);
	book.forget();
	expect(causes.groups).toEqual([]);
});

test("M5: 10,000 alarms one by one cost some looks each", () => {
	const storms = Array.from({ length: 120 }, (_, n) => makeStorm("heat", 900 + n));
	const assets = new Map(
		storms.flatMap((storm, n) => [...storm.assets].map(([id, asset]) => [`${n}-${id}`, moved(asset, n)] as const)),
	);
	const { book, causes } = page({ ...(storms[0] as Storm), assets });
	book.replace({ seq: 0, alarms: [] });
	let seq = 0;
	for (const [n, storm] of storms.entries())
		for (const { alarm } of storm.alarms) {
			if (seq === 10_000) break;
			seq += 1;
			const asset = alarm.asset === null ? null : `${n}-${alarm.asset}`;
			hear(book, whole({ ...alarm, id: `a${seq}`, asset, raisedAt: alarm.raisedAt + n * 1_000 }), seq);
		}
	expect(seq).toBe(10_000);
	expect(book.open.length).toBe(10_000);
	expect(causes.work / seq).toBeLessThan(150);
});

/** The same net in another county, its own. */
function moved(asset: NonNullable<ReturnType<Storm["assets"]["get"]>>, n: number): typeof asset {
	const fields = Object.fromEntries(Object.entries(asset.fields ?? {}).map(([key, value]) => [key, `${n}-${value}`]));
	return { ...asset, id: `${n}-${asset.id}`, fields, lon: asset.lon + n / 10, site: `${n} ${asset.site ?? ""}` };
}
