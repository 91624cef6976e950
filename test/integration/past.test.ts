// The generated past of a demo as it lies in a data folder: what the history holds is what the world measured, what the alarms say is
// what the limits make of it, what people did was done by people on duty, and a store opens on it and goes on. A small province of
// three days, half of the last one dense.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_SEED } from "../../geodata/liaoning/demo/catalogue.ts";
import { type Alarm, isOpen, type Transition } from "../../geodata/model/alarm.ts";
import { DEMO_HISTORY_SETTING, parseRota, ROTA_SETTING, type Rota, shiftAt } from "../../geodata/model/duty.ts";
import { elapse, isValidAt, type Judged, type Limit, newJudged, step } from "../../geodata/model/limit.ts";
import { Quality } from "../../geodata/model/measure.ts";
import { channelSubject } from "../../geodata/model/subject.ts";
import { ManualClock } from "../../server/clock.ts";
import { type DemoSeed, demoSeed } from "../../server/demo.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { HOUR_MS, STEP_MS } from "../../server/past/looks.ts";
import { makePast, type Past } from "../../server/past/make.ts";
import { writePast } from "../../server/past/write.ts";
import { World } from "../../server/simulate/world/world.ts";
import { openReader } from "../../server/store/reader.ts";
import { restore } from "../../server/store/restore.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { Loaded, ReadingBlock, ReadStore, Store } from "../../server/store/store.ts";

const DAY_MS = 24 * HOUR_MS;
/** 2026-11-22 09:07:30 in Shenyang. */
const UNTIL = Date.UTC(2026, 10, 22, 1, 7, 30);
const DENSE_MS = 12 * HOUR_MS;
const ASSETS = 600;

let root: string;
let seed: DemoSeed;
let past: Past;
let world: World;
let store: Store;
let loaded: Loaded;
let reader: ReadStore;
let limits: ReadonlyMap<string, readonly Limit[]>;
let log: Transition[];
let rota: Rota;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "liaowang-past-"));
	const [work, folder, file] = [join(root, "work"), join(root, "data"), join(root, "history.backup")];
	await mkdir(work);
	const systems = await loadSystems();
	limits = new Map(systems.flatMap(({ kinds }) => kinds.map((kind) => [kind.id, kind.limits])));
	seed = demoSeed(ASSETS, UNTIL);
	past = await makePast({
		folder: work,
		systems,
		assets: seed.assets,
		seed: DEMO_SEED,
		until: UNTIL,
		pastMs: 3 * DAY_MS,
		denseMs: DENSE_MS,
	});
	await writePast(work, file, seed, past);
	await restore(file, folder);
	world = new World(seed.assets, DEMO_SEED, 0);
	store = openStore({ folder, clock: new ManualClock(UNTIL) });
	loaded = await store.load();
	reader = openReader({ folder });
	log = [];
	for (;;) {
		const more = await reader.transitions(log.length, 5_000);
		if (more.length === 0) break;
		log.push(...more);
	}
	const found = parseRota(await reader.setting(ROTA_SETTING));
	if (found === null) throw new Error("the folder has no rota");
	rota = found;
}, 120_000);

afterAll(async () => {
	await reader.close();
	await store.close();
	await rm(root, { recursive: true, force: true });
});

interface Named {
	readonly id: number;
	readonly asset: string;
	readonly measure: string;
	readonly scale: number;
}

/** Every n-th channel, so that all kinds are among them. */
function some(n: number): readonly Named[] {
	return loaded.channels.filter((_, i) => i % n === 0);
}

async function whole(channel: Named): Promise<ReadingBlock> {
	return store.readings(Uint32Array.of(channel.id), 0);
}

test("S5 the history of measured channels is what the world measures at those times, hourly and then every five minutes", async () => {
	const assets = new Map(world.assets.map((asset) => [asset.record.id, asset]));
	// A small province has no place for some of the scenarios.
	expect(past.incidents.length).toBeLessThan(10);
	let compared = 0;
	for (const channel of some(7)) {
		const asset = assets.get(channel.asset);
		// Dust's five-minute data is labelled with the begin of its period: compared by its own rule, not here.
		if (asset === undefined || channel.measure === "leq") continue;
		const { at, count, quality } = await whole(channel);
		for (let i = 0; i < at.length; i++) {
			const time = at[i] ?? 0;
			const isPlayed = past.incidents.some(
				({ assets, from, to }) => assets.includes(asset.record.id) && time >= from && time <= to + STEP_MS,
			);
			if (isPlayed) continue;
			const sample = world.sample(asset, time);
			const value = sample?.values[channel.measure];
			// A computed channel of the asset.
			if (value === undefined) continue;
			compared += 1;
			if (sample?.broken.includes(channel.measure)) expect(quality[i]).toBe(Quality.bad);
			else expect(Math.abs((count[i] ?? 0) / 10 ** channel.scale - value)).toBeLessThan(0.6 / 10 ** channel.scale);
		}
	}
	expect(compared).toBeGreaterThan(20_000);
});

