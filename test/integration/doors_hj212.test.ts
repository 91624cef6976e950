// The HJ 212 door: real TCP connections into a real heart over a real store. What a station sent is in the table and on the
// disk before it is answered; strangers, dirt, floods and idle lines are counted and harm nobody else.
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeUplink, type Uplink, type UplinkFactor } from "../../server/ingest/hj212/encode.ts";
import { encodeFrame } from "../../server/ingest/hj212/frame.ts";
import { beijingText, qnText } from "../../server/ingest/hj212/values.ts";
import { type Hj212Options, openHj212Door } from "../../server/ingest/hj212.ts";
import { H6, L1, L2, L3, L4, L5, L6, L7, L8, L9, textOf } from "../fixtures/hj212/vectors.ts";
import { type DoorHeart, startDoorHeart, Wire } from "../support/door_heart.ts";
import { NOW } from "../support/systems.ts";
import { until } from "../support/until.ts";

const MN = "210102A0000000000000D001";
const PW = "123456";
const LINE = "\r\n";
const H6_LINE = `${H6}${LINE}`;
const MINUTE_MS = 60_000;

let heart: DoorHeart;
let door: Awaited<ReturnType<typeof openHj212Door>>;
const wires: Wire[] = [];

async function open(
	options: Partial<Hj212Options> = {},
	more: Parameters<typeof startDoorHeart>[0] = {},
): Promise<void> {
	heart = await startDoorHeart(more);
	await heart.addDevice("hj212", "dust-1", MN, PW);
	door = await openHj212Door({ host: "127.0.0.1", port: 0, ...options }, heart.context);
}

async function dial(): Promise<Wire> {
	const wire = await Wire.dial(door.address);
	wires.push(wire);
	return wire;
}

/** A heartbeat of 2025 needs no commit: its answer shows that all before it has been looked at. */
async function beat(wire: Wire): Promise<void> {
	const qn = "20261122075959001";
	wire.send(encodeFrame(`QN=${qn};ST=91;CN=9015;PW=${PW};MN=${MN};Flag=9;CP=&&&&`));
	const answer = encodeFrame(`QN=${qn};ST=91;CN=9013;PW=${PW};MN=${MN};Flag=8;CP=&&&&`);
	expect(textOf(await wire.take(answer.length))).toBe(textOf(answer));
}

function frames(more: Partial<Uplink>, ...factors: [code: string, value: number | string, flag?: string | null][]) {
	const uplink: Uplink = {
		...{ mn: MN, pw: PW, qn: qnText(NOW), st: "39", cn: "2011", edition: 2017, answerWanted: true, dataTime: NOW },
		factors: factors.map(([code, value, flag = "N"]): UplinkFactor => ({ code, values: [["Rtd", value]], flag })),
		...more,
	};
	return encodeUplink(uplink).map(textOf).join("");
}

function answerOf(qn: string, cn = "9014", mn = MN, pw = PW): string {
	return textOf(encodeFrame(`QN=${qn};ST=91;CN=${cn};PW=${pw};MN=${mn};Flag=4;CP=&&&&`));
}

const good = (value: number, at = NOW) => ({ value, at, quality: "good" });

beforeEach(() => open());

afterEach(async () => {
	for (const wire of wires.splice(0)) wire.drop();
	heart.gate.release();
	await door.close();
	await heart.close();
});

async function reopen(options: Partial<Hj212Options>, more: Parameters<typeof startDoorHeart>[0] = {}): Promise<void> {
	await door.close();
	await heart.close();
	await open(options, more);
}

test("J1 real time data is answered with the standard's bytes, only after the commit that holds it", async () => {
	const wire = await dial();
	const other = await dial();
	heart.gate.hold();
	wire.send(`${L1}${LINE}`);
	await until("the commit", () => heart.gate.waiting === 1);
	await beat(other);
	expect(wire.text).toBe("");
	heart.gate.release();
	expect(textOf(await wire.take(H6_LINE.length))).toBe(H6_LINE);
	const values = { pm25: 36, pm10: 88, tsp: 214, noise: 63.4, temperature: -4.6, humidity: 52, airPressure: 102.315 };
	for (const [measure, value] of Object.entries({ ...values, windSpeed: 2.7, windDirection: 315 })) {
		const kept = heart.latest("dust-1", measure);
		expect([measure, kept?.at, kept?.quality]).toEqual([measure, NOW, "good"]);
		expect(kept?.value).toBeCloseTo(value, 1);
		expect((await heart.stored("dust-1", measure)).length).toBe(1);
	}
	expect(heart.refusals).toEqual([]);
	expect(heart.heart.counters.of("hj212")).toMatchObject({ frames: 2, readings: 9 });
});

