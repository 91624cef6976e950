// Core and a page make the same groups of the same storm, a lost gateway among it: live, after a reload of the page, and after a restart
// of core. The page is told of no device's address that is not the alarm's own subject.
import { expect, test } from "vitest";
import type { AssetRecord } from "#model/catalogue.ts";
import type { CauseGroup } from "#model/causes_group.ts";
import { channelSubject } from "#model/subject.ts";
import { AlarmBook } from "../../client/live/alarms.ts";
import type { PageAsset } from "../../client/live/catalogue.ts";
import { PageCauses } from "../../client/live/causes.ts";
import { Change } from "../../client/live/change.ts";
import { CauseWatch } from "../../server/live/causes.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { administrator, startHeart, type TestHeart } from "../support/heart.ts";
import { until } from "../support/until.ts";

const here = { lon: 123.4, lat: 41.8, kind: "heatStation" };
/** Each in a county of its own: nothing but the gateway ties them. */
const behind = ["210102", "210103", "210104", "210105"].map((district, n): AssetRecord => {
	return { ...here, id: `far${n}`, name: `${n} 号站`, district, lon: 123 + n };
});
const net: readonly AssetRecord[] = [
	...behind,
	{ ...here, id: "aside", name: "旁站", district: "210106", lon: 124.5 },
	{ ...here, id: "src", name: "一热源", kind: "heatSource", district: "210112" },
	{ ...here, id: "m1", name: "一号干线", kind: "heatMain", district: "210112", fields: { upstream: "src" } },
	{ ...here, id: "m2", name: "二号干线", kind: "heatMain", district: "210112", fields: { upstream: "m1" } },
];
const GATEWAY = "mqtt/gateway-7";
const ALONE = "http/210102A0000000000000D009";

function catalogueOf({ heart }: TestHeart) {
	const find = (id: string): PageAsset | undefined => {
		const asset = heart.catalogue.assets.get(id);
		return asset === undefined ? undefined : ({ record: asset.record, system: asset.system } as PageAsset);
	};
	return { change: new Change(), find };
}

/** A page that is there from the first alarm on, told over the lane. */
function livePage(it: TestHeart, told: string[]): PageCauses {
	const { heart } = it;
	const book = new AlarmBook();
	book.replace({ seq: heart.recorder.lastSeq, alarms: heart.alarms.open() });
	let prev = heart.recorder.lastSeq;
	heart.hearers.add((transitions) => {
		for (const one of transitions) {
			if (one.alarm.asset !== null) told.push(JSON.stringify(one));
			book.hear({ ...one, prev });
			prev = one.seq ?? prev;
		}
	});
	return new PageCauses(book, catalogueOf(it));
}

function watchOf({ heart }: TestHeart): CauseWatch {
	return new CauseWatch({ ...heart, placeName: () => "沈阳市", warn: (text) => expect(text).toBe("") });
}

function set({ heart, clock }: TestHeart, subject: string, rule: string, severity: 1 | 3): void {
	const facts = { severity, at: clock.now(), value: 1, limit: 1, clause: null, why: "", unverified: false };
	heart.alarms.set(subject, rule, facts);
}

const membersOf = (groups: readonly CauseGroup[]) =>
	groups.map(({ kind, root, members }) => [kind, root.id, members.map(({ alarm }) => alarm.id).sort()]);
const wholeOf = (groups: readonly CauseGroup[]) =>
	groups.map(({ key, members }) => [key, members.map(({ alarm, why }) => [alarm.id, why])]);

test("M5 core and page make the same groups of one storm with a lost gateway, live, after a reload and after a restart; no address is told", async () => {
	let it = await startHeart({ systems: await loadSystems() });
	try {
		await it.heart.editor.putAssets(administrator, net, "test");
		const watch = watchOf(it);
		const told: string[] = [];
		const page = livePage(it, told);
		const spoke = (asset: string) => {
			return { asset, measure: "supplyTemp", at: it.clock.now(), value: 50, quality: "good" } as const;
		};
		await it.heart.pipeline.accept(
			behind.map(({ id }) => spoke(id)),
			GATEWAY,
		).committed;
		await it.heart.pipeline.accept([spoke("aside")], ALONE).committed;
		for (const id of [...behind.map((one) => one.id), "aside"]) set(it, channelSubject(id, "supplyTemp"), "silent", 1);
		set(it, `device:${GATEWAY}`, "gateway-silent", 3);
		for (const id of ["m1", "m2"]) set(it, channelSubject(id, "pressureMean"), "pressure-fall", 3);
		await until("the alarms are stored", () => !it.heart.recorder.isBusy);
		const groups = watch.causes.groups();
		const lost = groups.find(({ kind }) => kind === "power");
		expect(lost?.root.subject).toBe(`device:${GATEWAY}`);
		expect(lost?.members.map(({ alarm }) => alarm.asset)).toEqual([null, ...behind.map(({ id }) => id)]);
		expect(groups.map(({ kind }) => kind).sort()).toEqual(["heat", "power"]);
		expect(wholeOf(page.groups)).toEqual(wholeOf(groups));
		// A page that comes now is given the open list at once.
		const late = new AlarmBook();
		late.replace({ seq: it.heart.recorder.lastSeq, alarms: it.heart.alarms.open() });
		expect(membersOf(new PageCauses(late, catalogueOf(it)).groups)).toEqual(membersOf(groups));
		expect(told.length).toBe(7);
		for (const text of told) expect(text).not.toMatch(/gateway-7|D009/);
		await watch.stop();
		// Nothing has spoken since: what an alarm hangs on is stored with it, and the name is the same in the next life.
		it = await it.restart();
		const again = watchOf(it);
		expect(membersOf(again.causes.groups())).toEqual(membersOf(groups));
		await it.heart.pipeline.accept([spoke("aside")], GATEWAY).committed;
		const before = it.heart.alarms.open().find(({ asset }) => asset === "far0");
		set(it, channelSubject("aside", "returnTemp"), "silent", 1);
		await until("the alarm is stored", () => !it.heart.recorder.isBusy);
		const fresh = it.heart.alarms.open().find(({ subject }) => subject === channelSubject("aside", "returnTemp"));
		expect(fresh?.behind).toBe(before?.behind);
		expect(before?.behind).toMatch(/^mqtt\/[0-9a-f]{16}$/);
		await again.stop();
	} finally {
		await it.close();
	}
});
