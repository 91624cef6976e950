// What carries a city zoom where no package holds streets: backbones (示意, dashed), metro lines and stations, rivers' and
// reservoirs' names, and the graticule that says 本区无街道底图. Called by basemap.ts.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { MapColours } from "./basemap_colours.ts";
import type { BasemapOptions } from "./basemap_parts.ts";
import { ASIDE, byZoom, dashed, IS, line, names, shiftOf, TILES } from "./basemap_parts.ts";

/** From here on the map says that it has no streets. */
export const STREET_ZOOM = 12.5;
/** Lakes drawn on a grid of 2 km end here, and with them the names of all reservoirs but those with a true shore. */
export const ROUGH_UNTIL = 10;
const TRUE_SHORES = ["大伙房水库", "清河水库", "水丰水库"];
/** Schematic lines end here: nearer, a road beside its true place would be a wrong road. */
const SCHEMATIC_ZOOM = 11.6;

const ALONG = { "symbol-placement": "line", "text-max-angle": 30, "text-keep-upright": true } as const;

/** Expressways and railways between the cities. */
export function backboneLines(colours: MapColours, scale: number): LayerSpecification[] {
	const until = { maxzoom: SCHEMATIC_ZOOM };
	const rail = byZoom(scale, [7, 0.7], [11, 1.6]);
	return [
		dashed("railway", "backbone", colours.rail, rail, [1.2, 2.2], {
			filter: IS("kind", "railway"),
			minzoom: 7.6,
			...until,
		}),
		dashed("highspeed", "backbone", colours.rail, rail, [5, 2], {
			filter: IS("kind", "highspeed"),
			minzoom: 7.6,
			...until,
		}),
		dashed("expressway", "backbone", colours.road, byZoom(scale, [6, 0.8], [8, 1.3], [11, 2.6]), [3.5, 1.6], {
			filter: IS("kind", "expressway"),
			minzoom: 6.6,
			...until,
		}),
	];
}

/** Metro lines and the dots of their stations: a line under construction is dashed, its dots are open. */
export function metroLines(colours: MapColours, scale: number): LayerSpecification[] {
	const width = byZoom(scale, [9, 1], [11, 2.2], [14, 4], [17, 7]);
	const radius = byZoom(scale, [10, 1.4], [12, 2.8], [14, 4.6], [17, 8]);
	const isHub: ExpressionSpecification = [">=", ["get", "lines"], 2];
	return [
		line("metro-case", "metro", colours.land, byZoom(scale, [9, 2], [11, 4], [14, 6.4], [17, 10]), { minzoom: 9 }),
		line("metro-line", "metro", colours.metro, width, { filter: IS("state", "running"), minzoom: 9 }),
		dashed("metro-building", "metro", colours.metro, width, [1.6, 1.2], {
			filter: IS("state", "building"),
			minzoom: 9,
		}),
		{
			id: "metro-station",
			type: "circle",
			source: TILES,
			"source-layer": "station",
			minzoom: 10.4,
			paint: {
				"circle-radius": radius,
				"circle-color": ["case", isHub, colours.text2, ["get", "building"], colours.land, colours.metro],
				"circle-stroke-color": ["case", ["get", "building"], colours.metro, colours.land],
				"circle-stroke-width": byZoom(scale, [10, 0.8], [14, 1.8]),
			},
		},
	];
}

/** Names in the order in which they may be left out: the first of the list first. */
export function netNames(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const halo = colours.land;
	const schematic: ExpressionSpecification =
		options.language === "en" ? ["concat", ["get", "en"], " (schematic)"] : ["concat", ["get", "zh"], "（示意）"];
	const water = (size: ExpressionSpecification) => ({ size, colour: colours.waterText, halo });
	return [
		names(
			"backbone-name",
			options,
			"backbone",
			{
				size: byZoom(scale, [8, 10.5], [11, 12.5]),
				colour: colours.text3,
				halo,
				layout: { ...ALONG, "text-field": schematic, "symbol-spacing": 420 * scale, "text-padding": 12 },
			},
			{ minzoom: 8.4, maxzoom: SCHEMATIC_ZOOM },
		),
		names(
			"river-name",
			options,
			"river",
			{
				...water(byZoom(scale, [7, 10.5], [10, 13], [14, 17])),
				layout: {
					...ALONG,
					"text-letter-spacing": 0.3,
					"symbol-spacing": 360 * scale,
					"symbol-sort-key": ["get", "level"],
				},
			},
			{
				filter: ["all", ["has", "zh"], ["any", ["<=", ["get", "level"], 2], [">=", ["zoom"], 8.6 + shiftOf(scale)]]],
				minzoom: 7.2,
			},
		),
		names(
			"reservoir-name",
			options,
			"place",
			{ ...water(byZoom(scale, [8, 10.5], [12, 14])), layout: ASIDE },
			{
				filter: [
					"all",
					IS("kind", "reservoir"),
					["any", ["<", ["zoom"], ROUGH_UNTIL + shiftOf(scale)], ["in", ["get", "zh"], ["literal", TRUE_SHORES]]],
				],
				minzoom: 8,
				maxzoom: 14,
			},
		),
		names(
			"metro-name",
			options,
			"metro",
			{
				size: byZoom(scale, [10, 10.5], [14, 13.5]),
				colour: colours.metroText,
				halo,
				// Upright: digits stacked along a line that runs north read badly.
				layout: { ...ALONG, "text-rotation-alignment": "viewport", "symbol-spacing": 320 * scale, "text-padding": 10 },
			},
			{ minzoom: 10 },
		),
		...stationNames(colours, options, scale),
	];
}

