// What every store must do; store.test.ts runs it against SQLite. Each test opens its own store in its own folder, under a
// clock that stands still. A promise of server/store/store.ts without a test here is not a promise.
import { test } from "vitest";
import type { Run, Shop } from "./store_kit.ts";
import { curves, lists, pruning, retention, windows } from "./store_reads.ts";
import { register } from "./store_register.ts";
import { commits, latest } from "./store_writes.ts";

export function storeContract(name: string, make: () => Promise<Shop>): void {
	const run: Run = (title, body) => {
		test(`${title} (${name})`, async () => {
			let shop = await make();
			try {
				shop = (await body(shop)) ?? shop;
			} finally {
				await shop.close();
			}
		});
	};
	commits(run);
	latest(run);
	register(run);
	windows(run);
	curves(run);
	lists(run);
	retention(run);
	pruning(run);
}
