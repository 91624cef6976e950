// The map: one MapLibre map, one deck.gl overlay and one canvas of annotations, made once for the life of the page and told
// what to do by `set…`. It reads the live half and draws; it never changes a table. Its loss (WebGL) costs nobody an alarm.
import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Columns } from "../live/columns.ts";
import { browserFrames } from "../live/paint.ts";
import { Annotations } from "./annotations.ts";
import { BaseMender } from "./base_mender.ts";
import { PLACE_LAYERS } from "./basemap.ts";
import { createBase, PROVINCE, provincePadding } from "./create.ts";
import { Hand } from "./hand.ts";
import { labelsIn } from "./labels.ts";
import type { Line } from "./layers/path_layer.ts";
import { linesOf, pathLayer } from "./layers/path_layer.ts";
import { PointLayers } from "./layers/point_layers.ts";
import type { MapParts, Viewpoint } from "./map_parts.ts";
import { MapPace } from "./pace.ts";
import { type Palette, readPalette } from "./palette.ts";
import { Picture } from "./picture.ts";
import { Watchman } from "./watchman.ts";

/** The newest red's ring at 0.5 Hz in steps of this, where the GPU and the person allow motion. */
const BREATH_EVERY_MS = 100;
const BREATH_MS = 2_000;
const VISIT_ZOOM = 14;
/** Names of the base map that the glyphs take over at province zoom. */
const CITY_NAMES = PLACE_LAYERS[3];

export class ProvinceMap {
	readonly watchman: Watchman;
	/** What lies under the pointer, and clicks. */
	readonly hand: Hand;
	readonly picture: Picture;
	private readonly parts: MapParts;
	private readonly map: MapLibreMap;
	private overlay: MapLibreOverlay;
	private readonly annotations: Annotations;
	private readonly palette = readPalette(getComputedStyle(document.documentElement));
	private readonly points: PointLayers;
	private lines: readonly Line[] = [];
	private columns: Columns | null = null;
	private selected: string | null = null;
	private breath = 0;
	private hasMotion: boolean;
	private isStyled = false;
	/** What nobody asked for is drawn by this; a person's own acts at once. */
	private readonly pace = new MapPace({
		...browserFrames,
		later: (ms, act) => void setTimeout(act, ms),
		draw: () => this.drawNews(),
	});
	private areAlarmsNew = true;
	/** CSS px that the canvases have. */
	private size = { width: 0, height: 0 };
	private readonly waiting: Parameters<ProvinceMap["onBase"]>[0][] = [];

	constructor(parts: MapParts, hasMotion: boolean) {
		this.parts = parts;
		this.hasMotion = hasMotion;
		this.watchman = new Watchman({
			store: sessionStorage,
			now: () => Date.now(),
			later: (ms, act) => void setTimeout(act, ms),
			reload: () => location.reload(),
		});
		this.map = createBase({ ...parts, followsSize: false }, this.scale);
		this.map.once("style.load", () => this.styled());
		this.annotations = new Annotations(this.palette, parts.isSoftware);
		this.map.getCanvasContainer().append(this.annotations.canvas);
		this.points = new PointLayers({ palette: this.palette, scale: this.scale, breath: 0 });
		this.picture = new Picture(parts.live.catalogue, parts.live.painter.board, this.points, parts.cityPlace);
		this.hand = new Hand({
			lines: () => this.lines,
			catalogue: parts.live.catalogue,
			picture: this.picture,
			annotations: this.annotations,
			scale: () => this.scale,
			project: this.project,
			onSelect: parts.onSelect,
			goTo: (viewpoint) => this.goTo(viewpoint),
		});
		this.overlay = this.mountOverlay();
		this.listen();
		parts.live.painter.add({ paint: (changed, count) => this.paint(changed, count) });
		parts.live.painter.readings.subscribe(() => this.refreshLabels());
		parts.live.alarms.change.subscribe(() => {
			this.areAlarmsNew = true;
			this.pace.request();
		});
		this.resize();
		this.drawNews();
		setInterval(() => this.breathe(), BREATH_EVERY_MS);
	}

	setSelected(id: string | null): void {
		if (id === this.selected) return;
		this.selected = id;
		this.map.triggerRepaint();
	}

	setHidden(systems: ReadonlySet<string>): void {
		this.picture.setHidden(systems);
		this.commit();
	}

	/** For who draws on the base map besides the picture (draw.ts): now, or as soon as the style stands. */
	onBase(use: (base: { map: MapLibreMap; palette: Palette; scale: number }) => void): void {
		if (this.isStyled) use({ map: this.map, palette: this.palette, scale: this.scale });
		else this.waiting.push(use);
	}

	/** Asked for by a person; the map never moves by itself. */
	goTo(viewpoint: Viewpoint): void {
		this.map.easeTo({
			center: [viewpoint.lon, viewpoint.lat],
			zoom: viewpoint.zoom,
			// The middle of what the case in hand leaves free.
			offset: [-this.parts.covered() / 2, 0],
			duration: this.hasMotion ? 600 : 0,
		});
	}

	/** Near enough to see it by itself; nearer stays nearer. */
	visit(lon: number, lat: number): void {
		this.goTo({ lon, lat, zoom: Math.max(this.map.getZoom(), VISIT_ZOOM) });
	}

	goHome(): void {
		this.map.fitBounds(PROVINCE, { padding: provincePadding(this.scale), duration: this.hasMotion ? 600 : 0 });
	}

