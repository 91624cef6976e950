import { expect, test } from "vitest";
import { Watchman } from "./watchman.ts";
import { forgiveLosses, isGivenUp } from "./webgl.ts";

class TestStore {
	private readonly values = new Map<string, string>();

	getItem(key: string): string | null {
		return this.values.get(key) ?? null;
	}

	setItem(key: string, value: string): void {
		this.values.set(key, value);
	}
}

function screen(store = new TestStore()): {
	watchman: Watchman;
	store: TestStore;
	reloads: number[];
	pass: (ms: number) => void;
} {
	let now = 1_000_000;
	const due: { at: number; act: () => void }[] = [];
	const reloads: number[] = [];
	const watchman = new Watchman({
		store,
		now: () => now,
		later: (ms, act) => due.push({ at: now + ms, act }),
		reload: () => reloads.push(now),
	});
	const pass = (ms: number): void => {
		now += ms;
		for (const one of due.splice(0)) {
			if (one.at <= now) one.act();
			else due.push(one);
		}
	};
	return { watchman, store, reloads, pass };
}

test("T-40: a loss is said at once and forgotten when the map is back in time", () => {
	const { watchman, reloads, pass } = screen();
	watchman.drew();
	watchman.lost();
	expect(watchman.health).toBe("lost");
	pass(2_000);
	watchman.restored();
	pass(10_000);
	expect(watchman.health).toBe("ok");
	expect(reloads).toEqual([]);
});

test("T-40: no first frame in five seconds: the page is reloaded, once", () => {
	const { watchman, reloads, pass } = screen();
	watchman.drew();
	watchman.lost();
	// Map and overlay lose their contexts one after the other: one loss.
	watchman.lost();
	pass(5_000);
	expect(reloads).toHaveLength(1);
});

test("T-40: the third loss in ten minutes gives the map up, over reloads too", () => {
	const store = new TestStore();
	for (let i = 0; i < 2; i++) {
		const { watchman } = screen(store);
		watchman.drew();
		watchman.lost();
		expect(watchman.health).toBe("lost");
	}
	const { watchman } = screen(store);
	watchman.drew();
	watchman.lost();
	expect(watchman.health).toBe("list");
	expect(isGivenUp(store, 1_000_000)).toBe(true);
	expect(isGivenUp(store, 1_000_000 + 11 * 60_000)).toBe(false);
	forgiveLosses(store);
	expect(isGivenUp(store, 1_000_000)).toBe(false);
});
