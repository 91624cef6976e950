import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Quality } from "#model/measure.ts";
import { startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";

let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

const row = (measure = "level"): number => it.heart.catalogue.row("probe-1", measure);
const at = (measure = "level") => it.heart.latest.at[row(measure)];
const value = (measure = "level") => it.heart.latest.value[row(measure)]! / 1000;
const quality = (measure = "level") => it.heart.latest.quality[row(measure)];
async function stored(measure = "level"): Promise<[number, number, number][]> {
	const channel = it.heart.catalogue.channels[row(measure)]!.id;
	const block = await it.heart.store.readings(Uint32Array.of(channel), 0);
	return [...block.at].map((time, i) => [time, block.count[i]! / 1000, block.quality[i]!]);
}

describe("what enters", () => {
	test("J1 a reading is in the table at once and on the disk when it is answered", async () => {
		await it.send("level", 5.125);
		expect([at(), value(), quality()]).toEqual([NOW, 5.125, Quality.good]);
		expect(await stored()).toEqual([[NOW, 5.125, Quality.good]]);
	});

	test("a repeat counts as accepted and changes nothing", async () => {
		await it.send("level", 5);
		const { revision } = it.heart.latest;
		await it.send("level", 5);
		expect(it.heart.latest.revision).toBe(revision);
		expect(await stored()).toHaveLength(1);
	});

	test("J2 a batch that is sent again after a lost answer raises nothing that it has cleared itself", async () => {
		const reading = { asset: "probe-1", measure: "level", quality: "good" as const };
		const batch = [
			{ ...reading, at: NOW - 2000, value: 45 },
			{ ...reading, at: NOW - 1000, value: 1 },
		];
		await it.heart.pipeline.accept(batch, "http/test").committed;
		expect([it.alarm("level-high")?.active, it.heart.recorder.lastSeq]).toEqual([false, 2]);
		await it.heart.pipeline.accept(batch, "http/test").committed;
		// Twice at once, before the first of them is stored.
		const again = [...batch, ...batch].map((one) => ({ ...one, at: one.at + 2000 }));
		await Promise.all([again, again].map((twice) => it.heart.pipeline.accept(twice, "http/test").committed));
		expect(it.alarm("level-high")?.active).toBe(false);
		expect(it.heart.recorder.lastSeq).toBe(4);
		it = await it.restart();
		await it.heart.pipeline.accept(batch, "http/test").committed;
		expect([it.alarm("level-high")?.active, it.heart.recorder.lastSeq]).toEqual([false, 4]);
		expect(await stored()).toHaveLength(4);
	});

	test("an unknown asset or measure, or a computed one, is refused by name", () => {
		const reading = { asset: "nobody", measure: "level", at: NOW, value: 1, quality: "good" as const };
		const taken = it.heart.pipeline.accept(
			[
				reading,
				{ ...reading, asset: "probe-1", measure: "nothing" },
				{ ...reading, asset: "probe-1", measure: "mean5" },
			],
			"http/test",
		);
		expect(taken.accepted).toBe(0);
		expect(taken.rejected.map((one) => [one.index, one.problem.problem])).toEqual([
			[0, "unknown-asset"],
			[1, "unknown-measure"],
			[2, "derived-measure"],
		]);
	});

	test("no value is stored as no value, never as zero, and clears nothing", async () => {
		await it.send("level", 25);
		it.clock.advanceTo(NOW + 1000);
		await it.send("level", null, { quality: "bad" });
		expect([Number.isNaN(value()), quality()]).toEqual([true, Quality.bad]);
		expect(it.alarm("level-high")?.active).toBe(true);
		expect(it.heart.latest.severity[row()]).toBe(2);
	});
});

describe("honest time", () => {
	test("older than the newest: history only", async () => {
		await it.send("level", 5);
		await it.send("level", 6, { at: NOW - 20 * 60_000 });
		expect([at(), value()]).toEqual([NOW, 5]);
		expect(await stored()).toHaveLength(2);
		await it.send("level", 45, { at: NOW - 16 * 60_000 });
		expect(it.alarm("level-high")).toBeUndefined();
	});

	test("late by less than 15 minutes: may raise, never clears", async () => {
		await it.send("level", 5);
		await it.send("level", 45, { at: NOW - 60_000 });
		expect(it.alarm("level-high")).toMatchObject({ active: true, severity: 4, unverified: false });
		await it.send("level", 1, { at: NOW - 30_000 });
		expect(it.alarm("level-high")?.active).toBe(true);
	});

	test("older than 24 h: history only, even for an empty row", async () => {
		await it.send("level", 45, { at: NOW - 25 * 3_600_000 });
		expect(quality()).toBe(Quality.none);
		expect(await stored()).toHaveLength(1);
		expect(it.alarm("level-high")).toBeUndefined();
		it = await it.restart();
		expect(quality()).toBe(Quality.none);
	});

	test("more than 2 min ahead: suspect, raises unverified, never clears, and does not shut out sane readings", async () => {
		await it.send("level", 45, { at: NOW + 600_000 });
		expect(quality()).toBe(Quality.suspect);
		expect(it.alarm("level-high")).toMatchObject({ active: true, unverified: true });
		await it.send("level", 1, { at: NOW + 700_000 });
		expect(it.alarm("level-high")?.active).toBe(true);
		await it.send("level", 1, { at: NOW + 1 });
		expect([at(), quality()]).toEqual([NOW + 1, Quality.good]);
		expect(it.alarm("level-high")?.active).toBe(false);
		// J2: nor do they come back by a restart, which would show them until the next reading.
		it = await it.restart();
		expect([at(), value(), quality()]).toEqual([NOW + 1, 1, Quality.good]);
	});

	test("beyond the plausible range: suspect", async () => {
		await it.send("level", 1001);
		expect(quality()).toBe(Quality.suspect);
		expect(it.alarm("level-high")?.unverified).toBe(true);
	});
});

describe("what cannot be stored", () => {
	test("a reading whose commit failed is stored when it is sent again", async () => {
		await it.close();
		let failing = true;
		it = await startHeart({
			wrap: (store) =>
				new Proxy(store, {
					get: (target, name) =>
						name === "commit" && failing
							? (batch: Parameters<typeof store.commit>[0]) =>
									batch.readings === null ? target.commit(batch) : Promise.reject(new Error("ENOSPC"))
							: (Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name)),
				}),
		});
		await expect(it.send("flow", 60)).rejects.toThrow("ENOSPC");
		failing = false;
		await it.send("flow", 60);
		expect(await stored("flow")).toEqual([[NOW, 60, Quality.good]]);
		expect(await stored("mean5")).toEqual([[NOW, 60, Quality.suspect]]);
	});
});
