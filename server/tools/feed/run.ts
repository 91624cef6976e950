// Drives a file of measured hours through the real doors of a real core, as fast as it answers, under a clock that this
// program moves: PM2.5 and weather as HJ 212 hour data over TCP, rain as HTTP. Then compares: sent, stored, history, alarms.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Transition } from "#model/alarm.ts";
import { WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import { ManualClock } from "../../clock.ts";
import { corePaths, readConfig } from "../../config.ts";
import { type Core, startCore } from "../../core.ts";
import { loadSystems } from "../../load_systems.ts";
import { openLog } from "../../log.ts";
import { openReader } from "../../store/reader.ts";
import type { HourFile, HourRow } from "./csv.ts";
import { Station } from "./station.ts";

const HOUR = 3_600_000;
/** The clock moves in steps of this, so that every timer of the server has its chance. */
const STEP_MS = 60_000;
const RAIN_ASSET = "feed-rain";
const KEY = "feed-master-key";
const who: Who = { user: "feed", roles: ["administrator"], scope: WHOLE_PROVINCE };

export interface FeedResult {
	readonly sent: number;
	readonly accepted: number;
	readonly stored: number;
	readonly inHistory: number;
	/** Readings whose stored value differs from the sent one; must be 0. */
	readonly differing: number;
	/** Channels that were stale at least once, by measure: how often. */
	readonly staleTimes: Readonly<Record<string, number>>;
	readonly transitions: readonly Transition[];
	readonly seconds: number;
}

interface Sent {
	readonly asset: string;
	readonly measure: string;
	readonly at: number;
	readonly value: number;
}

export async function feed(file: HourFile, say: (line: string) => void): Promise<FeedResult> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-feed-"));
	await mkdir(folder, { recursive: true });
	const config = readConfig({
		LIAOWANG_DATA: folder,
		LIAOWANG_DEMO: "0",
		LIAOWANG_MQTT_PORT: "off",
		LIAOWANG_HJ212_PORT: "0",
		LIAOWANG_INGEST_KEY: KEY,
	});
	if (Array.isArray(config)) throw new Error(config.map((one) => one.detail).join("; "));
	const first = file.rows[0]?.at ?? 0;
	const clock = new ManualClock(first - STEP_MS);
	const core = await startCore({
		config,
		clock,
		systems: await loadSystems(),
		log: openLog("feed", "error"),
		bus: false,
	});
	const startedAt = performance.now();
	try {
		await register(core, file.stations);
		const stations = stationsOf(core, file.stations);
		const sent: Sent[] = [];
		const stale = new StaleCounter(core);
		let accepted = 0;
		for (const [n, row] of file.rows.entries()) {
			accepted += await hour(core, stations, row, clock, stale, sent);
			if (n % 1000 === 999) say(`${n + 1} / ${file.rows.length} h`);
		}
		for (let i = 0; i < 60; i++) await step(core, clock, stale);
		for (const station of stations) station.close();
		await core.heart.recorder.settled();
		const kept = await compare(core, folder, sent);
		const transitions = await allTransitions(folder);
		return {
			sent: sent.length,
			accepted,
			...kept,
			staleTimes: stale.times(),
			transitions,
			seconds: (performance.now() - startedAt) / 1000,
		};
	} finally {
		await core.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function register(core: Core, stations: readonly string[]): Promise<void> {
	const place = { district: "210102", lon: 123.4, lat: 41.79 };
	const assets = [
		{ id: RAIN_ASSET, name: "实测雨量", kind: "rainStation", ...place },
		...stations.map((name, i) => ({ id: `feed-air-${i}`, name: `实测空气 ${name}`, kind: "airStation", ...place })),
	];
	const answer = await core.heart.editor.putAssets(who, assets, "feed");
	if ("problem" in answer || answer.rejected.length > 0)
		throw new Error(`assets were refused: ${JSON.stringify(answer)}`);
	for (const [i] of stations.entries()) {
		const device = { asset: `feed-air-${i}`, door: "hj212", address: mnOf(i), key: "123456" };
		const made = await core.heart.editor.putDevice(who, device, "feed");
		if ("problem" in made) throw new Error(made.detail ?? made.problem);
	}
}

function mnOf(i: number): string {
	return `210102FEED00000000000${String(i).padStart(3, "0")}`;
}

function stationsOf(core: Core, stations: readonly string[]): Station[] {
	const address = core.doors.get("hj212")?.address ?? "";
	const port = Number(address.slice(address.lastIndexOf(":") + 1));
	return stations.map((_, i) => new Station(port, mnOf(i)));
}

/** One hour of the file: the clock comes to it, all doors are fed and have answered. @returns readings accepted. */
async function hour(
	core: Core,
	stations: readonly Station[],
	row: HourRow,
	clock: ManualClock,
	stale: StaleCounter,
	sent: Sent[],
): Promise<number> {
	while (clock.now() + STEP_MS <= row.at) await step(core, clock, stale);
	let accepted = 0;
	for (const [i, station] of stations.entries()) {
		const factors = factorsOf(row, i);
		if (factors.length === 0) continue;
		await station.sendHour(row.at, factors);
		accepted += factors.length;
		for (const { measure, value } of factors) sent.push({ asset: `feed-air-${i}`, measure, at: row.at, value });
	}
	if (row.rain !== null) {
		accepted += await post(core, { asset: RAIN_ASSET, measure: "rainHour", at: row.at, value: row.rain });
		sent.push({ asset: RAIN_ASSET, measure: "rainHour", at: row.at, value: row.rain });
	}
	return accepted;
}

/** A minute passes; what the timers offered is on the disk before the next. */
async function step(core: Core, clock: ManualClock, stale: StaleCounter): Promise<void> {
	const before = core.heart.recorder.lastSeq;
	clock.jumpTo(clock.now() + STEP_MS);
	// What the timers ended (idle connections) is closed before anything more is sent.
	await new Promise((resolve) => setImmediate(resolve));
	stale.look();
	if (core.heart.recorder.isBusy || core.heart.recorder.lastSeq !== before) await core.heart.recorder.settled();
}

/** The weather belongs to the first station; it sends hPa as kPa, as HJ 212-2017 has it. */
function factorsOf(row: HourRow, i: number): { code: string; measure: string; value: number }[] {
	const found: { code: string; measure: string; value: number }[] = [];
	const add = (code: string, measure: string, value: number | null): void => {
		if (value !== null) found.push({ code, measure, value });
	};
	add("a34004", "pm25", row.pm25[i] ?? null);
	if (i === 0) {
		add("a01001", "temperature", row.temperature);
		add("a01002", "humidity", row.humidity);
		add("a01006", "airPressure", row.pressure === null ? null : Math.round(row.pressure * 100) / 1000);
	}
	return found;
}

function post(core: Core, reading: Sent): Promise<number> {
	const socketPath = corePaths(core.folder).readings;
	const body = JSON.stringify({ readings: [reading] });
	return new Promise((resolve, reject) => {
		const headers = { Authorization: `Bearer ${KEY}`, "Content-Type": "application/json" };
		const call = request({ socketPath, path: "/api/readings", method: "POST", headers }, (response) => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", (chunk: string) => {
				text += chunk;
			});
			response.on("end", () => {
				if (response.statusCode === 200) resolve((JSON.parse(text) as { accepted: number }).accepted);
				else reject(new Error(`HTTP ${response.statusCode}: ${text}`));
			});
		});
		call.on("error", reject);
		call.end(body);
	});
}

