import { expect, test } from "vitest";
import type { Line } from "./layers/path_layer.ts";
import type { Pointer } from "./pick.ts";
import { pickLine } from "./pick_line.ts";

const lines: Line[] = [
	{
		index: 0,
		path: [
			[123.4, 41.8],
			[123.5, 41.8],
		],
	},
	{
		index: 1,
		path: [
			[123.4, 41.8003],
			[123.5, 41.8003],
		],
	},
	{
		index: 2,
		path: [
			[123.45, 41.7],
			[123.45, 41.75],
		],
	},
];
const facts = (status: readonly number[], visible = [1, 1, 1]) => ({
	status: Uint8Array.from(status),
	visible: Uint8Array.from(visible),
});
const at = (lon: number, lat: number, zoom = 14): Pointer => ({ x: 0, y: 0, lon, lat, zoom });

test("anywhere along a line, within a few pixels, at any zoom", () => {
	expect(pickLine(lines, facts([0, 0, 0]), at(123.43, 41.80005), 1)).toEqual({ type: "asset", index: 0 });
	expect(pickLine(lines, facts([0, 0, 0]), at(123.47, 41.80028), 1)).toEqual({ type: "asset", index: 1 });
	expect(pickLine(lines, facts([0, 0, 0]), at(123.4502, 41.72), 1)).toEqual({ type: "asset", index: 2 });
	expect(pickLine(lines, facts([0, 0, 0]), at(123.4502, 41.72, 18), 1)).toBeNull();
	expect(pickLine(lines, facts([0, 0, 0]), at(123.43, 41.81), 1)).toBeNull();
});

test("of two within reach the worse one; a hidden one never", () => {
	const between = at(123.43, 41.80012, 13);
	expect(pickLine(lines, facts([0, 0, 0]), between, 1)).toEqual({ type: "asset", index: 0 });
	expect(pickLine(lines, facts([0, 3, 0]), between, 1)).toEqual({ type: "asset", index: 1 });
	expect(pickLine(lines, facts([0, 3, 0], [1, 0, 1]), between, 1)).toEqual({ type: "asset", index: 0 });
});
