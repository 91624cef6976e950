// The wall's map: one MapLibre map, one deck.gl overlay and one canvas for the life of the page, told what to show by `set…` and
// touched by nobody. It reads the live half and draws; it never changes a table. The desk's map is ../map.ts.
import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Insets, Stop } from "../../live/stop.ts";
import { isSameStop } from "../../live/stop.ts";
import { BaseMender } from "../base_mender.ts";
import { PLACE_LAYERS } from "../basemap.ts";
import { createBase } from "../create.ts";
import { PointLayers } from "../layers/point_layers.ts";
import { readPalette } from "../palette.ts";
import { Watchman } from "../watchman.ts";
import { Flight, placeOf, wallScale } from "./flight.ts";
import type { Field } from "./season_figure.ts";
import { WallCanvas } from "./wall_canvas.ts";
import type { WallMapParts } from "./wall_map_parts.ts";
import { WallPicture } from "./wall_picture.ts";
import { WallScenes } from "./wall_scenes.ts";

/** A wall's points and labels are read from six metres: against those of a desk of as many lines. */
const POINT_SCALE = 1.55;
const TYPE_SCALE = 1.6;
const REFRESH_MS = 1_000;
/** From the columns: their edge fades over the map. */
const SOURCES_IN = 26;
/** Names of the base map that the glyphs take over at province zoom. */
const GLYPH_NAMES = [PLACE_LAYERS[3], "place-seat"] as const;

export class WallMap {
	readonly watchman: Watchman;
	private readonly parts: WallMapParts;
	private readonly map: MapLibreMap;
	private readonly flight: Flight;
	private overlay: MapLibreOverlay;
	private readonly canvas: WallCanvas;
	private readonly points: PointLayers;
	private readonly picture: WallPicture;
	private readonly scenes: WallScenes;
	private readonly tokens = getComputedStyle(document.documentElement);
	private readonly palette = readPalette(this.tokens);
	private stop: Stop;
	private insets: Insets;
	private isDrawDue = false;
	private frameAt: number | null = null;
	private refreshedAt = Number.NEGATIVE_INFINITY;

	constructor(parts: WallMapParts) {
		this.parts = parts;
		this.stop = parts.stop;
		this.insets = parts.insets;
		this.watchman = new Watchman({
			store: sessionStorage,
			now: () => Date.now(),
			later: (ms, act) => void setTimeout(act, ms),
			reload: () => location.reload(),
		});
		const { container, language, reviewNumber, isSoftware, live } = parts;
		const base = {
			container,
			language,
			reviewNumber,
			isSoftware,
			start: null,
			isTouched: false,
			typeScale: TYPE_SCALE,
		};
		this.map = createBase(base, this.scale);
		this.flight = new Flight(this.map, container);
		this.canvas = new WallCanvas(this.palette, parts.isSoftware);
		this.map.getCanvasContainer().append(this.canvas.canvas);
		this.map.getContainer().append(this.canvas.top);
		this.points = new PointLayers(this.pointStyle());
		this.picture = new WallPicture(live.catalogue, live.painter.board, this.points);
		const { palette, tokens, map } = this;
		this.scenes = new WallScenes({ ...parts, palette, tokens, map, changed: () => this.changed() });
		this.overlay = this.mountOverlay();
		this.listen();
		this.picture.setStop(this.stop.kind);
		this.scenes.setStop(this.stop);
		this.scenes.setField(parts.field, this.scale);
		this.resize();
	}

	setStop(stop: Stop): void {
		if (isSameStop(stop, this.stop)) return;
		this.stop = stop;
		this.picture.setStop(stop.kind);
		this.scenes.setStop(stop);
		this.showCityNames();
		this.commit();
		this.flight.go(this.place(), this.scenes.tier !== "still", () => this.arrived());
		this.changed();
	}

	setInsets(insets: Insets): void {
		this.insets = insets;
		if (!this.flight.isUnderWay) this.flight.stand(this.place());
		this.placeSources();
	}

	setField(field: Field): void {
		this.scenes.setField(field, this.scale);
		this.changed();
	}

	/** 1 at 1920 x 1080. */
	private get scale(): number {
		return wallScale(this.parts.container.clientWidth, this.parts.container.clientHeight);
	}

	private pointStyle(): ConstructorParameters<typeof PointLayers>[0] {
		return { palette: this.palette, scale: this.scale * POINT_SCALE, breath: 0 };
	}

	private place(): ReturnType<typeof placeOf> {
		const { clientWidth: width, clientHeight: height } = this.parts.container;
		return placeOf(this.stop, this.insets, this.scale, { width, height });
	}

	private mountOverlay(): MapLibreOverlay {
		const overlay = new MapLibreOverlay({ interleaved: false, layers: [] });
		this.map.addControl(overlay);
		overlay.getCanvas()?.addEventListener("webglcontextlost", () => this.watchman.lost());
		return overlay;
	}

