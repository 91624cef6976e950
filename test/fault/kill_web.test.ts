// `kill -9` of web, twenty times: core goes on judging what comes in over MQTT and HJ 212, and a screen that comes back catches
// up from where it stood: T-03, T-10 and T-32 of the fault plan.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { DeltaJson } from "#model/delta_json.ts";
import { Quality, toValue } from "#model/measure.ts";
import { faultsOfLog, wholeLog } from "../support/alarm_log.ts";
import { type Api, setUp } from "../support/api.ts";
import { Ledger } from "../support/ledger.ts";
import { compare } from "../support/ledger_check.ts";
import { quietSite } from "../support/quiet_site.ts";
import { Screen } from "../support/screen.ts";
import { pause } from "../support/senders/sender.ts";
import { Chance } from "../support/senders/walk.ts";
import { isAliveNow, startServer, statusOf, type TestServer } from "../support/server.ts";
import { amount, patience } from "../support/tier.ts";
import { until } from "../support/until.ts";

const KILLS = amount("LIAOWANG_TEST_KILLS", 20, 200);
const SEED = Number(process.env.LIAOWANG_TEST_SEED ?? 20_261_123);

interface Outage {
	readonly from: number;
	readonly to: number;
	/** Readings that the device doors answered meanwhile. */
	readonly answered: number;
}

async function killWeb(server: TestServer, chance: Chance, devices: Ledger): Promise<Outage> {
	await server.ready();
	await pause(chance.whole(50, 1_000));
	const pid = await server.kill("web");
	await until("web is dead", async () => !(await isAliveNow(pid)));
	const from = Date.now();
	const before = devices.acknowledged;
	await until("web is back", async () => (await statusOf(`${server.url}/healthz`)) === 200);
	return { from, to: Date.now(), answered: devices.acknowledged - before };
}

/** A page that follows everything and comes back by itself. */
async function follower(server: TestServer, cookie: string): Promise<Screen> {
	const screen = new Screen(server.url, { cookie, reconnects: true });
	onTestFinished(() => screen.close());
	await screen.follow();
	screen.socket.on("connect", () => screen.socket.emit(...(screen.page.follow() as [string, unknown])));
	return screen;
}

/** Rows of the screen's table that are not as the server tells them, in words. */
async function differences(screen: Screen, root: Api): Promise<string[]> {
	type Catalogue = { systems: { kinds: { id: string; measures: { id: string; scale: number }[] }[] }[]; assets: any[] };
	const { systems, assets } = await root.get<Catalogue>("/api/catalogue");
	const kinds = new Map(systems.flatMap(({ kinds }) => kinds).map((kind) => [kind.id, kind.measures]));
	const scale = new Map<number, number>();
	for (const asset of assets)
		for (const [i, id] of asset.measures.entries())
			scale.set(asset.firstRow + i, kinds.get(asset.record.kind)?.find((measure) => measure.id === id)?.scale ?? 0);
	const told = await root.get<DeltaJson>("/api/latest");
	const { latest } = screen.page;
	const faults = told.epoch === latest.epoch ? [] : [`epoch ${latest.epoch}, not ${told.epoch}`];
	for (const [i, row] of told.rows.entries()) {
		const count = latest.value[row] ?? Number.NaN;
		const mine = [
			Number.isNaN(count) ? null : toValue(count, scale.get(row) ?? 0),
			(latest.at[row] ?? 0) === 0 ? null : latest.at[row],
			Object.entries(Quality).find(([, code]) => code === latest.quality[row])?.[0],
			latest.severity[row],
		];
		const theirs = [told.value[i], told.at[i], told.quality[i], told.severity[i]];
		if (JSON.stringify(mine) !== JSON.stringify(theirs)) faults.push(`row ${row}: ${mine}, not ${theirs}`);
	}
	return faults;
}

test("S2 T-03 T-10 T-32 twenty kills of web: judging goes on, a screen misses nothing", {
	timeout: patience(240_000),
}, async () => {
	const chance = new Chance(SEED);
	const place = await mkdtemp(join(tmpdir(), "liaowang-kill-web-"));
	onTestFinished(() => rm(place, { recursive: true, force: true }));
	const server = await startServer({ folder: join(place, "data"), demo: false });
	onTestFinished(() => server.stop());
	const root = await setUp(server);
	const site = await quietSite(root);
	const files = { http: join(place, "http"), devices: join(place, "devices") };
	const ledgers = { http: new Ledger(files.http), devices: new Ledger(files.devices) };
	const senders = site.senders(server, ledgers, SEED);
	onTestFinished(() => Promise.all(senders.map((sender) => sender.close())).then(() => undefined));
	const screen = await follower(server, root.cookie);
	const { epoch } = screen.page.latest;
	const firstSeq = (screen.page.lastSeq ?? 0) + 1;
	for (const sender of senders) sender.start();
	const core = await server.part("core");
	const outages: Outage[] = [];
	for (let kill = 0; kill < KILLS; kill++) {
		outages.push(await killWeb(server, chance, ledgers.devices));
		await screen.until(({ page }) => page.hellos.length === kill + 2);
	}
	await server.ready();
	await Promise.all(senders.map((sender) => sender.drain()));
	for (const ledger of Object.values(ledgers)) ledger.close();

	// Core did not notice: the same process, and its doors answered in every outage.
	expect(await server.part("core")).toBe(core);
	expect(outages.filter(({ answered }) => answered === 0)).toEqual([]);
	for (const file of Object.values(files)) {
		const { lost, doubled, wrong } = await compare(root, file);
		expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
	}

	// Alarms were raised and cleared while nobody could see it.
	const log = await wholeLog(root);
	expect(faultsOfLog(log)).toEqual([]);
	const unseen = log.filter(
		({ at, alarm }) => alarm.asset?.startsWith("m-") && outages.some(({ from, to }) => at >= from && at < to),
	);
	expect(unseen.length).toBeGreaterThan(0);

	// The screen came back twenty times and heard of every one of them, once, in order.
	const last = log.at(-1)?.seq ?? 0;
	await screen.until(({ page }) => (page.beats.at(-1)?.alarmSeq ?? 0) >= last && (page.lastSeq ?? 0) >= last);
	expect(screen.page.hellos.length).toBe(KILLS + 1);
	expect(screen.page.news.map(({ seq }) => seq)).toEqual(log.slice(firstSeq - 1).map(({ seq }) => seq));
	expect(screen.page.gaps).toBe(0);
	expect(screen.page.latest.epoch).toBe(epoch);
	// Timers may still move a row: what differs at one moment must be the same at another.
	const left = await until("the table is as the server's", async () => {
		const found = await differences(screen, root);
		return found.length === 0 ? { found } : undefined;
	});
	expect(left.found).toEqual([]);
	const answered = outages.reduce((sum, outage) => sum + outage.answered, 0);
	console.info(
		`${KILLS} kills of web, ${answered} readings answered and ${unseen.length} alarm changes made while it was away, ` +
			`${screen.page.news.length} of ${log.length - firstSeq + 1} heard by the screen, 0 rows differ (seed ${SEED})`,
	);
});
