// The scenes of the wall and what they share: the province's rings, a city's mains, a site's drawing, the ring of a take-over, and
// which of them may move now. Held by wall_map.ts, which owns map, overlay and canvas; makes layers and a canvas scene.
import type { Layer } from "deck.gl";
import type { Map as MapLibreMap } from "maplibre-gl";
import type { PageAsset } from "../../live/catalogue.ts";
import type { Insets, Stop } from "../../live/stop.ts";
import type { UrgentAsset } from "../annotations.ts";
import type { PointLayers } from "../layers/point_layers.ts";
import type { Palette, TokenSource } from "../palette.ts";
import type { CityLook } from "./city_scene.ts";
import { CityScene, DASH_PERIOD } from "./city_scene.ts";
import type { Tier } from "./motion.ts";
import { FRESH_MS, Motion } from "./motion.ts";
import type { Ramps } from "./ramps.ts";
import { readRamps } from "./ramps.ts";
import type { Field } from "./season_figure.ts";
import { FIGURES } from "./season_figure.ts";
import type { SiteLook } from "./site_scene.ts";
import { drawSite, drawSiteCaptions, siteOf } from "./site_scene.ts";
import { drawTakeOver } from "./take_over.ts";
import type { WallCity, WallScene } from "./wall_canvas.ts";
import { WallData } from "./wall_data.ts";
import { WallField } from "./wall_field.ts";
import type { WallMapParts } from "./wall_map_parts.ts";
import type { WallPicture } from "./wall_picture.ts";

export interface SceneParts extends WallMapParts {
	readonly palette: Palette;
	readonly tokens: TokenSource;
	readonly map: MapLibreMap;
	/** Something new stands on the canvas. */
	readonly changed: () => void;
}

const BREATH_MS = 2_000;
const BREATH_EVERY_MS = 100;
/** Zoom on a wall of 1080 lines up to which the glyphs go along on a flight, and the way over which they fade. */
const GLYPHS_TO = 8;
const GLYPHS_FADE = 0.7;
/** From the columns, px: their edge fades over the map. */
const LEGEND_IN = 20;
/** A tick is told in so many lengths: less than half a px at 1080 lines. */
const TICK_STEPS = 16;
const EARTH_M = 40_075_016.686;

export class WallScenes {
	private readonly parts: SceneParts;
	private readonly data: WallData;
	private readonly city = new CityScene();
	private readonly motion: Motion;
	private readonly ramps: Ramps;
	private readonly weather: WallField;
	private insets: Insets;
	private sources = 0;
	private told = "";
	private stop: Stop;
	private field: Field;
	private cities: readonly WallCity[] = [];
	private site: readonly PageAsset[] = [];
	private columns: unknown = null;
	private breath = 0;
	private breathedAt = 0;

	constructor(parts: SceneParts) {
		this.parts = parts;
		this.stop = parts.stop;
		this.field = parts.field;
		this.ramps = readRamps(parts.tokens);
		this.motion = new Motion(parts.tier);
		this.data = new WallData(parts.live, parts.language);
		this.insets = parts.insets;
		this.weather = new WallField({ ...parts, ramps: this.ramps, read: this.data.read });
		this.setCatalogue();
	}

	get tier(): Tier {
		return this.motion.tier;
	}

	setStop(stop: Stop): void {
		this.stop = stop;
		this.ask();
		this.city.refresh();
	}

	setField(field: Field, scale: number): void {
		this.weather.setField(field, scale);
		this.field = field;
		this.data.setField(field);
		this.city.setCatalogue(this.parts.live.catalogue.assets, FIGURES[field]);
		this.ask();
	}

	/** @param sources height of the words about the map's sources, CSS px. */
	setInsets(insets: Insets, sources: number): void {
		this.insets = insets;
		this.sources = sources;
	}

	/** New values, at most once a second. @returns whether layers are due. */
	refresh(): boolean {
		if (this.columns !== this.parts.live.catalogue.columns) {
			this.setCatalogue();
			return true;
		}
		if (this.stop.kind === "province") return false;
		this.city.refresh();
		return true;
	}

	/** @returns whether the canvas would look otherwise than it does: a wall is not drawn anew for a digit that nobody sees. */
	readCities(): boolean {
		if (this.stop.kind !== "province") return true;
		this.cities = this.data.cities(this.parts.cityName, this.parts.cityPlace);
		const told = this.cities
			.map(({ total, counts, ticks }) => {
				const ring = ticks.map(({ share }) => (share === null ? "-" : Math.round(share * TICK_STEPS))).join(" ");
				return `${total} ${counts.slice(1, 5).join(" ")} ${ring}`;
			})
			.join();
		const isOther = told !== this.told;
		this.told = told;
		return isOther;
	}

	layers(scale: number): Layer[] {
		return this.city.layers(this.data.read, this.ramps, this.parts.palette, {
			scale,
			pxPerMetre: this.pxPerMetre(),
			phases: this.motion.phases,
			isVisible: this.stop.kind !== "province",
		});
	}

