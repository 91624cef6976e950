// The canvas between the base map and the points: city glyphs, clusters, labels, selection. Drawn with the map's own frames,
// so that nothing lags behind a pan. Owns its canvas; what it draws is handed in.
import type { CityGlyph } from "./city_glyphs.ts";
import type { ClusterSet } from "./clusters.ts";
import type { PlacedGlyph } from "./draw_cities.ts";
import { drawCities, drawCityCounts, placeGlyphs } from "./draw_cities.ts";
import type { Label, Project } from "./draw_clusters.ts";
import { clusterDiscs, drawClusterCounts, drawClusters, drawLabels, drawSelection } from "./draw_clusters.ts";
import { drawPins } from "./draw_pins.ts";
import type { Palette } from "./palette.ts";
import type { Disc, Pin } from "./pins.ts";
import { pinsOf } from "./pins.ts";
import { paintedWhere } from "./webgl.ts";

export interface AnnotationScene {
	/** Empty unless the mode is "cities". */
	readonly cities: readonly CityGlyph[];
	readonly clusters: ClusterSet | null;
	readonly labels: readonly Label[];
	/** lon, lat of the selected asset. */
	readonly selected: readonly [number, number] | null;
	readonly cityName: (code: string) => string;
	/** Orange and red that do not stand alone at this zoom. */
	readonly urgent: readonly UrgentAsset[];
	readonly breath: number;
}

export interface UrgentAsset {
	readonly index: number;
	readonly lon: number;
	readonly lat: number;
	readonly level: number;
	readonly ring: number;
}

export class Annotations {
	readonly canvas = document.createElement("canvas");
	/** Where the glyphs stand now, for picking. */
	placed: readonly PlacedGlyph[] = [];
	pins: readonly Pin[] = [];
	private readonly context: CanvasRenderingContext2D | null;
	private readonly palette: Palette;
	private width = 0;
	private height = 0;

	constructor(palette: Palette, isSoftware: boolean) {
		this.palette = palette;
		this.canvas.className = "map-annotations";
		this.context = this.canvas.getContext("2d", paintedWhere(isSoftware));
	}

	/** CSS px; the canvas itself has the screen's density. */
	resize(width: number, height: number): void {
		const density = window.devicePixelRatio;
		this.width = width;
		this.height = height;
		this.canvas.width = Math.round(width * density);
		this.canvas.height = Math.round(height * density);
		this.canvas.style.width = `${width}px`;
		this.canvas.style.height = `${height}px`;
	}

	draw(scene: AnnotationScene, project: Project, scale: number): void {
		const { context, palette, width, height } = this;
		if (context === null) return;
		const density = window.devicePixelRatio;
		context.setTransform(density, 0, 0, density, 0, 0);
		context.clearRect(0, 0, width, height);
		this.placed = placeGlyphs(scene.cities, project, scale);
		drawCities(context, this.placed, palette, scene.cityName, scale);
		if (scene.clusters !== null) drawClusters(context, scene.clusters, project, { width, height }, palette, scale);
		this.pins = this.place(scene, project, scale);
		drawPins(context, this.pins, palette, scale, scene.breath);
		drawCityCounts(context, this.placed, palette, scale);
		if (scene.clusters !== null) drawClusterCounts(context, scene.clusters, project, { width, height }, palette, scale);
		drawLabels(context, scene.labels, project, { width, height }, palette, scale);
		if (scene.selected !== null) drawSelection(context, project(...scene.selected), palette, scale);
	}

	private place(scene: AnnotationScene, project: Project, scale: number): Pin[] {
		const discs: Disc[] = this.placed.map(({ x, y, radius }) => ({ x, y, radius }));
		if (scene.clusters !== null) discs.push(...clusterDiscs(scene.clusters, project, scale));
		return pinsOf(
			scene.urgent.map(({ index, lon, lat, level, ring }) => ({ index, level, ring, ...project(lon, lat) })),
			discs,
			scale,
		);
	}
}
