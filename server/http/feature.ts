// An asset as a GeoJSON feature with the newest state of its channels. Reads web's copy of the table; writes nothing.
import { qualityName } from "#model/measure.ts";
import type { AssetView } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";

export interface ChannelState {
	readonly measure: string;
	readonly unit: string;
	/** In the unit; null: no value. */
	readonly value: number | null;
	/** Epoch ms; null: never. */
	readonly at: number | null;
	readonly quality: string;
	readonly severity: number;
	readonly row: number;
}

export interface Feature {
	readonly type: "Feature";
	readonly id: string;
	readonly geometry: object;
	readonly properties: {
		readonly name: string;
		readonly kind: string;
		readonly system: string;
		readonly district: string;
		/** Worst of all rows, the state row included. */
		readonly severity: number;
		/** Of the kind's primary measure. */
		readonly quality: string;
		/** Newest reading of any channel, epoch ms; null: never. */
		readonly at: number | null;
		readonly demo: boolean;
		readonly channels: readonly ChannelState[];
	};
}

export function featureOf(mirror: Mirror, asset: AssetView): Feature {
	const { record } = asset;
	const channels = channelsOf(mirror, asset);
	const primary = mirror.catalogue.kinds.get(record.kind)?.kind.primary;
	const label = channels.find((channel) => channel.measure === primary) ?? channels[0];
	let at: number | null = null;
	for (const channel of channels) if (channel.at !== null && (at === null || channel.at > at)) at = channel.at;
	return {
		type: "Feature",
		id: record.id,
		geometry: geometryOf(mirror, asset),
		properties: {
			name: record.name,
			kind: record.kind,
			system: asset.system,
			district: record.district,
			severity: severityOf(mirror, asset),
			quality: label?.quality ?? "none",
			at,
			demo: record.demo ?? false,
			channels,
		},
	};
}

/** Measured and computed channels; the state row has no measure and is not among them. */
export function channelsOf(mirror: Mirror, asset: AssetView): ChannelState[] {
	const { latest, catalogue } = mirror;
	const states: ChannelState[] = [];
	for (const [index, id] of asset.measures.entries()) {
		const measure = catalogue.measureOf(asset, id);
		if (measure === null) continue;
		const row = asset.firstRow + index;
		states.push({
			measure: id,
			unit: measure.unit,
			value: valueAt(mirror, row),
			at: latest.at[row] || null,
			quality: qualityName(latest.quality[row] ?? 0),
			severity: latest.severity[row] ?? 0,
			row,
		});
	}
	return states;
}

/** Counts are integers of the finest resolution; divided once, they are the decimal that the device sent. */
export function valueAt(mirror: Mirror, row: number): number | null {
	const count = mirror.latest.value[row] ?? Number.NaN;
	return Number.isNaN(count) ? null : count / 10 ** (mirror.catalogue.scale[row] ?? 0);
}

export function severityOf(mirror: Mirror, asset: AssetView): number {
	let worst = 0;
	const end = asset.firstRow + asset.measures.length;
	for (let row = asset.firstRow; row < end; row++) worst = Math.max(worst, mirror.latest.severity[row] ?? 0);
	return worst;
}

function geometryOf(mirror: Mirror, asset: AssetView): object {
	const { record } = asset;
	const form = mirror.catalogue.kinds.get(record.kind)?.kind.geometry ?? "point";
	const path = record.path;
	if (form === "point" || path === undefined) return { type: "Point", coordinates: [record.lon, record.lat] };
	if (form === "line") return { type: "LineString", coordinates: path };
	const first = path[0];
	const last = path.at(-1);
	const isClosed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
	return { type: "Polygon", coordinates: [isClosed ? path : [...path, first]] };
}