type Anchor = "left" | "right" | "top-left" | "bottom-left" | "top-right" | "bottom-right";
const STATION_ANCHORS: Anchor[] = ["bottom-left", "top-left", "bottom-right", "top-right", "left", "right"];

/** Interchanges first, then ends of lines, then every third station, then all; from zoom 14.5 with the lines that stop there. */
function stationNames(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const style = (field: ExpressionSpecification) => ({
		size: byZoom(scale, [11, 11.5], [13, 13.5], [16, 17]),
		colour: colours.text2,
		halo: colours.land,
		layout: {
			"text-field": field,
			// Corners first: lines mostly run through a station along the axes of the city.
			"text-variable-anchor": STATION_ANCHORS,
			"text-radial-offset": 0.6,
			"text-justify": "auto" as const,
			"text-padding": 6,
			"symbol-sort-key": ["get", "rank"] as ExpressionSpecification,
		},
	});
	const withLines: ExpressionSpecification = [
		"format",
		["get", "zh"],
		{},
		"\n",
		{},
		["get", "on"],
		{ "font-scale": 0.78, "text-color": colours.metroText },
	];
	const ranks = (from: number, minzoom: number) =>
		names(`station-name-${from}`, options, "station", style(["get", "zh"]), {
			filter: IS("rank", from),
			minzoom,
			maxzoom: 14.5,
		});
	return [
		ranks(3, 12.3),
		ranks(2, 11.6),
		ranks(1, 11),
		ranks(0, 10.6),
		names("station-name-lines", options, "station", style(withLines), { minzoom: 14.5 }),
	];
}

/** Steps of the graticule (seconds of arc), each from the zoom at which its lines stand some 150 px apart. */
const GRID = [
	[5, 15.6],
	[15, 14],
	[60, STREET_ZOOM - 0.6],
] as const;

export function graticuleLines(colours: MapColours, scale: number): LayerSpecification[] {
	return GRID.map(([step, minzoom]) =>
		line(`grid-${step}`, "grid", colours.grid, byZoom(scale, [12, 0.6], [16, 0.9]), {
			filter: IS("step", step),
			minzoom,
		}),
	);
}

/** Whole zoom (MapLibre chooses a text at whole zooms only) from which the lines of a step say that there are no streets: the coarser ones are out of sight by then. */
const NOTICE_FROM = { 60: 12, 15: 15, 5: 17 } as const;

/** Degrees over land that has no street map, and on the parallels the words that say so. */
export function graticuleNames(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const isEnglish = options.language === "en";
	const degrees: Record<"lon" | "lat", ExpressionSpecification> = {
		lon: isEnglish ? ["concat", ["get", "arc"], " E"] : ["concat", "东经 ", ["get", "arc"]],
		lat: isEnglish ? ["concat", ["get", "arc"], " N"] : ["concat", "北纬 ", ["get", "arc"]],
	};
	const notice: ExpressionSpecification = [
		"concat",
		degrees.lat,
		isEnglish ? " · no street map here" : " · 本区无街道底图",
	];
	const style = (axis: "lon" | "lat", step: 5 | 15 | 60) => ({
		size: byZoom(scale, [12, 10], [16, 11.5]),
		colour: colours.gridText,
		halo: colours.land,
		layout: {
			...ALONG,
			"text-field":
				axis === "lon"
					? degrees.lon
					: (["step", ["zoom"], degrees.lat, NOTICE_FROM[step] + shiftOf(scale), notice] as ExpressionSpecification),
			// Degrees of a meridian stand upright beside each other, as on the frame of a chart.
			"text-rotation-alignment": "viewport" as const,
			"symbol-spacing": (axis === "lon" ? 900 : 700) * scale,
			"text-padding": 30,
		},
	});
	return GRID.flatMap(([step, from]) =>
		(["lon", "lat"] as const).map((axis) =>
			names(`grid-name-${axis}-${step}`, options, "grid", style(axis, step), {
				filter: ["all", IS("step", step), IS("axis", axis)],
				minzoom: from,
			}),
		),
	);
}
