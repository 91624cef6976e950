// The checker itself: a history that comes in halves is put together without a reading twice.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Api } from "./api.ts";
import { Ledger } from "./ledger.ts";
import { compare } from "./ledger_check.ts";

/** Answers history as the server does: both ends included, thinned beyond `most`. */
function historyOf(readings: ReadonlyMap<number, number>, most: number): Api {
	const get = async (path: string) => {
		const query = new URL(path, "http://localhost").searchParams;
		const [from, to] = [Number(query.get("from")), Number(query.get("to"))];
		const points = [...readings].filter(([at]) => at >= from && at <= to).map(([at, value]) => [at, value, "good"]);
		return points.length <= most ? { points, thinned: false } : { points: points.slice(0, most), thinned: true };
	};
	return { get } as unknown as Api;
}

test("a history read in halves counts the reading at each middle once, and misses none", async () => {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-ledger-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const ledger = new Ledger(join(folder, "ledger"));
	// One reading a millisecond: every middle is the time of a reading.
	const sent = Array.from({ length: 100 }, (_, i) => ({ asset: "h-0", measure: "methane", at: 1_000 + i, value: i }));
	ledger.answered(ledger.sent(sent), sent.length);
	ledger.close();
	const stored = new Map(sent.map(({ at, value }) => [at, value]));
	expect(await compare(historyOf(stored, 7), ledger.file)).toMatchObject({
		stored: 100,
		lost: [],
		doubled: [],
		wrong: [],
	});
	stored.delete(1_050);
	expect((await compare(historyOf(stored, 7), ledger.file)).lost).toEqual(["h-0/methane 1050"]);
});