test("S5 every channel that speaks has a past without holes: each hour before, each five minutes in the dense part", async () => {
	const speaking = loaded.channels.filter(({ measure }) => measure !== "state");
	let full = 0;
	const thin: string[] = [];
	for (const channel of speaking.filter((_, i) => i % 5 === 0)) {
		const { at } = await whole(channel);
		const hours = new Set(Array.from(at, (time) => Math.floor(time / HOUR_MS)));
		if (hours.size >= 70) full += 1;
		else thin.push(`${channel.asset}/${channel.measure} ${hours.size}`);
	}
	// Lifting values are there only while something hangs on the hook; the spares never speak; silence is trouble of a few.
	const explained = thin.filter((one) => /crane|spare|bridge/.test(one));
	expect(full / (full + thin.length - explained.length)).toBeGreaterThan(0.9);
	const pressure = speaking.find(
		({ measure, asset }) =>
			measure === "flow" && !world.assets.some((one) => one.record.id === asset && world.mayFail(one)),
	);
	if (pressure === undefined) throw new Error("no calm channel");
	const { at } = await whole(pressure);
	const dense = Array.from(at).filter((time) => time > UNTIL - DENSE_MS + HOUR_MS);
	for (let i = 1; i < dense.length; i++) expect((dense[i] ?? 0) - (dense[i - 1] ?? 0)).toBe(STEP_MS);
	expect(UNTIL - (dense.at(-1) ?? 0)).toBeLessThanOrEqual(STEP_MS);
});

test("A2 the log has no gaps, goes forward in time, and its last states are the alarms of the folder", () => {
	expect(log.length).toBeGreaterThan(100);
	expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
	// Five-minute data is dated by the begin of its period.
	for (let i = 1; i < log.length; i++) expect(log[i]?.at).toBeGreaterThanOrEqual((log[i - 1]?.at ?? 0) - 2 * STEP_MS);
	for (const { at } of log) expect(at).toBeLessThanOrEqual(UNTIL);
	const last = new Map(log.map(({ alarm }) => [alarm.id, alarm]));
	expect(new Map(loaded.alarms.map((alarm) => [alarm.id, alarm]))).toEqual(last);
	expect(loaded.lastSeq).toBe(log.length);
	const kinds = new Set(log.map(({ kind }) => kind));
	for (const kind of ["raised", "cleared", "acknowledged", "commented"] as const) expect(kinds).toContain(kind);
});

test("S5 whatever a person did was done by somebody on duty then, after the raise, and stands in the audit", async () => {
	const acts = log.filter(({ kind }) => kind === "acknowledged" || kind === "commented");
	expect(acts.length).toBeGreaterThan(50);
	const audits = await reader.audits(0, 100_000);
	for (const { at, by, alarm, kind } of acts) {
		expect(shiftAt(rota, at).people).toContain(by);
		expect(at).toBeGreaterThan(alarm.raisedAt);
		const action = kind === "acknowledged" ? "alarm.acknowledge" : "alarm.comment";
		expect(audits.some((audit) => audit.at === at && audit.user === by && audit.action === action)).toBe(true);
	}
	for (const alarm of loaded.alarms) {
		if (!alarm.acknowledged) continue;
		expect(shiftAt(rota, alarm.acknowledgedAt ?? 0).people).toContain(alarm.acknowledgedBy);
	}
	// Nobody who is on the rota is left out: shifts differ.
	expect(new Set(acts.map(({ by }) => by)).size).toBeGreaterThan(6);
	// Most are quick, and what is old is acknowledged.
	for (const alarm of loaded.alarms)
		if (isOpen(alarm) && alarm.raisedAt < UNTIL - 6 * HOUR_MS) expect(alarm.acknowledged).toBe(true);
});

