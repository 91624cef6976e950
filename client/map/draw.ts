// Drawing for an incident: what everybody drew, its place and its rings as layers of the base map, and one tool in the hand at a
// time (terra-draw). One for each map. It keeps nothing: a finished stroke is handed out, and drawn when the incident holds it.
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import {
	TerraDraw,
	TerraDrawCircleMode,
	TerraDrawLineStringMode,
	TerraDrawModeUndoRedo,
	TerraDrawPointMode,
	TerraDrawPolygonMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { DRAWN_LAYERS, type DrawnPalette, drawnLayers, headImage } from "./draw_layers.ts";
import type { DrawingGeometry, DrawnFeature } from "./drawings.ts";
import type { Canvas, Tool } from "./sketch.ts";

export interface DrawParts {
	readonly palette: DrawnPalette;
	readonly scale: number;
	readonly onDrawn: (tool: Exclude<Tool, "erase">, geometry: DrawingGeometry) => void;
	readonly onErase: (id: string) => void;
}

const SOURCE = "incident";
/** Which of terra-draw's modes leaves the geometry of a tool. */
const MODE: Readonly<Record<Exclude<Tool, "erase">, string>> = {
	point: "point",
	label: "point",
	place: "point",
	line: "linestring",
	arrow: "linestring",
	polygon: "polygon",
	circle: "circle",
};
/** A finger is not exact, px. */
const SLACK_PX = 6;

export class DrawDesk implements Canvas {
	private readonly map: MapLibreMap;
	private readonly parts: DrawParts;
	private readonly draw: TerraDraw;
	private tool: Tool | null = null;

	constructor(map: MapLibreMap, parts: DrawParts) {
		this.map = map;
		this.parts = parts;
		const { palette, scale } = parts;
		if (!map.hasImage("incident-head"))
			map.addImage("incident-head", headImage(palette.text, palette.ground), { pixelRatio: 2 });
		map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
		for (const layer of drawnLayers(SOURCE, palette, scale)) map.addLayer(layer);
		this.draw = terraDraw(map, palette, scale);
		this.draw.on("finish", (id) => this.finish(id));
		map.on("click", (event) => this.click(event.point));
	}

	/** Everything that stands on the map for this incident. */
	setFeatures(features: readonly DrawnFeature[]): void {
		const source = this.map.getSource<GeoJSONSource>(SOURCE);
		source?.setData({ type: "FeatureCollection", features: features as never });
	}

	/** null: the hand is free, the map is moved by it as ever. */
	setTool(tool: Tool | null): void {
		this.tool = tool;
		this.map.getCanvas().style.cursor = tool === "erase" ? "crosshair" : "";
		if (tool === null || tool === "erase") {
			if (this.draw.enabled) this.draw.stop();
			return;
		}
		if (!this.draw.enabled) this.draw.start();
		this.draw.setMode(MODE[tool]);
	}

	/** The last corner of the stroke in the hand. @returns false when there is none to take back. */
	undoCorner(): boolean {
		return this.draw.enabled && this.draw.canUndo() && this.draw.undo();
	}

	private finish(id: string | number): void {
		const { tool } = this;
		const feature = this.draw.getSnapshotFeature(id);
		// The mode is still in its own event: it is emptied when it has come out of it.
		setTimeout(() => {
			if (this.draw.enabled && this.draw.hasFeature(id)) this.draw.removeFeatures([id]);
		}, 0);
		if (feature === undefined || tool === null || tool === "erase") return;
		this.parts.onDrawn(tool, feature.geometry as DrawingGeometry);
	}

	private click({ x, y }: { readonly x: number; readonly y: number }): void {
		if (this.tool !== "erase") return;
		const slack = SLACK_PX * this.parts.scale;
		const box: [[number, number], [number, number]] = [
			[x - slack, y - slack],
			[x + slack, y + slack],
		];
		const [found] = this.map.queryRenderedFeatures(box, { layers: [...DRAWN_LAYERS] });
		const id = found?.properties.id;
		if (typeof id === "string" && id !== "") this.parts.onErase(id);
	}
}

/** The stroke in the hand is in the accent colour: it is not yet anybody's but this person's. */
function terraDraw(map: MapLibreMap, palette: DrawnPalette, scale: number): TerraDraw {
	const accent = palette.accent as `#${string}`;
	const ground = palette.ground as `#${string}`;
	const line = { lineStringColor: accent, lineStringWidth: 2.5 * scale } as const;
	const fill = { fillColor: accent, fillOpacity: 0.15, outlineColor: accent, outlineWidth: 2.5 * scale } as const;
	const corner = { closingPointColor: accent, closingPointWidth: 5 * scale, closingPointOutlineColor: ground } as const;
	return new TerraDraw({
		adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }),
		undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
		modes: [
			new TerraDrawPointMode({
				styles: { pointColor: accent, pointWidth: 5 * scale, pointOutlineColor: ground, pointOutlineWidth: 2 },
			}),
			new TerraDrawLineStringMode({ styles: { ...line, ...corner } }),
			new TerraDrawPolygonMode({ styles: { ...fill, ...corner } }),
			new TerraDrawCircleMode({ styles: fill }),
		],
	});
}
