// The watchdog: silence is news. Marks periodic channels stale, judges silence limits, and folds the silence of a whole door,
// gateway or city into one alarm. Silence counts from the later of the last reading and the opening of the doors. It never clears a
// condition for want of data; only a reading does.
import type { Asset } from "#model/catalogue.ts";
import type { Latest } from "#model/latest.ts";
import { Quality, type Severity } from "#model/measure.ts";
import { subjectOf } from "#model/subject.ts";
import type { Alarms } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Judge } from "./judge.ts";
import { CITY_MIN_MS, CITY_SOURCES, SilentCities } from "./silent_cities.ts";
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

const CITY_RULE = "city-silent";
/** Before that the devices of a city are not counted: it costs a walk over its rows. */
const CITY_LOOK_MS = 10_000;

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
	private readonly cities: SilentCities;
	/** By city: devices that should have spoken since anybody there did; of this round. */
	private readonly overdueIn = new Map<string, number>();

	constructor(parts: WatchdogParts) {
		this.parts = parts;
		this.cities = new SilentCities(parts.catalogue, parts.sources);
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
		if (!judge.isSilent(row) && this.isFolded(row, sources.sourceOf[row], ms, now, silent)) return;
		latest.judge(row, judge.silence(row, Math.floor(ms / 1000), now));
	}

	/** Door, gateway or city have been quiet as long as the row: the one alarm of that, come or still to come, stands for it. */
	private isFolded(
		row: number,
		source: string | undefined,
		ms: number,
		now: number,
		silent: ReadonlySet<string>,
	): boolean {
		if (this.isCityFolded(row, ms)) return true;
		if (source === undefined) return false;
		const door = doorOf(source);
		if (silent.has(source) || silent.has(door)) return true;
		if (this.quietFor(door, now) >= ms - SAME_MOMENT_MS) return true;
		return this.quietFor(source, now) >= ms - SAME_MOMENT_MS && this.gatewayLimit(source) !== Number.POSITIVE_INFINITY;
	}

	/** Doors, cities and gateways that say nothing at all, by name; raises and clears their alarms. */
	private silentSources(now: number): Set<string> {
		const silent = new Set<string>();
		const names = [...this.parts.sources.heardAt.keys()];
		for (const source of names) if (!source.includes("/")) this.watch(source, now, silent);
		this.watchCities(now, silent);
		for (const source of names) if (source.includes("/")) this.watch(source, now, silent);
		return silent;
	}

	private watch(source: string, now: number, silent: Set<string>): void {
		const { sources } = this.parts;
		const isDoor = !source.includes("/");
		const heardAt = sources.heardAt.get(source) ?? 0;
		const ms = now - Math.max(heardAt, this.openedAt);
		const limit = isDoor
			? this.doorLimit(source, now)
			: ms <= GATEWAY_MIN_MS
				? Number.POSITIVE_INFINITY
				: this.gatewayLimit(source);
		if (ms > limit) {
			silent.add(source);
			// A gateway behind a silent door, or in a silent city, is part of that one alarm.
			if (!isDoor && (silent.has(doorOf(source)) || this.isInSilentCity(source, silent))) return;
			this.tell(source, isDoor, Math.max(heardAt, this.openedAt) + limit, ms, limit);
		} else if (sources.spoken.has(source)) {
			// Only a frame ends it: after a restart nothing is over because the counting begins anew.
			this.clear(subjectOf(isDoor ? "door" : "device", source), ruleOf(isDoor), `${source} 已恢复通信`, now);
		}
	}

	private watchCities(now: number, silent: Set<string>): void {
		const { alarms } = this.parts;
		this.cities.look(now, this.openedAt);
		for (const { code, ms, sinceSpokenMs } of this.cities.quiet()) {
			const subject = subjectOf("district", code);
			const overdue = ms < CITY_LOOK_MS ? 0 : this.overdue(code, ms, now, silent);
			this.overdueIn.set(code, overdue);
			if (ms >= CITY_MIN_MS && overdue >= CITY_SOURCES) {
				silent.add(code);
				alarms.set(subject, CITY_RULE, {
					severity: SILENT_SEVERITY,
					at: now,
					value: Math.floor(ms / 1000),
					limit: CITY_MIN_MS / 1000,
					clause: null,
					why: `${code} 全市 ${overdue} 个终端已 ${Math.floor(ms / 1000)} s 无任何读数`,
					unverified: false,
				});
			} else if (sinceSpokenMs < CITY_MIN_MS) this.clear(subject, CITY_RULE, `${code} 已恢复通信`, now);
		}
	}

	private overdue(code: string, ms: number, now: number, silent: ReadonlySet<string>): number {
		// A door that has been quiet for as long is, or will be, the one alarm for all behind it.
		const isDead = (door: string): boolean => silent.has(door) || this.quietFor(door, now) >= ms - SAME_MOMENT_MS;
		return this.cities.overdue(code, ms, this.silentAfter, isDead);
	}

	private isCityFolded(row: number, ms: number): boolean {
		const code = this.cities.codeOf(row);
		return code !== null && (this.overdueIn.get(code) ?? 0) >= CITY_SOURCES && !this.cities.hasSpokenSince(code, ms);
	}

	private isInSilentCity(source: string, silent: ReadonlySet<string>): boolean {
		const rows = this.parts.sources.rowsOf.get(source);
		if (rows === undefined || rows.size === 0) return false;
		for (const row of rows) if (!silent.has(this.cities.codeOf(row) ?? "")) return false;
		return true;
	}

	private quietFor(name: string, now: number): number {
		return now - Math.max(this.parts.sources.heardAt.get(name) ?? 0, this.openedAt);
	}

	private clear(subject: string, rule: string, why: string, now: number): void {
		const facts = { value: 0, limit: null, clause: null, why, unverified: false };
		this.parts.alarms.set(subject, rule, { severity: 0, at: now, ...facts });
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
