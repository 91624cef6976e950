// What lies under the pointer: a city glyph, a cluster or an asset. Reckoned on the processor from what was drawn, because
// reading back from the GPU stalls a frame and fails with the GPU. Pure.
import type { Columns } from "../live/columns.ts";
import type { ClusterSet } from "./clusters.ts";
import type { PlacedGlyph } from "./draw_cities.ts";
import { clusterRadius } from "./draw_clusters.ts";
import type { PointFacts } from "./layers/point_layers.ts";
import { ALWAYS_SHOWN } from "./layers/point_layers.ts";
import { TILE_PX, worldX, worldY } from "./mercator.ts";
import type { Pin } from "./pins.ts";
import { PIN_RADIUS } from "./pins.ts";

export type Picked =
	| { readonly type: "city"; readonly code: string }
	| { readonly type: "cluster"; readonly cluster: number }
	| { readonly type: "asset"; readonly index: number };

export interface Pointer {
	readonly x: number;
	readonly y: number;
	/** WGS-84 degrees under the pointer. */
	readonly lon: number;
	readonly lat: number;
	readonly zoom: number;
}

/** A finger or a tired hand is not exact, px. */
const SLACK_PX = 4;

/** The nearest drawn asset; a worse one wins over a nearer one. */
export function pickAsset(columns: Columns, facts: PointFacts, at: Pointer, scale: number): Picked | null {
	const perPx = 1 / (TILE_PX * 2 ** at.zoom);
	const x = worldX(at.lon);
	const y = worldY(at.lat);
	let best = -1;
	let bestScore = Number.POSITIVE_INFINITY;
	for (let i = 0; i < columns.count; i++) {
		if (facts.visible[i] === 0) continue;
		if (facts.single[i] === 0) continue;
		const status = facts.status[i]!;
		const isUrgent = status >= ALWAYS_SHOWN && status <= 4;
		const reach = ((isUrgent ? 11 : columns.radius[i]!) * scale + SLACK_PX) * perPx;
		const dx = worldX(columns.position[i * 2]!) - x;
		if (dx > reach || dx < -reach) continue;
		const dy = worldY(columns.position[i * 2 + 1]!) - y;
		const distance = Math.hypot(dx, dy);
		if (distance > reach) continue;
		const score = distance / reach - (status <= 4 ? status : 0);
		if (score < bestScore) {
			bestScore = score;
			best = i;
		}
	}
	return best < 0 ? null : { type: "asset", index: best };
}

/** The topmost pin: drawn last, picked first. */
export function pickPin(pins: readonly Pin[], at: Pointer, scale: number): Picked | null {
	let found: Pin | null = null;
	for (const pin of pins) {
		if (Math.hypot(pin.x - at.x, pin.y - at.y) <= PIN_RADIUS * scale + SLACK_PX) found = pin;
	}
	return found === null ? null : { type: "asset", index: found.index };
}

export function pickCluster(
	set: ClusterSet,
	at: Pointer,
	project: (lon: number, lat: number) => { x: number; y: number },
	scale: number,
): Picked | null {
	for (let cluster = 0; cluster < set.count; cluster++) {
		const size = set.size[cluster]!;
		if (size < 2) continue;
		const spot = project(set.position[cluster * 2]!, set.position[cluster * 2 + 1]!);
		if (Math.hypot(spot.x - at.x, spot.y - at.y) <= clusterRadius(size, scale) + SLACK_PX) {
			return { type: "cluster", cluster };
		}
	}
	return null;
}

export function pickCity(placed: readonly PlacedGlyph[], at: Pointer): Picked | null {
	for (const { x, y, radius, glyph } of placed) {
		if (Math.hypot(x - at.x, y - at.y) <= radius + SLACK_PX) return { type: "city", code: glyph.code };
	}
	return null;
}
