// A first start of the demo as a stranger has it: thirty days are there when the wall is. A start that dies while they are made leaves
// nothing, the next one makes them, the one after that finds them.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Api } from "../support/api.ts";
import { isAliveNow, launchServer, startServer, type TestServer } from "../support/server.ts";
import { until } from "../support/until.ts";

const DAY_MS = 86_400_000;
/** A machine that does other things as well. */
const MAKING_MS = 240_000;

interface River {
	readonly steps: readonly { readonly open: Readonly<Record<string, readonly number[]>> }[];
	readonly shifts: readonly { readonly people: readonly string[] }[];
	readonly demoHistoryUntil: number | null;
}

interface Pulse {
	readonly cities: readonly { readonly district: string; readonly min: readonly (number | null)[] }[];
	readonly demoHistoryUntil: number | null;
}

/** Killed while month files are being written, as by a power cut. */
async function killedInTheMiddle(): Promise<string> {
	const server = await launchServer({ past: true });
	const { folder } = server;
	onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	try {
		await until(
			"the past is being written",
			async () => {
				if (!server.isRunning) throw new Error(server.log.slice(-2_000));
				const names = await readdir(join(folder, ".past", "store")).catch(() => []);
				return names.some((name) => /^readings-.*\.db$/.test(name)) || undefined;
			},
			MAKING_MS,
		);
		const past = await server.part("past");
		process.kill(server.pid, "SIGKILL");
		await until("the maker of the past has ended", async () => !(await isAliveNow(past)));
	} finally {
		if (server.isRunning) await server.stop();
	}
	const left = await readdir(folder);
	expect(left.filter((name) => !name.endsWith(".sock"))).toEqual([".past"]);
	return folder;
}

async function started(folder: string): Promise<TestServer> {
	const server = await startServer({ folder, past: true });
	onTestFinished(() => (server.isRunning ? server.stop() : undefined));
	return server;
}

const made = (server: TestServer): boolean => server.lines.some((line) => line.startsWith("正在生成演示历史"));

test("S1 S2 a start that died leaves nothing; the next has a past: full rivers and pulses, no gap, no storm; the one after keeps it", async () => {
	const folder = await killedInTheMiddle();
	const server = await started(folder);
	expect(made(server)).toBe(true);
	expect(server.lines.some((line) => /^演示历史已就绪：\d+ 条读数/.test(line))).toBe(true);
	expect(await readdir(folder)).not.toContain(".past");
	const api = new Api(server.url);
	const status = await api.get<{ demoHistoryUntil: number; alarmSeq: number; now: number }>("/api/status");
	expect(status.now - status.demoHistoryUntil).toBeLessThan(MAKING_MS);
	const pastSeq = await lastSeqOfPast(api, status.demoHistoryUntil);

	for (const [span, step] of [
		[DAY_MS, 600_000],
		[30 * DAY_MS, 6 * 3_600_000],
	] as const) {
		const to = status.demoHistoryUntil;
		const river = await api.get<River>(`/api/alarms/river?from=${to - span}&to=${to}&step=${step}`);
		const filled = river.steps.filter(({ open }) =>
			Object.values(open)
				.flat()
				.some((n) => n > 0),
		);
		expect(filled.length / river.steps.length).toBeGreaterThan(0.9);
		expect(river.shifts.length).toBeGreaterThanOrEqual((2 * span) / DAY_MS);
		expect(river.demoHistoryUntil).toBe(status.demoHistoryUntil);
	}
	for (const quantity of ["kind=weatherStation&measure=temperature", "kind=waterDistrict&measure=pressureMean"]) {
		const pulse = await api.get<Pulse>(`/api/pulse?${quantity}&to=${status.demoHistoryUntil}`);
		expect(pulse.cities).toHaveLength(14);
		const values = pulse.cities.flatMap(({ min }) => min);
		expect(values.filter((one) => one !== null).length / values.length).toBeGreaterThan(0.9);
	}

	// The simulator goes on where the past ends: values run on, and silence of the seconds between is no news.
	await Promise.all([server.part("simulate"), server.part("cameras")]);
	await until("every door has taken readings", async () => {
		const { doors } = await api.get<{ doors: Record<string, { readings: number }> }>("/readyz");
		return ["http", "mqtt", "hj212"].every((door) => (doors[door]?.readings ?? 0) > 0);
	});
	const { transitions } = await api.get<{ transitions: { kind: string }[] }>(`/api/alarms/log?after=${pastSeq}`);
	expect(transitions.filter(({ kind }) => kind === "raised").length).toBeLessThan(15);
	await server.stop();

	const again = await started(folder);
	expect(made(again)).toBe(false);
	const later = await new Api(again.url).get<{ demoHistoryUntil: number; alarmSeq: number }>("/api/status");
	expect(later.demoHistoryUntil).toBe(status.demoHistoryUntil);
	expect(later.alarmSeq).toBeGreaterThanOrEqual(pastSeq);
}, 600_000);

/** Reads the whole log: it has no gaps, and what was generated is what lies before the mark. */
async function lastSeqOfPast(api: Api, until: number): Promise<number> {
	let after = 0;
	let last = 0;
	for (;;) {
		const { transitions, next } = await api.get<{
			transitions: { seq: number; at: number }[];
			next: number | null;
		}>(`/api/alarms/log?after=${after}&limit=5000`);
		expect(transitions.map(({ seq }) => seq)).toEqual(transitions.map((_, i) => after + i + 1));
		for (const { seq, at } of transitions) if (at <= until) last = seq;
		if (next === null) return last;
		after = next;
	}
}
