// The weather over the land: lines of equal temperature in the heating season, drifting dots of rain and its front in the rainy one.
// Samples the counties' weather stations once a minute, lets a worker compute, hands lines to the base map (they lie under its names)
// and draws the dots on the canvas. Computed values, and said to be so in words.
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import type { Live } from "../../live/live.ts";
import type { Named } from "../../live/view_follower.ts";
import { PLACE_LAYERS } from "../basemap.ts";
import { veil } from "../draw_cities.ts";
import type { Project } from "../draw_clusters.ts";
import { featuresOf } from "../field/contours.ts";
import type { FromField, ToField } from "../field/field_protocol.ts";
import type { Sample } from "../field/grid.ts";
import { MAP_FONT } from "../fonts.ts";
import type { Palette } from "../palette.ts";
import type { Ramps } from "./ramps.ts";
import { css, rampAt } from "./ramps.ts";
import type { Field } from "./season_figure.ts";
import { wantedFor } from "./season_figure.ts";
import { NAME_PX } from "./wall_label.ts";

export interface FieldWords {
	readonly isotherms: string;
	readonly rain: string;
	/** "+{{minutes}} min" */
	readonly ahead: string;
}

export interface FieldParts {
	readonly map: MapLibreMap;
	readonly live: Live;
	readonly palette: Palette;
	readonly ramps: Ramps;
	readonly words: FieldWords;
	readonly read: (row: number) => number;
	/** Something new stands here: draw. */
	readonly changed: () => void;
}

const SOURCE = "wall-field";
const LINES = "wall-field-line";
const LABELS = "wall-field-label";
/** Beyond this zoom of a wall of 1080 lines the province is not seen whole, and its weather says nothing about a street. */
const UP_TO = 8.4;
const EVERY_MS = 60_000;
/** A field of fewer stations would be a guess. */
const LEAST_SAMPLES = 8;
/** A dot goes this far before it begins anew, px, in so many seconds: about 3 px/s. */
const WAY_PX = 16;
const WAY_S = 5.5;
/** mm in 5 min to mm in 10 min; mm in an hour to mm in 10 min. */
const FIVE_TO_TEN = 2;
const HOUR_TO_TEN = 1 / 6;

interface Source {
	readonly kind: string;
	readonly measure: string;
	readonly factor: number;
}

/** The first that enough stations answer for. */
const SOURCES: Record<Exclude<Field, "none">, readonly Source[]> = {
	isotherms: [
		{ kind: "weatherStation", measure: "temperature", factor: 1 },
		{ kind: "dust", measure: "temperature", factor: 1 },
	],
	rain: [
		{ kind: "rainGauge", measure: "rain5m", factor: FIVE_TO_TEN },
		{ kind: "weatherStation", measure: "rainHour", factor: HOUR_TO_TEN },
	],
};

export class WallField {
	private readonly parts: FieldParts;
	private readonly worker: Worker;
	private field: Field = "none";
	private scale = 1;
	private askedAt = Number.NEGATIVE_INFINITY;
	private isAnswered = true;
	private dots = new Float32Array(0);
	private drift: readonly [number, number] | null = null;
	/** 0..1 of a dot's way. */
	private way = 0.5;
	private hasLines = false;

	constructor(parts: FieldParts) {
		this.parts = parts;
		this.worker = new Worker(new URL("../field/field.worker.ts", import.meta.url), { type: "module" });
		this.worker.onmessage = ({ data }: MessageEvent<FromField>) => this.take(data);
		// A page that is shown again, or a minute gone by.
		parts.live.second.subscribe(() => this.ask());
	}

	setField(field: Field, scale: number): void {
		this.scale = scale;
		if (field === this.field) return;
		this.field = field;
		this.clear();
		this.askedAt = Number.NEGATIVE_INFINITY;
		this.ask();
	}

	/** Rows that the field needs. */
	wanted(): Named[] {
		const { catalogue } = this.parts.live;
		if (this.field === "none") return [];
		return SOURCES[this.field].flatMap(({ kind, measure }) => wantedFor(catalogue, kind, measure));
	}

	/** Does something of it move? */
	get moves(): boolean {
		return this.field === "rain" && this.drift !== null && this.dots.length > 0;
	}

	/** Time of the data goes on. */
	step(ms: number): void {
		this.way = (this.way + ms / 1_000 / WAY_S) % 1;
	}

	/** The dots, and what the lines are, in words. @param left and bottom of the corner that the legend stands in, CSS px. */
	draw(context: CanvasRenderingContext2D, project: Project, left: number, bottom: number): void {
		if (this.field === "none") return;
		if (this.field === "rain") this.drawDots(context, project);
		if (!this.hasLines && this.dots.length === 0) return;
		const { palette, words } = this.parts;
		const { scale } = this;
		const x = left + 10 * scale;
		const y = bottom - 20 * scale;
		context.font = `400 ${NAME_PX * 0.88 * scale}px "Noto Sans SC Variable"`;
		const width = 60 * scale + context.measureText(words[this.field]).width;
		// The name of a sea may stand here.
		context.fillStyle = veil(palette.ground, 0.92);
		context.fillRect(x - 6 * scale, y - 18 * scale, width + 12 * scale, 36 * scale);
		context.strokeStyle = palette.text2;
		context.lineWidth = 1.8 * scale;
		context.setLineDash([8 * scale, 6 * scale]);
		context.beginPath();
		context.moveTo(x, y);
		context.lineTo(x + 50 * scale, y);
		context.stroke();
		context.setLineDash([]);
		context.textAlign = "left";
		context.textBaseline = "middle";
		context.fillStyle = palette.text2;
		context.fillText(words[this.field], x + 60 * scale, y);
	}

