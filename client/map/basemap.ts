// The base map as a MapLibre style: sea, land, relief, water, borders, metro, model blocks and Chinese names, in three themes. Plain
// data out, no map in. Called by whoever creates the map and when the theme changes. Layers and zooms are those of geodata/build.
import type {
	ExpressionSpecification,
	ImageSourceSpecification,
	LayerSpecification,
	StyleSpecification,
} from "maplibre-gl";
import { RELIEF_BOUNDS } from "#geodata/liaoning/relief_bounds.ts";
import reliefUrl from "../../geodata/liaoning/relief.png?url&no-inline";
import { BLOCK_SOURCE, blockLayers, blockNames, blockSource } from "./basemap_blocks.ts";
import type { MapColours } from "./basemap_colours.ts";
import { MAP_COLOURS } from "./basemap_colours.ts";
import { backboneLines, graticuleLines, graticuleNames, metroLines, netNames, ROUGH_UNTIL } from "./basemap_nets.ts";
import type { BasemapOptions } from "./basemap_parts.ts";
import { ASIDE, byZoom, fill, IS, line, names, shiftOf, TILES } from "./basemap_parts.ts";
import { fontFaces } from "./fonts.ts";

/** Where the server must answer with geodata/liaoning/basemap.pmtiles, with HTTP Range. */
export const BASEMAP_PATH = "/map/basemap.pmtiles";
export const BASEMAP_SOURCE = TILES;
const RELIEF_SOURCE = "relief";
/** Its samples are 3 km apart: nearer it would only be a stain. */
const RELIEF_UNTIL = 10.5;
/** Shown on the map with the unit's 审图号. */
export const BASEMAP_ATTRIBUTION =
	"天地图 2024-05 · © OpenStreetMap contributors · GSHHG · SRTM/Marble · 公路铁路、部分河流、样板街区为示意";
/** West, south, east, north of the land drawn; keep the map's `maxBounds` inside it and no cut edge shows. */
export const BASEMAP_BOUNDS: [number, number, number, number] = [100, 29, 145, 53];
/** A first view of the province. */
export const PROVINCE_BOUNDS: [number, number, number, number] = [118.8, 38.7, 125.8, 43.5];
/** Layers of names, for scenes that hide them or put things below them. */
export const PLACE_LAYERS = ["place-around", "place-district", "place-county", "place-city"] as const;

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

function borders(colours: MapColours, scale: number): LayerSpecification[] {
	const county = byZoom(scale, [6, 0.5], [8, 0.8], [11, 1.1], [14, 1]);
	const city = byZoom(scale, [5, 0.6], [8, 1.2], [11, 1.8], [14, 2.4]);
	const province = byZoom(scale, [5, 1.2], [8, 2], [11, 2.6], [14, 3.2]);
	const coast = byZoom(scale, [5, 1], [8, 1.4], [11, 1.8], [14, 2.2]);
	// The land's own tone on both sides: beside a hill in the light a grey line would lose its contrast.
	const bed = (id: string, kind: string, width: ExpressionSpecification): LayerSpecification =>
		line(id, "border", colours.land, width, { filter: IS("kind", kind), minzoom: 6, maxzoom: RELIEF_UNTIL });
	return [
		bed("county-bed", "county", byZoom(scale, [6, 2], [10, 3.6])),
		bed("city-bed", "city", byZoom(scale, [6, 3], [10, 5])),
		line("county-line", "border", colours.countyLine, county, { filter: IS("kind", "county"), minzoom: 6 }),
		line("city-line", "border", colours.cityLine, city, { filter: IS("kind", "city") }),
		line("coast-line", "coast", colours.coast, coast),
		line("province-line", "border", colours.coast, province, { filter: IS("kind", "province") }),
	];
}

function seats(colours: MapColours, scale: number): LayerSpecification {
	return {
		id: "place-seat",
		type: "circle",
		source: TILES,
		"source-layer": "place",
		filter: IS("kind", "city"),
		maxzoom: 10,
		paint: {
			"circle-radius": byZoom(scale, [5, 1.6], [9, 2.6]),
			"circle-color": colours.land,
			"circle-stroke-color": colours.text2,
			"circle-stroke-width": 1.2 * scale,
		},
	};
}

/** Districts that lie apart from their city and are as wide as a county: named as early as one. */
const OUTER_DISTRICTS = [
	210111, 210113, 210115, 210212, 210213, 210214, 210505, 210804, 210905, 211005, 211104, 211204, 211404,
];

