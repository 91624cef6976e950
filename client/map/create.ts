// Makes the MapLibre map with our base map, worker and manners: same origin only, no rotation, no motion that a person did
// not ask for. Called once by map.ts.
import { AttributionControl, addProtocol, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import maplibreWorker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Protocol } from "pmtiles";
import { BASEMAP_BOUNDS, basemapStyle, PROVINCE_BOUNDS } from "./basemap.ts";
import "maplibre-gl/dist/maplibre-gl.css";

export const PROVINCE = PROVINCE_BOUNDS;
/** A wall of three by two 4K panels is drawn in one canvas. */
const MAX_CANVAS: [number, number] = [16_384, 8_192];

/** The southernmost glyph has its counts below it, and bars may come above the map. */
export function provincePadding(scale: number): { top: number; right: number; bottom: number; left: number } {
	return { top: 20 * scale, right: 24 * scale, bottom: 64 * scale, left: 24 * scale };
}

export interface BaseParts {
	readonly container: HTMLElement;
	readonly start: { readonly lon: number; readonly lat: number; readonly zoom: number } | null;
	readonly language: "zh" | "en";
	readonly reviewNumber: string;
	/** Drawn by the processor. */
	readonly isSoftware: boolean;
	/** False: a wall, which nobody touches; its sources stand in full, because there is no hand to open them. */
	readonly isTouched?: boolean;
	/** False: who makes it calls `resize`. Default true. */
	readonly followsSize?: boolean;
	/** Multiplies type and lines of the base map beyond `scale`, which also moves what is drawn where. Default 1. */
	readonly typeScale?: number;
}

export function createBase(parts: BaseParts, scale: number): MapLibreMap {
	const { container, start, language, reviewNumber, isTouched = true, followsSize = true, typeScale = 1 } = parts;
	setWorkerUrl(maplibreWorker);
	addProtocol("pmtiles", new Protocol().tile);
	const map = new MapLibreMap({
		container,
		style: basemapStyle({ theme: "night", language, scale: scale * typeScale }),
		...(start === null
			? { bounds: PROVINCE_BOUNDS, fitBoundsOptions: { padding: provincePadding(scale) } }
			: { center: [start.lon, start.lat], zoom: start.zoom }),
		maxBounds: BASEMAP_BOUNDS,
		minZoom: 4,
		maxZoom: 18,
		interactive: isTouched,
		trackResize: followsSize,
		dragRotate: false,
		pitchWithRotate: false,
		touchPitch: false,
		fadeDuration: 0,
		maxCanvasSize: MAX_CANVAS,
		attributionControl: false,
		// Four samples a pixel are four times the work of a processor; MapLibre smooths its lines and letters in its shaders as well.
		canvasContextAttributes: { antialias: !parts.isSoftware, powerPreference: "high-performance" },
	});
	map.addControl(new AttributionControl({ compact: isTouched, customAttribution: reviewNumber }), "bottom-left");
	if (isTouched) {
		map.touchZoomRotate.disableRotation();
		map.keyboard.disableRotation();
	}
	return map;
}
