// Derived channels: means, sums and counts over a channel's own past, and figures over all assets of a kind in a district.
// They are channels like any other: what is computed here goes through the pipeline, is judged, and is journalled.
// Doubtful values never enter; a window with too few samples gives a `suspect` result, which may raise but never clears.
import type { Asset } from "#model/catalogue.ts";
import type { Latest } from "#model/latest.ts";
import { type Derive, Quality, toValue } from "#model/measure.ts";
import type { ReadingBlock } from "../store/store.ts";
import type { Catalogue } from "./catalogue.ts";

type WindowDerive = Extract<Derive, { type: "window" | "nOfM" }>;
type GroupDerive = Extract<Derive, { type: "group" }>;

/** Takes a computed value; `good` false: suspect. */
export type Emit = (row: number, value: number, at: number, good: boolean) => void;

/** Samples of one source row inside the longest window that needs them, oldest first. */
class Samples {
	readonly at: number[] = [];
	readonly value: number[] = [];

	/** A repeat of the newest time corrects it: a reading that is sent again must not count twice. */
	push(at: number, value: number, keepMs: number): void {
		if (this.at.at(-1) === at) {
			this.value[this.value.length - 1] = value;
			return;
		}
		this.at.push(at);
		this.value.push(value);
		let gone = 0;
		while (gone < this.at.length && this.at[gone]! <= at - keepMs) gone++;
		if (gone === 0) return;
		this.at.splice(0, gone);
		this.value.splice(0, gone);
	}
}

interface Target {
	readonly row: number;
	readonly derive: WindowDerive;
}

interface Source {
	readonly scale: number;
	readonly targets: Target[];
	keepMs: number;
	readonly samples: Samples;
}

interface Group {
	readonly row: number;
	readonly derive: GroupDerive;
	readonly district: string;
	nextAt: number;
}

export class Derived {
	private readonly sources = new Map<number, Source>();
	private readonly groups = new Map<number, Group>();
	private readonly members = new Map<string, Set<number>>();
	private readonly catalogue: Catalogue;
	private readonly latest: Latest;

	constructor(catalogue: Catalogue, latest: Latest) {
		this.catalogue = catalogue;
		this.latest = latest;
	}

	/** Longest past that any window needs, ms; 0 when there is none. */
	get memoryMs(): number {
		let longest = 0;
		for (const source of this.sources.values()) longest = Math.max(longest, source.keepMs);
		return longest;
	}

	add(asset: Asset): void {
		const rowOf = (measure: string): number => this.catalogue.row(asset.record.id, measure);
		for (const channel of asset.channels) {
			if (channel.measure === null) continue;
			const key = memberKey(asset.kind.id, channel.measure.id, asset.record.district);
			const members = this.members.get(key) ?? new Set<number>();
			members.add(channel.row);
			this.members.set(key, members);
			const derive = channel.measure.derive;
			if (derive === undefined) continue;
			if (derive.type === "group") {
				this.groups.set(channel.row, { row: channel.row, derive, district: asset.record.district, nextAt: 0 });
				continue;
			}
			const from = rowOf(derive.from);
			const source = this.sources.get(from) ?? newSource(this.catalogue.channels[from]?.measure?.scale ?? 0);
			source.targets.push({ row: channel.row, derive });
			source.keepMs = Math.max(source.keepMs, derive.windowMs);
			this.sources.set(from, source);
		}
	}

	remove(asset: Asset): void {
		for (const channel of asset.channels) {
			this.sources.delete(channel.row);
			this.groups.delete(channel.row);
			if (channel.measure !== null)
				this.members.get(memberKey(asset.kind.id, channel.measure.id, asset.record.district))?.delete(channel.row);
		}
	}

	/** Channels whose past is needed at a start. */
	sourceChannels(): Uint32Array {
		const ids: number[] = [];
		for (const row of this.sources.keys()) {
			const channel = this.catalogue.channels[row];
			if (channel !== undefined) ids.push(channel.id);
		}
		return Uint32Array.from(ids);
	}

