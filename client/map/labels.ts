// Labels of single points at high zoom: name and primary measure, worst first. Recomputed at most five times a second from
// the page's own rows; drawing leaves out what would overlap.

import { countText, withUnit } from "../live/format.ts";
import type { Live } from "../live/live.ts";
import type { Label } from "./draw_clusters.ts";
import type { Picture } from "./picture.ts";

/** Below this nobody could read them all. */
const LABELS_FROM = 13.2;
/** More than a screen holds; keeps the walk short. */
const MOST = 400;

interface Bounds {
	contains(point: [number, number]): boolean;
}

export function labelsIn(
	live: Live,
	picture: Picture,
	bounds: Bounds,
	zoom: number,
	language: "zh" | "en",
): readonly Label[] {
	if (zoom < LABELS_FROM) return [];
	const { columns } = live.catalogue;
	const { visible, status } = picture.pointFacts;
	const labels: Label[] = [];
	for (const asset of live.catalogue.assets) {
		const { index, record, kind } = asset;
		if (visible[index] === 0 || columns.isPoint[index] === undefined) continue;
		if (!bounds.contains([record.lon, record.lat])) continue;
		const row = live.catalogue.primaryRow(asset);
		const measure = kind.measures.find(({ id }) => id === kind.primary);
		const count = live.latest.table.value[row] ?? Number.NaN;
		// At detail status a row has no time: its value is not known here, and nothing is better than a guess.
		const isKnown = row >= 0 && (live.latest.table.at[row] ?? 0) > 0;
		const value = measure === undefined || !isKnown ? "" : withUnit(countText(measure, count, language), measure.unit);
		labels.push({ lon: record.lon, lat: record.lat, name: record.name, value, status: status[index] ?? 0 });
		if (labels.length === MOST) break;
	}
	return labels.sort((a, b) => (b.status % 5) - (a.status % 5));
}
