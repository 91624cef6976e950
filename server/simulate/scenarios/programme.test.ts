import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStage } from "../../../test/support/rehearsal.ts";
import type { Season } from "../world/moment.ts";
import { FirstRun } from "./first_run.ts";
import { Programme } from "./programme.ts";

const MINUTE_MS = 60_000;

/** Begins within an hour, s after the start. */
function hour(
	season: Season,
	options: { readonly isFirstRun: boolean; readonly isPlayed?: boolean },
): [string, number][] {
	const { stage, startAt } = openStage(season);
	const programme = new Programme(stage, { startAt, isPlayed: true, seed: 7, ...options });
	const begins: [string, number][] = [];
	for (let at = startAt; at < startAt + 60 * MINUTE_MS; at += 1_000) {
		stage.tick(at);
		const begun = programme.tick(at);
		if (begun !== null) begins.push([begun, (at - startAt) / 1_000]);
	}
	return begins;
}

test.each([
	["winter", "heat-burst"],
	["spring", "gale"],
	["summer", "storm"],
	["autumn", "water-burst"],
] as const)("a first run in %s begins %s after 100 s; others follow every ten to fifteen minutes", (season, own) => {
	const begins = hour(season, { isFirstRun: true });
	expect(begins[0]).toEqual([own, 100]);
	for (const [index, [, at]] of begins.entries()) {
		const gap = at - (begins[index - 1]?.[1] ?? at - 12 * 60);
		expect(gap).toBeGreaterThanOrEqual(10 * 60);
		expect(gap).toBeLessThanOrEqual(15 * 60);
	}
	expect(new Set(begins.map(([id]) => id)).size).toBeGreaterThanOrEqual(2);
});

test("a later run has ten minutes of calm first; a run without scenarios has only calm", () => {
	expect(hour("winter", { isFirstRun: false })[0]?.[1]).toBe(600);
	expect(hour("winter", { isFirstRun: true, isPlayed: false })).toEqual([]);
});

test("a folder is fresh until its first scenario has begun", async () => {
	const folder = await mkdtemp(join(tmpdir(), "first-"));
	try {
		const devices = join(folder, "demo-devices.json");
		const run = new FirstRun(devices);
		expect(run.isNow).toBe(true);
		expect(run.played("gale", 5)).toBeNull();
		expect(JSON.parse(await readFile(join(folder, "demo-played.json"), "utf8"))).toEqual({ first: "gale", at: 5 });
		expect([run.isNow, new FirstRun(devices).isNow, new FirstRun(null).isNow]).toEqual([false, false, false]);
		expect(new FirstRun(join(folder, "nowhere", "d.json")).played("gale", 5)).toMatch(/ENOENT/);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
