import { afterEach, beforeEach, expect, test } from "vitest";
import { administrator, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { limitOf, NOW } from "../../test/support/systems.ts";

let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

async function later(ms: number, measure: string, value: number): Promise<void> {
	it.clock.advanceTo(it.clock.now() + ms);
	await it.send(measure, value);
}
const severity = (measure = "level"): number =>
	it.heart.latest.severity[it.heart.catalogue.row("probe-1", measure)] ?? -1;

test("A3 a limit inside its deadband changes nothing; beyond it the level falls", async () => {
	await it.send("level", 20);
	const seq = it.heart.recorder.lastSeq;
	await later(1000, "level", 19.001);
	expect([severity(), it.heart.recorder.lastSeq]).toEqual([2, seq]);
	await later(1000, "level", 19);
	expect(severity()).toBe(1);
	expect(it.alarm("level-high")).toMatchObject({ active: true, severity: 1, occurrence: 1 });
});

test("a rise of level is a new occurrence that asks for acknowledgement, a fall is not", async () => {
	await it.send("level", 12);
	await later(1000, "level", 45);
	expect(it.alarm("level-high")).toMatchObject({ occurrence: 2, severity: 4, value: 45, limit: 40 });
	await later(1000, "level", 25);
	expect(it.alarm("level-high")).toMatchObject({ occurrence: 2, severity: 2 });
});

test("an on-delay ends by its timer, not only by the next reading", async () => {
	await it.send("slow", 15);
	expect(it.alarm("slow-high")).toBeUndefined();
	it.clock.advanceTo(NOW + 29_000);
	expect(it.alarm("slow-high")).toBeUndefined();
	it.clock.advanceTo(NOW + 30_200);
	expect(it.alarm("slow-high")).toMatchObject({ active: true, severity: 3, value: 15 });
	expect(severity("slow")).toBe(3);
});

test("an on-delay is cut short by a good value inside the limit, not by a suspect one", async () => {
	await it.send("slow", 15);
	await later(10_000, "slow", 5);
	it.clock.advanceTo(NOW + 60_000);
	expect(it.alarm("slow-high")).toBeUndefined();
	await it.send("slow", 15);
	it.clock.advanceTo(NOW + 70_000);
	await it.send("slow", 5, { quality: "suspect" });
	it.clock.advanceTo(NOW + 91_000);
	expect(it.alarm("slow-high")?.active).toBe(true);
});

test("a clear needs its readings and its off-delay; time alone never clears", async () => {
	await it.send("slow", 15);
	await later(31_000, "slow", 15);
	await later(1000, "slow", 1);
	it.clock.advanceTo(NOW + 600_000);
	expect(it.alarm("slow-high")?.active).toBe(true);
	await it.send("slow", 1);
	expect(it.alarm("slow-high")?.active).toBe(false);
});

test("a pending on-delay goes on over a restart", async () => {
	await it.send("slow", 15);
	it.clock.advanceTo(NOW + 10_000);
	it = await it.restart();
	it.clock.advanceTo(NOW + 29_000);
	expect(it.alarm("slow-high")).toBeUndefined();
	it.clock.advanceTo(NOW + 31_000);
	expect(it.alarm("slow-high")).toMatchObject({ active: true });
});

test("open alarms, severity and the sequence go on where they stood", async () => {
	await it.send("level", 45);
	const before = it.alarm("level-high");
	it = await it.restart();
	expect(it.alarm("level-high")).toEqual(before);
	expect(severity()).toBe(4);
	await later(1000, "level", 1);
	expect(it.alarm("level-high")).toMatchObject({ id: before?.id, active: false, seq: (before?.seq ?? 0) + 1 });
});

test("a rule changed while it runs judges what stands now", async () => {
	await it.send("level", 8);
	const rule = limitOf("level-high", "level", { levels: [{ severity: 3, value: 5 }] });
	expect(await it.heart.editor.putRule(administrator, "probe", null, rule, false, "test")).toEqual({
		rule: "level-high",
	});
	expect(it.alarm("level-high")).toMatchObject({ severity: 3, limit: 5 });
	expect(await it.heart.editor.putRule(administrator, "probe", null, rule, true, "test")).toEqual({
		rule: "level-high",
	});
	expect(it.alarm("level-high")).toMatchObject({ active: false, why: "规则已停用 · rule removed" });
	expect(severity()).toBe(0);
});

test("an asset's own limit stands over its kind's and survives a restart", async () => {
	const own = limitOf("level-high", "level", { levels: [{ severity: 1, value: 100 }] });
	await it.heart.editor.putRule(administrator, "probe", "probe-1", own, false, "test");
	it = await it.restart();
	await it.send("level", 45);
	expect(it.alarm("level-high")).toBeUndefined();
	const taken = it.heart.pipeline.accept(
		[{ asset: "probe-2", measure: "level", at: NOW, value: 45, quality: "good" }],
		"http/test",
	);
	await taken.committed;
	expect(it.alarm("level-high")).toMatchObject({ asset: "probe-2", severity: 4 });
});

test("a night limit does not judge by day, and one that held ends by day with a good reading", async () => {
	const night = limitOf("level-high", "level", { hours: { from: "22:00", to: "06:00" } });
	await it.heart.editor.putRule(administrator, "probe", null, night, false, "test");
	// NOW is 08:00 in Shenyang.
	await it.send("level", 45);
	expect(it.alarm("level-high")).toBeUndefined();
	it.clock.advanceTo(NOW + 15 * 3_600_000);
	await it.send("level", 45);
	expect(it.alarm("level-high")?.active).toBe(true);
	it.clock.advanceTo(NOW + 24 * 3_600_000);
	await it.send("level", 46);
	expect(it.alarm("level-high")?.active).toBe(false);
});

async function fallRule(measure: string): Promise<void> {
	const levels = [{ severity: 3 as const, value: -5 }];
	const fall = limitOf("fall", measure, {
		type: "rate",
		direction: "below",
		levels,
		rateMs: 300_000,
	});
	await it.heart.editor.putRule(administrator, "probe", null, fall, false, "test");
}

test("A3 a wobble within a second is no fall in five minutes; a fall that lasts is", async () => {
	await fallRule("level");
	await it.send("level", 8);
	// 0.1 in a second would be 30 in five minutes.
	await later(1_000, "level", 7.9);
	await later(30_000, "level", 7.9);
	expect(it.alarm("fall")).toBeUndefined();
	// 1.1 in 61 s: 5.4 in five minutes.
	await later(30_000, "level", 6.9);
	expect(it.alarm("fall")).toMatchObject({ active: true, severity: 3 });
	expect(it.alarm("fall")?.value).toBeCloseTo((-1.1 / 61) * 300, 6);
});

test("A3 a fall over a restart is seen with the first reading after it", async () => {
	await fallRule("flow");
	await it.send("flow", 8);
	it = await it.restart();
	await later(90_000, "flow", 6);
	expect(it.alarm("fall")).toMatchObject({ active: true, severity: 3 });
});
