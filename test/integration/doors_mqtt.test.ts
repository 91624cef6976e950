// The built-in MQTT broker: real connections, some by a client library and some byte by byte, into a real heart over a real
// store. An acknowledged message is on the disk; whoever breaks the rules is cut off and counted.
import mqtt from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Door } from "../../server/ingest/door.ts";
import { openMqttDoor } from "../../server/ingest/mqtt.ts";
import type { SocketLimitOptions } from "../../server/ingest/tcp.ts";
import { type DoorHeart, startDoorHeart, Wire } from "../support/door_heart.ts";
import { administrator } from "../support/heart.ts";
import * as bytes from "../support/mqtt_bytes.ts";
import { NOW } from "../support/systems.ts";
import { until } from "../support/until.ts";

const TOPIC = "lw/v1/210102/dust/dust-1";
const KEY = "dust-1-secret";
const MASTER = "master-key";
const good = (value: number, at = NOW) => ({ value, at, quality: "good" });
const body = (v: object, more: object = {}) => JSON.stringify({ at: NOW, v, ...more });

let heart: DoorHeart;
let door: Door;
const wires: Wire[] = [];
const clients: mqtt.MqttClient[] = [];

async function open(options: SocketLimitOptions = {}, more: Parameters<typeof startDoorHeart>[0] = {}): Promise<void> {
	heart = await startDoorHeart(more);
	await heart.addDevice("mqtt", "dust-1", "dust-1", KEY);
	door = await openMqttDoor({ host: "127.0.0.1", port: 0, ...options }, heart.context);
}

async function reopen(...how: Parameters<typeof open>): Promise<void> {
	await door.close();
	await heart.close();
	await open(...how);
}

beforeEach(() => open());

afterEach(async () => {
	for (const client of clients.splice(0)) client.end(true);
	for (const wire of wires.splice(0)) wire.drop();
	heart.gate.release();
	await door.close();
	await heart.close();
});

async function library(options: mqtt.IClientOptions = {}): Promise<mqtt.MqttClient> {
	const client = mqtt.connect(`mqtt://${door.address}`, {
		username: "dust-1",
		password: KEY,
		reconnectPeriod: 20,
		clean: false,
		clientId: "station",
		...options,
	});
	clients.push(client);
	client.on("error", () => undefined);
	await until("the connection", () => client.connected);
	return client;
}

async function dial(hello: bytes.Hello | null = { user: "dust-1", password: KEY }): Promise<Wire> {
	const wire = await Wire.dial(door.address);
	wires.push(wire);
	if (hello === null) return wire;
	wire.send(bytes.connectPacket(hello));
	expect(await wire.take(4)).toEqual(bytes.connack(0));
	return wire;
}

/** Shows that everything sent before has been looked at: the line stands and nothing was acknowledged. */
async function ping(wire: Wire): Promise<void> {
	wire.send(bytes.PING);
	expect(await wire.take(2)).toEqual(bytes.PING_ANSWER);
}

test("J1 a message of QoS 1 is acknowledged only after the commit that holds it", async () => {
	const wire = await dial();
	const other = await dial({ user: "dust-1", password: KEY, clientId: "other" });
	heart.gate.hold();
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 214, noise: 63.4 }, { q: { noise: "suspect" } }), { id: 7 }));
	await until("the commit", () => heart.gate.waiting === 1);
	await ping(other);
	expect(wire.received.length).toBe(0);
	heart.gate.release();
	expect(await wire.take(4)).toEqual(bytes.puback(7));
	expect(await heart.stored("dust-1", "tsp")).toEqual([[NOW, 214]]);
	expect(heart.latest("dust-1", "noise")).toEqual({ value: 63.4, at: NOW, quality: "suspect" });
	expect(heart.heart.counters.of("mqtt")).toMatchObject({ frames: 1, readings: 2 });
});

test("J1 what could not be stored is not acknowledged; the client connects anew, sends again, and it is stored once", async () => {
	const client = await library();
	heart.gate.isFailing = true;
	const acknowledged = client.publishAsync(TOPIC, body({ tsp: 214 }), { qos: 1 });
	let isDone = false;
	void acknowledged.then(() => {
		isDone = true;
	});
	await until("two refusals", () => heart.gate.failed >= 2);
	expect(isDone).toBe(false);
	expect(await heart.stored("dust-1", "tsp")).toEqual([]);
	heart.gate.isFailing = false;
	await acknowledged;
	expect(await heart.stored("dust-1", "tsp")).toEqual([[NOW, 214]]);
});

