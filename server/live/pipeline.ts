// THE ONE DOOR. Everything that becomes a live fact enters by `accept`: it is placed, dated, judged, written to Latest and
// offered to the recorder; the device is answered when `committed` resolves. Hot. It never rewrites a time, never clears on
// missing or doubtful data, and refuses only what is not a number or not known.

import type { Latest } from "#model/latest.ts";
import { MAX_COUNT, type Measure, Quality, toCount, toValue } from "#model/measure.ts";
import { type Problem, problem } from "#model/problem.ts";
import { AHEAD_MS, becomesNewest, type Reading } from "#model/reading.ts";
import type { Clock } from "../clock.ts";
import type { ReadingBlock, Store } from "../store/store.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Derived } from "./derive.ts";
import type { Judge } from "./judge.ts";
import type { Recorder } from "./recorder.ts";
import type { Sources } from "./sources.ts";

/** An older reading than the newest goes to history only, except that within this time it may still raise. */
export const LATE_RAISE_MS = 15 * 60_000;

export interface Rejection {
	readonly index: number;
	readonly problem: Problem;
}

export interface Accepted {
	readonly accepted: number;
	readonly rejected: readonly Rejection[];
	/** Resolves when all of it, and every transition it caused, is on the disk; rejects StoreDown when it is not. */
	readonly committed: Promise<void>;
}

/** A late value that would raise, if it is not the repeat of one that was judged in its time. */
interface LateRaise {
	readonly row: number;
	readonly channel: number;
	readonly at: number;
	readonly count: number;
	readonly value: number;
	readonly verified: boolean;
}

export interface PipelineParts {
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly judge: Judge;
	readonly derived: Derived;
	readonly recorder: Pick<Recorder, "reading" | "settled" | "holds">;
	readonly sources: Sources;
	readonly clock: Clock;
	readonly store: Pick<Store, "readings" | "state">;
}

export class Pipeline {
	/** Readings accepted since the start. */
	accepted = 0;
	private readonly parts: PipelineParts;
	/** Rows whose newest reading is not on the disk: a repeat of it is stored again. */
	private readonly unsure = new Set<number>();
	private lateRaises: LateRaise[] = [];

	constructor(parts: PipelineParts) {
		this.parts = parts;
	}

	/** @param source key of the door and device, for silence; see sources.ts. Order within the batch is kept. */
	accept(readings: readonly Reading[], source: string): Accepted {
		const { clock, recorder, sources } = this.parts;
		const now = clock.now();
		const rejected: Rejection[] = [];
		sources.heard(source, now);
		for (let index = 0; index < readings.length; index++) {
			const refusal = this.one(readings[index]!, source, now);
			if (refusal !== null) rejected.push({ index, problem: refusal });
		}
		const accepted = readings.length - rejected.length;
		this.accepted += accepted;
		const late = this.lateRaises;
		this.lateRaises = [];
		if (late.length > 0) return { accepted, rejected, committed: this.judgeLate(late) };
		return { accepted, rejected, committed: accepted === 0 ? Promise.resolve() : recorder.settled() };
	}

	/** Computed values enter here, after the reading that caused them and in its commit. */
	readonly emit = (row: number, value: number, at: number, good: boolean): void => {
		const channel = this.parts.catalogue.channels[row];
		if (channel?.measure == null) return;
		const latestAt = this.parts.latest.at[row]!;
		if (at < latestAt) return;
		const count = toCount(value, channel.measure.scale);
		const quality = good ? Quality.good : Quality.suspect;
		const same =
			at === latestAt && Object.is(count, this.parts.latest.value[row]) && this.parts.latest.quality[row] === quality;
		if (same && !this.unsure.has(row)) return;
		this.write(row, channel.id, channel.measure, count, at, quality, this.parts.clock.now());
	};

	/** Timers of the judge and of district figures; called by core's heartbeat. */
	tick(now: number): void {
		this.parts.judge.tick(now);
		this.parts.derived.tick(now, this.emit);
	}

	/** From the recorder: these channels' readings were not stored. */
	failed(channels: Uint32Array): void {
		for (const channel of channels) {
			const row = this.parts.catalogue.rowOf.get(channel);
			if (row !== undefined) this.unsure.add(row);
		}
	}

	stored(channels: Uint32Array): void {
		if (this.unsure.size === 0) return;
		for (const channel of channels) {
			const row = this.parts.catalogue.rowOf.get(channel);
			if (row !== undefined) this.unsure.delete(row);
		}
	}

