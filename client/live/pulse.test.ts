import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { isProblem } from "#model/problem.ts";
import { Catalogue } from "./catalogue.ts";
import { cityLevels, pulseFilled, pulseNow, pulseQuantity, pulseRows, readPulse } from "./pulse.ts";
import { seasonOf } from "./pulse_season.ts";

const measure = {
	id: "supplyTempMean",
	name: { zh: "均温", en: "mean" },
	unit: "°C",
	scale: 2,
	decimals: 1,
	range: [-20, 110],
	contract: "periodic",
	silentAfterMs: 1,
};

function catalogue(): Catalogue {
	const kind = {
		id: "heatDistrict",
		name: { zh: "区县供热", en: "heat" },
		primary: "supplyTempMean",
		measures: [measure],
		limits: [],
		fields: [],
		symbol: { icon: "区", radius: 5 },
		geometry: "point",
	};
	const asset = (id: string, district: string, firstRow: number): object => ({
		record: { id, name: id, kind: "heatDistrict", district, lon: 123, lat: 41 },
		system: "heating",
		cell: 0,
		firstRow,
		measures: ["supplyTempMean", "state"],
		channels: [1, 2],
		limits: [],
	});
	const made = new Catalogue();
	const problem = made.take({
		revision: 1,
		epoch: 1,
		whole: true,
		systems: [{ id: "heating", name: { zh: "供热", en: "heat" }, policy: [], order: 1, kinds: [kind] }],
		limits: [],
		removed: [],
		cells: [{}],
		assets: [asset("a", "210102", 0), asset("b", "210103", 2), asset("c", "210202", 4)],
	});
	if (problem !== null) throw new Error(problem.detail);
	return made;
}

const at = (text: string): number => Date.parse(`${text}+08:00`);

test("seasons change at midnight in Shanghai, whatever the machine's zone", () => {
	expect(seasonOf(at("2026-10-31T23:59:59"))).toBe("autumn");
	expect(seasonOf(at("2026-11-01T00:00:00"))).toBe("winter");
	expect(seasonOf(at("2027-03-31T23:59:59"))).toBe("winter");
	expect(seasonOf(at("2027-04-01T00:00:00"))).toBe("spring");
	expect(seasonOf(at("2026-08-01T12:00:00"))).toBe("flood");
	expect(seasonOf(at("2027-01-15T12:00:00"))).toBe("winter");
});

test("the season chooses the quantity; a province without it shows what it has, an empty one nothing", () => {
	expect(pulseQuantity("winter", catalogue())?.id).toBe("heat");
	expect(pulseQuantity("flood", catalogue())?.id).toBe("heat");
	expect(pulseQuantity("winter", new Catalogue())).toBeNull();
});

test("a city shows the mean of its counties that speak; one that is silent has no figure", () => {
	const made = catalogue();
	const quantity = pulseQuantity("winter", made);
	if (quantity === null) throw new Error("a quantity");
	const good = 1;
	const stale = 4;
	const table = {
		value: Float64Array.from([4_800, 0, 5_000, 0, 4_400, 0]),
		quality: Uint8Array.from([good, 0, good, 0, stale, 0]),
		at: new Float64Array(6).fill(1_000),
	};
	const now = pulseNow(made, table as never, quantity);
	expect([...now]).toEqual([["210100", 49]]);
	table.quality[2] = stale;
	expect(pulseNow(made, table as never, quantity).get("210100")).toBe(48);
	expect(pulseRows(made, quantity)).toHaveLength(3);
});

test("an answer without cities is a problem; the filled share counts every bucket", () => {
	expect(isProblem(readPulse({ from: 0 }))).toBe(true);
	const pulse = readPulse({
		unit: "°C",
		from: 0,
		step: 900_000,
		cities: [
			{ district: "210100", min: [1, null, 3, 4], max: [1, null, 3, 4] },
			{ district: "210200", min: [null, null, null, 4], max: [null, null, null, 4] },
		],
	});
	if (isProblem(pulse)) throw new Error("a pulse");
	expect(pulseFilled(pulse)).toBe(0.5);
});

test("a city in alarm is one with an active orange or red, the worst of them", () => {
	const alarm = (district: string, severity: number, active = true): Alarm =>
		({ district, severity, active }) as unknown as Alarm;
	const levels = cityLevels([
		alarm("210102", 3),
		alarm("210103", 4),
		alarm("210202", 2),
		alarm("210302", 4, false),
		alarm("211002", 3),
	]);
	expect([...levels].sort()).toEqual([
		["210100", 4],
		["211000", 3],
	]);
});
