// The watchdog: silence is news. Marks periodic channels stale, judges silence limits, and folds the silence of a whole door or
// gateway into one alarm. Silence counts from the later of the last reading and the opening of the doors. It never clears a
// condition for want of data; only a reading does.
import type { Asset } from "#model/catalogue.ts";
import type { Latest } from "#model/latest.ts";
import { Quality, type Severity } from "#model/measure.ts";
import { subjectOf } from "#model/subject.ts";
import type { Alarms } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Judge } from "./judge.ts";
import { doorOf, type Sources } from "./sources.ts";

/** A door whose devices should speak and that hears no frame for this long, or for as long as its most talkative channel may be silent, is one alarm. */
export const DOOR_SILENT_MS = 120_000;
const DOOR_LIMIT_FRESH_MS = 60_000;
/** A device that feeds at least this many assets is a gateway: its silence is one alarm. */
export const GATEWAY_ASSETS = 3;
const GATEWAY_MIN_MS = 60_000;
/** A frame and its readings are not stamped in the same millisecond. */
const SAME_MOMENT_MS = 1_000;
const SILENT_SEVERITY: Severity = 3;

function ruleOf(isDoor: boolean): string {
	return isDoor ? "door-silent" : "gateway-silent";
}

export interface WatchdogParts {
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly judge: Judge;
	readonly alarms: Alarms;
	readonly sources: Sources;
}

export class Watchdog {
	private readonly parts: WatchdogParts;
	/** ms after which each row is stale; Infinity for event channels, state rows and quiet assets' silence. */
	private silentAfter = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
	private readonly doorLimits = new Map<string, { readonly limit: number; readonly at: number }>();
	private openedAt = 0;

	constructor(parts: WatchdogParts) {
		this.parts = parts;
	}

	/** The doors are open from now on; nobody could be heard before. */
	opened(now: number): void {
		this.openedAt = now;
	}

	add(asset: Asset): void {
		this.fit(this.parts.catalogue.cells.rows);
		for (const channel of asset.channels) {
			const measure = channel.measure;
			this.silentAfter[channel.row] =
				measure?.contract === "periodic" ? measure.silentAfterMs : Number.POSITIVE_INFINITY;
		}
	}

	forget(asset: Asset): void {
		for (const channel of asset.channels) this.silentAfter[channel.row] = Number.POSITIVE_INFINITY;
	}

	/** One round over all rows; a plain loop over typed arrays. */
	tick(now: number): void {
		if (this.openedAt === 0) return;
		const { latest, sources, catalogue } = this.parts;
		sources.fit(catalogue.cells.rows);
		const silent = this.silentSources(now);
		const rows = Math.min(catalogue.cells.rows, this.silentAfter.length);
		for (let row = 0; row < rows; row++) {
			const after = this.silentAfter[row]!;
			if (after === Number.POSITIVE_INFINITY) continue;
			const since = Math.max(sources.spokeAt[row]!, this.openedAt);
			if (now - since <= after) continue;
			if (latest.quality[row] !== Quality.stale) latest.stale(row);
			this.judgeSilence(row, now - since, now, silent);
		}
	}

	private judgeSilence(row: number, ms: number, now: number, silent: ReadonlySet<string>): void {
		const { catalogue, judge, latest, sources } = this.parts;
		if (!judge.hasSilenceLimit(row)) return;
		const channel = catalogue.channels[row];
		const asset = channel === undefined ? undefined : catalogue.assets.get(channel.asset);
		if (asset === undefined || asset.record.quiet === true) return;
		// A row that never spoke was never commissioned: its silence is no news.
		if (latest.quality[row] === Quality.none) return;
		if (!judge.isSilent(row) && this.isFolded(sources.sourceOf[row], ms, now, silent)) return;
		latest.judge(row, judge.silence(row, Math.floor(ms / 1000), now));
	}

