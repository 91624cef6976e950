// What the map shows of each asset at the present zoom: status, ring, visible or not, alone or in a cluster, and the counts
// of clusters and cities. Fed by the paint loop and the alarm list; read by map.ts, which draws it. No MapLibre, no deck.gl,
// no DOM: its counts are proved against brute force.
import type { Alarm } from "#model/alarm.ts";
import type { Catalogue } from "../live/catalogue.ts";
import type { Columns } from "../live/columns.ts";
import type { Paintable } from "../live/paint.ts";
import type { StatusBoard } from "../live/status.ts";
import type { UrgentAsset } from "./annotations.ts";
import type { CityGlyph, CityPlace } from "./city_glyphs.ts";
import { cityGlyphs } from "./city_glyphs.ts";
import type { ClusterSet } from "./clusters.ts";
import { buildClusters, moved } from "./clusters.ts";
import type { PointFacts, PointLayers } from "./layers/point_layers.ts";
import { ALWAYS_SHOWN } from "./layers/point_layers.ts";
import { writeRings } from "./rings.ts";

/** Below: fourteen glyphs. From CLUSTER_END on: every asset by itself. */
export const CITY_BELOW = 7.5;
export const CLUSTER_END = 12.5;

export type Mode = "cities" | "clusters" | "points";

export function modeAt(zoom: number): Mode {
	if (zoom < CITY_BELOW) return "cities";
	return zoom < CLUSTER_END ? "clusters" : "points";
}

export class Picture implements Paintable {
	mode: Mode = "cities";
	clusters: ClusterSet | null = null;
	/** Raised when lines must be coloured anew. */
	lineVersion = 0;
	/** An unseen red is there: its ring breathes. */
	breathes = false;
	private facts: { status: Uint8Array; ring: Uint8Array; visible: Uint8Array; single: Uint8Array } = emptyFacts(0);
	private columns: Columns | null = null;
	private zoom = 0;
	private hidden: ReadonlySet<string> = new Set();
	private alarms: readonly Alarm[] = [];
	private glyphs: readonly CityGlyph[] | null = null;
	private pinned: readonly UrgentAsset[] | null = null;
	private readonly catalogue: Catalogue;
	private readonly board: StatusBoard;
	private readonly points: PointLayers;
	private readonly place: CityPlace;

	constructor(catalogue: Catalogue, board: StatusBoard, points: PointLayers, place: CityPlace) {
		this.catalogue = catalogue;
		this.board = board;
		this.points = points;
		this.place = place;
	}

	get pointFacts(): PointFacts {
		return this.facts;
	}

	/** Glyphs as of now, computed at most once per change. */
	cities(): readonly CityGlyph[] {
		if (this.columns === null) return [];
		this.glyphs ??= cityGlyphs(this.columns, this.facts.status, this.facts.visible, this.place);
		return this.glyphs;
	}

	/** Orange and red that a glyph or a cluster holds: drawn as pins. */
	urgent(): readonly UrgentAsset[] {
		if (this.pinned !== null) return this.pinned;
		const { status, ring, visible, single } = this.facts;
		const position = this.columns?.position;
		const list: UrgentAsset[] = [];
		for (let index = 0; index < status.length && position !== undefined; index++) {
			const level = status[index]!;
			if (level < ALWAYS_SHOWN || level > 4 || visible[index] === 0 || single[index] === 1) continue;
			list.push({ index, lon: position[index * 2]!, lat: position[index * 2 + 1]!, level, ring: ring[index]! });
		}
		this.pinned = list;
		return list;
	}

	/** From the paint loop. Hot: cost follows the changed assets. */
	paint(changed: Int32Array | null, count: number): void {
		if (changed === null || this.columns !== this.catalogue.columns) {
			this.rebuild();
			return;
		}
		const { status } = this.facts;
		for (let i = 0; i < count; i++) {
			const index = changed[i]!;
			status[index] = this.board.status[index]!;
			if (this.clusters !== null) moved(this.clusters, index, status[index]!);
		}
		this.points.paint(this.facts, changed, count);
		this.touch();
	}

	/** @returns true when other assets stand alone now. */
	setZoom(zoom: number): boolean {
		const mode = modeAt(zoom);
		const step = Math.floor(zoom);
		if (mode === this.mode && (mode !== "clusters" || step === this.zoom)) return false;
		this.mode = mode;
		this.zoom = step;
		this.recluster();
		return true;
	}

	setHidden(systems: ReadonlySet<string>): void {
		this.hidden = systems;
		this.show();
		this.recluster();
	}

	/** Rings: somebody has it or not, from the alarm list; the newest unseen red breathes. */
	setAlarms(alarms: readonly Alarm[]): void {
		this.alarms = alarms;
		this.ring();
		this.points.paint(this.facts, null, 0);
		this.pinned = null;
	}

	private rebuild(): void {
		if (this.columns !== this.catalogue.columns) {
			this.columns = this.catalogue.columns;
			this.facts = emptyFacts(this.columns.count);
			this.points.reset(this.columns, this.catalogue.systems.length);
			this.show();
			this.ring();
		}
		this.facts.status.set(this.board.status.subarray(0, this.facts.status.length));
		this.recluster();
	}

	private show(): void {
		const { columns } = this;
		if (columns === null) return;
		const isShown = this.catalogue.systems.map(({ id }) => (this.hidden.has(id) ? 0 : 1));
		for (let i = 0; i < columns.count; i++) this.facts.visible[i] = isShown[columns.system[i]!] ?? 1;
	}

	private recluster(): void {
		const { columns } = this;
		if (columns === null) return;
		const { single, visible, status } = this.facts;
		if (this.mode === "clusters") {
			this.clusters = buildClusters(columns, this.zoom, visible, status);
			single.fill(0);
			for (let cluster = 0; cluster < this.clusters.count; cluster++) {
				if (this.clusters.size[cluster] === 1) single[this.clusters.seed[cluster]!] = 1;
			}
		} else {
			this.clusters = null;
			single.fill(this.mode === "points" ? 1 : 0);
		}
		this.points.paint(this.facts, null, 0);
		this.touch();
	}

	private ring(): void {
		this.breathes = writeRings(this.alarms, this.catalogue, this.facts.ring) !== null;
	}

	private touch(): void {
		this.glyphs = null;
		this.pinned = null;
		this.lineVersion += 1;
	}
}

function emptyFacts(count: number): {
	status: Uint8Array;
	ring: Uint8Array;
	visible: Uint8Array;
	single: Uint8Array;
} {
	return {
		status: new Uint8Array(count),
		ring: new Uint8Array(count),
		visible: new Uint8Array(count).fill(1),
		single: new Uint8Array(count),
	};
}