/** Everything sent, read back from the journal and through the page's history. */
async function compare(
	core: Core,
	folder: string,
	sent: readonly Sent[],
): Promise<{ stored: number; inHistory: number; differing: number }> {
	const reader = openReader({ folder });
	try {
		let stored = 0;
		let inHistory = 0;
		let differing = 0;
		const wanted = Map.groupBy(sent, (one) => `${one.asset}/${one.measure}`);
		for (const list of wanted.values()) {
			const one = list[0];
			const channel =
				one === undefined ? undefined : core.heart.catalogue.channels[core.heart.catalogue.row(one.asset, one.measure)];
			if (one === undefined || channel === undefined) throw new Error("a sent reading has no channel");
			const factor = 10 ** (channel.measure?.scale ?? 0);
			const block = await core.heart.store.readings(Uint32Array.of(channel.id), 0);
			stored += block.at.length;
			const byTime = new Map([...block.at].map((at, i) => [at, (block.count[i] ?? Number.NaN) / factor]));
			for (const { at, value } of list) if (byTime.get(at) !== value) differing += 1;
			const history = await reader.history(channel.id, one.at - HOUR, core.heart.clock.now() + HOUR, 100_000);
			inHistory += history.points.length;
		}
		return { stored, inHistory, differing };
	} finally {
		await reader.close();
	}
}

async function allTransitions(folder: string): Promise<Transition[]> {
	const reader = openReader({ folder });
	try {
		const found: Transition[] = [];
		for (;;) {
			const more = await reader.transitions(found.at(-1)?.seq ?? 0, 5000);
			if (more.length === 0) return found;
			found.push(...more);
		}
	} finally {
		await reader.close();
	}
}

/** Counts how often each fed measure became stale. */
class StaleCounter {
	private readonly core: Core;
	private readonly was = new Map<number, boolean>();
	private readonly counts = new Map<string, number>();

	constructor(core: Core) {
		this.core = core;
	}

	look(): void {
		const { channels } = this.core.heart.catalogue;
		for (const channel of channels) {
			if (channel?.measure == null || channel.measure.derive !== undefined) continue;
			const stale = this.core.heart.latest.quality[channel.row] === 4;
			if (stale && this.was.get(channel.row) !== true)
				this.counts.set(channel.measure.id, (this.counts.get(channel.measure.id) ?? 0) + 1);
			this.was.set(channel.row, stale);
		}
	}

	times(): Record<string, number> {
		return Object.fromEntries(this.counts);
	}
}
