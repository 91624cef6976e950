import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, expect, test } from "vitest";
import type { Severity } from "#model/measure.ts";
import { ALLOW_ID, type Outlet } from "#model/outlet.ts";
import { DEFAULT_PLAN } from "#model/reach.ts";
import type { LogLine } from "#model/register.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import { administrator, officer, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { Random } from "../../test/support/random.ts";
import { amount, patience } from "../../test/support/tier.ts";
import { until } from "../../test/support/until.ts";
import type { Store } from "../store/store.ts";
import { type OpenReach, openReach } from "./open.ts";
import type { Network } from "./target.ts";

const ROTA = JSON.stringify({ changes: ["08:00"], teams: [{ name: "甲班", people: ["周", "王", "李"] }] });
const SMS: Outlet = {
	name: "短信",
	type: "webhook",
	enabled: true,
	minLevel: 3,
	districts: [],
	steps: ["deaf", "lead", "repeat"],
	url: "http://10.9.8.7:80/x",
	secret: "s",
	user: "",
	from: "",
	to: [],
	method: "POST",
	contentType: "application/json",
	body: "",
	headers: [],
	expect: "",
};
/** Nothing listens anywhere. */
const nowhere: Network = {
	resolve: async () => [],
	connect: () => {
		const socket = new PassThrough() as unknown as Socket;
		queueMicrotask(() => socket.destroy(Object.assign(new Error("no network"), { code: "ENETUNREACH" })));
		return socket;
	},
};

interface Site {
	it: TestHeart;
	open: OpenReach;
}

const sites: Site[] = [];
afterEach(async () => {
	for (const { it, open } of sites.splice(0)) {
		await open.stop();
		await it.close();
	}
});

function reachOf(it: TestHeart): OpenReach {
	const settings = new Map([["duty.rota", ROTA]]);
	return openReach({ heart: it.heart, settings, placeName: (code) => code, network: nowhere });
}

let commands = 0;
async function act(it: TestHeart, name: string, body: object, who = administrator) {
	commands += 1;
	return it.heart.acts.run({ who, name, body: { commandId: `command-${commands}`, ...body }, source: "test" });
}

async function start(wrap?: (store: Store) => Store): Promise<Site> {
	const it = await startHeart(wrap === undefined ? {} : { wrap });
	const site = { it, open: reachOf(it) };
	sites.push(site);
	return site;
}

interface TestDesk {
	readonly user: string;
	readonly armed: boolean;
	readonly isTalking: boolean;
}

function report({ it, open }: Site, desks: readonly TestDesk[]): void {
	const now = it.clock.now();
	open.door.seen(
		desks.map(({ user, armed, isTalking }) => ({
			id: `s-${user}`,
			user,
			roles: ["duty"],
			scope: WHOLE_PROVINCE,
			paintedAt: now,
			desk: { armed, visible: true, talkingUntil: isTalking ? now + 5_000 : null },
		})),
	);
}

/** Raises the alarm of one subject and waits until it is stored. */
async function raise({ it }: Site, name: string, severity: Severity): Promise<string> {
	const facts = { at: it.clock.now(), value: 1, limit: 1, clause: null, why: "测试", unverified: false };
	it.heart.alarms.set(`system:${name}`, "test", { severity, ...facts });
	await it.heart.recorder.settled();
	const alarm = it.heart.alarms.open().find(({ subject }) => subject === `system:${name}`);
	if (alarm === undefined) throw new Error("not raised");
	return alarm.id;
}

/** Second by second, the desks reporting every two as web does. */
async function pass(site: Site, seconds: number, desks: readonly TestDesk[]): Promise<void> {
	for (let i = 0; i < seconds; i++) {
		if ((site.it.clock.now() / 1_000) % 2 === 0) report(site, desks);
		site.it.clock.advanceTo(site.it.clock.now() + 1_000);
	}
	await site.open.notes.settled();
}

async function stepsOf({ it }: Site, id: string): Promise<LogLine[]> {
	return (await it.heart.store.lines(`alarm:${id}`, 0, 1_000)).filter(({ kind }) => kind === "reach.step");
}

function timeline(lines: readonly LogLine[], from: number): [unknown, number][] {
	return lines.map(({ detail }) => [
		detail.turn === 0 ? detail.step : `repeat ${detail.turn}`,
		(Number(detail.at) - from) / 1_000,
	]);
}

interface Scenario {
	readonly severity: 3 | 4;
	readonly desks: readonly TestDesk[];
	/** Seconds after the raise; null: never. */
	readonly renderedAt: number | null;
	readonly acknowledgedAt: number | null;
}

function scenarioOf(random: Random): Scenario {
	const desk = (user: string): TestDesk => ({ user, armed: random.chance(0.6), isTalking: random.chance(0.3) });
	return {
		severity: random.chance(0.7) ? 4 : 3,
		desks: ["王", "李"].slice(0, random.int(3)).map(desk),
		renderedAt: random.chance(0.5) ? 1 + random.int(60) : null,
		acknowledgedAt: random.chance(0.4) ? 1 + random.int(500) : null,
	};
}

