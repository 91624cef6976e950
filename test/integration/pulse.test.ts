// The pulse over a real store and a real port, against a plain recomputation from the readings that were written: gaps, doubtful
// and late values among them, and again after more has come, when only the newest steps are read.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Quality } from "../../geodata/model/measure.ts";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { ReadStore, Store } from "../../server/store/store.ts";
import { type Row, readingsBatch, seeded } from "../contract/store_kit.ts";
import { Province, someAssets } from "../support/province.ts";
import { openWeb, type TestWeb } from "../support/web.ts";

const HOUR = 3_600_000;
const QUARTER = 900_000;
/** 2026-11-22 09:07:30 in Shenyang, within a step. */
const NOW = Date.UTC(2026, 10, 22, 1, 7, 30);
const CITIES = ["210100", "210200", "210300"];

interface Scene {
	readonly web: TestWeb;
	readonly store: Store;
	readonly clock: ManualClock;
	/** Channel ids of `rain` by city. */
	readonly channels: ReadonlyMap<string, readonly number[]>;
	/** Spans of the questions that reached the store. */
	readonly asked: { readonly from: number; readonly to: number }[];
	/** Everything written. */
	readonly rows: Row[];
	write(rows: readonly Row[]): Promise<void>;
}

async function scene(): Promise<Scene> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-pulse-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const clock = new ManualClock(NOW);
	const store = openStore({ folder, clock });
	await store.load();
	const province = new Province({ clock, assets: someAssets(6) });
	const channels = new Map<string, number[]>();
	for (const { record, channels: own } of province.catalogue.assets.values()) {
		if (record.kind !== "gauge") continue;
		const city = `${record.district.slice(0, 4)}00`;
		channels.set(city, [...(channels.get(city) ?? []), own[0]?.id ?? 0]);
	}
	const asked: { from: number; to: number }[] = [];
	const reader = openReader({ folder });
	const watched: ReadStore = {
		...reader,
		buckets: (some, from, to, step) => {
			asked.push({ from, to });
			return reader.buckets(some, from, to, step);
		},
	};
	const web = await openWeb({ province, store: watched, clock });
	onTestFinished(async () => {
		await web.close();
		await store.close();
	});
	const rows: Row[] = [];
	const write = async (more: readonly Row[]): Promise<void> => {
		rows.push(...more);
		await store.commit(readingsBatch(more));
	};
	return { web, store, clock, channels, asked, rows, write };
}

/** Random readings of [from, to): a third of the quarters of an hour are silent, one value in eight is doubtful or none. */
function readings(scene: Scene, seed: number, from: number, to: number): Row[] {
	const next = seeded(seed);
	const rows: Row[] = [];
	for (const own of scene.channels.values()) {
		for (const channel of own) {
			for (let at = from; at < to; at += QUARTER) {
				if (next() < 0.33) continue;
				for (let n = 0; n < 3; n++) {
					const count = Math.floor(next() * 2_000) - 500;
					const kind = next();
					const time = at + Math.floor(next() * QUARTER);
					if (time >= to) continue;
					if (kind < 0.06) rows.push([channel, time, Number.NaN, Quality.bad]);
					else if (kind < 0.12) rows.push([channel, time, count * 1_000, Quality.suspect]);
					else rows.push([channel, time, count, Quality.good]);
				}
			}
		}
	}
	return rows;
}

function plainly(scene: Scene, city: string, from: number, to: number, step: number) {
	const own = scene.channels.get(city) ?? [];
	const min: (number | null)[] = [];
	const max: (number | null)[] = [];
	for (let at = from; at < to; at += step) {
		const values = scene.rows
			.filter(([channel, time, count, quality]) => {
				return own.includes(channel) && time >= at && time < at + step && quality === 1 && !Number.isNaN(count);
			})
			.map(([, , count]) => count / 10);
		min.push(values.length === 0 ? null : Math.min(...values));
		max.push(values.length === 0 ? null : Math.max(...values));
	}
	return { district: city, min, max };
}

const url = (from: number, to: number, step: number): string =>
	`/api/pulse?kind=gauge&measure=rain&from=${from}&to=${to}&step=${step}`;

test.each([1, 2])("a pulse is what the readings give when they are gone through one by one (seed %i)", async (seed) => {
	const made = await scene();
	await made.write(readings(made, seed, NOW - 30 * HOUR, NOW));
	for (const [from, to, step] of [
		[NOW - 24 * HOUR, NOW, QUARTER],
		[NOW - 7 * HOUR - 1_234, NOW - HOUR, 600_000],
	] as const) {
		const { status, body } = await made.web.get(url(from, to, step));
		expect(status).toBe(200);
		const end = from + Math.ceil((to - from) / step) * step;
		expect(body).toMatchObject({
			kind: "gauge",
			measure: "rain",
			unit: "mm",
			from,
			to: end,
			step,
			demoHistoryUntil: null,
		});
		expect(body.cities).toHaveLength(14);
		for (const city of CITIES) {
			const found = body.cities.find(({ district }: { district: string }) => district === city);
			expect(found).toEqual(plainly(made, city, from, end, step));
			// The fixture has gaps and values; otherwise this proves nothing.
			expect(found.min.includes(null) || city !== "210300").toBe(true);
			expect(found.min.some((one: number | null) => one !== null)).toBe(true);
		}
		const silent = body.cities.find(({ district }: { district: string }) => district === "211400");
		expect(new Set(silent.min)).toEqual(new Set([null]));
	}
});

test("asked again, only the newest steps are read; asked by many at once, the store is asked once", async () => {
	const made = await scene();
	await made.write(readings(made, 3, NOW - 25 * HOUR, NOW));
	const from = NOW - 24 * HOUR;
	const many = await Promise.all(Array.from({ length: 20 }, () => made.web.get(url(from, NOW + HOUR, QUARTER))));
	for (const { body } of many) expect(body).toEqual(many[0]?.body);
	expect(made.asked).toHaveLength(1);
	made.asked.length = 0;
	const later = NOW + 20 * 60_000;
	made.clock.advanceTo(later);
	await made.write(readings(made, 4, NOW, later));
	const { body } = await made.web.get(url(from, NOW + HOUR, QUARTER));
	for (const city of CITIES) {
		const found = body.cities.find(({ district }: { district: string }) => district === city);
		expect(found).toEqual(plainly(made, city, from, NOW + HOUR, QUARTER));
	}
	expect(made.asked).toHaveLength(1);
	expect(made.asked[0]?.from).toBeGreaterThanOrEqual(NOW - 2 * QUARTER);
	// What has not begun is a gap, not a zero.
	expect(body.cities[0].min.slice(-2)).toEqual([null, null]);
	// A late reading is found within the hour.
	await made.write([[made.channels.get("210100")?.[0] ?? 0, from + 5, -9_999, Quality.good]]);
	made.clock.advanceTo(later + HOUR);
	const again = await made.web.get(url(from, NOW + HOUR, QUARTER));
	expect(again.body.cities[0].min[0]).toBe(-999.9);
});

test("what is no pulse is a 400 that says why", async () => {
	const { web } = await scene();
	for (const [query, where] of [
		["kind=nothing&measure=rain", "kind"],
		["kind=gauge&measure=nothing", "measure"],
		["kind=gauge&measure=rain&step=1", "step"],
		["kind=gauge&measure=rain&from=1700000000000&step=60000", "step"],
	]) {
		const { status, body } = await web.get(`/api/pulse?${query}`);
		expect([status, body.where]).toEqual([400, where]);
	}
});
