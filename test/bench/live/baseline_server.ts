// What anybody could build in an hour, on the same work: updates of 200,000 things told to every screen. `json`: Socket.IO,
// one event per update. `binary`: Socket.IO, one frame of 12 bytes an update per 100 ms. `tcp`: the same frame on bare
// sockets, the floor. No doors, no rules, no store, no cursor. Argument: mode. Asked: start, mark, stop.
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Socket as TcpSocket } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { Server } from "socket.io";
import { serveParent, tell } from "./processes.ts";

export type Mode = "json" | "binary" | "tcp";

export interface ServerFigures {
	readonly updates: number;
	readonly cpuNs: number;
	readonly seconds: number;
}

type Question =
	| { readonly type: "start"; readonly rate: number }
	| { readonly type: "mark" }
	| { readonly type: "stop" };

const mode = process.argv[2] as Mode;
const CHANNELS = 200_000;
const UPDATE_BYTES = 12;
/** Updates one by one are made this often, frames once a tick. */
const EVERY_MS = mode === "json" ? 10 : 100;

const value = new Float64Array(CHANNELS);
const dirty = new Uint8Array(CHANNELS);
const dirtyIds: number[] = [];
let seed = 1;

function touch(): number {
	seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
	const id = seed % CHANNELS;
	// One decimal, as sensors send.
	value[id] = ((seed >>> 8) % 10_000) / 10;
	return id;
}

/** u32 id, f32 value, u8 status, u24 time back from the tick: 12 bytes. */
function frame(): Buffer {
	const bytes = Buffer.allocUnsafe(dirtyIds.length * UPDATE_BYTES);
	for (const [index, id] of dirtyIds.entries()) {
		const at = index * UPDATE_BYTES;
		bytes.writeUInt32LE(id, at);
		bytes.writeFloatLE(value[id] ?? 0, at + 4);
		bytes.writeUInt32LE(0, at + 8);
		dirty[id] = 0;
	}
	dirtyIds.length = 0;
	return bytes;
}

interface Sender {
	readonly port: number;
	update(id: number): void;
	tick(): void;
}

async function openSocketIo(): Promise<Sender> {
	const http = createHttpServer();
	const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
	await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
	const isJson = mode === "json";
	return {
		port: (http.address() as AddressInfo).port,
		update: isJson ? (id) => void io.emit("u", { id, v: value[id], s: 0, t: Date.now() }) : remember,
		tick: isJson ? () => undefined : () => void io.emit("d", frame()),
	};
}

async function openTcp(): Promise<Sender> {
	const sockets = new Set<TcpSocket>();
	const server = createTcpServer((socket) => {
		sockets.add(socket.setNoDelay(true));
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => sockets.delete(socket));
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return {
		port: (server.address() as AddressInfo).port,
		update: remember,
		tick() {
			const bytes = frame();
			for (const socket of sockets) socket.write(bytes);
		},
	};
}

function remember(id: number): void {
	if (dirty[id] === 1) return;
	dirty[id] = 1;
	dirtyIds.push(id);
}

const sender = await (mode === "tcp" ? openTcp() : openSocketIo());
tell({ port: sender.port });

let rate = 0;
let due = 0;
let beatAt = 0;
let timer: NodeJS.Timeout | null = null;
let updates = 0;
let cpu = process.cpuUsage();
let markedAt = performance.now();

function beat(): void {
	const now = performance.now();
	// A server that cannot follow must not be asked for more and more at once.
	due += Math.min(((now - beatAt) * rate) / 1000, (rate * EVERY_MS * 5) / 1000);
	beatAt = now;
	while (due >= 1) {
		due -= 1;
		updates += 1;
		sender.update(touch());
	}
	sender.tick();
}

function mark(): ServerFigures {
	const used = process.cpuUsage(cpu);
	const now = performance.now();
	const figures = { updates, cpuNs: (used.user + used.system) * 1000, seconds: (now - markedAt) / 1000 };
	cpu = process.cpuUsage();
	updates = 0;
	markedAt = now;
	return figures;
}

await serveParent((question: Question) => {
	if (question.type === "start") {
		rate = question.rate;
		beatAt = performance.now();
		timer ??= setInterval(beat, EVERY_MS);
	}
	if (question.type === "stop" && timer !== null) {
		clearInterval(timer);
		timer = null;
	}
	return mark();
});
