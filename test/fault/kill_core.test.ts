// `kill -9` of core, twenty times at random moments, while three kinds of sender and an officer go on: T-01 of the fault plan.
// The senders' own books, the public API and a reference model decide; no line of the server judges itself here.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openReader } from "../../server/store/reader.ts";
import { faultsOfLog, stepsOf, wholeLog } from "../support/alarm_log.ts";
import { replay } from "../support/alarm_replay.ts";
import { type Api, setUp } from "../support/api.ts";
import { Ledger } from "../support/ledger.ts";
import { compare } from "../support/ledger_check.ts";
import { quietSite } from "../support/quiet_site.ts";
import { Officer } from "../support/senders/officer.ts";
import { pause } from "../support/senders/sender.ts";
import { Chance } from "../support/senders/walk.ts";
import { isAliveNow, startServer, type TestServer } from "../support/server.ts";
import { amount, patience } from "../support/tier.ts";
import { until } from "../support/until.ts";

const KILLS = amount("LIAOWANG_TEST_KILLS", 20, 200);
const SEED = Number(process.env.LIAOWANG_TEST_SEED ?? 20_261_122);

interface Doors {
	readonly doors: Readonly<Record<string, { readonly address: string }>>;
}

async function doorsOf(api: Api): Promise<Record<string, string>> {
	const { doors } = await api.get<Doors>("/readyz");
	return Object.fromEntries(Object.entries(doors).map(([name, door]) => [name, door.address]));
}

/** 50 to 1500 ms after web calls itself ready: into every part of a commit, and now and then into core's own start. */
async function killCore(server: TestServer, chance: Chance): Promise<void> {
	await server.ready();
	await pause(chance.whole(50, 1_500));
	const pid = await server.kill("core");
	await until("core is dead", async () => !(await isAliveNow(pid)));
}

test("S2 J2 T-01 twenty kills of core under load: nothing answered is lost or doubled", {
	timeout: patience(240_000),
}, async () => {
	const chance = new Chance(SEED);
	const place = await mkdtemp(join(tmpdir(), "liaowang-kill-core-"));
	onTestFinished(() => rm(place, { recursive: true, force: true }));
	const server = await startServer({ folder: join(place, "data"), demo: false });
	onTestFinished(() => server.stop());
	const file = join(place, "ledger");
	const ledger = new Ledger(file);
	const root = await setUp(server);
	const site = await quietSite(root);
	const before = await doorsOf(root);
	const officer = new Officer(site.officer, new Chance(SEED + 1));
	const senders = site.senders(server, { http: ledger, devices: ledger }, SEED);
	onTestFinished(() => Promise.all(senders.map((sender) => sender.close())).then(() => undefined));
	for (const sender of senders) sender.start();
	officer.start();
	for (let kill = 0; kill < KILLS; kill++) {
		await killCore(server, chance);
		ledger.sync();
		// Two hundred kills take longer than a session may sit idle (GB/T 22239-2019 8.1.4.1 b).
		if (kill % 20 === 19) {
			await server.ready();
			await root.get("/api/session");
		}
	}
	await server.ready();
	await Promise.all([...senders.map((sender) => sender.drain()), officer.stop()]);
	ledger.close();

	// The senders may be done before web has seen the last core die and come back.
	await server.ready();
	// The ports that the first start was given are kept: no sender had to be told of another one.
	expect(await doorsOf(root)).toEqual(before);

	const compared = await compare(root, file);
	expect(compared.lost).toEqual([]);
	expect(compared.doubled).toEqual([]);
	expect(compared.wrong).toEqual([]);
	// Everything was sent until it was answered.
	expect(compared.stored).toBe(compared.acknowledged);

	const log = await wholeLog(root);
	expect(faultsOfLog(log)).toEqual([]);
	let compareds = 0;
	for (const [channel, readings] of compared.readings) {
		const [asset = "", measure = ""] = channel.split("/");
		const kind = asset.startsWith("m-") ? "bridge" : "regulator";
		for (const [key, limit] of site.limits) {
			if (!key.startsWith(`${kind}/`) || limit.measure !== measure) continue;
			const told = stepsOf(log, `channel:${channel}`, limit.id);
			expect({ channel, steps: told }).toEqual({ channel, steps: replay(limit, readings) });
			compareds += told.length;
		}
	}
	// Alarms came and went by the hundred; a load without them would prove nothing.
	expect(compareds).toBeGreaterThan(KILLS * 10);

	// What the officer was answered is in the log, once, under the seq that the answer named.
	const byCommand = new Map<string, number[]>();
	for (const { commandId, seq } of log) {
		if (commandId === null) continue;
		byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), seq ?? 0]);
	}
	for (const { commandId, seq } of officer.answered) {
		const found = [...byCommand].filter(([key]) => key.endsWith(commandId)).flatMap(([, seqs]) => seqs);
		expect({ commandId, found }).toEqual({ commandId, found: [seq] });
	}
	expect(officer.answered.length).toBeGreaterThan(KILLS);
	expect(byCommand.size).toBe(officer.answered.length);

	await server.stop();
	const reader = openReader({ folder: server.folder });
	onTestFinished(() => reader.close());
	const stored = await reader.transitions(0, log.length + 1);
	expect(stored.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));

	const repeats = senders.reduce((sum, sender) => sum + sender.repeats, 0) + officer.repeats;
	console.info(
		`${KILLS} kills, ${compared.acknowledged} readings acknowledged, 0 lost, 0 doubled, ${compareds} alarm changes as in the reference model, ` +
			`${officer.answered.length} acknowledgements, ${repeats} messages sent again (seed ${SEED})`,
	);
});
