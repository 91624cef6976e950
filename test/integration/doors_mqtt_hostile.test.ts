// T-23 at the MQTT door: every name that a stranger can choose, with every value that has broken a program before. Nothing may
// crash, nothing may be polluted, nothing may be stored under a false name, and the next honest message is stored.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Door } from "../../server/ingest/door.ts";
import { openMqttDoor } from "../../server/ingest/mqtt.ts";
import { type DoorHeart, startDoorHeart, Wire } from "../support/door_heart.ts";
import * as bytes from "../support/mqtt_bytes.ts";
import { NOW } from "../support/systems.ts";
import { until } from "../support/until.ts";

const MASTER = "master-key";
const HOSTILE = [
	"__proto__",
	"constructor",
	"prototype",
	"toString",
	"hasOwnProperty",
	"valueOf",
	"x".repeat(60_000),
	"a\u0000b",
	"\u202egnp.exe",
	"😀",
	"../../etc/passwd",
	"$SYS/broker",
	"#",
	"+",
	"/",
	" ",
	"",
	"\ud800",
	"%s%n",
	"'; drop table readings; --",
];

let heart: DoorHeart;
let door: Door;

beforeAll(async () => {
	heart = await startDoorHeart();
	door = await openMqttDoor({ host: "127.0.0.1", port: 0 }, heart.context);
});

afterAll(async () => {
	await door.close();
	await heart.close();
});

function snapshot(): string {
	const of = (what: object) => Reflect.ownKeys(what).map(String).sort().join();
	return [Object.prototype, Array.prototype, Function.prototype, Map.prototype].map(of).join("|");
}

async function signIn(hello: bytes.Hello): Promise<Wire | null> {
	const wire = await Wire.dial(door.address);
	wire.send(bytes.connectPacket(hello));
	await until("an answer", () => wire.received.length >= 4 || wire.isClosed);
	if (wire.received.length < 4 || wire.received[3] !== 0) {
		wire.drop();
		return null;
	}
	await wire.take(4);
	return wire;
}

/** @returns whether it was acknowledged; else the connection has been closed. */
async function publish(packet: Uint8Array): Promise<boolean> {
	const wire = await signIn({ user: "tester", password: MASTER, clientId: "" });
	if (wire === null) throw new Error("the master key is refused");
	wire.send(packet);
	await until("an acknowledgement or the end", () => wire.received.length >= 4 || wire.isClosed);
	const isAcknowledged = wire.received.equals(bytes.puback(1));
	wire.drop();
	return isAcknowledged;
}

const jsonWith = (key: string, value: string) => `{"at":${NOW},"v":{${JSON.stringify(key)}:${value}}}`;
const combinations: [where: string, act: (word: string) => Promise<boolean>, mayPass: boolean][] = [
	["district", (word) => publish(bytes.publishPacket(`lw/v1/${word}/dust/dust-1`, jsonWith("tsp", "666"))), false],
	["kind", (word) => publish(bytes.publishPacket(`lw/v1/210102/${word}/dust-1`, jsonWith("tsp", "666"))), false],
	["asset", (word) => publish(bytes.publishPacket(`lw/v1/210102/dust/${word}`, jsonWith("tsp", "666"))), true],
	["topic", (word) => publish(bytes.publishPacket(word, jsonWith("tsp", "666"))), false],
	["measure", (word) => publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", jsonWith(word, "666"))), true],
	[
		"value",
		(word) => publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", jsonWith("tsp", JSON.stringify(word)))),
		true,
	],
	[
		"nested value",
		(word) => publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", jsonWith("tsp", jsonWith(word, "1")))),
		true,
	],
	[
		"quality key",
		(word) => {
			const payload = `{"at":${NOW},"v":{"tsp":"x"},"q":{${JSON.stringify(word)}:"good"}}`;
			return publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", payload));
		},
		true,
	],
	[
		"top key",
		(word) => {
			const payload = `{"at":${NOW},"v":{"tsp":666},${JSON.stringify(word)}:{"polluted":true}}`;
			return publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", payload));
		},
		true,
	],
	[
		"at",
		(word) =>
			publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", `{"at":${JSON.stringify(word)},"v":{"tsp":666}}`)),
		true,
	],
	["payload", (word) => publish(bytes.publishPacket("lw/v1/210102/dust/dust-1", word)), true],
];

test.each(combinations)("T-23 hostile words as %s break nothing and store nothing", async (_where, act, mayPass) => {
	const before = snapshot();
	for (const word of HOSTILE) {
		const isAcknowledged = await act(word);
		if (!mayPass) expect([word.slice(0, 30), isAcknowledged]).toEqual([word.slice(0, 30), false]);
		expect(snapshot()).toBe(before);
	}
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(heart.latest("dust-1", "tsp")?.value).not.toBe(666);
	expect(await heart.stored("dust-1", "tsp")).toEqual([]);
});

test.each(["user", "password", "clientId"] as const)("T-23 hostile words as %s break nothing", async (field) => {
	const before = snapshot();
	for (const word of HOSTILE) {
		const wire = await signIn({ user: "tester", password: MASTER, clientId: "c", [field]: word });
		if (field === "password") expect(wire).toBeNull();
		wire?.drop();
		expect(snapshot()).toBe(before);
	}
	for (const waiting of heart.heart.quarantine.list()) expect(waiting.address.length).toBeLessThanOrEqual(64);
});

test("T-23 after all of them the next honest message is stored", async () => {
	expect(await publish(bytes.publishPacket("lw/v1/210102/dust/dust-2", jsonWith("tsp", "7")))).toBe(true);
	expect(await heart.stored("dust-2", "tsp")).toEqual([[NOW, 7]]);
});
