// Screens over real sockets: who may come, what they get, who is closed and why.
import { afterAll, beforeAll, expect, test } from "vitest";
import { GOT_TIMEOUT_MS } from "../../geodata/model/protocol.ts";
import { WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { LinkLost } from "../../server/bus/bus_error.ts";
import { ManualClock, systemClock } from "../../server/clock.ts";
import { Province, someAssets } from "../support/province.ts";
import type { TestWeb } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

let web: TestWeb;

beforeAll(async () => {
	web = await openWeb({ province: new Province({ clock: systemClock, assets: someAssets(6) }) });
});
afterAll(() => web.close());

function login(user: string, expiresAt = Date.now() + 3_600_000): Record<"cookie", string> {
	const idHash = hashOfSecret(user);
	const session = {
		idHash,
		user,
		roles: ["duty" as const],
		scope: WHOLE_PROVINCE,
		createdAt: 0,
		lastSeenAt: 0,
		expiresAt,
	};
	web.province.sessions.set(idHash, session);
	return { cookie: `lw_session=${user}` };
}

test("a reading reaches a screen as one binary packet, an alarm at once, the beat says how far both are", async () => {
	const { province } = web;
	const screen = web.screen(login("anna"));
	await screen.follow();
	expect(screen.page.hellos[0]).toMatchObject({
		epoch: 7,
		demo: true,
		user: "anna",
		roles: ["duty"],
		build: "unbuilt",
	});
	province.latest.write(0, 4_242, 1_000, 1, 3);
	province.followers.tick();
	await screen.until(({ page }) => page.latest.value[0] === 4_242);
	expect([page(screen).severity[0], page(screen).at[0]]).toEqual([3, 1_000]);
	const event = {
		type: "condition",
		severity: 3,
		at: 1,
		value: 1,
		limit: 1,
		clause: null,
		why: "t",
		unverified: false,
	} as const;
	province.alarm("gauge-210102-1", event);
	await screen.until(({ page: { news } }) => news.at(-1)?.seq === 1);
	await screen.until(({ page: { beats } }) => beats.at(-1)?.alarmSeq === 1 && beats.at(-1)?.revision === 1);
});

function page(screen: { page: { latest: { severity: Uint8Array; at: Float64Array } } }) {
	return screen.page.latest;
}

test("form json is the same table for who has no decoder", async () => {
	const screen = web.screen();
	await screen.follow({ form: "json", scope: { districts: ["210102"], systems: ["gas"] } });
	expect(screen.page.jsons[0]).toMatchObject({ epoch: 7, from: 0, to: 1 });
	expect(screen.page.jsons[0]!.value[0]).toBe(42.42);
});

test("a foreign origin is refused at the handshake, our own and none are let in", async () => {
	for (const [origin, isIn] of [
		[web.url, true],
		["http://evil.example", false],
		["null", false],
	] as const) {
		const screen = await web.screen({ origin }).connected();
		expect(screen.socket.connected).toBe(isIn);
	}
});

test("nobody is refused by name: no session, an ended one, a forwarded one", async () => {
	const ended = login("ended", Date.now() - 1);
	for (const options of [{ cookie: "lw_session=guess" }, ended, { headers: { "x-forwarded-for": "10.0.0.1" } }]) {
		const screen = await web.screen(options).connected();
		expect(screen.refused).toMatchObject({ message: "unauthorized", data: { problem: "unauthorized" } });
	}
});

test("there is no way but WebSocket", async () => {
	const polling = await web.get("/socket.io/?EIO=4&transport=polling");
	expect(polling.status).toBe(400);
	expect((await web.get("/socket.io/socket.io.js")).status).not.toBe(200);
});

test("a command goes to core and its answer comes back; without core the answer says so", async () => {
	const screen = await web.screen(login("anna")).connected();
	web.province.answers.command = () => ({ ok: true, seq: 12 });
	const command = { action: "acknowledge", alarmId: "a", body: { commandId: "12345678", occurrence: 1 } };
	expect(await screen.ask("command", command)).toEqual({ ok: true, seq: 12 });
	expect(web.province.asked.findLast(({ name }) => name === "command")?.body).toMatchObject({
		who: { user: "anna" },
		alarmId: "a",
	});
	web.province.answers.command = () => {
		throw new LinkLost("command");
	};
	expect(await screen.ask("command", command)).toMatchObject({ ok: false, problem: "core-away" });
	expect(await screen.ask("command", { action: "explode", alarmId: "a" })).toMatchObject({
		ok: false,
		problem: "bad-command",
	});
});

test("receipts and what was painted reach core in batches", async () => {
	const screen = await web.screen(login("anna")).follow();
	screen.send("receipt", { seq: 1, stage: "received" });
	screen.send("receipt", { seq: 1, stage: "sounding" });
	screen.send("painted", { revision: 1, ms: 4 });
	const asked = (name: string): any => web.province.asked.findLast((one) => one.name === name)?.body;
	await eventually(() => asked("receipts") !== undefined);
	expect(asked("receipts").receipts).toMatchObject([
		{ seq: 1, stage: "received", user: "anna", screen: screen.socket.id },
		{ seq: 1, stage: "sounding" },
	]);
	await eventually(() =>
		asked("screens")?.screens.some((one: any) => one.id === screen.socket.id && one.paintedRevision === 1),
	);
});

test("nonsense is answered as a problem and never hurts the others", async () => {
	const healthy = await web.screen().follow();
	const screen = await web.screen().connected();
	const nonsense: [string, unknown][] = [
		["follow", { scope: { districts: ["x"], systems: null } }],
		["follow", { __proto__: { polluted: 1 }, cells: [-1] }],
		["got", { revision: "1" }],
		["got", { revision: 12 }],
		["toString", {}],
	];
	for (const [event, body] of nonsense) screen.send(event, body);
	await screen.until(({ page: { problems } }) => problems.length === nonsense.length);
	expect(screen.page.problems.map(({ problem }) => problem)).toEqual([
		"bad-follow",
		"bad-follow",
		"bad-got",
		"bad-got",
		"unknown-event",
	]);
	expect(healthy.socket.connected).toBe(true);
	expect(({} as any).polluted).toBeUndefined();
});

test("a flood of messages and an oversized one end their own connection alone", async () => {
	const healthy = await web.screen().follow();
	const flood = await web.screen().connected();
	for (let i = 0; i < 500; i++) flood.send("follow", { cells: [] });
	await flood.until(({ closed }) => closed !== null);
	expect(flood.page.problems.at(-1)?.problem).toBe("flood");
	const large = await web.screen().connected();
	large.send("follow", { cells: [], note: "x".repeat(70_000) });
	await large.until(({ closed }) => closed !== null);
	expect(healthy.socket.connected).toBe(true);
	expect(web.web.figures().refused.flood).toBe(1);
});

test("a session that is ended, and one whose rights changed, lose their sockets with the next beat", async () => {
	const screens = await Promise.all(["eva", "otto", "still"].map((user) => web.screen(login(user)).follow()));
	web.province.sessions.delete(hashOfSecret("eva"));
	const otto = web.province.sessions.get(hashOfSecret("otto"))!;
	web.province.sessions.set(otto.idHash, { ...otto, scope: { districts: ["210100"], systems: null } });
	await Promise.all(screens.slice(0, 2).map((screen) => screen.until(({ closed }) => closed !== null)));
	expect(screens.map((screen) => screen.page.problems.at(-1)?.problem)).toEqual([
		"unauthorized",
		"unauthorized",
		undefined,
	]);
	expect(screens[2]!.socket.connected).toBe(true);
});

test("W2: a screen that does not answer for ten seconds is closed and told why, one that does is not", async () => {
	const clock = new ManualClock(Date.now());
	const other = await openWeb({ clock });
	const answers = await other.screen().follow();
	const silent = await other.screen({ answers: false }).follow();
	// The answer to the first delta must have come before ten seconds pass.
	await answers.ask("command", {});
	clock.advanceTo(clock.now() + GOT_TIMEOUT_MS + 1_000);
	await silent.until(({ closed }) => closed !== null);
	expect(silent.page.problems.at(-1)?.problem).toBe("silent");
	expect(answers.socket.connected).toBe(true);
	expect(other.web.figures().refused.silent).toBe(1);
	await other.close();
});

test("a planned stop says goodbye, with a moment of its own for each screen", async () => {
	const other = await openWeb();
	const screens = await Promise.all(Array.from({ length: 12 }, () => other.screen().follow()));
	await other.web.close();
	await Promise.all(screens.map((screen) => screen.until(({ closed }) => closed !== null)));
	const pauses = screens.map(({ page: { notices } }) => {
		const last = notices.at(-1)!;
		return last.type === "goodbye" ? last.retryAfterMs : Number.NaN;
	});
	expect(pauses.every((pause) => pause >= 500 && pause <= 1_500)).toBe(true);
	expect(new Set(pauses).size).toBeGreaterThan(6);
});

/** Checked with each turn of the loop; the test's own time-out ends it. */
async function eventually(met: () => boolean): Promise<void> {
	while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
}
