// needs: mosquitto
// The MQTT door as client of a foreign broker, against Debian's mosquitto: what was not stored stays with the broker and comes
// again, and a broker that is away is a fault in words that ends by itself.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import mqtt from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Door } from "../../server/ingest/door.ts";
import { openMqttDoor } from "../../server/ingest/mqtt.ts";
import { type DoorHeart, startDoorHeart, Wire } from "../support/door_heart.ts";
import { NOW } from "../support/systems.ts";
import { until } from "../support/until.ts";

const PROGRAM = "mosquitto";
const TOPIC = "lw/v1/210102/dust/dust-1";
const good = (value: number, at = NOW) => ({ value, at, quality: "good" });
const body = (tsp: number, at = NOW) => JSON.stringify({ at, v: { tsp } });

let folder: string;
let port: number;
let broker: ChildProcess;
let heart: DoorHeart;
let door: Door;
let publisher: mqtt.MqttClient;

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address !== "object") throw new Error("no port");
	return address.port;
}

async function startBroker(): Promise<void> {
	const path = [process.env.PATH ?? "", "/usr/sbin", "/usr/local/sbin"].join(delimiter);
	broker = spawn(PROGRAM, ["-c", join(folder, "mosquitto.conf")], {
		stdio: "ignore",
		env: { ...process.env, PATH: path },
	});
	await until("the broker", () =>
		Wire.dial(`127.0.0.1:${port}`).then(
			(wire) => {
				wire.drop();
				return true;
			},
			() => false,
		),
	);
}

async function stopBroker(): Promise<void> {
	if (broker.exitCode !== null || broker.signalCode !== null) return;
	const ended = new Promise((resolve) => broker.once("exit", resolve));
	broker.kill("SIGTERM");
	await ended;
}

const openDoor = () =>
	openMqttDoor(
		{ host: "127.0.0.1", url: `mqtt://core:geheim%20%25@127.0.0.1:${port}?client=test-core` },
		heart.context,
	);
const fault = () => heart.heart.counters.of("mqtt").fault;
const following = () => until("the subscription", () => fault() === null && heart.heart.counters.doors.has("mqtt"));

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "liaowang-broker-"));
	port = await freePort();
	// Root would else become the user "mosquitto", who may not write here.
	const user = process.getuid?.() === 0 ? "user root\n" : "";
	const settings = `${user}listener ${port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location ${folder}/\n`;
	await writeFile(join(folder, "mosquitto.conf"), settings);
	await startBroker();
	heart = await startDoorHeart();
	door = await openDoor();
	expect(fault()).toContain("正在连接");
	await following();
	publisher = mqtt.connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50 });
	publisher.on("error", () => undefined);
});

afterEach(async () => {
	publisher.end(true);
	heart.gate.release();
	await door.close();
	await heart.close();
	await stopBroker();
	await rm(folder, { recursive: true, force: true });
});

test("J1 messages of a foreign broker are stored; its address is shown without the password", async () => {
	await publisher.publishAsync(TOPIC, body(214), { qos: 1 });
	await until("the value", async () => (await heart.stored("dust-1", "tsp")).length === 1);
	await publisher.publishAsync(TOPIC, body(215, NOW + 1), { qos: 0 });
	await until("the value", async () => (await heart.stored("dust-1", "tsp")).length === 2);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(215, NOW + 1));
	expect(door.address).toBe(`mqtt://127.0.0.1:${port}`);
	// Silence and pace count per asset: many stand behind one broker.
	expect(heart.heart.sources.heardAt.get("mqtt/dust-1")).toBe(NOW);
});

test("J1 what was not committed when we ended comes again to the next start", async () => {
	heart.gate.hold();
	await publisher.publishAsync(TOPIC, body(214), { qos: 1 });
	await until("the commit", () => heart.gate.waiting === 1);
	const closing = door.close();
	heart.clock.advanceTo(NOW + 2_000);
	await closing;
	heart.gate.isFailing = true;
	heart.gate.release();
	await until("the failed commit", () => heart.gate.failed > 0);
	// While nobody listens, the broker keeps what comes.
	await publisher.publishAsync(TOPIC, body(215, NOW + 1), { qos: 1 });
	expect(await heart.stored("dust-1", "tsp")).toEqual([]);
	heart.gate.isFailing = false;
	door = await openDoor();
	await until("both values", async () => (await heart.stored("dust-1", "tsp")).length === 2);
	expect((await heart.stored("dust-1", "tsp")).map(([, value]) => value)).toEqual([214, 215]);
});

