// Fixtures of the store's contract: batches, alarms and readings made by functions, and the shop a test works in.
import type { Alarm, Transition } from "#model/alarm.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import type { ManualClock } from "../../server/clock.ts";
import type { CommitBatch, Loaded, ReadingBlock, ReadStore, Store } from "../../server/store/store.ts";

export interface Shop {
	readonly store: Store;
	readonly loaded: Loaded;
	readonly reader: ReadStore;
	readonly clock: ManualClock;
	/** Closes the store and opens it again in the same folder. */
	reopen(): Promise<Shop>;
	close(): Promise<void>;
}

/** Declares one test. */
export type Run = (title: string, body: (shop: Shop) => Promise<Shop | undefined>) => void;

/** 2026-11-22 08:00 in Shenyang: an hour begins. */
export const NOW = Date.UTC(2026, 10, 22, 0);
export const HOUR = 3_600_000;

export const EMPTY: CommitBatch = {
	readings: null,
	transitions: [],
	audits: [],
	answers: [],
	judged: [],
	edits: [],
	receipts: [],
};

export type Row = readonly [channel: number, at: number, count: number, quality?: number, receivedAt?: number];

export function rowsOf(rows: readonly Row[]): ReadingBlock {
	return {
		channel: Uint32Array.from(rows, ([channel]) => channel),
		at: Float64Array.from(rows, ([, at]) => at),
		count: Float64Array.from(rows, ([, , count]) => count),
		quality: Uint8Array.from(rows, ([, , , quality]) => quality ?? 1),
		receivedAt: Float64Array.from(rows, ([, at, , , receivedAt]) => receivedAt ?? at + 250),
	};
}

export function toRows(block: ReadingBlock): Row[] {
	return Array.from(block.channel, (channel, i) => [
		channel,
		block.at[i]!,
		block.count[i]!,
		block.quality[i]!,
		block.receivedAt[i]!,
	]);
}

export function readingsBatch(rows: readonly Row[]): CommitBatch {
	return { ...EMPTY, readings: rowsOf(rows) };
}

export function anAsset(id: string, name: string, district = "210102"): AssetRecord {
	return { id, name, kind: "bridge", district, lon: 123.4, lat: 41.8 };
}

export function anAlarm(id: string, change: Partial<Alarm> = {}): Alarm {
	return {
		id,
		subject: `channel:${id}/tilt`,
		rule: "tilt-level",
		severity: 3,
		active: true,
		acknowledged: false,
		occurrence: 1,
		raisedAt: NOW,
		clearedAt: null,
		value: 1.5,
		limit: 1,
		clause: "GB 50982-2014 3.2",
		why: "倾斜超过 1 mm/m",
		unverified: false,
		acknowledgedBy: null,
		acknowledgedAt: null,
		assignedTo: null,
		shelvedUntil: null,
		shelvedBy: null,
		suppressedBy: null,
		outOfService: false,
		system: "bridge",
		district: "210102",
		asset: id,
		name: "三好桥",
		measure: "tilt",
		unit: "mm/m",
		seq: null,
		...change,
	};
}

export function aTransition(seq: number, alarm: Alarm, change: Partial<Transition> = {}): Transition {
	return { seq, kind: "raised", alarm, at: alarm.raisedAt, by: null, note: null, commandId: null, ...change };
}

/** Until nothing waits. */
export async function settle(shop: Shop): Promise<void> {
	for (let slices = 0; await shop.store.maintain(shop.clock.now()); slices++)
		if (slices > 20_000) throw new Error("maintenance never ends");
}

/** Repeatable chance, 0..1 (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Moves the clock as days go by, with maintenance on the way: a clock that jumps is not believed. */
export async function liveUntil(shop: Shop, to: number): Promise<void> {
	while (shop.clock.now() < to) {
		shop.clock.advanceTo(Math.min(to, shop.clock.now() + 2 * 86_400_000));
		await settle(shop);
	}
}
