// The wall's map: one MapLibre map, one deck.gl overlay and one canvas for the life of the page, told what to show by `set…` and
// touched by nobody. It reads the live half and draws; it never changes a table. The desk's map is ../map.ts.
import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { ErrorEvent, Map as MapLibreMap, VectorTileSource } from "maplibre-gl";
import { Quality } from "#model/measure.ts";
import type { Live } from "../../live/live.ts";
import { STATES } from "../../live/status.ts";
import { BASEMAP_SOURCE, PLACE_LAYERS } from "../basemap.ts";
import type { CityPlace } from "../city_glyphs.ts";
import { createBase } from "../create.ts";
import { PointLayers } from "../layers/point_layers.ts";
import { readPalette } from "../palette.ts";
import { Watchman } from "../watchman.ts";
import { Flight, placeOf, wallScale } from "./flight.ts";
import type { Field, Rings } from "./season_figure.ts";
import { FIGURES, ringsOf, ticksOf, wantedFor } from "./season_figure.ts";
import type { Insets, Stop } from "./stop.ts";
import { isSameStop } from "./stop.ts";
import type { WallCity } from "./wall_canvas.ts";
import { WallCanvas } from "./wall_canvas.ts";
import { WallPicture } from "./wall_picture.ts";

/** What the machine can move: 30 pictures a second, 10, or none. */
export type Tier = "full" | "weak" | "still";

export interface WallMapParts {
	readonly container: HTMLElement;
	readonly live: Live;
	readonly language: "zh" | "en";
	readonly cityName: (code: string) => string;
	readonly cityPlace: CityPlace;
	/** Stands with the sources on the map: the unit's 审图号. */
	readonly reviewNumber: string;
	readonly stop: Stop;
	readonly insets: Insets;
	readonly field: Field;
	readonly tier: Tier;
}

/** A wall's points and labels are read from six metres: against those of a desk of as many lines. */
const POINT_SCALE = 1.55;
const TYPE_SCALE = 1.5;
/** Names of the base map that the glyphs take over at province zoom. */
const GLYPH_NAMES = [PLACE_LAYERS[3], "place-seat"] as const;

export class WallMap {
	readonly watchman: Watchman;
	private readonly parts: WallMapParts;
	private readonly map: MapLibreMap;
	private readonly flight: Flight;
	private overlay: MapLibreOverlay;
	private readonly canvas: WallCanvas;
	private readonly palette = readPalette(getComputedStyle(document.documentElement));
	private readonly points: PointLayers;
	private readonly picture: WallPicture;
	private stop: Stop;
	private insets: Insets;
	private field: Field;
	private rings: Rings = new Map();
	private cities: readonly WallCity[] = [];
	private isBaseTorn = false;
	private isDrawDue = false;

	constructor(parts: WallMapParts) {
		this.parts = parts;
		this.stop = parts.stop;
		this.insets = parts.insets;
		this.field = parts.field;
		this.watchman = new Watchman({
			store: sessionStorage,
			now: () => Date.now(),
			later: (ms, act) => void setTimeout(act, ms),
			reload: () => location.reload(),
		});
		const { container, language, reviewNumber } = parts;
		const base = { container, language, reviewNumber, start: null, isTouched: false, typeScale: TYPE_SCALE };
		this.map = createBase(base, this.scale);
		this.flight = new Flight(this.map, container);
		this.canvas = new WallCanvas(this.palette);
		this.map.getCanvasContainer().append(this.canvas.canvas);
		this.points = new PointLayers(this.pointStyle());
		this.picture = new WallPicture(parts.live.catalogue, parts.live.painter.board, this.points);
		this.overlay = this.mountOverlay();
		this.listen();
		this.picture.setStop(this.stop.kind);
		this.resize();
	}

	setStop(stop: Stop): void {
		if (isSameStop(stop, this.stop)) return;
		this.stop = stop;
		this.picture.setStop(stop.kind);
		this.commit();
		this.flight.go(this.place(), this.parts.tier !== "still", () => this.arrived());
		this.schedule();
	}

	setInsets(insets: Insets): void {
		this.insets = insets;
		if (!this.flight.isUnderWay) this.flight.stand(this.place());
		this.placeSources();
	}

	setField(field: Field): void {
		if (field === this.field) return;
		this.field = field;
		this.follow();
		this.schedule();
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
		const { map } = this;
		const { live } = this.parts;
		map.on("webglcontextlost", () => this.watchman.lost());
		map.on("webglcontextrestored", () => this.revive());
		map.on("render", () => this.draw());
		map.on("resize", () => this.resize());
		map.on("styledata", () => this.showCityNames());
		map.on("idle", () => this.watchman.drew());
		map.on("error", (event) => this.failed(event));
		live.painter.add({ paint: (changed, count) => this.paint(changed, count) });
		live.painter.readings.subscribe(() => this.schedule());
		live.catalogue.change.subscribe(() => this.follow());
		live.alarms.change.subscribe(() => this.setAlarms());
		live.link.change.subscribe(() => this.refetch());
		// Slices of the Chinese font come when they are first wanted; a canvas does not draw itself again.
		document.fonts.addEventListener("loadingdone", () => this.schedule());
		this.setAlarms();
		this.follow();
	}

