// The base map as a MapLibre style: sea, land, water, borders and Chinese names, in three themes. Plain data out, no map in.
// Called by whoever creates the map and when the theme changes. Layers and zooms are those of geodata/build/tiles.ts.
import type {
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	StyleSpecification,
	SymbolLayerSpecification,
} from "maplibre-gl";
import type { MapColours, MapTheme } from "./basemap_colours.ts";
import { MAP_COLOURS } from "./basemap_colours.ts";
import { fontFaces, MAP_FONT } from "./fonts.ts";

export type BasemapOptions = {
	theme: MapTheme;
	/** Which name a label shows; default "zh". */
	language?: "zh" | "en";
	/** Multiplies text and line widths; a wall read from 6 m needs about 2. Default 1. */
	scale?: number;
	/** Scheme and host that serves /map/basemap.pmtiles; default the page's own. */
	origin?: string;
};

/** Where the server must answer with geodata/liaoning/basemap.pmtiles, with HTTP Range. */
export const BASEMAP_PATH = "/map/basemap.pmtiles";
export const BASEMAP_SOURCE = "basemap";
/** Shown on the map with the unit's 审图号. */
export const BASEMAP_ATTRIBUTION = "天地图 2024-05 · © OpenStreetMap contributors (ODbL) · GSHHG/WDBII (LGPL)";
/** West, south, east, north of the land drawn; keep the map's `maxBounds` inside it and no cut edge shows. */
export const BASEMAP_BOUNDS: [number, number, number, number] = [100, 29, 145, 53];
/** A first view of the province. */
export const PROVINCE_BOUNDS: [number, number, number, number] = [118.8, 38.7, 125.8, 43.5];
/** Layers of names, for scenes that hide them or put things below them. */
export const PLACE_LAYERS = ["place-around", "place-district", "place-county", "place-city"] as const;

/** A width or size that grows with the zoom: pairs of zoom and pixels. */
function byZoom(scale: number, ...stops: [number, number][]): ExpressionSpecification {
	const pairs = stops.flatMap(([zoom, pixels]) => [zoom, pixels * scale]);
	return ["interpolate", ["linear"], ["zoom"], ...pairs] as ExpressionSpecification;
}

/** Draws the zooms of one source layer in a colour and a width. */
function line(
	id: string,
	layer: string,
	colour: string,
	width: ExpressionSpecification,
	more: object = {},
): LayerSpecification {
	return {
		id,
		type: "line",
		source: BASEMAP_SOURCE,
		"source-layer": layer,
		layout: { "line-join": "round", "line-cap": "round" },
		paint: { "line-color": colour, "line-width": width },
		...more,
	};
}

function fill(id: string, layer: string, colour: string, more: object = {}): LayerSpecification {
	return { id, type: "fill", source: BASEMAP_SOURCE, "source-layer": layer, paint: { "fill-color": colour }, ...more };
}

/** Distance of the three water lines from the coast, in pixels by zoom; engraved charts space them wider outward. */
const OFFSHORE: readonly [number, number][][] = [
	[
		[5, 2.5],
		[8, 4],
		[11, 6],
	],
	[
		[5, 5.5],
		[8, 9],
		[11, 13],
	],
	[
		[5, 9],
		[8, 15],
		[11, 21],
	],
];

/**
 * Three lines parallel to the coast, as rings of wide strokes in the line's colour and the sea's by turns, farthest first. The land
 * is drawn over their inner half. An offset line would cross itself at every bay.
 */
function waterLines(colours: MapColours, scale: number): LayerSpecification[] {
	return [2, 1, 0].flatMap((index) => {
		const offset = OFFSHORE[index] ?? [];
		const stroke = (more: number) =>
			byZoom(scale, ...offset.map(([zoom, px]): [number, number] => [zoom, 2 * px + more]));
		return [
			line(`water-line-${index + 1}`, "coast", colours.waterLines[index] ?? colours.sea, stroke(1)),
			line(`water-line-${index + 1}-inside`, "coast", colours.sea, stroke(-1)),
		];
	});
}

const IS = (property: string, value: string): FilterSpecification => ["==", ["get", property], value];

function borders(colours: MapColours, scale: number): LayerSpecification[] {
	const county = byZoom(scale, [6, 0.5], [8, 0.8], [11, 1.2], [14, 1.6]);
	const city = byZoom(scale, [5, 0.6], [8, 1.2], [11, 1.8], [14, 2.4]);
	const province = byZoom(scale, [5, 1.2], [8, 2], [11, 2.6], [14, 3.2]);
	const coast = byZoom(scale, [5, 1], [8, 1.4], [11, 1.8], [14, 2.2]);
	return [
		line("county-line", "border", colours.countyLine, county, { filter: IS("kind", "county"), minzoom: 6 }),
		line("city-line", "border", colours.cityLine, city, { filter: IS("kind", "city") }),
		line("coast-line", "coast", colours.coast, coast),
		line("province-line", "border", colours.coast, province, { filter: IS("kind", "province") }),
	];
}

