import { expect, test } from "vitest";
import type { PageAsset } from "./catalogue.ts";
import { cellBounds, cellsIn } from "./cells_in_view.ts";

function asset(cell: number, lon: number, lat: number): PageAsset {
	return { cell, record: { lon, lat } } as PageAsset;
}

const bounds = cellBounds([asset(0, 123, 41), asset(0, 123.4, 41.2), asset(2, 121, 39)], 3);

test("a cell is in view when its assets' box touches the view; an empty cell never is", () => {
	expect(cellsIn(bounds, { west: 123.1, south: 41.1, east: 123.2, north: 41.15 }, 64)).toEqual([0]);
	expect(cellsIn(bounds, { west: 100, south: 0, east: 140, north: 60 }, 64)).toEqual([0, 2]);
	expect(cellsIn(bounds, { west: 110, south: 30, east: 111, north: 31 }, 64)).toEqual([]);
});

test("more cells than are sent with values: none, status only", () => {
	expect(cellsIn(bounds, { west: 100, south: 0, east: 140, north: 60 }, 1)).toEqual([]);
});
