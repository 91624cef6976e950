import { describe, expect, test } from "vitest";
import type { AssetRecord } from "#model/catalogue.ts";
import { asset } from "../../test/support/heart.ts";
import { limitOf, testSystem } from "../../test/support/systems.ts";
import { Catalogue } from "./catalogue.ts";

function packed(records: readonly AssetRecord[]): Catalogue {
	const catalogue = new Catalogue([testSystem]);
	catalogue.load({ assets: records, channels: [], rules: [] });
	return catalogue;
}

/** Every rule that a table of rows must keep. */
function check(catalogue: Catalogue): void {
	const seen = new Set<number>();
	for (const one of catalogue.assets.values()) {
		const cell = catalogue.cells.cells[one.cell];
		expect(cell).toMatchObject({ district: one.record.district, system: one.system });
		for (const [i, channel] of one.channels.entries()) {
			expect(channel.row).toBe(one.firstRow + i);
			expect(seen.has(channel.row)).toBe(false);
			seen.add(channel.row);
			expect(catalogue.cells.idAt(channel.row)).toBe(one.cell);
			expect(catalogue.channels[channel.row]).toBe(channel);
			expect(catalogue.rowOf.get(channel.id)).toBe(channel.row);
		}
	}
	for (const cell of catalogue.cells.cells) expect(cell.used).toBeLessThanOrEqual(cell.capacity);
}

describe("packing", () => {
	test("an asset's rows are adjacent, in one cell of its district and system, never shared", () => {
		const records = Array.from({ length: 400 }, (_, i) =>
			asset(`p-${i}`, {
				district: ["210102", "210103", "210200"][i % 3] ?? "",
				lon: 121 + (i % 17) / 10,
				lat: 39 + (i % 13) / 10,
			}),
		);
		const catalogue = packed(records);
		check(catalogue);
		expect(catalogue.assets.size).toBe(400);
	});

	test("a new asset takes a free slot of its cell, or opens a cell at the end; nothing moves", () => {
		const catalogue = packed([asset("a"), asset("b", { district: "210200" })]);
		const before = [...catalogue.assets.values()].map((one) => one.firstRow);
		catalogue.put([asset("c")]);
		expect(catalogue.assets.get("c")?.cell).toBe(catalogue.assets.get("a")?.cell);
		catalogue.put(Array.from({ length: 60 }, (_, i) => asset(`d-${i}`)));
		check(catalogue);
		expect(["a", "b"].map((id) => catalogue.assets.get(id)?.firstRow)).toEqual(before);
	});

	test("an asset that comes back has its channels again; one whose import failed is told to the store anew", () => {
		const catalogue = packed([asset("a")]);
		const ids = catalogue.assets.get("a")?.channels.map(({ id }) => id);
		catalogue.remove("a");
		expect(catalogue.put([asset("a")])).toEqual([]);
		expect(catalogue.assets.get("a")?.channels.map(({ id }) => id)).toEqual(ids);

		const edits = catalogue.put([asset("b")]);
		catalogue.remove("b", new Set(edits.flatMap((edit) => (edit.type === "channel.put" ? [edit.id] : []))));
		expect(catalogue.put([asset("b")])).toHaveLength(edits.length);
		expect(edits.length).toBeGreaterThan(0);
	});

	test("channel ids are permanent: the same after a start with other neighbours", () => {
		const first = new Catalogue([testSystem]);
		const edits = first.load({ assets: [asset("a"), asset("b")], channels: [], rules: [] });
		const channels = edits.flatMap((edit) => (edit.type === "channel.put" ? [edit] : []));
		expect(channels).toHaveLength(14);
		const second = new Catalogue([testSystem]);
		expect(second.load({ assets: [asset("z"), asset("b")], channels, rules: [] })).toHaveLength(7);
		const idOf = (catalogue: Catalogue): number | undefined => catalogue.channels[catalogue.row("b", "level")]?.id;
		expect(idOf(second)).toBe(idOf(first));
	});

	test("a measure whose stored resolution differs is refused by name", () => {
		const catalogue = new Catalogue([testSystem]);
		const channels = [{ id: 1, asset: "a", measure: "level", scale: 1 }];
		expect(() => catalogue.load({ assets: [asset("a")], channels, rules: [] })).toThrow(
			"a/level is stored with 1 decimals",
		);
	});

	test("a removed asset leaves a tombstone", () => {
		const catalogue = packed([asset("a"), asset("b")]);
		const row = catalogue.row("a", "level");
		catalogue.remove("a");
		expect([catalogue.row("a", "level"), catalogue.channels[row], catalogue.removed]).toEqual([-1, undefined, ["a"]]);
		catalogue.put([asset("c")]);
		expect(catalogue.channels[row]).toBeUndefined();
		check(catalogue);
	});
});

describe("records and rules", () => {
	test("an unknown kind names the known ones; a kind does not change", () => {
		const catalogue = packed([asset("a")]);
		expect(catalogue.refuse(asset("x", { kind: "nothing" }))).toMatchObject({ problem: "unknown-kind", where: "kind" });
		expect(catalogue.refuse(asset("a", { kind: "probeCounty" }))).toMatchObject({ problem: "kind-changed" });
		expect(catalogue.refuse(asset("a", { district: "210200" }))).toMatchObject({
			problem: "district-changed",
			where: "district",
		});
		expect(catalogue.refuse(asset("a", { name: "neu" }))).toBeNull();
	});

	test("limits: the system's, then the kind's changed one, then the asset's own; removed ones are gone", () => {
		const catalogue = packed([asset("a"), asset("b")]);
		const of = (id: string): (number | undefined)[] => {
			const one = catalogue.assets.get(id);
			return one === undefined ? [] : catalogue.limitsOf(one).map((limit) => limit.levels[0]?.value);
		};
		expect(of("a")[0]).toBe(10);
		const changed = limitOf("level-high", "level", { levels: [{ severity: 1, value: 11 }] });
		expect(
			catalogue.putRule({ kind: "probe", asset: null, limit: changed, removed: false }).map((one) => one.record.id),
		).toEqual(["a", "b"]);
		const own = limitOf("level-high", "level", { levels: [{ severity: 1, value: 12 }] });
		expect(
			catalogue.putRule({ kind: "probe", asset: "b", limit: own, removed: false }).map((one) => one.record.id),
		).toEqual(["b"]);
		expect([of("a")[0], of("b")[0]]).toEqual([11, 12]);
		catalogue.putRule({ kind: "probe", asset: "b", limit: own, removed: true });
		expect(of("b")).toHaveLength(4);
	});
});