test("J1 acknowledgements keep the order of the messages", async () => {
	const wire = await dial();
	const other = await dial({ user: "dust-1", password: KEY, clientId: "other" });
	heart.gate.hold();
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 1 }), { id: 1 }));
	wire.send(bytes.publishPacket(TOPIC, "no JSON", { id: 2 }));
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 2 }, { at: NOW + 1 }), { id: 3 }));
	await until("the commit", () => heart.gate.waiting > 0);
	await until("the refusal", () => heart.refused("bad-json") === 1);
	await ping(other);
	expect(wire.received.length).toBe(0);
	heart.gate.release();
	expect(await wire.take(12)).toEqual(Buffer.concat([1, 2, 3].map(bytes.puback)));
});

test("QoS 0 is stored too, and a client that could not be stored is not cut off for it", async () => {
	const wire = await dial();
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 5 }), { qos: 0 }));
	await until("the value", async () => (await heart.stored("dust-1", "tsp")).length === 1);
	heart.gate.isFailing = true;
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 6 }, { at: NOW + 1 }), { qos: 0 }));
	await until("the failed commit", () => heart.gate.failed > 0);
	await ping(wire);
});

test("T-23 content that can never be stored is acknowledged, counted, its sample kept; good values beside it are stored", async () => {
	const client = await library();
	const cases: [payload: string | Buffer, ...codes: string[]][] = [
		["", "bad-json"],
		["[]", "bad-payload"],
		["null", "bad-payload"],
		['{"at":1}', "bad-payload"],
		[body({ tsp: 1 }, { extra: 1 }), "bad-payload"],
		[body({ tsp: 1 }, { q: [] }), "bad-payload"],
		[Buffer.from([0x7b, 0xff, 0x7d]), "bad-json"],
		['{"at":1795305600000,"v":{"tsp":1e999}}', "not-a-number"],
		['{"at":1795305600,"v":{"tsp":1}}', "bad-time"],
		['{"at":"2026-11-22 08:00","v":{"tsp":1}}', "bad-time"],
		[body({ tsp: "1" }), "not-a-number"],
		[body({ tspMean: 1 }), "derived-measure"],
		[body({ unknown: 1 }), "unknown-measure"],
		[body({ tsp: 1 }, { q: { tsp: "fine" } }), "bad-quality"],
		[body({}, { q: { tsp: "good" } }), "no-value"],
		[body({ tsp: 1 }, { q: { ["x".repeat(70_000)]: "good" } }).slice(0, 65_540), "too-large"],
		[body(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`m${n}`, n]))), "too-many"],
	];
	for (const [payload, ...codes] of cases) {
		const before = heart.refusals.length;
		await client.publishAsync(TOPIC, payload, { qos: 1 });
		expect([String(payload).slice(0, 80), ...heart.refusals.slice(before).map(({ code }) => code)]).toEqual([
			String(payload).slice(0, 80),
			...codes,
		]);
		expect(heart.refusals.at(-1)?.address).toBe("mqtt/dust-1");
	}
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	await client.publishAsync(TOPIC, body({ tsp: 9, pm10: "x", noise: null }), { qos: 1 });
	expect(heart.latest("dust-1", "tsp")).toEqual(good(9));
	expect(heart.latest("dust-1", "noise")).toEqual({ value: null, at: NOW, quality: "bad" });
	expect(heart.refusals.at(-1)?.sample).toContain('"pm10":"x"');
});

test("an ISO time is taken as well as epoch milliseconds", async () => {
	const client = await library();
	await client.publishAsync(TOPIC, body({ tsp: 9 }, { at: "2026-11-22T08:00:00+08:00" }), { qos: 1 });
	expect(heart.latest("dust-1", "tsp")).toEqual(good(9));
});

