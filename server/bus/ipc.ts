// The bus between two processes: a Unix socket with length-prefixed frames (frames.ts). Core serves, web connects and
// comes back with growing pauses. Never process.send: it blocks, copies and has no bound that can be read.
import { rm } from "node:fs/promises";
import type { Server, Socket } from "node:net";
import { createServer, connect as dial } from "node:net";
import type { Clock } from "../clock.ts";
import type { AnswerOf, CallName, CallOf, CoreHost, CoreLink, CoreMessage, Follower } from "./bus.ts";
import { LinkLost } from "./bus_error.ts";
import { encodeFrame, encodeJson, FrameReader, FrameType } from "./frames.ts";

/** A call without an answer for this long rejects; a commit takes milliseconds, a large import seconds. */
export const CALL_TIMEOUT_MS = 30_000;
/** Calls under way at once; beyond it a call is refused at once instead of waiting behind a stuck core. */
export const MAX_CALLS = 1_000;
/** First and longest pause before web dials again. */
const RETRY_FIRST_MS = 50;
const RETRY_MAX_MS = 2_000;

type Fault = (where: string, error: Error) => void;

/** Core's end: listens until closed. A socket file that a killed core left is removed; a live one is an error. */
export async function serveIpc(path: string, host: CoreHost, fault: Fault): Promise<{ close(): Promise<void> }> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		serveWeb(socket, host, fault);
	});
	await listen(server, path);
	return {
		async close() {
			const done = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await done;
		},
	};
}

async function listen(server: Server, path: string): Promise<void> {
	const attempt = (): Promise<void> =>
		new Promise((resolve, reject) => {
			server.once("error", reject);
			server.listen(path, () => {
				server.off("error", reject);
				resolve();
			});
		});
	try {
		await attempt();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || (await answers(path))) throw error;
		await rm(path, { force: true });
		await attempt();
	}
}

/** @returns whether somebody listens there: the kernel frees a listener with its process, the file stays. */
export function answers(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = dial(path);
		probe.on("connect", () => {
			probe.destroy();
			resolve(true);
		});
		probe.on("error", () => resolve(false));
	});
}

function serveWeb(socket: Socket, host: CoreHost, fault: Fault): void {
	const follower: Follower = {
		send(message) {
			if (socket.destroyed) return;
			if (message.type === "delta") socket.write(encodeFrame(FrameType.delta, message.bytes));
			else socket.write(encodeJson(FrameType.message, message));
		},
		get waiting() {
			return socket.writableLength;
		},
	};
	const reader = new FrameReader((type, body) => {
		if (type !== FrameType.call) throw new RangeError(`web may not send frames of type ${type}`);
		const { id, name, body: asked } = JSON.parse(body.toString()) as { id: number; name: CallName; body: never };
		host.call(name, asked).then(
			(answer) => reply(socket, { id, answer }),
			(error: Error) => {
				fault(`call ${name}`, error);
				reply(socket, { id, fault: error.message });
			},
		);
	});
	socket.on("data", (chunk) => {
		try {
			reader.push(chunk);
		} catch (error) {
			if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
			fault("frame from web", error);
			socket.destroy();
		}
	});
	socket.on("error", (error) => fault("bus socket", error));
	socket.on("close", () => host.left(follower));
	host.joined(follower);
}

function reply(socket: Socket, body: object): void {
	if (!socket.destroyed) socket.write(encodeJson(FrameType.answer, body));
}

/** Web's end. Dials at `follow`, and again after every loss until `close`. */
export function connectIpc(path: string, clock: Clock, fault: Fault, random: () => number = Math.random): CoreLink {
	return new IpcLink(path, clock, fault, random);
}

interface Waiting {
	readonly name: string;
	readonly resolve: (answer: never) => void;
	readonly reject: (error: Error) => void;
	readonly cancel: () => void;
}

class IpcLink implements CoreLink {
	private readonly path: string;
	private readonly clock: Clock;
	private readonly fault: Fault;
	private readonly random: () => number;
	private handlers: Parameters<CoreLink["follow"]>[0] | null = null;
	private socket: Socket | null = null;
	private live = false;
	private closed = false;
	private retryMs = RETRY_FIRST_MS;
	private cancelRetry: (() => void) | null = null;
	private nextId = 1;
	private readonly calls = new Map<number, Waiting>();

