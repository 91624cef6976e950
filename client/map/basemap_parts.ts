// The small parts that the base map's layers are made of: widths by zoom, a line, a fill, a name. Used by the other basemap files only.
import type {
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	SymbolLayerSpecification,
} from "maplibre-gl";
import type { MapTheme } from "./basemap_colours.ts";
import { MAP_FONT } from "./fonts.ts";

export type BasemapOptions = {
	theme: MapTheme;
	/** Which name a label shows; default "zh". */
	language?: "zh" | "en";
	/** Multiplies text and line widths; a wall read from 6 m needs about 2. Default 1. */
	scale?: number;
	/** Scheme and host that serves /map/basemap.pmtiles; default the page's own. */
	origin?: string;
};

/** The source of the tiles. */
export const TILES = "basemap";

export const IS = (property: string, value: string | number | boolean): FilterSpecification => [
	"==",
	["get", property],
	value,
];

/**
 * Zooms that a map drawn `scale` times as big is nearer when it shows the same ground. Everything that depends on the zoom is shifted
 * by it: a wall of 4K shows the province with the same lines and names as a desk, only bigger.
 */
export function shiftOf(scale: number): number {
	return Math.log2(scale);
}

/** A width or size that grows with the zoom: pairs of zoom on a desk of scale 1, and pixels there. */
export function byZoom(scale: number, ...stops: readonly [number, number][]): ExpressionSpecification {
	const pairs = stops.flatMap(([zoom, pixels]) => [zoom + shiftOf(scale), pixels * scale]);
	return ["interpolate", ["linear"], ["zoom"], ...pairs] as ExpressionSpecification;
}

/** The name in the wanted language, Chinese where there is no other. */
export function nameIn({ language = "zh" }: BasemapOptions): ExpressionSpecification {
	return language === "zh" ? ["get", "zh"] : ["coalesce", ["get", "en"], ["get", "zh"]];
}

/** Draws one source layer of the tiles in a colour and a width. */
export function line(
	id: string,
	layer: string,
	colour: string,
	width: ExpressionSpecification,
	more: object = {},
): LayerSpecification {
	return {
		id,
		type: "line",
		source: TILES,
		"source-layer": layer,
		layout: { "line-join": "round", "line-cap": "round" },
		paint: { "line-color": colour, "line-width": width },
		...more,
	};
}

/** The same with dashes, in multiples of the width; dashes need flat ends. */
export function dashed(
	id: string,
	layer: string,
	colour: string,
	width: ExpressionSpecification,
	dashes: number[],
	more: object = {},
): LayerSpecification {
	return {
		...line(id, layer, colour, width),
		layout: { "line-join": "round", "line-cap": "butt" },
		paint: { "line-color": colour, "line-width": width, "line-dasharray": dashes },
		...more,
	} as LayerSpecification;
}

export function fill(id: string, layer: string, colour: string, more: object = {}): LayerSpecification {
	return { id, type: "fill", source: TILES, "source-layer": layer, paint: { "fill-color": colour }, ...more };
}

export interface NameStyle {
	readonly size: ExpressionSpecification;
	readonly colour: string;
	readonly halo: string;
	readonly layout?: SymbolLayerSpecification["layout"];
}

/** A layer of names; `more` holds its filter and zooms. `source` is a layer of the tiles, or null with a source in `more`. */
export function names(
	id: string,
	options: BasemapOptions,
	source: string | null,
	style: NameStyle,
	more: object,
): LayerSpecification {
	return {
		id,
		type: "symbol",
		source: TILES,
		...(source === null ? {} : { "source-layer": source }),
		layout: {
			"text-field": nameIn(options),
			"text-font": [MAP_FONT],
			"text-size": style.size,
			"text-padding": 4,
			...style.layout,
		},
		paint: {
			"text-color": style.colour,
			"text-halo-color": style.halo,
			"text-halo-width": 1.4 * (options.scale ?? 1),
			"text-halo-blur": 0.4,
		},
		...more,
	};
}

/** Beside a point, on the side where there is room. */
export const ASIDE = {
	"text-variable-anchor": ["top", "bottom", "right", "left"],
	"text-radial-offset": 0.45,
	"text-justify": "auto",
} satisfies SymbolLayerSpecification["layout"];