test("J1 what could not be stored is not answered; sent again it is stored once and answered", async () => {
	const wire = await dial();
	heart.gate.isFailing = true;
	wire.send(`${L1}${LINE}`);
	await until("the failed commit", () => heart.gate.failed > 0);
	// Answers come in order: the next answer is that of the heartbeat, so there was none for the data.
	await beat(wire);
	expect(await heart.stored("dust-1", "tsp")).toEqual([]);
	heart.gate.isFailing = false;
	wire.send(`${L1}${LINE}`);
	expect(textOf(await wire.take(H6_LINE.length))).toBe(H6_LINE);
	expect(await heart.stored("dust-1", "tsp")).toEqual([[NOW, 214]]);
	expect(door.counts.repeats).toBe(1);
});

test("T-22 a thousand repeats are answered again and stored once", async () => {
	const wire = await dial();
	for (let n = 0; n < 1000; n++) wire.send(`${L1}${LINE}`);
	expect(textOf(await wire.take(1000 * H6_LINE.length))).toBe(H6_LINE.repeat(1000));
	expect(await heart.stored("dust-1", "tsp")).toEqual([[NOW, 214]]);
	expect(door.counts.repeats).toBe(999);
});

test("Q4 minute and hour data feed the measures by their mean, at DataTime; minima and maxima are counted as ignored", async () => {
	heart.clock.advanceTo(NOW + 60 * MINUTE_MS);
	const wire = await dial();
	wire.send(`${L2}${LINE}${L3}${LINE}`);
	const answers = answerOf("20261122081500456") + answerOf("20261122090000789");
	expect(textOf(await wire.take(answers.length))).toBe(answers);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(812, NOW + 10 * MINUTE_MS));
	expect(heart.latest("dust-1", "pm10")).toEqual(good(301, NOW + 10 * MINUTE_MS));
	expect(heart.latest("dust-1", "pm25")).toEqual(good(38));
	expect(heart.latest("dust-1", "leq")).toEqual(good(66.8));
	expect(door.counts.ignored).toBe(6);
	expect(heart.refusals).toEqual([]);
});

test("the noise of a day and of a night is no sound level of midnight: answered, counted, kept nowhere", async () => {
	heart.clock.advanceTo(NOW + 24 * 60 * MINUTE_MS);
	const wire = await dial();
	wire.send(`${L4}${LINE}`);
	const answer = answerOf("20261123000500000");
	expect(textOf(await wire.take(answer.length))).toBe(answer);
	expect(heart.latest("dust-1", "leq")).toBeNull();
	expect(door.counts.ignored).toBe(3);
});

test("F5 each packet of a split message is stored and answered by itself, in any order", async () => {
	const wire = await dial();
	wire.send(`${L7}${LINE}${L6}${LINE}`);
	const answer = answerOf("20261122080000999");
	expect(textOf(await wire.take(2 * answer.length))).toBe(answer.repeat(2));
	expect(heart.latest("dust-1", "pm25")).toEqual(good(36));
	expect(heart.latest("dust-1", "tsp")).toEqual(good(214));
	heart.clock.advanceTo(NOW + 5 * MINUTE_MS);
	expect(door.counts.incomplete).toBe(0);
});

test("F5 a message of which a packet never came is stored as far as it came, and reported as incomplete after 60 s", async () => {
	const wire = await dial();
	wire.send(`${L6}${LINE}`);
	await wire.take(answerOf("20261122080000999").length);
	expect(await heart.stored("dust-1", "pm25")).toEqual([[NOW, 36]]);
	heart.clock.advanceTo(NOW + 2 * MINUTE_MS);
	expect(heart.refusals).toEqual([{ address: MN, code: "incomplete-message", sample: "PNUM=2;PNO=1" }]);
	expect(door.counts.incomplete).toBe(1);
});

