// How an incident's drawings look: chalk on the map. Light lines with a dark edge and words beside them; no hue of a level, because
// a drawing is no judgement. Layers and the arrow's head for draw.ts; pure but for the head's pixels.
import type { LayerSpecification } from "maplibre-gl";
import { MAP_FONT } from "./fonts.ts";
import type { Palette } from "./palette.ts";

export type DrawnPalette = Pick<Palette, "text" | "text2" | "ground" | "accent">;

/** Layers in which a click finds a drawing. */
export const DRAWN_LAYERS = ["incident-area", "incident-line", "incident-point", "incident-head"] as const;

const HEAD_PX = 44;

type Filter = NonNullable<Extract<LayerSpecification, { type: "line" }>["filter"]>;

const role = (name: string): Filter => ["==", ["get", "role"], name];
const body = (...types: readonly string[]): Filter => [
	"all",
	role("body") as never,
	["in", ["geometry-type"], ["literal", types as string[]]] as never,
];

export function drawnLayers(source: string, palette: DrawnPalette, scale: number): LayerSpecification[] {
	const { text, ground } = palette;
	const lines = body("LineString", "Polygon");
	return [
		{
			id: "incident-area",
			type: "fill",
			source,
			filter: body("Polygon"),
			paint: { "fill-color": text, "fill-opacity": 0.1 },
		},
		{
			id: "incident-edge",
			type: "line",
			source,
			filter: lines,
			layout: { "line-cap": "round", "line-join": "round" },
			paint: { "line-color": ground, "line-width": 5 * scale, "line-opacity": 0.75 },
		},
		{
			id: "incident-line",
			type: "line",
			source,
			filter: lines,
			layout: { "line-cap": "round", "line-join": "round" },
			paint: { "line-color": text, "line-width": 2.25 * scale },
		},
		{
			id: "incident-ring",
			type: "line",
			source,
			filter: role("ring"),
			paint: { "line-color": text, "line-width": 1.75 * scale, "line-dasharray": [4, 3] },
		},
		{
			id: "incident-point",
			type: "circle",
			source,
			filter: body("Point"),
			paint: {
				"circle-radius": 5 * scale,
				"circle-color": text,
				"circle-stroke-color": ground,
				"circle-stroke-width": 2 * scale,
			},
		},
		{
			id: "incident-place",
			type: "circle",
			source,
			filter: role("place"),
			paint: {
				"circle-radius": 15 * scale,
				"circle-opacity": 0,
				"circle-stroke-color": text,
				"circle-stroke-width": 2.5 * scale,
			},
		},
		...symbolLayers(source, palette, scale),
	];
}

function symbolLayers(source: string, { text, ground }: DrawnPalette, scale: number): LayerSpecification[] {
	return [
		{
			id: "incident-head",
			type: "symbol",
			source,
			filter: role("head"),
			layout: {
				"icon-image": "incident-head",
				"icon-rotate": ["get", "heading"],
				"icon-rotation-alignment": "map",
				"icon-size": scale,
				"icon-allow-overlap": true,
				"icon-ignore-placement": true,
			},
		},
		{
			id: "incident-words",
			type: "symbol",
			source,
			filter: ["any", role("words") as never, role("place-words") as never],
			layout: {
				"text-field": ["get", "told"],
				"text-font": [MAP_FONT],
				"text-size": 14 * scale,
				"text-anchor": ["match", ["get", "role"], "place-words", "top", "bottom"],
				"text-offset": ["case", ["==", ["get", "role"], "place-words"], ["literal", [0, 1.3]], ["literal", [0, -0.55]]],
				"text-allow-overlap": true,
				"text-ignore-placement": true,
			},
			paint: { "text-color": text, "text-halo-color": ground, "text-halo-width": 2 * scale },
		},
	];
}

/** A filled head that looks north, at twice the density. */
export function headImage(colour: string, edge: string): ImageData {
	const canvas = document.createElement("canvas");
	canvas.width = HEAD_PX;
	canvas.height = HEAD_PX;
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("no 2D canvas for the arrow's head");
	const middle = HEAD_PX / 2;
	context.beginPath();
	context.moveTo(middle, 4);
	context.lineTo(HEAD_PX - 9, HEAD_PX - 8);
	context.lineTo(middle, HEAD_PX - 15);
	context.lineTo(9, HEAD_PX - 8);
	context.closePath();
	context.lineWidth = 5;
	context.lineJoin = "round";
	context.strokeStyle = edge;
	context.stroke();
	context.fillStyle = colour;
	context.fill();
	return context.getImageData(0, 0, HEAD_PX, HEAD_PX);
}