	/** The door or the gateway has been quiet as long as the row: the one alarm of that, come or still to come, stands for it. */
	private isFolded(source: string | undefined, ms: number, now: number, silent: ReadonlySet<string>): boolean {
		if (source === undefined) return false;
		const door = doorOf(source);
		if (silent.has(source) || silent.has(door)) return true;
		const quietFor = (name: string): number => now - Math.max(this.parts.sources.heardAt.get(name) ?? 0, this.openedAt);
		if (quietFor(door) >= ms - SAME_MOMENT_MS) return true;
		return quietFor(source) >= ms - SAME_MOMENT_MS && this.gatewayLimit(source) !== Number.POSITIVE_INFINITY;
	}

	/** Doors and gateways that say nothing at all; raises and clears their alarms. */
	private silentSources(now: number): Set<string> {
		const { alarms, sources } = this.parts;
		const silent = new Set<string>();
		for (const [source, heardAt] of sources.heardAt) {
			const isDoor = !source.includes("/");
			const ms = now - Math.max(heardAt, this.openedAt);
			const limit = isDoor
				? this.doorLimit(source, now)
				: ms <= GATEWAY_MIN_MS
					? Number.POSITIVE_INFINITY
					: this.gatewayLimit(source);
			if (ms > limit) {
				silent.add(source);
				// A gateway behind a silent door is part of that one alarm.
				if (!isDoor && silent.has(doorOf(source))) continue;
				this.tell(source, isDoor, Math.max(heardAt, this.openedAt) + limit, ms, limit);
			} else {
				alarms.set(subjectOf(isDoor ? "door" : "device", source), ruleOf(isDoor), {
					severity: 0,
					at: now,
					value: 0,
					limit: null,
					clause: null,
					why: `${source} 已恢复通信`,
					unverified: false,
				});
			}
		}
		return silent;
	}

	private tell(source: string, isDoor: boolean, at: number, ms: number, limit: number): void {
		this.parts.alarms.set(subjectOf(isDoor ? "door" : "device", source), ruleOf(isDoor), {
			severity: SILENT_SEVERITY,
			at,
			value: Math.floor(ms / 1000),
			limit: limit / 1000,
			clause: null,
			why: `${source} 已 ${Math.floor(limit / 1000)} s 无任何报文`,
			unverified: false,
		});
	}

	/** Worked out once a minute: the shortest silence that any row fed through the door allows. */
	private doorLimit(door: string, now: number): number {
		const known = this.doorLimits.get(door);
		if (known !== undefined && now - known.at < DOOR_LIMIT_FRESH_MS) return known.limit;
		let shortest = Number.POSITIVE_INFINITY;
		for (const [source, rows] of this.parts.sources.rowsOf) {
			if (doorOf(source) !== door) continue;
			for (const row of rows) shortest = Math.min(shortest, this.silentAfter[row] ?? Number.POSITIVE_INFINITY);
		}
		// Nobody but event channels: their silence is no news, nor is their door's.
		const limit = shortest === Number.POSITIVE_INFINITY ? shortest : Math.max(shortest, DOOR_SILENT_MS);
		this.doorLimits.set(door, { limit, at: now });
		return limit;
	}

	/** The shortest silence that any of a gateway's rows allows, at least a minute; Infinity: not a gateway. */
	private gatewayLimit(source: string): number {
		const rows = this.parts.sources.rowsOf.get(source);
		if (rows === undefined) return Number.POSITIVE_INFINITY;
		const assets = new Set<string>();
		let shortest = Number.POSITIVE_INFINITY;
		for (const row of rows) {
			const channel = this.parts.catalogue.channels[row];
			if (channel !== undefined) assets.add(channel.asset);
			shortest = Math.min(shortest, this.silentAfter[row] ?? Number.POSITIVE_INFINITY);
		}
		return assets.size >= GATEWAY_ASSETS ? Math.max(shortest, GATEWAY_MIN_MS) : Number.POSITIVE_INFINITY;
	}

	private fit(rows: number): void {
		let size = this.silentAfter.length;
		if (rows <= size) return;
		while (size < rows) size *= 2;
		const wider = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
		wider.set(this.silentAfter);
		this.silentAfter = wider;
	}
}