	scene(urgent: readonly UrgentAsset[], picture: WallPicture, scale: number, isUnderWay: boolean): WallScene {
		const zoom = this.parts.map.getZoom() - Math.log2(scale);
		// On the way to a city, and back, the glyphs stay as long as the province is seen.
		const isProvince = isUnderWay ? zoom < GLYPHS_TO : this.stop.kind === "province";
		const fade = isUnderWay ? Math.min(1, Math.abs(zoom - GLYPHS_TO) / GLYPHS_FADE) : 1;
		return {
			isUnderWay,
			opacity: fade,
			cities: isProvince ? this.cities : [],
			ramp: this.ramps[FIGURES[this.field].ramp],
			urgent,
			breath: this.breath,
			draw: (context, height) => {
				const { left, bottom } = this.insets;
				if (isProvince)
					this.weather.draw(context, this.project, left + LEGEND_IN * scale, height - bottom - this.sources);
				else this.drawNear(context, picture, scale);
			},
			drawTop: isProvince ? null : (context) => this.drawOver(context, picture, scale),
		};
	}

	/** Does anything have to be drawn frame by frame now? */
	hasMotion(picture: WallPicture): boolean {
		if (this.motion.tier === "still" || document.visibilityState === "hidden") return false;
		const flows = this.stop.kind === "city" || this.stop.kind === "site";
		const rains = this.stop.kind === "province" && this.weather.moves;
		return flows || rains || picture.newestRed !== null;
	}

	/** One frame. @param ms since the frame before. */
	step(
		at: number,
		ms: number,
		scale: number,
		picture: WallPicture,
		points: PointLayers,
	): { readonly layers: boolean; readonly canvas: boolean } {
		this.motion.frame(ms);
		const { live } = this.parts;
		const age = live.link.state === "live" ? live.now() - live.wire.rowsAt : Number.POSITIVE_INFINITY;
		const isFlow = this.stop.kind === "city" || this.stop.kind === "site";
		// A take-over holds the eye: nothing moves outside of its ring.
		const moved = this.motion.step(at, age, !isFlow, scale, DASH_PERIOD * scale);
		const since = at - this.breathedAt;
		if (since < BREATH_EVERY_MS) return { layers: moved, canvas: false };
		this.breathedAt = at;
		const rains = this.stop.kind === "province" && this.weather.moves && age < FRESH_MS;
		if (rains) this.weather.step(Math.min(since, 4 * BREATH_EVERY_MS));
		const breathes = picture.newestRed !== null;
		this.breath = breathes ? 0.5 - 0.5 * Math.cos((at / BREATH_MS) * 2 * Math.PI) : 0;
		if (breathes) points.breathe(this.breath);
		return { layers: moved || breathes, canvas: breathes || rains };
	}

	private setCatalogue(): void {
		const { catalogue } = this.parts.live;
		this.columns = catalogue.columns;
		this.city.setCatalogue(catalogue.assets, FIGURES[this.field]);
		this.data.setField(this.field);
		this.ask();
	}

	private ask(): void {
		const { stop } = this;
		this.site = stop.kind === "site" ? siteOf(this.parts.live.catalogue.assets, stop.asset) : [];
		this.data.follow(stop, this.weather.wanted());
	}

	private readonly project = (lon: number, lat: number): { x: number; y: number } => this.parts.map.project([lon, lat]);

	private pxPerMetre(): number {
		const { map } = this.parts;
		return (512 * 2 ** map.getZoom()) / (EARTH_M * Math.cos((map.getCenter().lat * Math.PI) / 180));
	}

	/** City, site and case: what stands under lines and points. */
	private drawNear(context: CanvasRenderingContext2D, picture: WallPicture, scale: number): void {
		const { stop } = this;
		if (stop.kind === "site") drawSite(context, this.site, this.project, this.siteLook(picture, scale));
		else this.city.drawStations(context, this.project, this.data.cityOf(stop), this.cityLook(scale));
	}

	/** Their words, and the ring of a take-over. */
	private drawOver(context: CanvasRenderingContext2D, picture: WallPicture, scale: number): void {
		const { stop } = this;
		if (stop.kind === "site") {
			drawSiteCaptions(context, this.site, this.project, this.siteLook(picture, scale));
			return;
		}
		this.city.drawSources(context, this.project, this.data.cityOf(stop), this.cityLook(scale));
		if (stop.kind !== "case") return;
		const index = this.parts.live.catalogue.find(stop.asset)?.index;
		const level = index === undefined ? 0 : (picture.facts.status[index] ?? 0);
		const isNewest = index !== undefined && picture.newestRed === index;
		const at = this.project(stop.lon, stop.lat);
		drawTakeOver(context, at, level, isNewest ? this.breath : 0, this.parts.palette, scale);
	}

	private cityLook(scale: number): CityLook {
		return { read: this.data.read, ramps: this.ramps, palette: this.parts.palette, scale };
	}

	private siteLook(picture: WallPicture, scale: number): SiteLook {
		return {
			figure: (asset, measure) => this.data.text(asset, measure),
			value: (asset, measure) => this.data.value(asset, measure),
			status: ({ index }) => picture.facts.status[index] ?? 0,
			palette: this.parts.palette,
			scale,
			pxPerMetre: this.pxPerMetre(),
		};
	}
}
