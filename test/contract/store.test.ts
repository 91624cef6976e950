// The store's contract against SQLite.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import { storeContract } from "./store.ts";
import { NOW, readingsBatch, type Shop, toRows } from "./store_kit.ts";

async function open(folder: string, clock: ManualClock): Promise<Shop> {
	const store = openStore({ folder, clock });
	const loaded = await store.load();
	const reader = openReader({ folder });
	const shut = async () => {
		await reader.close();
		await store.close();
	};
	return {
		store,
		loaded,
		reader,
		clock,
		reopen: async () => {
			await shut();
			return open(folder, clock);
		},
		close: async () => {
			await shut();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

storeContract("SQLite", async () => open(await mkdtemp(join(tmpdir(), "liaowang-store-")), new ManualClock(NOW)));

test("a worker that ends takes nothing with it: calls are refused, the state says why, another one goes on", async () => {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-store-"));
	const clock = new ManualClock(NOW);
	const store = openStore({ folder, clock });
	await store.load();
	await store.commit(readingsBatch([[1, NOW, 5]]));
	// Nothing outside can end the thread, so the test reaches in.
	const worker = (store as unknown as { worker: Worker }).worker;
	await worker.terminate();
	expect(store.state()).toMatchObject({ open: false });
	expect(store.state().fault).toContain("worker ended");
	await expect(store.commit(readingsBatch([[1, NOW + 1, 6]]))).rejects.toThrow("not open");
	const open = new Promise<void>((resolve) => store.watch((state) => state.open && resolve()));
	clock.advanceTo(NOW + 250);
	await open;
	await store.commit(readingsBatch([[1, NOW + 2, 7]]));
	expect(toRows(await store.readings(Uint32Array.of(1), 0)).map(([, , count]) => count)).toEqual([5, 7]);
	await store.close();
	await rm(folder, { recursive: true, force: true });
});
