import { expect, test } from "vitest";
import type { Limit } from "#model/limit.ts";
import { isProblem } from "#model/problem.ts";
import { Catalogue, type CatalogueBody } from "./catalogue.ts";

function measure(id: string, scale: number): object {
	return {
		id,
		name: { zh: id, en: id },
		unit: "",
		scale,
		decimals: 0,
		range: [0, 1],
		contract: id === "door" ? "event" : "periodic",
		silentAfterMs: 1,
	};
}

function limitOf(id: string, value: number): Limit {
	return { id, measure: "pressure", levels: [{ severity: 3, value }] } as unknown as Limit;
}

function asset(id: string, firstRow: number, more: object = {}): object {
	return {
		record: { id, name: id, kind: "box", district: "210102", lon: 123, lat: 41 },
		system: "gas",
		cell: 0,
		firstRow,
		measures: ["pressure", "door", "state"],
		channels: [1, 2, 3],
		limits: [],
		...more,
	};
}

function body(more: object): CatalogueBody {
	const kind = {
		id: "box",
		name: { zh: "箱", en: "box" },
		primary: "pressure",
		measures: [measure("pressure", 3), measure("door", 0)],
		limits: [],
		fields: [],
		symbol: { icon: "箱", radius: 5 },
		geometry: "point",
	};
	return {
		revision: 1,
		epoch: 9,
		whole: true,
		systems: [{ id: "gas", name: { zh: "燃气", en: "gas" }, policy: [], order: 1, kinds: [kind] }],
		limits: [{ kind: "box", limits: [limitOf("high", 10), limitOf("low", 2)] }],
		assets: [asset("a", 0), asset("b", 3)],
		removed: [],
		cells: [],
		...more,
	} as unknown as CatalogueBody;
}

test("rows know their asset, scale and whether silence is a failure; the state row never is", () => {
	const catalogue = new Catalogue();
	expect(catalogue.take(body({}))).toBeNull();
	const { columns } = catalogue;
	expect([...columns.rowAsset]).toEqual([0, 0, 0, 1, 1, 1]);
	expect([...columns.rowFactor]).toEqual([1000, 1, 1, 1000, 1, 1]);
	expect([...columns.rowPeriodic]).toEqual([1, 0, 0, 1, 0, 0]);
	expect(catalogue.primaryRow(catalogue.find("b")!)).toBe(3);
});

test("an answer 'since' adds, changes and removes, and keeps what it leaves out", () => {
	const catalogue = new Catalogue();
	catalogue.take(body({}));
	const more = { revision: 2, whole: false, systems: [], limits: [], assets: [asset("c", 6)], removed: ["a"] };
	catalogue.take(body(more));
	expect(catalogue.assets.map(({ record }) => record.id)).toEqual(["b", "c"]);
	expect(catalogue.kind("box")?.primary).toBe("pressure");
	expect(catalogue.limitsOf(catalogue.find("c")!).map(({ id }) => id)).toEqual(["high", "low"]);
});

test("another epoch has other rows: nothing of the old one stays", () => {
	const catalogue = new Catalogue();
	catalogue.take(body({}));
	catalogue.take(body({ epoch: 10, whole: false, assets: [asset("z", 0)] }));
	expect(catalogue.assets.map(({ record }) => record.id)).toEqual(["z"]);
});

test("an asset's own limit stands before the kind's of the same id", () => {
	const catalogue = new Catalogue();
	catalogue.take(body({ assets: [asset("a", 0, { limits: [limitOf("high", 8)] })] }));
	const limits = catalogue.limitsOf(catalogue.find("a")!);
	expect(limits.map(({ id, levels }) => [id, levels[0]?.value])).toEqual([
		["high", 8],
		["low", 2],
	]);
});

test("what is not a catalogue is a Problem and changes nothing", () => {
	const catalogue = new Catalogue();
	catalogue.take(body({}));
	expect(isProblem(catalogue.take({ hello: 1 }))).toBe(true);
	expect(catalogue.assets).toHaveLength(2);
});