	private drawDots(context: CanvasRenderingContext2D, project: Project): void {
		const { dots, drift, scale } = this;
		const origin = project(122, 41);
		const [east, north] = drift ?? [0, 0];
		const ahead = project(122 + east, 41 + north);
		const length = Math.hypot(ahead.x - origin.x, ahead.y - origin.y);
		const way = WAY_PX * scale;
		const [dx, dy] =
			length === 0 ? [0, 0] : [((ahead.x - origin.x) / length) * way, ((ahead.y - origin.y) / length) * way];
		const size = 2.6 * scale;
		context.fillStyle = css(rampAt(this.parts.ramps.water, 1));
		for (let i = 0; i < dots.length; i += 2) {
			const { x, y } = project(dots[i]!, dots[i + 1]!);
			// Every dot is at another part of its way, or the whole sky would blink.
			const part = length === 0 ? 0.5 : (this.way + ((i * 0.381966) % 1)) % 1;
			context.globalAlpha = 0.85 * Math.sin(Math.PI * part);
			context.fillRect(x + dx * (part - 0.5), y + dy * (part - 0.5), size, size);
		}
		context.globalAlpha = 1;
	}

	/** Once a minute, and as soon as enough stations are known. */
	private ask(): void {
		const now = performance.now();
		if (this.field === "none" || !this.isAnswered || now - this.askedAt < EVERY_MS) return;
		const samples = this.samples(SOURCES[this.field]);
		if (samples.length < LEAST_SAMPLES) return;
		this.askedAt = now;
		this.isAnswered = false;
		const message: ToField =
			this.field === "rain" ? { type: "rain", samples, at: this.parts.live.now() } : { type: "isotherms", samples };
		this.worker.postMessage(message);
	}

	private samples(sources: readonly Source[]): Sample[] {
		const { catalogue } = this.parts.live;
		for (const { kind, measure, factor } of sources) {
			const samples: Sample[] = [];
			for (const asset of catalogue.assets) {
				const offset = asset.kind.id === kind ? asset.measures.indexOf(measure) : -1;
				if (offset < 0) continue;
				const value = this.parts.read(asset.firstRow + offset);
				if (!Number.isNaN(value)) samples.push({ lon: asset.record.lon, lat: asset.record.lat, value: value * factor });
			}
			if (samples.length >= LEAST_SAMPLES) return samples;
		}
		return [];
	}

	private take(data: FromField): void {
		this.isAnswered = true;
		// The season changed while the worker was at it.
		if (data.type !== this.field) return;
		if (data.type === "rain") {
			this.dots = data.dots as Float32Array<ArrayBuffer>;
			this.drift = data.drift;
			const { ahead } = this.parts.words;
			this.show(featuresOf(data.fronts, (minutes) => ahead.replace("{{minutes}}", String(minutes))));
		} else {
			this.show(featuresOf(data.contours, (level) => `${level < 0 ? "−" : ""}${Math.abs(level)}°`));
		}
		this.parts.changed();
	}

	private clear(): void {
		this.dots = new Float32Array(0);
		this.drift = null;
		this.show(featuresOf([], String));
	}

	private show(lines: ReturnType<typeof featuresOf>): void {
		const { map } = this.parts;
		const source = map.getSource<GeoJSONSource>(SOURCE);
		if (source !== undefined) source.setData(lines);
		else if (map.getLayer(PLACE_LAYERS[0]) !== undefined) this.addLayers(lines);
		else {
			// The style is not read yet. Its tiles may take long and are not waited for.
			map.once("styledata", () => this.show(lines));
			return;
		}
		this.hasLines = lines.features.length > 0;
	}

	private addLayers(lines: ReturnType<typeof featuresOf>): void {
		const { map, palette } = this.parts;
		const { scale } = this;
		const before = PLACE_LAYERS[0];
		const maxzoom = UP_TO + Math.log2(scale);
		map.addSource(SOURCE, { type: "geojson", data: lines });
		const label: ExpressionSpecification = ["get", "label"];
		map.addLayer(
			{
				id: LINES,
				type: "line",
				source: SOURCE,
				maxzoom,
				layout: { "line-join": "round" },
				paint: {
					"line-color": palette.text2,
					"line-opacity": 0.85,
					"line-width": 2 * scale,
					"line-dasharray": [5, 3.5],
				},
			},
			before,
		);
		map.addLayer(
			{
				id: LABELS,
				type: "symbol",
				source: SOURCE,
				maxzoom,
				layout: {
					"symbol-placement": "line",
					"symbol-spacing": 360 * scale,
					"text-field": label,
					"text-font": [MAP_FONT],
					"text-size": NAME_PX * 0.92 * scale,
					"text-rotation-alignment": "viewport",
					"text-padding": 6,
				},
				paint: { "text-color": palette.text, "text-halo-color": palette.land, "text-halo-width": 3 * scale },
			},
			before,
		);
	}
}
