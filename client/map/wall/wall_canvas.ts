// The canvas between the wall's base map and its points. Owns the canvas and the layout of the glyphs, which is kept until
// something in it changed; what it draws is handed in. Drawn with the map's own frames, so that nothing lags behind a flight.
import type { UrgentAsset } from "../annotations.ts";
import type { Project } from "../draw_clusters.ts";
import { drawPins } from "../draw_pins.ts";
import type { Palette } from "../palette.ts";
import { pinsOf } from "../pins.ts";
import { paintedWhere } from "../webgl.ts";
import { carried, layoutGlyphs } from "./glyph_layout.ts";
import type { Ramp } from "./ramps.ts";
import type { Tick } from "./season_figure.ts";
import type { WallGlyph } from "./wall_glyphs.ts";
import { drawFoot, drawLeaders, drawRing, footSize, levelsIn, ringRadius } from "./wall_glyphs.ts";

export interface WallCity {
	readonly code: string;
	readonly name: string;
	readonly lon: number;
	readonly lat: number;
	readonly total: number;
	/** By status: normal, IV, III, II, I, stale. */
	readonly counts: readonly number[];
	readonly ticks: readonly Tick[];
}

export interface WallScene {
	/** Empty unless the province is shown. */
	readonly cities: readonly WallCity[];
	readonly ramp: Ramp;
	/** Orange and red; empty where they stand as points. */
	readonly urgent: readonly UrgentAsset[];
	readonly breath: number;
	/** The map is under way: the glyphs go with their cities, and are laid out anew where it comes to rest. */
	readonly isUnderWay: boolean;
	/** Of the glyphs, 0..1: they go as the map leaves the province. */
	readonly opacity: number;
	/** What else stands on this stop, drawn first. `height` of the canvas in CSS px. */
	readonly draw: (context: CanvasRenderingContext2D, height: number) => void;
	/** What stands over lines and points: words, and the ring of a take-over; null: nothing. */
	readonly drawTop: ((context: CanvasRenderingContext2D) => void) | null;
}

/** Between two glyphs: room for a pin on the rim. */
const GAP = 8;
/** Wall type is half as big again as a desk's; so are pins. */
const PIN_SCALE = 1.6;

export class WallCanvas {
	/** Under lines and points, and over them. */
	readonly canvas = document.createElement("canvas");
	readonly top = document.createElement("canvas");
	private readonly context: CanvasRenderingContext2D | null;
	private readonly over: CanvasRenderingContext2D | null;
	private readonly palette: Palette;
	private width = 0;
	private height = 0;
	private spotsKey = "";
	private spots: ReturnType<typeof layoutGlyphs> = [];

	constructor(palette: Palette, isSoftware: boolean) {
		this.palette = palette;
		for (const canvas of [this.canvas, this.top]) {
			canvas.className = "map-annotations";
			Object.assign(canvas.style, { position: "absolute", left: "0", top: "0", pointerEvents: "none" });
		}
		// The overlay of the points stands in a corner of MapLibre's controls, which are at 2.
		this.top.style.zIndex = "3";
		this.context = this.canvas.getContext("2d", paintedWhere(isSoftware));
		this.over = this.top.getContext("2d", paintedWhere(isSoftware));
	}

	/** CSS px; the canvas itself has the screen's density. */
	resize(width: number, height: number): void {
		const density = window.devicePixelRatio;
		this.width = width;
		this.height = height;
		for (const canvas of [this.canvas, this.top]) {
			canvas.width = Math.round(width * density);
			canvas.height = Math.round(height * density);
			canvas.style.width = `${width}px`;
			canvas.style.height = `${height}px`;
		}
	}

	draw(scene: WallScene, project: Project, scale: number): void {
		const { context, over, palette, width, height } = this;
		if (context === null || over === null) return;
		const density = window.devicePixelRatio;
		context.setTransform(density, 0, 0, density, 0, 0);
		context.clearRect(0, 0, width, height);
		// A sheet of four times 1080 lines that shows nothing is still composed with every frame.
		this.top.hidden = scene.drawTop === null;
		if (scene.drawTop !== null) {
			over.setTransform(density, 0, 0, density, 0, 0);
			over.clearRect(0, 0, width, height);
			scene.drawTop(over);
		}
		context.lineCap = "butt";
		scene.draw(context, height);
		const glyphs = this.glyphs(scene, project, scale);
		context.globalAlpha = 1;
		this.canvas.style.opacity = String(scene.opacity);
		drawLeaders(context, glyphs, palette, scale);
		for (const glyph of glyphs) drawRing(context, glyph, scene.ramp, palette, scale);
		const discs = glyphs.map(({ spot }) => ({ x: spot.atX, y: spot.atY, radius: spot.radius }));
		const urgent = scene.urgent.map(({ index, lon, lat, level, ring }) => ({
			index,
			level,
			ring,
			...project(lon, lat),
		}));
		drawPins(context, pinsOf(urgent, discs, scale * PIN_SCALE), palette, scale * PIN_SCALE, scene.breath);
		for (const glyph of glyphs) drawFoot(context, glyph, palette, scale);
	}

	private glyphs({ cities, isUnderWay }: WallScene, project: Project, scale: number): WallGlyph[] {
		const shown = cities.filter(({ total }) => total > 0);
		const bodies = shown.map(({ code, name, lon, lat, total, counts }) => ({
			code,
			...project(lon, lat),
			radius: ringRadius(total, name, scale),
			...footSize(levelsIn(counts).length, scale),
		}));
		const key = bodies.map(({ x, y, footHeight }) => `${x.toFixed(1)} ${y.toFixed(1)} ${footHeight}`).join();
		if (isUnderWay && this.spots.length > 0) this.spots = carried(bodies, this.spots);
		else if (key !== this.spotsKey) {
			this.spotsKey = key;
			this.spots = layoutGlyphs(bodies, GAP * scale, this.spots);
		}
		return shown.flatMap(({ name, ticks, counts, total }, i) => {
			const spot = this.spots[i];
			return spot === undefined ? [] : [{ spot, name, ticks, counts, total }];
		});
	}
}