	/** Refills the windows from the journal; nothing is emitted: results were journalled when they were made. */
	refill(block: ReadingBlock): void {
		for (let i = 0; i < block.channel.length; i++) {
			if (block.quality[i] !== Quality.good || Number.isNaN(block.count[i]!)) continue;
			const row = this.catalogue.rowOf.get(block.channel[i]!);
			const source = row === undefined ? undefined : this.sources.get(row);
			const last = source?.samples.at.at(-1) ?? Number.NEGATIVE_INFINITY;
			if (source === undefined || block.at[i]! <= last) continue;
			source.samples.push(block.at[i]!, toValue(block.count[i]!, source.scale), source.keepMs);
		}
	}

	/** A good, newest value of a source row. Hot for rows that nothing derives from: one lookup. */
	value(row: number, value: number, at: number, emit: Emit): void {
		const source = this.sources.get(row);
		if (source === undefined) return;
		source.samples.push(at, value, source.keepMs);
		for (const target of source.targets) {
			const derive = target.derive;
			if (derive.type === "window") windowResult(source.samples, derive, at, target.row, emit);
			else countResult(source.samples, derive, at, target.row, emit);
		}
	}

	/** District figures that are due. */
	tick(now: number, emit: Emit): void {
		for (const group of this.groups.values()) {
			if (now < group.nextAt) continue;
			group.nextAt = now + group.derive.everyMs;
			this.figure(group, emit);
		}
	}

	private figure(group: Group, emit: Emit): void {
		const { kind, measure, op } = group.derive;
		const rows = this.members.get(memberKey(kind, measure, group.district));
		if (rows === undefined || rows.size === 0) return;
		let count = 0;
		let sum = 0;
		let max = Number.NEGATIVE_INFINITY;
		let min = Number.POSITIVE_INFINITY;
		let at = 0;
		for (const row of rows) {
			if (this.latest.quality[row] !== Quality.good) continue;
			const value = toValue(this.latest.value[row]!, this.catalogue.channels[row]?.measure?.scale ?? 0);
			count += 1;
			sum += value;
			max = Math.max(max, value);
			min = Math.min(min, value);
			at = Math.max(at, this.latest.at[row]!);
		}
		if (count === 0) return;
		// Half of the members must speak before the figure stands for the district.
		emit(group.row, resultOf(op, count, sum, max, min), at, count * 2 >= rows.size);
	}
}

function windowResult(
	samples: Samples,
	derive: Extract<Derive, { type: "window" }>,
	at: number,
	row: number,
	emit: Emit,
): void {
	let count = 0;
	let sum = 0;
	let max = Number.NEGATIVE_INFINITY;
	let min = Number.POSITIVE_INFINITY;
	for (let i = samples.at.length - 1; i >= 0 && samples.at[i]! > at - derive.windowMs; i--) {
		const value = samples.value[i]!;
		count += 1;
		sum += value;
		if (value > max) max = value;
		if (value < min) min = value;
	}
	const expected = derive.windowMs / derive.periodMs;
	emit(row, resultOf(derive.op, count, sum, max, min), at, count >= expected * derive.minShare);
}

function countResult(
	samples: Samples,
	derive: Extract<Derive, { type: "nOfM" }>,
	at: number,
	row: number,
	emit: Emit,
): void {
	let seen = 0;
	let hits = 0;
	for (let i = samples.at.length - 1; i >= 0 && seen < derive.m && samples.at[i]! > at - derive.windowMs; i--) {
		const value = samples.value[i]!;
		seen += 1;
		if (derive.direction === "above" ? value >= derive.value : value <= derive.value) hits += 1;
	}
	emit(row, hits, at, seen === derive.m);
}

function resultOf(
	op: "mean" | "sum" | "max" | "min" | "count",
	count: number,
	sum: number,
	max: number,
	min: number,
): number {
	switch (op) {
		case "mean":
			return sum / count;
		case "sum":
			return sum;
		case "max":
			return max;
		case "min":
			return min;
		case "count":
			return count;
	}
}

function newSource(scale: number): Source {
	return { scale, targets: [], keepMs: 0, samples: new Samples() };
}

function memberKey(kind: string, measure: string, district: string): string {
	return `${kind}/${measure}/${district}`;
}
