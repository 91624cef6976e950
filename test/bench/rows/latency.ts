// Rows "latency": from a sensor's send to the row in a page's table, and from the device's answer (the commit stands) to the
// alarm in a page's list, while 200 screens look on and 20,000 readings a second come in. Devices, page and clock are in this
// process; the page is its live half (table and alarm book), without a browser.

import { io, type Socket } from "socket.io-client";
import type { AlarmNews } from "#model/protocol.ts";
import { TICK_MS } from "#model/protocol.ts";
import { PageLatest } from "../../../client/live/latest.ts";
import { Device } from "../live/device.ts";
import type { Probe } from "../live/plan.ts";
import { pause } from "../live/processes.ts";
import { Stage } from "../live/stage.ts";
import { mixedViews } from "../live/views.ts";
import { atMost, type Effort, type Measured, percentile } from "../row.ts";

const P50_MS = 0.6 * TICK_MS + 10;
const P99_MS = TICK_MS + 15;
const ALARM_P99_MS = 15;
/** Assets whose readings are timed; the others raise alarms. */
const TIMED = 8;
/** Time for what is under way to arrive. */
const LAST_MS = 3_000;

interface Timed {
	readonly probe: Probe;
	readonly row: number;
	readonly waiting: { readonly at: number; readonly sentAt: number }[];
	lastAt: number;
}

interface Catalogue {
	readonly assets: readonly {
		readonly record: { readonly id: string };
		readonly firstRow: number;
		readonly measures: readonly string[];
	}[];
}

/** A page's live half: applies what comes at once and answers. */
class ProbePage {
	readonly latest = new PageLatest();
	/** Asset -> when its alarm was in the list. */
	readonly listedAt = new Map<string, number>();
	applied: (() => void) | null = null;
	private readonly socket: Socket;

	constructor(url: string, rows: readonly number[]) {
		this.socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
		this.socket.on("connect", () => this.socket.emit("follow", { cells: [], rows, cursor: null, alarmSeq: null }));
		this.socket.on("delta", (bytes: Uint8Array) => {
			const header = this.latest.apply(bytes);
			if (header === "gap") throw new Error("the probe page lost a delta");
			this.socket.emit("got", { revision: header.to });
			this.applied?.();
		});
		this.socket.on("alarm", ({ alarm }: AlarmNews) => {
			if (alarm.asset !== null && alarm.active) this.listedAt.set(alarm.asset, performance.now());
		});
	}

	close(): void {
		this.socket.disconnect();
	}
}

export async function latency(effort: Effort): Promise<Measured[]> {
	const assets = effort.quick ? 300 : 50_000;
	const screens = effort.quick ? 4 : 200;
	const rate = effort.quick ? 1_000 : 20_000;
	const stage = await Stage.open(assets);
	const device = new Device(stage.folder);
	const timed = await timedRows(stage);
	const page = new ProbePage(
		stage.url,
		timed.map(({ row }) => row),
	);
	try {
		await stage.show(screens, await mixedViews(stage.url));
		await stage.drive(rate);
		await pause(2_000);
		const work = `${stage.channels} channels, ${rate}/s, ${screens} screens`;
		const readings = await timeReadings(device, page, timed, effort.quick ? 100 : 1_500);
		const probes = stage.plan.probes.slice(TIMED);
		const alarms = await timeAlarms(device, page, effort.quick ? probes.slice(0, 3) : probes);
		return [...readingRows(work, readings), ...alarmRows(work, alarms)];
	} finally {
		page.close();
		device.close();
		await stage.close();
	}
}

async function timedRows(stage: Stage): Promise<Timed[]> {
	const { assets } = (await (await fetch(`${stage.url}/api/catalogue`)).json()) as Catalogue;
	const byId = new Map(assets.map((asset) => [asset.record.id, asset]));
	return stage.plan.probes.slice(0, TIMED).map((probe) => {
		const asset = byId.get(probe.asset);
		const place = asset?.measures.indexOf(probe.band.measure) ?? -1;
		if (asset === undefined || place < 0) throw new Error(`${probe.asset} is not in the catalogue`);
		return { probe, row: asset.firstRow + place, waiting: [], lastAt: 0 };
	});
}

