// The two model blocks (样板街区, 示意) on the map: streets, houses, water and green, the four nets, covers and the building site.
// Their features come from the plan itself, so no tile holds them. Called by basemap.ts.
import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";
import type { ModelBlock } from "#geodata/liaoning/model_blocks.ts";
import { MODEL_BLOCKS } from "#geodata/liaoning/model_blocks.ts";
import type { MapColours } from "./basemap_colours.ts";
import type { BasemapOptions } from "./basemap_parts.ts";
import { ASIDE, byZoom, IS, names } from "./basemap_parts.ts";

export const BLOCK_SOURCE = "model-blocks";
/** The outline and the name; what is inside follows nearer. */
const BLOCK_ZOOM = 10.8;

type Positions = readonly (readonly [number, number])[];
type Feature = GeoJSON.Feature<GeoJSON.Geometry, Record<string, string | number>>;

const copy = (positions: Positions): number[][] => positions.map(([lon, lat]) => [lon, lat]);
const area = (kind: string, ring: Positions, more: Record<string, string | number> = {}): Feature => ({
	type: "Feature",
	properties: { kind, ...more },
	geometry: { type: "Polygon", coordinates: [copy(ring)] },
});
const path = (kind: string, line: Positions, more: Record<string, string | number> = {}): Feature => ({
	type: "Feature",
	properties: { kind, ...more },
	geometry: { type: "LineString", coordinates: copy(line) },
});
const point = (kind: string, [lon, lat]: readonly [number, number], zh: string): Feature => ({
	type: "Feature",
	properties: { kind, zh },
	geometry: { type: "Point", coordinates: [lon, lat] },
});

function featuresOf(block: ModelBlock): Feature[] {
	const { site, underpass, canal, nets } = block;
	return [
		area("ground", block.outline),
		...block.greens.map((ring) => area("green", ring)),
		...block.pitches.map((ring) => area("pitch", ring)),
		...[canal.ring, ...block.ponds].map((ring) => area("water", ring)),
		...block.streets.map(({ name, use, line }) => path("street", line, { use, zh: name })),
		path("railway", block.railway),
		path("underpass", underpass.line),
		...block.buildings.map(({ ring, floors }) => area("building", ring, { floors })),
		area("site", site.polygon),
		area("pit", site.pit),
		...Object.entries(nets).flatMap(([net, lines]) => lines.map((line) => path("net", line, { net }))),
		...block.manholes.map(({ at, name }) => point("manhole", at, name)),
		...block.valves.map(({ at, name }) => point("valve", at, name)),
		...block.stations.map(({ at, name }) => point("plant", at, name)),
		point("block-name", block.centre, block.name.zh),
		point("site-name", site.gate, site.name),
		point("underpass-name", underpass.at, underpass.name),
		path("canal-name", canal.middle, { zh: canal.name }),
	];
}

export function blockSource(): GeoJSONSourceSpecification {
	const data: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: MODEL_BLOCKS.flatMap(featuresOf) };
	return { type: "geojson", data, maxzoom: 16, tolerance: 0.2 };
}

const of = (kind: string, minzoom: number) => ({ source: BLOCK_SOURCE, filter: IS("kind", kind), minzoom });

function ground(colours: MapColours): LayerSpecification[] {
	const fills: [string, string, number][] = [
		["ground", colours.block, BLOCK_ZOOM],
		["green", colours.green, 12],
		["pitch", colours.pitch, 13],
		["water", colours.water, 12],
	];
	return fills.map(([kind, colour, minzoom]) => ({
		id: `block-${kind}`,
		type: "fill",
		...of(kind, minzoom),
		paint: { "fill-color": colour },
	}));
}

/** Width in pixels of something `metres` wide on the ground, near 41° N, from zoom 12 to 18. */
function onGround(metres: number): [number, number][] {
	const perPixel = 59_000; // metres per pixel at zoom 0, tiles of 512 px
	return [12, 18].map((zoom): [number, number] => [zoom, (metres * 2 ** zoom) / perPixel]);
}

function streets(colours: MapColours): LayerSpecification[] {
	const ways: [string, number, number][] = [
		["lane", 7, 13],
		["street", 27, 12],
		["main", 45, BLOCK_ZOOM + 0.6],
	];
	return ways.map(([use, metres, minzoom]) => ({
		id: `block-street-${use}`,
		type: "line",
		source: BLOCK_SOURCE,
		filter: ["all", IS("kind", "street"), IS("use", use)],
		minzoom,
		layout: { "line-cap": "butt" },
		paint: {
			"line-color": colours.street,
			"line-width": ["interpolate", ["exponential", 2], ["zoom"], ...onGround(metres).flat()],
		},
	})) as LayerSpecification[];
}