/** What must happen, said another way than the product does. */
function expected({ severity, desks, renderedAt, acknowledgedAt }: Scenario, seconds: number): [string, number][] {
	const level = DEFAULT_PLAN[severity];
	const first = desks[0];
	const seenAt = renderedAt === null || first === undefined || first.isTalking ? Number.POSITIVE_INFINITY : renderedAt;
	const steps: [string, number][] = [];
	if (!desks.some(({ armed }) => armed)) steps.push(["deaf", 4]);
	if (seenAt >= 30) steps.push(["officer", 30]);
	const lead = (level.ackMs ?? 0) / 1_000;
	steps.push(["lead", lead]);
	const every = (level.repeatMs ?? 0) / 1_000;
	for (let turn = 1; lead + turn * every <= seconds; turn++) steps.push([`repeat ${turn}`, lead + turn * every]);
	// Acknowledged in second n: what was due up to n has happened.
	return steps.filter(([, at]) => at <= Math.min(seconds, acknowledgedAt ?? seconds));
}

test("T-44 seeded scenarios of desks, receipts and acknowledgements: each step in its second, once, none after the acknowledgement", {
	timeout: patience(20_000),
}, async () => {
	const site = await start();
	await act(site.it, "reach.outlet", { id: null, outlet: SMS });
	// Every commit of a scenario is a real one; a hundred are the nightly tier, as many seeds as here otherwise.
	const scenarios = amount("LIAOWANG_T44", 30, 100);
	const SECONDS = 520;
	for (let seed = 1; seed <= scenarios; seed++) {
		const scenario = scenarioOf(new Random(seed));
		report(site, scenario.desks);
		const at = site.it.clock.now();
		const id = await raise(site, `t44-${seed}`, scenario.severity);
		const seq = site.it.heart.alarms.get(id)?.seq ?? 0;
		const first = scenario.desks[0]?.user;
		const tell = (stage: "received" | "rendered"): void => {
			if (first !== undefined)
				site.open.door.receipt({ seq, screen: `s-${first}`, user: first, stage, at: site.it.clock.now() });
		};
		tell("received");
		const stops = [scenario.renderedAt, scenario.acknowledgedAt, SECONDS].filter((stop) => stop !== null);
		for (const stop of stops.toSorted((a, b) => a - b)) {
			await pass(site, stop - (site.it.clock.now() - at) / 1_000, scenario.desks);
			if (stop === scenario.renderedAt) tell("rendered");
			if (stop === scenario.acknowledgedAt) {
				const body = { commandId: `acknowledge-${seed}`, occurrence: 1 };
				const command = { who: officer, alarmId: id, action: "acknowledge" as const, body, source: "test" };
				expect(await site.it.heart.commands.run(command)).toMatchObject({ ok: true });
			}
		}
		const steps = await stepsOf(site, id);
		expect(timeline(steps, at), `seed ${seed} ${JSON.stringify(scenario)}`).toEqual(expected(scenario, SECONDS));
		// Whoever was called outside was written down with the message that called.
		for (const { detail } of steps)
			expect((detail.outlets as string[]).length, `seed ${seed}`).toBe(
				detail.step === "officer" && detail.to !== undefined && (detail.to as string[]).length > 0 ? 0 : 1,
			);
		await act(site.it, "reach.plan", { levels: DEFAULT_PLAN.slice(1) });
		if (scenario.acknowledgedAt === null) {
			const body = { commandId: `end-${seed}-0000`, occurrence: 1 };
			await site.it.heart.commands.run({ who: officer, alarmId: id, action: "acknowledge", body, source: "test" });
		}
	}
});

test("T-44 after a restart it goes on where it stood: nothing twice, the lead in its second, what had not gone out goes out", async () => {
	const site = await start();
	await act(site.it, "reach.outlet", { id: null, outlet: { ...SMS, steps: ["deaf", "officer", "lead"] } });
	const desks: TestDesk[] = [{ user: "王", armed: false, isTalking: false }];
	const at = site.it.clock.now();
	const id = await raise(site, "restart", 4);
	await pass(site, 40, desks);
	expect(timeline(await stepsOf(site, id), at)).toEqual([
		["deaf", 4],
		["officer", 30],
	]);
	const before = site.open.outbox
		.recent()
		.map((delivery) => delivery.id)
		.sort();
	await site.open.stop();
	site.it = await site.it.restart();
	site.open = reachOf(site.it);
	await site.open.loaded;
	// Neither message had got through: both are tried again, under their own ids.
	expect(
		site.open.outbox
			.recent()
			.map((delivery) => delivery.id)
			.sort(),
	).toEqual(before);
	await pass(site, 100, desks);
	expect(timeline(await stepsOf(site, id), at)).toEqual([
		["deaf", 4],
		["officer", 30],
		["lead", 120],
	]);
});

