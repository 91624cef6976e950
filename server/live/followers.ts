// What core tells the webs that follow it: catalogue, one delta of the whole table per tick and follower, alarms at once, state.
// A follower has a cursor, not a queue: one that does not take its bytes is skipped and catches up from its revision.
import { isOpen, type Transition } from "#model/alarm.ts";
import type { Asset } from "#model/catalogue.ts";
import { encodeValuesChanged, encodeValuesWhole, packDelta, type Slice, SliceKind } from "#model/delta.ts";
import type { Latest } from "#model/latest.ts";
import { type Entry, isToldSubject, type LogLine, reachOf, recordKindIds } from "#model/register.ts";
import { ByteWriter } from "#model/varint.ts";
import type { AssetView, CatalogueNews, CoreState, Follower, LineNews, RegisterNews } from "../bus/bus.ts";
import type { Clock } from "../clock.ts";
import type { Alarms } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Register } from "./register.ts";

/** A follower with more than this waiting is skipped this tick. */
const WAITING_MAX = 8 * 1024 * 1024;

/** Logs of one act that are told by name: each is looked at for every screen. */
const LOGS_MAX = 100;

export interface FollowersParts {
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly alarms: Alarms;
	readonly register: Pick<Register, "revision" | "all">;
	readonly clock: Clock;
	readonly lastSeq: () => number;
	readonly state: () => CoreState;
}

export class Followers {
	private readonly parts: FollowersParts;
	private readonly revisions = new Map<Follower, number>();
	private readonly scratch = new ByteWriter(65_536);
	private readonly packet = new ByteWriter(262_144);

	constructor(parts: FollowersParts) {
		this.parts = parts;
	}

	joined(follower: Follower): void {
		const { alarms, latest, lastSeq, state } = this.parts;
		follower.send(this.catalogueNews(null));
		follower.send({ type: "delta", bytes: this.whole() });
		this.revisions.set(follower, latest.revision);
		follower.send(this.wholeRegister());
		follower.send({ type: "alarms", seq: lastSeq(), alarms: alarms.open().filter(isOpen) });
		follower.send(state());
	}

	left(follower: Follower): void {
		this.revisions.delete(follower);
	}

	/** One tick: each follower gets what changed since its own revision; equal revisions share the bytes. */
	tick(): void {
		const { latest } = this.parts;
		const made = new Map<number, Uint8Array>();
		for (const [follower, since] of this.revisions) {
			if (since === latest.revision || follower.waiting > WAITING_MAX) continue;
			let bytes = made.get(since);
			if (bytes === undefined) {
				bytes = this.since(since);
				made.set(since, bytes);
			}
			follower.send({ type: "delta", bytes });
			this.revisions.set(follower, latest.revision);
		}
	}

	news(transitions: readonly Transition[]): void {
		for (const follower of this.revisions.keys()) follower.send({ type: "news", transitions });
	}

	/** The self-test goes the way of the news. @returns how many follow. */
	selfTest(n: number): number {
		for (const follower of this.revisions.keys()) follower.send({ type: "self-test", n });
		return this.revisions.size;
	}

	state(): void {
		const state = this.parts.state();
		for (const follower of this.revisions.keys()) follower.send(state);
	}

	/** Assets that came or changed, or whose limits did; null: everything. */
	catalogueChanged(assets: readonly Asset[], removed: readonly string[]): void {
		const news = this.catalogueNews({ assets, removed });
		for (const follower of this.revisions.keys()) follower.send(news);
	}

	/** One act's entries, and which logs it wrote in; private kinds stay here. */
	registerChanged(revision: number, entries: readonly Entry[], written: readonly LogLine[]): void {
		const told = entries.filter(({ kind }) => reachOf(kind) !== "private");
		const lines = logsOf(written);
		const news: RegisterNews = { type: "register", revision, whole: false, entries: told, lines };
		for (const follower of this.revisions.keys()) follower.send(news);
	}

	private wholeRegister(): RegisterNews {
		const { register } = this.parts;
		const kinds = recordKindIds.filter((kind) => reachOf(kind) !== "private");
		const entries = kinds.flatMap((kind) => register.all(kind));
		return { type: "register", revision: register.revision, whole: true, entries, lines: null };
	}

	private catalogueNews(change: { assets: readonly Asset[]; removed: readonly string[] } | null): CatalogueNews {
		const { catalogue, latest } = this.parts;
		return {
			type: "catalogue",
			revision: catalogue.revision,
			epoch: latest.epoch,
			whole: change === null,
			systems: catalogue.systems,
			limits: [...catalogue.kinds.values()].map(({ kind }) => ({
				kind: kind.id,
				limits: catalogue.limitsOfKind(kind),
			})),
			assets: (change === null ? [...catalogue.assets.values()] : change.assets).map((asset) =>
				viewOf(asset, catalogue),
			),
			removed: change === null ? [] : change.removed,
			cells: catalogue.cells.cells.map(({ start, capacity, used, district, system }) => ({
				start,
				capacity,
				used,
				district,
				system,
			})),
		};
	}

	private whole(): Uint8Array {
		const { catalogue, clock, latest } = this.parts;
		const base = clock.now();
		const slices: Slice[] = catalogue.cells.cells.map((cell) => ({
			cell,
			kind: SliceKind.valuesWhole,
			body: encodeValuesWhole(this.scratch, latest, cell, base),
		}));
		return packDelta(this.packet, { epoch: latest.epoch, from: 0, to: latest.revision, base }, slices);
	}

	private since(revision: number): Uint8Array {
		const { catalogue, clock, latest } = this.parts;
		const base = clock.now();
		const slices: Slice[] = [];
		for (const cell of catalogue.cells.cells) {
			if (latest.cellRevision[cell.id]! <= revision) continue;
			slices.push({
				cell,
				kind: SliceKind.valuesChanged,
				body: encodeValuesChanged(this.scratch, latest, cell, revision, base),
			});
		}
		return packDelta(this.packet, { epoch: latest.epoch, from: revision, to: latest.revision, base }, slices);
	}
}

/** Each log once; null when they are too many to be told one by one: pages then look at the ones that they show. */
function logsOf(written: readonly LogLine[]): RegisterNews["lines"] {
	const logs = new Map<string, LineNews>();
	for (const { subject, district, system } of written) {
		if (!isToldSubject(subject)) continue;
		logs.set(`${subject} ${district} ${system}`, { subject, district, system });
		if (logs.size > LOGS_MAX) return null;
	}
	return [...logs.values()];
}

function viewOf(asset: Asset, catalogue: Catalogue): AssetView {
	// Only what differs from the kind's own is worth its bytes.
	const own = catalogue.limitsOf(asset);
	const common = new Set(catalogue.limitsOfKind(asset.kind));
	return {
		record: asset.record,
		system: asset.system,
		cell: asset.cell,
		firstRow: asset.firstRow,
		measures: asset.channels.map((channel) => channel.measure?.id ?? "state"),
		channels: asset.channels.map((channel) => channel.id),
		limits: own.filter((limit) => !common.has(limit)),
	};
}
