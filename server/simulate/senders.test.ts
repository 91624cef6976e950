import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { Aedes } from "aedes";
import { afterEach, expect, test } from "vitest";
import { buildAnswer } from "../ingest/hj212/answer.ts";
import { FrameStream } from "../ingest/hj212/frame_stream.ts";
import { type Hj212Message, parseMessage } from "../ingest/hj212/message.ts";
import { parseSegment, type Segment } from "../ingest/hj212/segment.ts";
import { Hj212Sender } from "./hj212_sender.ts";
import { HttpSender } from "./http_sender.ts";
import { MqttSender } from "./mqtt_sender.ts";
import { Box, newTally, type Parcel, type Sender, type SenderParts } from "./parcel.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of endings.splice(0).toReversed()) await end();
});

/** A witness that refuses to hear of an answer for what was not sent, or twice. */
function parts() {
	const sent = new Set<string>();
	const acknowledged = new Set<string>();
	const complaints: string[] = [];
	const own: SenderParts = {
		tally: newTally(),
		witness: {
			sent(readings) {
				for (const { id } of readings) {
					if (sent.has(id)) throw new Error(`${id} is told as sent twice`);
					sent.add(id);
				}
			},
			acknowledged(readings) {
				for (const { id } of readings) {
					if (!sent.has(id) || acknowledged.has(id)) throw new Error(`${id} was not sent, or is acknowledged twice`);
					acknowledged.add(id);
				}
			},
		},
		complain: (_, what) => complaints.push(what),
		chance: () => 0,
	};
	return { own, sent, acknowledged, complaints };
}

const START = Date.parse("2026-11-22T10:00:00+08:00");

function parcel(n: number, measures: Record<string, number | null> = { pressure: n / 1000 }): Parcel {
	const at = START + n * 1000;
	const readings = Object.entries(measures).map(([measure, value]) => ({
		id: `${n}-${measure}`,
		asset: "pump-1",
		measure,
		at,
		value,
		quality: value === null ? ("bad" as const) : ("good" as const),
		flag: value === null ? ("D" as const) : ("N" as const),
	}));
	return { asset: "pump-1", at, readings, attempts: 0 };
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function listening(server: Server | TcpServer): Promise<number> {
	return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

function using<S extends Sender>(sender: S): S {
	endings.push(() => sender.stop(0));
	return sender;
}

test("J1 HTTP: what was cut off, refused for now or slowed down is sent again until 200; what was rejected is not", async () => {
	const bodies: { readings: { at: number }[] }[] = [];
	const keys: (string | undefined)[] = [];
	const script = ["cut", "503", "429", "ok"];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			keys.push(request.headers.authorization);
			const step = script.shift() ?? "ok";
			if (step === "cut") return request.socket.destroy();
			if (step !== "ok") return response.writeHead(Number(step), { "Retry-After": "0" }).end("{}");
			bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
			response.end(JSON.stringify({ accepted: 9, rejected: [{ index: 3, problem: "unknown-measure" }] }));
		});
	});
	endings.push(() => new Promise((resolve) => server.close(resolve)));
	const url = `http://127.0.0.1:${await listening(server)}`;
	const { own, sent, acknowledged, complaints } = parts();
	const sender = using(
		new HttpSender({ url, key: "secret-key", name: "gw", inFlight: 2, batch: 10, lingerMs: 5, bound: 100 }, own),
	);
	for (let n = 0; n < 10; n++) sender.offer(parcel(n));
	await until(() => own.tally.acknowledged === 9);
	expect(bodies).toHaveLength(1);
	expect(bodies[0]?.readings).toHaveLength(10);
	expect(bodies[0]?.readings[0]).toEqual({ asset: "pump-1", measure: "pressure", at: START, value: 0 });
	expect(keys[0]).toBe("Bearer secret-key");
	expect(sent.size).toBe(10);
	expect(acknowledged.has("3-pressure")).toBe(false);
	expect(own.tally).toEqual({ sent: 10, acknowledged: 9, refused: 1, resent: 30, dropped: 0 });
	expect(sender.waiting).toBe(0);
	expect(complaints).toContain("HTTP 503");
});

test("HTTP: a bad key is a refusal for good, not a storm of repeats", async () => {
	let requests = 0;
	const server = createServer((request, response) => {
		request.resume();
		requests += 1;
		response.writeHead(401).end('{"problem":"bad-key"}');
	});
	endings.push(() => new Promise((resolve) => server.close(resolve)));
	const url = `http://127.0.0.1:${await listening(server)}`;
	const { own } = parts();
	const sender = using(
		new HttpSender({ url, key: "wrong", name: "gw", inFlight: 1, batch: 10, lingerMs: 5, bound: 100 }, own),
	);
	sender.offer(parcel(1));
	await until(() => own.tally.refused === 1);
	expect([requests, sender.waiting, own.tally.acknowledged]).toEqual([1, 0, 0]);
});