	/** A piece of the base map did not come; anything else is our own bug. */
	private failed(event: ErrorEvent & { readonly sourceId?: string }): void {
		if (event.sourceId === BASEMAP_SOURCE) this.isBaseTorn = true;
		else reportError(event.error);
	}

	/** MapLibre does not ask again for what failed: once the link is back, the base map is fetched anew. */
	private refetch(): void {
		if (!this.isBaseTorn || this.parts.live.link.state !== "live") return;
		this.isBaseTorn = false;
		const source = this.map.getSource<VectorTileSource>(BASEMAP_SOURCE);
		if (source?.url !== undefined) source.setUrl(source.url);
	}

	/** MapLibre rebuilds itself; deck.gl cannot, so its overlay is made anew on the living map. */
	private revive(): void {
		this.map.removeControl(this.overlay);
		this.overlay = this.mountOverlay();
		this.points.restyle(this.pointStyle());
		this.commit();
		this.map.once("idle", () => this.watchman.restored());
	}

	/** Names the rows whose values this stop shows. */
	private follow(): void {
		const { catalogue, follower } = this.parts.live;
		const figure = FIGURES[this.field];
		this.rings = ringsOf(catalogue.assets, figure);
		follower.setNamed("map", wantedFor(catalogue, figure.kind, figure.measure));
		this.tellView();
	}

	private tellView(): void {
		const bounds = this.map.getBounds();
		const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
		this.parts.live.follower.setBox({ west, south, east, north }, this.stop.kind === "province");
	}

	private arrived(): void {
		this.tellView();
		this.showCityNames();
		this.schedule();
	}

	private paint(changed: Int32Array | null, count: number): void {
		this.picture.paint(changed, count);
		this.commit();
		this.schedule();
	}

	private setAlarms(): void {
		this.picture.setAlarms(this.parts.live.alarms.open);
		this.commit();
		this.schedule();
	}

	/** Hands deck.gl the layers; it draws by itself, without the base map. */
	private commit(): void {
		this.overlay.setProps({ layers: this.points.layers() });
	}

	/** The canvas is drawn anew with the next frame; the base map below it is not. */
	private schedule(): void {
		if (this.isDrawDue) return;
		this.isDrawDue = true;
		requestAnimationFrame(() => {
			this.isDrawDue = false;
			this.cities = this.readCities();
			this.draw();
		});
	}

	private draw(): void {
		const isProvince = this.stop.kind === "province";
		this.canvas.draw(
			{
				cities: isProvince ? this.cities : [],
				ramp: FIGURES[this.field].ramp,
				urgent: isProvince ? this.picture.urgent() : [],
				breath: 0,
				draw: null,
			},
			this.project,
			this.scale,
		);
	}

	private readCities(): WallCity[] {
		const { live, cityName, cityPlace } = this.parts;
		const { columns } = live.catalogue;
		const { board } = live.painter;
		const { table } = live.latest;
		const figure = FIGURES[this.field];
		const valueAt = (row: number): number => {
			const quality = table.quality[row] ?? Quality.none;
			// At detail status a row has no time: its value is not known here.
			const isKnown = (table.at[row] ?? 0) > 0 && (quality === Quality.good || quality === Quality.suspect);
			return isKnown ? (table.value[row] ?? Number.NaN) / (columns.rowFactor[row] ?? 1) : Number.NaN;
		};
		return columns.cities.flatMap((code, city) => {
			const place = cityPlace(code);
			if (place === null) return [];
			const counts = Array.from(board.cities.subarray(city * STATES, (city + 1) * STATES));
			const total = counts.reduce((sum, one) => sum + one, 0);
			const ticks = ticksOf(this.rings, code, figure, valueAt);
			return [{ code, name: cityName(code), lon: place[0], lat: place[1], total, counts, ticks }];
		});
	}

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
		this.commit();
		this.schedule();
	}

	/** The sources and the 审图号 stand on the map, not under the wall's columns. */
	private placeSources(): void {
		const corner = this.parts.container.querySelector<HTMLElement>(".maplibregl-ctrl-bottom-left");
		if (corner === null) return;
		Object.assign(corner.style, { left: `${this.insets.left}px`, bottom: `${this.insets.bottom}px` });
	}
}
