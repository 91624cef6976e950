// A page with nothing but the base map, for tests that ask MapLibre itself what it has drawn: the product's style on the product's
// tiles. Built by Vite in map_site.ts, never part of the product. Tests import its types only.
import { addProtocol, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import maplibreWorker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Protocol } from "pmtiles";
import { basemapStyle } from "../../client/map/basemap.ts";

export interface Label {
	/** Layer of the style. */
	readonly layer: string;
	/** Name of the feature, or its degrees. */
	readonly text: string;
	/** What the label says beside the name: the lines of a station. */
	readonly more: string;
}

export interface Seen {
	/** Names drawn, after MapLibre has left out what would collide. */
	readonly labels: readonly Label[];
	/** Layers other than names of which something is drawn. */
	readonly layers: readonly string[];
}

export interface MapPage {
	/** Moves there and resolves when everything is drawn. */
	look(lon: number, lat: number, zoom: number): Promise<Seen>;
}

declare global {
	interface Window {
		mapPage: MapPage;
	}
}

setWorkerUrl(maplibreWorker);
addProtocol("pmtiles", new Protocol().tile);
const map = new MapLibreMap({
	container: document.body,
	style: basemapStyle({ theme: "night" }),
	center: [122.3, 41.1],
	zoom: 5.5,
	maxZoom: 18,
	fadeDuration: 0,
	attributionControl: false,
});
map.on("error", ({ error }) => reportError(error));

const idle = (): Promise<void> =>
	new Promise((done) => {
		map.once("idle", () => done());
		map.triggerRepaint();
	});

window.mapPage = {
	async look(lon, lat, zoom) {
		map.jumpTo({ center: [lon, lat], zoom });
		await idle();
		// MapLibre also finds what its tiles hold for a layer that begins a little nearer.
		const seen = map
			.queryRenderedFeatures()
			.filter(({ layer: { minzoom = 0, maxzoom = 24 } }) => zoom >= minzoom && zoom < maxzoom);
		const names = seen.filter(({ layer }) => layer.type === "symbol");
		return {
			labels: names.map(({ layer, properties }) => ({
				layer: layer.id,
				text: String(properties.zh ?? properties.arc ?? ""),
				more: String(properties.on ?? ""),
			})),
			layers: [...new Set(seen.filter(({ layer }) => layer.type !== "symbol").map(({ layer }) => layer.id))],
		};
	},
};