test("J1 while the store is down nothing is acknowledged, the line is tried ever less often, and nothing is lost", async () => {
	heart.gate.isFailing = true;
	for (let n = 0; n < 5; n++) await publisher.publishAsync(TOPIC, body(n, NOW + n), { qos: 1 });
	await until("the cut", () => fault()?.includes("数据未能入库"));
	expect(fault()).toContain("1 s 后重试");
	heart.clock.advanceTo(NOW + 1_000);
	await until("the second cut", () => fault()?.includes("2 s 后重试"));
	heart.clock.advanceTo(NOW + 2_999);
	heart.gate.isFailing = false;
	heart.clock.advanceTo(NOW + 3_000);
	await until("all values", async () => (await heart.stored("dust-1", "tsp")).length === 5);
	await following();
	// Acknowledged now: a new connection brings none of them again.
	const { frames } = heart.heart.counters.of("mqtt");
	await door.close();
	door = await openDoor();
	await publisher.publishAsync(TOPIC, body(9, NOW + 9), { qos: 1 });
	await until("the next value", () => heart.latest("dust-1", "tsp")?.value === 9);
	expect(heart.heart.counters.of("mqtt").frames).toBe(frames + 1);
});

test("many messages share commits and are acknowledged in order", async () => {
	const sent = Array.from({ length: 500 }, (_, n) => publisher.publishAsync(TOPIC, body(n, NOW + n), { qos: 1 }));
	await Promise.all(sent);
	await until("all values", async () => (await heart.stored("dust-1", "tsp")).length === 500);
	expect(heart.refusals).toEqual([]);
});

test("J1 closing in the midst of a flood loses nothing: the rest comes to the next start", async () => {
	const sent = Array.from({ length: 500 }, (_, n) => publisher.publishAsync(TOPIC, body(n, NOW + n), { qos: 1 }));
	await until("the first values", () => heart.heart.counters.of("mqtt").frames > 20);
	await door.close();
	const before = heart.heart.counters.of("mqtt").frames;
	await Promise.all(sent);
	expect(heart.heart.counters.of("mqtt").frames).toBe(before);
	door = await openDoor();
	await until("all values", async () => (await heart.stored("dust-1", "tsp")).length === 500);
});

test("a broker that is away is a fault in words, and is found again when it is back", async () => {
	await stopBroker();
	await until("the fault", () => fault() !== null);
	expect(fault()).toMatch(/^MQTT 代理 mqtt:\/\/127\.0\.0\.1:\d+：.*1 s 后重试$/);
	heart.clock.advanceTo(NOW + 1_000);
	await until("the next attempt", () => fault()?.includes("ECONNREFUSED"));
	expect(fault()).toContain("2 s 后重试");
	await startBroker();
	heart.clock.advanceTo(NOW + 3_000);
	await following();
	await until("the publisher", () => publisher.connected);
	await publisher.publishAsync(TOPIC, body(7), { qos: 1 });
	await until("the value", () => heart.latest("dust-1", "tsp")?.value === 7);
});

test("T-23 what nobody can place is acknowledged and counted: it must not come for ever", async () => {
	await publisher.publishAsync("lw/v1/210102/dust/nobody", body(1), { qos: 1 });
	await publisher.publishAsync("lw/v1/210103/dust/dust-1", body(1), { qos: 1 });
	await publisher.publishAsync("lw/v1/__proto__/x", body(1), { qos: 1 });
	await publisher.publishAsync(TOPIC, "no JSON", { qos: 1 });
	await publisher.publishAsync(TOPIC, body(3), { qos: 1 });
	await until("the honest value", () => heart.latest("dust-1", "tsp")?.value === 3);
	const codes = ["unknown-asset", "wrong-place", "bad-topic", "bad-json"];
	expect(heart.refusals.map(({ code }) => code)).toEqual(codes);
	await door.close();
	door = await openDoor();
	await publisher.publishAsync(TOPIC, body(4, NOW + 1), { qos: 1 });
	await until("the next value", () => heart.latest("dust-1", "tsp")?.value === 4);
	expect(heart.refusals.length).toBe(4);
});

test("a value that the broker kept from some other day is not taken for a new one", async () => {
	await door.close();
	await publisher.publishAsync("lw/v1/210102/dust/dust-2", body(8), { qos: 1, retain: true });
	door = await openMqttDoor({ host: "127.0.0.1", url: `mqtt://127.0.0.1:${port}?client=another` }, heart.context);
	await until("the kept one", () => heart.refused("retained") === 1);
	await publisher.publishAsync(TOPIC, body(9), { qos: 1 });
	await until("the honest value", () => heart.latest("dust-1", "tsp")?.value === 9);
	expect(heart.latest("dust-2", "tsp")).toBeNull();
});
