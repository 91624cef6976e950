// The world as the grouping of alarms and the facts of incidents ask about it: places and nets from the catalogue, values from the
// table. Used by live/causes.ts. Reads only.
import type { Asset } from "#model/catalogue.ts";
import type { CauseAsset, CauseWorld } from "#model/causes_ties.ts";
import type { FactWorld } from "#model/incident_facts.ts";
import type { Latest } from "#model/latest.ts";
import { Quality, toValue } from "#model/measure.ts";
import type { Catalogue } from "./catalogue.ts";

export class IncidentWorld implements CauseWorld, FactWorld {
	private readonly catalogue: Catalogue;
	private readonly latest: Latest;
	private readonly places = new Map<string, { readonly asset: Asset; readonly place: CauseAsset }>();
	private kinds: Map<string, CauseAsset[]> | null = null;
	private kindsOf = -1;

	constructor(parts: { readonly catalogue: Catalogue; readonly latest: Latest }) {
		this.catalogue = parts.catalogue;
		this.latest = parts.latest;
	}

	asset(id: string): CauseAsset | undefined {
		const asset = this.catalogue.assets.get(id);
		if (asset === undefined) return undefined;
		const known = this.places.get(id);
		if (known?.asset === asset) return known.place;
		const place: CauseAsset = { ...asset.record, system: asset.system };
		this.places.set(id, { asset, place });
		return place;
	}

	all(kind: string): readonly CauseAsset[] {
		if (this.kinds === null || this.kindsOf !== this.catalogue.revision) {
			this.kinds = new Map();
			for (const id of this.catalogue.assets.keys()) {
				const place = this.asset(id);
				if (place === undefined) continue;
				const list = this.kinds.get(place.kind);
				if (list === undefined) this.kinds.set(place.kind, [place]);
				else list.push(place);
			}
			this.kindsOf = this.catalogue.revision;
		}
		return this.kinds.get(kind) ?? [];
	}

	value(id: string, measure: string): number | null {
		const channel = this.catalogue.assets.get(id)?.channels.find((one) => one.measure?.id === measure);
		if (channel?.measure == null || this.latest.quality[channel.row] !== Quality.good) return null;
		const count = this.latest.value[channel.row];
		return count === undefined || Number.isNaN(count) ? null : toValue(count, channel.measure.scale);
	}
}
