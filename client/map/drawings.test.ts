import { expect, test } from "vitest";
import {
	circleAt,
	type Drawing,
	drawingOf,
	drawnFeatures,
	extentOf,
	extentText,
	headingOf,
	undone,
} from "./drawings.ts";

const stroke = { id: "d1", by: "王敏", at: 1_000 };
const SHENYANG = [123.43, 41.8] as const;

function line(id: string): Drawing {
	const drawing = drawingOf(
		"line",
		{
			type: "LineString",
			coordinates: [
				[123, 41],
				[123, 41.01],
			],
		},
		{ ...stroke, id },
	);
	if (drawing === null) throw new Error("no line");
	return drawing;
}

test("a drawing is kept as GeoJSON with its shape, to six digits, with who and when", () => {
	const kept = drawingOf(
		"label",
		{ type: "Point", coordinates: [123.123456789, 41.2, 7] },
		{ ...stroke, text: " 集结点 " },
	);
	expect(kept).toEqual({
		type: "Feature",
		id: "d1",
		geometry: { type: "Point", coordinates: [123.123457, 41.2] },
		properties: { shape: "label", text: "集结点", by: "王敏", at: 1_000 },
	});
});

test("a geometry that is none of its shape is no drawing", () => {
	const spot = [123, 41];
	expect(drawingOf("line", { type: "LineString", coordinates: [spot, spot] }, stroke)).toBeNull();
	expect(drawingOf("polygon", { type: "Polygon", coordinates: [[spot, spot, spot]] }, stroke)).toBeNull();
	expect(drawingOf("point", { type: "LineString", coordinates: [spot, [124, 41]] }, stroke)).toBeNull();
	expect(circleAt(SHENYANG, 1, stroke)).toBeNull();
});

test("a circle keeps the radius that was typed and is measured by it", () => {
	const circle = circleAt(SHENYANG, 500, stroke);
	if (circle === null) throw new Error("no circle");
	expect(circle.properties.radiusM).toBe(500);
	expect(circle.geometry.type).toBe("Polygon");
	expect(extentOf(circle).areaM2).toBeCloseTo(Math.PI * 500 ** 2, 3);
	expect(extentText(extentOf(circle))).toBe("R 500\u00a0m");
});

test("a dragged circle has the radius of its ring", () => {
	const ring = circleAt(SHENYANG, 1_250, stroke)?.geometry;
	if (ring === undefined) throw new Error("no ring");
	expect(drawingOf("circle", ring, stroke)?.properties.radiusM).toBe(1_250);
});

test("length and area are told in the unit a person would use", () => {
	const path = {
		type: "LineString",
		coordinates: [
			[123, 41],
			[123, 41.1],
		],
	} as const;
	const long = drawingOf("line", path, stroke);
	expect(extentText(extentOf(long as Drawing))).toBe("11.1\u00a0km");
	const square = [
		[123, 41],
		[123.001, 41],
		[123.001, 41.001],
		[123, 41.001],
		[123, 41],
	];
	const field = drawingOf("polygon", { type: "Polygon", coordinates: [square] }, stroke);
	expect(extentText(extentOf(field as Drawing))).toMatch(/^9\d\d\d\u00a0m²$/);
});

test("an arrow has a head that looks where its path ends", () => {
	expect(
		headingOf([
			[123, 41],
			[123, 42],
		]),
	).toBe(0);
	expect(
		headingOf([
			[123, 41],
			[124, 41],
		]),
	).toBeCloseTo(90, 6);
	expect(
		headingOf([
			[123, 41],
			[122, 41],
		]),
	).toBeCloseTo(270, 6);
	const arrow = drawingOf(
		"arrow",
		{
			type: "LineString",
			coordinates: [
				[123, 41],
				[123, 40],
			],
		},
		stroke,
	) as Drawing;
	const head = drawnFeatures([arrow]).find(({ properties }) => properties.role === "head");
	expect(head).toMatchObject({ geometry: { coordinates: [123, 40] }, properties: { heading: 180 } });
});

test("what is drawn says its words and its measure; a bare point says nothing", () => {
	const told = drawnFeatures([{ ...line("a"), properties: { ...line("a").properties, text: "封路" } }])
		.filter(({ properties }) => properties.role === "words")
		.map(({ properties }) => properties.told);
	expect(told).toEqual(["封路 1.11\u00a0km"]);
	const point = drawingOf("point", { type: "Point", coordinates: [123, 41] }, stroke) as Drawing;
	expect(drawnFeatures([point])).toHaveLength(1);
});

test("taking back touches one's own step and leaves what others drew", () => {
	const [mine, theirs] = [line("mine"), line("theirs")];
	expect(undone([mine, theirs], { type: "drew", drawing: mine })).toEqual({ type: "remove", id: mine.id });
	expect(undone([theirs], { type: "erased", drawing: mine })).toEqual({ type: "put", drawing: mine });
	const already = [theirs];
	expect(undone(already, { type: "drew", drawing: mine })).toBeNull();
});