	private listen(): void {
		new BaseMender(this.map, this.parts.live.link);
		const { map } = this;
		const { live } = this.parts;
		map.on("webglcontextlost", () => this.watchman.lost());
		map.on("webglcontextrestored", () => this.revive());
		map.on("render", () => this.draw());
		map.on("zoom", () => this.commit());
		map.on("resize", () => this.resize());
		map.on("styledata", () => this.showCityNames());
		map.on("idle", () => {
			this.watchman.drew();
			this.placeSources();
		});
		live.painter.add({ paint: (changed, count) => this.paint(changed, count) });
		live.painter.readings.subscribe(() => this.refresh());
		live.catalogue.change.subscribe(() => this.refresh());
		live.alarms.change.subscribe(() => this.setAlarms());
		// Slices of the Chinese font come when they are first wanted; a canvas does not draw itself again.
		document.fonts.addEventListener("loadingdone", () => this.schedule());
		this.setAlarms();
	}

	/** MapLibre rebuilds itself; deck.gl cannot, so its overlay is made anew on the living map. */
	private revive(): void {
		this.map.removeControl(this.overlay);
		this.overlay = this.mountOverlay();
		this.points.restyle(this.pointStyle());
		this.commit();
		this.map.once("idle", () => this.watchman.restored());
	}

	private arrived(): void {
		const bounds = this.map.getBounds();
		const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
		// A city's view holds too many cells to be followed whole: its mains and stations are named instead.
		const isWide = this.stop.kind === "province" || this.stop.kind === "city";
		this.parts.live.follower.setBox({ west, south, east, north }, isWide);
		this.commit();
		this.schedule();
	}

	private paint(changed: Int32Array | null, count: number): void {
		this.picture.paint(changed, count);
		this.commit();
		this.schedule();
	}

	private changed(): void {
		this.schedule();
		this.wake();
	}

	/** New values: a wall is not an instrument, and drawing four times 1080 lines is not free. */
	private refresh(): void {
		const now = performance.now();
		if (now - this.refreshedAt < REFRESH_MS) return;
		this.refreshedAt = now;
		if (this.scenes.refresh()) this.commit();
		if (this.scenes.readCities()) this.schedule();
		this.wake();
	}

	private setAlarms(): void {
		this.picture.setAlarms(this.parts.live.alarms.open);
		this.commit();
		this.changed();
	}

	/** Hands deck.gl the layers; it draws by itself, without the base map. */
	private commit(): void {
		this.overlay.setProps({ layers: [...this.scenes.layers(this.scale), ...this.points.layers()] });
	}

	/** The canvas is drawn anew with the next frame; the base map below it is not. */
	private schedule(): void {
		if (this.isDrawDue) return;
		this.isDrawDue = true;
		requestAnimationFrame(() => {
			this.isDrawDue = false;
			this.scenes.readCities();
			this.draw();
		});
	}

	private draw(): void {
		const urgent = this.stop.kind === "province" ? this.picture.urgent() : [];
		this.canvas.draw(
			this.scenes.scene(urgent, this.picture, this.scale, this.flight.isUnderWay),
			this.project,
			this.scale,
		);
	}

	/** Begins the frames of what moves, where something does. */
	private wake(): void {
		if (this.frameAt !== null || !this.scenes.hasMotion(this.picture)) return;
		this.frameAt = performance.now();
		requestAnimationFrame(this.frame);
	}

	private readonly frame = (at: number): void => {
		if (this.frameAt === null || !this.scenes.hasMotion(this.picture)) {
			this.frameAt = null;
			return;
		}
		const moved = this.scenes.step(at, at - this.frameAt, this.scale, this.picture, this.points);
		this.frameAt = at;
		if (moved.layers) this.commit();
		if (moved.canvas) this.draw();
		requestAnimationFrame(this.frame);
	};

	private readonly project = (lon: number, lat: number): { x: number; y: number } => this.map.project([lon, lat]);

	/** The base map's own names of cities would stand under the glyphs. */
	private showCityNames(): void {
		const visibility = this.stop.kind === "province" ? "none" : "visible";
		for (const layer of GLYPH_NAMES) {
			if (this.map.getLayer(layer) === undefined) continue;
			if (this.map.getLayoutProperty(layer, "visibility") === visibility) continue;
			this.map.setLayoutProperty(layer, "visibility", visibility);
		}
	}

	private resize(): void {
		const { clientWidth, clientHeight } = this.parts.container;
		this.canvas.resize(clientWidth, clientHeight);
		this.points.restyle(this.pointStyle());
		if (!this.flight.isUnderWay) this.flight.stand(this.place());
		this.placeSources();
		this.arrived();
	}

	/** The sources and the 审图号 stand on the map, not under the wall's columns. */
	private placeSources(): void {
		const corner = this.parts.container.querySelector<HTMLElement>(".maplibregl-ctrl-bottom-left");
		if (corner === null) return;
		const { left, bottom } = this.insets;
		Object.assign(corner.style, {
			left: `${left + SOURCES_IN * this.scale}px`,
			bottom: `${bottom}px`,
			maxWidth: `${330 * this.scale}px`,
		});
		// map.css belongs to a desk, whose sources are read from a chair.
		const words = corner.querySelector<HTMLElement>(".maplibregl-ctrl-attrib");
		if (words !== null) words.style.fontSize = `${12.5 * this.scale}px`;
		this.scenes.setInsets(this.insets, corner.clientHeight);
	}
}