	zoomBy(steps: number): void {
		this.map.easeTo({ zoom: this.map.getZoom() + steps, duration: this.hasMotion ? 200 : 0 });
	}

	/** Zoom of a desk of 1080 lines: bigger letters and points must not change what is drawn where. */
	private get deskZoom(): number {
		return this.map.getZoom() - Math.log2(this.scale);
	}

	/** The page's root size against 16 px. */
	private get scale(): number {
		return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
	}

	private styled(): void {
		this.isStyled = true;
		for (const use of this.waiting.splice(0)) this.onBase(use);
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
		map.on("webglcontextlost", () => this.watchman.lost());
		map.on("webglcontextrestored", () => this.revive());
		map.on("render", () => {
			this.drawAnnotations();
			this.pace.drew();
		});
		map.on("resize", () => this.resize());
		// Bars that come and go above the map in a storm give its box another size each time; a new drawing buffer is dear.
		new ResizeObserver(() => this.pace.request()).observe(this.parts.container);
		map.on("zoom", () => {
			if (this.picture.setZoom(this.deskZoom)) this.commit();
			this.showCityNames();
		});
		map.on("moveend", () => this.tellView());
		map.on("styledata", () => this.showCityNames());
		map.on("idle", () => this.watchman.drew());
		this.hand.listen(map);
		map.once("load", () => this.tellView());
		this.picture.setZoom(this.deskZoom);
	}

	/** MapLibre rebuilds itself; deck.gl cannot, so its overlay is made anew on the living map. */
	private revive(): void {
		this.map.removeControl(this.overlay);
		this.overlay = this.mountOverlay();
		this.points.restyle({ palette: this.palette, scale: this.scale, breath: this.breath });
		this.commit();
		this.map.once("idle", () => this.watchman.restored());
	}

	private paint(changed: Int32Array | null, count: number): void {
		if (this.columns !== this.parts.live.catalogue.columns) {
			this.columns = this.parts.live.catalogue.columns;
			this.lines = linesOf(this.parts.live.catalogue.assets);
			this.tellView();
		}
		this.picture.paint(changed, count);
		this.pace.request();
	}

	/** Everything that changed by itself since the last time. */
	private drawNews(): void {
		if (this.areAlarmsNew) {
			this.areAlarmsNew = false;
			this.picture.setAlarms(this.parts.live.alarms.open);
		}
		const { clientWidth, clientHeight } = this.parts.container;
		if (clientWidth !== this.size.width || clientHeight !== this.size.height) this.map.resize();
		this.commit();
	}

	/** Hands deck.gl the layers and asks for one frame. */
	private commit(): void {
		const { pointFacts, lineVersion, mode } = this.picture;
		const lines = pathLayer(this.lines, pointFacts, this.palette, this.scale, lineVersion, mode !== "cities");
		this.overlay.setProps({ layers: [lines, ...this.points.layers()] });
		this.map.triggerRepaint();
	}

	private drawAnnotations(): void {
		const { catalogue } = this.parts.live;
		const selected = this.selected === null ? undefined : catalogue.find(this.selected);
		this.annotations.draw(
			{
				cities: this.picture.mode === "cities" ? this.picture.cities() : [],
				clusters: this.picture.mode === "clusters" ? this.picture.clusters : null,
				labels: this.labels,
				selected: selected === undefined ? null : [selected.record.lon, selected.record.lat],
				cityName: this.parts.cityName,
				urgent: this.picture.urgent(),
				breath: this.breath,
			},
			this.project,
			this.scale,
		);
	}

	private labels: ReturnType<typeof labelsIn> = [];

	private refreshLabels(): void {
		const before = this.labels.length;
		this.labels = labelsIn(this.parts.live, this.picture, this.map.getBounds(), this.deskZoom, this.parts.language);
		if (before + this.labels.length > 0) this.pace.request();
	}

	private readonly project = (lon: number, lat: number): { x: number; y: number } => this.map.project([lon, lat]);

	private tellView(): void {
		const bounds = this.map.getBounds();
		const box = {
			west: bounds.getWest(),
			south: bounds.getSouth(),
			east: bounds.getEast(),
			north: bounds.getNorth(),
		};
		this.parts.live.follower.setBox(box, this.picture.mode === "cities");
		const { lng, lat } = this.map.getCenter();
		this.parts.onView({ lon: lng, lat, zoom: this.map.getZoom() });
		this.refreshLabels();
	}

	/** The base map's own names of cities would stand under the glyphs. */
	private showCityNames(): void {
		const visibility = this.picture.mode === "cities" ? "none" : "visible";
		for (const layer of [CITY_NAMES, "place-seat"]) {
			if (this.map.getLayer(layer) === undefined) continue;
			if (this.map.getLayoutProperty(layer, "visibility") === visibility) continue;
			this.map.setLayoutProperty(layer, "visibility", visibility);
		}
	}

	private resize(): void {
		const { clientWidth, clientHeight } = this.parts.container;
		this.size = { width: clientWidth, height: clientHeight };
		this.annotations.resize(clientWidth, clientHeight);
		this.points.restyle({ palette: this.palette, scale: this.scale, breath: this.breath });
		this.commit();
	}

	/** 0.5 Hz, only while an unseen red is there and somebody can see it. */
	private breathe(): void {
		if (!this.hasMotion || !this.picture.breathes || document.visibilityState === "hidden") return;
		this.breath = 0.5 - 0.5 * Math.cos((performance.now() / BREATH_MS) * 2 * Math.PI);
		this.points.breathe(this.breath);
		this.pace.request();
	}
}
