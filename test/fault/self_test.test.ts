// The self-test of the chain over every real part of it, core to page and back, under a clock that the test moves: each stage is
// broken in turn, and each break is told outside within 90 s. Only the carriers between the parts (bus, socket) are queues here.
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { AlarmBook } from "../../client/live/alarms.ts";
import { ServerClock } from "../../client/live/clock.ts";
import { PageLatest } from "../../client/live/latest.ts";
import { Wire } from "../../client/live/wire.ts";
import type { Outlet } from "../../geodata/model/outlet.ts";
import { Mirror } from "../../server/bus/mirror.ts";
import { coreHost } from "../../server/live/host.ts";
import { Screens } from "../../server/live/screens.ts";
import { type OpenReach, openReach } from "../../server/reach/open.ts";
import type { Network } from "../../server/reach/target.ts";
import type { Store } from "../../server/store/store.ts";
import { Broadcast } from "../../server/wire/broadcast.ts";
import { TokenBucket } from "../../server/wire/bucket.ts";
import { EVENT_BURST, EVENT_RATE, type SocketEvents, socketEvents } from "../../server/wire/events.ts";
import { hear } from "../../server/wire/hear.ts";
import { Pace } from "../../server/wire/pace.ts";
import { Receipts } from "../../server/wire/receipts.ts";
import { Session } from "../../server/wire/session.ts";
import { Views } from "../../server/wire/view.ts";
import { administrator, officer, startHeart, type TestHeart } from "../support/heart.ts";
import { TestLink } from "../support/test_link.ts";
import { isNightly } from "../support/tier.ts";

