import { afterEach, beforeEach, expect, test } from "vitest";
import { Quality } from "#model/measure.ts";
import { startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";

const MINUTE = 60_000;
let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

function shown(asset: string, measure: string): { value: number; quality: number } {
	const row = it.heart.catalogue.row(asset, measure);
	const scale = it.heart.catalogue.channels[row]?.measure?.scale ?? 0;
	return {
		value: (it.heart.latest.value[row] ?? Number.NaN) / 10 ** scale,
		quality: it.heart.latest.quality[row] ?? 0,
	};
}
async function minutes(values: readonly (number | null)[]): Promise<void> {
	for (const value of values) {
		it.clock.advanceTo(it.clock.now() + MINUTE);
		if (value !== null) await it.send("flow", value);
	}
}

test("a mean over five minutes is suspect until it has its samples, then good", async () => {
	await minutes([10, 20, 30]);
	expect(shown("probe-1", "mean5")).toEqual({ value: 20, quality: Quality.suspect });
	await minutes([40, 50, 60]);
	expect(shown("probe-1", "mean5")).toEqual({ value: 40, quality: Quality.good });
});

test("a window with holes may raise, and never clears", async () => {
	await minutes([80, 80, 80, 80, 80]);
	expect(it.alarm("mean-high")?.active).toBe(true);
	await minutes([null, null, null, null, null, 10]);
	expect(shown("probe-1", "mean5")).toEqual({ value: 10, quality: Quality.suspect });
	expect(it.alarm("mean-high")?.active).toBe(true);
	await minutes([10, 10, 10, 10]);
	expect(it.alarm("mean-high")?.active).toBe(false);
});

test("a suspect value never enters a mean", async () => {
	await minutes([10, 10, 10, 10]);
	it.clock.advanceTo(it.clock.now() + MINUTE);
	await it.send("flow", 900, { quality: "suspect" });
	await minutes([10]);
	expect(shown("probe-1", "mean5").value).toBe(10);
});

test("n of m counts the last m samples", async () => {
	await minutes([150, 50, 150]);
	expect(shown("probe-1", "hits")).toEqual({ value: 2, quality: Quality.good });
	await minutes([50, 50]);
	expect(shown("probe-1", "hits").value).toBe(1);
});

test("windows are full again after a restart, and results were journalled", async () => {
	await minutes([10, 20, 30, 40]);
	const before = shown("probe-1", "mean5");
	it = await it.restart();
	expect(shown("probe-1", "mean5")).toEqual(before);
	await minutes([50]);
	expect(shown("probe-1", "mean5")).toEqual({ value: 30, quality: Quality.good });
});

test("a district's figure is the mean of its good members, suspect below half of them", async () => {
	await it.send("level", 4);
	const taken = it.heart.pipeline.accept(
		[{ asset: "probe-2", measure: "level", at: NOW, value: 8, quality: "good" }],
		"http/test",
	);
	await taken.committed;
	it.clock.advanceTo(NOW + 11_000);
	expect(shown("county-1", "meanLevel")).toEqual({ value: 6, quality: Quality.good });
});
