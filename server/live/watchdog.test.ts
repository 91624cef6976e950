import { afterEach, beforeEach, expect, test } from "vitest";
import { Quality } from "#model/measure.ts";
import { administrator, asset, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";

let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

const quality = (measure: string): number => it.heart.latest.quality[it.heart.catalogue.row("probe-1", measure)] ?? -1;
const rules = (): string[] =>
	it.heart.alarms.open().flatMap((alarm) => (alarm.active ? [`${alarm.rule} ${alarm.subject}`] : []));

async function keepTalking(to: number): Promise<void> {
	for (let now = it.clock.now(); now < to; now += 30_000) {
		it.clock.advanceTo(now);
		const taken = it.heart.pipeline.accept(
			[{ asset: "probe-2", measure: "level", at: now, value: 1, quality: "good" }],
			"http/other",
		);
		await taken.committed;
	}
	it.clock.advanceTo(to);
}

test("Q1 a periodic channel is stale after its silence; value and time are kept", async () => {
	await it.send("level", 5);
	it.clock.advanceTo(NOW + 60_000);
	expect(quality("level")).toBe(Quality.good);
	it.clock.advanceTo(NOW + 61_100);
	const row = it.heart.catalogue.row("probe-1", "level");
	expect([quality("level"), it.heart.latest.value[row], it.heart.latest.at[row]]).toEqual([Quality.stale, 5000, NOW]);
});

test("Q2 an event channel never goes stale", async () => {
	await it.send("open", 0);
	it.clock.jumpTo(NOW + 30 * 24 * 3_600_000);
	expect(quality("open")).toBe(Quality.good);
});

test("silence never clears a condition", async () => {
	await it.send("level", 45);
	await keepTalking(NOW + 3_600_000);
	expect(it.alarm("level-high")).toMatchObject({ active: true, severity: 4 });
	expect(quality("level")).toBe(Quality.stale);
});

test("a silence limit raises once and ends with the next reading", async () => {
	await it.send("level", 5);
	await keepTalking(NOW + 125_000);
	expect(rules()).toEqual(["silent channel:probe-1/level"]);
	await it.send("level", 5);
	expect(rules()).toEqual([]);
	expect(it.heart.latest.severity[it.heart.catalogue.row("probe-1", "level")]).toBe(0);
});

test("T-46 a silent door is one alarm, not one for each channel", async () => {
	await it.send("level", 5);
	const taken = it.heart.pipeline.accept(
		[{ asset: "probe-2", measure: "level", at: NOW, value: 1, quality: "good" }],
		"http/other",
	);
	await taken.committed;
	it.clock.advanceTo(NOW + 600_000);
	expect(rules()).toEqual(["door-silent door:http"]);
	await it.send("level", 5);
	it.clock.advanceTo(it.clock.now() + 1100);
	expect(rules()).toEqual(["silent channel:probe-2/level"]);
});

test("a silent gateway is one alarm", async () => {
	await it.heart.editor.putAssets(
		administrator,
		["a", "b", "c", "d"].map((id) => asset(id)),
		"test",
	);
	const readings = ["a", "b", "c", "d"].map((id) => ({
		asset: id,
		measure: "level",
		at: NOW,
		value: 1,
		quality: "good" as const,
	}));
	await it.heart.pipeline.accept(readings, "mqtt/gateway").committed;
	await it.heart.pipeline.accept(
		[{ asset: "probe-1", measure: "open", at: NOW, value: 0, quality: "good" }],
		"mqtt/single",
	).committed;
	for (let now = NOW; now < NOW + 300_000; now += 30_000) {
		it.clock.advanceTo(now);
		await it.heart.pipeline.accept(
			[{ asset: "probe-1", measure: "open", at: now, value: 0, quality: "good" }],
			"mqtt/single",
		).committed;
	}
	expect(rules()).toEqual(["gateway-silent device:mqtt/gateway"]);
});

test("after a restart silence counts from the opening of the doors", async () => {
	await it.send("level", 5);
	it.clock.advanceTo(NOW + 30_000);
	it = await it.restart();
	it.clock.advanceTo(NOW + 3_600_000);
	expect(rules()).toEqual(["silent channel:probe-1/level"]);
	expect(it.heart.alarms.open()[0]?.raisedAt).toBeGreaterThanOrEqual(NOW + 30_000 + 120_000);
});

test("a quiet asset raises nothing by silence", async () => {
	await it.heart.editor.putAssets(administrator, [asset("probe-1", { quiet: true })], "test");
	await it.send("level", 5);
	await keepTalking(NOW + 600_000);
	expect(rules()).toEqual([]);
});