	private one(reading: Reading, source: string, now: number): Problem | null {
		const { catalogue, latest } = this.parts;
		const row = catalogue.row(reading.asset, reading.measure);
		const channel = row < 0 ? undefined : catalogue.channels[row];
		if (channel?.measure == null) return unknown(catalogue, reading);
		const measure = channel.measure;
		if (measure.derive !== undefined)
			return problem("derived-measure", `${reading.measure} is computed here; send ${sourceOf(measure)}`, "measure");
		const count = reading.value === null ? Number.NaN : toCount(reading.value, measure.scale);
		if (Math.abs(count) > MAX_COUNT) return problem("too-large", `${reading.value} cannot be kept exactly`, "value");
		const { at } = reading;
		const ahead = at > now + AHEAD_MS;
		const quality = qualityOf(reading, measure, ahead);
		this.parts.sources.fed(source, row);
		const newest = latest.at[row]!;
		if (!becomesNewest(at, newest, now)) {
			this.late(row, channel.id, measure, count, at, quality, now);
			return null;
		}
		if (at === newest && Object.is(count, latest.value[row]) && !this.unsure.has(row)) return null;
		this.write(row, channel.id, measure, count, at, quality, now);
		return null;
	}

	private write(
		row: number,
		channel: number,
		measure: Measure,
		count: number,
		at: number,
		quality: number,
		now: number,
	): void {
		const { judge, latest, recorder, derived, sources } = this.parts;
		const hasValue = quality !== Quality.bad && !Number.isNaN(count);
		const value = toValue(count, measure.scale);
		const good = quality === Quality.good;
		// Judged before it is written: a rate needs the value before.
		let severity = hasValue ? judge.value(row, value, at, good, good) : judge.severityOf(row);
		if (good && judge.isSilent(row)) severity = judge.silence(row, 0, now);
		latest.write(row, count, at, quality, severity);
		sources.spoke(row, now);
		recorder.reading(channel, at, count, quality, now);
		if (good && hasValue) derived.value(row, value, at, this.emit);
	}

	/** History only; a late value may still raise, so that a delayed gas alarm is not lost, but it never lowers. */
	private late(
		row: number,
		channel: number,
		measure: Measure,
		count: number,
		at: number,
		quality: number,
		now: number,
	): void {
		const { judge, recorder } = this.parts;
		const value = toValue(count, measure.scale);
		const mayRaise = now - at <= LATE_RAISE_MS && quality !== Quality.bad && !Number.isNaN(count);
		if (mayRaise && judge.wouldRaise(row, value, at) && !recorder.holds(channel, at, count))
			this.lateRaises.push({ row, channel, at, count, value, verified: quality === Quality.good });
		recorder.reading(channel, at, count, quality, now);
	}

	/**
	 * A device that was not answered sends again what is stored already: judged anew, its old values would raise what newer ones
	 * have cleared. So the store is asked first; its worker answers in order, before it sees the batch that holds these.
	 */
	private async judgeLate(late: readonly LateRaise[]): Promise<void> {
		const { judge, latest, recorder, store } = this.parts;
		const channels = Uint32Array.from(new Set(late.map(({ channel }) => channel)));
		const from = Math.min(...late.map(({ at }) => at));
		const asked = store.state().open
			? store.readings(channels, from)
			: Promise.reject(new Error("the store is closed"));
		const offered = recorder.settled();
		// Told to the device below; until then nobody listens.
		offered.catch(() => undefined);
		// A store that cannot answer must not hide a raise: then all of them are judged.
		const stored = await asked.then(keysOf, () => new Set<string>());
		for (const { row, channel, at, count, value, verified } of late) {
			if (!stored.has(keyOf(channel, at, count))) latest.judge(row, judge.value(row, value, at, false, verified));
		}
		await Promise.all([offered, recorder.settled()]);
	}
}

function keysOf({ channel, at, count }: ReadingBlock): Set<string> {
	const keys = new Set<string>();
	for (let i = 0; i < channel.length; i++) keys.add(keyOf(channel[i]!, at[i]!, count[i]!));
	return keys;
}

function keyOf(channel: number, at: number, count: number): string {
	return `${channel}/${at}/${count}`;
}

function qualityOf(reading: Reading, measure: Measure, ahead: boolean): number {
	if (reading.value === null || reading.quality === "bad") return Quality.bad;
	if (ahead || reading.quality === "suspect") return Quality.suspect;
	return reading.value < measure.range[0] || reading.value > measure.range[1] ? Quality.suspect : Quality.good;
}

function unknown(catalogue: Catalogue, reading: Reading): Problem {
	const asset = catalogue.assets.get(reading.asset);
	if (asset === undefined) return problem("unknown-asset", `no asset "${reading.asset}"; register it first`, "asset");
	const known = asset.kind.measures.filter((measure) => measure.derive === undefined).map((measure) => measure.id);
	return problem(
		"unknown-measure",
		`${asset.kind.id} has no measure "${reading.measure}"; known: ${known.join(", ")}`,
		"measure",
	);
}

function sourceOf(measure: Measure): string {
	return measure.derive === undefined
		? measure.id
		: measure.derive.type === "group"
			? measure.derive.measure
			: measure.derive.from;
}