/** Layers later in the list are placed first: cities win over counties, counties over districts. */
function places(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const halo = colours.land;
	const spaced = { "text-letter-spacing": 0.35, "text-max-width": 20 };
	const byRank = { "symbol-sort-key": ["get", "rank"] as ExpressionSpecification };
	const kinds = (...wanted: string[]) => ({ filter: ["in", ["get", "kind"], ["literal", wanted]] });
	const big: ExpressionSpecification = ["<=", ["get", "rank"], 1];
	const sizes = (one: number, other: number): ExpressionSpecification => ["case", big, one * scale, other * scale];
	const citySize: ExpressionSpecification = [
		"interpolate",
		["linear"],
		["zoom"],
		5 + shiftOf(scale),
		sizes(15, 12.5),
		9 + shiftOf(scale),
		sizes(20, 18),
	];
	const around = { size: byZoom(scale, [5, 12], [8, 17]), colour: colours.faint, halo: colours.sea };
	const district = { size: byZoom(scale, [9, 12], [13, 16]), colour: colours.text3, halo };
	const outer: ExpressionSpecification = ["in", ["get", "code"], ["literal", OUTER_DISTRICTS]];
	const outerStyle = { size: byZoom(scale, [8, 12], [13, 16]), colour: colours.text3, halo };
	const county = { size: byZoom(scale, [8, 12.5], [12, 17]), colour: colours.text2, halo };
	return [
		seats(colours, scale),
		names(
			"place-around",
			options,
			"place",
			{ ...around, layout: { ...spaced, ...byRank } },
			{
				...kinds("sea", "neighbour"),
				minzoom: 5.5,
				maxzoom: 9.5,
			},
		),
		names(
			"place-district",
			options,
			"place",
			{ ...district, layout: byRank },
			{ filter: ["all", IS("kind", "district"), ["!", outer]], minzoom: 9.2, maxzoom: 15.5 },
		),
		names(
			"place-outer",
			options,
			"place",
			{ ...outerStyle, layout: byRank },
			{ filter: ["all", IS("kind", "district"), outer], minzoom: 7.8, maxzoom: 15.5 },
		),
		names(
			"place-county",
			options,
			"place",
			{ ...county, layout: { ...ASIDE, ...byRank } },
			{
				...kinds("county"),
				minzoom: 7.8,
				maxzoom: 15.5,
			},
		),
		names(
			"place-city",
			options,
			"place",
			{ size: citySize, colour: colours.text, halo, layout: { ...ASIDE, ...byRank } },
			{
				...kinds("city"),
				maxzoom: 11,
			},
		),
	];
}

/** Longitudes and latitudes of the picture's corners, clockwise from the north-west. */
function reliefSource(): ImageSourceSpecification {
	const [west, south, east, north] = RELIEF_BOUNDS;
	return {
		type: "image",
		url: reliefUrl,
		coordinates: [
			[west, north],
			[east, north],
			[east, south],
			[west, south],
		],
	};
}

function reliefOpacity(strength: number, scale: number): ExpressionSpecification {
	const stops: [number, number][] = [
		[6.5, strength],
		[8, strength * 0.75],
		[RELIEF_UNTIL, 0],
	];
	return [
		"interpolate",
		["linear"],
		["zoom"],
		...stops.flatMap(([zoom, share]) => [zoom + shiftOf(scale), share]),
	] as ExpressionSpecification;
}

/** A layer's zooms for a map drawn `scale` times as big. */
function shifted(layer: LayerSpecification, scale: number): LayerSpecification {
	const { minzoom, maxzoom } = layer;
	return {
		...layer,
		...(minzoom === undefined ? {} : { minzoom: minzoom + shiftOf(scale) }),
		...(maxzoom === undefined ? {} : { maxzoom: maxzoom + shiftOf(scale) }),
	};
}

/** Land, and what lies on it below the borders. */
function ground(colours: MapColours, scale: number): LayerSpecification[] {
	return [
		fill("around", "around", colours.around),
		fill("land", "liaoning", colours.land),
		{
			id: "relief",
			type: "raster",
			source: RELIEF_SOURCE,
			maxzoom: RELIEF_UNTIL,
			paint: {
				// Weaker the nearer.
				"raster-opacity": reliefOpacity(colours.relief, scale),
				"raster-fade-duration": 0,
			},
		},
		line("around-line", "around_border", colours.aroundLine, byZoom(scale, [5, 0.6], [10, 1.2])),
		line("river", "river", colours.water, byZoom(scale, [6, 0.6], [9, 1.5], [12, 2.4])),
		fill("lake-rough", "lake", colours.water, { filter: IS("detail", "rough"), maxzoom: ROUGH_UNTIL }),
		fill("lake", "lake", colours.water, { filter: IS("detail", "accurate") }),
		fill("river-area", "river_area", colours.water, { minzoom: 9 }),
		line("river-bank", "river_area", colours.bank, byZoom(scale, [10, 0.5], [14, 1.2]), { minzoom: 10 }),
	];
}

/** The whole style. Register the pmtiles protocol before a map is made with it. */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
	const colours = MAP_COLOURS[options.theme];
	const scale = options.scale ?? 1;
	const origin = options.origin ?? location.origin;
	const layers: LayerSpecification[] = [
		{ id: "sea", type: "background", paint: { "background-color": colours.sea } },
		...waterLines(colours, scale),
		...ground(colours, scale),
		...graticuleLines(colours, scale),
		...backboneLines(colours, scale),
		...borders(colours, scale),
		...blockLayers(colours, scale),
		...metroLines(colours, scale),
		...graticuleNames(colours, options, scale),
		...blockNames(colours, options, scale),
		...netNames(colours, options, scale),
		...places(colours, options, scale),
	];
	return {
		version: 8,
		name: `liaowang-${options.theme}`,
		"font-faces": fontFaces(),
		sources: {
			[TILES]: {
				type: "vector",
				url: `pmtiles://${origin}${BASEMAP_PATH}`,
				attribution: BASEMAP_ATTRIBUTION,
			},
			[RELIEF_SOURCE]: reliefSource(),
			[BLOCK_SOURCE]: blockSource(),
		},
		layers: layers.map((layer) => shifted(layer, scale)),
	};
}
