// The judge: limits of each row, the judged state of each (row, limit), and the timers of on-delays. Called by the pipeline for
// every value that may be judged; tells the alarms what holds. Hot: a value inside all its limits costs a few comparisons.
import type { Asset } from "#model/catalogue.ts";
import type { Latest } from "#model/latest.ts";
import {
	dueAt,
	elapse,
	isValidAt,
	type Judged,
	type Limit,
	levelOf,
	newJudged,
	step,
	thresholdOf,
} from "#model/limit.ts";
import { Quality, type Severity, toValue } from "#model/measure.ts";
import { channelSubject } from "#model/subject.ts";
import type { JudgedRecord } from "../store/store.ts";
import type { Alarms } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import { Slope } from "./slope.ts";

interface RowLimit {
	readonly row: number;
	readonly limit: Limit;
	/** null while nothing deviates. */
	state: Judged | null;
	/** Of rate limits. */
	readonly slope: Slope | null;
}

export interface JudgeStore {
	judgedState(record: JudgedRecord): void;
}

export class Judge {
	private readonly rows: (RowLimit[] | undefined)[] = [];
	private readonly waiting = new Set<RowLimit>();
	private readonly catalogue: Catalogue;
	private readonly latest: Latest;
	private readonly alarms: Alarms;
	private readonly store: JudgeStore;

	constructor(catalogue: Catalogue, latest: Latest, alarms: Alarms, store: JudgeStore) {
		this.catalogue = catalogue;
		this.latest = latest;
		this.alarms = alarms;
		this.store = store;
	}

	/** Takes the limits in force for an asset; keeps the judged state of limits that are still there. */
	compile(asset: Asset): void {
		const limits = this.catalogue.limitsOf(asset);
		for (const channel of asset.channels) {
			const name = channel.measure?.id;
			const own = limits.filter((limit) => limit.measure === name);
			const before = this.rows[channel.row] ?? [];
			for (const old of before) this.waiting.delete(old);
			this.rows[channel.row] = own.length === 0 ? undefined : own.map((limit) => carried(before, limit, channel.row));
			for (const entry of this.rows[channel.row] ?? [])
				if (entry.state !== null && dueAt(entry.limit, entry.state) < Number.POSITIVE_INFINITY) this.waiting.add(entry);
		}
	}

	forget(row: number): void {
		for (const entry of this.rows[row] ?? []) this.waiting.delete(entry);
		this.rows[row] = undefined;
	}

	/** Goes on where the judged states stood before the stop. */
	load(records: readonly JudgedRecord[]): void {
		for (const record of records) {
			const row = this.catalogue.rowOf.get(record.channel);
			const entry = this.rows[row ?? -1]?.find((known) => known.limit.id === record.rule);
			if (entry === undefined) continue;
			entry.state = {
				severity: record.severity as Severity,
				rising: record.rising as Severity,
				risingSince: record.risingSince,
				calm: record.calm,
				fallingTo: record.fallingTo as Severity,
				fallingSince: record.fallingSince,
			};
			if (entry.state.rising > entry.state.severity) this.waiting.add(entry);
		}
	}

	/**
	 * One value of a row, before it is written. `mayClear` is false for suspect and late values, `verified` for suspect ones.
	 * @returns the row's severity after it. Hot.
	 */
	value(row: number, value: number, at: number, mayClear: boolean, verified: boolean): number {
		const entries = this.rows[row];
		if (entries === undefined) return 0;
		for (const entry of entries) {
			const limit = entry.limit;
			const valid = isValidAt(limit, at);
			if (limit.type === "silence" || (entry.state === null && !valid)) continue;
			const measured = limit.type === "level" ? value : this.rate(entry, value, at);
			if (mayClear) entry.slope?.keep(limit, value, at);
			if (measured === null) continue;
			this.stepEntry(entry, measured, at, mayClear, verified, valid);
		}
		return this.severityOf(row);
	}

	/** Whether a value that may not clear would move anything. */
	wouldRaise(row: number, value: number, at: number): boolean {
		for (const entry of this.rows[row] ?? []) {
			const limit = entry.limit;
			if (limit.type === "silence" || !isValidAt(limit, at)) continue;
			const measured = limit.type === "level" ? value : this.rate(entry, value, at);
			const held = entry.state?.severity ?? 0;
			if (measured !== null && levelOf(limit, measured, held) > held) return true;
		}
		return false;
	}

	/** Seconds since the last reading of a row, for its silence limits; 0 when it speaks again. @returns the row's severity. */
	silence(row: number, seconds: number, now: number): number {
		for (const entry of this.rows[row] ?? [])
			if (entry.limit.type === "silence") this.stepEntry(entry, seconds, now, true, true);
		return this.severityOf(row);
	}

	hasSilenceLimit(row: number): boolean {
		return this.rows[row]?.some((entry) => entry.limit.type === "silence") ?? false;
	}

	/** A silence limit of the row holds now. */
	isSilent(row: number): boolean {
		return (
			this.rows[row]?.some(
				(entry) => entry.limit.type === "silence" && entry.state !== null && entry.state.severity > 0,
			) ?? false
		);
	}