test("F5 a later packet without DataTime takes that of its message; without any it is refused and not answered", async () => {
	const wire = await dial();
	const part = (qn: string, no: number, area: string) =>
		encodeFrame(`QN=${qn};ST=39;CN=2011;PW=${PW};MN=${MN};Flag=7;PNUM=2;PNO=${no};CP=&&${area}&&`);
	wire.send(part("20261122080000001", 1, `DataTime=${beijingText(NOW)};a34004-Rtd=30,a34004-Flag=N`));
	wire.send(part("20261122080000001", 2, "a34001-Rtd=200,a34001-Flag=N"));
	await wire.take(2 * answerOf("20261122080000001").length);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(200));
	wire.send(part("20261122080000002", 2, "a34001-Rtd=900,a34001-Flag=N"));
	await beat(wire);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(200));
	expect(heart.refused("no-data-time")).toBe(1);
});

test("Q5 a faulty sensor has no value, one beyond its range is suspect", async () => {
	heart.clock.advanceTo(NOW + MINUTE_MS);
	const wire = await dial();
	wire.send(`${L9}${LINE}`);
	const answer = answerOf("20261122080100001");
	expect(textOf(await wire.take(answer.length))).toBe(answer);
	expect(heart.latest("dust-1", "tsp")).toEqual({ value: null, at: NOW + MINUTE_MS, quality: "bad" });
	expect(heart.latest("dust-1", "noise")).toEqual({ value: 130, at: NOW + MINUTE_MS, quality: "suspect" });
});

test("F6 a device of 2025 is answered with its own version bits, a notification with 9013", async () => {
	const wire = await dial();
	wire.send(`${L8}${LINE}`);
	const answer = answerOf("20261122080000123").replace("Flag=4", "Flag=8");
	const bytes = textOf(await wire.take(answer.length));
	expect(bytes.slice(0, -6)).toBe(answer.slice(0, -6));
	wire.send(encodeFrame(`QN=20261122080000123;ST=91;CN=1013;PW=${PW};MN=${MN};Flag=5;CP=&&&&`));
	expect(textOf(await wire.take(L5.length + 2))).toBe(`${L5}${LINE}`);
	// Flag 4: nobody asked.
	wire.send(frames({ answerWanted: false }, ["a34001", 50]));
	await beat(wire);
});

test("F1 frames are found behind garbage, glued together and cut at every byte", async () => {
	const wire = await dial();
	const bytes = `garbage \x00\xff##9999${L1}${LINE}${L6}${L7}${LINE}`;
	for (const character of bytes) wire.send(character);
	const answers = H6_LINE + answerOf("20261122080000999").repeat(2);
	expect(textOf(await wire.take(answers.length))).toBe(answers);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(214));
	expect(heart.refusals.map(({ code }) => code)).toEqual(["garbage", "too-long"]);
});

test("F2 a false value is refused, the others of its message are stored; private codes are named", async () => {
	const wire = await dial();
	wire.send(frames({}, ["a34001", "1e3"], ["a34004", 20], ["B00008", 7], ["a34002", "", "B"]));
	await wire.take(H6_LINE.length);
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	expect(heart.latest("dust-1", "pm25")).toEqual(good(20));
	expect(heart.latest("dust-1", "pm10")).toEqual({ value: null, at: NOW, quality: "bad" });
	expect(heart.refusals).toEqual([
		{ address: MN, code: "unknown-factor", sample: "B00008" },
		{ address: MN, code: "not-a-number", sample: "a34001-Rtd=1e3" },
	]);
});

test("T-20 five faults in a minute leave the line open, the sixth closes it; a new line is welcome", async () => {
	const wire = await dial();
	const wrong = `${L1.slice(0, -4)}1681${LINE}`;
	for (let n = 0; n < 5; n++) wire.send(wrong);
	wire.send(`${L1}${LINE}`);
	expect(textOf(await wire.take(H6_LINE.length))).toBe(H6_LINE);
	heart.clock.advanceTo(NOW + MINUTE_MS);
	for (let n = 0; n < 5; n++) wire.send(wrong);
	await beat(wire);
	wire.send(wrong);
	await wire.closed();
	expect(heart.refused("crc")).toBe(11);
	expect(heart.refused("too-many-faults")).toBe(1);
	const next = await dial();
	await beat(next);
});

