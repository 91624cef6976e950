import { beforeAll, expect, test } from "vitest";
import { DEMO_ASSETS, demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import type { Kind } from "#model/catalogue.ts";
import { elapse, isValidAt, type Judged, newJudged, step } from "#model/limit.ts";
import { system as bridge } from "#systems/bridge.ts";
import { system as camera } from "#systems/camera.ts";
import { system as construction } from "#systems/construction.ts";
import { system as gas } from "#systems/gas.ts";
import { system as heating } from "#systems/heating.ts";
import { system as manhole } from "#systems/manhole.ts";
import { system as metro } from "#systems/metro.ts";
import { system as rain } from "#systems/rain.ts";
import { system as water } from "#systems/water.ts";
import { system as weather } from "#systems/weather.ts";
import { PLAN } from "../plan.ts";
import type { WorldAsset } from "./asset.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, seasonOf, seasonShiftMs } from "./moment.ts";
import { Rain } from "./rain.ts";
import { TEMPLATES } from "./templates.ts";
import { World } from "./world.ts";

const kinds = new Map<string, Kind>(
	[bridge, camera, construction, gas, heating, manhole, metro, rain, water, weather].flatMap((system) =>
		system.kinds.map((kind) => [kind.id, kind] as const),
	),
);
const records = demoCatalogue({ assets: DEMO_ASSETS }).assets;
const SEED = 5;
let world: World;

beforeAll(() => {
	world = new World(records, SEED, 0);
});

const at = (text: string): number => Date.parse(`${text}+08:00`);

function calm(kind: string, city?: string): WorldAsset[] {
	return world.assets.filter((asset) => asset.kind === kind && (city === undefined || asset.city === city));
}

function mean(values: readonly number[]): number {
	return values.reduce((a, b) => a + b, 0) / values.length;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Median over assets of one measure: episodes of a few do not move it. */
function measured(kind: string, measure: string, when: number, city?: string): number {
	return median(
		calm(kind, city)
			.map((asset) => world.sample(asset, when)?.values[measure] ?? Number.NaN)
			.filter((value) => !Number.isNaN(value)),
	);
}

const DATES = ["2026-11-22T00:00", "2027-01-15T00:00", "2027-04-20T00:00", "2027-08-01T00:00"];

test("every sample holds measures that its kind sends, inside their plausible range, in every season", () => {
	for (const date of DATES) {
		for (let hour = 0; hour < 24; hour += 3) {
			for (const asset of world.assets) {
				const sample = world.sample(asset, at(date) + hour * HOUR_MS);
				if (sample === null) continue;
				for (const [id, value] of Object.entries(sample.values)) {
					const measure = kinds.get(asset.kind)!.measures.find((candidate) => candidate.id === id);
					if (
						measure === undefined ||
						measure.derive !== undefined ||
						!(value >= measure.range[0] && value <= measure.range[1])
					)
						throw new Error(`${asset.record.id} ${id} = ${value}`);
				}
			}
		}
	}
});

test("values are printed no finer than the measure keeps them, so that what is stored equals what was sent", () => {
	for (const asset of world.assets) {
		for (const [id, value] of Object.entries(world.sample(asset, at("2026-11-22T07:00"))?.values ?? {})) {
			const { scale } = kinds.get(asset.kind)!.measures.find((measure) => measure.id === id)!;
			expect(Number(value.toFixed(scale)), `${asset.record.id} ${id}`).toBe(value);
		}
	}
});

test("the plan knows every measure that is not derived, often enough for its contract of silence", () => {
	for (const [id, groups] of Object.entries(PLAN)) {
		const sent = groups.flatMap((group) => group.measures);
		const kind = kinds.get(id)!;
		const own = kind.measures.filter((measure) => measure.derive === undefined);
		expect(sent.toSorted(), id).toEqual(own.map((measure) => measure.id).toSorted());
		for (const measure of own) {
			const group = groups.find((candidate) => candidate.measures.includes(measure.id))!;
			if (measure.contract === "periodic")
				expect(group.everyMs * 3, `${id} ${measure.id}`).toBeLessThanOrEqual(measure.silentAfterMs);
		}
	}
	expect(new Set(Object.keys(PLAN))).toEqual(new Set(world.assets.map((asset) => asset.kind)));
});

test("the same seed and time give the same sample in a second world and in any order", () => {
	const other = new World(records, SEED, 0);
	const when = at("2026-11-22T10:20");
	for (const asset of other.assets.toReversed()) other.sample(asset, when + DAY_MS);
	for (const [index, asset] of world.assets.entries())
		expect(other.sample(other.assets[index]!, when)).toEqual(world.sample(asset, when));
	expect(new World(records, 6, 0).sample(calm("dust")[0]!, when)).not.toEqual(world.sample(calm("dust")[0]!, when));
});

test("a larger world says the same of the demo's own assets: two simulators agree", () => {
	const larger = new World(demoCatalogue({ assets: 2 * DEMO_ASSETS }).assets, SEED, 0);
	const when = at("2026-11-24T11:00");
	for (const [index, asset] of world.assets.entries())
		expect(larger.sample(larger.assets[index]!, when)).toEqual(world.sample(asset, when));
});

test("people draw least water near 03:00 and most in the morning or evening", () => {
	const flows = Array.from({ length: 48 }, (_, half) =>
		mean(
			calm("waterMain").map(
				(asset) => world.sample(asset, at("2026-11-25T00:00") + half * 30 * MINUTE_MS)?.values.flow ?? 0,
			),
		),
	);
	const least = flows.indexOf(Math.min(...flows)) / 2;
	const most = flows.indexOf(Math.max(...flows)) / 2;
	expect(least).toBeGreaterThanOrEqual(2);
	expect(least).toBeLessThanOrEqual(4);
	expect([6.5, 7, 7.5, 18.5, 19, 19.5, 20]).toContain(most);
});

test("gas peaks at the three meals", () => {
	const flow = (hour: number): number => measured("regulator", "flow", at("2026-11-25T00:00") + hour * HOUR_MS);
	for (const [meal, before, after] of [
		[6.6, 4, 9.3],
		[11.5, 9.3, 14.5],
		[17.8, 14.5, 22],
	] as const) {
		expect(flow(meal)).toBeGreaterThan(1.5 * flow(before));
		expect(flow(meal)).toBeGreaterThan(1.5 * flow(after));
	}
});

test("Dalian is warmer than Tieling in January, by degrees", () => {
	const month = (city: string): number =>
		mean(
			Array.from({ length: 31 * 8 }, (_, n) => world.sky(city, at("2027-01-01T00:00") + n * 3 * HOUR_MS).temperature),
		);
	expect(month("210200") - month("211200")).toBeGreaterThan(5);
	expect(month("211200")).toBeLessThan(-8);
	expect(month("211200")).toBeGreaterThan(-18);
});

test("a front reaches the west before the east", () => {
	// Correlation of Chaoyang's days with Dandong's is best when Dandong is taken some hours later.
	const series = (city: string, shift: number): number[] =>
		Array.from({ length: 400 }, (_, n) => world.sky(city, at("2027-02-01T00:00") + (n * 2 + shift) * HOUR_MS).pressure);
	const west = series("211300", 0);
	const difference = (shift: number): number =>
		mean(series("210600", shift).map((value, n) => (value - west[n]!) ** 2));
	expect(difference(16)).toBeLessThan(difference(0));
	expect(difference(16)).toBeLessThan(difference(-16));
});

test("secondary supply is 42 to 55 °C in late November and higher in January; rooms are warm", () => {
	for (let hour = 0; hour < 7 * 24; hour += 5) {
		const when = at("2026-11-24T00:00") + hour * HOUR_MS;
		const supply = measured("heatStation", "supplyTemp", when);
		expect(supply).toBeGreaterThanOrEqual(42);
		expect(supply).toBeLessThanOrEqual(55);
		expect(measured("heatStation", "returnTemp", when)).toBeLessThan(supply - 5);
		expect(measured("heatRoom", "roomTemp", when)).toBeGreaterThan(19);
	}
	const week = (from: string): number =>
		mean(Array.from({ length: 28 }, (_, n) => measured("heatStation", "supplyTemp", at(from) + n * 6 * HOUR_MS)));
	expect(week("2027-01-15T00:00")).toBeGreaterThan(week("2026-11-24T00:00"));
});

test("heating is off in July and October, in Dalian until its trial run, and goes on there until 5 April", () => {
	const july = at("2027-07-15T12:00");
	for (const asset of calm("heatStation")) {
		const values = world.sample(asset, july)?.values;
		if (values !== undefined) expect(values.supplyTemp).toBeLessThan(30);
	}
	expect(calm("heatSource").every((asset) => world.sample(asset, july)?.values.flow === 0)).toBe(true);
	expect(measured("heatStation", "supplyTemp", at("2026-10-30T12:00"), "210200")).toBeLessThan(30);
	expect(measured("heatStation", "supplyTemp", at("2026-11-01T00:30"), "210200")).toBeGreaterThan(40);
	expect(measured("heatStation", "supplyTemp", at("2027-04-03T12:00"), "210200")).toBeGreaterThan(40);
	expect(measured("heatStation", "supplyTemp", at("2027-04-03T12:00"), "210100")).toBeLessThan(30);
	expect(measured("heatStation", "supplyTemp", at("2026-11-03T12:00"), "210100")).toBeGreaterThan(40);
});

test("sites are dusty and loud by working hours and rest in frost", () => {
	const dusty = (when: string): number => measured("dust", "tsp", at(when));
	expect(dusty("2026-10-14T10:00")).toBeGreaterThan(1.3 * dusty("2026-10-14T03:00"));
	expect(measured("dust", "noise", at("2026-10-14T10:00"))).toBeGreaterThan(
		measured("dust", "noise", at("2026-10-14T03:00")) + 8,
	);
	const lifting = (when: string): number =>
		calm("crane").filter((asset) => world.sample(asset, at(when))?.values.moment !== undefined).length;
	expect(lifting("2026-10-14T10:00")).toBeGreaterThan(10);
	expect(lifting("2026-10-14T02:00")).toBe(0);
	expect(lifting("2027-01-13T10:00")).toBeLessThan(lifting("2026-10-14T10:00"));
});

test("rain falls in cells: some gauges are wet, most are dry, and in January none is", () => {
	let wet = 0;
	let looks = 0;
	let most = 0;
	for (let hour = 0; hour < 31 * 24; hour += 2) {
		for (const asset of calm("rainGauge")) {
			const sum = world.sample(asset, at("2027-07-20T00:00") + hour * HOUR_MS)!.values.rain5m!;
			looks += 1;
			if (sum > 0) wet += 1;
			most = Math.max(most, sum);
		}
	}
	expect(wet / looks).toBeGreaterThan(0.005);
	expect(wet / looks).toBeLessThan(0.15);
	expect(most).toBeGreaterThan(2);
	expect(calm("rainGauge").every((asset) => world.sample(asset, at("2027-01-15T06:00"))!.values.rain5m === 0)).toBe(
		true,
	);
});

test("twelve five-minute sums make the hour", () => {
	const rain = new Rain(SEED, (when) => world.moment(when));
	let hours = 0;
	let fives = 0;
	for (let hour = 0; hour < 31 * 24; hour++) {
		const end = at("2027-07-20T00:00") + hour * HOUR_MS;
		hours += rain.sum(123.4, 41.8, end, HOUR_MS, 60);
		for (let n = 0; n < 12; n++) fives += rain.sum(123.4, 41.8, end - n * 5 * MINUTE_MS, 5 * MINUTE_MS, 2);
	}
	expect(hours).toBeGreaterThan(5);
	expect(Math.abs(fives / hours - 1)).toBeLessThan(0.02);
});

/** Kinds that the weather may bring beyond a limit; of the others only those to whom trouble comes. */
const EXPOSED = new Set(["crane", "floodPoint", "underpass", "drainPump", "weatherStation", "heatMain"]);

test("on any day of any season a dozen small conditions hold, reds are rare, and the day's load is one that an operator can bear", () => {
	const watched = world.assets.filter((asset) => EXPOSED.has(asset.kind) || world.mayFail(asset));
	for (const date of DATES) {
		// A spring front with its gale stops the cranes of a whole coast.
		const busy = date.includes("-04-") ? 2.2 : 1;
		const judged = new Map<string, Judged>();
		const raised = [0, 0, 0, 0, 0];
		for (let minute = 0; minute <= 34 * 60; minute += 15) {
			const now = at(date) + minute * MINUTE_MS;
			for (const asset of watched) judge(asset, now, judged, minute < 600 ? undefined : raised);
			if (minute < 600 || minute % 60 !== 0) continue;
			const levels = [0, 0, 0, 0, 0];
			for (const state of judged.values()) levels[state.severity]! += 1;
			const open = levels[1]! + levels[2]! + levels[3]! + levels[4]!;
			expect(open, `${date} ${minute}`).toBeGreaterThanOrEqual(9);
			expect(open, `${date} ${minute}`).toBeLessThanOrEqual(60 * busy);
			expect(levels[1], `${date} ${minute}`).toBeGreaterThan(0);
			expect(levels[2], `${date} ${minute}`).toBeGreaterThan(0);
			expect(levels[4], `${date} ${minute}`).toBeLessThanOrEqual(2);
		}
		// Silences are judged elsewhere: some forty blue ones more.
		const [, blue = 0, yellow = 0, orange = 0, red = 0] = raised;
		expect(blue + yellow + orange + red, date).toBeGreaterThan(30);
		expect(blue + yellow + orange + red, date).toBeLessThan(150 * busy);
		expect(orange + red, date).toBeLessThan(14 * busy);
		expect(red, date).toBeLessThanOrEqual(3);
	}
});

test("a minute after any start at least five alarms are open, a yellow one among them", () => {
	for (const date of DATES) {
		for (const hour of [2, 10, 15, 20]) {
			const judged = new Map<string, Judged>();
			const start = at(date) + hour * HOUR_MS + 7 * MINUTE_MS;
			for (const seconds of [6, 36, 60]) {
				for (const asset of world.assets) judge(asset, start + seconds * 1000, judged);
			}
			const open = [...judged.values()].filter(({ severity }) => severity > 0);
			expect(open.length, `${date} ${hour}`).toBeGreaterThanOrEqual(5);
			expect(Math.max(...open.map(({ severity }) => severity))).toBeGreaterThanOrEqual(2);
		}
	}
});

/** Level limits on what is sent; a five-minute mean is taken for the value itself, a count of three for all three. */
function judge(asset: WorldAsset, now: number, judged: Map<string, Judged>, raised?: number[]): void {
	const values: Record<string, number> = { ...world.sample(asset, now)?.values };
	if (asset.kind === "dust") Object.assign(values, { tspMean: values.tsp, pm10Mean: values.pm10 });
	if (asset.kind === "gasSpace")
		Object.assign(values, {
			methaneOver20: values.methane! >= 20 ? 3 : 0,
			methaneOver50: values.methane! >= 50 ? 3 : 0,
		});
	for (const limit of kinds.get(asset.kind)!.limits) {
		const value = values[limit.measure];
		if (value === undefined || limit.type !== "level" || !isValidAt(limit, now)) continue;
		const key = `${asset.record.id} ${limit.id}`;
		const state = judged.get(key) ?? newJudged();
		judged.set(key, state);
		const before = state.severity;
		step(limit, state, value, now, true);
		elapse(limit, state, now);
		if (raised !== undefined && state.severity > before) raised[state.severity]! += 1;
	}
}

test("every kind of device trouble is met within a day of work, and a stuck device repeats itself to the digit", () => {
	const met = new Set<string>();
	let stuck: WorldAsset | undefined;
	const noon = at("2026-11-25T12:00");
	for (const asset of world.assets) {
		const now = world.sample(asset, noon);
		if (now === null) met.add("silence");
		else if (now.lateMs > 0) met.add("late");
		else if (now.broken.length > 0) met.add("broken");
		else if (now.overRange.length > 0) met.add("overRange");
		const same = [1, 2, 3].every(
			(n) => JSON.stringify(world.sample(asset, noon + n * 40_000)?.values) === JSON.stringify(now?.values),
		);
		if (asset.kind === "waterMain" && now !== null && same) stuck = asset;
	}
	expect([...met].toSorted()).toEqual(["broken", "late", "overRange", "silence"]);
	expect(stuck ?? TEMPLATES.find(({ id }) => id === "stuck")).toBeDefined();
});

test("a season that is asked for is played whatever the date, with the clock's own hour", () => {
	const now = at("2026-11-22T14:30");
	for (const season of ["winter", "spring", "summer", "autumn"] as const) {
		const shift = seasonShiftMs(now, season);
		expect(Math.abs(shift % DAY_MS)).toBe(0);
		const played = new World(records.slice(0, 50), SEED, shift).moment(now);
		expect(seasonOf(played.monthDay)).toBe(season);
		expect(played.hour).toBe(14.5);
		expect(played.weekday).toBe(0);
	}
	expect(seasonShiftMs(now, "auto")).toBe(0);
	expect(seasonShiftMs(now, "winter")).toBe(0);
});

test("bridges with a real name stay calm, and nobody invents trouble for a closed one", () => {
	const named = world.assets.filter((asset) => asset.kind === "bridge" && asset.record.fields === undefined);
	expect(named).toHaveLength(4);
	for (let hour = 0; hour < 30 * 24; hour += 1) {
		for (const asset of named) {
			const sample = world.sample(asset, at("2026-11-01T00:00") + hour * HOUR_MS)!;
			expect(sample.values.strain).toBeLessThan(70);
		}
	}
});
