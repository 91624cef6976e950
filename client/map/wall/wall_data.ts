// What the wall's picture reads from the page's table, and which rows it asks for: the season's figure per city, mains and stations of
// one city, the assets of one site, the weather of all counties. Reads only; names its rows to the view follower.

import type { PageAsset } from "../../live/catalogue.ts";
import { countText, withUnit } from "../../live/format.ts";
import type { Live } from "../../live/live.ts";
import { STATES } from "../../live/status.ts";
import type { Stop } from "../../live/stop.ts";
import type { Named } from "../../live/view_follower.ts";
import type { CityPlace } from "../city_glyphs.ts";
import type { Field, Figure, Rings } from "./season_figure.ts";
import { FIGURES, ringsOf, ticksOf, wantedFor } from "./season_figure.ts";
import { isKnown } from "./site_scene.ts";
import type { WallCity } from "./wall_canvas.ts";

/** Older than this is not the present any more, whatever the channel's own patience. */
const FRESH_MS = 3 * 3_600_000;
/** A crane's angle and load are of this moment or they are nothing. */
const MOVING_MS = 10 * 60_000;
const MOVING: ReadonlySet<string> = new Set(["slew", "radius", "moment", "load", "loadShare", "height"]);

export class WallData {
	private rings: Rings = new Map();
	private figure: Figure = FIGURES.none;
	private readonly live: Live;
	private readonly language: "zh" | "en";

	constructor(live: Live, language: "zh" | "en") {
		this.live = live;
		this.language = language;
	}

	/** A row's value in its unit; NaN when it is not known or not fresh. */
	readonly read = (row: number): number => this.readWithin(row, FRESH_MS);

	/** Another season or another catalogue. */
	setField(field: Field): void {
		this.figure = FIGURES[field];
		this.rings = ringsOf(this.live.catalogue.assets, this.figure);
	}

	/** Names the rows whose values a stop shows; a named row brings its whole cell. */
	follow(stop: Stop, weather: readonly Named[]): void {
		const { catalogue, follower } = this.live;
		const city = stop.kind === "city" ? stop.district : this.cityOf(stop);
		const assets = city === null ? [] : catalogue.assets.filter((asset) => asset.city === city);
		const mains = wantedFor({ assets }, "heatMain", "flow");
		const sources = wantedFor({ assets }, "heatSource", "supplyTemp");
		const figure = wantedFor(catalogue, this.figure.kind, this.figure.measure);
		const heat = this.figure.ramp === "heat" ? [...mains, ...sources] : [];
		follower.setNamed("map", [...heat, ...weather, ...figure]);
	}

	/** City code of where a site or a case stands. */
	cityOf(stop: Stop): string | null {
		switch (stop.kind) {
			case "province":
				return null;
			case "city":
				return stop.district;
			case "site":
			case "case":
				return this.live.catalogue.find(stop.asset)?.city ?? null;
		}
	}

	cities(name: (code: string) => string, place: CityPlace): WallCity[] {
		const { columns } = this.live.catalogue;
		const { board } = this.live.painter;
		return columns.cities.flatMap((code, city) => {
			const at = place(code);
			if (at === null) return [];
			const counts = Array.from(board.cities.subarray(city * STATES, (city + 1) * STATES));
			const total = counts.reduce((sum, one) => sum + one, 0);
			const ticks = ticksOf(this.rings, code, this.figure, this.read);
			return [{ code, name: name(code), lon: at[0], lat: at[1], total, counts, ticks }];
		});
	}

	value(asset: PageAsset, measure: string): number {
		const offset = asset.measures.indexOf(measure);
		return offset < 0
			? Number.NaN
			: this.readWithin(asset.firstRow + offset, MOVING.has(measure) ? MOVING_MS : FRESH_MS);
	}

	/** "PM10 86 µg/m³" without the name; "" when it is not known. */
	text(asset: PageAsset, measure: string): string {
		const offset = asset.measures.indexOf(measure);
		const known = asset.kind.measures.find(({ id }) => id === measure);
		if (known === undefined || Number.isNaN(this.value(asset, measure))) return "";
		const count = this.live.latest.table.value[asset.firstRow + offset] ?? Number.NaN;
		return withUnit(countText(known, count, this.language), known.unit);
	}

	private readWithin(row: number, withinMs: number): number {
		const { table } = this.live.latest;
		if (row < 0 || !isKnown(table.quality[row] ?? 0, table.at[row] ?? 0, this.live.now(), withinMs)) return Number.NaN;
		return (table.value[row] ?? Number.NaN) / (this.live.catalogue.columns.rowFactor[row] ?? 1);
	}
}
