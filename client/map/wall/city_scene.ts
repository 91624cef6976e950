// A city on the wall: in the heating season its mains with the heat that moves in them, the return beside each; in every season the
// stations of its figure, coloured by what they tell, sources with their temperature in figures. Makes deck.gl layers and draws on the canvas; values come from `read`.
import type { Layer } from "deck.gl";
import { PathLayer } from "deck.gl";
import type { PageAsset } from "../../live/catalogue.ts";
import type { Project } from "../draw_clusters.ts";
import type { Phases } from "../layers/flow_layer.ts";
import { FlowLayer } from "../layers/flow_layer.ts";
import type { Palette } from "../palette.ts";
import { rgba } from "../palette.ts";
import type { HeatMain } from "./heat_mains.ts";
import { beside, heatMainsOf, speedOf, warmthOf, widthOf } from "./heat_mains.ts";
import type { Ramps } from "./ramps.ts";
import { css, rampAt } from "./ramps.ts";
import type { Figure } from "./season_figure.ts";
import { FIGURES } from "./season_figure.ts";
import { writeLabel } from "./wall_label.ts";

/** A row's value in its unit; NaN when it is not known or not fresh. */
export type Read = (row: number) => number;

/** Distance of two dashes, px at scale 1. */
export const DASH_PERIOD = 26;
/** Between the middles of supply and return, px at scale 1, beyond half of the widths. */
const RETURN_GAP = 2.5;
export interface CityLook {
	readonly read: Read;
	readonly ramps: Ramps;
	readonly palette: Palette;
	readonly scale: number;
}

interface Spot {
	readonly lon: number;
	readonly lat: number;
	readonly row: number;
	readonly city: string;
	readonly name: string;
}

export class CityScene {
	mains: readonly HeatMain[] = [];
	private stations: readonly Spot[] = [];
	private sources: readonly Spot[] = [];
	private returns = new Map<string, [number, number][]>();
	private returnsAt = 0;
	private figure: Figure = FIGURES.none;
	private made: readonly Layer[] = [];
	private madeOf = "";
	/** Colours and speeds are looked at again when this changed. */
	private version = 0;

	/** @param figure what the season is about: its stations are the dots; mains and sources are drawn where that is heat. */
	setCatalogue(assets: readonly PageAsset[], figure: Figure): void {
		const isHeat = figure.ramp === "heat";
		this.figure = figure;
		this.mains = isHeat ? heatMainsOf(assets) : [];
		this.stations = spots(assets, figure.kind, figure.measure);
		this.sources = isHeat ? spots(assets, "heatSource", "supplyTemp") : [];
		this.returns = new Map();
		this.returnsAt = 0;
		this.version += 1;
	}

	/** New values may be there; at most some times a second. */
	refresh(): void {
		this.version += 1;
	}

	layers(
		read: Read,
		ramps: Ramps,
		palette: Palette,
		view: { readonly scale: number; readonly pxPerMetre: number; readonly phases: Phases; readonly isVisible: boolean },
	): Layer[] {
		const { scale, pxPerMetre, phases, isVisible } = view;
		// The same layers are the same objects: deck.gl then draws nothing anew.
		const made = isVisible ? [this.version, scale, pxPerMetre, ...phases].join() : `hidden ${this.mains.length}`;
		if (made === this.madeOf) return [...this.made];
		this.madeOf = made;
		this.placeReturns(pxPerMetre, scale);
		const quiet = rgba(palette.text3, 0.55).map((part) => Math.round(part * 255)) as [number, number, number, number];
		const colour = (row: number, alpha: number): [number, number, number, number] => {
			const temperature = read(row);
			if (Number.isNaN(temperature)) return quiet;
			return [...rampAt(ramps.heat, warmthOf(temperature)), Math.round(alpha * 255)];
		};
		const speed = ({ flowRow, dn }: HeatMain): number => speedOf(read(flowRow), dn) ?? 0;
		const shared = {
			data: this.mains as HeatMain[],
			getAlong: (main: HeatMain) => main.along,
			getSpeed: speed,
			widthUnits: "pixels" as const,
			widthScale: scale,
			capRounded: true,
			jointRounded: true,
			pickable: false,
			visible: isVisible,
			pxPerMetre,
			phases,
			period: DASH_PERIOD * scale,
			parameters: { depthCompare: "always", depthWriteEnabled: false } as const,
		};
		const { version, returnsAt } = this;
		const bed = rgba(palette.ground, 0.62).map((part) => Math.round(part * 255)) as [number, number, number, number];
		this.made = [
			// A dark bed under both, or the warm lines would lie on the land without an edge.
			new PathLayer<HeatMain>({
				id: "heat-bed",
				data: shared.data,
				getPath: (main: HeatMain) => main.path as [number, number][],
				getColor: bed,
				getWidth: (main: HeatMain) => widthOf(main.dn) + 6,
				widthUnits: "pixels",
				widthScale: scale,
				capRounded: true,
				jointRounded: true,
				visible: isVisible,
				parameters: shared.parameters,
			}),
			new FlowLayer<HeatMain>({
				...shared,
				id: "heat-return",
				getPath: (main: HeatMain) => this.returns.get(main.id) ?? (main.path as [number, number][]),
				getColor: (main: HeatMain) => colour(main.returnRow, 0.42),
				getWidth: (main: HeatMain) => widthOf(main.dn) * 0.55,
				// The water comes back: the points look the other way.
				heading: -1,
				between: 0.7,
				updateTriggers: { getPath: returnsAt, getColor: version, getSpeed: version },
			}),
			new FlowLayer<HeatMain>({
				...shared,
				id: "heat-supply",
				getPath: (main: HeatMain) => main.path as [number, number][],
				getColor: (main: HeatMain) => colour(main.supplyRow, 1),
				getWidth: (main: HeatMain) => widthOf(main.dn),
				heading: 1,
				between: 0.38,
				updateTriggers: { getColor: version, getSpeed: version },
			}),
		];
		return [...this.made];
	}

