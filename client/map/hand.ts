// The person's hand on the map: what lies under the pointer, and what a click means. An asset is selected; a city or a cluster
// is entered, which is the one time the map moves, because somebody asked.
import type { Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import type { Catalogue } from "../live/catalogue.ts";
import { Change } from "../live/change.ts";
import type { Annotations } from "./annotations.ts";
import type { Project } from "./draw_clusters.ts";
import type { Line } from "./layers/path_layer.ts";
import type { Picked, Pointer } from "./pick.ts";
import { pickAsset, pickCity, pickCluster, pickPin } from "./pick.ts";
import { pickLine } from "./pick_line.ts";
import type { Picture } from "./picture.ts";

export interface HandParts {
	readonly catalogue: Catalogue;
	readonly picture: Picture;
	readonly annotations: Annotations;
	readonly scale: () => number;
	readonly lines: () => readonly Line[];
	readonly project: Project;
	readonly onSelect: (id: string | null) => void;
	readonly goTo: (viewpoint: { readonly lon: number; readonly lat: number; readonly zoom: number }) => void;
}

/** A city fills the view of a desk at this zoom. */
const CITY_ZOOM = 9.3;

export class Hand {
	/** Bumped when another asset lies under the pointer. */
	readonly hover = new Change();
	hovered: { readonly id: string; readonly x: number; readonly y: number } | null = null;
	/** The person's hand holds a tool of drawing: a click is a stroke, nothing is selected or entered. */
	isBusy = false;
	private readonly parts: HandParts;

	constructor(parts: HandParts) {
		this.parts = parts;
	}

	listen(map: MapLibreMap): void {
		map.on("click", (event) => this.click(event));
		map.on("mousemove", (event) => this.move(event));
		map.on("mouseout", () => this.setHovered(null));
	}

	private pick(event: MapMouseEvent): Picked | null {
		const { catalogue, picture, annotations, project } = this.parts;
		const scale = this.parts.scale();
		const { x, y } = event.point;
		const at: Pointer = { x, y, lon: event.lngLat.lng, lat: event.lngLat.lat, zoom: event.target.getZoom() };
		const pin = pickPin(annotations.pins, at, scale);
		if (pin !== null) return pin;
		const asset = pickAsset(catalogue.columns, picture.pointFacts, at, scale);
		if (asset !== null) return asset;
		if (picture.mode === "cities") return pickCity(annotations.placed, at);
		const cluster = picture.clusters === null ? null : pickCluster(picture.clusters, at, project, scale);
		return cluster ?? pickLine(this.parts.lines(), picture.pointFacts, at, scale);
	}

	private click(event: MapMouseEvent): void {
		if (this.isBusy) return;
		const picked = this.pick(event);
		if (picked === null) this.parts.onSelect(null);
		else if (picked.type === "asset") this.parts.onSelect(this.idOf(picked.index));
		else if (picked.type === "city") this.enterCity(picked.code);
		else this.enterCluster(picked.cluster, event.target.getZoom());
	}

	private enterCity(code: string): void {
		const glyph = this.parts.picture.cities().find((city) => city.code === code);
		if (glyph === undefined) return;
		this.parts.goTo({ lon: glyph.lon, lat: glyph.lat, zoom: CITY_ZOOM + Math.log2(this.parts.scale()) });
	}

	private enterCluster(cluster: number, zoom: number): void {
		const position = this.parts.picture.clusters?.position;
		const lon = position?.[cluster * 2];
		const lat = position?.[cluster * 2 + 1];
		if (lon !== undefined && lat !== undefined) this.parts.goTo({ lon, lat, zoom: Math.floor(zoom) + 2 });
	}

	private move(event: MapMouseEvent): void {
		if (this.isBusy) {
			this.setHovered(null);
			return;
		}
		const picked = this.pick(event);
		event.target.getCanvas().style.cursor = picked === null ? "" : "pointer";
		const id = picked?.type === "asset" ? this.idOf(picked.index) : null;
		this.setHovered(id === null ? null : { id, x: event.point.x, y: event.point.y });
	}

	private idOf(index: number): string | null {
		return this.parts.catalogue.at(index)?.record.id ?? null;
	}

	private setHovered(hovered: { id: string; x: number; y: number } | null): void {
		if (hovered?.id === this.hovered?.id) return;
		this.hovered = hovered;
		this.hover.bump();
	}
}