/** Sends at times that have nothing to do with the tick; a reading that a newer one overtook in its tick arrived with it. */
async function timeReadings(
	device: Device,
	page: ProbePage,
	timed: readonly Timed[],
	count: number,
): Promise<number[]> {
	const samples: number[] = [];
	page.applied = () => {
		const now = performance.now();
		for (const { row, waiting } of timed) {
			const at = page.latest.table.at[row] ?? 0;
			while (waiting[0] !== undefined && waiting[0].at <= at) samples.push(now - (waiting.shift()?.sentAt ?? now));
		}
	};
	for (let index = 0; index < count; index++) {
		const one = timed[index % timed.length];
		if (one === undefined) throw new Error("nothing to time");
		one.lastAt = Math.max(Date.now(), one.lastAt + 1);
		one.waiting.push({ at: one.lastAt, sentAt: performance.now() });
		const { key, asset, band } = one.probe;
		device.post(key, asset, band.measure, one.lastAt, band.low).catch((error: Error) => {
			throw error;
		});
		await pause(3 + Math.random() * 9);
	}
	await pause(LAST_MS);
	const lost = timed.reduce((sum, { waiting }) => sum + waiting.length, 0);
	if (lost > 0) throw new Error(`${lost} of ${count} readings did not reach the page`);
	return samples;
}

interface AlarmTimes {
	readonly fromCommit: number[];
	readonly fromSend: number[];
}

async function timeAlarms(device: Device, page: ProbePage, probes: readonly Probe[]): Promise<AlarmTimes> {
	const posted = new Map<string, { sentAt: number; answeredAt: number }>();
	for (const { key, asset, band, alarm } of probes) {
		posted.set(asset, await device.post(key, asset, band.measure, Date.now(), alarm));
		await pause(5 + Math.random() * 15);
	}
	await pause(LAST_MS);
	const times: AlarmTimes = { fromCommit: [], fromSend: [] };
	for (const [asset, { sentAt, answeredAt }] of posted) {
		const listedAt = page.listedAt.get(asset);
		if (listedAt === undefined) throw new Error(`the alarm of ${asset} was not listed`);
		times.fromCommit.push(listedAt - answeredAt);
		times.fromSend.push(listedAt - sentAt);
	}
	return times;
}

function readingRows(work: string, samples: number[]): Measured[] {
	const p50 = percentile(samples, 0.5);
	const p99 = percentile(samples, 0.99);
	const tick = [{ name: "tick", figure: TICK_MS }];
	const told = `${work}; ${samples.length} readings, sensor sent -> in the page's table`;
	return [
		{ row: "latency, p50", work: told, figure: p50, unit: "ms", baseline: tick, targets: [atMost(p50, P50_MS, "ms")] },
		{ row: "latency, p99", work: told, figure: p99, unit: "ms", baseline: tick, targets: [atMost(p99, P99_MS, "ms")] },
	];
}

function alarmRows(work: string, { fromCommit, fromSend }: AlarmTimes): Measured[] {
	const p99 = percentile(fromCommit, 0.99);
	const p50 = percentile(fromCommit, 0.5);
	const told = `${work}; ${fromCommit.length} alarms`;
	return [
		{
			row: "latency, alarm p99",
			work: `${told}, commit answered -> in the page's list (p50 ${p50.toFixed(1)} ms; below 0: listed first)`,
			figure: p99,
			unit: "ms",
			targets: [atMost(p99, ALARM_P99_MS, "ms")],
		},
		{
			row: "latency, alarm from the sensor, p99",
			work: `${told}, sensor sent -> in the page's list (p50 ${percentile(fromSend, 0.5).toFixed(1)} ms)`,
			figure: percentile(fromSend, 0.99),
			unit: "ms",
		},
	];
}
