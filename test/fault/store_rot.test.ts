// Bits that flip on the disk: places drawn at random in every file of a folder. What is read afterwards is the truth, or a
// refusal, or a named damage beside the rest of the truth; never a wrong number and never a silent hole.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import {
	anAlarm,
	anAsset,
	aTransition,
	EMPTY,
	NOW,
	type Row,
	rowsOf,
	seeded,
	settle,
	toRows,
} from "../contract/store_kit.ts";
import { amount, patience } from "../support/tier.ts";

const FLIPS = amount("LIAOWANG_TEST_FLIPS", 50, 500);
const CHANNELS = 6;
const HOUR = 3_600_000;
let work: string;
let sound: string;
let truth: Seen;

interface Seen {
	/** By channel: "at count quality". */
	readonly rows: ReadonlyMap<number, readonly string[]>;
	readonly latest: readonly string[];
	readonly alarms: string;
	readonly log: string;
	readonly assets: string;
	readonly faults: readonly string[];
}

const short = (row: Row) => row.join(" ");

/** Reads everything; what is refused is a fault, not a failure. */
async function see(folder: string): Promise<Seen> {
	const faults: string[] = [];
	const tell = (error: unknown) => {
		faults.push(String(error));
		return null;
	};
	const store = openStore({ folder, clock: new ManualClock(NOW) });
	const reader = openReader({ folder });
	try {
		const loaded = await store.load().catch(tell);
		const rows = new Map<number, string[]>();
		for (let channel = 0; channel < CHANNELS; channel++) {
			const curve = await reader.history(channel, 0, NOW + 100 * HOUR, 100_000).catch(tell);
			if (curve?.damaged !== undefined) faults.push(...curve.damaged);
			if (curve !== null)
				rows.set(
					channel,
					curve.points.map(({ at, count, quality }) => `${at} ${count} ${quality}`),
				);
		}
		const log = await reader.transitions(0, 1000).catch(tell);
		const fault = store.state().fault;
		if (fault !== null) faults.push(fault);
		return {
			rows,
			latest: loaded === null ? [] : toRows(loaded.latest).map(short),
			alarms: JSON.stringify(loaded?.alarms.map((alarm) => alarm).sort((a, b) => (a.id < b.id ? -1 : 1))),
			log: JSON.stringify(log),
			assets: JSON.stringify(loaded?.assets),
			faults,
		};
	} finally {
		await reader.close().catch(tell);
		await store.close().catch(tell);
	}
}

beforeAll(async () => {
	work = await mkdtemp(join(tmpdir(), "liaowang-rot-"));
	sound = join(work, "sound");
	await cp(await mkdtemp(join(work, "new-")), sound, { recursive: true });
	const clock = new ManualClock(NOW);
	const store = openStore({ folder: sound, clock });
	const loaded = await store.load();
	const reader = openReader({ folder: sound });
	const random = seeded(1);
	for (let n = 1; n <= 240; n++) {
		const at = NOW + n * 60_000;
		await store.commit({
			...EMPTY,
			readings: rowsOf(Array.from({ length: CHANNELS }, (_, channel) => [channel, at, Math.floor(random() * 1e6)])),
			transitions: [aTransition(n, anAlarm(`alarm-${n % 9}`, { occurrence: n, why: `第 ${n} 次` }))],
			edits: n <= 20 ? [{ type: "asset.put", record: anAsset(`asset-${n}`, `三好桥 ${n}`) }] : [],
		});
		clock.advanceTo(at);
		// The last forty minutes stay in the journal.
		if (n === 200)
			await settle({
				store,
				loaded,
				reader,
				clock,
				reopen: () => Promise.reject(new Error("no")),
				close: () => store.close(),
			});
	}
	await reader.close();
	await store.close();
	truth = await see(sound);
	expect(truth.faults).toEqual([]);
	expect(truth.rows.get(0)).toHaveLength(240);
});

afterAll(() => rm(work, { recursive: true, force: true }));

function isSubset(found: readonly string[], all: readonly string[]): boolean {
	const known = new Set(all);
	return found.every((one) => known.has(one));
}

test("a flipped bit is found, or harms nothing", { timeout: patience(300_000) }, async () => {
	const random = seeded(20261122);
	const files = (await readdir(sound)).filter((name) => name.endsWith(".db"));
	expect(files.length).toBeGreaterThan(1);
	let detected = 0;
	let silent = 0;
	for (let flip = 0; flip < FLIPS; flip++) {
		const folder = await mkdtemp(join(work, "flip-"));
		await cp(sound, folder, { recursive: true });
		const file = join(folder, files[flip % files.length]!);
		const bytes = await readFile(file);
		const place = Math.floor(random() * bytes.length);
		bytes[place]! ^= 1 << Math.floor(random() * 8);
		await writeFile(file, bytes);
		const seen = await see(folder);
		const where = `flip ${flip}: byte ${place} of ${files[flip % files.length]}, faults ${JSON.stringify(seen.faults)}`;
		for (const [channel, rows] of seen.rows) expect(isSubset(rows, truth.rows.get(channel)!), where).toBe(true);
		expect(isSubset(seen.latest, truth.latest) || seen.faults.length > 0, where).toBe(true);
		const same =
			JSON.stringify({ ...seen, rows: [...seen.rows], faults: [] }) ===
			JSON.stringify({ ...truth, rows: [...truth.rows], faults: [] });
		if (seen.faults.length > 0) detected += 1;
		else if (!same) {
			silent += 1;
			console.error(where);
		}
		await rm(folder, { recursive: true, force: true });
	}
	console.info(`${FLIPS} flips: ${detected} detected, ${FLIPS - detected - silent} harmless, ${silent} silent`);
	expect(silent).toBe(0);
	expect(detected).toBeGreaterThan(10);
});

test("a month file that is no database any more is set aside by name; new readings go on", async () => {
	const folder = await mkdtemp(join(work, "month-"));
	await cp(sound, folder, { recursive: true });
	const name = (await readdir(folder)).find((file) => file.startsWith("readings-") && file.endsWith(".db"))!;
	const bytes = await readFile(join(folder, name));
	await writeFile(join(folder, name), Buffer.concat([Buffer.alloc(100, 7), bytes.subarray(100)]));
	const clock = new ManualClock(NOW + 6 * HOUR);
	const store = openStore({ folder, clock });
	const loaded = await store.load();
	const reader = openReader({ folder });
	await store.commit({ ...EMPTY, readings: rowsOf([[1, NOW + 5 * HOUR, 5]]) });
	await settle({
		store,
		loaded,
		reader,
		clock,
		reopen: () => Promise.reject(new Error("no")),
		close: () => store.close(),
	});
	expect(store.state()).toMatchObject({ open: true });
	expect(store.state().fault).toContain(`damaged-1-${name}`);
	expect(await readFile(join(folder, `damaged-1-${name}`))).toHaveLength(bytes.length);
	expect((await reader.readings(1, NOW + 5 * HOUR, NOW + 6 * HOUR)).count[0]).toBe(5);
	await reader.close();
	await store.close();
});
