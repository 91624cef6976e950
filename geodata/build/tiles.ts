// Cuts the layers into vector tiles and writes basemap.pmtiles. Called by build.ts. The layer names and zooms here are what
// client/map/basemap.ts draws; change both together.
import type { Workshop } from "./fetch.ts";
import { loadTool } from "./fetch.ts";
import type { Bounds, Collection } from "./geometry.ts";
import type { Tile } from "./pmtiles_writer.ts";
import { pmtilesArchive } from "./pmtiles_writer.ts";
import { ATTRIBUTION } from "./sources.ts";
import { WORLD } from "./surroundings.ts";

export const MIN_ZOOM = 3;
/** The borders are good to some 50 m; a unit of a zoom-10 tile is 7 m. The map overzooms from here. */
export const MAX_ZOOM = 10;
/** The fine borders begin here; below, the authority's. */
export const FINE_ZOOM = 9;

/** One layer of one zoom range. `tolerance` and `buffer` are in units of 1/4096 tile. */
export type LayerPart = {
	name: string;
	features: Collection;
	minZoom: number;
	maxZoom: number;
	tolerance: number;
	buffer?: number;
};

const EXTENT = 4096;
const BUFFER = 64; // 8 px of a 512 px tile: more than half the widest border line

type Cutter = { getTile(z: number, x: number, y: number): { features: unknown[] } | null };
type GeojsonVt = { default: new (features: unknown, options: object) => Cutter };
type VtPbf = { default: { fromGeojsonVt(layers: object, options: object): Uint8Array } };

/** Column of a longitude in the web-mercator tile pyramid. */
function columnOf(lon: number, z: number): number {
	return Math.floor(((lon + 180) / 360) * 2 ** z);
}

function rowOf(lat: number, z: number): number {
	const sine = Math.sin((lat * Math.PI) / 180);
	return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z);
}

/** Every tile of the bounds, first the coarse ones. */
function* pyramid([west, south, east, north]: Bounds): Generator<[number, number, number]> {
	for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++)
		for (let x = columnOf(west, z); x <= columnOf(east, z); x++)
			for (let y = rowOf(north, z); y <= rowOf(south, z); y++) yield [z, x, y];
}

/** The whole archive's bytes, and what each zoom weighs before compression. */
export async function cutTiles(workshop: Workshop, parts: LayerPart[]): Promise<Buffer> {
	const { default: GeoJSONVT } = await loadTool<GeojsonVt>(workshop, "geojson-vt");
	const { default: vtPbf } = await loadTool<VtPbf>(workshop, "vt-pbf");
	const cutters = parts.map((part) => {
		const options = { maxZoom: MAX_ZOOM, indexMaxZoom: MAX_ZOOM, indexMaxPoints: 0, extent: EXTENT };
		return {
			part,
			cutter: new GeoJSONVT(part.features, { ...options, tolerance: part.tolerance, buffer: part.buffer ?? BUFFER }),
		};
	});
	const tiles: Tile[] = [];
	const weight = new Map<number, number>();
	for (const [z, x, y] of pyramid(WORLD)) {
		const layers: Record<string, unknown> = {};
		for (const { part, cutter } of cutters) {
			if (z < part.minZoom || z > part.maxZoom) continue;
			const tile = cutter.getTile(z, x, y);
			if (tile && tile.features.length > 0) layers[part.name] = tile;
		}
		if (Object.keys(layers).length === 0) continue;
		const bytes = vtPbf.fromGeojsonVt(layers, { version: 2, extent: EXTENT });
		weight.set(z, (weight.get(z) ?? 0) + bytes.length);
		tiles.push({ z, x, y, bytes });
	}
	for (const [z, bytes] of weight) console.log(`zoom ${z}: ${Math.round(bytes / 1024)} KiB before compression`);
	return pmtilesArchive(tiles, header(parts));
}

function header(parts: LayerPart[]) {
	const layers = new Map<string, { id: string; minzoom: number; maxzoom: number; fields: Record<string, string> }>();
	for (const { name, minZoom, maxZoom } of parts) {
		const known = layers.get(name);
		const minzoom = Math.min(known?.minzoom ?? minZoom, minZoom);
		const maxzoom = Math.max(known?.maxzoom ?? maxZoom, maxZoom);
		layers.set(name, { id: name, minzoom, maxzoom, fields: {} });
	}
	return {
		minZoom: MIN_ZOOM,
		maxZoom: MAX_ZOOM,
		bounds: WORLD,
		center: [122.3, 41.1, 6] as [number, number, number],
		metadata: {
			name: "Liaoning base map",
			format: "pbf",
			attribution: ATTRIBUTION,
			vector_layers: [...layers.values()],
		},
	};
}
