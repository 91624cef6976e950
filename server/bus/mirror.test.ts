// Web's copy of core: what it holds, when the link counts as lost, and that a broken order is noticed.
import { expect, test } from "vitest";
import { Province, someAssets } from "../../test/support/province.ts";
import { TestLink } from "../../test/support/test_link.ts";
import { ManualClock } from "../clock.ts";
import { Mirror, SILENCE_MS } from "./mirror.ts";

const NOW = 1_790_000_000_000;
const raise = {
	type: "condition",
	severity: 3,
	at: NOW,
	value: 1,
	limit: 1,
	clause: null,
	why: "t",
	unverified: false,
} as const;

function scene() {
	const clock = new ManualClock(NOW);
	const province = new Province({ clock, assets: someAssets(4) });
	const link = new TestLink(() => clock.now());
	const mirror = new Mirror(link, clock);
	const links: string[] = [];
	mirror.listen({ link: (state) => links.push(state) });
	return { clock, province, link, mirror, links };
}

test("it is ready when table, catalogue and alarms are there, and takes core's epoch and revisions", async () => {
	const { province, link, mirror } = scene();
	province.latest.write(0, 5, NOW, 1, 2);
	link.attach(province);
	expect(mirror.ready).toBe(false);
	link.flush();
	await mirror.whenReady();
	expect([mirror.latest.epoch, mirror.latest.revision, mirror.latest.value[0]]).toEqual([7, 1, 5]);
	expect(mirror.catalogue.rowOf(0)).toMatchObject({ measureId: "pressure", asset: { record: { district: "210102" } } });
	expect(mirror.catalogue.rowOf(2)).toMatchObject({ measureId: "state", measure: null });
});

test("a core that is silent counts as lost although its socket stands, and as live with its next word", () => {
	const { clock, province, link, mirror, links } = scene();
	link.attach(province);
	link.flush();
	clock.advanceTo(NOW + SILENCE_MS - 1);
	expect(mirror.link).toBe("live");
	clock.advanceTo(NOW + SILENCE_MS);
	expect([mirror.link, mirror.linkSince]).toEqual(["lost", NOW + SILENCE_MS]);
	province.followers.state();
	link.flush();
	expect(links).toEqual(["live", "lost", "live"]);
});

test("a link that was made again is live only when the table is here again", () => {
	const { province, link, mirror, links } = scene();
	link.attach(province);
	link.flush();
	link.cut();
	expect(mirror.link).toBe("lost");
	expect(mirror.ready).toBe(true);
	link.attach(province);
	expect(mirror.link).toBe("lost");
	link.flush();
	expect(links).toEqual(["live", "lost", "live"]);
});

test("A2: a gap in the log is noticed, what the opening list held already is not told twice", () => {
	const { province, link, mirror } = scene();
	link.attach(province);
	link.flush();
	province.alarm("gauge-210102-1", raise);
	link.flush();
	expect([mirror.alarmSeq, mirror.alarms.size]).toEqual([1, 1]);
	province.followers.news([province.log[0]!]);
	link.flush();
	expect(mirror.alarmSeq).toBe(1);
	province.followers.news([{ ...province.log[0]!, seq: 3 }]);
	expect(() => link.flush()).toThrow("transition 3 came after 1");
});

test("A6: it knows of alarms that the log does not hold, finished ones too", () => {
	const { province, link, mirror } = scene();
	link.attach(province);
	link.flush();
	province.alarm("gauge-210102-1", raise, false);
	link.flush();
	expect([mirror.hasUnrecorded, mirror.alarms.size]).toEqual([true, 1]);
	province.alarm("gauge-210102-1", { type: "acknowledge", occurrence: 1, by: "u", at: NOW }, false);
	province.alarm("gauge-210102-1", { ...raise, severity: 0 }, false);
	link.flush();
	expect([mirror.hasUnrecorded, mirror.alarms.size]).toEqual([true, 0]);
	province.alarm("gauge-210102-1", raise);
	link.flush();
	expect(mirror.hasUnrecorded).toBe(false);
});

test("what changed in the catalogue since a revision, and what was removed", () => {
	const { province, link, mirror } = scene();
	link.attach(province);
	link.flush();
	const before = mirror.catalogue.revision;
	province.add({ ...someAssets(2)[1]!, id: "new-gauge" });
	province.remove("gauge-210103-1");
	link.flush();
	expect(mirror.catalogue.since(before)).toMatchObject({
		assets: [{ record: { id: "new-gauge" } }],
		removed: ["gauge-210103-1"],
	});
	expect(mirror.catalogue.since(before - 1)).toBeNull();
	expect(mirror.catalogue.since(before + 99)).toBeNull();
	expect(mirror.catalogue.assets.has("gauge-210103-1")).toBe(false);
});
