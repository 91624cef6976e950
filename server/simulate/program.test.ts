import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { afterEach, expect, test } from "vitest";
import { demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import { buildAnswer } from "../ingest/hj212/answer.ts";
import { FrameStream } from "../ingest/hj212/frame_stream.ts";
import { type Hj212Message, parseMessage } from "../ingest/hj212/message.ts";
import { parseSegment, type Segment } from "../ingest/hj212/segment.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of endings.splice(0).toReversed()) await end();
});

const MAIN = join(import.meta.dirname, "main.ts");
const ASSETS = 300;

function listen(server: { listen: (...args: any[]) => unknown; address: () => unknown }): Promise<number> {
	return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

/** Every twenty-fifth message is forgotten with its connection; what is answered is remembered as `asset measure at`. */
async function doors() {
	const stored = new Set<string>();
	let count = 0;
	const forgets = (): boolean => ++count % 25 === 0;
	const sockets = new Set<Socket>();
	const keep = (socket: Socket): void => {
		sockets.add(socket);
		socket.on("error", () => socket.destroy());
	};
	const http = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			if (forgets()) return request.socket.destroy();
			const { readings } = JSON.parse(Buffer.concat(chunks).toString());
			for (const { asset, measure, at } of readings) stored.add(`${asset} ${measure} ${at}`);
			response.end(JSON.stringify({ accepted: readings.length, rejected: [] }));
		});
	});
	http.on("connection", keep);
	const broker = await Aedes.createBroker({
		authorizePublish(_client, packet, done) {
			if (forgets()) return done(new Error("not stored"));
			const { at, v } = JSON.parse(packet.payload.toString());
			for (const measure of Object.keys(v)) stored.add(`${packet.topic.split("/")[4]} ${measure} ${at}`);
			done(null);
		},
	});
	const mqtt = createTcpServer((socket) => broker.handle(socket));
	mqtt.on("connection", keep);
	const stations = new Map<string, string>();
	const codes: Record<string, string> = { a34001: "tsp", a34002: "pm10", a34004: "pm25", LA: "noise", Leq: "leq" };
	const hj212 = createTcpServer((socket) => {
		keep(socket);
		const stream = new FrameStream();
		socket.on("data", (chunk) => {
			for (const event of stream.push(chunk)) {
				if (event.type !== "frame") continue;
				const message = parseMessage(parseSegment(event.bytes) as Segment) as Hj212Message;
				if (forgets()) return socket.destroy();
				for (const { code } of message.factors)
					stored.add(`${stations.get(message.mn)} ${codes[code] ?? code} ${message.dataTime}`);
				socket.write(buildAnswer(message, { cn: "9014" }));
			}
		});
	});
	endings.push(async () => {
		broker.close();
		for (const socket of sockets) socket.destroy();
		await Promise.all([http, mqtt, hj212].map((server) => new Promise((resolve) => server.close(resolve))));
	});
	const [httpPort, mqttPort, hj212Port] = [await listen(http), await listen(mqtt), await listen(hj212)];
	return {
		stored,
		stations,
		args: [
			"--url",
			`http://127.0.0.1:${httpPort}`,
			"--mqtt",
			`mqtt://127.0.0.1:${mqttPort}`,
			"--hj212",
			`127.0.0.1:${hj212Port}`,
		],
	};
}

async function folder(): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), "simulate-"));
	endings.push(() => rm(path, { recursive: true, force: true }));
	return path;
}

function start(args: readonly string[]) {
	const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], { stdio: ["pipe", "pipe", "pipe"] });
	let output = "";
	child.stdout?.on("data", (chunk) => (output += chunk));
	child.stderr?.on("data", (chunk) => (output += chunk));
	const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
		child.once("exit", (code) => resolve({ code, output })),
	);
	endings.push(async () => {
		child.kill("SIGKILL");
		await ended;
	});
	return { child, ended };
}

async function devicesFile(path: string, stations: Map<string, string>): Promise<string> {
	const devices = demoCatalogue({ assets: ASSETS }).devices.map((device) => ({
		...device,
		key: device.key ?? "a-device-key",
	}));
	for (const { door, address, assets } of devices) if (door === "hj212") stations.set(address, assets[0]!);
	const file = join(path, "demo-devices.json");
	await writeFile(file, JSON.stringify({ devices }));
	return file;
}