type LabelStyle = {
	size: ExpressionSpecification;
	colour: string;
	halo: string;
	layout?: SymbolLayerSpecification["layout"];
};

function label(
	id: string,
	options: BasemapOptions,
	kinds: string[],
	style: LabelStyle,
	zooms: object,
): LayerSpecification {
	return {
		id,
		type: "symbol",
		source: BASEMAP_SOURCE,
		"source-layer": "place",
		filter: ["in", ["get", "kind"], ["literal", kinds]],
		layout: {
			"text-field": ["get", options.language ?? "zh"],
			"text-font": [MAP_FONT],
			"text-size": style.size,
			"text-padding": 4,
			"symbol-sort-key": ["get", "rank"],
			...style.layout,
		},
		paint: {
			"text-color": style.colour,
			"text-halo-color": style.halo,
			"text-halo-width": 1.4 * (options.scale ?? 1),
			"text-halo-blur": 0.4,
		},
		...zooms,
	};
}

/** Layers later in the list are placed first: cities win over counties, counties over districts. */
function places(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const halo = colours.land;
	const aside = {
		"text-variable-anchor": ["top", "bottom", "right", "left"],
		"text-radial-offset": 0.45,
		"text-justify": "auto",
	} satisfies SymbolLayerSpecification["layout"];
	const spaced = { "text-letter-spacing": 0.35, "text-max-width": 20 };
	const big: ExpressionSpecification = ["<=", ["get", "rank"], 1];
	const citySize = byZoom(1, [5, 0], [9, 0]);
	citySize.splice(3, citySize.length - 3, 5, ["case", big, 15 * scale, 12.5 * scale], 9, [
		"case",
		big,
		20 * scale,
		18 * scale,
	]);
	return [
		{
			id: "place-seat",
			type: "circle",
			source: BASEMAP_SOURCE,
			"source-layer": "place",
			filter: IS("kind", "city"),
			maxzoom: 10,
			paint: {
				"circle-radius": byZoom(scale, [5, 1.6], [9, 2.6]),
				"circle-color": colours.land,
				"circle-stroke-color": colours.text2,
				"circle-stroke-width": 1.2 * scale,
			},
		},
		label(
			"place-around",
			options,
			["sea", "neighbour"],
			{ size: byZoom(scale, [5, 12], [8, 17]), colour: colours.faint, halo: colours.sea, layout: spaced },
			{ minzoom: 5.5, maxzoom: 9.5 },
		),
		label(
			"place-district",
			options,
			["district"],
			{ size: byZoom(scale, [9, 12], [13, 16]), colour: colours.text3, halo },
			{ minzoom: 9.2, maxzoom: 14 },
		),
		label(
			"place-county",
			options,
			["county"],
			{ size: byZoom(scale, [8, 12.5], [12, 17]), colour: colours.text2, halo, layout: aside },
			{ minzoom: 7.8, maxzoom: 14 },
		),
		label(
			"place-city",
			options,
			["city"],
			{ size: citySize, colour: colours.text, halo, layout: aside },
			{ maxzoom: 11 },
		),
	];
}

/** The whole style. Register the pmtiles protocol before a map is made with it. */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
	const colours = MAP_COLOURS[options.theme];
	const scale = options.scale ?? 1;
	const origin = options.origin ?? location.origin;
	return {
		version: 8,
		name: `liaowang-${options.theme}`,
		"font-faces": fontFaces(),
		sources: {
			[BASEMAP_SOURCE]: {
				type: "vector",
				url: `pmtiles://${origin}${BASEMAP_PATH}`,
				attribution: BASEMAP_ATTRIBUTION,
			},
		},
		layers: [
			{ id: "sea", type: "background", paint: { "background-color": colours.sea } },
			...waterLines(colours, scale),
			fill("around", "around", colours.around),
			line("around-line", "around_border", colours.aroundLine, byZoom(scale, [5, 0.6], [10, 1.2])),
			fill("land", "liaoning", colours.land),
			line("river", "river", colours.water, byZoom(scale, [6, 0.5], [9, 1.4], [12, 3])),
			fill("lake-rough", "lake", colours.water, { filter: IS("detail", "rough"), maxzoom: 9.5 }),
			fill("lake", "lake", colours.water, { filter: IS("detail", "accurate") }),
			...borders(colours, scale),
			...places(colours, options, scale),
		],
	};
}
