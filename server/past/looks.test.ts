import { expect, test } from "vitest";
import type { AssetRecord } from "#model/catalogue.ts";
import type { Measure } from "#model/measure.ts";
import { type WorldAsset, worldAsset } from "../simulate/world/asset.ts";
import { HOUR_MS, isDue, isLookDue, isNews, isWatched, type Look, needsOf, planLooks, STEP_MS } from "./looks.ts";

const MINUTE = 60_000;
const measure = (id: string, derive?: Measure["derive"]): Measure =>
	({ id, scale: 1, ...(derive === undefined ? {} : { derive }) }) as unknown as Measure;

function asset(kind: string, n: number, district = "210102"): WorldAsset {
	const record: AssetRecord = { id: `${kind}-${n}`, name: kind, kind, district, lon: 123, lat: 41 };
	return worldAsset(record, 1);
}

const MEASURES: Readonly<Record<string, readonly Measure[]>> = {
	rainGauge: [
		measure("rain5m"),
		measure("rain1h", {
			type: "window",
			from: "rain5m",
			op: "sum",
			windowMs: HOUR_MS,
			periodMs: STEP_MS,
			minShare: 0.75,
		}),
	],
	gasSpace: [
		measure("methane"),
		measure("over", { type: "nOfM", from: "methane", m: 3, windowMs: STEP_MS, direction: "above", value: 20 }),
	],
};

function plan(assets: readonly WorldAsset[], troubled: readonly WorldAsset[] = []): Look[] {
	return planLooks(
		assets,
		1,
		(kind) => MEASURES[kind] ?? [],
		(one) => troubled.includes(one),
	);
}

/** Steps of a day in which the look writes something. */
function dueIn(look: Look, isClose: boolean): number {
	let due = 0;
	for (let step = 0; step < 24 * HOUR_MS; step += STEP_MS) if (isLookDue(look, step, isClose)) due += 1;
	return due;
}

test("S5 a calm asset is written once an hour, closely every five minutes; a gauge is looked at in every step", () => {
	const [main] = plan([asset("waterMain", 1)]);
	const [gauge] = plan([asset("rainGauge", 1)]);
	if (main === undefined || gauge === undefined) throw new Error("no look");
	expect([dueIn(main, false), dueIn(main, true)]).toEqual([24, 288]);
	expect([dueIn(gauge, false), dueIn(gauge, true)]).toEqual([288, 288]);
	// Its voltage goes by the hour all the same.
	const voltage = gauge.groups.find(({ group }) => group.measures.includes("voltage"));
	if (voltage === undefined) throw new Error("no voltage");
	expect(isDue(voltage, STEP_MS, false)).toBe(false);
	expect(isDue(voltage, 2 * STEP_MS, true)).toBe(true);
});

test("S5 what counts three samples in five minutes is looked at three times in them, and nobody else", () => {
	const [a, b] = [asset("gasSpace", 1), asset("gasSpace", 2)];
	const looks = plan([a, b], [a]);
	const offsets = looks.filter((look) => look.asset === a).map(({ offsetMs }) => offsetMs);
	expect(offsets).toHaveLength(3);
	expect((offsets[2] ?? 0) - (offsets[0] ?? 0)).toBeLessThan(STEP_MS);
	expect(looks.filter((look) => look.asset === b)).toHaveLength(1);
	expect(looks.map(({ offsetMs }) => offsetMs)).toEqual(
		looks.map(({ offsetMs }) => offsetMs).toSorted((x, y) => x - y),
	);
	for (const { offsetMs } of looks) expect(offsetMs).toBeLessThan(STEP_MS);
});

test("S5 an asset in trouble is watched, and for an hour after", () => {
	const one = asset("waterMain", 1);
	const [look] = plan([one], [one]);
	if (look === undefined) throw new Error("no look");
	const troubledAt = (at: number) => ({ isTroubled: () => at === 0 });
	expect(isWatched(look, troubledAt(0), 0)).toBe(true);
	expect(isWatched(look, troubledAt(1), HOUR_MS - 1)).toBe(true);
	expect(isWatched(look, troubledAt(1), HOUR_MS)).toBe(false);
	expect(plan([one])[0]?.watch).toBeNull();
});

test("S5 a dry gauge is told once an hour, rain at once, and its end too; a state when it changes or after half an hour", () => {
	const [gauge] = plan([asset("rainGauge", 1)]);
	const rain = gauge?.groups.find(({ isSummed }) => isSummed);
	if (rain === undefined) throw new Error("no rain");
	const told = (rain5m: number, minute: number): boolean => isNews(rain, { rain5m }, HOUR_MS + minute * MINUTE, false);
	expect([told(0, 0), told(0, 5), told(0.4, 10), told(0.4, 15), told(0, 20), told(0, 25), told(0, 80)]).toEqual([
		true,
		false,
		true,
		true,
		true,
		false,
		true,
	]);
	const [cover] = plan([asset("manhole", 1)]);
	const open = cover?.groups.find(({ group }) => group.on === "change");
	if (open === undefined) throw new Error("no state");
	const seen = (value: number, minute: number): boolean =>
		isNews(open, { open: value, tilt: 0 }, HOUR_MS + minute * MINUTE, true);
	expect([seen(0, 0), seen(0, 5), seen(1, 10), seen(1, 15), seen(1, 40)]).toEqual([true, false, true, false, true]);
	expect(needsOf(MEASURES.gasSpace ?? []).counted).toEqual(new Set(["methane"]));
});