const CITIES = ["210100", "210200", "210300"];
const OUTLET: Outlet = {
	name: "电话",
	type: "webhook",
	enabled: true,
	minLevel: 1,
	districts: [],
	steps: ["deaf", "lead", "repeat"],
	url: "http://10.9.8.7:80/",
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

/** What a break may reach into. Members that TypeScript hides are reached through `any`, as a fault would reach them. */
interface Chain {
	readonly it: TestHeart;
	readonly open: OpenReach;
	readonly self: any;
	readonly link: TestLink;
	readonly mirror: any;
	readonly sessions: Session[];
	readonly session: Session;
	readonly receipts: any;
	readonly events: SocketEvents;
	readonly wire: Wire;
	readonly carrier: { handlers: Map<string, (value: never) => void>; waiting: number };
	store: { commit: "works" | "fails" | "hangs"; readonly hanging: (() => void)[] };
	flushes: boolean;
}

const chains: Chain[] = [];
afterEach(async () => {
	for (const { it, open, receipts, link, mirror, store } of chains.splice(0)) {
		store.commit = "works";
		for (const done of store.hanging) done();
		for (const stop of receipts.stops) stop();
		await open.stop();
		link.cut();
		mirror.close();
		await it.close();
	}
});

/** A disk whose moods the test decides; what is committed is not what this is about. */
function moody(mood: Chain["store"]): (store: Store) => Store {
	return (store) =>
		new Proxy(store, {
			get(target, name) {
				if (name === "commit" && mood.commit === "fails") return () => Promise.reject(new Error("EIO"));
				if (name === "commit" && mood.commit === "hangs")
					return () => new Promise<void>((done) => mood.hanging.push(done));
				const own = Reflect.get(target, name);
				return typeof own === "function" ? own.bind(target) : own;
			},
		});
}

async function build(network?: Network): Promise<Chain> {
	const store: Chain["store"] = { commit: "works", hanging: [] };
	const it = await startHeart({ wrap: moody(store) });
	const { clock, heart } = it;
	const open = openReach({
		heart,
		settings: new Map(),
		placeName: (code) => code,
		selfTestOf: CITIES,
		...(network === undefined ? {} : { network }),
	});
	const body = { commandId: "command-1", id: null, outlet: OUTLET };
	await heart.acts.run({ who: administrator, name: "reach.outlet", body, source: "test" });
	const link = new TestLink(() => clock.now());
	const mirror = new Mirror(link, clock);
	const pace = new Pace(mirror, clock);
	const views = new Views(mirror);
	const sessions: Session[] = [];
	const receipts = new Receipts(link, clock, () => sessions, 2_000);
	mirror.listen(new Broadcast(pace, views, () => sessions));
	mirror.listen({ selfTest: (n) => receipts.selfTest(n, clock.now()) });
	link.attach(coreHost(heart, new Screens(heart.alarms), open.door));
	link.flush();
	const events = socketEvents({ core: link, clock, receipts });
	const carrier: Chain["carrier"] = { handlers: new Map(), waiting: 0 };
	const { session, wire } = pageOf(it, { mirror, views, pace, events, carrier });
	sessions.push(session);
	const chain: Chain = {
		it,
		open,
		self: open.selfTest,
		link,
		mirror,
		sessions,
		session,
		receipts,
		events,
		wire,
		carrier,
		store,
		flushes: true,
	};
	chains.push(chain);
	return chain;
}

interface WebParts {
	readonly mirror: Mirror;
	readonly views: Views;
	readonly pace: Pace;
	readonly events: SocketEvents;
	readonly carrier: Chain["carrier"];
}

/** A session of the server and the page's own wire, joined where the socket would be. */
function pageOf(it: TestHeart, { mirror, views, pace, events, carrier }: WebParts): { session: Session; wire: Wire } {
	const { clock, heart } = it;
	const deliver = (event: string) => (value: unknown) => carrier.handlers.get(event)?.(value as never);
	const port = {
		hello: deliver("hello"),
		delta: deliver("delta"),
		alarms: deliver("alarms"),
		alarm: deliver("alarm"),
		urgent: deliver("urgent"),
		beat: deliver("beat"),
		notice: deliver("notice"),
		problem: deliver("problem"),
		get waiting() {
			return carrier.waiting;
		},
		close: () => undefined,
	};
	const parts = {
		mirror,
		views,
		pace,
		store: heart.store,
		clock,
		build: "test",
		fault: (error: Error) => {
			throw error;
		},
	};
	const session = new Session("desk-1", officer, port, parts as never);
	const speaker = { session, bucket: new TokenBucket(EVENT_RATE, EVENT_BURST, clock.now()), source: "test" };
	const rules = { events, clock, log: { warn: () => undefined }, flooded: () => undefined };
	const wire: Wire = new Wire(
		{
			connected: true,
			on: (event: string, handler: (value: never) => void) => carrier.handlers.set(event, handler),
			emit: (event: string, ...values: unknown[]) => hear(speaker, event, values, rules as never),
			timeout: () => ({ emitWithAck: async () => undefined }),
			connect: () => undefined,
			disconnect: () => undefined,
		},
		{
			latest: new PageLatest(),
			alarms: new AlarmBook(),
			clock: new ServerClock(),
			elapsed: () => clock.now(),
			local: () => clock.now(),
			chance: () => 0,
			later: () => undefined,
			onHello: () => undefined,
			onRows: () => undefined,
			onBeat: () => undefined,
			// As live.ts does it.
			onNotice: (notice) => {
				if (notice.type === "self-test") wire.selfTested(notice.n);
			},
		},
	);
	carrier.handlers.get("connect")?.(undefined as never);
	session.greet();
	wire.desk({ armed: true, talkingUntil: null, visible: true });
	return { session, wire };
}

/** Second by second; between two, everything that is under way arrives. */
async function pass(chain: Chain, seconds: number, isOver: () => boolean = () => false): Promise<number> {
	for (let i = 1; i <= seconds; i++) {
		chain.it.clock.advanceTo(chain.it.clock.now() + 1_000);
		await arrive(chain);
		if (isOver()) return i;
	}
	return seconds;
}

/** A commit is a real one: its worker is waited for, unless this disk never answers. */
async function arrive(chain: Chain): Promise<void> {
	for (let rounds = 0; rounds < 4; rounds++) {
		if (chain.store.commit === "works") await chain.it.heart.recorder.settled().catch(() => undefined);
		await new Promise((resolve) => setImmediate(resolve));
		if (chain.flushes) chain.link.flush();
	}
}

function announced({ open }: Chain): string[] {
	return open.outbox.recent().map(({ words }) => words.title);
}

const nothing = (): undefined => undefined;

const BREAKS: Readonly<Record<string, (chain: Chain) => void>> = {
	"the pipeline takes nothing": ({ self }) => {
		self.pipeline.accept = nothing;
	},
	"the pipeline loses one city": ({ self }) => {
		const accept = self.pipeline.accept.bind(self.pipeline);
		self.pipeline.accept = (readings: { asset: string }[], from: string) =>
			readings[0]?.asset === "self-test-210200" ? undefined : accept(readings, from);
	},
	"the row refuses every reading": ({ self }) => {
		self.pipeline.one = () => null;
	},
	"the judge does not judge": ({ self }) => {
		self.pipeline.parts.judge.value = () => 0;
	},
	"the limit is gone": ({ self }) => {
		for (const row of [...self.pipeline.parts.judge.rows.keys()]) self.pipeline.parts.judge.forget(row);
	},
	"no alarm is set": ({ self }) => {
		self.pipeline.parts.judge.alarms.set = () => false;
	},
	"no transition comes of it": ({ self }) => {
		self.pipeline.parts.judge.alarms.recorder = () => ({ change: nothing });
	},
	"the recorder never answers": ({ self }) => {
		self.parts.recorder = { edit: () => new Promise(nothing) };
	},
	"the disk refuses": ({ store }) => {
		store.commit = "fails";
	},
	"the disk hangs": ({ store }) => {
		store.commit = "hangs";
	},
	"core tells nobody": ({ it }) => {
		(it.heart.followers as any).revisions = new Map();
	},
	"the bus carries nothing": (chain) => {
		chain.flushes = false;
	},
	"web does not take it": ({ mirror }) => {
		mirror.take = nothing;
		mirror.listeners.clear();
	},
	"the sessions are not told": ({ mirror }) => {
		for (const listener of mirror.listeners) if (listener instanceof Broadcast) listener.selfTest = nothing;
	},
	"the screen's lane is behind": ({ session }) => {
		(session.lane as any).state = "behind";
		(session.lane as any).resume = nothing;
	},
	"the socket takes no packets": ({ carrier }) => {
		carrier.waiting = 10_000;
	},
	"the page does not hear": ({ carrier }) => {
		carrier.handlers.delete("notice");
	},
	"the page is cut off": ({ wire }) => {
		wire.isConnected = false;
	},
	"the receipt has no handler": ({ events }) => {
		(events.receipt as any).handle = nothing;
	},
	"web keeps the receipts": ({ receipts }) => {
		receipts.flush = nothing;
	},
	"core does not take the receipts": ({ link }) => {
		link.call = (async () => {
			throw new Error("away");
		}) as never;
	},
	"nobody counts the answers": ({ open }) => {
		(open.door as any).selfTested = nothing;
	},
};

/** One of each part of the chain runs with every change; the long tier breaks all of them. */
const CHOSEN = [
	"the pipeline loses one city",
	"the disk hangs",
	"the bus carries nothing",
	"the screen's lane is behind",
	"the page does not hear",
	"web keeps the receipts",
];
const names = Object.keys(BREAKS).filter((name) => isNightly || CHOSEN.includes(name));

test.each(names)("T-45 broken: %s: an alarm, and told outside within 90 s", { timeout: 60_000 }, async (name) => {
	const chain = await build();
	await pass(chain, 70);
	expect(chain.open.door.view(administrator).selfTest).toMatchObject({ failing: false, withPage: true, stage: "page" });
	expect(announced(chain)).toEqual([]);
	BREAKS[name]?.(chain);
	const seconds = await pass(chain, 100, () => announced(chain).length > 0);
	expect(seconds).toBeLessThanOrEqual(90);
	expect(announced(chain)).toEqual(["【红色报警】瞭望报警链路自检失败"]);
	expect(chain.open.door.view(administrator).selfTest?.failing).toBe(true);
	expect(chain.it.alarm("self-test-failed")).toMatchObject({ severity: 4, active: true });
});

test("T-45 there are at least twenty stages to break", () => {
	expect(Object.keys(BREAKS).length).toBeGreaterThanOrEqual(20);
});

test("T-45 ten minutes of a whole chain: no alarm, no number of the log, nothing in any list, nothing to hear", {
	timeout: 60_000,
}, async () => {
	const chain = await build();
	await pass(chain, 600);
	expect(chain.open.door.view(administrator).selfTest).toMatchObject({ failing: false, withPage: true });
	expect(chain.it.heart.recorder.lastSeq).toBe(0);
	expect(chain.it.heart.alarms.open()).toEqual([]);
	expect(chain.mirror.alarms.size).toBe(0);
	expect(announced(chain)).toEqual([]);
});

/** The other side of a watch: takes everything, and notes when. */
function watchOutside(now: () => number): { readonly network: Network; readonly beats: number[] } {
	const beats: number[] = [];
	const connect = (): Socket => {
		const socket = new Duplex({
			read: nothing,
			write: (_bytes, _encoding, done) => {
				beats.push(now());
				socket.push("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
				done();
			},
		});
		return socket as Socket;
	};
	return { network: { resolve: async () => [], connect }, beats };
}

test("T-45 the chain mends: the alarm ends, and that is told too; the heartbeat to the outside stands still between", {
	timeout: 60_000,
}, async () => {
	let clock = { now: () => 0 };
	const { network, beats } = watchOutside(() => clock.now());
	const chain = await build(network);
	clock = chain.it.clock;
	const act = (name: string, body: object) =>
		chain.it.heart.acts.run({
			who: administrator,
			name,
			body: { commandId: `beat-${name.replace(".", "-")}`, ...body },
			source: "test",
		});
	await act("reach.allow", { entries: ["10.9.8.6:80"] });
	const beat: Outlet = {
		...OUTLET,
		name: "看门",
		type: "heartbeat",
		url: "http://10.9.8.6:80/beat",
		method: "GET",
		everyS: 10,
	};
	const made = await act("reach.outlet", { id: null, outlet: beat });
	await pass(chain, 40);
	expect(beats).toHaveLength(4);
	const row = () => chain.open.door.view(administrator).outlets?.find(({ id }) => made.ok && id === made.id);
	expect(row()?.beat).toEqual({ at: beats.at(-1), isStopped: false });
	const hears = chain.carrier.handlers.get("notice");
	chain.carrier.handlers.delete("notice");
	const brokeAt = clock.now();
	await pass(chain, 100);
	expect(chain.it.alarm("self-test-failed")?.active).toBe(true);
	// A watch that waits two minutes rings within three of any break.
	expect((beats.at(-1) ?? 0) - brokeAt).toBeLessThanOrEqual(90_000);
	const before = beats.length;
	await pass(chain, 20);
	expect(beats).toHaveLength(before);
	expect(row()?.beat).toMatchObject({ isStopped: true });
	if (hears !== undefined) chain.carrier.handlers.set("notice", hears);
	await pass(chain, 35);
	expect(chain.it.alarm("self-test-failed")?.active).toBe(false);
	expect(announced(chain)[0]).toBe("【恢复】瞭望报警链路自检");
	expect(beats.length).toBeGreaterThan(before);
	// What is told outside goes through the channels for people, not through the watch's.
	expect(chain.open.outbox.recent().map(({ name }) => name)).not.toContain("看门");
});

test("T-45 no desk is manned: web's own answer is enough, and the page says that the last part is not proved", {
	timeout: 60_000,
}, async () => {
	const chain = await build();
	chain.sessions.length = 0;
	await pass(chain, 200);
	expect(chain.open.door.view(administrator).selfTest).toMatchObject({
		failing: false,
		withPage: false,
		stage: "told",
	});
});
