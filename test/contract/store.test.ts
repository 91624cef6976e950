// The store's contract against SQLite.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import { storeContract } from "./store.ts";
import { NOW, type Shop } from "./store_kit.ts";

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