interface LedgerLines {
	readonly sent: Map<string, string>;
	readonly acknowledged: string[];
}

async function read(ledger: string): Promise<LedgerLines> {
	const text = await readFile(ledger, "utf8").catch(() => "");
	const sent = new Map<string, string>();
	const acknowledged: string[] = [];
	for (const line of text.split("\n").slice(0, -1)) {
		const [mark, id = "", ...rest] = line.split(" ");
		if (mark === "S") {
			expect(sent.has(id)).toBe(false);
			expect(rest).toHaveLength(4);
			sent.set(id, `${rest[0]} ${rest[1]} ${rest[2]}`);
		} else {
			expect(mark).toBe("A");
			expect(sent.has(id), "an answer before its sending").toBe(true);
			acknowledged.push(id);
		}
	}
	return { sent, acknowledged };
}

test("J1 over three doors that forget messages with their connections: what the ledger calls acknowledged is stored, once; SIGTERM ends it", async () => {
	const { args, stored, stations } = await doors();
	const path = await folder();
	const ledger = join(path, "ledger.txt");
	const devices = await devicesFile(path, stations);
	const { child, ended } = start([
		...args,
		"--devices",
		devices,
		"--assets",
		String(ASSETS),
		"--rate",
		"400",
		"--ledger",
		ledger,
	]);
	// All three doors have answered something.
	for (;;) {
		const { sent, acknowledged } = await read(ledger);
		const kinds = new Set(acknowledged.map((id) => sent.get(id)!.split("-")[0]));
		if (acknowledged.length > 1_000 && kinds.has("dust") && kinds.has("water") && kinds.has("camera")) break;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	child.kill("SIGTERM");
	const { code, output } = await ended;
	expect(output).toContain("ended: SIGTERM");
	expect(code).toBe(0);
	const { sent, acknowledged } = await read(ledger);
	expect(new Set(acknowledged).size).toBe(acknowledged.length);
	const lost = acknowledged.map((id) => sent.get(id)!).filter((reading) => !hasReading(stored, reading));
	expect(lost).toEqual([]);
	expect([...sent.values()].some((reading) => reading.startsWith("spare-"))).toBe(false);
	expect(output).toMatch(/http \d+ sent \d+ acknowledged 0 refused \d+ waiting/);
	expect(output).toMatch(/[1-9]\d* resent/);
}, 60_000);

/** The tiny station door knows the codes of the dust measures only. */
function hasReading(stored: ReadonlySet<string>, reading: string): boolean {
	const [asset, measure, at] = reading.split(" ");
	const weather: Record<string, string> = {
		temperature: "a01001",
		humidity: "a01002",
		airPressure: "a01006",
		windSpeed: "a01007",
		windDirection: "a01008",
	};
	return stored.has(reading) || stored.has(`${asset} ${weather[measure ?? ""]} ${at}`);
}

test("it ends when its supervisor's channel closes, and after --seconds", async () => {
	const { args, stations } = await doors();
	const path = await folder();
	const devices = await devicesFile(path, stations);
	const one = start([...args, "--devices", devices, "--assets", String(ASSETS)]);
	one.child.stdout?.once("data", () => one.child.stdin?.end());
	const two = start([...args, "--devices", devices, "--assets", String(ASSETS), "--seconds", "1"]);
	const [first, second] = await Promise.all([one.ended, two.ended]);
	expect([first.code, second.code]).toEqual([0, 0]);
	expect(first.output).toContain("ended: its supervisor has gone");
	expect(second.output).toContain("ended: its time is over");
}, 60_000);

test("wrong arguments, a missing and a broken devices file are named, exit 1", async () => {
	const path = await folder();
	await writeFile(join(path, "broken.json"), '{"devices":[{"door":"pigeon"}]}');
	const runs = [
		start(["--assets", "x"]),
		start(["--devices", join(path, "none.json")]),
		start(["--devices", join(path, "broken.json")]),
	];
	const outputs = await Promise.all(runs.map((run) => run.ended));
	expect(outputs.map(({ code }) => code)).toEqual([1, 1, 1]);
	expect(outputs[0]?.output).toContain("--assets: a whole number");
	expect(outputs[1]?.output).toContain("there is no");
	expect(outputs[2]?.output).toContain("devices");
}, 60_000);
