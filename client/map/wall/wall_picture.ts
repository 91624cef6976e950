// What the wall shows of each asset at a stop of the tour. Province: fourteen glyphs, and a pin for every orange and red. City and
// case: what is abnormal, one by one; what is well is told by the city's mains and stations. Site: everything that stands there.
// Fed by the paint loop and the alarm list; no MapLibre, no DOM.
import type { Alarm } from "#model/alarm.ts";
import type { Catalogue } from "../../live/catalogue.ts";
import type { Columns } from "../../live/columns.ts";
import type { Paintable } from "../../live/paint.ts";
import type { StatusBoard } from "../../live/status.ts";
import { STALE } from "../../live/status.ts";
import type { StopKind } from "../../live/stop.ts";
import type { UrgentAsset } from "../annotations.ts";
import type { PointFacts, PointLayers } from "../layers/point_layers.ts";
import { ALWAYS_SHOWN } from "../layers/point_layers.ts";
import { writeRings } from "../rings.ts";
import { isDrawnHere } from "./site_scene.ts";

export interface WallFacts extends PointFacts {
	readonly status: Uint8Array;
	readonly ring: Uint8Array;
	readonly visible: Uint8Array;
	readonly single: Uint8Array;
}

export class WallPicture implements Paintable {
	facts: WallFacts = factsOf(0);
	columns: Columns | null = null;
	/** Raised whenever a status or a ring changed: what is laid out from them is laid out anew. */
	version = 0;
	/** Index of the newest red that nobody has, or null: its ring breathes. */
	newestRed: number | null = null;
	private stop: StopKind = "province";
	private alarms: readonly Alarm[] = [];
	private pinned: readonly UrgentAsset[] | null = null;
	private readonly catalogue: Catalogue;
	private readonly board: StatusBoard;
	private readonly points: PointLayers;

	constructor(catalogue: Catalogue, board: StatusBoard, points: PointLayers) {
		this.catalogue = catalogue;
		this.board = board;
		this.points = points;
	}

	/** Orange and red of the whole province, worst last. */
	urgent(): readonly UrgentAsset[] {
		if (this.pinned !== null) return this.pinned;
		const { status, ring } = this.facts;
		const position = this.columns?.position;
		const list: UrgentAsset[] = [];
		for (let index = 0; index < status.length && position !== undefined; index++) {
			const level = status[index]!;
			if (level < ALWAYS_SHOWN || level >= STALE) continue;
			list.push({ index, lon: position[index * 2]!, lat: position[index * 2 + 1]!, level, ring: ring[index]! });
		}
		this.pinned = list;
		return list;
	}

	setStop(stop: StopKind): void {
		if (stop === this.stop) return;
		this.stop = stop;
		this.single();
	}

	setAlarms(alarms: readonly Alarm[]): void {
		this.alarms = alarms;
		this.newestRed = writeRings(alarms, this.catalogue, this.facts.ring);
		this.points.paint(this.facts, null, 0);
		this.touch();
	}

	/** From the paint loop. Hot: cost follows the changed assets. */
	paint(changed: Int32Array | null, count: number): void {
		if (changed === null || this.columns !== this.catalogue.columns) {
			this.rebuild();
			return;
		}
		const { status, single } = this.facts;
		for (let i = 0; i < count; i++) {
			const index = changed[i]!;
			status[index] = this.board.status[index]!;
			single[index] = this.isSingle(index, status[index]!);
		}
		this.points.paint(this.facts, changed, count);
		this.touch();
	}

	private rebuild(): void {
		if (this.columns !== this.catalogue.columns) {
			this.columns = this.catalogue.columns;
			this.facts = factsOf(this.columns.count);
			this.points.reset(this.columns, this.catalogue.systems.length);
			this.newestRed = writeRings(this.alarms, this.catalogue, this.facts.ring);
		}
		this.facts.status.set(this.board.status.subarray(0, this.facts.status.length));
		this.single();
	}

	private single(): void {
		const { status, single } = this.facts;
		for (let index = 0; index < status.length; index++) single[index] = this.isSingle(index, status[index]!);
		this.points.paint(this.facts, null, 0);
		this.touch();
	}

	private isSingle(index: number, status: number): number {
		const isAbnormal = status >= 1 && status < STALE;
		switch (this.stop) {
			case "province":
				return 0;
			case "city":
			case "case":
				return isAbnormal ? 1 : 0;
			case "site":
				return isAbnormal || !this.isDrawn(index) ? 1 : 0;
		}
	}

	/** The site's drawing has a symbol of its own for it. */
	private isDrawn(index: number): boolean {
		const asset = this.catalogue.at(index);
		return asset !== undefined && isDrawnHere(asset);
	}

	private touch(): void {
		this.pinned = null;
		this.version += 1;
	}
}

function factsOf(count: number): WallFacts {
	return {
		status: new Uint8Array(count),
		ring: new Uint8Array(count),
		visible: new Uint8Array(count).fill(1),
		single: new Uint8Array(count),
	};
}
