// The child's ledger against what its store holds: every answered attempt is there, whole and once; every other one is
// there whole or not at all; a refused one is not. Knows nothing of how the store does it.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { systemClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import { type Row, toRows } from "../contract/store_kit.ts";

export const CHANNELS = 12;
const START = Date.UTC(2026, 9, 31, 10);

/** Attempt n happens at minute n: an hour is over every 60 commits, a month soon after the start. */
export function timeOf(n: number): number {
	return START + n * 60_000;
}

export function attemptRows(n: number): Row[] {
	return Array.from({ length: CHANNELS }, (_, channel) => [channel, timeOf(n), n * 100 + channel]);
}

export interface Ledger {
	readonly sent: readonly number[];
	readonly answered: ReadonlySet<number>;
	readonly refused: ReadonlyMap<number, string>;
	readonly faults: readonly string[];
}

export function readLedger(file: string): Ledger {
	const lines = readFileSync(file, "utf8").split("\n");
	const sent: number[] = [];
	const answered = new Set<number>();
	const refused = new Map<number, string>();
	const faults: string[] = [];
	for (const line of lines) {
		const [, kind, rest = ""] = /^(\w) ?(.*)$/.exec(line) ?? [];
		if (kind === "s") sent.push(Number.parseInt(rest, 10));
		if (kind === "a") answered.add(Number(rest));
		if (kind === "r") refused.set(Number.parseInt(rest, 10), rest.replace(/^\d+ /, ""));
		if (kind === "d") faults.push(rest);
	}
	return { sent, answered, refused, faults };
}

/** Opens the folder and compares everything in it with the ledger. @returns attempts found. */
export async function check(folder: string, ledger: Ledger): Promise<{ stored: number }> {
	const store = openStore({ folder, clock: systemClock });
	const loaded = await store.load();
	const reader = openReader({ folder });
	try {
		expect(store.state()).toMatchObject({ open: true, synchronous: 2, fault: null });
		const log = await reader.transitions(0, 1_000_000);
		expect(log.map(({ seq }) => seq)).toEqual(Array.from(log, (_, i) => i + 1));
		expect(loaded.lastSeq).toBe(log.length);
		const stored = log.map(({ alarm }) => alarm.occurrence);
		const there = new Set(stored);
		expect(there.size).toBe(stored.length);
		expect([...ledger.answered].filter((n) => !there.has(n))).toEqual([]);
		expect([...ledger.refused.keys()].filter((n) => there.has(n))).toEqual([]);
		expect(stored.filter((n) => !ledger.sent.includes(n))).toEqual([]);
		const audited = (await reader.audits(0, 1_000_000)).map(({ subject }) => Number(subject));
		expect(audited).toEqual(stored);
		expect(loaded.settings.get("attempt")).toBe(stored.length === 0 ? undefined : String(stored.at(-1)));
		const expected = Array.from({ length: CHANNELS }, (_, channel) =>
			stored.map((n) => attemptRows(n)[channel]!),
		).flat();
		const short = (rows: Row[]) => rows.map((row) => row.slice(0, 3).join(" "));
		const all = await store.readings(
			Uint32Array.from({ length: CHANNELS }, (_, channel) => channel),
			0,
		);
		expect(short(toRows(all))).toEqual(short(expected));
		const curve = await reader.readings(3, 0, timeOf(1e6));
		expect(short(toRows(curve))).toEqual(short(expected.filter(([channel]) => channel === 3)));
		if (stored.length > 0) expect(short(toRows(loaded.latest))).toEqual(short(attemptRows(stored.at(-1)!)));
		return { stored: stored.length };
	} finally {
		await reader.close();
		await store.close();
	}
}