test("T-22 an unknown station waits in quarantine with its frame, without an answer and without its password", async () => {
	const wire = await dial();
	wire.send(frames({ mn: "STRANGER-1", pw: "654321" }, ["a34001", 77]));
	for (let n = 0; n < 20; n++) wire.send(frames({ mn: "STRANGER-2" }, ["a34001", n]));
	await beat(wire);
	expect(wire.text).toBe("");
	const waiting = heart.heart.quarantine.list();
	expect(waiting.map(({ address, door: name, frames: n }) => [address, name, n])).toEqual([
		["STRANGER-2", "hj212", 20],
		["STRANGER-1", "hj212", 1],
	]);
	expect(waiting[1]?.samples[0]).toContain("MN=STRANGER-1;");
	expect(waiting[1]?.samples[0]).toContain("PW=*;");
	expect(JSON.stringify(heart.refusals)).not.toContain("654321");
	// Registered, it is heard on the line that stands.
	await heart.addDevice("hj212", "dust-2", "STRANGER-1", "654321");
	wire.send(frames({ mn: "STRANGER-1", pw: "654321" }, ["a34001", 77]));
	const answer = answerOf(qnText(NOW), "9014", "STRANGER-1", "654321");
	expect(textOf(await wire.take(answer.length))).toBe(answer);
	expect(heart.latest("dust-2", "tsp")).toEqual(good(77));
});

test("T-22 a wrong password is counted, not answered; nobody can try them all", async () => {
	const wire = await dial();
	for (let n = 0; n < 12; n++) wire.send(frames({ pw: `00000${n}` }, ["a34001", 500]));
	// The right one is not even looked at now: who guesses cannot see when he hits.
	wire.send(frames({}, ["a34001", 500]));
	await until("all of them", () => heart.refusals.length === 13);
	expect([heart.refused("bad-key"), heart.refused("too-many-guesses")]).toEqual([10, 3]);
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	expect(wire.text).toBe("");
	heart.clock.advanceTo(NOW + MINUTE_MS);
	wire.send(frames({}, ["a34001", 500]));
	await wire.take(H6_LINE.length);
	// The station that was let in stays in, whoever guesses on its line.
	for (let n = 0; n < 12; n++) wire.send(frames({ pw: `00000${n}` }, ["a34001", 500]));
	await beat(wire);
});

test("a device profile names measures and factors, also of values that are else ignored", async () => {
	const profile = { a34001: { measure: "tsp", factor: 1000 }, "a34001-Max": { measure: "pm10", factor: 1000 } };
	await heart.addDevice("hj212", "dust-2", "MG", "111111", { profile });
	const wire = await dial();
	const factors: UplinkFactor[] = [
		{
			code: "a34001",
			values: [
				["Avg", 0.214],
				["Max", "0.036"],
				["Min", 0.1],
			],
			flag: "N",
		},
		{ code: "a34004", values: [["Avg", 9]], flag: "N" },
	];
	wire.send(frames({ mn: "MG", pw: "111111", cn: "2051", factors }));
	await wire.take(answerOf(qnText(NOW), "9014", "MG", "111111").length);
	expect(heart.latest("dust-2", "tsp")).toEqual(good(214));
	expect(heart.latest("dust-2", "pm10")).toEqual(good(36));
	expect(heart.latest("dust-2", "pm25")).toEqual(good(9));
	expect(door.counts.ignored).toBe(1);
});

test("T-24 a line without a whole frame ends after 10 s, an idle one after 5 min; healthy ones stay", async () => {
	const slow = await Promise.all(Array.from({ length: 200 }, dial));
	const healthy = await dial();
	await beat(healthy);
	for (const wire of slow) wire.send("#");
	await beat(healthy);
	heart.clock.advanceTo(NOW + 5_000);
	for (const wire of slow) wire.send("#");
	await beat(slow[0]!);
	heart.clock.advanceTo(NOW + 10_000);
	await Promise.all(slow.slice(1).map((wire) => wire.closed()));
	expect(heart.refused("idle")).toBe(199);
	await beat(healthy);
	heart.clock.advanceTo(NOW + 304_999);
	await beat(healthy);
	heart.clock.advanceTo(NOW + 305_000);
	await slow[0]!.closed();
	await beat(healthy);
	expect(heart.refused("idle")).toBe(200);
});