	constructor(path: string, clock: Clock, fault: Fault, random: () => number) {
		this.path = path;
		this.clock = clock;
		this.fault = fault;
		this.random = random;
	}

	follow(handlers: Parameters<CoreLink["follow"]>[0]): void {
		if (this.handlers !== null) throw new Error("this link is followed already");
		this.handlers = handlers;
		this.dial();
	}

	call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>> {
		const socket = this.socket;
		if (!this.live || socket === null) return Promise.reject(new LinkLost(name));
		if (this.calls.size >= MAX_CALLS) return Promise.reject(new LinkLost(name, "too many questions wait for core"));
		const id = this.nextId++;
		return new Promise<AnswerOf<N>>((resolve, reject) => {
			const cancel = this.clock.after(CALL_TIMEOUT_MS, () => {
				this.calls.delete(id);
				reject(new LinkLost(name, `no answer within ${CALL_TIMEOUT_MS / 1000} s`));
			});
			this.calls.set(id, { name, resolve, reject, cancel });
			socket.write(encodeJson(FrameType.call, { id, name, body }));
		});
	}

	async close(): Promise<void> {
		this.closed = true;
		this.cancelRetry?.();
		const socket = this.socket;
		if (socket === null) return;
		const done = new Promise<void>((resolve) => socket.once("close", () => resolve()));
		socket.destroy();
		await done;
	}

	private dial(): void {
		const socket = dial(this.path);
		this.socket = socket;
		const reader = new FrameReader((type, body) => this.take(type, body));
		socket.on("connect", () => {
			this.live = true;
			this.handlers?.link("live", this.clock.now());
		});
		socket.on("data", (chunk) => {
			try {
				reader.push(chunk);
				// Only a core that really talks resets the pause: one that accepts and dies at once must not be hammered.
				this.retryMs = RETRY_FIRST_MS;
			} catch (error) {
				// A broken frame or a delta that does not follow: start over from core's whole state. Anything else is our bug.
				if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
				this.fault("frame from core", error);
				socket.destroy();
			}
		});
		socket.on("error", (error: NodeJS.ErrnoException) => {
			// No core yet, or it has just gone: the state says so, a line per attempt would not help.
			if (error.code !== "ENOENT" && error.code !== "ECONNREFUSED" && error.code !== "ECONNRESET") {
				this.fault("bus socket", error);
			}
		});
		socket.on("close", () => this.lost());
	}

	private take(type: number, body: Buffer): void {
		if (type === FrameType.delta) {
			this.handlers?.message({ type: "delta", bytes: body });
		} else if (type === FrameType.message) {
			this.handlers?.message(JSON.parse(body.toString()) as CoreMessage);
		} else if (type === FrameType.answer) {
			const answer = JSON.parse(body.toString()) as { id: number; answer?: never; fault?: string };
			this.settle(answer.id, answer);
		} else {
			throw new RangeError(`core may not send frames of type ${type}`);
		}
	}

	private settle(id: number, answer: { answer?: never; fault?: string }): void {
		const waiting = this.calls.get(id);
		// A time-out has answered it already.
		if (waiting === undefined) return;
		this.calls.delete(id);
		waiting.cancel();
		if (answer.fault === undefined) waiting.resolve(answer.answer as never);
		else waiting.reject(new LinkLost(waiting.name, answer.fault));
	}

	private lost(): void {
		this.socket = null;
		const waiting = [...this.calls.values()];
		this.calls.clear();
		for (const call of waiting) {
			call.cancel();
			call.reject(new LinkLost(call.name));
		}
		if (this.live) {
			this.live = false;
			if (!this.closed) this.handlers?.link("lost", this.clock.now());
		}
		if (this.closed) return;
		const pauseMs = this.retryMs * (0.5 + this.random() / 2);
		this.retryMs = Math.min(RETRY_MAX_MS, this.retryMs * 2);
		this.cancelRetry = this.clock.after(pauseMs, () => this.dial());
	}
}