test("T-23 who publishes where he may not, retained, at QoS 2 or with a wildcard, is cut off without an acknowledgement", async () => {
	const breaches: [code: string | null, packet: Buffer][] = [
		["not-yours", bytes.publishPacket("lw/v1/210102/dust/dust-2", body({ tsp: 1 }))],
		["wrong-place", bytes.publishPacket("lw/v1/210103/dust/dust-1", body({ tsp: 1 }))],
		["wrong-place", bytes.publishPacket("lw/v1/210102/crane/dust-1", body({ tsp: 1 }))],
		["bad-topic", bytes.publishPacket("lw/v1/210102/dust/dust-1/more", body({ tsp: 1 }))],
		["bad-topic", bytes.publishPacket("lw/v2/210102/dust/dust-1", body({ tsp: 1 }))],
		["bad-topic", bytes.publishPacket("$SYS/broker/new/clients", "station")],
		["retained", bytes.publishPacket(TOPIC, body({ tsp: 1 }), { retain: true })],
		["qos-2", bytes.publishPacket(TOPIC, body({ tsp: 1 }), { qos: 2 })],
		[null, bytes.publishPacket("lw/v1/#", body({ tsp: 1 }))],
		[null, bytes.publishPacket("lw/v1/+/dust/dust-1", body({ tsp: 1 }))],
		[null, bytes.publishPacket("", body({ tsp: 1 }))],
		[null, bytes.publishPacket("/".repeat(500), body({ tsp: 1 }))],
		[null, bytes.packet(0xf0, Buffer.alloc(0))],
	];
	for (const [code, packet] of breaches) {
		const before = heart.refusals.length;
		const wire = await dial();
		wire.send(packet);
		await wire.closed();
		expect(wire.received.length).toBe(0);
		await until("the count", () => heart.refusals.length > before);
		expect(heart.refusals.slice(before).map((refusal) => refusal.code)).toEqual([code ?? "bad-packet"]);
	}
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	expect(heart.latest("dust-2", "tsp")).toBeNull();
});

test("nobody may subscribe, so nobody hears what others publish", async () => {
	const wire = await dial();
	for (const filter of ["#", TOPIC, "$SYS/#", "+/v1/#"]) {
		wire.send(bytes.subscribePacket(filter, 5));
		expect(await wire.take(5)).toEqual(Buffer.of(0x90, 3, 0, 5, 0x80));
	}
	const other = await library();
	await other.publishAsync(TOPIC, body({ tsp: 9 }), { qos: 1 });
	await ping(wire);
	expect(wire.received.length).toBe(0);
	expect(heart.refused("subscribe-refused")).toBe(4);
});

test("T-22 keys: the wrong one and the unknown user are refused with code 4; strangers wait in quarantine", async () => {
	const denied = async (hello: bytes.Hello, code = 4): Promise<void> => {
		const wire = await dial(null);
		wire.send(bytes.connectPacket(hello));
		expect(await wire.take(4)).toEqual(bytes.connack(code));
		await wire.closed();
	};
	await denied({ user: "dust-1", password: "wrong-key" });
	await denied({ user: "dust-1" });
	await denied({});
	await denied({ user: "stranger", password: "whatever" });
	await denied({ user: "", password: KEY });
	await denied({ user: "a".repeat(65), password: MASTER }, 2);
	await denied({ user: "dust-1", password: KEY, clientId: "x".repeat(129) }, 2);
	await denied({ user: "dust-1", password: KEY, clientId: "turn\u202eed" }, 2);
	expect(heart.heart.quarantine.list().map(({ address }) => address)).toEqual(["stranger"]);
	expect([heart.refused("bad-key"), heart.refused("unknown-device"), heart.refused("bad-client-id")]).toEqual([
		4, 1, 3,
	]);
	expect(JSON.stringify(heart.refusals)).not.toContain("wrong-key");
	for (const user of ["anybody", "", "__proto__", "站点"]) {
		const wire = await dial({ user, password: MASTER, clientId: "" });
		wire.send(bytes.publishPacket("lw/v1/210102/dust/dust-3", body({ tsp: 3 })));
		expect(await wire.take(4)).toEqual(bytes.puback(1));
	}
	expect(heart.latest("dust-3", "tsp")).toEqual(good(3));
});

test("one client id: the same user's new line takes the old one's place, another user's does not", async () => {
	await heart.addDevice("mqtt", "dust-2", "dust-2", "dust-2-secret");
	const mine = await dial({ user: "dust-1", password: KEY, clientId: "x" });
	const foreign = await dial({ user: "dust-2", password: "dust-2-secret", clientId: "x" });
	await ping(mine);
	await dial({ user: "dust-1", password: KEY, clientId: "x" });
	await mine.closed();
	await ping(foreign);
});

