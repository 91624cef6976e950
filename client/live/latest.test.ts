import { expect, test } from "vitest";
import { encodeValuesChanged, encodeValuesWhole, packDelta, SliceKind } from "#model/delta.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import { ByteWriter } from "#model/varint.ts";
import { PageLatest } from "./latest.ts";

const BASE = 1_700_000_000_000;

function server(): Latest {
	const latest = new Latest(7);
	const cell = latest.cells.open(16, "210102", "gas");
	latest.cells.take(cell, 10);
	latest.fit();
	for (let row = 0; row < 10; row++) latest.write(row, row * 10, BASE + row, Quality.good, 0);
	return latest;
}

function whole(latest: Latest): Uint8Array {
	const cell = latest.cells.cells[0]!;
	const body = encodeValuesWhole(new ByteWriter(), latest, cell, BASE);
	const header = { epoch: latest.epoch, from: 0, to: latest.revision, base: BASE };
	return packDelta(new ByteWriter(), header, [{ cell, kind: SliceKind.valuesWhole, body }]);
}

function since(latest: Latest, from: number): Uint8Array {
	const cell = latest.cells.cells[0]!;
	const body = encodeValuesChanged(new ByteWriter(), latest, cell, from, BASE);
	const header = { epoch: latest.epoch, from, to: latest.revision, base: BASE };
	return packDelta(new ByteWriter(), header, [{ cell, kind: SliceKind.valuesChanged, body }]);
}

function drained(page: PageLatest): { replaced: boolean; rows: number[] } {
	const rows: number[] = [];
	const replaced = page.drain((row) => rows.push(row));
	return { replaced, rows };
}

test("L3: a delta from 0 replaces everything and says so once", () => {
	const latest = server();
	const page = new PageLatest();
	page.apply(whole(latest));
	expect(page.table.value[4]).toBe(40);
	expect(page.cursor()).toEqual({ epoch: 7, revision: 10 });
	expect(drained(page).replaced).toBe(true);
	expect(drained(page)).toEqual({ replaced: false, rows: [] });
});

test("a changed row is handed to the painter once, however often it changed", () => {
	const latest = server();
	const page = new PageLatest();
	page.apply(whole(latest));
	drained(page);
	latest.write(3, 99, BASE + 50, Quality.good, 2);
	page.apply(since(latest, 10));
	latest.write(3, 98, BASE + 60, Quality.good, 3);
	page.apply(since(latest, 11));
	expect(drained(page)).toEqual({ replaced: false, rows: [3] });
	expect(page.table.severity[3]).toBe(3);
});

test("L4: a delta that does not follow changes nothing and moves no cursor", () => {
	const latest = server();
	const page = new PageLatest();
	page.apply(whole(latest));
	latest.write(1, 1, BASE, Quality.good, 4);
	latest.write(2, 1, BASE, Quality.good, 4);
	expect(page.apply(since(latest, 11))).toBe("gap");
	expect(page.table.severity[2]).toBe(0);
	expect(page.cursor()).toEqual({ epoch: 7, revision: 10 });
});

test("L6: the same revision of another epoch is a gap, not a continuation", () => {
	const page = new PageLatest();
	page.apply(whole(server()));
	const other = server();
	other.epoch = 8;
	other.write(1, 1, BASE, Quality.good, 4);
	expect(page.apply(since(other, 10))).toBe("gap");
});

test("broken bytes throw, and after forgetting the page asks for everything", () => {
	const page = new PageLatest();
	page.apply(whole(server()));
	expect(() => page.apply(Uint8Array.of(1, 2, 3, 4))).toThrow(RangeError);
	page.forget();
	expect(page.cursor()).toBeNull();
});

test("values alone touch nothing, a row that a whole slice emptied does", () => {
	const latest = server();
	const page = new PageLatest();
	page.apply(whole(latest));
	drained(page);
	latest.write(3, 99, BASE + 50, Quality.good, 0);
	latest.write(4, 99, BASE + 50, Quality.stale, 0);
	page.apply(since(latest, 10));
	expect(page.table.value[3]).toBe(99);
	expect(drained(page).rows).toEqual([4]);
	const cell = latest.cells.cells[0]!;
	latest.put(4, Number.NaN, 0, Quality.none, 0, latest.revision);
	const body = encodeValuesWhole(new ByteWriter(), latest, cell, BASE);
	const header = { epoch: 7, from: latest.revision, to: latest.revision + 1, base: BASE };
	page.apply(packDelta(new ByteWriter(), header, [{ cell, kind: SliceKind.valuesWhole, body }]));
	expect(drained(page).rows).toContain(4);
});