test("T-24 connections are bounded per address and in all, and a place that is left is free", async () => {
	await reopen({ perAddress: 3 });
	const first = await Promise.all([dial(), dial(), dial()]);
	await Promise.all(first.map(beat));
	await (await dial()).closed();
	expect(heart.refused("too-many-from-address")).toBe(1);
	first[0]!.drop();
	await until("a free place", async () => {
		const wire = await dial();
		return beat(wire).then(
			() => true,
			() => false,
		);
	});
	await reopen({ sockets: 1 });
	await beat(await dial());
	await (await dial()).closed();
	expect(heart.refused("too-many-sockets")).toBe(1);
});

test("T-22 a flooding device is slowed by an unread socket; nothing is thinned and nobody else waits", async () => {
	const waits = new Map([[`hj212/${MN}`, 400]]);
	await reopen({}, { paceMs: (source) => waits.get(source) ?? 0 });
	await heart.addDevice("hj212", "dust-2", "OTHER", "111111");
	const flood = await dial();
	const other = await dial();
	const sent = Array.from({ length: 50 }, (_, n) => qnText(NOW + n));
	for (const [n, qn] of sent.entries()) flood.send(frames({ qn, dataTime: NOW + n * 1000 }, ["a34001", n]));
	other.send(frames({ mn: "OTHER", pw: "111111" }, ["a34001", 1]));
	await other.take(answerOf(qnText(NOW), "9014", "OTHER", "111111").length);
	await until("the bound", () => heart.refused("slow-down") === 1);
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	heart.clock.advanceTo(NOW + 399);
	waits.clear();
	expect(heart.latest("dust-1", "tsp")).toBeNull();
	heart.clock.advanceTo(NOW + 400);
	const answers = sent.map((qn) => answerOf(qn)).join("");
	expect(textOf(await flood.take(answers.length))).toBe(answers);
	expect((await heart.stored("dust-1", "tsp")).length).toBe(50);
});

test("unanswered messages of one line are bounded; all are answered, in order", async () => {
	const wire = await dial();
	const other = await dial();
	heart.gate.hold();
	const sent = Array.from({ length: 300 }, (_, n) => qnText(NOW + n));
	for (const [n, qn] of sent.entries()) wire.send(frames({ qn, dataTime: NOW - n * 1000 }, ["a34001", n]));
	await until("the bound", () => heart.heart.counters.of("hj212").frames === 64);
	await beat(other);
	expect(heart.heart.counters.of("hj212").frames).toBe(65);
	heart.gate.release();
	const answers = sent.map((qn) => answerOf(qn)).join("");
	expect(textOf(await wire.take(answers.length))).toBe(answers);
	expect((await heart.stored("dust-1", "tsp")).length).toBe(300);
});

test("a device that closes its half after sending is still answered", async () => {
	const wire = await dial();
	heart.gate.hold();
	wire.send(`${L1}${LINE}`);
	wire.socket.end();
	await until("the commit", () => heart.gate.waiting === 1);
	heart.gate.release();
	expect(textOf(await wire.take(H6_LINE.length))).toBe(H6_LINE);
	await wire.closed();
});

test("closing the door answers what is under way, and takes no more", async () => {
	const wire = await dial();
	heart.gate.hold();
	wire.send(`${L1}${LINE}`);
	await until("the commit", () => heart.gate.waiting === 1);
	const closing = door.close();
	wire.send(frames({ qn: "20261122080000777" }, ["a34001", 999]));
	heart.gate.release();
	await closing;
	await wire.closed();
	expect(wire.text).toBe(H6_LINE);
	expect(heart.latest("dust-1", "tsp")).toEqual(good(214));
	await expect(Wire.dial(door.address)).rejects.toThrow();
});

test("a port that is taken is an error with a name", async () => {
	const port = Number(door.address.split(":")[1]);
	await expect(openHj212Door({ host: "127.0.0.1", port }, heart.context)).rejects.toThrow("EADDRINUSE");
});