test("T-44 a store that cannot write holds up nobody: the steps are taken in time and written down when it can", async () => {
	let isDown = false;
	const site = await start(
		(store) =>
			new Proxy(store, {
				get(target, name) {
					if (name === "commit" && isDown) return () => Promise.reject(new Error("EIO"));
					const own = Reflect.get(target, name);
					return typeof own === "function" ? own.bind(target) : own;
				},
			}),
	);
	await act(site.it, "reach.outlet", { id: null, outlet: SMS });
	const at = site.it.clock.now();
	const id = await raise(site, "down", 4);
	isDown = true;
	await pass(site, 121, []);
	expect(
		site.open.outbox
			.recent()
			.map((delivery) => (delivery.at - at) / 1_000)
			.sort((a, b) => a - b),
	).toEqual([4, 120]);
	expect(await stepsOf(site, id)).toEqual([]);
	isDown = false;
	await pass(site, 2, []);
	await site.open.notes.settled();
	expect((await stepsOf(site, id)).map(({ detail }) => detail.step)).toEqual(["deaf", "officer", "lead"]);
});

test("T-44 a storm is one message that names the worst, and a channel that fails is itself an alarm", async () => {
	const site = await start();
	const made = await act(site.it, "reach.outlet", { id: null, outlet: SMS });
	for (let i = 0; i < 50; i++) {
		const facts = { at: site.it.clock.now(), value: 1, limit: 1, clause: null, why: "测试", unverified: false };
		site.it.heart.alarms.set(`system:storm-${i}`, "test", { severity: i === 33 ? 4 : 3, ...facts });
	}
	await site.it.heart.recorder.settled();
	await pass(site, 6, []);
	const [delivery] = site.open.outbox.recent();
	expect(site.open.outbox.recent()).toHaveLength(1);
	expect(delivery?.words.title).toContain("红色");
	expect(delivery?.words.title).toContain("storm-33");
	expect(delivery?.words.count).toBe(50);
	expect(delivery?.tries[0]?.problem).toMatchObject({ problem: "not-allowed" });
	// Three tries later the channel is an alarm of its own, about which it is not asked to tell.
	for (let i = 0; i < 40; i++) await pass(site, 1, []);
	const own = site.it.heart.alarms.open().find(({ rule }) => rule === "outlet-failed");
	expect(own).toMatchObject({ subject: `system:outlet-${made.ok ? made.id : ""}`, severity: 3, active: true });
	await pass(site, 6, []);
	expect(site.open.outbox.recent().every(({ words }) => !words.title.includes("outlet-"))).toBe(true);
});

test("T-44 secrets stay in core, a test message is told by its channel, and only an administrator changes any of it", async () => {
	const site = await start();
	expect(await act(site.it, "reach.outlet", { id: null, outlet: SMS }, officer)).toMatchObject({
		problem: "forbidden",
	});
	const made = await act(site.it, "reach.outlet", {
		id: null,
		outlet: { ...SMS, secret: "SECRET", url: "http://10.9.8.7:80/x?key=SECRET" },
	});
	expect(await act(site.it, "reach.allow", { entries: ["*:80"] })).toMatchObject({ problem: "bad-act" });
	expect(await act(site.it, "reach.allow", { entries: ["10.9.8.7:80"] })).toMatchObject({ ok: true });
	expect(site.it.heart.register.find("allow", ALLOW_ID)?.body).toEqual({ entries: ["10.9.8.7:80"] });
	report(site, [{ user: "王", armed: true, isTalking: false }]);
	const view = site.open.door.view(administrator);
	expect(view).toMatchObject({
		present: 1,
		armed: 1,
		allow: ["10.9.8.7:80"],
		roster: { people: ["周", "王", "李"], lead: "周" },
	});
	expect(JSON.stringify(view)).not.toContain("SECRET");
	expect(site.open.door.view(officer)).toMatchObject({ outlets: null, allow: null, desks: [{ user: "王" }] });
	const viewer = { user: "v", roles: ["viewer" as const], scope: WHOLE_PROVINCE };
	expect(site.open.door.view(viewer)).toMatchObject({
		present: 1,
		armed: 1,
		desks: null,
		roster: null,
		deliveries: null,
	});
	const tested = await act(site.it, "reach.test", { id: made.ok ? made.id : "" });
	await until("the test message is settled", () => site.open.outbox.recent()[0]?.state === "failed");
	await site.open.notes.settled();
	expect(site.open.outbox.recent()[0]).toMatchObject({
		id: tested.ok ? tested.message : "",
		isTest: true,
		state: "failed",
	});
	const lines = await site.it.heart.store.lines(`outlet:${made.ok ? made.id : ""}`, 0, 100);
	expect(lines.map(({ kind }) => kind)).toEqual(["reach.test", "reach.delivery"]);
	expect(site.it.heart.alarms.open()).toEqual([]);
});