	/** Ends the on-delays that are due. */
	tick(now: number): void {
		for (const entry of this.waiting) {
			if (entry.state === null || dueAt(entry.limit, entry.state) === Number.POSITIVE_INFINITY) {
				this.waiting.delete(entry);
				continue;
			}
			if (!elapse(entry.limit, entry.state, now)) continue;
			this.waiting.delete(entry);
			const scale = this.catalogue.channels[entry.row]?.measure?.scale ?? 0;
			this.tell(
				entry,
				toValue(this.latest.value[entry.row]!, scale),
				now,
				this.latest.quality[entry.row] === Quality.good,
			);
			this.save(entry);
			this.latest.judge(entry.row, this.severityOf(entry.row));
		}
	}

	/** After a change of limits: judges what stands now anew; a limit that is gone clears its alarm and says why. */
	review(asset: Asset, removed: readonly string[], now: number): void {
		for (const channel of asset.channels) {
			const row = channel.row;
			const name = channel.measure?.id;
			if (name === undefined) continue;
			for (const rule of removed) {
				if (this.rows[row]?.some((entry) => entry.limit.id === rule) !== true) {
					this.alarms.set(channelSubject(asset.record.id, name), rule, {
						severity: 0,
						at: now,
						value: null,
						limit: null,
						clause: null,
						why: "规则已停用 · rule removed",
						unverified: false,
					});
				}
			}
			const count = this.latest.value[row]!;
			if (!Number.isNaN(count) && this.latest.quality[row] === Quality.good) {
				this.value(row, toValue(count, channel.measure?.scale ?? 0), now, true, true);
			}
			this.latest.judge(row, this.severityOf(row));
		}
	}

	severityOf(row: number): number {
		let worst = 0;
		for (const entry of this.rows[row] ?? [])
			if (entry.state !== null && entry.state.severity > worst) worst = entry.state.severity;
		return worst;
	}

	private rate(entry: RowLimit, value: number, at: number): number | null {
		const row = entry.row;
		// A change between two values of which one is doubtful is no rate.
		if (this.latest.quality[row] !== Quality.good) return null;
		const { slope, limit } = entry;
		if (slope === null) return null;
		// After a restart the table still knows the value before it.
		if (slope.kept === 0) {
			const scale = this.catalogue.channels[row]?.measure?.scale ?? 0;
			slope.keep(limit, toValue(this.latest.value[row]!, scale), this.latest.at[row]!);
		}
		return slope.rate(limit, value, at);
	}

	private stepEntry(
		entry: RowLimit,
		value: number,
		at: number,
		mayClear: boolean,
		verified: boolean,
		valid = true,
	): void {
		if (entry.state === null) {
			if (levelOf(entry.limit, value, 0) === 0) return;
			entry.state = newJudged();
		}
		const state = entry.state;
		const { severity, rising, risingSince, calm, fallingTo } = state;
		// A night limit that holds into the day ends like one that is kept again: by good readings.
		const inside = entry.limit.direction === "above" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
		const changed = step(entry.limit, state, valid ? value : inside, at, mayClear);
		if (changed) this.tell(entry, value, at, verified);
		if (
			changed ||
			rising !== state.rising ||
			risingSince !== state.risingSince ||
			calm !== state.calm ||
			fallingTo !== state.fallingTo ||
			severity !== state.severity
		) {
			this.save(entry);
		}
		if (state.rising > state.severity) this.waiting.add(entry);
		else if (state.severity === 0 && state.rising === 0) {
			entry.state = null;
			this.waiting.delete(entry);
		}
	}

	private tell(entry: RowLimit, value: number, at: number, verified: boolean): void {
		const channel = this.catalogue.channels[entry.row];
		const state = entry.state;
		if (channel?.measure == null || state === null) return;
		const limit = entry.limit;
		const threshold = thresholdOf(limit, state.severity);
		this.alarms.set(channelSubject(channel.asset, channel.measure.id), limit.id, {
			severity: state.severity,
			at,
			value: Number.isNaN(value) ? null : value,
			limit: threshold,
			clause: `${limit.source.standard} ${limit.source.clause}`.trim(),
			why: reason(limit, value, threshold, channel.measure.unit),
			unverified: state.severity > 0 && !verified,
		});
	}

	private save(entry: RowLimit): void {
		const channel = this.catalogue.channels[entry.row];
		if (channel === undefined) return;
		const state = entry.state ?? newJudged();
		this.store.judgedState({ channel: channel.id, rule: entry.limit.id, ...state });
	}
}

/** The same limit keeps its state; one whose id is gone is forgotten, one whose numbers changed is judged with the new ones. */
function carried(before: readonly RowLimit[], limit: Limit, row: number): RowLimit {
	const old = before.find((entry) => entry.limit.id === limit.id);
	const slope = limit.type === "rate" ? (old?.slope ?? new Slope()) : null;
	return { row, limit, state: old?.state ?? null, slope };
}

/** One line for the list: what was measured against what, in the words of the limit's type. */
function reason(limit: Limit, value: number, threshold: number | null, unit: string): string {
	const shown = Number.isNaN(value) ? "—" : Number(value.toPrecision(6)).toString();
	if (threshold === null) return `${shown} ${unit} 恢复`.trim();
	const sign = limit.direction === "above" ? "≥" : "≤";
	if (limit.type === "silence") return `${shown} s 无数据 ≥ ${threshold} s`;
	const per = limit.type === "rate" ? ` / ${rateUnit(limit.rateMs ?? 0)}` : "";
	return `${limit.averaging === undefined ? "" : `${limit.averaging} `}${shown} ${sign} ${threshold} ${unit}${per}`.trim();
}

function rateUnit(ms: number): string {
	if (ms % 86_400_000 === 0) return `${ms / 86_400_000} d`;
	if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
	return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}