test("J1 MQTT: what has no PUBACK when the connection ends goes out on the next one; topic and payload are the protocol's", async () => {
	const received: { topic: string; payload: string; qos: number }[] = [];
	let refusals = 2;
	const broker = await Aedes.createBroker({
		authenticate: (_client, name, password, done) => done(null, name === "gw-1" && password?.toString() === "k"),
		authorizePublish: (_client, packet, done) => {
			if (refusals-- > 0) return done(new Error("not stored"));
			received.push({ topic: packet.topic, payload: packet.payload.toString(), qos: packet.qos });
			done(null);
		},
	});
	const server = createTcpServer((socket) => broker.handle(socket));
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => sockets.add(socket));
	endings.push(async () => {
		broker.close();
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	});
	const url = `mqtt://127.0.0.1:${await listening(server)}`;
	const { own, acknowledged } = parts();
	const sender = using(
		new MqttSender(
			{
				url,
				address: "gw-1",
				key: "k",
				run: "t",
				topicOf: (asset) => `lw/v1/210102/waterMain/${asset}`,
				inFlight: 4,
				bound: 100,
			},
			own,
		),
	);
	for (let n = 0; n < 20; n++) sender.offer(parcel(n, { pressure: 0.3, flow: n === 7 ? null : 5 }));
	await until(() => acknowledged.size === 40);
	expect(own.tally.sent).toBe(40);
	expect(own.tally.resent).toBeGreaterThan(0);
	expect(received[0]?.topic).toBe("lw/v1/210102/waterMain/pump-1");
	expect(received.every(({ qos }) => qos === 1)).toBe(true);
	const payloads = received.map(({ payload }) => JSON.parse(payload));
	expect(payloads.find(({ at }) => at === START)).toEqual({ at: START, v: { pressure: 0.3, flow: 5 } });
	expect(payloads.find(({ at }) => at === START + 7000)).toEqual({
		at: START + 7000,
		v: { pressure: 0.3, flow: null },
		q: { flow: "bad" },
	});
	expect(new Set(payloads.map(({ at }) => at)).size).toBe(20);
});

/** A platform of HJ 212 that does with each message what it is told. */
async function platform(act: (message: Hj212Message, segment: Segment, socket: Socket) => void): Promise<number> {
	const sockets = new Set<Socket>();
	const server = createTcpServer((socket) => {
		sockets.add(socket);
		const stream = new FrameStream();
		socket.on("error", () => socket.destroy());
		socket.on("data", (chunk) => {
			for (const event of stream.push(chunk)) {
				if (event.type !== "frame") throw new Error(`the station sent a bad frame: ${event.code}`);
				const segment = parseSegment(event.bytes) as Segment;
				act(parseMessage(segment) as Hj212Message, segment, socket);
			}
		});
	});
	endings.push(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	});
	return await listening(server);
}

const MN = "210102A0000000000007D001";

test("J1 HJ 212: one message at a time, again with the same QN after a cut, done only with its own 9014", async () => {
	const heard: Hj212Message[] = [];
	const flags: (number | null)[] = [];
	const port = await platform((message, segment, socket) => {
		heard.push(message);
		flags.push(segment.flag);
		if (heard.length === 1) return socket.destroy();
		// An answer to something else, and another word to this: neither says that the data is taken.
		socket.write(buildAnswer({ ...message, qn: "20200101000000000" }, { cn: "9014" }));
		socket.write(buildAnswer(message, { cn: "9013" }));
		if (heard.length === 2) return socket.end();
		socket.write(buildAnswer(message, { cn: "9014" }));
	});
	const { own, acknowledged } = parts();
	const sender = using(new Hj212Sender({ host: "127.0.0.1", port, mn: MN, pw: "123456", bound: 100 }, own));
	sender.offer(parcel(0, { tsp: 214.5, pm25: null, noise: 63.4 }));
	sender.offer(parcel(60, { tsp: 220, noise: 61 }));
	sender.offer(parcel(0, { leq: 66.8 }));
	await until(() => acknowledged.size === 6);
	expect(heard.map(({ cn }) => cn)).toEqual(["2011", "2011", "2011", "2011", "2051"]);
	expect(heard[0]?.qn).toBe(heard[2]?.qn);
	expect(new Set(heard.map(({ qn }) => qn)).size).toBe(3);
	expect(flags).toEqual([5, 5, 5, 5, 5]);
	expect(heard[1]).toMatchObject({ mn: MN, pw: "123456", st: "39", answerWanted: true, dataTime: START });
	expect(heard[1]?.factors.map(({ code, suffix, value, flag }) => [code, suffix, value, flag])).toEqual([
		["a34001", "Rtd", 214.5, "N"],
		["a34004", "Rtd", 0, "D"],
		["LA", "Rtd", 63.4, "N"],
	]);
	expect(heard[4]?.factors.map(({ code, suffix, value }) => [code, suffix, value])).toEqual([["Leq", "Avg", 66.8]]);
	expect(own.tally).toMatchObject({ sent: 6, acknowledged: 6, resent: 6 });
});

test("HJ 212: a station that has nothing to say holds no line, and stops at once", async () => {
	let connections = 0;
	const server = createTcpServer(() => {
		connections += 1;
	});
	endings.push(() => new Promise((resolve) => server.close(resolve)));
	const port = await listening(server);
	const { own } = parts();
	const sender = new Hj212Sender({ host: "127.0.0.1", port, mn: MN, pw: "123456", bound: 100 }, own);
	await sender.stop(10_000);
	expect(connections).toBe(0);
});

test("a full box gives up its oldest and says how many", () => {
	const tally = newTally();
	const box = new Box(5, tally);
	for (let n = 0; n < 8; n++) box.add(parcel(n));
	expect([box.readings, tally.dropped]).toEqual([5, 3]);
	expect(box.take()?.at).toBe(START + 3000);
	const [first, second] = [box.take() as Parcel, box.take() as Parcel];
	box.putBack([first, second]);
	expect([box.take(), box.take()]).toEqual([first, second]);
	expect([box.take()?.at, box.take()?.at, box.take()]).toEqual([START + 6000, START + 7000, undefined]);
	expect([box.isEmpty, box.readings]).toEqual([true, 0]);
});