test("S5 what is raised at the seam is what the limits alone make of the stored values (levels on values, as sent or computed)", async () => {
	const kindOf = new Map(seed.assets.map(({ id, kind }) => [id, kind]));
	const held = new Map<string, number>();
	for (const channel of loaded.channels) {
		const own = (limits.get(kindOf.get(channel.asset) ?? "") ?? []).filter(
			({ type, measure }) => type === "level" && measure === channel.measure,
		);
		if (own.length === 0) continue;
		const block = await whole(channel);
		for (const limit of own) {
			const severity = judged(limit, block, channel.scale);
			if (severity > 0) held.set(`${channelSubject(channel.asset, channel.measure)} ${limit.id}`, severity);
		}
	}
	const levels = new Set(
		[...limits.values()]
			.flat()
			.filter(({ type }) => type === "level")
			.map(({ id }) => id),
	);
	const said = new Map(
		loaded.alarms
			.filter((alarm: Alarm) => alarm.active && levels.has(alarm.rule) && alarm.rule !== "silent")
			.map(({ subject, rule, severity }) => [`${subject} ${rule}`, severity]),
	);
	expect(said.size).toBeGreaterThan(0);
	expect(Object.fromEntries([...said].sort())).toEqual(Object.fromEntries([...held].sort()));
});

/** The limit over a whole curve, with its delays ending on the minute; no judge, no table. */
function judged(limit: Limit, { at, count, quality }: ReadingBlock, scale: number): number {
	let state: Judged = newJudged();
	for (let i = 0; i < at.length; i++) {
		const time = at[i] ?? 0;
		elapse(limit, state, Math.floor(time / 60_000) * 60_000);
		const value = (count[i] ?? Number.NaN) / 10 ** scale;
		if (Number.isNaN(value) || quality[i] === Quality.bad) continue;
		const isValid = isValidAt(limit, time);
		if (!isValid && state.severity === 0 && state.rising === 0) continue;
		const inside = limit.direction === "above" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
		step(limit, state, isValid ? value : inside, time, quality[i] === Quality.good);
		if (state.severity === 0 && state.rising === 0) state = newJudged();
	}
	elapse(limit, state, Math.floor(UNTIL / 60_000) * 60_000);
	return state.severity;
}

test("S5 the folder is a demo with its mark; the newest readings, district figures and key frames are there", async () => {
	expect(loaded.settings.get("folder")).toBe("demo");
	expect(loaded.settings.get(DEMO_HISTORY_SETTING)).toBe(String(UNTIL));
	expect(loaded.assets).toHaveLength(ASSETS);
	expect(loaded.devices.length).toBeGreaterThan(0);
	const newest = new Map(Array.from(loaded.latest.channel, (id, i) => [id, loaded.latest.at[i] ?? 0]));
	const quiet = loaded.channels.filter(({ id }) => UNTIL - (newest.get(id) ?? 0) > 2 * HOUR_MS);
	// State rows and spares never speak.
	const surprising = quiet.filter(({ measure, asset }) => measure !== "state" && !/crane|spare|bridge/.test(asset));
	expect(surprising.length).toBeLessThan(loaded.channels.length * 0.03);
	const figures = seed.assets.filter(({ kind }) => kind === "heatDistrict").map(({ id }) => id);
	expect(figures.length).toBeGreaterThan(3);
	const channels = loaded.channels.filter(({ asset, measure }) => figures.includes(asset) && measure !== "state");
	const { min } = await reader.buckets(
		Uint32Array.from(channels, ({ id }) => id),
		UNTIL - DENSE_MS + HOUR_MS,
		UNTIL,
		900_000,
	);
	const filled = min.filter((one) => !Number.isNaN(one)).length;
	expect(filled / min.length).toBeGreaterThan(0.9);
	const frame = await reader.keyFrame(UNTIL);
	expect(UNTIL - (frame?.at ?? 0)).toBeLessThan(HOUR_MS + STEP_MS);
	expect(frame?.frame.channel.length).toBeGreaterThan(loaded.channels.length / 2);
});

test("S5 the same seed and moment give the same past", async () => {
	const work = join(root, "again");
	await mkdir(work);
	const small = { systems: await loadSystems(), assets: seed.assets.slice(0, 120), seed: DEMO_SEED, until: UNTIL };
	const spans = { pastMs: DAY_MS, denseMs: 2 * HOUR_MS };
	const one = await makePast({ ...small, ...spans, folder: work });
	const two = await makePast({ ...small, ...spans, folder: await mkdtemp(join(root, "again-")) });
	expect(two.log).toEqual(one.log);
	expect(two.newest).toEqual(one.newest);
	expect(two.readings).toBe(one.readings);
});