test("what is published for an asset that was removed is refused", async () => {
	const wire = await dial();
	await heart.heart.editor.removeAsset(administrator, "dust-1", "test");
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 1 })));
	expect(await wire.take(4)).toEqual(bytes.puback(1));
	expect(heart.refused("unknown-asset")).toBe(1);
});

test("a last will is ignored: it says nothing when the line breaks", async () => {
	const will = { topic: TOPIC, payload: body({ tsp: 999 }) };
	const wire = await dial({ user: "dust-1", password: KEY, will });
	wire.drop();
	const next = await dial();
	next.send(bytes.publishPacket(TOPIC, body({ pm10: 1 })));
	await next.take(4);
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	expect(heart.refused("will-ignored")).toBe(1);
});

test("T-24 a connection that is not signed in after 10 s ends; signed-in ones stay", async () => {
	const slow = await Promise.all(Array.from({ length: 100 }, () => dial(null)));
	for (const wire of slow) wire.send(bytes.connectPacket().subarray(0, 5));
	const healthy = await dial();
	heart.clock.advanceTo(NOW + 9_999);
	await ping(healthy);
	expect(slow.some((wire) => wire.isClosed)).toBe(false);
	heart.clock.advanceTo(NOW + 10_000);
	await Promise.all(slow.map((wire) => wire.closed()));
	expect(heart.refused("slow-handshake")).toBe(100);
	await ping(healthy);
});

test("T-24 a packet that announces more than 64 KiB is cut off before it is gathered; connections are bounded", async () => {
	const wire = await dial();
	wire.send(Buffer.of(0x32, 0xff, 0xff, 0xff, 0x7f));
	await wire.closed();
	expect(heart.refused("packet-too-long")).toBe(1);
	await reopen({ perAddress: 2 });
	await dial({ user: "dust-1", password: KEY, clientId: "a" });
	await dial({ user: "dust-1", password: KEY, clientId: "b" });
	await (await dial(null)).closed();
	expect(heart.refused("too-many-from-address")).toBe(1);
});

test("T-22 a flooding gateway waits for its acknowledgements; nothing is thinned, its order is kept", async () => {
	let ms = 300;
	await reopen({}, { paceMs: () => ms });
	const wire = await dial();
	for (let id = 1; id <= 20; id++) wire.send(bytes.publishPacket(TOPIC, body({ tsp: id }, { at: NOW + id }), { id }));
	await until("the bound", () => heart.refused("slow-down") >= 1);
	heart.clock.advanceTo(NOW + 299);
	expect(wire.received.length).toBe(0);
	ms = 0;
	heart.clock.advanceTo(NOW + 300);
	expect(await wire.take(80)).toEqual(Buffer.concat(Array.from({ length: 20 }, (_, n) => bytes.puback(n + 1))));
	expect((await heart.stored("dust-1", "tsp")).map(([, value]) => value)).toEqual(
		Array.from({ length: 20 }, (_, n) => n + 1),
	);
});

test("packets that come right behind CONNECT are taken", async () => {
	const wire = await dial(null);
	const sent = Array.from({ length: 200 }, (_, n) => bytes.publishPacket(TOPIC, body({ tsp: n }), { id: n + 1 }));
	wire.send(Buffer.concat([bytes.connectPacket({ user: "dust-1", password: KEY }), ...sent]));
	await wire.take(4 + 4 * 200);
});

test("closing the door acknowledges what is under way, and takes no more", async () => {
	const wire = await dial();
	heart.gate.hold();
	wire.send(bytes.publishPacket(TOPIC, body({ tsp: 5 }), { id: 9 }));
	await until("the commit", () => heart.gate.waiting === 1);
	const closing = door.close();
	heart.gate.release();
	await closing;
	await wire.closed();
	expect(wire.received).toEqual(bytes.puback(9));
	await expect(Wire.dial(door.address)).rejects.toThrow();
});

test("a port that is taken is an error with a name", async () => {
	const port = Number(door.address.split(":")[1]);
	await expect(openMqttDoor({ host: "127.0.0.1", port }, heart.context)).rejects.toThrow("EADDRINUSE");
});
