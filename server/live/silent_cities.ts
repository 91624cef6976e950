// A whole city without any word: one alarm instead of one for each of its devices. A city counts as silent when no row of it has
// spoken for a while and several of its devices, through doors that others still speak through, are past their own time. Asked by
// the watchdog once a second; it raises nothing itself.
import { cityOf } from "#model/ids.ts";
import type { Catalogue } from "./catalogue.ts";
import { doorOf, type Sources } from "./sources.ts";

/** So many devices that should have spoken: fewer are named one by one. */
export const CITY_SOURCES = 5;
export const CITY_MIN_MS = 60_000;
const FRESH_MS = 60_000;
/** Readings that came together are not stamped in the same millisecond. */
const SAME_MOMENT_MS = 1_000;

interface City {
	readonly code: string;
	readonly rows: number[];
	/** When any of its rows last spoke, epoch ms; 0 never. */
	spokeAt: number;
}

export class SilentCities {
	private readonly catalogue: Catalogue;
	private readonly sources: Sources;
	private cities = new Map<string, City>();
	private madeAt = Number.NEGATIVE_INFINITY;
	private openedAt = 0;
	private now = 0;

	constructor(catalogue: Catalogue, sources: Sources) {
		this.catalogue = catalogue;
		this.sources = sources;
	}

	/** Looks when each city last spoke. */
	look(now: number, openedAt: number): void {
		this.now = now;
		this.openedAt = openedAt;
		if (now - this.madeAt >= FRESH_MS) this.gather(now);
		for (const city of this.cities.values()) {
			let last = city.spokeAt;
			for (const row of city.rows) last = Math.max(last, this.sources.spokeAt[row]!);
			city.spokeAt = last;
		}
	}

	/** Every city that has ever spoken, with how long it has been quiet since the doors opened, and in truth. */
	*quiet(): Iterable<{ readonly code: string; readonly ms: number; readonly sinceSpokenMs: number }> {
		for (const { code, spokeAt } of this.cities.values())
			if (spokeAt > 0)
				yield { code, ms: this.now - Math.max(spokeAt, this.openedAt), sinceSpokenMs: this.now - spokeAt };
	}

	/**
	 * Devices of the city that have been quiet beyond their own time by `ms`.
	 * @param silentAfter ms by row. @param isDoorDead such a door is an alarm of its own.
	 */
	overdue(code: string, ms: number, silentAfter: Float64Array, isDoorDead: (door: string) => boolean): number {
		const late = new Set<string>();
		for (const row of this.cities.get(code)?.rows ?? []) {
			if (!((silentAfter[row] ?? Number.POSITIVE_INFINITY) < ms)) continue;
			// After a restart nobody knows who fed what nobody is registered for: each asset then counts for itself.
			const source = this.sources.sourceOf[row];
			if (source === undefined) late.add(`/${this.catalogue.channels[row]?.asset}`);
			else if (!isDoorDead(doorOf(source))) late.add(source);
		}
		return late.size;
	}

	/** Somebody in the city has spoken within the last `ms`. */
	hasSpokenSince(code: string, ms: number): boolean {
		const city = this.cities.get(code);
		return city === undefined || this.now - Math.max(city.spokeAt, this.openedAt) < ms - SAME_MOMENT_MS;
	}

	/** The city of a row, or null. */
	codeOf(row: number): string | null {
		const channel = this.catalogue.channels[row];
		const asset = channel === undefined ? undefined : this.catalogue.assets.get(channel.asset);
		return asset === undefined ? null : cityOf(asset.record.district);
	}

	/** Rows that have spoken and whose silence is news, by city. */
	private gather(now: number): void {
		this.madeAt = now;
		const cities = new Map<string, City>();
		for (const asset of this.catalogue.assets.values()) {
			if (asset.record.quiet === true) continue;
			const code = cityOf(asset.record.district);
			let city = cities.get(code);
			if (city === undefined) {
				city = { code, rows: [], spokeAt: this.cities.get(code)?.spokeAt ?? 0 };
				cities.set(code, city);
			}
			// What is computed here speaks for nobody.
			for (const { row, measure } of asset.channels)
				if (measure !== null && measure.derive === undefined && (this.sources.spokeAt[row] ?? 0) > 0)
					city.rows.push(row);
		}
		this.cities = cities;
	}
}
