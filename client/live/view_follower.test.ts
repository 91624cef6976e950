import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Catalogue } from "./catalogue.ts";
import { ViewFollower } from "./view_follower.ts";
import type { View } from "./wire.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const WEST = { west: 120, south: 40, east: 122, north: 42 };
const ALL = { west: 110, south: 30, east: 130, north: 50 };

function loaded(epoch: number): object {
	const kind = {
		id: "box",
		name: { zh: "箱", en: "box" },
		primary: "a",
		measures: [],
		limits: [],
		fields: [],
		symbol: { icon: "箱", radius: 5 },
		geometry: "point",
	};
	const asset = (id: string, lon: number, cell: number, firstRow: number): object => ({
		record: { id, name: id, kind: "box", district: "210102", lon, lat: 41 },
		system: "gas",
		cell,
		firstRow,
		measures: ["a", "state"],
		channels: [1, 2],
		limits: [],
	});
	return {
		revision: 1,
		epoch,
		whole: true,
		systems: [{ id: "gas", name: { zh: "燃气", en: "gas" }, policy: [], order: 1, kinds: [kind] }],
		limits: [],
		removed: [],
		cells: [{}, {}],
		assets: [asset("west", 121, 0, 0), asset("east", 124, 1, 8)],
	};
}

function page(): { catalogue: Catalogue; follower: ViewFollower; asked: View[]; rest: () => void } {
	const catalogue = new Catalogue();
	const asked: View[] = [];
	const follower = new ViewFollower(catalogue, (view) => asked.push(view));
	catalogue.take(loaded(1));
	return { catalogue, follower, asked, rest: () => vi.advanceTimersByTime(1_000) };
}

test("cells in view are asked for with values once the hand rests, and only when they differ", () => {
	const { follower, asked, rest } = page();
	for (let i = 0; i < 5; i++) follower.setBox(WEST, false);
	rest();
	follower.setBox({ ...WEST, west: 120.1 }, false);
	rest();
	expect(asked).toEqual([{ cells: [0], rows: [] }]);
});

test("the whole province is followed at detail status", () => {
	const { follower, asked, rest } = page();
	follower.setBox(ALL, true);
	rest();
	expect(asked).toEqual([{ cells: [], rows: [] }]);
});

test("the selected asset's rows come with values wherever the view is, and without any map", () => {
	const { follower, asked, rest } = page();
	follower.setSelected("east");
	rest();
	expect(asked).toEqual([{ cells: [], rows: [8, 9] }]);
});

test("rows of another server life are asked for anew", () => {
	const { catalogue, follower, asked, rest } = page();
	follower.setSelected("east");
	rest();
	catalogue.take(loaded(2));
	rest();
	expect(asked).toHaveLength(2);
});

test("parts of the page name rows of their own; each part's word replaces its last one", () => {
	const { follower, asked, rest } = page();
	follower.setNamed("pulse", [{ asset: "west", measures: ["a"] }]);
	follower.setNamed("case", [{ asset: "east" }, { asset: "unknown" }]);
	rest();
	expect(asked.at(-1)).toEqual({ cells: [], rows: [0, 8, 9] });
	follower.setNamed("case", []);
	rest();
	expect(asked.at(-1)).toEqual({ cells: [], rows: [0] });
});
