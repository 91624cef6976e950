// What a person from Liaoning would check: is it warmer in Dalian, does the weather come from the west, do sites rest in winter, is the
// heating right. Figures are means over days, so that one lucky hour proves nothing.
import { beforeAll, expect, test } from "vitest";
import { DEMO_ASSETS, demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import type { WorldAsset } from "./asset.ts";
import { errorOf } from "./forecast.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./moment.ts";
import { World } from "./world.ts";

const { assets: records } = demoCatalogue({ assets: DEMO_ASSETS });
const SEEDS = [5, 20_261_122];
let worlds: World[];

beforeAll(() => {
	worlds = SEEDS.map((seed) => new World(records, seed, 0));
});

const at = (text: string): number => Date.parse(`${text}+08:00`);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const hours = (from: string, count: number, step = 1): number[] =>
	Array.from({ length: count }, (_, n) => at(from) + n * step * HOUR_MS);

function all(world: World, kind: string, city?: string): WorldAsset[] {
	return world.assets.filter((asset) => asset.kind === kind && (city === undefined || asset.city === city));
}

function value(world: World, asset: WorldAsset, measure: string, when: number): number {
	return world.sample(asset, when)?.values[measure] ?? Number.NaN;
}

function numbers(world: World, kind: string, measure: string, when: number, city?: string): number[] {
	return all(world, kind, city)
		.map((asset) => value(world, asset, measure, when))
		.filter((one) => !Number.isNaN(one));
}

test("Dalian is warmer than Tieling from autumn to spring, the north of Shenyang colder than its middle, nights colder than days", () => {
	for (const world of worlds) {
		for (const month of ["2026-11-01T00:00", "2026-12-01T00:00", "2027-01-05T00:00", "2027-02-01T00:00"]) {
			const times = hours(month, 28 * 8, 3);
			const temperature = (district: string) => mean(times.map((when) => world.sky(district, when).temperature));
			expect(temperature("210200") - temperature("211200"), month).toBeGreaterThan(4);
			expect(temperature("210100") - temperature("210123"), month).toBeGreaterThan(1);
		}
		const day = (district: string, hour: string) =>
			mean(hours(`2027-05-01T${hour}`, 30, 24).map((when) => world.sky(district, when).temperature));
		expect(day("211300", "14:00") - day("211300", "03:00")).toBeGreaterThan(7);
		expect(day("210200", "14:00") - day("210200", "03:00")).toBeLessThan(7);
	}
});

test("monthly means are those of the climate within three degrees", () => {
	const table: [string, string, number][] = [
		["210100", "2027-01", -11],
		["210100", "2027-04", 10.2],
		["210100", "2027-07", 24.6],
		["210100", "2027-10", 9.8],
		["210200", "2027-01", -4],
		["210200", "2027-08", 24.3],
		["211300", "2027-01", -9],
		["211200", "2027-01", -12.6],
	];
	for (const [city, month, expected] of table) {
		for (const world of worlds) {
			const found = mean(hours(`${month}-01T00:00`, 30 * 8, 3).map((when) => world.sky(city, when).temperature));
			expect(Math.abs(found - expected), `${city} ${month}: ${found}`).toBeLessThan(3.2);
		}
	}
});

test("a cold front crosses the province: the fall of temperature comes later to Dandong than to Chaoyang, with wind and a veer to the north-west", () => {
	for (const world of worlds) {
		// Falls of 24 h, at their steepest, over a winter: each in the west has one in the east some hours later.
		const falls = (district: string): number[] => {
			const found: number[] = [];
			for (const when of hours("2026-12-01T00:00", 24 * 80)) {
				const fall = (t: number) => world.sky(district, t - 6 * HOUR_MS).dayMean - world.sky(district, t).dayMean;
				if (fall(when) > 3 && fall(when) >= fall(when - HOUR_MS) && fall(when) > fall(when + HOUR_MS)) found.push(when);
			}
			return found;
		};
		const west = falls("211302");
		const east = falls("210603");
		expect(west.length).toBeGreaterThan(5);
		const lags = west
			.map((when) => Math.min(...east.filter((other) => other > when - HOUR_MS)) - when)
			.filter(Number.isFinite);
		const soon = lags.filter((lag) => lag >= 3 * HOUR_MS && lag <= 20 * HOUR_MS);
		expect(soon.length / lags.length).toBeGreaterThan(0.7);
		const behind = west.map((when) => world.sky("211302", when).direction);
		expect(behind.filter((direction) => direction > 270 && direction < 345).length / behind.length).toBeGreaterThan(
			0.7,
		);
	}
});

test("rain moves along the storm vector: two hours downstream it falls two hours later", () => {
	for (const world of worlds) {
		const products = new Map<number, number>();
		for (let day = 0; day < 60; day++) {
			const noon = Math.floor(at("2027-06-20T00:00") / DAY_MS + day) * DAY_MS + DAY_MS / 2;
			const { bearing, kmh } = world.stormVector(noon);
			const angle = (bearing * Math.PI) / 180;
			const east = (2 * kmh * Math.sin(angle)) / 83.5;
			const north = (2 * kmh * Math.cos(angle)) / 111.3;
			for (let minute = -300; minute <= 300; minute += 30) {
				const when = noon + minute * MINUTE_MS;
				for (const [lon, lat] of [
					[121.5, 40.8],
					[122.3, 41.4],
					[121.8, 42],
				] as const) {
					const here = world.rainRate(lon, lat, when);
					if (here === 0) continue;
					for (let lag = -2; lag <= 5; lag += 0.5) {
						const there = world.rainRate(lon + east, lat + north, when + lag * HOUR_MS);
						products.set(lag, (products.get(lag) ?? 0) + Math.sqrt(here * there));
					}
				}
			}
		}
		const best = [...products].toSorted((a, b) => b[1] - a[1])[0]?.[0];
		expect(best).toBeGreaterThanOrEqual(1.5);
		expect(best).toBeLessThanOrEqual(2.5);
		expect(products.get(2)!).toBeGreaterThan(1.5 * products.get(-1)!);
	}
});

test("snow lies in January and never in July, dust is blown in spring only, storms pour from June to September", () => {
	for (const world of worlds) {
		const most = (from: string, days: number, of: (when: number) => number) =>
			Math.max(...hours(from, days * 6, 4).map(of));
		const snow = (from: string) => most(from, 28, (when) => world.sky("211202", when).snowDepth);
		expect(snow("2027-01-01T00:00")).toBeGreaterThan(1);
		expect(snow("2027-01-01T00:00")).toBeLessThan(40);
		expect(snow("2027-07-01T00:00")).toBe(0);
		const dust = (from: string) => most(from, 55, (when) => world.sky("211302", when).dust);
		expect(dust("2027-04-02T00:00")).toBeGreaterThan(20);
		expect(dust("2027-01-03T00:00")).toBe(0);
		expect(dust("2027-08-01T00:00")).toBe(0);
		const pour = (from: string) =>
			most(from, 30, (when) => Math.max(...[121, 122, 123, 124].map((lon) => world.rainRate(lon, 41.4, when))));
		expect(pour("2027-07-01T00:00")).toBeGreaterThan(8);
		expect(pour("2027-01-01T00:00")).toBe(0);
	}
});

test("sites rest at night, on Sunday and in deep winter; cranes stand in a gale", () => {
	for (const world of worlds) {
		const lifting = (when: string) =>
			[0, 7, 14, 21].reduce(
				(sum, minute) =>
					sum +
					all(world, "crane").filter(
						(crane) => !Number.isNaN(value(world, crane, "moment", at(when) + minute * MINUTE_MS)),
					).length,
				0,
			);
		const working = lifting("2027-09-15T10:00");
		expect(working).toBeGreaterThan(30);
		expect(lifting("2027-09-15T02:00")).toBe(0);
		expect(lifting("2027-09-12T10:00")).toBeLessThan(working / 3);
		expect(lifting("2027-01-13T10:00")).toBe(0);
		// Of all looks in a windy month none finds a load on the hook in a storm.
		for (const when of hours("2027-04-05T09:30", 50, 12)) {
			for (const crane of all(world, "crane")) {
				if (world.sky(crane.record.district, when).gust < 13.8) continue;
				expect(value(world, crane, "moment", when)).toBeNaN();
			}
		}
	}
});

test("on 22 November secondary supply is 42 to 55 °C everywhere, it rises through the night and in January, and rooms are warm", () => {
	for (const world of worlds) {
		for (const when of hours("2026-11-22T00:00", 12, 2)) {
			const supply = numbers(world, "heatStation", "supplyTemp", when);
			const well = supply.filter((one) => one >= 42 && one <= 55);
			// Three stations have trouble of their own at most.
			expect(well.length).toBeGreaterThanOrEqual(supply.length - 3);
		}
		const supply = (when: number, city: string) => mean(numbers(world, "heatStation", "supplyTemp", when, city));
		expect(supply(at("2027-01-15T04:00"), "210100")).toBeGreaterThan(supply(at("2026-11-22T04:00"), "210100") + 1);
		expect(supply(at("2027-01-15T04:00"), "211200")).toBeGreaterThan(supply(at("2027-01-15T04:00"), "210200") + 1);
		const felt = hours("2026-12-01T00:00", 120, 5).map((when) => [
			world.sky("210102", when).felt,
			supply(when, "210100"),
		]);
		const cold = felt.toSorted((a, b) => a[0]! - b[0]!);
		expect(mean(cold.slice(0, 20).map((pair) => pair[1]!))).toBeGreaterThan(
			mean(cold.slice(-20).map((pair) => pair[1]!)) + 2,
		);
	}
});

test("heat: pressure and temperature fall along a chain, flow thins out, and a station's primary side is its main's", () => {
	for (const world of worlds) {
		const byId = new Map(world.assets.map((asset) => [asset.record.id, asset]));
		const when = at("2026-12-03T19:00");
		const leaving = new Map<WorldAsset, number>();
		for (const main of all(world, "heatMain")) {
			const above = byId.get(String(main.record.fields?.upstream))!;
			const own = world.sample(main, when)!.values;
			expect(own.returnTemp).toBeLessThan(own.supplyTemp! - 10);
			expect(own.pressure).toBeGreaterThan(0.75);
			const fed = world.sample(above, when)!.values;
			if (above.kind !== "heatMain") {
				leaving.set(above, (leaving.get(above) ?? 0) + own.flow!);
				continue;
			}
			expect(own.pressure, main.record.id).toBeLessThan(fed.pressure!);
			expect(own.supplyTemp!, main.record.id).toBeLessThan(fed.supplyTemp! + 1);
			expect(own.flow!).toBeLessThanOrEqual(fed.flow!);
		}
		for (const [source, flow] of leaving) {
			const told = value(world, source, "flow", when);
			expect(Math.abs(flow / told - 1), source.record.name).toBeLessThan(0.01);
		}
		for (const station of all(world, "heatStation")) {
			const own = world.sample(station, when)?.values;
			if (own === undefined || world.mayFail(station)) continue;
			const main = byId.get(String(station.record.fields?.main))!;
			const fed = world.sample(main, when)!.values;
			expect(own.primarySupplyPressure, station.record.id).toBeLessThan(fed.pressure!);
			expect(fed.pressure! - own.primarySupplyPressure!).toBeLessThan(0.08);
			expect(Math.abs(fed.supplyTemp! - own.primarySupplyTemp!)).toBeLessThan(3);
			expect(own.primaryReturnTemp).toBeGreaterThan(own.returnTemp!);
			expect(own.primarySupplyTemp).toBeGreaterThan(own.supplyTemp! + 5);
		}
	}
});

test("pressures are smooth: no second of a calm network looks like a burst", () => {
	for (const world of worlds) {
		const kinds: [string, string, number, number][] = [
			["waterMain", "pressure", 5 * MINUTE_MS, 0.05],
			["waterPlant", "pressure", 5 * MINUTE_MS, 0.05],
			["heatMain", "pressure", 5 * MINUTE_MS, 0.1],
			["heatStation", "supplyPressure", 5 * MINUTE_MS, 0.1],
			["regulator", "outletPressure", MINUTE_MS, 0.25],
		];
		for (const [kind, measure, rateMs, fall] of kinds) {
			for (const asset of all(world, kind).filter((one) => !world.mayFail(one))) {
				for (const when of hours("2026-12-03T05:00", 3, 4)) {
					const slope = (value(world, asset, measure, when + 10_000) - value(world, asset, measure, when)) / 10_000;
					expect(Math.abs(slope * rateMs), `${asset.record.id}`).toBeLessThan(fall / 2);
				}
			}
		}
	}
});

test("air is worse under an inversion than behind a front, and in winter worse than in summer", () => {
	for (const world of worlds) {
		const station = all(world, "airStation", "210100")[0]!;
		const pairs = hours("2026-12-01T12:00", 60, 24).map((when) => [
			world.sky(station.record.district, when).haze,
			value(world, station, "pm25", when),
		]);
		const sorted = pairs.toSorted((a, b) => a[0]! - b[0]!);
		const clean = mean(sorted.slice(0, 12).map((pair) => pair[1]!));
		expect(mean(sorted.slice(-12).map((pair) => pair[1]!))).toBeGreaterThan(1.6 * clean);
		const season = (from: string) => mean(hours(from, 60, 12).map((when) => value(world, station, "pm25", when)));
		expect(season("2027-01-01T00:00")).toBeGreaterThan(1.3 * season("2027-07-01T00:00"));
	}
});

test("a forecast is the world's own future: its error stays within its bound and grows with the hours ahead", () => {
	for (const world of worlds) {
		const errors = new Map<number, number[]>();
		for (const city of ["210100", "210200", "211300"]) {
			const forecast = all(world, "cityForecast", city)[0]!;
			for (const when of hours("2026-11-20T00:00", 120, 5)) {
				const told = world.sample(forecast, when)!.values;
				for (const ahead of [1, 3, 6]) {
					const error = Math.abs(told[`temperature${ahead}h`]! - world.sky(city, when + ahead * HOUR_MS).temperature);
					expect(error).toBeLessThan(errorOf(ahead) + 0.1);
					errors.set(ahead, [...(errors.get(ahead) ?? []), error]);
				}
				const lowest = Math.min(...[1, 3, 6].map((ahead) => told[`temperature${ahead}h`]!));
				expect(told.lowTonight!).toBeLessThan(lowest + 8);
			}
		}
		expect(mean(errors.get(6)!)).toBeGreaterThan(1.5 * mean(errors.get(1)!));
		// Where it will pour in the coming hours the forecast knows of it.
		const forecast = all(world, "cityForecast", "210100")[0]!;
		const told = hours("2027-07-01T00:00", 240, 3).map((when) => value(world, forecast, "rain3h", when));
		expect(Math.max(...told)).toBeGreaterThan(3);
		expect(told.filter((mm) => mm === 0).length).toBeGreaterThan(told.length / 3);
	}
});