	/** Stations as dots of their warmth. */
	drawStations(context: CanvasRenderingContext2D, project: Project, city: string | null, look: CityLook): void {
		const { read, ramps, palette, scale } = look;
		const {
			range: [low, high],
			ramp,
		} = this.figure;
		for (const { lon, lat, row } of this.stations.filter((spot) => spot.city === city)) {
			const { x, y } = project(lon, lat);
			const value = read(row);
			context.beginPath();
			context.arc(x, y, 4.2 * scale, 0, 2 * Math.PI);
			context.fillStyle = Number.isNaN(value)
				? palette.ground
				: css(rampAt(ramps[ramp], 0.2 + (0.8 * (value - low)) / (high - low)));
			context.fill();
			context.lineWidth = 1.2 * scale;
			context.strokeStyle = Number.isNaN(value) ? palette.text3 : palette.outline;
			context.stroke();
		}
	}

	/** Sources with name and temperature: words, which stand over the lines. */
	drawSources(context: CanvasRenderingContext2D, project: Project, city: string | null, look: CityLook): void {
		const { read, ramps, palette, scale } = look;
		for (const { lon, lat, row, name } of this.sources.filter((spot) => spot.city === city)) {
			const { x, y } = project(lon, lat);
			const size = 9 * scale;
			context.fillStyle = palette.ground;
			context.strokeStyle = css(rampAt(ramps.heat, 0.9));
			context.lineWidth = 2.5 * scale;
			context.beginPath();
			context.rect(x - size, y - size, 2 * size, 2 * size);
			context.fill();
			context.stroke();
			const value = read(row);
			const figure = Number.isNaN(value) ? "–" : `${value.toFixed(1)}\u00a0°C`;
			writeLabel(context, palette, { x: x + size + 8 * scale, y, name, figure, scale });
		}
	}

	/** The return runs beside the supply at a distance in px: its metres follow the zoom, in steps, so that it rests in flight. */
	private placeReturns(pxPerMetre: number, scale: number): void {
		const step = Math.round(Math.log2(pxPerMetre) * 2);
		if (step === this.returnsAt && this.returns.size === this.mains.length) return;
		this.returnsAt = step;
		const metresPerPx = 1 / 2 ** (step / 2);
		this.returns = new Map(
			this.mains.map((main) => {
				const px = (widthOf(main.dn) * 0.775 + RETURN_GAP) * scale;
				return [main.id, beside(main.path, px * metresPerPx)];
			}),
		);
	}
}

function spots(assets: readonly PageAsset[], kind: string, measure: string): Spot[] {
	return assets.flatMap((asset) => {
		const offset = asset.measures.indexOf(measure);
		if (asset.kind.id !== kind || offset < 0) return [];
		const { lon, lat, name } = asset.record;
		return [{ lon, lat, name, row: asset.firstRow + offset, city: asset.city }];
	});
}
