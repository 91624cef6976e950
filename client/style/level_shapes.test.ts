import { expect, test } from "vitest";
import { FRAGMENT } from "../map/layers/marker_shaders.ts";
import { shapePath } from "../map/shapes.ts";
import { cornersOf, LEVEL_SHAPES, type LevelShape } from "./level_shapes.ts";

const LEVELS = [1, 2, 3, 4] as const;

function shapeOf(level: number): LevelShape {
	const shape = LEVEL_SHAPES[level];
	if (shape === null || shape === undefined) throw new Error(`no shape for level ${level}`);
	return shape;
}

/** What a canvas was told to draw. */
function drawn(level: number): { corners: [number, number][]; arcs: number } {
	const corners: [number, number][] = [];
	let arcs = 0;
	const context = {
		beginPath: () => undefined,
		closePath: () => undefined,
		moveTo: (x: number, y: number) => corners.push([x, y]),
		lineTo: (x: number, y: number) => corners.push([x, y]),
		arc: () => {
			arcs++;
		},
	};
	shapePath(context as unknown as CanvasRenderingContext2D, level, 0, 0, 10);
	return { corners, arcs };
}

test("no two levels share a shape or a letter: any one of colour, shape and letter is enough", () => {
	expect(new Set(LEVELS.map((level) => shapeOf(level).corners)).size).toBe(4);
	expect(LEVELS.map((level) => shapeOf(level).numeral)).toEqual(["IV", "III", "II", "I"]);
});

test.each(LEVELS)("level %i: the map's canvas draws the corners of the page's mark", (level) => {
	const shape = shapeOf(level);
	const { corners, arcs } = drawn(level);
	expect(arcs).toBe(shape.corners === 0 ? 1 : 0);
	const wanted = cornersOf(shape, 10);
	expect(corners).toHaveLength(wanted.length);
	for (const [i, [x, y]] of wanted.entries()) {
		expect(corners[i]?.[0]).toBeCloseTo(x, 6);
		expect(corners[i]?.[1]).toBeCloseTo(y, 6);
	}
});

test("the map's shaders choose circle, triangle, diamond and octagon for the same levels, in that order", () => {
	const body = FRAGMENT.match(/float shape\(float state, vec2 p, float r\) \{([\s\S]*?)\n\}/)?.[1] ?? "";
	const forms = body.split("\n").filter((line) => line.includes("return"));
	expect(forms).toHaveLength(4);
	for (const [i, form] of [/length\(p\)/, /triangle\(/, /abs\(p\.x\) \+ abs\(p\.y\)/, /octagon\(/].entries())
		expect(forms[i]).toMatch(form);
	expect(forms.slice(0, 3).map((line) => line.match(/state < ([\d.]+)/)?.[1])).toEqual(["1.5", "2.5", "3.5"]);
});
