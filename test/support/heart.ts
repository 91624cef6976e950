// A real heart over a real store in a temporary folder, under a clock that the test moves. No doors, no sockets.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Alarm } from "#model/alarm.ts";
import type { AssetRecord, System } from "#model/catalogue.ts";
import type { Reading } from "#model/reading.ts";
import { WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import { ManualClock } from "../../server/clock.ts";
import { beat, type Heart } from "../../server/live/heart.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { Store } from "../../server/store/store.ts";
import { NOW, testSystem } from "./systems.ts";

export const administrator: Who = { user: "root", roles: ["administrator"], scope: WHOLE_PROVINCE };
export const officer: Who = { user: "officer", roles: ["duty"], scope: WHOLE_PROVINCE };

export interface TestHeart {
	readonly heart: Heart;
	readonly clock: ManualClock;
	readonly folder: string;
	/** Sends one value of probe-1 and waits for the commit. */
	send(measure: string, value: number | null, more?: Partial<Reading>): Promise<void>;
	alarm(rule: string): Alarm | undefined;
	/** Stops in order and starts again on the same folder and clock. */
	restart(): Promise<TestHeart>;
	close(): Promise<void>;
}

export function asset(id: string, more: Partial<AssetRecord> = {}): AssetRecord {
	return { id, name: id, kind: "probe", district: "210102", lon: 123.4, lat: 41.8, ...more };
}

interface Options {
	readonly folder?: string;
	readonly clock?: ManualClock;
	readonly systems?: readonly System[];
	/** Wraps the store, e.g. to make it fail. */
	readonly wrap?: (store: Store) => Store;
}

export async function startHeart(options: Options = {}): Promise<TestHeart> {
	const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "liaowang-heart-")));
	const clock = options.clock ?? new ManualClock(NOW);
	const real = openStore({ folder, clock });
	const store = options.wrap?.(real) ?? real;
	const passwords = {
		hash: async (text: string) => `plain:${text}`,
		verify: async (hash: string, text: string) => hash === `plain:${text}`,
	};
	const systems = options.systems ?? [testSystem];
	const given = {
		store,
		clock,
		systems,
		masterKey: "master-key",
		passwords,
		setUpCode: "CODE",
		demo: false,
		warn: () => undefined,
	};
	const heart = await beat(given, await store.load());
	if (heart.catalogue.assets.size === 0 && options.systems === undefined) {
		const answer = await heart.editor.putAssets(
			administrator,
			[asset("probe-1"), asset("probe-2"), asset("county-1", { kind: "probeCounty" })],
			"test",
		);
		if ("problem" in answer) throw new Error(answer.problem);
	}
	heart.watchdog.opened(clock.now());
	return {
		heart,
		clock,
		folder,
		async send(measure, value, more = {}) {
			const taken = heart.pipeline.accept(
				[{ asset: "probe-1", measure, at: clock.now(), value, quality: "good", ...more }],
				"http/test",
			);
			const refused = taken.rejected[0];
			if (refused !== undefined) throw new Error(refused.problem.problem);
			await taken.committed;
		},
		alarm: (rule) => [...heart.alarms.open()].find((alarm) => alarm.rule === rule),
		async restart() {
			await heart.stop();
			return startHeart({ ...options, folder, clock });
		},
		async close() {
			await heart.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