function nets(colours: MapColours, scale: number): LayerSpecification[] {
	return (["drain", "water", "gas", "heat"] as const).map((net) => ({
		id: `block-net-${net}`,
		type: "line",
		source: BLOCK_SOURCE,
		filter: ["all", IS("kind", "net"), IS("net", net)],
		minzoom: 13.8,
		paint: { "line-color": colours.nets[net], "line-width": byZoom(scale, [13.8, 0.8], [16, 1.8], [18, 3]) },
	})) as LayerSpecification[];
}

/** A line along the features of a kind; `dashes` in multiples of its width. */
function stroke(
	id: string,
	kind: string,
	colour: string,
	width: ExpressionSpecification,
	minzoom: number,
	dashes?: number[],
): LayerSpecification {
	const plain = { "line-color": colour, "line-width": width };
	const paint = dashes === undefined ? plain : { ...plain, "line-dasharray": dashes };
	return { id, type: "line", ...of(kind, minzoom), paint };
}

function dots(
	scale: number,
	kind: string,
	ground: string,
	colour: string,
	radius: number,
	minzoom: number,
): LayerSpecification {
	return {
		id: `block-${kind}`,
		type: "circle",
		...of(kind, minzoom),
		paint: {
			"circle-radius": byZoom(scale, [minzoom, radius * 0.6], [18, radius * 1.8]),
			"circle-color": ground,
			"circle-stroke-color": colour,
			"circle-stroke-width": scale,
		},
	};
}

function site(colours: MapColours, scale: number): LayerSpecification[] {
	const fills: [string, string][] = [
		["site", colours.pitch],
		["pit", colours.sea],
	];
	return [
		...fills.map(
			([kind, colour]): LayerSpecification => ({
				id: `block-${kind}`,
				type: "fill",
				...of(kind, 12.6),
				paint: { "fill-color": colour },
			}),
		),
		stroke("block-pit-line", "pit", colours.text3, widths(scale, 13, 1, 17, 2), 13.4),
		stroke("block-hoarding", "site", colours.text3, widths(scale, 13, 0.8, 17, 2), 13.4, [3, 1.5]),
	];
}

const widths = (scale: number, zoom: number, px: number, zoom2: number, px2: number): ExpressionSpecification =>
	byZoom(scale, [zoom, px], [zoom2, px2]);

/** Everything but the names. */
export function blockLayers(colours: MapColours, scale: number): LayerSpecification[] {
	return [
		...ground(colours),
		...streets(colours),
		stroke("block-underpass", "underpass", colours.land, widths(scale, 13, 2, 17, 10), 13, [1, 0.6]),
		stroke("block-railway", "railway", colours.rail, widths(scale, 12, 1, 17, 4), 12),
		stroke("block-sleepers", "railway", colours.block, widths(scale, 12, 0.6, 17, 2.4), 13.5, [4, 4]),
		{
			id: "block-building",
			type: "fill",
			...of("building", 13),
			paint: { "fill-color": colours.building, "fill-outline-color": colours.buildingLine },
		},
		...site(colours, scale),
		...nets(colours, scale),
		dots(scale, "manhole", colours.block, colours.text3, 1.8, 15.4),
		dots(scale, "valve", colours.block, colours.text2, 2.4, 15),
		dots(scale, "plant", colours.block, colours.text, 3, 14.6),
		stroke("block-outline", "ground", colours.cityLine, widths(scale, 11, 1, 16, 2), BLOCK_ZOOM, [4, 2]),
	];
}

/** Names in the order in which they may be left out: the first of the list first. */
export function blockNames(colours: MapColours, options: BasemapOptions, scale: number): LayerSpecification[] {
	const style = (size: number, colour: string, layout: object) => ({
		size: byZoom(scale, [12, size], [17, size * 1.3]),
		colour,
		halo: colours.block,
		layout,
	});
	const along = { "symbol-placement": "line", "symbol-spacing": 340 * scale, "text-padding": 8 };
	const beside = (id: string, kind: string, size: number, minzoom: number) =>
		names(id, options, null, style(size, colours.text3, ASIDE), of(kind, minzoom));
	return [
		beside("block-manhole-name", "manhole", 9.5, 17),
		beside("block-valve-name", "valve", 10, 16.2),
		beside("block-plant-name", "plant", 11, 15),
		names("block-street-name", options, null, style(11.5, colours.text2, along), {
			source: BLOCK_SOURCE,
			filter: ["all", IS("kind", "street"), ["!=", ["get", "zh"], ""]],
			minzoom: 13.4,
		}),
		names(
			"block-canal-name",
			options,
			null,
			style(11.5, colours.waterText, { ...along, "text-letter-spacing": 0.3 }),
			of("canal-name", 13.4),
		),
		names("block-underpass-name", options, null, style(11.5, colours.text2, ASIDE), of("underpass-name", 14)),
		names("block-site-name", options, null, style(12.5, colours.text, ASIDE), of("site-name", 13.6)),
		names("block-name", options, null, style(12.5, colours.text2, { "text-padding": 10, "text-max-width": 24 }), {
			...of("block-name", BLOCK_ZOOM),
			maxzoom: 14.2,
		}),
	];
}
