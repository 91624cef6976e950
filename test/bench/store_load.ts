// Work for the store's rows: readings as a province sends them, made before the clock runs, and a folder for the time of one row.
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../../server/clock.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { CommitBatch, ReadingBlock, Store } from "../../server/store/store.ts";

/** 2026-11-22 00:00 in Shenyang. */
export const START = Date.UTC(2026, 10, 21, 16);

/** Repeatable chance, 0..1 (xorshift32). */
export function chance(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 4_294_967_296;
	};
}

export function blockOf(n: number): ReadingBlock {
	return {
		channel: new Uint32Array(n),
		at: new Float64Array(n),
		count: new Float64Array(n),
		quality: new Uint8Array(n).fill(1),
		receivedAt: new Float64Array(n),
	};
}

export function batchOf(readings: ReadingBlock): CommitBatch {
	return { readings, transitions: [], audits: [], answers: [], judged: [], edits: [], receipts: [] };
}

/** Runs `work` with an open store in a folder of its own, which is deleted afterwards. */
export async function withStore<T>(work: (store: Store, clock: ManualClock, folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-bench-"));
	const clock = new ManualClock(START);
	const store = openStore({ folder, clock });
	try {
		await store.load();
		return await work(store, clock, folder);
	} finally {
		await store.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Slices until nothing waits. @returns the longest slice, ms. */
export async function maintainAll(store: Store, now: number): Promise<number> {
	let longest = 0;
	for (;;) {
		const before = performance.now();
		const more = await store.maintain(now);
		longest = Math.max(longest, performance.now() - before);
		if (!more) return longest;
	}
}

/** Bytes of the files whose name begins so, logs and all. */
export async function bytesOf(folder: string, prefix: string): Promise<number> {
	let bytes = 0;
	for (const name of await readdir(folder)) if (name.startsWith(prefix)) bytes += (await stat(join(folder, name))).size;
	return bytes;
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-bench-"));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
