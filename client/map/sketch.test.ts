import { expect, test } from "vitest";
import type { DrawingChange, DrawnFeature } from "./drawings.ts";
import { type Sheet, Sketch, type Tool } from "./sketch.ts";

const SHEET: Sheet = { lon: 123.4, lat: 41.8, title: "爆管", ringM: 200, drawings: [] };

class Bench {
	readonly sent: DrawingChange[] = [];
	readonly moved: [number, number][] = [];
	shown: readonly DrawnFeature[] = [];
	tool: Tool | null = null;
	isTaken = true;
	hasCorner = false;
	private ids = 0;

	readonly sketch = new Sketch({
		save: async (change) => {
			this.sent.push(change);
			return this.isTaken;
		},
		move: (lon, lat) => void this.moved.push([lon, lat]),
		who: () => ({ by: "王敏", at: 7 }),
		makeId: () => `d${++this.ids}`,
		fault: (fault) => {
			throw fault;
		},
		most: 3,
	});

	constructor(sheet = SHEET) {
		this.sketch.setSheet(sheet);
		this.sketch.attach({
			setFeatures: (features) => {
				this.shown = features;
			},
			setTool: (tool) => {
				this.tool = tool;
			},
			undoCorner: () => this.hasCorner,
		});
	}

	roles(): string[] {
		return this.shown.map(({ properties }) => properties.role);
	}
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

const line = {
	type: "LineString",
	coordinates: [
		[123, 41],
		[123, 41.01],
	],
} as const;

test("the place, its name and its ring stand there before anybody drew", () => {
	expect(new Bench().roles().sort()).toEqual(["place", "place-words", "ring", "words"]);
	expect(new Bench({ ...SHEET, ringM: null }).roles()).toEqual(["place", "place-words"]);
});

test("a stroke is shown at once, saved, and goes again when it is refused", async () => {
	const bench = new Bench();
	bench.sketch.drew("line", line);
	expect(bench.roles()).toContain("body");
	await settled();
	expect(bench.sent).toMatchObject([{ type: "put", drawing: { id: "d1" } }]);
	expect(bench.sketch.drawings).toHaveLength(1);
	bench.isTaken = false;
	bench.sketch.drew("arrow", line);
	expect(bench.sketch.drawings).toHaveLength(2);
	await settled();
	expect(bench.sketch.drawings.map(({ properties }) => properties.shape)).toEqual(["line"]);
});

test("words stand at the place by keyboard; without words it is a point; a label in the hand needs its words", () => {
	const bench = new Bench();
	bench.sketch.setText("集结点");
	bench.sketch.here();
	expect(bench.sketch.drawings[0]?.properties).toMatchObject({ shape: "label", text: "集结点", by: "王敏" });
	expect(bench.sketch.text).toBe("");
	bench.sketch.drew("label", { type: "Point", coordinates: [123, 41] });
	expect(bench.sketch.drawings).toHaveLength(1);
	bench.sketch.around(500);
	expect(bench.sketch.drawings[1]?.properties.radiusM).toBe(500);
});

test("undo takes back the corner in the hand first, then one's own last step, and nothing of others", async () => {
	const bench = new Bench();
	bench.sketch.drew("line", line);
	await settled();
	const theirs = { geometry: line, properties: { shape: "line", by: "李强" }, id: "x1" };
	bench.sketch.setSheet({ ...SHEET, drawings: [...bench.sketch.drawings, theirs] as never });
	bench.hasCorner = true;
	bench.sketch.undo();
	expect(bench.sketch.drawings).toHaveLength(2);
	bench.hasCorner = false;
	bench.sketch.undo();
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["x1"]);
	bench.sketch.undo();
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["x1"]);
});

test("I2 what others draw while one's own stroke is on its way stands beside it", async () => {
	const bench = new Bench();
	bench.sketch.drew("line", line);
	const theirs = { geometry: line, properties: { shape: "line", by: "李强" }, id: "x1" };
	bench.sketch.setSheet({ ...SHEET, drawings: [theirs] });
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["x1", "d1"]);
	await settled();
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["x1", "d1"]);
	// Taken away by its own id: what they drew is not written again.
	bench.sketch.erase("d1");
	await settled();
	expect(bench.sent.at(-1)).toEqual({ type: "remove", id: "d1" });
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["x1"]);
});

test("what was erased returns with undo; a full sheet takes no more", async () => {
	const bench = new Bench();
	for (let i = 0; i < 5; i++) bench.sketch.drew("line", line);
	expect(bench.sketch.drawings).toHaveLength(3);
	await settled();
	bench.sketch.erase("d2");
	await settled();
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["d1", "d3"]);
	bench.sketch.undo();
	expect(bench.sketch.drawings.map(({ id }) => id)).toEqual(["d1", "d3", "d2"]);
});

test("the place is moved by one click, and the tool is put down", () => {
	const bench = new Bench();
	bench.sketch.setTool("place");
	bench.sketch.drew("place", { type: "Point", coordinates: [123.5, 41.9] });
	expect(bench.moved).toEqual([[123.5, 41.9]]);
	expect(bench.tool).toBeNull();
	expect(bench.sent).toEqual([]);
});
